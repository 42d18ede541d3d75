//! One case, all of it: the time line, the composer, the deeds, and the panel.

use askama::Template;
use axum::extract::{Path, Query};
use base::id::{CaseId, PaymentId, StaffId};
use base::{Language, Timestamp};
use billing::payments;
use desk::cases::{
    self, Case, CaseState, Origin, Priority, Ref, RefKind, Side, Team, Third, Thread, ThreadKind,
};
use desk::inbox::{self, Draft, Faces, Habits, Here};
use desk::permits::Permit;
use identity::creators;
use identity::staff::{self, Staff};
use serde::Deserialize;
use store::{Page as Rows, Reads};

use super::compose::{Composer, Partner, Theirs, ordered};
use super::compose_window;
use super::inserts;
use super::line::Line;
use super::macros::{self, Offered, Ran};
use super::panel::{self, Shown};
use super::story;
use super::words::{self, Due};
use crate::answer::{Answer, html};
use crate::console::inbox::{KEYS, Key, Undo};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The case.
#[derive(Template)]
#[template(path = "console/case/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) case: Case,
    pub(crate) now: Timestamp,
    pub(crate) who: String,
    pub(crate) assignee: Option<String>,
    pub(crate) due: Option<Due>,
    pub(crate) lines: Vec<Line>,
    /// More happened before what is shown.
    pub(crate) earlier: Option<i64>,
    /// More happened behind what is shown.
    pub(crate) later: Option<i64>,
    pub(crate) composer: Composer,
    pub(crate) parts: Vec<Shown>,
    pub(crate) undo: Option<Undo>,
    pub(crate) here: Vec<Here>,
    pub(crate) view: String,
    pub(crate) done: Option<&'static str>,
    pub(crate) colleagues: Vec<Staff>,
    /// The case that this one is part of now.
    pub(crate) merged: Option<Case>,
    pub(crate) may: May,
    /// What can be run here.
    pub(crate) macros: Vec<Offered>,
    /// What a macro has just done.
    pub(crate) ran: Option<Ran>,
    pub(crate) habits: Habits,
    pub(crate) keys: &'static [Key],
}

/// What whoever looks may do here, or why not.
pub(crate) struct May {
    pub(crate) merge: bool,
    pub(crate) no_solve: Option<&'static str>,
    pub(crate) no_assign: Option<&'static str>,
    pub(crate) no_escalate: Option<&'static str>,
    pub(crate) no_hold: Option<&'static str>,
    pub(crate) no_macro: Option<&'static str>,
}

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The list that one came from.
    pub(crate) view: String,
    /// The thread that is written to.
    pub(crate) to: String,
    /// Which creator or processor account is written to.
    pub(crate) partner: String,
    pub(crate) sent: Option<String>,
    pub(crate) done: Option<String>,
    /// The run of a macro that has just ended.
    pub(crate) run: Option<String>,
    /// Show what happened behind this number.
    pub(crate) from: Option<i64>,
}

/// So much of a case is shown at once.
const SPAN: u32 = 200;

impl Page {
    fn is_assigned(&self, staff: &StaffId) -> bool {
        self.case.assignee == Some(*staff)
    }

    /// Somebody waits at the other end, so what they say appears by itself behind the newest.
    fn follows(&self) -> bool {
        self.case.origin == Origin::Chat && self.later.is_none()
    }

    fn state(&self) -> crate::parts::Markup {
        words::state(&self.case)
    }

    fn priority(&self) -> crate::parts::Markup {
        words::priority(&self.case.priority)
    }

    fn priorities(&self) -> &'static [Priority] {
        Priority::ALL
    }

    fn sides(&self) -> &'static [Side] {
        Side::ALL
    }

    fn teams(&self) -> &'static [Team] {
        Team::ALL
    }

    /// The states that somebody sets by hand.
    fn states(&self) -> &'static [CaseState] {
        &[
            CaseState::Open,
            CaseState::WaitingCustomer,
            CaseState::WaitingThirdParty,
            CaseState::Solved,
            CaseState::Closed,
        ]
    }

    /// Whether the state that the case is in is one of them.
    fn is_settable(&self) -> bool {
        self.states().contains(&self.case.state)
    }

    fn waits_for(&self, third: &Third) -> bool {
        self.case.waiting_for.as_ref() == Some(third)
    }

    fn thirds(&self) -> &'static [Third] {
        Third::ALL
    }

    fn languages(&self) -> &'static [Language] {
        &Language::ALL
    }
}

/// `GET /console/cases/{case}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = gather(&shift, id, asked).await?;
    html(Language::En, &page)
}

/// Everything about a case.
pub(super) async fn gather(shift: &Shift, id: CaseId, asked: Asked) -> Result<Page, Trouble> {
    let eyes = shift.eyes();
    let mut reader = shift.house.billing.store.read().await?;
    let reads = &mut reader;
    let case = cases::seen(reads, &eyes, id).await?.ok_or(Trouble::NotFound)?;
    let from = asked.from.unwrap_or(case.seq - i64::from(SPAN)).clamp(0, case.seq);
    let to_seq = from.saturating_add(i64::from(SPAN));
    let mut messages = cases::messages(reads, id, ThreadKind::ALL, from, SPAN).await?;
    messages.retain(|message| message.seq <= to_seq);
    let events = cases::events(reads, id, from, SPAN).await?;
    let refs = cases::refs_of(reads, id).await?;
    let faces = story::faces(reads, &case, &messages, &events).await?;
    let beside = story::beside(reads, &messages).await?;
    let lines = story::lines(shift, reads, (&messages, &events, &refs), &faces, &beside).await?;
    let threads = cases::threads_of(reads, id).await?;
    let drafts = inbox::drafts_of(reads, id).await?;
    let around = Around { case: &case, threads: &threads, refs: &refs, drafts: &drafts };
    let composer = composer(shift, reads, &asked, around, &faces).await?;
    let merged = match case.merged_into {
        Some(into) => cases::seen(reads, &eyes, into).await?,
        None => None,
    };
    let undo = Undo::find(reads, &eyes, asked.sent.as_deref(), shift.now).await?;
    let here = inbox::here(reads, id, shift.staff.id, shift.now).await?;
    let habits = inbox::habits_of(reads, shift.staff.id).await?;
    let colleagues = staff::list(reads, Rows::first(Rows::MOST)).await?;
    let macros = macros::offered(shift, reads, &case).await?;
    let ran = macros::ran(shift, reads, id, asked.run.as_deref()).await?;
    drop(reader);
    let parts = panel::gather(shift, &case, &refs).await?;
    Ok(Page {
        frame: shift.frame(case.subject.clone()),
        now: shift.now,
        who: faces.person(case.requester).unwrap_or("Without a name").to_owned(),
        assignee: case.assignee.and_then(|id| faces.staff(id)).map(str::to_owned),
        due: words::due(&case, shift.now),
        earlier: (from > 0).then(|| (from - i64::from(SPAN)).max(0)),
        later: (to_seq < case.seq).then_some(to_seq),
        may: may(shift, &case),
        done: asked.done.as_deref().and_then(done_sentence),
        colleagues: colleagues.into_iter().filter(|one| one.disabled_at.is_none()).collect(),
        keys: &KEYS,
        view: asked.view,
        lines,
        composer,
        parts,
        undo,
        here,
        merged,
        macros,
        ran,
        habits,
        case,
    })
}

/// What a composer is made of.
struct Around<'a> {
    case: &'a Case,
    threads: &'a [Thread],
    refs: &'a [Ref],
    drafts: &'a [Draft],
}

async fn composer(
    shift: &Shift,
    reads: &mut impl Reads,
    asked: &Asked,
    around: Around<'_>,
    faces: &Faces,
) -> Result<Composer, Trouble> {
    let Around { case, threads, refs, drafts } = around;
    let to = asked.to.parse().unwrap_or(ThreadKind::Customer);
    let partners = partners(shift, reads, to, threads, refs).await?;
    let mut composer = Composer::of(shift, case, to, drafts, partners);
    if !asked.partner.is_empty() {
        composer.partner = Some(asked.partner.clone());
    }
    if to == ThreadKind::Customer {
        composer.inserts = inserts::gather(shift, reads, case).await?;
        composer.over(compose_window::gather(shift, reads, case).await?);
    }
    composer.theirs = theirs(shift, drafts, to, faces);
    Ok(composer)
}

/// Whom one may write to in this thread.
async fn partners(
    shift: &Shift,
    reads: &mut impl Reads,
    to: ThreadKind,
    threads: &[Thread],
    refs: &[Ref],
) -> Result<Vec<Partner>, Trouble> {
    let named = |kind: RefKind| refs.iter().filter(move |one| one.kind == kind);
    match to {
        ThreadKind::Customer | ThreadKind::Internal => Ok(Vec::new()),
        ThreadKind::Creator => {
            let all = creators::list(reads, Rows::first(Rows::MOST)).await?;
            let first: Vec<_> = named(RefKind::Creator).map(|one| one.id.clone()).collect();
            let partner = |one: creators::Creator| Partner {
                key: one.id.to_string(),
                name: one.name,
                no: None,
            };
            Ok(ordered(all.into_iter().map(partner).collect(), threads, &first))
        }
        ThreadKind::Processor => {
            let mut first = Vec::new();
            for id in named(RefKind::Payment).filter_map(|one| one.id.parse::<PaymentId>().ok()) {
                let attempts = payments::attempts_of(reads, id).await?;
                first.extend(attempts.into_iter().map(|attempt| attempt.account));
            }
            let partner = |account: &billing::Account| {
                let support = account.support();
                let no = support.mail.is_none().then_some("has no mail address for support");
                let name = if support.name.is_empty() { account.key.clone() } else { support.name };
                Partner { key: account.key.clone(), name, no }
            };
            let all = shift.house.billing.accounts.all().iter().map(partner).collect();
            Ok(ordered(all, threads, &first))
        }
    }
}

fn theirs(shift: &Shift, drafts: &[Draft], to: ThreadKind, faces: &Faces) -> Vec<Theirs> {
    let others = drafts.iter().filter(|one| one.of.thread == to && one.of.staff != shift.staff.id);
    let read = |draft: &Draft| Theirs {
        staff: draft.of.staff,
        name: faces.staff(draft.of.staff).unwrap_or("A colleague").to_owned(),
        ago: words::ago(&draft.updated_at, &shift.now),
    };
    others.map(read).collect()
}

fn may(shift: &Shift, case: &Case) -> May {
    let merged = case.merged_into.map(|_| "This case is part of another one now.");
    let solved = (!case.state.is_open()).then_some("It is solved already.");
    let top = (case.level >= 2).then_some("It was escalated twice already.");
    May {
        merge: shift.may(Permit::Merge) && merged.is_none(),
        no_solve: merged.or(solved).or_else(|| shift.no(Permit::Reply)),
        no_assign: merged.or_else(|| shift.no(Permit::Assign)),
        no_escalate: merged.or(top).or_else(|| shift.no(Permit::Escalate)),
        no_hold: shift.no(Permit::Hold),
        no_macro: merged,
    }
}

fn done_sentence(done: &str) -> Option<&'static str> {
    match done {
        "done" => Some("Done."),
        "solved" => Some("Sent, and that case is solved. This is the next one."),
        "draft" => Some("The draft is kept."),
        "fetching" => Some("It is being fetched once more."),
        "undone" => Some("Your answer was taken back. Its words are in the draft again."),
        "too_late" => Some("It has left already and cannot be taken back."),
        "changed_meanwhile" => {
            Some("Somebody changed the case meanwhile. Look at it, then decide again.")
        }
        "refused" => Some("That was refused: it is not possible as things stand."),
        "merged" => Some("Merged: everything is in this case now."),
        "unmerged" => Some("The merge is undone. This case stands by itself again."),
        "no_such_case" => Some("There is no case with that reference."),
        "split" => Some("This is a case of its own now."),
        "opened" => Some("The case is open."),
        "credited" => Some("The tokens are in the wallet."),
        "no_credit" => Some("No tokens were given. Give a number within your limit and a reason."),
        "asked" => Some("The processor was asked. What it said is in the payment."),
        "receipt" => Some("The receipt is on its way again."),
        "receipt_today" => Some("The receipt was sent again today. Once a day is enough."),
        "no_receipt" => Some("No receipt was mailed for this payment."),
        "attached" => Some("The payment belongs to this case now."),
        "replayed" => Some("The notice was heard again."),
        _ => None,
    }
}
