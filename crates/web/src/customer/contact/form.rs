//! The form: the same page when it is opened, and when something must be put right.

use askama::Template;
use axum::extract::Query;
use base::Secret;
use billing::payments::{self, PaymentState};
use desk::chat;
use desk::contact::{self, Form, Paper, TOPICS, subject};
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::Page as Rows;
use words::{Value, Words};

use super::files::Kept;
use super::suggest::{self, Hint};
use crate::answer::{Answer, html};
use crate::customer::case::sentence::Dated;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};
use crate::parts::form::Slips;
use crate::parts::incidents;

/// How many payments are offered.
const PAYMENTS: u32 = 10;
/// No device name of ours is longer.
const LONGEST_DEVICE: usize = 64;

/// The form.
#[derive(Template)]
#[template(path = "customer/contact/form.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// What was written.
    pub(crate) form: Form,
    /// The sheet, sealed.
    pub(crate) paper: String,
    pub(crate) slips: Slips,
    pub(crate) kept: Vec<Kept>,
    pub(crate) topics: Vec<Choice>,
    pub(crate) payments: Vec<Choice>,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
    /// What nobody is asked who is signed in.
    pub(crate) signed_in: Option<String>,
    /// There are messengers that an account can be linked with.
    pub(crate) has_messengers: bool,
    pub(crate) due: Dated,
    pub(crate) consent: String,
    /// How many words the subject has, and what that means.
    pub(crate) count: String,
    pub(crate) length: String,
    /// Articles about the subject.
    pub(crate) hints: Vec<Hint>,
    pub(crate) longest_subject: usize,
}

/// Something to choose.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
}

/// What may be filled in by the link that leads here.
#[derive(Default, Deserialize)]
pub(crate) struct Prefill {
    #[serde(default)]
    door: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    payment: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    side: String,
    /// Opens what was written in the chat.
    #[serde(default)]
    draft: String,
}

/// `GET /{language}/contact`.
pub(crate) async fn show(visit: Visit, Query(prefill): Query<Prefill>) -> Answer {
    let Prefill { door, subject, payment, order, topic, side, draft } = prefill;
    let description = written(&visit, draft).await?;
    let form = Form { door, subject, payment, order, topic, side, description, ..Form::default() };
    let paper = Paper::fresh(&visit.house.billing.env);
    let page = page(&visit, form, &paper, Slips::default(), Vec::new()).await?;
    let mut response = html(visit.language(), &page)?;
    let device = device(&visit);
    if visit.kept(Keep::Device).as_deref() != Some(device.as_str()) {
        Keep::Device.set(&visit.house, &device, response.headers_mut());
    }
    Ok(response)
}

/// What somebody wrote in the chat before they came here.
async fn written(visit: &Visit, draft: String) -> Result<String, Trouble> {
    if draft.is_empty() || draft.len() > LONGEST_DEVICE {
        return Ok(String::new());
    }
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let mut reader = visit.house.billing.store.read().await?;
    let text = chat::draft::open(&mut reader, &Secret::from_text(draft), visit.now).await?;
    Ok(text.unwrap_or_default())
}

/// What this browser is called by us, so that its forms are counted wherever it is.
pub(super) fn device(visit: &Visit) -> String {
    let kept = visit.kept(Keep::Device).filter(|kept| (1..=LONGEST_DEVICE).contains(&kept.len()));
    kept.unwrap_or_else(|| Secret::new(&visit.house.billing.env.chance).reveal().to_owned())
}

/// The page with what was written.
pub(super) async fn page(
    visit: &Visit,
    mut form: Form,
    paper: &Paper,
    slips: Slips,
    kept: Vec<Kept>,
) -> Result<Page, Trouble> {
    let (words, house) = (visit.words, &visit.house);
    if form.door.is_empty() {
        form.door = "customer".to_owned();
    }
    let hints = match form.subject.trim() {
        "" => Vec::new(),
        subject => suggest::hints(visit, &form.door, subject).await?,
    };
    let mut reader = house.billing.store.read().await?;
    let due = contact::due(&mut reader, visit.now).await?;
    drop(reader);
    let seller = [("seller", (&house.billing.site.legal_name).into())];
    let count = [("count", subject::words(&form.subject).into())];
    Ok(Page {
        frame: visit.frame(words.text("contact-title"), Place::Elsewhere).with_wrong(&slips),
        paper: paper.seal(&house.billing.env, &house.identity.vault)?,
        topics: topics(words),
        payments: offered(visit).await?,
        incidents: incidents(house, words).await,
        signed_in: visit.signed_in().map(|who| who.customer.name.clone().unwrap_or_default()),
        has_messengers: !house.desk.settings.social.channels.is_empty(),
        due: Dated::of(words, "contact-due", due),
        consent: words.text_with("contact-consent", &seller),
        count: words.text_with("contact-subject-count", &count),
        length: length(words, &form.subject),
        hints,
        longest_subject: subject::LONGEST,
        form,
        slips,
        kept,
    })
}

/// What the number of words of a subject means; nothing is said of none.
fn length(words: Words, written: &str) -> String {
    if written.trim().is_empty() {
        return String::new();
    }
    let text = match subject::length(written) {
        subject::Length::Short => words.text("contact-subject-short"),
        subject::Length::Right => words.text("contact-subject-right"),
        subject::Length::Long => words.text("contact-subject-long"),
    };
    text.into_owned()
}

fn topics(words: Words) -> Vec<Choice> {
    let name = |topic: &str| match topic {
        "refund" => words.text("contact-topic-refund"),
        "charge" => words.text("contact-topic-charge"),
        "payment" => words.text("contact-topic-payment"),
        "tokens" => words.text("contact-topic-tokens"),
        "renewal" => words.text("contact-topic-renewal"),
        "content" => words.text("contact-topic-content"),
        "account" => words.text("contact-topic-account"),
        "earnings" => words.text("contact-topic-earnings"),
        _ => words.text("contact-topic-other"),
    };
    let choice = |topic: &&str| Choice { value: (*topic).into(), name: name(topic).into_owned() };
    TOPICS.iter().map(choice).collect()
}

/// The newest payments of whoever is signed in.
async fn offered(visit: &Visit) -> Result<Vec<Choice>, Trouble> {
    let Some(who) = visit.signed_in() else { return Ok(Vec::new()) };
    let filter = payments::Filter { customer: Some(who.customer.id), ..Default::default() };
    let mut reader = visit.house.billing.store.read().await?;
    let all = payments::list(&mut reader, &filter, Rows::first(PAYMENTS)).await?;
    let begun = all.into_iter().filter(|payment| payment.state != PaymentState::RequiresMethod);
    let choice = |payment: payments::Payment| Choice {
        value: payment.id.to_string(),
        name: visit.words.text_with(
            "contact-payment-line",
            &[
                ("date", Value::Date(payment.created_at, &TimeZone::UTC)),
                ("amount", payment.amount.into()),
            ],
        ),
    };
    Ok(begun.map(choice).collect())
}
