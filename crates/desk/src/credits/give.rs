//! A deed: staff give the customer of a case tokens.

use base::id::{CaseId, CustomerId, StaffId};
use base::{Actor, Refusal, SignedDuration, Stop, Tokens};
use billing::tokens::{self, Credit, Credited};
use identity::staff::{self, Role, Staff};
use serde_json::json;
use store::{Reads, Tx};

use super::refusals::{ABOVE_DAY, ABOVE_DEED, CASE_NOT_SEEN, NOT_ALLOWED, NOT_THE_CUSTOMER};
use super::whose::customer_of;
use crate::audit::{self, Note, WALLET_CREDITED};
use crate::cases::{self, Author, Case, EventKind, Eyes, Ref, RefKind, RefRole};
use crate::permits::{self, Permit};
use crate::{CreditLimit, Desk};

/// How long what somebody gave counts against what they may give.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Tokens to be given.
#[derive(Clone, Debug)]
pub struct Give {
    /// For which case.
    pub case: CaseId,
    /// To which customer: the one of the case.
    pub customer: CustomerId,
    /// How many.
    pub tokens: Tokens,
    /// Why, for colleagues.
    pub reason: String,
    /// Who gives.
    pub staff: StaffId,
    /// Made fresh with the form: the same key again gives nothing more.
    pub key: String,
}

/// What somebody may still give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What their role may give.
    pub limit: CreditLimit,
    /// What is left of the day.
    pub left: Tokens,
}

/// Gives tokens once for each key, and writes it into the case and the audit log in the same deed.
///
/// # Errors
/// [`NOT_ALLOWED`], [`CASE_NOT_SEEN`], [`NOT_THE_CUSTOMER`], [`ABOVE_DEED`] or [`ABOVE_DAY`]; as
/// [`tokens::credit`]; a fault if the database fails.
pub async fn give(desk: &Desk, give: Give) -> Result<Credited, Stop> {
    store::write!(desk.billing.store, |tx| within(tx, desk, &give).await)
}

async fn within(tx: &mut Tx, desk: &Desk, give: &Give) -> Result<Credited, Stop> {
    let member = giver(tx, give.staff).await?;
    let eyes = Eyes { staff: member.id, role: member.role };
    let case = cases::seen(tx, &eyes, give.case).await?.ok_or(CASE_NOT_SEEN)?;
    if customer_of(tx, &case).await? != Some(give.customer) {
        return Err(NOT_THE_CUSTOMER.at("customer").into());
    }
    let credit = Credit {
        customer: give.customer,
        tokens: give.tokens,
        reason: give.reason.clone(),
        by: Actor::Staff(member.id),
        key: format!("{} {}", case.id, give.key),
    };
    // What was given before takes no more of the day.
    if tokens::given_under(tx, &credit.key).await?.is_none() {
        check(&room(tx, desk, member.id, member.role).await?, give.tokens)?;
    }
    let credited = tokens::credit(tx, &desk.billing, &credit).await?;
    if !credited.earlier {
        tell(tx, desk, &case, &credited, member.id).await?;
    }
    Ok(credited)
}

async fn giver(tx: &mut Tx, id: StaffId) -> Result<Staff, Stop> {
    let member = staff::find(tx, id).await?;
    let may =
        |one: &Staff| one.disabled_at.is_none() && permits::may(one.role, Permit::CreditWallet);
    Ok(member.filter(may).ok_or(NOT_ALLOWED)?)
}

/// What somebody may still give now, for the page that asks.
///
/// # Errors
/// A fault if the database fails.
pub async fn room(
    reads: &mut impl Reads,
    desk: &Desk,
    id: StaffId,
    role: Role,
) -> Result<Room, Stop> {
    let now = desk.billing.env.now();
    let since = now.checked_sub(DAY).unwrap_or(now);
    let given = tokens::given_by_since(reads, Actor::Staff(id), since).await?;
    let limit = desk.settings.credits.of(role);
    Ok(Room { limit, left: limit.day.minus(given).unwrap_or(Tokens::NONE) })
}

/// Whether what is asked for fits; the sentence says the limit.
pub(crate) fn check(room: &Room, tokens: Tokens) -> Result<(), Refusal> {
    let Room { limit, left } = room;
    if tokens > limit.deed {
        let most = limit.deed.count();
        let why = format!("your role may give {most} tokens at once; ask a lead or finance");
        return Err(ABOVE_DEED.because(why).at("tokens"));
    }
    if tokens > *left {
        let (day, left) = (limit.day.count(), left.count());
        let why = format!(
            "your role may give {day} tokens within 24 hours, and {left} of them are left; \
             ask a lead or finance"
        );
        return Err(ABOVE_DAY.because(why).at("tokens"));
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    desk: &Desk,
    case: &Case,
    credited: &Credited,
    by: StaffId,
) -> Result<(), Stop> {
    let (env, given) = (&desk.billing.env, &credited.given);
    let id = given.id.to_string();
    let to = Ref { kind: RefKind::Credit, id: id.clone(), role: RefRole::Result };
    cases::refer_by(tx, env, case.id, to, Author::Staff(by)).await?;
    let body = json!({
        "told": "wallet.credited",
        "credit": given.id,
        "customer": given.customer,
        "tokens": given.tokens,
    });
    cases::note(tx, env, case.id, EventKind::Billing, Author::Staff(by), body).await?;
    let why = format!("{} for {}: {}", given.tokens, case.reference, given.reason);
    let note = Note { by: Actor::Staff(by), what: WALLET_CREDITED, about: &id, why: Some(&why) };
    audit::note(tx, env, &note).await?;
    Ok(())
}
