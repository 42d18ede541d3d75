//! A choice is made: the facts are loaded, the accounts looked at, and the decision taken.

use base::id::{AttemptId, CustomerId};
use base::{Fault, Money, Refusal, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use processor::CaptureWhen;
use store::Reads;

use super::candidate::{Candidate, History, Limit};
use super::compile::Compiled;
use super::decide::{bucket_of, decide};
use super::facts::{Ask, Bound, Facts, Method, Purpose};
use super::health::Breakers;
use super::live::{Routes, live};
use super::rows;
use super::switch::{effective, switches};
use super::trace::Trace;
use crate::payments::{self, Attempt, AttemptState, Payment};
use crate::{Account, catalog, checkouts};

const DAY: i64 = 86_400;

/// What is to be collected, and what narrows the choice.
pub(crate) struct Wish<'a> {
    /// What is to be collected.
    pub(crate) payment: &'a Payment,
    /// What has been tried so far, first to last.
    pub(crate) attempts: &'a [Attempt],
    /// What for.
    pub(crate) purpose: Purpose,
    /// How the customer pays.
    pub(crate) method: Method,
    /// Whether the money is taken at once or held first.
    pub(crate) capture: CaptureWhen,
    /// The account that the checkout names.
    pub(crate) named: Option<&'a str>,
    /// The account that keeps what is to be charged.
    pub(crate) keeper: Option<&'a str>,
    /// Attempts of this very moment: their accounts are not asked again now.
    pub(crate) just_now: &'a [AttemptId],
}

/// Chooses where the next attempt goes; nothing is written.
///
/// # Errors
/// A fault if the database fails.
pub(crate) async fn choose(
    reads: &mut impl Reads,
    routes: &Routes,
    wish: &Wish<'_>,
    breakers: &Breakers,
    now: Timestamp,
) -> Result<Trace, Fault> {
    let payment = wish.payment;
    let pack = catalog::find(reads, payment.pack).await?;
    let mut facts = facts_of(reads, payment.customer, payment.amount, now).await?;
    facts.purpose = wish.purpose;
    facts.method = wish.method;
    facts.capture = wish.capture;
    facts.product = pack.map(|pack| pack.code).unwrap_or_default();
    facts.tries = i64::try_from(wish.attempts.len()).unwrap_or(i64::MAX);
    let first = wish.attempts.first().and_then(|one| routes.accounts.get(&one.account));
    facts.legal_entity = first.and_then(|account| account.terms.legal_entity.clone());
    let mut candidates = candidates(reads, routes, payment.amount, breakers, now).await?;
    for candidate in &mut candidates {
        candidate.history = history(wish, &candidate.account);
    }
    let bucket = bucket_of(&payment.id.to_string());
    let ask = Ask { facts, bound: bound(wish), candidates, bucket };
    let rules = live(reads, routes).await?;
    Ok(decide(&ask, &rules))
}

/// What is known of a customer who pays a sum now.
async fn facts_of(
    reads: &mut impl Reads,
    customer: CustomerId,
    amount: Money,
    now: Timestamp,
) -> Result<Facts, Fault> {
    let mut facts = Facts::sample(amount, None);
    if let Some(known) = rows::customer(reads, customer).await? {
        facts.country = known.country;
        facts.language = known.language;
        facts.age_days = now.duration_since(known.created_at).as_secs().div_euclid(DAY);
        facts.purchases = known.purchases;
    }
    let utc = now.to_zoned(TimeZone::UTC);
    facts.hour = i64::from(utc.hour());
    facts.weekday = i64::from(utc.weekday().to_monday_one_offset());
    Ok(facts)
}

/// Every account as it stands now for a sum.
async fn candidates(
    reads: &mut impl Reads,
    routes: &Routes,
    amount: Money,
    breakers: &Breakers,
    now: Timestamp,
) -> Result<Vec<Candidate>, Fault> {
    let accounts = routes.accounts.all();
    let switched = switches(reads).await?;
    let counting: Vec<String> = accounts
        .iter()
        .filter(|one| one.terms.counts(amount.currency))
        .map(|one| one.key.clone())
        .collect();
    let volumes = if counting.is_empty() {
        std::collections::BTreeMap::new()
    } else {
        let (month, day) = beginnings(now);
        rows::volumes(reads, counting, amount.currency, month, day).await?
    };
    let candidate = |account: &Account| {
        let (today, this_month) = volumes.get(&account.key).copied().unwrap_or_default();
        let minor = |sum: Option<Money>| sum.map(|sum| sum.minor);
        let limit = account.terms.limit(amount.currency).map(|limit| Limit {
            least: minor(limit.least),
            most: minor(limit.most),
            day: minor(limit.day),
            month: minor(limit.month),
            today,
            this_month,
        });
        Candidate {
            status: effective(account, &switched),
            breaker_open: breakers.open(&account.key),
            limit,
            ..Candidate::of(account)
        }
    };
    Ok(accounts.iter().map(candidate).collect())
}

/// When this month and this day began, UTC.
fn beginnings(now: Timestamp) -> (Timestamp, Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let at = |date: jiff::civil::Date| {
        let midnight: DateTime = date.at(0, 0, 0, 0);
        midnight.to_zoned(TimeZone::UTC).map_or(now, |zoned| zoned.timestamp())
    };
    (at(today.first_of_month()), at(today))
}

fn bound(wish: &Wish<'_>) -> Bound {
    if let Some(keeper) = wish.keeper {
        return Bound::Instrument { account: keeper.to_owned() };
    }
    if let Some(named) = wish.named {
        return Bound::Named { account: named.to_owned() };
    }
    let declined = wish.attempts.iter().filter(|one| one.state == AttemptState::Declined);
    match declined.rev().find(|one| !payments::may_go_elsewhere(one)) {
        Some(no) => {
            let cause = no.decline.as_ref().map_or("no", |decline| decline.cause.as_str());
            Bound::Declined { account: no.account.clone(), cause: cause.to_owned() }
        }
        None => Bound::Free,
    }
}

fn history(wish: &Wish<'_>, account: &str) -> History {
    let of = |attempt: &Attempt| match attempt.state {
        _ if wish.just_now.contains(&attempt.id) => History::JustNow,
        AttemptState::Declined => History::Declined,
        AttemptState::NotExecuted => History::Technical,
        AttemptState::Created
        | AttemptState::Sent
        | AttemptState::ActionRequired
        | AttemptState::Pending
        | AttemptState::Unknown
        | AttemptState::Authorized
        | AttemptState::Captured
        | AttemptState::Voided
        | AttemptState::Expired => History::Fresh,
    };
    let own = wish.attempts.iter().filter(|attempt| attempt.account == account);
    own.map(of).max().unwrap_or(History::Fresh)
}

/// The account that would take a payment if its customer went to pay now, for what is shown
/// before: the next attempt may still go elsewhere if something happens in between.
///
/// # Errors
/// `no_processor_account` if none would, or a fault if the database fails.
pub async fn expected<'a>(
    reads: &mut impl Reads,
    routes: &'a Routes,
    payment: &Payment,
) -> Result<Result<&'a Account, Refusal>, Fault> {
    let now = routes.env.now();
    let attempts = payments::attempts_of(reads, payment.id).await?;
    let checkout = checkouts::of_payment(reads, payment.id).await?;
    let wish = Wish {
        payment,
        attempts: &attempts,
        purpose: Purpose::Tokens,
        method: Method::Page,
        capture: CaptureWhen::AtOnce,
        named: checkout.as_ref().and_then(|checkout| checkout.account.as_deref()),
        keeper: None,
        just_now: &[],
    };
    let breakers = routes.health.breakers();
    let mut trace = choose(reads, routes, &wish, &breakers, now).await?;
    if trace.only_breakers() && trace.chosen.is_none() {
        // Out of reach for the moment only: it may be back when they press the button.
        trace = choose(reads, routes, &wish, &Breakers::ignored(), now).await?;
    }
    Ok(trace.account(&routes.accounts))
}

/// The account that would most likely take a sum from a customer, or from somebody we do not know:
/// before there is a payment its share of a weighted rule is not known either.
///
/// # Errors
/// `no_processor_account` if none would, or a fault if the database fails.
pub async fn on_the_shelf<'a>(
    reads: &mut impl Reads,
    routes: &'a Routes,
    customer: Option<CustomerId>,
    amount: Money,
) -> Result<Result<&'a Account, Refusal>, Fault> {
    let facts = match customer {
        Some(customer) => facts_of(reads, customer, amount, routes.env.now()).await?,
        None => Facts::sample(amount, None),
    };
    let would = Would { facts, named: None, payment: String::new() };
    Ok(try_out(reads, routes, would, None).await?.account(&routes.accounts))
}

/// A payment that nobody makes, to see where it would go.
#[derive(Clone, Debug)]
pub struct Would {
    /// What is known of it.
    pub facts: Facts,
    /// The account that a checkout would name.
    pub named: Option<String>,
    /// The id of a payment, for its bucket; any text does.
    pub payment: String,
}

/// Decides about a payment that nobody makes, by the rules given or the live ones.
///
/// # Errors
/// A fault if the database fails.
pub async fn try_out(
    reads: &mut impl Reads,
    routes: &Routes,
    would: Would,
    rules: Option<&Compiled>,
) -> Result<Trace, Fault> {
    let now = routes.env.now();
    let breakers = routes.health.breakers();
    let candidates = candidates(reads, routes, would.facts.amount, &breakers, now).await?;
    let bound = match would.named {
        Some(account) => Bound::Named { account },
        None => Bound::Free,
    };
    let bucket = bucket_of(&would.payment);
    let ask = Ask { facts: would.facts, bound, candidates, bucket };
    match rules {
        Some(rules) => Ok(decide(&ask, rules)),
        None => Ok(decide(&ask, &*live(reads, routes).await?)),
    }
}
