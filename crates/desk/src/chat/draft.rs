//! What a visitor has written goes along to the form of a request, so that nobody types twice.

use base::{Secret, SignedDuration, Stop, Timestamp};
use store::Reads;
use words::Words;

use super::session::Session;
use super::{lines, rows, standing};
use crate::Desk;
use crate::cases::{Direction, Message};
use crate::contact::LONGEST_TEXT;
use crate::mask;

/// The form can be opened with it for so long.
const KEPT: SignedDuration = SignedDuration::from_hours(12);

/// Keeps what the visitor has said, and what stands unsent in their window, for the form of a
/// request. Gives what opens it: a secret, for an address that says nothing of the text.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn keep(desk: &Desk, session: &Session, unsent: &str) -> Result<Option<Secret>, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let mut reader = store.read().await?;
    let said = lines::messages(&mut reader, session, session.place(0), lines::PAGE).await?;
    let case = standing::case_of(&mut reader, session).await?;
    drop(reader);
    let theirs = said.iter().filter(|it| is_theirs(it)).map(|it| it.fresh.as_str());
    let mut parts: Vec<&str> = theirs.chain([unsent]).map(str::trim).collect();
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        return Ok(None);
    }
    let from = case.map(|case| {
        let reference = case.reference.to_string();
        let words = Words::of(session.language);
        words.text_with("chat-draft-from", &[("reference", reference.as_str().into())])
    });
    let text = composed(&parts, from.as_deref());
    let secret = Secret::new(&env.chance);
    let until = env.now().checked_add(KEPT).unwrap_or(Timestamp::MAX);
    store::write!(store, |tx| {
        rows::keep_draft(tx, &secret.hashed(), &text, until).await?;
        Ok(Some(secret.clone()))
    })
}

fn is_theirs(message: &Message) -> bool {
    let readable = message.redacted_at.is_none() && message.withdrawn_at.is_none();
    message.direction == Direction::In && readable
}

/// The text for the form: what was written last counts most where it is too long.
fn composed(parts: &[&str], from: Option<&str>) -> String {
    let tail = from.map(|from| format!("\n\n{from}")).unwrap_or_default();
    let whole = parts.join("\n\n");
    let whole = mask::cards(&whole);
    let room = LONGEST_TEXT.saturating_sub(tail.chars().count());
    let over = whole.chars().count().saturating_sub(room);
    let kept: String = whole.chars().skip(over).collect();
    format!("{}{tail}", kept.trim_start())
}

/// The text a secret opens, while it is kept.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn open(
    reads: &mut impl Reads,
    secret: &Secret,
    now: Timestamp,
) -> Result<Option<String>, Stop> {
    Ok(rows::draft(reads, &secret.hashed(), now).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_what_was_said_in_order_without_cards_and_within_bounds() {
        let text = composed(&["I paid twice.", "Card 4242 4242 4242 4242"], Some("Chat PD-1"));
        assert!(text.starts_with("I paid twice.\n\nCard ") && text.ends_with("\n\nChat PD-1"));
        assert!(!text.contains("4242 4242 4242"), "{text}");
        let long = "ø".repeat(LONGEST_TEXT);
        let text = composed(&["the beginning", &long], Some("Chat PD-1"));
        assert_eq!(text.chars().count(), LONGEST_TEXT);
        assert!(text.ends_with("ø\n\nChat PD-1") && !text.contains("beginning"));
    }
}
