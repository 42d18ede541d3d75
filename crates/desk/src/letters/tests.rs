//! Whole mails: what is read of each sample, what every letter keeps to whatever is sent, and that
//! the work grows no faster than the mail.

mod properties;
mod shown;
mod table;
mod work;

use super::*;

/// How the tests read: as the desk of `shop.example`.
pub(super) fn reading() -> Reading {
    Reading {
        now: "2026-11-03T12:00:00Z".parse().unwrap(),
        own_hosts: vec!["shop.example".to_owned()],
        own_addresses: vec!["help@shop.example".to_owned()],
        authserv: Some("mx.shop.example".to_owned()),
        form_mailers: vec!["forms@mailer.example".to_owned()],
        envelope_from: None,
        lists: vec!["group@example.com".to_owned(), "@example.net".to_owned()],
    }
}

/// The bytes of a sample.
pub(super) fn sample(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/letters/samples");
    std::fs::read(format!("{folder}/{name}.eml")).unwrap()
}

#[test]
fn every_sample_is_read_as_its_row_says() {
    let mut wrong = Vec::new();
    for (name, facts) in table::ROWS {
        let read = read(&sample(name), &reading());
        for (what, wanted) in facts {
            let found = fact(&read, what);
            let fits = match *what {
                // These are long: the row says a piece that must be in them.
                "text" | "html" | "problems" | "message_id" | "silent" if !wanted.is_empty() => {
                    found.contains(wanted)
                }
                _ => found == *wanted,
            };
            if !fits {
                wrong.push(format!("{name}: {what} is {found:?}, not {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_lists_and_form_mailers_that_the_operator_named_speak_for_others() {
    let read = |lists: &[&str], from: &str, more: &str| {
        let raw = format!(
            "Authentication-Results: mx.shop.example; dmarc=pass header.from=evil.example\n\
             Received: from evil.example by mx.shop.example\nFrom: {from}\n\
             To: help@shop.example\nSubject: x\nMessage-ID: <m@evil.example>\n{more}\n\nx\n"
        );
        let lists = lists.iter().map(|one| (*one).to_owned()).collect();
        let reading = Reading { lists, ..reading() };
        let letter = super::read(raw.as_bytes(), &reading).unwrap();
        (letter.sender.unwrap().address, letter.verdict.standing)
    };
    let (evil, ana) = ("x@evil.example".to_owned(), "ana@example.org".to_owned());
    let from = "\"Ana via list\" <x@evil.example>";
    let more = "List-Id: <list.evil.example>\nX-Original-From: ana@example.org";
    assert_eq!(read(&[], from, more), (evil.clone(), Standing::Aligned));
    assert_eq!(read(&["@other.example"], from, more), (evil.clone(), Standing::Aligned));
    for lists in ["x@evil.example", "@EVIL.example"] {
        assert_eq!(read(&[lists], from, more), (ana.clone(), Standing::Forwarded), "{lists}");
    }
    let sub = "\"Ana via list\" <x@evil.example.org>";
    assert_eq!(read(&["@evil.example"], sub, more).0, "x@evil.example.org");
}

#[test]
fn what_a_form_mailer_says_of_its_visitor_is_proved_by_nobody() {
    let raw = b"Authentication-Results: mx.shop.example; dmarc=pass header.from=mailer.example\n\
        Received: from mailer.example by mx.shop.example\nFrom: forms@mailer.example\n\
        Reply-To: ana@example.org\nTo: help@shop.example\nMessage-ID: <m@mailer.example>\n\nx\n";
    let letter = super::read(raw, &reading()).unwrap();
    assert_eq!(letter.sender.unwrap().address, "ana@example.org");
    assert_eq!(letter.verdict.standing, Standing::None);
}

#[test]
fn every_sample_has_a_row() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/letters/samples");
    let files = std::fs::read_dir(folder).unwrap();
    for file in files {
        let name = file.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".eml").unwrap();
        assert!(table::ROWS.iter().any(|(row, _)| *row == stem), "{name} has no row");
    }
}

/// A fact about what was read, as a row asks for it.
fn fact(read: &Result<Letter, Unreadable>, what: &str) -> String {
    let letter = match (read, what) {
        (Err(unreadable), "unreadable") => return unreadable.code.to_owned(),
        (Err(unreadable), _) => return format!("unreadable: {unreadable}"),
        (Ok(letter), _) => letter,
    };
    let address = |one: &Option<Mailbox>| one.as_ref().map(|one| one.address.clone());
    let all = |some: &[Mailbox]| {
        some.iter().map(|one| one.address.as_str()).collect::<Vec<&str>>().join(" ")
    };
    let some = match what {
        "subject" => letter.subject.clone().into(),
        "name" => letter.sender.as_ref().map(|one| one.name.clone()),
        "sender" => address(&letter.sender),
        "from" => address(&letter.from),
        "to" => all(&letter.to).into(),
        "reply_to" => all(&letter.reply_to).into(),
        "fresh" => letter.fresh.clone().into(),
        "text" => letter.text.clone().into(),
        "html" => letter.html.clone(),
        "message_id" => letter.message_id.clone().into(),
        "synthetic" => letter.synthetic.to_string().into(),
        "in_reply_to" => letter.in_reply_to.join(" ").into(),
        "references" => letter.references.join(" ").into(),
        "date" => letter.date.to_string().into(),
        "date_header" => letter.date_header.map(|date| date.to_string()),
        "language" => letter.language.map(|language| language.tag().to_owned()),
        "markers" => letter.markers.join(" ").into(),
        "verdict" => letter.verdict.standing.as_str().to_owned().into(),
        "silent" => letter.silent.map(str::to_owned),
        "hold" => letter.hold.as_ref().map(|hold| hold.code.to_owned()),
        "own" => letter.own.clone(),
        "automatic" => letter.automatic.as_ref().map(|one| one.kind.as_str().to_owned()),
        "bounce" => letter.bounce.as_ref().map(bounce),
        "form" => letter.form.as_ref().map(form),
        "forwarded" => letter.forwarded.as_ref().map(|one| one.from.address.clone()),
        "files" => files(&letter.files).into(),
        "problems" => letter.problems.join("; ").into(),
        other => panic!("a row asks for {other}, which nobody knows"),
    };
    some.unwrap_or_default()
}

fn bounce(bounce: &Bounce) -> String {
    format!(
        "{} {} {} {} original={}",
        bounce.class.as_str(),
        bounce.status.as_deref().unwrap_or_default(),
        bounce.recipient.as_deref().unwrap_or_default(),
        if bounce.dead { "dead" } else { "alive" },
        bounce.original.as_deref().unwrap_or_default(),
    )
}

fn form(form: &MailedForm) -> String {
    let fields = form.fields.iter().map(|(field, value)| format!(" {}={value}", field.as_str()));
    let language = form.language.map(base::Language::tag).unwrap_or_default();
    std::iter::once(language.to_owned()).chain(fields).collect()
}

fn files(all: &[Attached]) -> String {
    let one = |file: &Attached| {
        let kind = file.sniffed.unwrap_or(&file.declared);
        let inline = file.inline.as_ref().map(|id| format!(" inline={id}")).unwrap_or_default();
        let source = match file.source {
            Source::Part => String::new(),
            other => format!(" from={}", other.as_str()),
        };
        format!("{} {kind}{inline}{source}", file.safe_name)
    };
    all.iter().map(one).collect::<Vec<String>>().join(", ")
}
