//! Sample cases in five languages, so that the inbox of the demo is not empty: what a desk sees on
//! an ordinary morning. The people and what they say are made up.

use anyhow::Result;
use base::id::{CaseId, StaffId};
use base::time::Clock;
use base::{Currency, Env, Language, SignedDuration, Stop};
use billing::catalog::{self, Showing};
use billing::checkouts::{self, NewCheckout};
use desk::cases::{
    self, Author, CaseState, Change, Eyes, Filter, NewCase, NewMessage, Origin, Priority, Ref,
    RefKind, Side, Team,
};
use desk::people::{self, AddressKind, Audience, Hint};
use identity::customers;
use identity::staff::{self, Role};
use store::{Page, Tx};

use crate::wire::App;

/// A sample case.
struct Sample {
    hours_ago: i64,
    /// A customer of the demo, or a stranger.
    mail: &'static str,
    name: &'static str,
    language: Language,
    audience: Audience,
    origin: Origin,
    side: Side,
    priority: Priority,
    subject: &'static str,
    text: &'static str,
    tag: Option<&'static str>,
    then: Then,
}

/// What has been done about it.
enum Then {
    Nothing,
    /// Answered: the customer's turn.
    Answered(&'static str),
    /// A note for colleagues.
    Noted(&'static str),
    /// An open payment belongs to it.
    WithPayment,
    /// Answered and done.
    Solved(&'static str),
}

const BASE: Sample = Sample {
    hours_ago: 1,
    mail: "",
    name: "",
    language: Language::En,
    audience: Audience::Customer,
    origin: Origin::Mail,
    side: Side::Unknown,
    priority: Priority::Normal,
    subject: "",
    text: "",
    tag: None,
    then: Then::Nothing,
};

static SAMPLES: [Sample; 7] = [
    Sample {
        hours_ago: 30,
        mail: "ana@example.test",
        language: Language::Da,
        subject: "Hvornår kommer min kvittering?",
        text: "Hej\n\nJeg købte 100 tokens i går, men jeg kan ikke finde kvitteringen nogen \
               steder. Kan I sende den igen?\n\nVenlig hilsen\nAna",
        tag: Some("receipt"),
        then: Then::Answered(
            "Hej Ana\n\nKvitteringen er på vej igen til din mailadresse. Kig også i \
             spam-mappen. Skriv endelig, hvis den ikke kommer i dag.\n\nHilsen\nRobin",
        ),
        ..BASE
    },
    Sample {
        hours_ago: 26,
        mail: "sam.porter@example.test",
        name: "Sam Porter",
        origin: Origin::Phone,
        subject: "Caller asked how to delete account",
        text: "Sam called and asked how to close the account and what happens to unused tokens.",
        then: Then::Solved(
            "Hi Sam,\n\nas promised on the phone: you close the account on the page “My \
             account”. Spend unused tokens first, they end with it.\n\nRobin",
        ),
        ..BASE
    },
    Sample {
        hours_ago: 46,
        mail: "ben@example.test",
        language: Language::De,
        side: Side::Mine,
        priority: Priority::High,
        subject: "Zweimal für 250 Token abgebucht",
        text: "Guten Tag,\n\nam Freitag habe ich einmal 250 Token gekauft, auf dem \
               Kontoauszug steht der Betrag aber zweimal. Im Guthaben ist nur ein Kauf. Bitte \
               prüfen Sie das.\n\nMit freundlichen Grüßen\nBen Fischer",
        tag: Some("duplicate"),
        ..BASE
    },
    Sample {
        hours_ago: 5,
        mail: "chloe@example.test",
        language: Language::Fr,
        origin: Origin::Form,
        side: Side::Mine,
        subject: "Paiement bloqué, jetons jamais reçus du tout",
        text: "Bonjour,\n\nla page de paiement est restée bloquée et je ne sais pas si ma carte \
               a été débitée. Je n'ai reçu aucun jeton. Que dois-je faire ?\n\nMerci,\nChloé",
        then: Then::WithPayment,
        ..BASE
    },
    Sample {
        hours_ago: 3,
        mail: "dalisay@example.test",
        language: Language::Fil,
        origin: Origin::Form,
        side: Side::Creator,
        subject: "Hindi po natupad ang hiling sa creator",
        text: "Magandang araw po,\n\nNagbigay po ako ng tip para sa isang kanta noong Martes, \
               pero hindi pa po ito kinanta. Maaari po ba ninyong tanungin ang creator?\n\n\
               Salamat po,\nDalisay",
        then: Then::Noted("The tip is there. Ask Luna Vale first, she answers within a day."),
        ..BASE
    },
    Sample {
        hours_ago: 2,
        mail: "t.holm@example.test",
        name: "T. Holm",
        subject: "What is LUMEN*LOUNGE on my statement?",
        text: "Hello,\n\nthere is a line LUMEN*LOUNGE DEMO on my card statement and I do not \
               know what that is. I have never heard of you. Please explain or take it back.\n\n\
               T. Holm",
        tag: Some("unknown-charge"),
        ..BASE
    },
    Sample {
        hours_ago: 1,
        mail: "office@northlight.example.test",
        name: "Northlight Studio",
        audience: Audience::Studio,
        subject: "Statement for October lacks one creator",
        text: "Hi,\n\nin the statement for October one of our creators does not appear, though \
               she had tips on three days. Could you look?\n\nBest,\nNorthlight",
        ..BASE
    },
];

/// Fills an empty inbox; one with cases is left as it is.
///
/// # Errors
/// If the database cannot be written.
pub(super) async fn fill(app: &App) -> Result<()> {
    let (store, env) = (&app.billing.store, &app.billing.env);
    store::write!(store, |tx| {
        let Some(robin) = staff::list(tx, Page::first(1)).await?.first().map(|one| one.id) else {
            return Ok(());
        };
        let eyes = Eyes { staff: robin, role: Role::Admin };
        if !cases::list(tx, &eyes, &Filter::default(), Page::first(1)).await?.is_empty() {
            return Ok(());
        }
        for sample in &SAMPLES {
            write(tx, app, env, sample, robin).await?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The surroundings of some hours ago, so that times and promises look lived in.
fn earlier(env: &Env, hours: i64) -> Env {
    let now = env.now();
    let then = now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
    Env { clock: Clock::fixed(then), chance: env.chance.clone() }
}

async fn write(
    tx: &mut Tx,
    app: &App,
    now: &Env,
    sample: &Sample,
    robin: StaffId,
) -> Result<(), Stop> {
    let env = &earlier(now, sample.hours_ago);
    let known = customers::find_by_email(tx, sample.mail).await?.into_iter().next();
    if let Some(customer) = &known {
        people::of_customer(tx, env, customer.id).await?;
    }
    let name = Some(sample.name.to_owned()).filter(|name| !name.is_empty());
    let hint = Hint { name, language: sample.language, audience: sample.audience };
    let (person, address) = people::meet(tx, env, AddressKind::Mail, sample.mail, &hint).await?;
    let Sample { origin, language, text, .. } = *sample;
    let first = NewMessage::from_person(person.id, address.id, origin, language, text);
    let new = NewCase {
        subject: sample.subject.to_owned(),
        audience: sample.audience,
        side: sample.side,
        topic: None,
        team: Team::Support,
        priority: sample.priority,
        origin,
        language,
        requester: person.id,
        tags: sample.tag.iter().map(|tag| (*tag).to_owned()).collect(),
        refs: Vec::new(),
        first,
    };
    let case = cases::open(tx, env, new).await?.id;
    let by = Author::Staff(robin);
    match sample.then {
        Then::Nothing => {}
        Then::Answered(text) => answer(tx, env, case, by, language, text).await?,
        Then::Noted(text) => {
            cases::add(tx, env, case, NewMessage::note(by, Language::En, text)).await?;
        }
        Then::Solved(text) => {
            answer(tx, env, case, by, language, text).await?;
            cases::change(tx, env, case, None, by, Change::State(CaseState::Solved)).await?;
        }
        Then::WithPayment => {
            if let Some(customer) = known {
                attach_payment(tx, app, env, case, customer.id, by).await?;
            }
        }
    }
    Ok(())
}

async fn answer(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    by: Author,
    language: Language,
    text: &str,
) -> Result<(), Stop> {
    let mine = NewMessage::answer(by, Origin::Mail, language, text);
    cases::add(tx, env, case, mine).await.map(|_| ())
}

/// A payment that was begun and not finished.
async fn attach_payment(
    tx: &mut Tx,
    app: &App,
    env: &Env,
    case: CaseId,
    customer: base::id::CustomerId,
    by: Author,
) -> Result<(), Stop> {
    let packs = catalog::list(tx, Page::first(1), Showing::All).await?;
    let Some(pack) = packs.first().map(|pack| pack.id) else { return Ok(()) };
    let new = NewCheckout {
        customer,
        pack,
        currency: Currency::EUR,
        language: Language::Fr,
        return_url: None,
        account: None,
    };
    let (_, payment, _) = checkouts::open_in(tx, &app.billing, new).await?;
    let about = Ref::subject(RefKind::Payment, payment.id);
    cases::refer_by(tx, env, case, about, by).await
}
