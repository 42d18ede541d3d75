//! Reading notices: the locks and the digest over the raw bytes first, then the record's rules.

use base::{Currency, Money};
use processor::{Card, Decline, Notice, NoticeKind, PostbackAnswer, RawNotice, Rejected, Verdict};

use super::Described;
use super::digest::{Signed, key};
use super::message::{Message, shown};
use super::record::{
    AmountFields, AmountForm, AnswerText, CardFields, ContentKind, CurrencyForm, Forms, Means,
    OneOf, Postback, Recipe,
};
use crate::wire::decimal;

impl Described {
    /// Reads one notice.
    pub(super) fn read(&self, raw: &RawNotice) -> Result<Notice, Rejected> {
        let postback = self.record.postback.as_ref();
        let postback = postback.ok_or_else(|| Rejected::Unreadable(self.missing("postback")))?;
        self.locks.check(raw)?;
        let message = Message::of_notice(postback.body, raw);
        // A body that cannot be read has no fields to be covered: where the digest needs them,
        // there is nothing to hold against it.
        if let Some(recipe) = &postback.digest {
            match &message {
                Ok(message) => self.proven(recipe, postback, message, raw)?,
                Err(_) if needs_fields(recipe) => {}
                Err(_) => self.holds(recipe, &[], raw)?,
            }
        }
        let message = message.map_err(Rejected::Unreadable)?;
        self.translate(postback, &message).map_err(Rejected::Unreadable)
    }

    /// Whether the browser's return carries the digest it should. It proves nothing about money.
    ///
    /// # Errors
    /// [`Rejected`] if the record has no `return`, or the digest is wrong.
    pub fn proves_return(&self, raw: &RawNotice) -> Result<(), Rejected> {
        let recipe = self.record.returned.as_ref();
        let recipe = recipe.ok_or_else(|| Rejected::Unreadable(self.missing("return")))?;
        let kind = super::record::BodyKind::Either;
        let message = Message::of_notice(kind, raw).map_err(Rejected::Unreadable)?;
        self.holds(recipe, message.pairs(), raw)
    }

    fn proven(
        &self,
        recipe: &Recipe,
        postback: &Postback,
        message: &Message,
        raw: &RawNotice,
    ) -> Result<(), Rejected> {
        self.holds(recipe, message.pairs(), raw)?;
        // Where a message says itself what its digest covers, that must be all we rely on.
        if recipe.key_ids.is_some() {
            let signed = Signed { pairs: message.pairs(), headers: &[], body: &[] };
            let said = |field: &&str| message.get(field).is_some();
            let bare = |field: &&str| !recipe.covers(field, Some(&signed));
            if relied_on(postback).iter().filter(|field| said(field)).any(bare) {
                return Err(Rejected::Signature);
            }
        }
        Ok(())
    }

    fn holds(
        &self,
        recipe: &Recipe,
        pairs: &[(String, String)],
        raw: &RawNotice,
    ) -> Result<(), Rejected> {
        let signed = Signed { pairs, headers: &raw.headers, body: &raw.body };
        let secret = self.purse.secret(&recipe.secret).ok_or(Rejected::Signature)?;
        let key = key(recipe, secret).map_err(|_| Rejected::Signature)?;
        recipe.holds(&key, &signed, raw.received_at)
    }

    fn translate(&self, postback: &Postback, message: &Message) -> Result<Notice, String> {
        let means = message.means(&postback.status).map(|rule| rule.means);
        let kind = means.map_or(NoticeKind::Waiting, kind);
        let words = message.words(&postback.status)?;
        let ids = &postback.ids;
        let mut notice = Notice::new(kind, dedupe(postback, message, means, &words)?);
        notice.transaction = message.id(Some(&ids.transaction))?;
        notice.parent = message.id(ids.parent.as_ref())?;
        notice.subscription = message.id(ids.subscription.as_ref())?;
        notice.stored = message.id(ids.stored.as_ref())?;
        notice.reference = reference(message, &ids.reference);
        let forms = postback.forms.unwrap_or(self.record.forms);
        notice.amount = amount(message, postback.amount.as_ref(), forms, kind)?;
        notice.occurred_at = message.time(postback.time.as_ref());
        notice.provisional = means == Some(Means::Provisional);
        notice.card = postback.card.as_ref().and_then(|card| read_card(message, card));
        if matches!(kind, NoticeKind::Declined | NoticeKind::RebillDeclined) {
            let reason = postback.reason.as_ref().and_then(|fields| message.first(fields));
            notice.decline = Some(self.decline(reason.unwrap_or("no")));
        }
        notice.words = words;
        Ok(notice)
    }

    /// The decline behind the house's code; one that is not in the record is `unknown`.
    pub(super) fn decline(&self, raw: &str) -> Decline {
        let same = |(own, _): &(&String, &String)| own.eq_ignore_ascii_case(raw.trim());
        let found = self.record.declines.iter().find(same);
        let cause = processor::declines::cause(found.map_or("unknown", |(_, cause)| cause));
        Decline { raw: shown(raw), cause: cause.code.to_owned(), class: cause.class }
    }

    /// What the house expects to read.
    pub(super) fn answer_with(&self, verdict: Verdict) -> PostbackAnswer {
        let answers = self.record.postback.as_ref().map(|postback| &postback.answer);
        let own = answers.and_then(|answers| match verdict {
            Verdict::Stored => answers.ok.as_ref(),
            Verdict::Again => answers.again.as_ref(),
            Verdict::Refused => answers.refuse.as_ref(),
        });
        own.map_or_else(|| PostbackAnswer::plain(verdict), answer)
    }
}

fn answer(text: &AnswerText) -> PostbackAnswer {
    let content_type = match text.content {
        ContentKind::Text => "text/plain; charset=utf-8",
        ContentKind::Html => "text/html; charset=utf-8",
        ContentKind::Json => "application/json",
        ContentKind::Xml => "application/xml",
    };
    PostbackAnswer { status: text.status, content_type, body: text.body.clone() }
}

/// Whether a digest covers fields, and not the raw bytes only.
fn needs_fields(recipe: &Recipe) -> bool {
    use super::record::{Covers, SentIn};
    let raw = |item: &String| item.starts_with(['@', '=']);
    let bytes_only = matches!(&recipe.fields, Covers::List(items) if items.iter().all(raw));
    !bytes_only || matches!(recipe.sent, SentIn::Field(_))
}

/// Every field that decides something about money.
pub(super) fn relied_on(postback: &Postback) -> Vec<&str> {
    let ids = &postback.ids;
    let more = [ids.parent.as_ref(), ids.subscription.as_ref(), ids.stored.as_ref()];
    let lists = [Some(&ids.reference), Some(&ids.transaction)].into_iter().chain(more);
    let amount = postback.amount.as_ref();
    let amounts = [amount.map(|amount| &amount.field), amount.map(|amount| &amount.currency)];
    let named = lists.chain(amounts).flatten().flat_map(OneOf::all);
    let words = postback.status.iter().flat_map(|rule| rule.when.keys());
    let all = named
        .chain(words)
        .chain(&ids.dedupe)
        .map(String::as_str)
        .filter(|name| !name.starts_with('='));
    let mut all: Vec<&str> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What makes a fact recognisable. What it means is part of it: a provisional yes and the final
/// word may share every id.
fn dedupe(
    postback: &Postback,
    message: &Message,
    means: Option<Means>,
    words: &str,
) -> Result<String, String> {
    let fields = &postback.ids.dedupe;
    let values: Vec<&str> =
        fields.iter().map(|name| message.get(name).unwrap_or_default()).collect();
    if values.iter().all(|value| value.is_empty()) {
        return Err(format!("there is neither {}", fields.join(" nor ")));
    }
    if values.iter().any(|value| value.len() > 128) {
        return Err("an id is too long".to_owned());
    }
    let meaning = match means {
        Some(means) => format!("{means:?}").to_lowercase(),
        None => format!("waiting:{words}"),
    };
    Ok(format!("{}:{meaning}", values.join(":")))
}

const fn kind(means: Means) -> NoticeKind {
    match means {
        Means::Paid | Means::Provisional => NoticeKind::Paid,
        Means::Authorized => NoticeKind::Authorized,
        Means::Declined => NoticeKind::Declined,
        Means::RebillPaid => NoticeKind::RebillPaid,
        Means::RebillDeclined => NoticeKind::RebillDeclined,
        Means::Refunded => NoticeKind::Refunded,
        Means::RefundFailed => NoticeKind::RefundFailed,
        Means::Voided => NoticeKind::Voided,
        Means::Chargeback => NoticeKind::ChargedBack,
        Means::ChargebackReversed => NoticeKind::ChargebackReversed,
        Means::DisputeOpened => NoticeKind::DisputeOpened,
        Means::Cancelled => NoticeKind::Cancelled,
        Means::Expired => NoticeKind::Expired,
        Means::Reactivated => NoticeKind::Reactivated,
        Means::Ignored => NoticeKind::Ignored,
        Means::Pending | Means::Done | Means::Refused | Means::Absent => NoticeKind::Waiting,
    }
}

/// Our own reference, if it looks like one.
pub(super) fn reference(message: &Message, names: &OneOf) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let found = message.first(names)?;
    (found.len() <= 64 && found.bytes().all(plain)).then(|| found.to_owned())
}

/// The amount, always positive. What moves money must say how much.
fn amount(
    message: &Message,
    fields: Option<&AmountFields>,
    forms: Forms,
    kind: NoticeKind,
) -> Result<Option<Money>, String> {
    use NoticeKind::{
        Authorized, ChargebackReversed, ChargedBack, Paid, RebillPaid, Refunded, Voided, Waiting,
    };
    let gives_back = matches!(kind, Refunded | ChargedBack | Voided);
    let moves = matches!(
        kind,
        Paid | Authorized | RebillPaid | Refunded | ChargedBack | ChargebackReversed
    );
    match fields.map(|fields| money(message, fields, forms)) {
        Some(Ok(Some(money))) if gives_back && money.minor < 0 => {
            money.negated().map(Some).map_err(|error| error.to_string())
        }
        Some(Ok(Some(money))) if money.minor < 0 => Err("the amount is negative".to_owned()),
        Some(Ok(Some(money))) => Ok(Some(money)),
        Some(Err(why)) if moves => Err(why),
        Some(Ok(None)) | None if moves => Err("there is no amount".to_owned()),
        Some(Err(why)) if kind != Waiting => Err(why),
        Some(Err(_) | Ok(None)) | None => Ok(None),
    }
}

/// The amount that fields say, sign and all.
///
/// # Errors
/// A sentence, if it cannot be read exactly.
pub(super) fn money(
    message: &Message,
    fields: &AmountFields,
    forms: Forms,
) -> Result<Option<Money>, String> {
    let (Some(text), Some(code)) = (message.first(&fields.field), message.first(&fields.currency))
    else {
        return Ok(None);
    };
    let fixed = fields.currency.all().iter().any(|name| name.strip_prefix('=') == Some(code));
    let code = if forms.currency == CurrencyForm::Numeric && !fixed {
        let known = code.parse().ok().and_then(Currency::from_number);
        known.ok_or("the currency is no number of ISO 4217")?.code().to_owned()
    } else {
        code.to_owned()
    };
    if forms.amount != AmountForm::Minor {
        return decimal::money(text, &code).map(Some);
    }
    let code = code.to_ascii_uppercase();
    let currency: Currency = code.parse().map_err(|error| format!("the currency is {error}"))?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let minor = text.parse().ok().filter(|_| whole);
    let minor = minor.ok_or("the amount is not a whole number of minor units")?;
    Ok(Some(Money::new(minor, currency)))
}

/// Brand and last four digits, nothing more.
fn read_card(message: &Message, fields: &CardFields) -> Option<Card> {
    let letters = |text: &&str| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let field = |name: &Option<String>| name.as_ref().and_then(|name| message.get(name));
    let brand = field(&fields.brand).filter(letters).map(str::to_owned);
    let last4 = field(&fields.last4).and_then(|text| {
        let four = text.get(text.len().checked_sub(4)?..)?;
        four.bytes().all(|byte| byte.is_ascii_digit()).then(|| four.to_owned())
    });
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}
