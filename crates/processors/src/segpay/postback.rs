//! Reading SegPay's postbacks: names and values follow "Postback Parameters" of the help centre
//! and the placeholders of "SegPay's Processing API for Merchants" 1.3.
//!
//! The merchant writes the template of a postback; with the placeholders' own names on the left
//! (or with no template at all) it can be read here. Nothing is signed: the locks were opened
//! before, and billing compares every amount with what was asked for.

use processor::{Card, Decline, DeclineClass, Notice, NoticeKind, RawNotice, Rejected};

use super::config::Sound;
use super::words::IsOurs;
use super::{price, words};
use crate::wire::{Fields, decimal};

/// The longest word that is looked at.
const WORD: usize = 64;

/// Reads one postback.
pub(super) fn read(raw: &RawNotice, config: &Sound) -> Result<Notice, Rejected> {
    let fields = Fields::read(raw)?;
    if let Some(disputed) = dispute(&fields, config)? {
        return Ok(disputed);
    }
    let words = ["action", "trantype", "stage", "approved", "standin", "transtime"];
    if words.iter().any(|name| fields.get(name).is_some_and(|word| word.len() > WORD)) {
        return Err(Rejected::Unreadable("a word is too long".to_owned()));
    }
    let action = fields.word("action");
    if action.is_empty() {
        return Err(Rejected::Unreadable("there is no action".to_owned()));
    }
    let plain = plain(&fields, &action, &config.reference_field)?;
    match words::member(&action) {
        Some(kind) => Ok(member(&fields, kind, plain)),
        None => transaction(&fields, plain, config),
    }
}

/// A dispute, told apart by the configured word: no money has moved by this message.
fn dispute(fields: &Fields, config: &Sound) -> Result<Option<Notice>, Rejected> {
    let Some(own) = &config.dispute else { return Ok(None) };
    let name = own.field.to_ascii_lowercase();
    if fields.word(&name) != own.word.to_ascii_lowercase() {
        return Ok(None);
    }
    let mut notice = plain(fields, &fields.word("action"), &config.reference_field)?;
    let about = notice.parent.as_ref().or(notice.transaction.as_ref());
    let Some(about) = about.or(notice.subscription.as_ref()).cloned() else {
        return Err(Rejected::Unreadable("the dispute names no transaction".to_owned()));
    };
    notice.kind = NoticeKind::DisputeOpened;
    notice.parent = notice.parent.or_else(|| notice.transaction.clone());
    notice.dedupe = format!("{about}:dispute:{}", fields.word("transtime"));
    Ok(Some(notice))
}

/// What every postback says, before it is known what it tells.
fn plain(fields: &Fields, action: &str, reference_field: &str) -> Result<Notice, Rejected> {
    let said = [action, &fields.word("trantype"), &fields.word("stage"), &fields.word("approved")];
    let said = said.iter().map(|word| shown(word)).filter(|word| !word.is_empty());
    Ok(Notice {
        kind: NoticeKind::Waiting,
        dedupe: String::new(),
        reference: reference(fields, reference_field),
        transaction: fields.id("tranid")?.map(|id| id.to_ascii_lowercase()),
        parent: fields.id("relatedtranid")?.map(|id| id.to_ascii_lowercase()),
        subscription: fields.id("purchaseid")?.map(|id| id.to_ascii_lowercase()),
        amount: None,
        occurred_at: fields.get("transtime").and_then(price::time),
        provisional: false,
        decline: None,
        card: card(fields),
        also: Vec::new(),
        stored: None,
        words: said.collect::<Vec<String>>().join(" "),
    })
}

/// A change of membership. It has no number of its own, so its time makes it recognisable: one
/// purchase may be cancelled, reactivated and cancelled again.
fn member(fields: &Fields, kind: NoticeKind, notice: Notice) -> Notice {
    let names = ["purchaseid", "tranid", "action", "transtime"];
    let dedupe = names.map(|name| fields.word(name)).join(":");
    Notice { kind, dedupe, ..notice }
}

fn transaction(fields: &Fields, mut notice: Notice, config: &Sound) -> Result<Notice, Rejected> {
    let (trantype, action) = (fields.word("trantype"), fields.word("action"));
    let (stage, approved) = (fields.word("stage"), fields.word("approved"));
    let Some(id) = notice.transaction.clone() else {
        return Err(Rejected::Unreadable("there is no tranid".to_owned()));
    };
    let clicked = reference(fields, &config.click_field());
    let ours = if clicked.is_some() { IsOurs::Yes } else { IsOurs::No };
    notice.kind = words::transaction(&trantype, &action, &stage, &approved);
    notice.kind = words::of_one_click(notice.kind, ours);
    notice.reference = clicked.or(notice.reference);
    notice.amount = amount(fields, notice.kind)?;
    notice.provisional = is_provisional(fields, notice.kind);
    notice.decline = decline(fields, notice.kind);
    // A purchase id covers several transactions, so it is no key. A provisional yes and the final
    // answer share the transaction's id, so the key tells them apart.
    let standing = if notice.provisional { ":provisional" } else { "" };
    notice.dedupe = format!("{id}:{action}:{approved}:{trantype}{standing}");
    if notice.kind == NoticeKind::Waiting {
        notice.dedupe = format!("{}:{stage}", notice.dedupe);
    }
    notice.stored = config.stored(&notice);
    notice.also = held_as(&notice, config);
    // What an early conversion of a trial names it by.
    notice.also.extend(fields.id("transguid")?.map(|id| id.to_ascii_lowercase()));
    Ok(notice)
}

/// The names under which a hold of Post Pay is known to us: its capture wants transaction and
/// purchase, so [`super::charge`] keeps both in one id.
pub(super) fn held_as(notice: &Notice, config: &Sound) -> Vec<String> {
    let purchase = notice.subscription.as_ref().filter(|_| config.post_pay.is_some());
    let Some(purchase) = purchase else { return Vec::new() };
    let ids = [notice.transaction.as_ref(), notice.parent.as_ref()];
    ids.into_iter().flatten().map(|id| format!("{id}/{purchase}")).collect()
}

/// The amount, always positive. What moves money must say how much.
fn amount(fields: &Fields, kind: NoticeKind) -> Result<Option<base::Money>, Rejected> {
    use NoticeKind::{ChargedBack, Paid, RebillPaid, Refunded, Voided, Waiting};
    let (text, currency) = match (fields.get("price"), fields.get("currencycode")) {
        (Some(text), Some(currency)) => (text, currency),
        _ if matches!(kind, Paid | RebillPaid | Refunded | ChargedBack) => {
            return Err(Rejected::Unreadable("there is no price or no currencycode".to_owned()));
        }
        _ => return Ok(None),
    };
    let gives_back = matches!(kind, Refunded | ChargedBack | Voided);
    let text = if gives_back { text.strip_prefix('-').unwrap_or(text) } else { text };
    match decimal::money(text, currency) {
        Ok(money) if money.minor < 0 => {
            Err(Rejected::Unreadable("the amount is negative".to_owned()))
        }
        Ok(money) => Ok(Some(money)),
        Err(_) if kind == Waiting => Ok(None),
        Err(why) => Err(Rejected::Unreadable(why)),
    }
}

/// Stand-in: SegPay says yes while the bank is out of reach and asks again for hours; the answer
/// may turn into a no under the same transaction id ("Stand-In" of the help centre). The values
/// are -1, 0 and 1; only zero, or none at all, is a yes of the bank.
fn is_provisional(fields: &Fields, kind: NoticeKind) -> bool {
    let yes = matches!(kind, NoticeKind::Paid | NoticeKind::RebillPaid);
    yes && !matches!(fields.get("standin"), None | Some("0"))
}

/// Postbacks do not say why the bank refused; the authorisation code is all there is.
fn decline(fields: &Fields, kind: NoticeKind) -> Option<Decline> {
    matches!(kind, NoticeKind::Declined | NoticeKind::RebillDeclined)
        .then(|| declined(fields.get("authcode").unwrap_or_default()))
}

/// A decline with the code that came along, whatever it means.
pub(super) fn declined(code: &str) -> Decline {
    let raw = if code.is_empty() { "no".to_owned() } else { shown(code) };
    Decline { raw, cause: "unknown".to_owned(), class: DeclineClass::Soft }
}

/// Our own field as we named it on the pay page, or as the template named SegPay's extra. We only
/// ever send lower case.
fn reference(fields: &Fields, name: &str) -> Option<String> {
    let names = [name.to_owned(), format!("extra {name}"), format!("extra_{name}")];
    let value = names.iter().find_map(|name| fields.get(name))?.to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 32 && value.bytes().all(plain)).then_some(value)
}

/// Brand and last four digits. The first six are never kept.
fn card(fields: &Fields) -> Option<Card> {
    let four = |text: &&str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |text: &&str| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let brand = fields.get("cardtype").filter(letters).map(str::to_owned);
    let last4 = fields.get("cclast4").filter(four).map(str::to_owned);
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}

/// A word of theirs for people who debug: short, nothing but letters, digits and dashes, and no
/// number as long as a card's.
pub(super) fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    word.chars().take(20).map(plain).collect()
}
