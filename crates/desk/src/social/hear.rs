//! The job that reads what a channel sent, and files it where it belongs.

use async_trait::async_trait;
use base::{Fault, Language, Stop};
use serde::{Deserialize, Serialize};
use store::jobs::{Job, Next, Work};
use store::{Tx, blobs};

use super::heard::{Heard, Said, Unreadable};
use super::link;
use super::settings::{Channel, Kind};
use super::{media, rows, signed, telegram, whatsapp};
use crate::Desk;
use crate::cases::{self, NewCase, NewMessage, Origin, Priority, Side, Team};
use crate::people::{self, Audience, Hint};

/// The kind of job.
pub const HEAR: &str = "social.hear";

/// Which call a job reads.
#[derive(Serialize, Deserialize)]
pub(super) struct Hearing {
    pub(super) notice: String,
}

/// Reads what channels sent.
pub struct Hear(Desk);

impl Hear {
    /// Reads for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Hear {
        Hear(desk)
    }
}

#[async_trait]
impl Work for Hear {
    fn kind(&self) -> &'static str {
        HEAR
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Hearing { notice } = job.read()?;
        let heard = store::write!(self.0.billing.store, |tx| hear(tx, &self.0, &notice).await);
        heard.map_err(|stop| Fault::of("read what a channel sent", stop))?;
        Ok(Next::Finished)
    }
}

/// All of a call in one transaction: it is read whole or again.
async fn hear(tx: &mut Tx, desk: &Desk, id: &str) -> Result<(), Stop> {
    let Some(notice) = rows::waiting(tx, id).await? else { return Ok(()) };
    let Some(channel) = desk.settings.social.find(&notice.channel) else {
        return Ok(rows::read(tx, id, Some("the channel is not set up any more")).await?);
    };
    let body = blobs::get(tx, &notice.hash).await?.unwrap_or_default();
    let heard = match read(channel, &body) {
        Ok(heard) => heard,
        Err(Unreadable(why)) => return Ok(rows::unreadable(tx, id, &why).await?),
    };
    let mut left = None;
    for one in &heard {
        match one {
            Heard::Said(said) => file(tx, desk, channel, said).await?,
            Heard::Went { provider_id, delivery, why } => {
                let sent = rows::sent_as(tx, &channel.key, provider_id).await?;
                if let Some(message) = sent {
                    let env = &desk.billing.env;
                    cases::note_delivery(tx, env, message, *delivery, why.as_deref()).await?;
                }
            }
            Heard::Left(why) => left = Some(*why),
        }
    }
    Ok(rows::read(tx, id, left).await?)
}

fn read(channel: &Channel, body: &[u8]) -> Result<Vec<Heard>, Unreadable> {
    match &channel.kind {
        Kind::WhatsApp(own) => whatsapp::read(&own.number, body),
        Kind::Telegram(_) => telegram::read(body),
        Kind::Signed(_) => signed::read(body),
    }
}

pub(super) const fn origin(channel: &Channel) -> Origin {
    match channel.kind {
        Kind::WhatsApp(_) => Origin::WhatsApp,
        Kind::Telegram(_) => Origin::Telegram,
        Kind::Signed(_) => Origin::Other,
    }
}

/// Files what somebody wrote: a code that links the account, the case they have open on this
/// channel, or a new one.
async fn file(tx: &mut Tx, desk: &Desk, channel: &Channel, said: &Said) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let language = said.language.unwrap_or_default();
    let hint = Hint { name: said.name.clone(), language, audience: Audience::Customer };
    let value = channel.address(&said.from);
    let met = people::meet(tx, env, channel.addresses(), &value, &hint).await;
    let (person, address) = match met {
        Ok(met) => met,
        // What cannot be an address cannot be answered; its bytes are kept.
        Err(Stop::Refused(_)) => return Ok(()),
        Err(fault) => return Err(fault),
    };
    if person.blocked_at.is_some() {
        return Ok(());
    }
    rows::heard_from(tx, address.id, &channel.key, env.now()).await?;
    if link::try_code(tx, env, &address, &said.text).await? {
        return Ok(());
    }
    let text = if said.text.is_empty() { "[?]".to_owned() } else { said.text.clone() };
    let first = NewMessage {
        source_id: Some(format!("{}:{}", channel.key, said.id)),
        ..NewMessage::from_person(person.id, address.id, origin(channel), language, text)
    };
    let source = first.source_id.clone().unwrap_or_default();
    if cases::message_by_source(tx, origin(channel), &source).await?.is_some() {
        return Ok(());
    }
    match rows::open_case(tx, person.id, origin(channel)).await? {
        Some(case) => {
            cases::add(tx, env, case, first).await?;
        }
        None => {
            let new = new_case(channel, said, (person.id, language), first);
            cases::open(tx, env, new).await?;
        }
    }
    let message = cases::message_by_source(tx, origin(channel), &source).await?;
    let message = message.ok_or(cases::MESSAGE_UNKNOWN)?;
    media::take(tx, env, &channel.key, message.id, &said.media).await
}

fn new_case(
    channel: &Channel,
    said: &Said,
    (requester, language): (base::id::PersonId, Language),
    first: NewMessage,
) -> NewCase {
    NewCase {
        subject: subject(&said.text),
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        team: Team::Support,
        priority: Priority::Normal,
        origin: origin(channel),
        language,
        requester,
        tags: Vec::new(),
        refs: Vec::new(),
        first,
    }
}

/// The first line of what was written, cut at a word.
fn subject(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("…").trim();
    let mut subject = String::new();
    for word in line.split_whitespace() {
        if !subject.is_empty() && subject.chars().count() + word.chars().count() > 70 {
            subject.push('…');
            break;
        }
        if !subject.is_empty() {
            subject.push(' ');
        }
        subject.extend(word.chars().take(70));
    }
    subject
}

#[cfg(test)]
mod tests {
    use super::subject;

    #[test]
    fn the_first_line_names_the_case() {
        assert_eq!(subject("\n  Hej,  hvor er mine tokens?\nTak"), "Hej, hvor er mine tokens?");
        assert_eq!(subject(""), "…");
        let long = subject(&"tokens ".repeat(40));
        assert!(long.chars().count() <= 72 && long.ends_with('…'), "{long}");
        assert_eq!(subject(&"x".repeat(500)).chars().count(), 70);
    }
}
