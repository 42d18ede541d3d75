//! Other desks have numbers of their own for what we write to them about. Of an allowed sender
//! whose domain vouches for it, a number that once stood on a mail of a case leads back there.

use base::{Env, Fault};
use store::{Reads, Tx};

use super::evidence::{Evidence, Place};
use super::settle::Sender;
use super::write::Written;
use crate::cases;
use crate::letters::{Letter, Standing};
use crate::mail_in::rows::{foreign as rows, senders};
use crate::mail_in::senders::Rule;

/// Numbers that are taken from one subject.
const MOST: usize = 5;
/// How the tickets of desks begin that number them in one row for all.
const SERIES: [&str; 9] = ["INC", "CS", "RITM", "REQ", "SCTASK", "CHG", "PRB", "TASK", "HRC"];
/// Words before a number that make it one of a case.
const WORDS: [&str; 12] = [
    "case",
    "ticket",
    "request",
    "incident",
    "vorgang",
    "ticketnummer",
    "fall",
    "dossier",
    "demande",
    "sag",
    "sagsnummer",
    "caso",
];
/// What may stand between such a word and its number.
const BETWEEN: [&str; 7] = ["id", "number", "no", "nr", "numéro", "nummer", "ref"];

/// The case that an allowed sender's own number leads to.
pub(super) async fn find(
    reads: &mut impl Reads,
    (letter, sender): (&Letter, &Sender),
) -> Result<Option<Place>, Fault> {
    let numbers = numbers(&letter.subject);
    if numbers.is_empty() || !is_trusted(reads, letter, sender).await? {
        return Ok(None);
    }
    for number in numbers {
        let Some((case, thread)) = rows::find(reads, &sender.domain, &number).await? else {
            continue;
        };
        let (case, thread) = (cases::find(reads, case).await?, cases::thread(reads, thread).await?);
        if let (Some(case), Some(thread)) = (case, thread) {
            return Ok(Some(Place { case, thread, by: Evidence::Foreign }));
        }
    }
    Ok(None)
}

/// Remembers how an allowed sender calls a case.
pub(super) async fn remember(
    tx: &mut Tx,
    env: &Env,
    (letter, sender): (&Letter, &Sender),
    written: &Written,
) -> Result<(), Fault> {
    let numbers = numbers(&letter.subject);
    if numbers.is_empty() || !is_trusted(tx, letter, sender).await? {
        return Ok(());
    }
    let Some(message) = cases::message(tx, written.message).await? else { return Ok(()) };
    for number in numbers {
        let place = (message.case, message.thread);
        rows::remember(tx, (&sender.domain, &number), place, env.now()).await?;
    }
    Ok(())
}

async fn is_trusted(
    reads: &mut impl Reads,
    letter: &Letter,
    sender: &Sender,
) -> Result<bool, Fault> {
    if letter.verdict.standing != Standing::Aligned {
        return Ok(false);
    }
    let rule = senders::of(reads, &sender.address, &sender.domain).await?;
    Ok(rule == Some(Rule::Allow))
}

/// The numbers of other desks in a subject: `INC0012345`, `[SUP-123]`, `Case 00123456`, `[#4711]`.
fn numbers(subject: &str) -> Vec<String> {
    let subject: String = subject.chars().take(500).collect();
    let mut found: Vec<String> = Vec::new();
    let mut before = String::new();
    for word in subject.split(|one: char| one.is_whitespace() || one == ',' || one == ';') {
        let enclosed = word.starts_with(['[', '(']) && word.ends_with([']', ')', ':']);
        let bare = word.trim_matches(|one: char| "[](){}<>.:!?\"'".contains(one));
        let (name, digits) = match bare.split_once('#') {
            Some((name, digits)) => (name.to_lowercase(), digits),
            None => (before.clone(), bare),
        };
        let counted = is_number(digits, 4);
        let hashed = bare.contains('#') && counted && (name.is_empty() || is_word(&name));
        let after_word = counted && digits.len() >= 5 && is_word(&before);
        if is_of_series(bare) || (enclosed && is_of_project(bare)) {
            found.push(bare.to_owned());
        } else if hashed || after_word {
            found.push(format!("#{digits}"));
        }
        let lower = bare.trim_end_matches('#').to_lowercase();
        if !BETWEEN.contains(&lower.as_str()) && !lower.is_empty() {
            before = lower;
        }
    }
    found.dedup();
    found.truncate(MOST);
    found
}

fn is_word(word: &str) -> bool {
    WORDS.contains(&word)
}

fn is_number(text: &str, least: usize) -> bool {
    (least..=24).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_digit())
}

/// `INC0012345`.
fn is_of_series(text: &str) -> bool {
    SERIES.iter().any(|series| text.strip_prefix(series).is_some_and(|rest| is_number(rest, 7)))
}

/// `SUP-123`.
fn is_of_project(text: &str) -> bool {
    let Some((project, number)) = text.split_once('-') else { return false };
    let named = (2..=10).contains(&project.len())
        && project.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit())
        && project.starts_with(|one: char| one.is_ascii_uppercase());
    named && is_number(number, 1) && number.len() <= 7
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_of_other_desks_are_known_by_their_shapes() {
        for (subject, number) in [
            ("INC0012345: payment missing", "INC0012345"),
            ("Re: [JIRA] (SUP-123) Chargeback", "SUP-123"),
            ("[SUP-9] Chargeback", "SUP-9"),
            ("Your case 00123456 was updated", "#00123456"),
            ("Ticket no. 88213 - answer", "#88213"),
            ("[Ticket#2024010110000012] Dispute", "#2024010110000012"),
            ("[#4711] Dispute", "#4711"),
            ("AW: Vorgang Nr. 998877", "#998877"),
        ] {
            assert_eq!(numbers(subject), [number], "{subject}");
        }
        for subject in [
            "Payment of 12345 EUR",
            "[PD-7K3M-92QX-T] my order",
            "UTF-8 and COVID-19",
            "Order 1234567",
            "case closed",
            "#1 fan",
            "",
        ] {
            assert!(numbers(subject).is_empty(), "{subject}: {:?}", numbers(subject));
        }
    }
}
