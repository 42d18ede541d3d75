//! PayPal's errors and what they prove: a no of the house, a call that was never executed, or
//! nothing at all.
//!
//! Names and issues follow the OpenAPI descriptions of Orders v2, Payments v2 and Subscriptions
//! v1 (paypal/paypal-rest-api-specifications) and the error pages at developer.paypal.com. An
//! issue that is not in the table leaves the outcome unknown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use processor::declines::Table;
use processor::{Answer, Decline, Reply, Sent};
use serde::Deserialize;

use super::wire::Link;

/// Why PayPal says no: issues and the response codes of card processors.
static DECLINES: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

static ISSUES: LazyLock<BTreeMap<&'static str, Place>> = LazyLock::new(|| {
    let lines = include_str!("issues.csv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(','))
        .map(|(issue, place)| (issue, word(place)))
        .collect()
});

/// What an issue proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The call was turned down before anything happened.
    NotExecuted,
    /// The house or the bank said no.
    Declined,
    /// It may have been executed, by this call or an earlier one.
    Unknown,
}

/// An error as PayPal writes it.
#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub name: String,
    #[serde(default)]
    pub details: Vec<Detail>,
    #[serde(default)]
    pub links: Vec<Link>,
}

/// One issue of an error.
#[derive(Debug, Deserialize)]
pub(super) struct Detail {
    #[serde(default)]
    pub issue: String,
}

/// A good answer, or what became of the call.
pub(super) fn place<T>(sent: Sent) -> Result<Reply, Answer<T>> {
    match sent {
        Sent::Answered(reply) if (200..300).contains(&reply.status) => Ok(reply),
        Sent::Answered(reply) => Err(refused(&reply)),
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// The error in an answer, if it is one.
pub(super) fn problem(reply: &Reply) -> Option<Problem> {
    reply.json::<Problem>().ok()
}

/// Whether PayPal itself says that there is no such thing; a 404 of whoever stands before it is
/// not its word.
pub(super) fn is_not_found(reply: &Reply) -> bool {
    let names = ["RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"];
    problem(reply).is_some_and(|problem| names.contains(&problem.name.as_str()))
}

/// The decline behind an issue or a response code.
pub(super) fn decline(raw: &str) -> Decline {
    DECLINES.read(raw)
}

fn refused<T>(reply: &Reply) -> Answer<T> {
    if reply.status == 401 {
        return Answer::NotExecuted("PayPal takes no token of this account".to_owned());
    }
    let Some(problem) = problem(reply) else {
        return Answer::Unknown(format!("PayPal answered {} without its error", reply.status));
    };
    let said = shown(&problem);
    match weigh(&problem) {
        Place::NotExecuted => Answer::NotExecuted(format!("PayPal refused: {said}")),
        Place::Unknown => Answer::Unknown(format!("PayPal answered {said}")),
        Place::Declined => {
            let issue = problem.details.iter().map(|detail| detail.issue.as_str());
            let no = issue.clone().find(|issue| ISSUES.get(issue) == Some(&Place::Declined));
            Answer::Declined(decline(no.unwrap_or_default()))
        }
    }
}

/// What the error as a whole proves. Some names alone prove that nothing was executed; of
/// several issues the one that proves least counts.
fn weigh(problem: &Problem) -> Place {
    let by_name = ISSUES.get(problem.name.as_str()).copied();
    if by_name == Some(Place::NotExecuted) || problem.details.is_empty() {
        return by_name.unwrap_or(Place::Unknown);
    }
    let places = problem
        .details
        .iter()
        .map(|detail| ISSUES.get(detail.issue.as_str()).copied().unwrap_or(Place::Unknown));
    places.max().unwrap_or(Place::Unknown)
}

/// Whether an error holds an issue.
pub(super) fn has(problem: &Problem, issue: &str) -> bool {
    problem.details.iter().any(|detail| detail.issue == issue)
}

/// Names and issues, without the descriptions: those may quote what was sent.
fn shown(problem: &Problem) -> String {
    let issues: Vec<&str> = problem.details.iter().map(|one| one.issue.as_str()).collect();
    let text = format!("{} {}", problem.name, issues.join(" "));
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ' ');
    text.chars().filter(|letter| plain(*letter)).take(160).collect::<String>().trim().to_owned()
}

fn word(place: &str) -> Place {
    match place.trim() {
        "declined" => Place::Declined,
        "not_executed" => Place::NotExecuted,
        _ => Place::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_place_and_every_decline_a_cause() {
        let text = include_str!("issues.csv");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (issue, place) = line.split_once(',').unwrap();
            assert!(["declined", "not_executed", "unknown"].contains(&place), "{line}");
            let cause = decline(issue).cause;
            assert_eq!(cause != "unknown", place == "declined", "{issue} has the cause {cause}");
        }
    }

    /// The issues that the descriptions of Payments v2 list by call.
    #[test]
    fn every_issue_of_the_descriptions_is_placed() {
        use Place::{Declined, NotExecuted, Unknown};
        let table = [
            ("AUTHORIZATION_VOIDED", Declined),
            ("MAX_CAPTURE_COUNT_EXCEEDED", Declined),
            ("DUPLICATE_INVOICE_ID", Unknown),
            ("AUTH_CAPTURE_CURRENCY_MISMATCH", NotExecuted),
            ("AUTHORIZATION_DENIED", Declined),
            ("AUTHORIZATION_EXPIRED", Declined),
            ("AUTHORIZATION_ALREADY_CAPTURED", Declined),
            ("MAX_CAPTURE_AMOUNT_EXCEEDED", Declined),
            ("TRANSACTION_REFUSED", Declined),
            ("PAYER_CANNOT_PAY", Declined),
            ("PREVIOUSLY_CAPTURED", Declined),
            ("PREVIOUSLY_VOIDED", Declined),
            ("CANNOT_BE_VOIDED", Declined),
            ("CAPTURE_FULLY_REFUNDED", Declined),
            ("REFUND_CAPTURE_CURRENCY_MISMATCH", NotExecuted),
            ("REFUND_NOT_ALLOWED", Declined),
            ("REFUND_TIME_LIMIT_EXCEEDED", Declined),
            ("REFUND_AMOUNT_EXCEEDED", Declined),
            ("REFUND_FAILED_INSUFFICIENT_FUNDS", Declined),
            ("PARTIAL_REFUND_NOT_ALLOWED", Declined),
            ("MAX_NUMBER_OF_REFUNDS_EXCEEDED", Declined),
            ("PENDING_CAPTURE", NotExecuted),
            ("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK", Declined),
            ("TRANSACTION_DISPUTED", Declined),
            ("PREVIOUS_REQUEST_IN_PROGRESS", Unknown),
        ];
        for (issue, place) in table {
            assert_eq!(ISSUES.get(issue), Some(&place), "{issue}");
        }
    }

    #[test]
    fn of_several_issues_the_one_that_proves_least_counts() {
        let weighed = |name: &str, issues: &[&str]| {
            let detail = |issue: &&str| Detail { issue: (*issue).to_owned() };
            let details = issues.iter().map(detail).collect();
            weigh(&Problem { name: name.to_owned(), details, links: Vec::new() })
        };
        let semantic = "UNPROCESSABLE_ENTITY";
        assert_eq!(weighed(semantic, &["INSTRUMENT_DECLINED"]), Place::Declined);
        assert_eq!(weighed(semantic, &["INSTRUMENT_DECLINED", "NEW_WORD"]), Place::Unknown);
        assert_eq!(weighed(semantic, &["AMOUNT_MISMATCH", "CARD_EXPIRED"]), Place::Declined);
        assert_eq!(weighed(semantic, &[]), Place::Unknown);
        assert_eq!(weighed("INVALID_REQUEST", &["NEW_WORD"]), Place::NotExecuted);
        assert_eq!(weighed("INTERNAL_SERVER_ERROR", &[]), Place::Unknown);
        assert_eq!(weighed("SOMETHING", &[]), Place::Unknown);
    }
}
