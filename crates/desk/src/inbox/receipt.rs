//! A receipt goes out once more, word for word as it was written.

use base::id::PaymentId;
use base::{Env, Stop};
use identity::Email;
use store::Tx;

use super::NO_RECEIPT;
use crate::mail::{self, Letter, NewMail, Post, State};

/// Sends the mail with a payment's receipt again: a failed one with all its tries, any other as a
/// new mail.
///
/// # Errors
/// Refused with [`NO_RECEIPT`] if none was written.
pub async fn send_again(
    tx: &mut Tx,
    env: &Env,
    post: &Post,
    host: &str,
    payment: PaymentId,
) -> Result<(), Stop> {
    let about = payment.to_string();
    let written = mail::of(tx, "receipt", &about).await?.ok_or(NO_RECEIPT)?;
    if written.state == State::Failed {
        return mail::send_again(tx, env, written.id).await;
    }
    let to = Email::checked(&written.to).map_err(|_| NO_RECEIPT)?;
    let letter = Letter::new(&written.subject, written.text, written.html);
    let language = written.language;
    let new = NewMail { to, language, kind: "receipt_again", about: None, letter };
    mail::queue(tx, env, post, host, new).await?;
    Ok(())
}
