//! A mail as it goes over the wire: headers, and text and page as alternatives; files beside them.

use base::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::{Carriage, Hand, Outgoing};

/// Says that no person wrote this, so that nobody's out-of-office answers it.
const NOTICE: [(&str, &str); 2] =
    [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];
/// The same for a mail that answers a mail.
const REPLY: [(&str, &str); 3] = [
    ("Auto-Submitted", "auto-replied"),
    ("X-Auto-Response-Suppress", "All"),
    ("Precedence", "bulk"),
];

/// A file that goes with a mail.
pub(super) struct Enclosed {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
}

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
    enclosed: Vec<Enclosed>,
    now: Timestamp,
) -> Result<Message, String> {
    let to: Address = mail.to.parse().map_err(|error| format!("the address: {error}"))?;
    let own = mail.carriage.as_ref().and_then(|carriage| carriage.reply_to.as_deref());
    let own = own.map(str::parse::<Mailbox>).transpose();
    let own = own.map_err(|error| format!("the address for answers: {error}"))?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(mail.subject.clone())
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(now.into());
    if let Some(reply_to) = own.as_ref().or(reply_to) {
        builder = builder.reply_to(reply_to.clone());
    }
    builder = match &mail.carriage {
        Some(carriage) => in_case(builder, carriage, to)?,
        None => marked(builder, &NOTICE),
    };
    builder = marked(builder, &[("Content-Language", mail.language.tag())]);
    let parts = parts(mail, enclosed)?;
    builder.multipart(parts).map_err(|error| format!("the message: {error}"))
}

/// The headers of a mail that belongs to a case.
fn in_case(
    builder: MessageBuilder,
    carriage: &Carriage,
    to: Address,
) -> Result<MessageBuilder, String> {
    let mut builder = builder;
    if let Some(answered) = &carriage.in_reply_to {
        builder = builder.in_reply_to(format!("<{answered}>"));
    }
    if !carriage.references.is_empty() {
        let ids: Vec<String> = carriage.references.iter().map(|id| format!("<{id}>")).collect();
        builder = builder.references(ids.join(" "));
    }
    if let Some(link) = &carriage.unsubscribe {
        let link = format!("<{link}>");
        // One press in the reader's program is enough, without a page (RFC 8058).
        let press = ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        builder = marked(builder, &[("List-Unsubscribe", link.as_str()), press]);
    }
    match carriage.hand {
        Hand::Person => Ok(builder),
        Hand::Unasked => Ok(marked(builder, &NOTICE)),
        Hand::Program => {
            let nobody = Envelope::new(None, vec![to]);
            let nobody = nobody.map_err(|error| format!("the envelope: {error}"))?;
            Ok(marked(builder, &REPLY).envelope(nobody))
        }
    }
}

fn marked(builder: MessageBuilder, headers: &[(&'static str, &str)]) -> MessageBuilder {
    headers.iter().fold(builder, |builder, (name, value)| {
        let name = HeaderName::new_from_ascii_str(name);
        builder.raw_header(HeaderValue::new(name, (*value).to_owned()))
    })
}

fn parts(mail: &Outgoing, enclosed: Vec<Enclosed>) -> Result<MultiPart, String> {
    let said = MultiPart::alternative()
        .boundary(format!("part-{}", mail.id))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    if enclosed.is_empty() {
        return Ok(said);
    }
    let mut all = MultiPart::mixed().boundary(format!("file-{}", mail.id)).multipart(said);
    for file in enclosed {
        let kind = ContentType::parse(&file.kind)
            .or_else(|_| ContentType::parse("application/octet-stream"))
            .map_err(|error| format!("the type of a file: {error}"))?;
        all = all.singlepart(Attachment::new(file.name).body(file.bytes, kind));
    }
    Ok(all)
}

/// A mail as a server would get it, for tests that hand it to another desk.
#[cfg(test)]
pub(crate) fn bytes(mail: &Outgoing, from: &str, now: Timestamp) -> Vec<u8> {
    let from: Mailbox = from.parse().unwrap();
    message(mail, &from, None, Vec::new(), now).unwrap().formatted()
}
