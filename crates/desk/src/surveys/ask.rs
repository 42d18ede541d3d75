//! The job that asks: it looks at cases solved long enough ago, and decides on each of them once.

use async_trait::async_trait;
use base::id::CaseId;
use base::{Fault, Secret, SignedDuration, Stop};
use identity::Email;
use store::Tx;
use store::jobs::{Job, Next, Work};

use super::decide::{Facts, Outcome, decide};
use super::letter;
use super::rows::{self, Survey};
use crate::Desk;
use crate::cases::{self, Author, Case, Direction, Message, Origin, ThreadKind};
use crate::contact::{self, links};
use crate::mail::{self, NewMail};
use crate::mail_in;
use crate::people::{self, Address, AddressKind, Person};

/// The kind of job.
pub const KIND: &str = "desk.surveys";
/// How often it comes round.
pub const EVERY: SignedDuration = SignedDuration::from_mins(10);
/// The kind of mail.
const MAIL: &str = "survey";
/// Cases solved longer before their hour are not asked about any more: the program stood still, or
/// surveys were off.
const LATEST: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How many cases are decided on before the next look.
const AT_ONCE: u32 = 50;
/// So many messages of a case are looked at.
const MESSAGES: u32 = 200;

/// Asks customers how we did.
pub struct Ask {
    desk: Desk,
}

impl Ask {
    /// Asks for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Ask {
        Ask { desk }
    }

    /// Decides on every case whose hour has come.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn all(&self) -> Result<(), Stop> {
        let settings = self.desk.settings.surveys;
        if !settings.enabled {
            return Ok(());
        }
        let (store, env) = (&self.desk.billing.store, &self.desk.billing.env);
        let until = env.now().checked_sub(settings.delay);
        let until = until.map_err(|error| Fault::of("count back the delay of surveys", error))?;
        let from = until.checked_sub(LATEST).unwrap_or(until);
        loop {
            let mut reader = store.read().await?;
            let found = rows::undecided(&mut reader, from, until, AT_ONCE).await?;
            drop(reader);
            for id in &found {
                store::write!(store, |tx| one(tx, &self.desk, *id).await)?;
            }
            if found.len() < AT_ONCE as usize {
                return Ok(());
            }
        }
    }
}

#[async_trait]
impl Work for Ask {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        self.all().await.map_err(|stop| Fault::of("ask customers how we did", stop))?;
        Ok(Next::Finished)
    }
}

/// Decides on one case, and writes the mail if it is to be asked about.
async fn one(tx: &mut Tx, desk: &Desk, id: CaseId) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let Some(case) = cases::find(tx, id).await? else { return Ok(()) };
    // Whoever wrote again meanwhile is in a talk, not at its end.
    if case.state.is_open() || case.solved_at.is_none() {
        return Ok(());
    }
    let Some(person) = people::find(tx, case.requester).await? else { return Ok(()) };
    let said = cases::messages(tx, id, &[ThreadKind::Customer], 0, MESSAGES).await?;
    let reached = reached(tx, &person, &said).await?;
    let facts = facts(tx, desk, &case, &person, (&said, reached.as_ref())).await?;
    let mut outcome = decide(&case, facts);
    let first = said.iter().find(|one| is_theirs(one));
    let ready = match (outcome, &reached, first) {
        (Outcome::Sent, Some(address), Some(first)) => {
            Email::checked(&address.value).ok().map(|to| (to, address, first))
        }
        _ => None,
    };
    if outcome == Outcome::Sent && ready.is_none() {
        outcome = Outcome::NoAddress;
    }
    let word = Secret::new(&env.chance);
    let survey = Survey {
        id: env.id(),
        case: id,
        person: person.id,
        outcome,
        address: ready.as_ref().map(|(_, address, _)| address.id),
        decided_at: env.now(),
    };
    let hash = ready.is_some().then(|| word.hashed());
    if !rows::insert(tx, &survey, hash.as_ref()).await? {
        return Ok(());
    }
    metrics::counter!("paydesk_surveys", "outcome" => outcome.as_str()).increment(1);
    match ready {
        Some((to, address, first)) => {
            let about = (&case, &person, &survey);
            send(tx, desk, about, (to, address, first), &word).await
        }
        None => Ok(()),
    }
}

async fn facts(
    tx: &mut Tx,
    desk: &Desk,
    case: &Case,
    person: &Person,
    (said, reached): (&[Message], Option<&Address>),
) -> Result<Facts, Stop> {
    let now = desk.billing.env.now();
    let since = now.checked_sub(desk.settings.surveys.once_in).unwrap_or(now);
    let (mut suppressed, mut stopped) = (false, false);
    if let Some(address) = reached {
        let held = mail_in::suppressed(tx, &address.value, now).await?;
        suppressed = address.bounced_at.is_some() || held.is_some();
        stopped = rows::is_stopped(tx, address.id).await?;
    }
    Ok(Facts {
        by_person: said.iter().any(is_theirs),
        rated: contact::rating_of(tx, case.id).await?.is_some(),
        gone: person.blocked_at.is_some() || person.erased_at.is_some(),
        reached: reached.is_some(),
        suppressed,
        stopped,
        asked_lately: rows::asked_since(tx, person.id, since).await?,
    })
}

/// Whether a person wrote this, and no machine of theirs.
fn is_theirs(message: &Message) -> bool {
    let machine = message.automatic.is_some() || message.bounce.is_some();
    message.direction == Direction::In && matches!(message.author, Author::Person(_)) && !machine
}

/// The mail address that is known to be theirs: the one they last wrote from, or else one that was
/// proved. Anybody can type an address that is not theirs into a form.
async fn reached(tx: &mut Tx, person: &Person, said: &[Message]) -> Result<Option<Address>, Fault> {
    let mut all = people::addresses_of(tx, person.id).await?;
    all.retain(|one| one.kind == AddressKind::Mail);
    let wrote = |one: &Address| {
        said.iter().any(|message| {
            let by_mail = message.channel == Origin::Mail && is_theirs(message);
            let proved = message.verdict.as_deref() == Some("aligned");
            message.address == Some(one.id) && by_mail && proved
        })
    };
    let last = said.iter().rev().filter(|one| is_theirs(one)).find_map(|one| one.address);
    let known = |one: &Address| one.verified_at.is_some() || wrote(one);
    let at = all.iter().position(|one| Some(one.id) == last && known(one));
    let at = at.or_else(|| all.iter().position(|one| one.verified_at.is_some()));
    Ok(at.map(|at| all.swap_remove(at)))
}

async fn send(
    tx: &mut Tx,
    desk: &Desk,
    (case, person, survey): (&Case, &Person, &Survey),
    (to, address, first): (Email, &Address, &Message),
    word: &Secret,
) -> Result<(), Stop> {
    let (env, site, language) = (&desk.billing.env, &desk.billing.site, case.language);
    let key =
        links::make_for_address(tx, env, case.id, person.id, address.id, links::USUAL).await?;
    let facts = letter::Facts {
        reference: case.reference.as_str(),
        name: person.name.as_deref().filter(|_| address.verified_at.is_some()),
        page: site.address(&format!("/{language}/case/{}/opinion", key.reveal())),
        stop: site.address(&format!("/{language}/surveys/stop/{}", word.reveal())),
    };
    let unsubscribe = facts.stop.clone();
    let new = NewMail {
        to,
        language,
        kind: MAIL,
        about: Some(survey.id.to_string()),
        letter: letter::write(site, language, &facts)?,
    };
    let carriage = mail::survey_carriage(desk, case, first, address, &survey.id, unsubscribe);
    let mail_id = carriage.message_id.clone().unwrap_or_default();
    let host = site.base_url.host_str().unwrap_or("localhost");
    if mail::queue_in_case(tx, env, &desk.post, host, (new, carriage)).await?.is_some() {
        mail_in::remember(tx, env, &mail_id, first).await?;
    }
    Ok(())
}
