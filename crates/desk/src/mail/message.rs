//! A mail as it goes over the wire: headers, and text and page as alternatives.

use base::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::Outgoing;

/// Says that no person wrote this, so that nobody's out-of-office answers it.
const AUTOMATIC: [(&str, &str); 2] =
    [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];

/// The message of a mail.
///
/// It is the same to the letter at every try but for its date. Its parts are encoded so that every
/// line is short and plain; a name or subject with other letters is encoded too, so no header can
/// be smuggled in.
///
/// # Errors
/// A fragment that says what cannot be written.
pub(super) fn message(
    mail: &Outgoing,
    from: &Mailbox,
    reply_to: Option<&Mailbox>,
    now: Timestamp,
) -> Result<Message, String> {
    let to: Address = mail.to.parse().map_err(|error| format!("the address: {error}"))?;
    let parts = MultiPart::alternative()
        .boundary(format!("part-{}", mail.id))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(now.into());
    if let Some(reply_to) = reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    for (name, value) in AUTOMATIC {
        let name = HeaderName::new_from_ascii_str(name);
        builder = builder.raw_header(HeaderValue::new(name, value.to_owned()));
    }
    builder = builder.raw_header(HeaderValue::new(
        HeaderName::new_from_ascii_str("Content-Language"),
        mail.language.tag().to_owned(),
    ));
    builder.multipart(parts).map_err(|error| format!("the message: {error}"))
}
