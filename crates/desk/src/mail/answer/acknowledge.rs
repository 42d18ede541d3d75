//! The notices the desk sends by itself in answer to a mail: they come back to nobody, and no
//! program answers them.

use base::{Language, Stop};
use identity::Email;
use store::Tx;

use super::super::{Carriage, Hand, Letter, NewMail, queue_in_case};
use super::letter::{self, Got};
use super::thread;
use crate::Desk;
use crate::cases::{self, Case, Direction, ThreadKind};
use crate::contact::links;
use crate::mail_in;
use crate::people::Address;

/// The kinds of mail.
const ACKNOWLEDGMENT: &str = "case_ack";
const TOO_LARGE: &str = "mail_too_large";

/// Writes that a case was opened, once for each case. Whether that is wise was decided before.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn acknowledge(
    tx: &mut Tx,
    desk: &Desk,
    case: &Case,
    address: &Address,
) -> Result<(), Stop> {
    let (env, site) = (&desk.billing.env, &desk.billing.site);
    let Ok(to) = Email::checked(&address.value) else { return Ok(()) };
    let said = cases::messages(tx, case.id, &[ThreadKind::Customer], 0, 1).await?;
    let Some(first) = said.into_iter().find(|one| one.direction == Direction::In) else {
        return Ok(());
    };
    let (language, person) = (case.language, address.person);
    let secret =
        links::make_for_address(tx, env, case.id, person, address.id, links::USUAL).await?;
    let got = Got {
        language,
        reference: case.reference.as_str(),
        subject: address.verified_at.is_some().then_some(case.subject.as_str()),
        due: case.due_at,
        link: site.address(&format!("/{language}/case/{}", secret.reveal())),
    };
    let word = thread::automatic(desk, &first, address);
    let host = thread::host(desk);
    let mail_id = format!("{word}.{}@{host}", thread::bare(&case.id));
    let answered: Vec<String> = first.mail_id.iter().cloned().collect();
    let carriage = Carriage {
        message_id: Some(mail_id.clone()),
        reply_to: thread::reply_to(desk, &word),
        in_reply_to: answered.first().cloned(),
        references: answered,
        hand: Hand::Program,
        case: Some(case.id),
        address: Some(address.id),
        ..Carriage::default()
    };
    let new = NewMail {
        to,
        language,
        kind: ACKNOWLEDGMENT,
        about: Some(case.id.to_string()),
        letter: letter::acknowledgment(site, &got)?,
    };
    if queue_in_case(tx, env, &desk.post, host, (new, carriage)).await?.is_some() {
        mail_in::remember(tx, env, &mail_id, &first).await?;
    }
    Ok(())
}

/// Writes that a mail was too large to be taken, once for each mail.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn too_large(
    tx: &mut Tx,
    desk: &Desk,
    to: &str,
    language: Language,
    about: &impl ToString,
) -> Result<(), Stop> {
    let Ok(to) = Email::checked(to) else { return Ok(()) };
    let megabytes = desk.settings.mail_in.largest.div_euclid(1024 * 1024).max(1);
    let megabytes = i64::try_from(megabytes).unwrap_or(i64::MAX);
    let letter: Letter = letter::too_large(&desk.billing.site, language, megabytes)?;
    let new = NewMail { to, language, kind: TOO_LARGE, about: Some(about.to_string()), letter };
    let carriage = Carriage {
        hand: Hand::Program,
        reply_to: desk.settings.mail_in.first().map(str::to_owned),
        ..Carriage::default()
    };
    let (env, host) = (&desk.billing.env, thread::host(desk));
    queue_in_case(tx, env, &desk.post, host, (new, carriage)).await?;
    Ok(())
}
