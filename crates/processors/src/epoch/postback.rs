//! Reading Epoch's postbacks: `ans` and the fields around it, as the Epoch module of Magic Members
//! and the aMember plug-in read them. Rows of DataPlus that come as posts are read next door.
//!
//! `ans` is Y or N, the bank's word, a bar and the transaction's id: `YGOODTEST|1418464163`.

use base::{Currency, Money};
use processor::{Card, Notice, NoticeKind, RawNotice, Rejected};

use super::config::Sound;
use super::{dataplus, words};
use crate::wire::{Fields, decimal};

/// The longest `ans` that is looked at.
const ANS: usize = 200;

/// Reads one message.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Notice, Rejected> {
    let fields = Fields::read(raw)?;
    let Some(ans) = fields.get("ans") else {
        let row = fields.all().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        return dataplus::row(config, &row).map_err(Rejected::Unreadable);
    };
    if ans.len() > ANS {
        return Err(Rejected::Unreadable("ans is too long".to_owned()));
    }
    let (yes_or_no, word, id) = parts(ans);
    let named = fields.id("transaction_id")?;
    let transaction = id.map(str::to_owned).or_else(|| named.clone());
    let kind = match (yes_or_no, &transaction) {
        ('y', Some(_)) if id.is_some() => NoticeKind::Paid,
        ('n', Some(_)) if id.is_some() => NoticeKind::Declined,
        _ => NoticeKind::Waiting,
    };
    let member = fields.id("member_id")?;
    let mut notice = Notice {
        reference: reference(&fields, &config.reference_field),
        also: also(&fields, named, transaction.as_deref())?,
        subscription: member.clone(),
        // What Camcharge may charge again.
        stored: member.filter(|_| kind == NoticeKind::Paid && config.camcharge.is_some()),
        amount: amount(config, &fields, kind)?,
        occurred_at: fields
            .get("event_datetime")
            .and_then(|text| words::time(text, config.time_zone.as_ref())),
        decline: (kind == NoticeKind::Declined).then(|| words::decline(word)),
        card: fields
            .get("payment_subtype")
            .and_then(words::brand)
            .map(|brand| Card { brand: Some(brand.to_owned()), last4: None }),
        words: format!("ans {} {}", words::shown(&yes_or_no.to_string()), words::shown(word)),
        ..Notice::new(kind, dedupe(kind, transaction.as_deref(), ans))
    };
    notice.transaction = transaction;
    Ok(notice)
}

/// A payment's id makes it recognisable however it is told: by postback or by a DataPlus row.
fn dedupe(kind: NoticeKind, transaction: Option<&str>, ans: &str) -> String {
    match (kind, transaction) {
        (NoticeKind::Paid, Some(id)) => format!("paid:{id}"),
        (NoticeKind::Declined, Some(id)) => format!("declined:{id}"),
        (_, id) => {
            format!("waiting:{}:{}", id.unwrap_or_default(), words::shown(ans).to_lowercase())
        }
    }
}

/// The letter in small, the bank's word and the id, if `ans` is of the known form.
fn parts(ans: &str) -> (char, &str, Option<&str>) {
    let letter = ans.chars().next().unwrap_or('-').to_ascii_lowercase();
    let rest = ans.get(1..).unwrap_or_default();
    match rest.split_once('|') {
        Some((word, id)) => {
            let id = id.trim();
            let number = !id.is_empty() && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit());
            (letter, word.trim(), number.then_some(id))
        }
        None => (letter, rest, None),
    }
}

/// Other ids by which the payment may be known.
fn also(
    fields: &Fields,
    named: Option<String>,
    transaction: Option<&str>,
) -> Result<Vec<String>, Rejected> {
    let all = [named, fields.id("order_id")?];
    let mut also: Vec<String> =
        all.into_iter().flatten().filter(|id| Some(id.as_str()) != transaction).collect();
    also.dedup();
    Ok(also)
}

/// How much, in the currency of the price if Epoch tells it. Names are known from secondary
/// sources: `localamount` is in `currency`, `trans_amount_usd` in dollars. Billing compares it with
/// what was asked for.
fn amount(config: &Sound, fields: &Fields, kind: NoticeKind) -> Result<Option<Money>, Rejected> {
    let priced_in = fields.get("pi_code").and_then(|code| config.currency_of(code));
    let currency = fields.get("currency");
    let dollars = fields.get("trans_amount_usd").map(|text| (text, "USD"));
    let local = fields.get("localamount").zip(currency);
    let plain = fields.get("trans_amount").zip(currency);
    let told = if priced_in == Some(Currency::USD) {
        dollars.or(local).or(plain)
    } else {
        local.or(plain).or(dollars)
    };
    match told.map(|(text, currency)| decimal::money(text, currency)) {
        None => Ok(None),
        Some(Ok(money)) if money.minor >= 0 => Ok(Some(money)),
        Some(_) if kind != NoticeKind::Paid => Ok(None),
        Some(Ok(_)) => Err(Rejected::Unreadable("the amount is negative".to_owned())),
        Some(Err(why)) => Err(Rejected::Unreadable(why)),
    }
}

/// Our own field, echoed. We only ever send small letters.
fn reference(fields: &Fields, name: &str) -> Option<String> {
    let value = fields.get(name)?.to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 32 && value.bytes().all(plain)).then_some(value)
}
