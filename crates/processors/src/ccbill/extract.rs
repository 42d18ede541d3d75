//! The DataLink extract: rows of transactions in CSV without a header, one request an hour.
//!
//! Parameters and the limit follow the "Data Link Extract System User Guide"; which column holds
//! what, and that a request covers a day at most, follows public programs that agree with each
//! other. Rows name no currency.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::{Money, Timestamp};
use processor::{Answer, Call, Http, Notice, NoticeKind, Reply, Sent, Unreadable};

use super::config::{Extract, Sound};
use super::words;
use crate::wire::decimal;

/// The largest file that is read.
const SIZE: usize = 16 * 1024 * 1024;
/// How long to wait between two requests.
const PAUSE: Duration = Duration::from_secs(60 * 60);
/// The longest span of one request, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// When the extract was last asked for.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<Option<Instant>>);

impl Pace {
    /// Takes this hour's turn, or says how many minutes are left until the next.
    pub(super) fn take(&self, now: Instant) -> Result<(), u64> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = last.map(|last| now.saturating_duration_since(last));
        if let Some(left) = since.and_then(|since| PAUSE.checked_sub(since))
            && !left.is_zero()
        {
            return Err(left.as_secs().div_ceil(60));
        }
        *last = Some(now);
        Ok(())
    }

    /// Gives the turn back: nothing was asked.
    fn give_back(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Fetches the rows of at most a day.
pub(super) async fn pull(
    config: &Sound,
    http: &Http,
    pace: &Pace,
    from: Timestamp,
    to: Timestamp,
) -> Answer<Vec<Vec<u8>>> {
    let Some(datalink) = &config.datalink else { return Answer::cannot("be asked for reports") };
    let Some(extract) = &datalink.extract else { return Answer::cannot("be asked for reports") };
    let span = to.duration_since(from).as_secs();
    if !(1..=DAY).contains(&span) {
        let why = "CCBill's extract covers a day at most, and its end is after its beginning";
        return Answer::NotExecuted(why.to_owned());
    }
    let Ok(url) = config.datalink_at.join("data/main.cgi") else {
        return Answer::NotExecuted("addresses.datalink takes no paths".to_owned());
    };
    if let Err(minutes) = pace.take(Instant::now()) {
        let why = format!("CCBill gives its extract once an hour: ask again in {minutes} minutes");
        return Answer::NotExecuted(why);
    }
    let call = Call::get(url).query(&[
        ("startTime", words::stamp(from).as_str()),
        ("endTime", &words::stamp(to)),
        ("transactionTypes", &extract.types.join(",")),
        ("clientAccnum", &config.account),
        ("clientSubacc", &config.subaccount),
        ("username", &datalink.username),
        ("password", &datalink.password),
    ]);
    match http.send(call).await {
        Sent::Answered(reply) if reply.status == 200 => rows(config, reply),
        Sent::Answered(reply) => Answer::Unknown(format!("DataLink answered {}", reply.status)),
        Sent::NotExecuted(why) => {
            pace.give_back();
            Answer::NotExecuted(why)
        }
        Sent::Unknown(why) => Answer::Unknown(why),
    }
}

/// A bare 1 stands for no rows; an error is a sentence.
fn rows(config: &Sound, reply: Reply) -> Answer<Vec<Vec<u8>>> {
    let text = match reply.text() {
        Ok(text) => text.trim(),
        Err(why) => return Answer::Unknown(why),
    };
    let small = text.get(..200.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    if small.starts_with("error") || small.contains("authentication failed") {
        let why = words::shown(text.trim_start_matches("Error:"));
        return Answer::NotExecuted(format!("CCBill gave no extract: {why}"));
    }
    if text.is_empty() || text == "1" {
        return Answer::Done(Vec::new());
    }
    match read_file(config, text.as_bytes()) {
        Ok(_) => Answer::Done(vec![reply.body]),
        Err(why) => Answer::Unknown(why.to_string()),
    }
}

/// Reads the rows of a file.
pub(super) fn read_file(config: &Sound, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    let extract = config.datalink.as_ref().and_then(|datalink| datalink.extract.as_ref());
    let Some(extract) = extract else {
        return Err(Unreadable::new("datalink.extract is not configured"));
    };
    if file.len() > SIZE {
        return Err(Unreadable::new("it is larger than 16 MiB"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file);
    let mut notices = Vec::new();
    for (nth, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Unreadable::new(error.to_string()))?;
        let read = row(config, extract, &record);
        notices.push(read.map_err(|why| Unreadable::new(format!("line {}: {why}", nth + 1)))?);
    }
    Ok(notices)
}

fn row(config: &Sound, extract: &Extract, row: &csv::StringRecord) -> Result<Notice, String> {
    let text = |column: usize| row.get(column).unwrap_or_default();
    if row.len() < 5 || text(1) != config.account {
        return Err("it is no row of this account".to_owned());
    }
    let id = text(3);
    if !words::is_id(id) {
        return Err("the fourth column is no subscription id".to_owned());
    }
    let (word, when) = (text(0).to_ascii_lowercase(), text(4));
    let (kind, priced_at) = match word.as_str() {
        "new" => (NoticeKind::Paid, Some(17)),
        "rebill" => (NoticeKind::RebillPaid, Some(6)),
        "refund" => (NoticeKind::Refunded, Some(5)),
        "void" => (NoticeKind::Voided, Some(5)),
        "chargeback" | "return" => (NoticeKind::ChargedBack, Some(5)),
        "expire" => (NoticeKind::Expired, None),
        "cancellation" => (NoticeKind::Cancelled, None),
        _ => (NoticeKind::Waiting, None),
    };
    let amount = priced_at.map(|column| price(extract, text(column))).transpose()?;
    let minor = amount.map_or(0, |amount| amount.minor);
    // The same keys as a webhook's, so that a payment told twice is booked once.
    let dedupe = match kind {
        NoticeKind::Paid => format!("paid:{id}"),
        NoticeKind::RebillPaid => format!("rebill:{}", text(5)),
        NoticeKind::Refunded | NoticeKind::Voided | NoticeKind::ChargedBack => {
            format!("{word}:{id}:{}:{minor}", words::digits(when))
        }
        _ => format!("{}:{id}::{}", words::shown(&word), words::digits(when)),
    };
    let transaction = match kind {
        NoticeKind::Paid => Some(id.to_owned()),
        NoticeKind::RebillPaid if words::is_id(text(5)) => Some(text(5).to_owned()),
        NoticeKind::RebillPaid => return Err("the sixth column is no transaction id".to_owned()),
        _ => None,
    };
    Ok(Notice {
        transaction,
        subscription: Some(id.to_owned()),
        amount,
        occurred_at: words::time(when),
        words: format!("extract {}", words::shown(&word)),
        ..Notice::new(kind, dedupe)
    })
}

fn price(extract: &Extract, text: &str) -> Result<Money, String> {
    let money = decimal::money(text.strip_prefix('-').unwrap_or(text), extract.currency.code())?;
    if money.minor < 0 { Err("the amount is negative".to_owned()) } else { Ok(money) }
}
