//! The report: the share of good ratings by week, team, staff, topic and language, how many of
//! those who were asked answered, and what they wrote.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::surveys::{self, Comment, FEW, Report, Share, Week};
use identity::staff;
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::home::bars;
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::Markup;
use crate::parts::pager::Pager;

/// The page.
#[derive(Template)]
#[template(path = "console/surveys/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) whole: Share,
    pub(crate) asked: i64,
    pub(crate) answered: i64,
    pub(crate) weeks: Vec<Week>,
    pub(crate) chart: Markup,
    pub(crate) tables: Vec<Table>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) pager: Pager,
    pub(crate) on: bool,
}

/// One way to look at the ratings.
pub(crate) struct Table {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<Line>,
}

/// A line of it.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) share: Share,
    /// Too few to say anything.
    pub(crate) few: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    after: Option<String>,
    before: Option<String>,
}

const COMMENTS: u32 = 30;

impl Page {
    /// A share in words.
    fn percent(&self, share: &Share) -> String {
        share.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
    }

    /// How many of those who were asked answered.
    fn response(&self) -> String {
        let of = Share { of: String::new(), good: self.answered, all: self.asked };
        self.percent(&of)
    }

    /// The day a week began.
    fn day(&self, week: &Week) -> String {
        week.from.strftime("%Y-%m-%d").to_string()
    }

    fn is_good(&self, comment: &Comment) -> bool {
        comment.score >= surveys::GOOD
    }
}

/// `GET /console/surveys`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    shift.must(Deed::ReadReports)?;
    let rows = Rows::checked(Some(COMMENTS), asked.after, asked.before)?;
    let mut reader = shift.house.billing.store.read().await?;
    let report = surveys::report(&mut reader, shift.eyes(), shift.now).await?;
    let comments = surveys::comments(&mut reader, shift.eyes(), &rows).await?;
    let staff = staff::list(&mut reader, Rows::first(Rows::MOST)).await?;
    drop(reader);
    let names: HashMap<String, String> =
        staff.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
    let ends = (comments.first().map(|one| one.case), comments.last().map(|one| one.case));
    let whole = report.whole();
    let Report { weeks, teams, staff, topics, languages, asked, answered } = report;
    let percents: Vec<i64> = weeks.iter().map(|week| week.share.percent().unwrap_or(0)).collect();
    let page = Page {
        frame: shift.frame("Ratings"),
        chart: bars(&percents),
        tables: vec![
            table("teams", "By team", teams, |of| of.to_owned()),
            table("staff", "By staff", staff, |of| {
                names.get(of).cloned().unwrap_or_else(|| "nobody".to_owned())
            }),
            table("topics", "By topic", topics, |of| {
                if of.is_empty() { "no topic".to_owned() } else { of.to_owned() }
            }),
            table("languages", "By language", languages, |of| {
                of.parse::<Language>().map_or_else(|_| of.to_owned(), |it| it.own_name().to_owned())
            }),
        ],
        pager: Pager::of("/console/surveys", "", &rows, comments.len(), ends),
        on: shift.house.desk.settings.surveys.enabled,
        whole,
        asked,
        answered,
        weeks,
        comments,
    };
    html(Language::En, &page)
}

fn table(
    id: &'static str,
    title: &'static str,
    shares: Vec<Share>,
    name: impl Fn(&str) -> String,
) -> Table {
    let line =
        |share: Share| Line { name: name(&share.of), few: id == "staff" && share.all < FEW, share };
    Table { id, title, lines: shares.into_iter().map(line).collect() }
}
