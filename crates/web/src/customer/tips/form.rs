//! The tip form, and the look at what will be left before anything is given.

use askama::Template;
use axum::extract::{Form, Path, Query};
use base::Tokens;
use base::id::{CreatorId, TipId};
use billing::catalog::{self, Showing};
use identity::creators;
use serde::Deserialize;
use store::Page as Rows;

use super::ask::{CHIPS, NOTE, Written};
use crate::answer::{Answer, html};
use crate::customer::creators::show::Person;
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::form::Slips;

/// The form.
#[derive(Template)]
#[template(path = "customer/tips/form.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) creator: Person,
    pub(crate) tip: TipId,
    pub(crate) chips: Vec<Chip>,
    pub(crate) own: String,
    pub(crate) note: String,
    pub(crate) note_limit: usize,
    pub(crate) balance: Tokens,
    pub(crate) slips: Slips,
    pub(crate) missing: Option<Missing>,
}

/// An amount to choose.
pub(crate) struct Chip {
    pub(crate) tokens: Tokens,
    pub(crate) chosen: bool,
}

/// There are too few tokens, and what would help.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    pub(crate) sentence: String,
    /// The shop with the pack that covers it, and how many tokens that pack has.
    pub(crate) pack: Option<Tokens>,
    pub(crate) shop: String,
}

/// The last look.
#[derive(Template)]
#[template(path = "customer/tips/review.html")]
pub(crate) struct Review {
    pub(crate) frame: Frame,
    pub(crate) creator: Person,
    pub(crate) written: Written,
    pub(crate) tip: TipId,
    pub(crate) tokens: Tokens,
    pub(crate) note: Option<String>,
    pub(crate) balance: Tokens,
    pub(crate) after: Tokens,
}

#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    amount: Option<String>,
}

/// `GET /{language}/tip/{creator}`: every form carries a fresh name for its tip.
pub(crate) async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, CreatorId)>,
    Query(wish): Query<Wish>,
) -> Answer {
    let creator = creator(&visit, id).await?;
    let chip = wish.amount.unwrap_or_else(|| "25".to_owned());
    let written = Written { chip, ..Written::default() };
    html(visit.language(), &form(&visit, creator, &written, Slips::default(), None)?)
}

/// `POST /{language}/tip/{creator}`: the review, or the form again with what to put right.
pub(crate) async fn review(
    visit: Visit,
    Path((_, id)): Path<(String, CreatorId)>,
    Form(written): Form<Written>,
) -> Answer {
    let creator = creator(&visit, id).await?;
    let balance = visit.customer()?.balance;
    let read = match written.read(visit.words) {
        Ok(read) => read,
        Err(slips) => {
            return html(visit.language(), &form(&visit, creator, &written, slips, None)?);
        }
    };
    let Some(after) = balance.minus(read.tokens) else {
        let missing = missing(&visit, balance, read.tokens).await?;
        let slips = Slips::default();
        return html(visit.language(), &form(&visit, creator, &written, slips, Some(missing))?);
    };
    let frame = visit.frame(visit.words.text("tips-review-title"), Place::Tips);
    let tip = written.tip.unwrap_or_else(|| visit.house.billing.env.id());
    let (tokens, note) = (read.tokens, read.note);
    let page = Review { frame, creator, tip, tokens, note, balance, after, written };
    html(visit.language(), &page)
}

/// The creator, if there is one.
pub(crate) async fn creator(visit: &Visit, id: CreatorId) -> Result<Person, Trouble> {
    let mut reader = visit.house.billing.store.read().await?;
    let found = creators::find(&mut reader, id).await?;
    found.map(Person::of).ok_or(Trouble::NotFound)
}

/// The form, filled with what was written.
pub(crate) fn form(
    visit: &Visit,
    creator: Person,
    written: &Written,
    slips: Slips,
    missing: Option<Missing>,
) -> Result<Page, Trouble> {
    let chip = |count: i64| Chip {
        tokens: Tokens::new(count).unwrap_or_default(),
        chosen: written.chip == count.to_string(),
    };
    let title = visit.words.text("tips-title");
    Ok(Page {
        frame: visit.frame(title, Place::Tips).with_wrong(&slips),
        creator,
        tip: written.tip.unwrap_or_else(|| visit.house.billing.env.id()),
        chips: CHIPS.into_iter().map(chip).collect(),
        own: written.own.clone(),
        note: written.note.clone(),
        note_limit: NOTE,
        balance: visit.customer()?.balance,
        slips,
        missing,
    })
}

/// How many tokens are missing, and the smallest pack that covers them.
pub(crate) async fn missing(
    visit: &Visit,
    balance: Tokens,
    wanted: Tokens,
) -> Result<Missing, Trouble> {
    let short = wanted.minus(balance).unwrap_or_default();
    let mut reader = visit.house.billing.store.read().await?;
    let packs = catalog::list(&mut reader, Rows::first(Rows::MOST), Showing::Active).await?;
    let covering = packs.iter().map(|pack| pack.tokens).filter(|tokens| *tokens >= short).min();
    Ok(Missing {
        sentence: visit.words.text_with("tips-not-enough", &[("missing", short.into())]),
        pack: covering,
        shop: visit.path(&format!("/?need={}", short.count())),
    })
}
