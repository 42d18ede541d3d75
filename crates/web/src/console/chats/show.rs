//! The lanes: waiting, mine, all. They follow what happens while the page is open.

use std::collections::HashMap;

use askama::Template;
use base::id::{CaseId, PersonId};
use base::{Fault, Language};
use desk::cases::{self, CaseState, Filter, Origin};
use desk::chat::offers::{self, AwayBy};
use desk::chat::signs;
use desk::people;
use identity::staff;
use store::{Page as Rows, Reads};

use super::lane::{Lane, Row};
use super::offer::Offered;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// The lanes.
#[derive(Template)]
#[template(path = "console/chats/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) lanes: Vec<(&'static str, &'static str, Vec<usize>)>,
    pub(crate) rows: Vec<Row>,
    pub(crate) waiting: usize,
    pub(crate) full: bool,
    /// What is offered to whoever looks.
    pub(crate) offered: Offered,
}

/// So many chats are looked at.
const MOST: u32 = 100;

/// `GET /console/chats`.
pub(crate) async fn show(shift: Shift) -> Answer {
    // Where no script says so, opening the page is being at the desk.
    signs::be_there(&shift.house.desk, shift.staff.id).await?;
    offers::deal(&shift.house.desk).await?;
    let filter = Filter {
        origin: Some(Origin::Chat),
        states: vec![
            CaseState::New,
            CaseState::Open,
            CaseState::WaitingCustomer,
            CaseState::WaitingThirdParty,
        ],
        ..Filter::default()
    };
    let mut reader = shift.house.billing.store.read().await?;
    let eyes = shift.eyes();
    let found = cases::list(&mut reader, &eyes, &filter, Rows::first(MOST)).await?;
    let full = found.len() >= MOST as usize;
    let ids: Vec<CaseId> = found.iter().map(|case| case.id).collect();
    let signs = signs::at(&mut reader, &ids, shift.now).await?;
    let requesters: Vec<PersonId> = found.iter().map(|case| case.requester).collect();
    let people = people::find_many(&mut reader, &requesters).await?;
    let offered = Offered::to(&shift, &mut reader, shift.now).await?;
    let asked = offered_to(&mut reader).await?;
    drop(reader);
    let mut names: HashMap<PersonId, Option<String>> =
        people.into_iter().map(|person| (person.id, person.name)).collect();
    let (me, now) = (shift.staff.id, shift.now);
    let mut rows: Vec<Row> = found
        .into_iter()
        .map(|case| {
            let name = names.get_mut(&case.requester).and_then(|name| name.clone());
            let offered = asked.get(&case.id).cloned();
            Row { offered, ..Row::new(case, name, &signs, me, now) }
        })
        .collect();
    rows.sort_by_key(|row| (row.waits.is_none(), std::cmp::Reverse(row.waits), row.case.id));
    let of =
        |lane: Lane| (0..rows.len()).filter(|nth| rows[*nth].is_in(lane)).collect::<Vec<usize>>();
    let lanes = vec![
        ("waiting", "Waiting", of(Lane::Waiting)),
        ("mine", "Mine", of(Lane::Mine)),
        ("all", "All open", of(Lane::All)),
    ];
    let waiting = lanes[0].2.len();
    let frame = shift.frame("Chats");
    html(Language::En, &Page { frame, lanes, rows, waiting, full, offered })
}

/// Who is asked about which chat, by name.
async fn offered_to(reads: &mut impl Reads) -> Result<HashMap<CaseId, String>, Fault> {
    let mut asked = HashMap::new();
    for offer in offers::standing(reads).await? {
        if let Some(staff) = staff::find(reads, offer.staff).await? {
            asked.insert(offer.case, staff.name.to_string());
        }
    }
    Ok(asked)
}
