//! The keys: one table for the page about them and for what `?` shows; and the switch that turns
//! single letters off, for those who speak to their computer.

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use base::Language;
use desk::inbox::{self, Habits};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// A key and what it does.
pub(crate) struct Key {
    /// As people read it.
    pub(crate) name: &'static str,
    pub(crate) does: &'static str,
}

const fn key(name: &'static str, does: &'static str) -> Key {
    Key { name, does }
}

/// All keys.
pub(crate) static KEYS: [Key; 27] = [
    key("J", "Next case"),
    key("K", "Case before"),
    key("Enter or O", "Open"),
    key("U", "Back to the list; in the list: show what is new"),
    key("X", "Mark"),
    key("Shift+X", "Mark up to here"),
    key("A", "Assign"),
    key("I", "Assign to me"),
    key("T", "Set the team"),
    key("M", "Macros"),
    key("S", "State"),
    key("H", "Snooze"),
    key("L", "Tags"),
    key("E", "Solve"),
    key("R", "Answer the customer"),
    key("N", "Write a note"),
    key("C", "Write to the creator"),
    key("P", "Write to the processor"),
    key("$", "Credit tokens, payments"),
    key(";", "Answers that are ready"),
    key("/", "Search"),
    key("Ctrl+Enter", "Send"),
    key("Ctrl+Shift+Enter", "Send and solve, then the next"),
    key("Ctrl+Z", "Undo sending, while it can be"),
    key("Ctrl+K", "Command bar"),
    key("G then I, Q", "Go to the inbox, to the quarantine"),
    key("?", "These keys"),
];

/// The page about the keys.
#[derive(Template)]
#[template(path = "console/inbox/keys.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) keys: &'static [Key],
    pub(crate) habits: Habits,
}

/// What the switch says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Switch {
    single_keys: String,
}

/// `GET /console/inbox/keys`.
pub(crate) async fn show(shift: Shift) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let habits = inbox::habits_of(&mut reader, shift.staff.id).await?;
    html(Language::En, &Page { frame: shift.frame("Keys"), keys: &KEYS, habits })
}

/// `POST /console/inbox/keys`.
pub(crate) async fn switch(shift: Shift, Form(switch): Form<Switch>) -> Answer {
    let habits = Habits { single_keys: switch.single_keys == "on" };
    let who = shift.staff.id;
    store::write!(shift.house.billing.store, |tx| {
        Ok(inbox::set_habits(tx, who, habits).await?)
    })?;
    Ok(Redirect::to("/console/inbox/keys").into_response())
}
