//! Takes answers to mail addresses.

use async_trait::async_trait;
use base::{Env, Kind, Refusal, Stop};
use identity::Email;
use store::Tx;

use super::super::{NewMail, queue_in_case};
use super::letter::{self, Said};
use super::{history, thread};
use crate::Desk;
use crate::cases::{self, Author, Carrier, Case, Delivery, Message, ThreadKind};
use crate::contact::links;
use crate::files::File;
use crate::mail_in;
use crate::people::{ADDRESS_NOT_VALID, Address, AddressKind};

/// The kind of mail.
const KIND: &str = "case_answer";
/// So many bytes of files go with a mail; the rest is read on the page of the case.
const MOST_BYTES: i64 = 10 * 1024 * 1024;

/// The address is not written to.
const SUPPRESSED: Refusal = Refusal::new(
    Kind::Rule,
    "address_suppressed",
    "mail to this address comes back or is not wanted: choose another, or lift it",
);
/// Nothing is sent automatically here for now.
const MUTED: Refusal = Refusal::new(
    Kind::Rule,
    "case_muted",
    "nothing is sent automatically to this case for a day, because of a loop",
);
/// Takes answers to mail addresses, in the desk's name.
pub struct MailCarrier(Desk);

impl MailCarrier {
    /// Carries for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> MailCarrier {
        MailCarrier(desk)
    }
}

#[async_trait]
impl Carrier for MailCarrier {
    fn carries(&self, kind: AddressKind, _: &Case, message: &Message) -> bool {
        kind == AddressKind::Mail && message.thread_kind != ThreadKind::Internal
    }

    async fn carry(
        &self,
        tx: &mut Tx,
        env: &Env,
        case: &Case,
        message: &Message,
        to: &Address,
    ) -> Result<Delivery, Stop> {
        let desk = &self.0;
        let reader = Email::checked(&to.value).map_err(|_| ADDRESS_NOT_VALID)?;
        may_be_written_to(tx, env, (case, message), to).await?;
        let before = thread::before(tx, message).await?;
        let mut carriage = thread::carriage(desk, (case, message), to, &before);
        let word = carriage.word().to_owned();
        let (files, left_behind) = fit(cases::files_of(tx, message.id).await?);
        carriage.files = files.iter().map(|file| file.id).collect();
        let said = Said {
            language: message.language,
            reference: case.reference.as_str(),
            // The subject is the customer's: nobody else reads it.
            subject: (message.thread_kind == ThreadKind::Customer).then_some(&case.subject),
            text: &message.text,
            link: link(tx, desk, (case, message), to).await?,
            left_behind,
            word: &word,
            quoted: history::quoted(&before, to.id),
        };
        let letter = letter::answer(&desk.billing.site, said)?;
        let mail_id = carriage.message_id.clone().unwrap_or_default();
        let new = NewMail {
            to: reader,
            language: message.language,
            kind: KIND,
            about: Some(message.id.to_string()),
            letter,
        };
        let host = thread::host(desk);
        if queue_in_case(tx, env, &desk.post, host, (new, carriage)).await?.is_some() {
            metrics::counter!("paydesk_mails", "outcome" => "written").increment(1);
            cases::set_mail_id(tx, message.id, &mail_id).await?;
            mail_in::remember(tx, env, &mail_id, message).await?;
        }
        Ok(match desk.post {
            super::super::Post::Kept => Delivery::Sent,
            super::super::Post::Smtp(_) => Delivery::Queued,
        })
    }
}

/// Whether something may go to an address at all, and by itself.
async fn may_be_written_to(
    tx: &mut Tx,
    env: &Env,
    (case, message): (&Case, &Message),
    to: &Address,
) -> Result<(), Stop> {
    let now = env.now();
    if mail_in::suppressed(tx, &to.value, now).await?.is_some() {
        return Err(SUPPRESSED.into());
    }
    let by_itself = match message.author {
        Author::Rule | Author::Billing | Author::System => true,
        Author::Person(_) | Author::Staff(_) | Author::Program(_) => false,
    };
    if by_itself && mail_in::is_muted(tx, case.id, &to.value, now).await? {
        return Err(MUTED.into());
    }
    Ok(())
}

/// The files that go with the mail, and how many stay behind.
fn fit(files: Vec<File>) -> (Vec<File>, usize) {
    let (all, mut room) = (files.len(), MOST_BYTES);
    let mut going = Vec::new();
    for file in files {
        if file.size <= room {
            room -= file.size;
            going.push(file);
        }
    }
    let left_behind = all - going.len();
    (going, left_behind)
}

/// The link to the page of the case: for who asked, and nobody else.
async fn link(
    tx: &mut Tx,
    desk: &Desk,
    (case, message): (&Case, &Message),
    to: &Address,
) -> Result<Option<String>, Stop> {
    if message.thread_kind != ThreadKind::Customer || to.person != case.requester {
        return Ok(None);
    }
    let env = &desk.billing.env;
    let secret = links::make_for_address(tx, env, case.id, to.person, to.id, links::USUAL).await?;
    let path = format!("/{}/case/{}", message.language, secret.reveal());
    Ok(Some(desk.billing.site.address(&path)))
}
