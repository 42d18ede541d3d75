//! Macros on a case: the menu, a look at what one would do, and running it.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::id::{CaseId, MacroId, MacroRunId};
use base::{Kind, Language, Stop};
use desk::cases::{self, Author, Case, Delivery, ThreadKind};
use desk::inbox::{self, Habits};
use desk::macros::{self, Foreseen, Macro, Run, Step, Wanted};
use serde::Deserialize;
use store::Reads;

use crate::answer::{Answer, html};
use crate::console::inbox::{KEYS, Key};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// A macro in the menu of a case.
pub(crate) struct Offered {
    pub(crate) id: MacroId,
    pub(crate) name: String,
    pub(crate) money: bool,
}

/// What a run has done, in one sentence.
pub(crate) struct Ran {
    pub(crate) sentence: String,
    /// Whether it stopped before its end.
    pub(crate) stopped: bool,
}

/// What a macro would do.
#[derive(Template)]
#[template(path = "console/case/macros.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) case: Case,
    pub(crate) one: Macro,
    pub(crate) steps: Vec<Foreseen>,
    /// Sent twice, it runs once.
    pub(crate) run: MacroRunId,
    /// Why it cannot be run.
    pub(crate) no: Option<String>,
    pub(crate) changed: bool,
    pub(crate) view: String,
    pub(crate) habits: Habits,
    pub(crate) keys: &'static [Key],
}

/// What is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    view: String,
    done: String,
}

/// What the button sends.
#[derive(Deserialize)]
pub(crate) struct Press {
    run: MacroRunId,
    version: i64,
    #[serde(default)]
    view: String,
}

/// The macros that are for whoever looks, on this case.
pub(super) async fn offered(
    shift: &Shift,
    reads: &mut impl Reads,
    case: &Case,
) -> Result<Vec<Offered>, Trouble> {
    let fits = |one: &Macro| is_for(shift, one, case);
    let offer = |one: Macro| Offered {
        id: one.id,
        money: one.steps.iter().any(Step::moves_money),
        name: one.name,
    };
    Ok(macros::all(reads).await?.into_iter().filter(fits).map(offer).collect())
}

/// What a run on this case has done, for whoever ran it.
pub(super) async fn ran(
    shift: &Shift,
    reads: &mut impl Reads,
    case: CaseId,
    run: Option<&str>,
) -> Result<Option<Ran>, Trouble> {
    let Some(id) = run.and_then(|id| id.parse::<MacroRunId>().ok()) else { return Ok(None) };
    let Some(run) = macros::find_run(reads, id).await? else { return Ok(None) };
    if run.case != case || run.by != shift.staff.id {
        return Ok(None);
    }
    let one = macros::find(reads, run.of).await?;
    // The steps of another version would tell what was never done.
    let one = one.filter(|one| one.version == run.version);
    Ok(one.map(|one| Ran { stopped: run.stopped.is_some(), sentence: run.told(&one.steps) }))
}

fn is_for(shift: &Shift, one: &Macro, case: &Case) -> bool {
    one.retired_at.is_none() && one.offer.fits(case.team, shift.staff.role)
}

/// `GET /console/cases/{case}/macros/{macro}`: looking changes nothing.
pub(crate) async fn look(
    shift: Shift,
    Path((id, of)): Path<(CaseId, MacroId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let reads = &mut reader;
    let case = cases::seen(reads, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)?;
    let one = macros::find(reads, of).await?.filter(|one| is_for(&shift, one, &case));
    let one = one.ok_or(Trouble::NotFound)?;
    let steps = macros::foresee(reads, &shift.house.desk, &one.steps, &case, &shift.staff).await?;
    let habits = inbox::habits_of(reads, shift.staff.id).await?;
    drop(reader);
    let first = steps.iter().zip(1..).find_map(|(step, nth)| Some((nth, step.no.as_deref()?)));
    let page = Page {
        frame: shift.frame(format!("{} – {}", one.name, case.reference)),
        no: first.map(|(nth, why)| format!("Step {nth} would be refused: {why}.")),
        run: shift.house.billing.env.id(),
        changed: asked.done == "changed",
        view: safe(&asked.view).to_owned(),
        keys: &KEYS,
        case,
        one,
        steps,
        habits,
    };
    html(Language::En, &page)
}

/// `POST /console/cases/{case}/macros/{macro}`.
pub(crate) async fn run(
    shift: Shift,
    Path((id, of)): Path<(CaseId, MacroId)>,
    Form(press): Form<Press>,
) -> Answer {
    let view = safe(&press.view);
    let mut reader = shift.house.billing.store.read().await?;
    let case = cases::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)?;
    drop(reader);
    let wanted = Wanted { id: press.run, of, version: press.version, case: id };
    let to = match macros::run(&shift.house.desk, wanted, &shift.staff).await {
        Ok((_, run)) => after(&shift, &case, &run, view).await?,
        Err(Stop::Refused(refusal)) if refusal.kind == Kind::NotFound => {
            return Err(Trouble::NotFound);
        }
        Err(Stop::Refused(refusal)) if refusal.code == macros::CHANGED.code => {
            format!("/console/cases/{id}/macros/{of}?view={view}&done=changed")
        }
        Err(Stop::Refused(_)) => format!("/console/cases/{id}?view={view}&done=refused"),
        Err(fault) => return Err(fault.into()),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Where one goes on: to the case, with the bar that takes an answer back; or to the list, if the
/// case belongs to a team that whoever ran it does not see.
async fn after(shift: &Shift, before: &Case, run: &Run, view: &str) -> Result<String, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    if cases::seen(&mut reader, &shift.eyes(), before.id).await?.is_none() {
        return Ok(format!("/console/inbox?view={view}&done=changed"));
    }
    let said = &[ThreadKind::Customer];
    let fresh = cases::messages(&mut reader, before.id, said, before.seq, 50).await?;
    let own = |one: &cases::Message| {
        one.author == Author::Staff(shift.staff.id) && one.delivery == Delivery::Waiting
    };
    let sent = fresh.into_iter().rev().find(own);
    let sent = sent.map_or_else(String::new, |one| format!("&sent={}", one.id));
    Ok(format!("/console/cases/{}?view={view}&run={}{sent}", before.id, run.id))
}

/// The name of a list as it may stand in an address.
fn safe(view: &str) -> &str {
    let fits = view.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if fits { view } else { "" }
}
