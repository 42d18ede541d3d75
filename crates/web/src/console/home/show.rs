//! Counts that matter, the takings of two weeks, and the newest mail.

use std::collections::BTreeMap;

use askama::Template;
use base::{Currency, Language, Money, SignedDuration, Timestamp};
use billing::notices::{self, Filed};
use billing::{payments, tokens};
use desk::cases;
use desk::inbox::SystemView;
use desk::mail;
use store::{Page as Rows, Reads, jobs};

use super::chart;
use crate::answer::{Answer, html};
use crate::console::mail::line::Line;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::Markup;

/// The first page.
#[derive(Template)]
#[template(path = "console/home/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) counts: Vec<Count>,
    pub(crate) takings: Vec<Takings>,
    pub(crate) mails: Vec<Line>,
}

/// One number somebody should know.
pub(crate) struct Count {
    pub(crate) name: &'static str,
    pub(crate) many: i64,
    pub(crate) path: &'static str,
    pub(crate) icon: &'static str,
    /// There should be none.
    pub(crate) pressing: bool,
}

/// What came in, in one currency.
pub(crate) struct Takings {
    pub(crate) currency: Currency,
    pub(crate) today: Money,
    pub(crate) days: Vec<Day>,
    pub(crate) bars: Markup,
}

/// What came in on one day.
pub(crate) struct Day {
    pub(crate) date: String,
    pub(crate) sum: Money,
}

const DAYS: i64 = 14;

/// `GET /console`.
pub(crate) async fn show(shift: Shift) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let attention = payments::needing_attention(&mut reader).await?;
    let filed = notices::counts(&mut reader).await?;
    let resting = jobs::resting(&mut reader, 100, None).await?.len();
    let waiting = jobs::open_count(&mut reader).await?;
    let mails = mail::list_seen(&mut reader, &shift.eyes(), Rows::first(5)).await?;
    let mails = mails.into_iter().map(Line::of).collect();
    let [nobodys, mine, soon] = views(&shift, &mut reader).await?;
    drop(reader);
    let many = |wanted| filed.iter().find(|(one, _)| *one == wanted).map_or(0, |(_, many)| *many);
    let count = |name, many, path, icon, bad: bool| {
        let pressing = bad && many > 0;
        Count { name, many, path, icon, pressing }
    };
    let resting = i64::try_from(resting).unwrap_or(0);
    let page = Page {
        frame: shift.frame("Home"),
        counts: vec![
            count("Cases due in 4 hours", soon, "/console/inbox?view=due", "clock", true),
            count("My cases", mine, "/console/inbox?view=mine", "person", false),
            count(
                "Cases that nobody works on",
                nobodys,
                "/console/inbox?view=unassigned",
                "chat",
                false,
            ),
            count(
                "Payments that need attention",
                attention,
                "/console/payments?attention=1",
                "alert",
                true,
            ),
            count(
                "Unmatched notices",
                many(Filed::Unmatched),
                "/console/notices?filed=unmatched",
                "question",
                true,
            ),
            count(
                "Rejected notices",
                many(Filed::Rejected),
                "/console/notices?filed=rejected",
                "cross",
                true,
            ),
            count("Resting jobs", resting, "/console/jobs", "clock", true),
            count("Jobs under way", waiting, "/console/jobs", "arrow", false),
        ],
        takings: takings(&shift).await?,
        mails,
    };
    html(Language::En, &page)
}

/// How many cases nobody works on, how many are one's own, and how many are due soon.
async fn views(shift: &Shift, reads: &mut impl Reads) -> Result<[i64; 3], Trouble> {
    let mut views = [0; 3];
    for (view, many) in ["unassigned", "mine", "due"].into_iter().zip(&mut views) {
        *many = cases_of(shift, reads, view).await?;
    }
    Ok(views)
}

/// How many cases a view of the inbox holds, up to a thousand.
async fn cases_of(shift: &Shift, reads: &mut impl Reads, view: &str) -> Result<i64, Trouble> {
    let Some(view) = SystemView::of(view) else { return Ok(0) };
    let filter = view.wanted().filter(shift.staff.id, shift.now);
    Ok(cases::count(reads, &shift.eyes(), &filter).await?.number)
}

/// What came in on each of the last days, by currency, the oldest day first.
async fn takings(shift: &Shift) -> Result<Vec<Takings>, Trouble> {
    let today = day_of(shift.now);
    let first = today - (DAYS - 1);
    let mut reader = shift.house.billing.store.read().await?;
    let from = Timestamp::from_second(first * DAY_SECONDS).unwrap_or(Timestamp::UNIX_EPOCH);
    let rows = tokens::takings(&mut reader, from).await?;
    drop(reader);
    let mut days: BTreeMap<Currency, Vec<i64>> = BTreeMap::new();
    for row in rows {
        let sums = days
            .entry(row.sum.currency)
            .or_insert_with(|| vec![0; usize::try_from(DAYS).unwrap_or(0)]);
        let nth = usize::try_from(row.day - first).ok();
        if let Some(sum) = nth.and_then(|nth| sums.get_mut(nth)) {
            *sum = sum.saturating_add(row.sum.minor);
        }
    }
    Ok(days.into_iter().map(|(currency, sums)| takings_of(currency, &sums, first)).collect())
}

/// The takings of one currency, from sums by day.
pub(crate) fn takings_of(currency: Currency, sums: &[i64], first: i64) -> Takings {
    let day = |(day, sum): (i64, &i64)| Day {
        date: Timestamp::from_second(day * DAY_SECONDS)
            .map(|at| at.strftime("%Y-%m-%d").to_string())
            .unwrap_or_default(),
        sum: Money::new(*sum, currency),
    };
    Takings {
        currency,
        today: Money::new(sums.last().copied().unwrap_or(0), currency),
        days: (first..).zip(sums).map(day).collect(),
        bars: chart::bars(sums),
    }
}

const DAY_SECONDS: i64 = SignedDuration::from_hours(24).as_secs();

fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_SECONDS)
}
