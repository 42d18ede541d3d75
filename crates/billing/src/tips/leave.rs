//! A deed: a customer leaves a tip. It goes through the spend pipeline with whatever else waits.

use std::sync::Arc;

use base::id::{CreatorId, CustomerId, TipId};
use base::{Refusal, Stop, Tokens};

use super::tip::{LONGEST_NOTE, MOST_TOKENS, NOT_A_TIP, NOTE_TOO_LONG, Tip};
use crate::Billing;

/// A tip to be left.
#[derive(Clone)]
pub struct Ask {
    /// Its id. The same id with the same tip is one tip.
    pub id: TipId,
    /// Who gives.
    pub customer: CustomerId,
    /// Who gets.
    pub creator: CreatorId,
    /// How many.
    pub tokens: Tokens,
    /// A few words.
    pub note: Option<String>,
    /// How the answer is kept for the same request again, if it carried a key.
    pub replay: Option<Replay>,
}

/// Writes an answer as a status and a body.
pub type Rendered = Arc<dyn Fn(&Result<Left, Refusal>) -> (u16, String) + Send + Sync>;

/// How the answer is kept for the same request again.
#[derive(Clone)]
pub struct Replay {
    /// The key with its scope.
    pub key: String,
    /// Which request it is.
    pub fingerprint: String,
    /// Writes the answer as it is kept.
    pub render: Rendered,
}

/// A tip that was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The tip.
    pub tip: Tip,
    /// What the customer may spend after it.
    pub balance: Tokens,
    /// It was left before; nothing has moved now.
    pub earlier: bool,
}

/// What became of the ask.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The tip, or why not.
    pub outcome: Result<Left, Refusal>,
    /// The answer that was kept for this request, if it had come before.
    pub replayed: Option<(u16, String)>,
}

/// Leaves a tip once, however often it is asked.
///
/// # Errors
/// `tokens_not_valid` or `note_too_long` before anything is asked; a fault if the database fails.
/// Every other no is in the answer.
pub async fn leave(billing: &Billing, ask: Ask) -> Result<Answer, Stop> {
    if !(1..=MOST_TOKENS).contains(&ask.tokens.count()) {
        return Err(NOT_A_TIP.at("tokens").into());
    }
    if ask.note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(NOTE_TOO_LONG.at("note").into());
    }
    let answer = billing.spends.ask(ask).await?;
    let outcome = answer.outcome.as_ref().map_or_else(|no| no.code, |_| "left");
    metrics::counter!("paydesk_tips_total", "outcome" => outcome).increment(1);
    Ok(answer)
}
