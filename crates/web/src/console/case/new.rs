//! A case that staff open themselves: a call was taken, or somebody asked in another way.

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use base::{Language, Stop};
use desk::cases::{self, Author, NewCase, NewMessage, Origin, Priority, Side, Team};
use desk::people::{self, AddressKind, Audience, Hint};
use desk::permits::Permit;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::form::Slips;

/// The form.
#[derive(Template)]
#[template(path = "console/case/new.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) written: Written,
    pub(crate) slips: Slips,
}

/// What was written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    pub(crate) origin: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) address: String,
    pub(crate) language: String,
    pub(crate) audience: String,
    pub(crate) side: String,
    pub(crate) subject: String,
    pub(crate) said: String,
    pub(crate) minutes: String,
    pub(crate) outcome: String,
}

const SUBJECT: usize = 200;
const TEXT: usize = 20_000;

impl Page {
    fn languages(&self) -> &'static [Language] {
        &Language::ALL
    }

    fn audiences(&self) -> &'static [Audience] {
        Audience::ALL
    }

    fn is(&self, field: &str, value: &str) -> bool {
        field == value
    }
}

/// `GET /console/cases/new`.
pub(crate) async fn show(shift: Shift) -> Answer {
    shift.must(Permit::Reply)?;
    let written = Written { origin: "phone".to_owned(), ..Written::default() };
    page(&shift, written, Slips::default())
}

/// `POST /console/cases/new`.
pub(crate) async fn open(shift: Shift, Form(written): Form<Written>) -> Answer {
    shift.must(Permit::Reply)?;
    let slips = check(&written);
    if !slips.is_empty() {
        return page(&shift, written, slips);
    }
    let opened = commit(&shift, &written).await;
    match opened {
        Ok(id) => Ok(Redirect::to(&format!("/console/cases/{id}?done=opened")).into_response()),
        Err(Stop::Refused(refusal)) => {
            let mut slips = Slips::default();
            slips.add("address", format!("Refused: {}.", refusal.detail));
            page(&shift, written, slips)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn page(shift: &Shift, written: Written, slips: Slips) -> Answer {
    html(Language::En, &Page { frame: shift.frame("New case"), written, slips })
}

fn check(written: &Written) -> Slips {
    let mut slips = Slips::default();
    let kind = kind(written);
    if kind.normal(&written.address).is_err() {
        let what = if kind == AddressKind::Mail { "mail address" } else { "telephone number" };
        slips.add("address", format!("Write the {what} of whoever asks."));
    }
    if written.subject.trim().is_empty() || written.subject.chars().count() > SUBJECT {
        slips.add("subject", format!("Say in a line what it is about, in {SUBJECT} characters."));
    }
    if written.said.trim().is_empty() || written.said.chars().count() > TEXT {
        slips.add("said", "Write down what they said.".to_owned());
    }
    if !written.minutes.trim().is_empty() && written.minutes.trim().parse::<u16>().is_err() {
        slips.add("minutes", "Write whole minutes, or nothing.".to_owned());
    }
    slips
}

fn kind(written: &Written) -> AddressKind {
    if written.kind == "mail" { AddressKind::Mail } else { AddressKind::Phone }
}

async fn commit(shift: &Shift, written: &Written) -> Result<base::id::CaseId, Stop> {
    let env = &shift.house.billing.env;
    let by = Author::Staff(shift.staff.id);
    let language = written.language.parse().unwrap_or(Language::En);
    let audience = written.audience.parse().unwrap_or(Audience::Customer);
    let origin = if written.origin == "phone" { Origin::Phone } else { Origin::Staff };
    let name = Some(written.name.trim().to_owned()).filter(|name| !name.is_empty());
    let hint = Hint { name, language, audience };
    let note = note(written, origin);
    store::write!(shift.house.billing.store, |tx| {
        let (person, address) =
            people::meet(tx, env, kind(written), &written.address, &hint).await?;
        let said = written.said.trim();
        let first = NewMessage::from_person(person.id, address.id, origin, language, said);
        let new = NewCase {
            subject: written.subject.trim().to_owned(),
            audience,
            side: written.side.parse().unwrap_or(Side::Unknown),
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin,
            language,
            requester: person.id,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        };
        let case = cases::open(tx, env, new).await?;
        if let Some(note) = &note {
            cases::add(tx, env, case.id, NewMessage::note(by, Language::En, note.as_str())).await?;
        }
        let mine = cases::Change::Assign(Some(shift.staff.id));
        cases::change(tx, env, case.id, None, by, mine).await?;
        Ok(case.id)
    })
}

/// How long the call was and how it ended, for colleagues.
fn note(written: &Written, origin: Origin) -> Option<String> {
    if origin != Origin::Phone {
        return None;
    }
    let minutes = written.minutes.trim();
    let outcome = written.outcome.trim();
    let mut lines = Vec::new();
    if !minutes.is_empty() {
        lines.push(format!("Call of {minutes} min."));
    }
    if !outcome.is_empty() {
        lines.push(format!("Outcome: {outcome}"));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}
