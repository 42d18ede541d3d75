//! Payments over all processors: state, statement line, card, what went back, and what can be done.

use askama::Template;
use async_trait::async_trait;
use base::id::PaymentId;
use base::{Language, Stop};
use billing::notices::{self, Filed};
use billing::payments::{self, Attempt, Filter, Payment};
use desk::cases::RefKind;
use desk::permits::Permit;
use jiff::tz::TimeZone;
use store::{Page as Rows, Reads};
use words::{Value, Words};

use super::{About, Part, drawn};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::parts::Markup;

/// The part about payments.
pub(super) struct Money;

const ROWS: u32 = 10;

#[derive(Template)]
#[template(path = "console/case/panel/payments.html")]
struct Piece {
    case: String,
    customer: String,
    payments: Vec<Line>,
    /// The same for the customer, in their language.
    summary: String,
    language: Language,
    no_replay: Option<&'static str>,
}

struct Line {
    id: PaymentId,
    state: Markup,
    made: String,
    amount: String,
    tokens: String,
    /// What went back, in words.
    back: Option<String>,
    processor: String,
    account: Option<String>,
    descriptor: String,
    card: Option<String>,
    attention: Option<String>,
    attached: bool,
    no_ask: Option<&'static str>,
    no_receipt: Option<&'static str>,
    no_write: Option<&'static str>,
    /// Notices that were not taken in.
    notices: Vec<String>,
}

#[async_trait]
impl Part for Money {
    fn key(&self) -> &'static str {
        "payments"
    }

    fn title(&self) -> &'static str {
        "Payments"
    }

    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble> {
        let (shift, Some(customer)) = (about.shift, &about.customer) else { return Ok(None) };
        if !shift.may(Permit::ReadPayment) {
            return Ok(None);
        }
        let mut reader = shift.house.billing.store.read().await?;
        let filter = Filter { customer: Some(customer.id), ..Filter::default() };
        let found = payments::list(&mut reader, &filter, Rows::first(ROWS)).await?;
        let language = about.case.language;
        let (mut lines, mut summary) = (Vec::new(), Vec::new());
        for payment in found {
            let latest = payments::attempts_of(&mut reader, payment.id).await?.pop();
            let id = payment.id.to_string();
            let attached =
                about.refs.iter().any(|one| one.kind == RefKind::Payment && one.id == id);
            summary.extend(plain(shift, &payment, latest.as_ref(), language));
            let mut line = line(shift, &mut reader, payment, latest).await?;
            line.attached = attached;
            lines.push(line);
        }
        drawn(&Piece {
            case: about.case.id.to_string(),
            customer: customer.id.to_string(),
            payments: lines,
            summary: summary.join("\n"),
            language,
            no_replay: shift.no(Permit::ReplayNotice),
        })
    }
}

async fn line(
    shift: &Shift,
    reads: &mut impl Reads,
    payment: Payment,
    latest: Option<Attempt>,
) -> Result<Line, Trouble> {
    let words = Words::of(Language::En);
    let account = latest.as_ref().and_then(|one| shift.house.billing.accounts.get(&one.account));
    let mail = account.and_then(|account| account.support().mail);
    let open = [Filed::Unmatched, Filed::Rejected];
    let notices = notices::of_payment(reads, payment.id).await?;
    let notices = notices.into_iter().filter(|one| open.contains(&one.filed));
    let back = |what: &str, sum: base::Money| {
        sum.is_positive().then(|| format!("{what} {}", words.money(sum)))
    };
    let returned =
        [back("given back", payment.refunded), back("taken by the bank", payment.disputed)];
    let returned: Vec<String> = returned.into_iter().flatten().collect();
    Ok(Line {
        id: payment.id,
        state: crate::parts::state::of_payment(&payment.state),
        made: payment.created_at.strftime("%Y-%m-%d %H:%M").to_string(),
        amount: words.money(payment.amount),
        tokens: words.number(payment.tokens.count()),
        back: (!returned.is_empty()).then(|| returned.join(", ")),
        processor: account.map_or("no processor yet".to_owned(), crate::parts::name_of),
        account: latest.as_ref().map(|one| one.account.clone()),
        descriptor: account.map(|account| account.descriptor.clone()).unwrap_or_default(),
        card: latest.as_ref().and_then(card),
        attention: payment.needs_attention.clone(),
        attached: false,
        no_ask: no_ask(shift, latest.as_ref()),
        no_receipt: (!payment.captured.is_positive())
            .then_some("Nothing was taken, so there is no receipt."),
        no_write: match mail {
            Some(_) => shift.no(Permit::WriteToThirds),
            None => Some("This processor has no mail address for support."),
        },
        notices: notices.map(|one| one.id.to_string()).collect(),
    })
}

fn card(attempt: &Attempt) -> Option<String> {
    let card = attempt.card.as_ref()?;
    let brand = card.brand.as_deref().unwrap_or("card");
    Some(match &card.last4 {
        Some(last4) => format!("{brand} …{last4}"),
        None => brand.to_owned(),
    })
}

/// Why the processor cannot be asked, if so.
fn no_ask(shift: &Shift, latest: Option<&Attempt>) -> Option<&'static str> {
    let Some(attempt) = latest else { return Some("Nothing was tried yet.") };
    if !attempt.state.is_unresolved() {
        return Some("The last attempt has its end; there is nothing to ask.");
    }
    let account = shift.house.billing.accounts.get(&attempt.account);
    let can = account.is_some_and(|account| account.connector.capabilities().find);
    let cannot = (!can).then_some("This processor cannot be asked; it tells by itself.");
    cannot.or_else(|| shift.no(Permit::AskProcessor))
}

/// A charge in the customer's language, with nothing in it that they may not know.
fn plain(
    shift: &Shift,
    payment: &Payment,
    latest: Option<&Attempt>,
    language: Language,
) -> Option<String> {
    if !payment.captured.is_positive() {
        return None;
    }
    let words = Words::of(language);
    let account = latest.and_then(|one| shift.house.billing.accounts.get(&one.account))?;
    let card = latest.and_then(|one| one.card.as_ref()).and_then(|card| card.last4.clone());
    let date = words.date(payment.created_at, &TimeZone::UTC);
    let (amount, back) = (words.money(payment.captured), words.money(payment.refunded));
    let values: [(&str, Value<'_>); 4] = [
        ("date", date.as_str().into()),
        ("amount", amount.as_str().into()),
        ("descriptor", account.descriptor.as_str().into()),
        ("count", payment.tokens.count().into()),
    ];
    let mut line = words.text_with("summary-charge", &values);
    if let Some(last4) = card {
        line.push(' ');
        line.push_str(&words.text_with("summary-card", &[("last4", last4.as_str().into())]));
    }
    if payment.refunded.is_positive() {
        line.push(' ');
        line.push_str(&words.text_with("summary-back", &[("amount", back.as_str().into())]));
    }
    Some(line)
}

/// What became of asking a processor about a payment's last attempt.
pub(super) async fn ask(shift: &Shift, id: PaymentId) -> Result<bool, Trouble> {
    let billing = &shift.house.billing;
    let latest = payments::attempts_of(&mut billing.store.read().await?, id).await?.pop();
    let latest = latest.ok_or(Trouble::NotFound)?;
    match payments::resolve(billing, latest.id).await {
        Ok(_) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}
