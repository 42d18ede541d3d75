//! A deed: one thing is looked at by one rule. What is amiss gets a case; what has come right ends
//! its finding.

use base::Stop;
use base::id::CaseId;
use billing::amiss::Amiss;
use serde_json::json;
use store::Tx;

use super::rows::{self, Finding};
use super::rule::Rule;
use super::{asker, settle};
use crate::Desk;
use crate::cases::{
    self, Author, Case, EventKind, NewCase, NewMessage, Origin, Ref, RefKind, RefRole, Side,
};
use crate::people::Audience;

/// The subject of the finding that tells of everything above the limit.
pub(super) const REST: &str = "*";

/// Looks at one thing by one rule, as it is within this deed. Doing it again changes nothing.
pub(super) async fn look(
    tx: &mut Tx,
    desk: &Desk,
    rule: &'static Rule,
    subject: &str,
) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    let amiss = rule.one(tx, &desk.settings.watch, now, subject).await?;
    let open = rows::open(tx, rule.key, subject).await?;
    match (amiss, open) {
        (Some(amiss), None) => find(tx, desk, rule, &amiss).await,
        (None, Some(finding)) => gone(tx, desk, &finding).await,
        (Some(amiss), Some(finding)) if amiss.says != finding.says => {
            told_otherwise(tx, desk, &finding, &amiss.says).await
        }
        (Some(_), Some(_)) | (None, None) => Ok(()),
    }
}

async fn find(tx: &mut Tx, desk: &Desk, rule: &'static Rule, amiss: &Amiss) -> Result<(), Stop> {
    // What is above the limit is told of by the next round, in one case for all.
    if rows::open_cases(tx, rule.key).await? >= i64::from(desk.settings.watch.most_open) {
        return Ok(());
    }
    // It may have been so before; whoever works on that goes on.
    let case = match earlier(tx, rule, &amiss.subject).await? {
        Some(case) => {
            line(tx, desk, case.id, rule, &amiss.subject, "found").await?;
            case.id
        }
        None => open_case(tx, desk, rule, amiss).await?.id,
    };
    write_down(tx, desk, rule, &amiss.subject, &amiss.says, case).await
}

async fn write_down(
    tx: &mut Tx,
    desk: &Desk,
    rule: &Rule,
    subject: &str,
    says: &str,
    case: CaseId,
) -> Result<(), Stop> {
    let finding = Finding {
        rule: rule.key.to_owned(),
        subject: subject.to_owned(),
        found_at: desk.billing.env.now(),
        says: says.to_owned(),
        case,
        gone_at: None,
    };
    rows::insert(tx, &finding).await?;
    metrics::counter!("paydesk_findings_total", "rule" => rule.key).increment(1);
    Ok(())
}

async fn earlier(tx: &mut Tx, rule: &Rule, subject: &str) -> Result<Option<Case>, Stop> {
    let Some(before) = rows::last(tx, rule.key, subject).await? else { return Ok(None) };
    let case = cases::survivor(tx, before.case).await?;
    Ok(case.filter(|case| case.state.is_open()))
}

async fn open_case(
    tx: &mut Tx,
    desk: &Desk,
    rule: &'static Rule,
    amiss: &Amiss,
) -> Result<Case, Stop> {
    let mut text = format!("{}.\n\n{}\n", capital(&amiss.says), rule.advice);
    for (what, id) in [
        ("Payment", amiss.payment.map(|id| id.to_string())),
        ("Customer", amiss.customer.map(|id| id.to_string())),
        ("Processor account", amiss.account.clone()),
    ] {
        if let Some(id) = id {
            text.push_str(&format!("\n{what}: {id}"));
        }
    }
    let customer = amiss.customer;
    open_as(tx, desk, rule, rule.subject.to_owned(), text, refs(amiss), customer).await
}

async fn open_as(
    tx: &mut Tx,
    desk: &Desk,
    rule: &'static Rule,
    subject: String,
    text: String,
    refs: Vec<Ref>,
    customer: Option<base::id::CustomerId>,
) -> Result<Case, Stop> {
    let asker = asker::who(tx, desk, rule.asker, customer).await?;
    let new = NewCase {
        subject,
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        team: rule.team,
        priority: rule.priority,
        origin: Origin::Billing,
        language: asker.language,
        requester: asker.id,
        tags: rule.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        refs,
        first: NewMessage::note(Author::Billing, base::Language::En, text),
    };
    cases::open(tx, &desk.billing.env, new).await
}

/// What a case is about: the thing itself, and whatever stands behind it.
fn refs(amiss: &Amiss) -> Vec<Ref> {
    let mut refs = Vec::new();
    if let Some(payment) = amiss.payment {
        refs.push(Ref::subject(RefKind::Payment, payment));
    }
    if amiss.payment.is_none_or(|payment| payment.to_string() != amiss.subject) {
        refs.push(Ref::subject(RefKind::Notice, &amiss.subject));
    }
    if let Some(customer) = amiss.customer {
        refs.push(Ref::subject(RefKind::Customer, customer));
    }
    if let Some(account) = &amiss.account {
        let (kind, id) = (RefKind::Account, account.clone());
        refs.push(Ref { kind, id, role: RefRole::Evidence });
    }
    refs
}

async fn gone(tx: &mut Tx, desk: &Desk, finding: &Finding) -> Result<(), Stop> {
    rows::gone(tx, finding, desk.billing.env.now()).await?;
    let body = json!({ "told": "gone", "rule": finding.rule, "subject": finding.subject });
    settle(tx, desk, finding.case, body).await
}

async fn told_otherwise(
    tx: &mut Tx,
    desk: &Desk,
    finding: &Finding,
    says: &str,
) -> Result<(), Stop> {
    rows::says(tx, finding, says).await?;
    let body = json!({
        "told": "otherwise", "rule": finding.rule, "subject": finding.subject, "says": says,
    });
    let env = &desk.billing.env;
    cases::note(tx, env, finding.case, EventKind::Billing, Author::Billing, body).await?;
    Ok(())
}

async fn line(
    tx: &mut Tx,
    desk: &Desk,
    case: CaseId,
    rule: &Rule,
    subject: &str,
    told: &str,
) -> Result<(), Stop> {
    let body = json!({ "told": told, "rule": rule.key, "subject": subject });
    cases::note(tx, &desk.billing.env, case, EventKind::Billing, Author::Billing, body).await?;
    Ok(())
}

/// Tells of everything above the limit in one case, for as long as there is anything.
pub(super) async fn look_at_the_rest(
    tx: &mut Tx,
    desk: &Desk,
    rule: &'static Rule,
    many: usize,
) -> Result<(), Stop> {
    let open = rows::open(tx, rule.key, REST).await?;
    let says = format!("{many} more of the kind wait");
    match (many, open) {
        (0, None) => Ok(()),
        (0, Some(finding)) => gone(tx, desk, &finding).await,
        (_, Some(finding)) if finding.says == says => Ok(()),
        // How many changes by the minute, and no line is worth that.
        (_, Some(finding)) => Ok(rows::says(tx, &finding, &says).await?),
        (_, None) => {
            let subject = format!("More of: {}", rule.subject);
            let text = format!(
                "{says}, above the {} that have cases of their own. They get theirs when those \
                 are solved; see the list of payments or notices.\n\n{}",
                desk.settings.watch.most_open, rule.advice
            );
            let case = open_as(tx, desk, rule, subject, text, Vec::new(), None).await?;
            write_down(tx, desk, rule, REST, &says, case.id).await
        }
    }
}

/// Sentences of the money side begin small.
fn capital(says: &str) -> String {
    let mut letters = says.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
