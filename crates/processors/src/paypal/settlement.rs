//! Reading the settlement report (STL) that PayPal lays down by SFTP every day.
//!
//! Follows "Settlement Report Specification" and "Transaction event codes" at
//! developer.paypal.com: CSV in UTF-8, the first cell says what a row is, columns are named by the
//! `CH` row of each section, amounts are unsigned in minor units beside a column of `CR` or `DR`.
//! In our lines money towards us is positive, and a fee that PayPal keeps is positive.

use std::collections::BTreeMap;

use base::{Currency, Money, Timestamp};
use processor::{LineKind, SettlementLine, Unreadable};

use super::wire;

/// The largest file, and the most rows, that are read.
const SIZE: usize = 64 << 20;
const ROWS: usize = 500_000;

/// What rows of other sorts are called: headers, footers and counts.
const AROUND: [&str; 8] = ["RH", "FH", "SH", "SF", "SC", "RF", "RC", "FF"];

/// Reads the file.
pub(super) fn read(file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
    if file.len() > SIZE {
        return Err(Unreadable::new("larger than 64 MiB"));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    let mut seen = false;
    for (nth, record) in reader.records().enumerate() {
        let nth = nth + 1;
        if nth > ROWS {
            return Err(Unreadable::new(format!("more than {ROWS} rows")));
        }
        let record =
            record.map_err(|_| Unreadable::new(format!("row {nth} is not CSV in UTF-8")))?;
        let sort = record.get(0).unwrap_or_default().trim_start_matches('\u{feff}').trim();
        match sort {
            "CH" => {
                let named = record.iter().enumerate().skip(1);
                columns = named.map(|(at, name)| (squeezed(name), at)).collect();
                seen = true;
            }
            "SB" if columns.is_empty() => {
                return Err(Unreadable::new(format!("row {nth} comes before its columns")));
            }
            "SB" => {
                let row = Row { columns: &columns, record: &record };
                let line =
                    row.line().map_err(|why| Unreadable::new(format!("row {nth}: {why}")))?;
                lines.push(line);
            }
            sort if AROUND.contains(&sort) => {}
            _ => return Err(Unreadable::new(format!("row {nth} is of no known sort"))),
        }
    }
    if seen { Ok(lines) } else { Err(Unreadable::new("no row names the columns")) }
}

/// Column names are compared without blanks and letter case: PayPal writes one of them with two
/// blanks in a row.
fn squeezed(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

struct Row<'a> {
    columns: &'a BTreeMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn get(&self, name: &str) -> &str {
        let at = self.columns.get(&squeezed(name));
        at.and_then(|at| self.record.get(*at)).unwrap_or_default().trim()
    }

    fn line(&self) -> Result<SettlementLine, String> {
        let code = self.get("Transaction Event Code").to_ascii_uppercase();
        let gross = self.signed(
            "Gross Transaction Amount",
            "Gross Transaction Currency",
            "Transaction Debit or Credit",
        )?;
        let gross = gross.ok_or("there is no amount")?;
        let fee = self.signed("Fee Amount", "Fee Currency", "Fee Debit or Credit")?;
        let fee = match fee {
            Some(fee) if fee.currency == gross.currency => negated(fee)?,
            Some(fee) => return Err(format!("the fee is in {}", fee.currency)),
            None => Money::new(0, gross.currency),
        };
        let kind = kind(&code, gross).ok_or_else(|| format!("{code} is not placed"))?;
        let custom = Some(self.get("Custom Field"));
        let invoice = Some(self.get("Invoice ID"));
        Ok(SettlementLine {
            kind,
            transaction: wire::id(self.get("Transaction ID")).map(str::to_owned),
            reference: wire::reference(custom).or_else(|| wire::reference(invoice)),
            gross,
            fee,
            occurred_at: time(self.get("Transaction Completion Date")),
        })
    }

    /// An amount with the sign of its direction; an empty one is none.
    fn signed(
        &self,
        amount: &str,
        currency: &str,
        direction: &str,
    ) -> Result<Option<Money>, String> {
        let text = self.get(amount);
        if text.is_empty() {
            return Ok(None);
        }
        let code = self.get(currency);
        let currency: Currency =
            code.parse().map_err(|error| format!("the currency is {error}"))?;
        if wire::is_whole(code) {
            return Err(format!("how many decimals {code} has in this report is not public"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("the amount is not whole and unsigned".to_owned());
        }
        let minor: i64 = text.parse().map_err(|_| "the amount is too large".to_owned())?;
        let money = Money::new(minor, currency);
        match self.get(direction) {
            "CR" => Ok(Some(money)),
            "DR" => Ok(Some(negated(money)?)),
            _ if minor == 0 => Ok(Some(money)),
            _ => Err("the amount is neither CR nor DR".to_owned()),
        }
    }
}

/// What a row is about, by its T-code: the first two digits are the group.
fn kind(code: &str, gross: Money) -> Option<LineKind> {
    let number = code.strip_prefix('T').filter(|number| number.len() == 4)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (group, each) = number.split_at(2);
    match (group, each) {
        ("00", _) if gross.minor >= 0 => Some(LineKind::Sale),
        ("01", _) => Some(LineKind::Fee),
        ("04", _) => Some(LineKind::Payout),
        // Reversals: of a payment by PayPal, of a hold, of a fee, refunds by the merchant.
        ("11", "06") => Some(LineKind::Chargeback),
        ("11", "05" | "10" | "11") => Some(LineKind::Reserve),
        ("11", "08" | "09") => Some(LineKind::Fee),
        ("11", "07" | "13") => Some(LineKind::Refund),
        // Chargebacks, won or lost, and what is done about them.
        ("12", "01" | "02" | "05" | "07" | "08") => Some(LineKind::Chargeback),
        ("15" | "21", _) => Some(LineKind::Reserve),
        _ => None,
    }
}

fn negated(money: Money) -> Result<Money, String> {
    money.negated().map_err(|error| error.to_string())
}

/// A time as `2026/11/21 15:04:05 -0800`.
fn time(text: &str) -> Option<Timestamp> {
    jiff::fmt::strtime::parse("%Y/%m/%d %H:%M:%S %z", text).ok()?.to_timestamp().ok()
}
