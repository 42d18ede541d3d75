//! A visitor gives a mail address to go on by, and proves it by opening a link that is sent there.

use base::{Kind, Refusal, Secret, SignedDuration, Stop, Timestamp};
use identity::Email;
use store::{Reads, Tx};

use super::session::Session;
use super::{letter, limits, rows};
use crate::cases::{self, Author, ParticipantRole};
use crate::contact::links;
use crate::mail::{self, NewMail};
use crate::people::{self, AddressKind, Hint, Proof};
use crate::{Desk, mail_in};

/// The kind of mail.
const KIND: &str = "chat_address";
/// The link is good for so long.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);
/// One link a session in this time.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// The link opens nothing.
pub const LINK_OVER: Refusal =
    Refusal::new(Kind::NotFound, "chat_link_not_valid", "this link has expired or never was");
/// A link was sent a moment ago.
const TOO_OFTEN: Refusal = Refusal::new(
    Kind::TooMany,
    "mail_too_often",
    "a link was sent a moment ago; look there, or wait a minute",
);

/// Sends a link to an address. Until it is opened, nothing else goes there.
///
/// # Errors
/// Refused if it is no mail address, or if links were sent too often.
pub async fn ask(desk: &Desk, session: &Session, mail: &str) -> Result<(), Stop> {
    let to = Email::checked(mail).map_err(|refusal| refusal.at("mail"))?;
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let now = env.now();
    let site = &desk.billing.site;
    let secret = Secret::new(&env.chance);
    let path = format!("/{}/chat/mail/{}", session.language, secret.reveal());
    let letter = letter::write(site, session.language, site.address(&path))?;
    let host = site.base_url.host_str().unwrap_or("localhost");
    let address = to.folded();
    if !limits::passes_mail(desk, &address).await? {
        return Err(TOO_OFTEN.into());
    }
    store::write!(store, |tx| {
        let recent = rows::asked_at(tx, session.id).await?;
        if recent.is_some_and(|at| now.duration_since(at) < PAUSE) {
            return Err(TOO_OFTEN.into());
        }
        // Whoever asks is told the same, but who does not want our mail gets none.
        if mail_in::suppressed(tx, &address, now).await?.is_some() {
            return Ok(());
        }
        rows::ask_for_mail(tx, session.id, &address, &secret.hashed(), now).await?;
        let new = NewMail {
            to: to.clone(),
            language: session.language,
            kind: KIND,
            about: Some(format!("{}/{}", session.id, now.as_microsecond())),
            letter: letter.clone(),
        };
        mail::queue(tx, env, &desk.post, host, new).await?;
        tx.signal("chat");
        Ok(())
    })
}

/// The session whose address a link proves. Looking changes nothing: programs that read mail
/// follow links too.
///
/// # Errors
/// `chat_link_not_valid` if it opens nothing.
pub async fn look(reads: &mut impl Reads, link: &Secret, now: Timestamp) -> Result<Session, Stop> {
    let since = now.checked_sub(GOOD_FOR).unwrap_or(now);
    Ok(rows::asked_with(reads, link, since).await?.ok_or(LINK_OVER)?)
}

/// What opening a link led to.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The address.
    pub mail: String,
    /// Opens the page of the case, if anything was said before.
    pub case: Option<Secret>,
}

/// Whoever opened the link says that the address is theirs.
///
/// # Errors
/// `chat_link_not_valid` if it opens nothing.
pub async fn prove(desk: &Desk, link: &Secret) -> Result<Proved, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let now = env.now();
    store::write!(store, |tx| {
        let session = look(tx, link, now).await?;
        let mail = session.mail.clone().ok_or(LINK_OVER)?;
        rows::prove_mail(tx, session.id, now).await?;
        let case = belong(desk, tx, &session, &mail).await?;
        tx.signal("chat");
        Ok(Proved { mail, case })
    })
}

/// The address becomes one of the visitor's, so that answers reach it and what comes from it is
/// known as theirs.
pub(super) async fn belong(
    desk: &Desk,
    tx: &mut Tx,
    session: &Session,
    mail: &str,
) -> Result<Option<Secret>, Stop> {
    let env = &desk.billing.env;
    let (Some(person), Some(case)) = (session.person, session.case) else { return Ok(None) };
    let Some(case) = cases::survivor(tx, case).await? else { return Ok(None) };
    let known = people::find_address(tx, AddressKind::Mail, mail).await?;
    let address = match known {
        None => people::add_address(tx, env, person, AddressKind::Mail, mail).await?,
        Some(address) => address,
    };
    people::verify(tx, env, address.id, Proof::Link).await?;
    if address.person == person {
        return Ok(Some(links::make(tx, env, case.id, person, links::USUAL).await?));
    }
    // The address is known as somebody the desk has met before: they take part from now on.
    let by = Author::Person(address.person);
    cases::join(tx, env, case.id, address.id, (ParticipantRole::Cc, None), by).await?;
    cases::let_read(tx, env, case.id, address.id, by).await?;
    Ok(None)
}

/// Somebody the host vouches for is met with what it says of them: as the customer they are, or by
/// their mail address, or anew.
pub(super) async fn met_by_host(
    desk: &Desk,
    tx: &mut Tx,
    session: &Session,
    (value, hint): (&str, &Hint),
) -> Result<(people::Person, people::Address), Stop> {
    let env = &desk.billing.env;
    if people::find_address(tx, AddressKind::Chat, value).await?.is_some() {
        return people::meet(tx, env, AddressKind::Chat, value, hint).await;
    }
    let subject = session.subject.as_deref().unwrap_or_default();
    let person = match (customer(tx, subject).await?, &session.vouched_mail) {
        (Some(customer), _) => people::of_customer(tx, env, customer).await?,
        (None, Some(mail)) => {
            let (person, address) = people::meet(tx, env, AddressKind::Mail, mail, hint).await?;
            people::verify(tx, env, address.id, Proof::HostSite).await?;
            person
        }
        (None, None) => return people::meet(tx, env, AddressKind::Chat, value, hint).await,
    };
    let address = people::add_address(tx, env, person.id, AddressKind::Chat, value).await?;
    Ok((person, address))
}

/// The customer the host site means: by our id, or by its own id of the same person.
async fn customer(tx: &mut Tx, subject: &str) -> Result<Option<base::id::CustomerId>, base::Fault> {
    use identity::customers;
    if let Ok(id) = subject.parse() {
        return Ok(customers::find(tx, id).await?.map(|customer| customer.id));
    }
    Ok(customers::find_by_external_ref(tx, subject).await?.map(|customer| customer.id))
}
