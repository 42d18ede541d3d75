//! The wallet's page: the balance large, and every entry behind it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use base::id::CreatorId;
use base::{Timestamp, Tokens};
use billing::tokens::{self, Entry, EntryKind};
use identity::creators;
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::Counted;

/// The wallet.
#[derive(Template)]
#[template(path = "customer/wallet/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) balance: Counted,
    pub(crate) lines: Vec<Line>,
    /// The address of the entries that follow.
    pub(crate) older: Option<String>,
    /// These are not the newest ones.
    pub(crate) paged: bool,
}

/// One entry.
pub(crate) struct Line {
    pub(crate) icon: &'static str,
    pub(crate) what: String,
    pub(crate) at: Timestamp,
    /// With its sign.
    pub(crate) tokens: String,
    pub(crate) incoming: bool,
    /// The receipt behind it.
    pub(crate) link: Option<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
}

const LINES: u32 = 20;

/// `GET /{language}/wallet`.
pub(crate) async fn show(visit: Visit, Query(turn): Query<Turn>) -> Answer {
    let who = visit.customer()?;
    let page = Rows::checked(Some(LINES), turn.after, None)?;
    let billing = &visit.house.billing;
    let entries = tokens::history(billing, who.customer.id, page.clone()).await?;
    let names = names(&visit, &entries).await?;
    let frame = visit.frame(visit.words.text("wallet-title"), Place::Wallet);
    let full = entries.len() == LINES as usize;
    let last = entries.last().filter(|_| full).map(|entry| entry.cursor());
    let sentence = frame.tokens("wallet-balance-tokens", &who.balance);
    let page = Page {
        balance: Counted::cut(&sentence, &frame.number(&who.balance)),
        lines: entries.iter().map(|entry| line(&frame, entry, &names)).collect(),
        older: last.map(|last| frame.path(&format!("/wallet?after={last}"))),
        paged: page.after.is_some(),
        frame,
    };
    html(visit.language(), &page)
}

async fn names(visit: &Visit, entries: &[Entry]) -> Result<HashMap<CreatorId, String>, Trouble> {
    let ids: Vec<CreatorId> = entries.iter().filter_map(|entry| entry.creator).collect();
    let mut reader = visit.house.billing.store.read().await?;
    let found = creators::find_many(&mut reader, &ids).await?;
    Ok(found.into_iter().map(|creator| (creator.id, creator.name)).collect())
}

fn line(frame: &Frame, entry: &Entry, names: &HashMap<CreatorId, String>) -> Line {
    let creator = entry.creator.and_then(|id| names.get(&id)).map_or("–", String::as_str);
    let (icon, what, link) = match entry.kind {
        EntryKind::Purchase => (
            "plus",
            frame.text("wallet-entry-purchase"),
            entry.payment.map(|id| frame.path(&format!("/receipt/{id}"))),
        ),
        EntryKind::Tip => (
            "heart",
            frame.say("wallet-entry-tip", "creator", creator),
            entry.creator.zip(entry.tip).map(|(to, tip)| frame.path(&format!("/tip/{to}/{tip}"))),
        ),
        EntryKind::Reversal => ("give-back", frame.text("wallet-entry-reversal"), None),
        EntryKind::Goodwill => ("plus", frame.text("wallet-entry-goodwill"), None),
    };
    let amount = Tokens::new(entry.tokens.saturating_abs()).unwrap_or_default();
    let sign = if entry.tokens < 0 { '−' } else { '+' };
    Line {
        icon,
        what,
        at: entry.at,
        tokens: format!("{sign}{}", frame.number(&amount)),
        incoming: entry.tokens >= 0,
        link,
    }
}
