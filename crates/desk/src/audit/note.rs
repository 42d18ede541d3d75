//! A deed: it is noted who did what to what, and why.

use base::id::{AuditNoteId, StaffId};
use base::{Actor, Env, Fault, SignedDuration, Timestamp};
use store::Tx;

use super::rows;

/// Somebody looked at payments.
pub const PAYMENT_READ: &str = "payment.read";
/// Somebody gave a customer tokens.
pub const WALLET_CREDITED: &str = "wallet.credited";

/// Reading the same payments is noted once in so long.
pub const READ_ONCE_IN: SignedDuration = SignedDuration::from_mins(10);

/// The longest reason that is kept whole.
const LONGEST_WHY: usize = 500;

/// Something to be noted.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// Who did it.
    pub by: Actor,
    /// What they did: a thing and a deed, as in `wallet.credited`.
    pub what: &'static str,
    /// The id of what they did it to.
    pub about: &'a str,
    /// Why, or with which particulars.
    pub why: Option<&'a str>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AuditNoteId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as [`Actor`] writes it.
    pub actor: String,
    /// What they did.
    pub what: String,
    /// The id of what they did it to.
    pub about: String,
    /// Why, or with which particulars.
    pub why: Option<String>,
    /// Its place in the chain, once it is sealed.
    pub nth: Option<i64>,
}

/// Which lines a list shows. What is empty is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By this actor, as [`Actor`] writes them.
    pub actor: String,
    /// Of this deed, or of all deeds to a thing: `wallet.credited`, `wallet.`.
    pub what: String,
    /// About this id.
    pub about: String,
}

/// Notes what is done in this deed.
///
/// # Errors
/// A fault if the database fails.
pub async fn note(tx: &mut Tx, env: &Env, note: &Note<'_>) -> Result<AuditNoteId, Fault> {
    let line = line(env, note);
    rows::insert(tx, &line, None).await?;
    Ok(line.id)
}

/// Notes what is done, unless the same actor did the same to the same thing within this span: a
/// day is cut into spans, and each has one note.
///
/// # Errors
/// A fault if the database fails.
pub async fn note_once(
    tx: &mut Tx,
    env: &Env,
    note: &Note<'_>,
    span: SignedDuration,
) -> Result<(), Fault> {
    let line = line(env, note);
    let long = i64::try_from(span.as_micros()).unwrap_or(i64::MAX).max(1);
    let span = line.at.as_microsecond().div_euclid(long);
    let once = format!("{} {} {} {long} {span}", line.actor, line.what, line.about);
    rows::insert(tx, &line, Some(once)).await?;
    Ok(())
}

/// Notes that staff looked at payments: those a case is about, a customer's, one of them. Once in
/// ten minutes for each of the staff and each thing, however often they look.
///
/// # Errors
/// A fault if the database fails.
pub async fn payment_read(
    tx: &mut Tx,
    env: &Env,
    staff: StaffId,
    about: &str,
) -> Result<(), Fault> {
    let note = Note { by: Actor::Staff(staff), what: PAYMENT_READ, about, why: None };
    note_once(tx, env, &note, READ_ONCE_IN).await
}

fn line(env: &Env, note: &Note<'_>) -> Line {
    Line {
        id: env.id(),
        at: env.now(),
        actor: note.by.to_string(),
        what: note.what.to_owned(),
        about: note.about.to_owned(),
        why: note.why.map(|why| why.chars().take(LONGEST_WHY).collect()),
        nth: None,
    }
}
