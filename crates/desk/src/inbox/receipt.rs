//! A receipt goes out once more, word for word as it was written.

use base::id::{CaseId, PaymentId, StaffId};
use base::{Actor, Env, Stop};
use identity::Email;
use serde_json::json;
use store::Tx;

use super::{NO_RECEIPT, RECEIPT_SENT};
use crate::audit::{self, Note};
use crate::cases::{self, Author, EventKind};
use crate::mail::{self, Letter, NewMail, Post, State};

/// What is noted when somebody sends a receipt again.
const SENT_AGAIN: &str = "receipt.sent_again";

/// Whose receipt goes out again, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    /// The payment.
    pub payment: PaymentId,
    /// The case in which somebody asked.
    pub case: CaseId,
    /// Who sends it.
    pub staff: StaffId,
}

/// Sends the mail with a payment's receipt again: a failed one with all its tries, any other as a
/// new mail, once a day. The case and the audit log say so.
///
/// # Errors
/// Refused with [`NO_RECEIPT`] if none was written, and with [`RECEIPT_SENT`] if it was sent again
/// today.
pub async fn send_again(
    tx: &mut Tx,
    env: &Env,
    post: &Post,
    host: &str,
    again: Again,
) -> Result<(), Stop> {
    let about = again.payment.to_string();
    let written = mail::of(tx, "receipt", &about).await?.ok_or(NO_RECEIPT)?;
    if written.state == State::Failed {
        mail::send_again(tx, env, written.id).await?;
    } else {
        let to = Email::checked(&written.to).map_err(|_| NO_RECEIPT)?;
        let letter = Letter::new(&written.subject, written.text, written.html);
        let day = env.now().strftime("%Y-%m-%d");
        let new = NewMail {
            to,
            language: written.language,
            kind: "receipt_again",
            // The same kind about the same is written once.
            about: Some(format!("{about} {day}")),
            letter,
        };
        mail::queue(tx, env, post, host, new).await?.ok_or(RECEIPT_SENT)?;
    }
    let body = json!({ "told": SENT_AGAIN, "payment": again.payment });
    let by = Author::Staff(again.staff);
    let case = cases::note(tx, env, again.case, EventKind::Billing, by, body).await?;
    let why = format!("in {}", case.reference);
    let by = Actor::Staff(again.staff);
    audit::note(tx, env, &Note { by, what: SENT_AGAIN, about: &about, why: Some(&why) }).await?;
    Ok(())
}
