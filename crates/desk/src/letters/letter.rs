//! The noun: a mail as it was understood, and what the reader must know beside its bytes.

use base::{Language, Timestamp};

use super::classify::{Automatic, Bounce};
use super::files::Attached;
use super::form::MailedForm;
use super::forwarded::Forwarded;
use super::header::Mailbox;
use super::verdict::Verdict;

/// What the reader must know beside the bytes.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// When it came.
    pub now: Timestamp,
    /// Hosts on the right side of our own Message-IDs.
    pub own_hosts: Vec<String>,
    /// Addresses of our own mailboxes.
    pub own_addresses: Vec<String>,
    /// The name under which our receiving server signs its `Authentication-Results`. Without it,
    /// nobody's word about a sender is taken.
    pub authserv: Option<String>,
    /// Addresses of form mailers: of theirs, and only of theirs, Reply-To is who wrote.
    pub form_mailers: Vec<String>,
    /// The sender of the envelope, where the door knows it: empty if it was null. What a header
    /// says about it then is a claim of whoever sent the mail.
    pub envelope_from: Option<String>,
    /// Mailing lists that write their own address into From, each as an address or as `@` and a
    /// domain: of theirs, and only of theirs, X-Original-From is who wrote.
    pub lists: Vec<String>,
}

/// A mail as it was understood.
#[derive(Clone, Debug)]
pub struct Letter {
    /// As sent, without blanks and without one pair of brackets.
    pub message_id: String,
    /// There was no Message-ID, and this one was made from the SHA-256 of the bytes.
    pub synthetic: bool,
    /// What it answers.
    pub in_reply_to: Vec<String>,
    /// The thread it stands in, oldest first.
    pub references: Vec<String>,
    /// When it was written, or when it came if its own date is absurd.
    pub date: Timestamp,
    /// The date as its header says, if that can be read.
    pub date_header: Option<Timestamp>,
    /// The first author. Its address may be empty: then nobody can be answered.
    pub from: Option<Mailbox>,
    /// Who wrote it, after mailing lists that write their own name into From.
    pub sender: Option<Mailbox>,
    /// Why the sender is another than From.
    pub sender_why: Option<String>,
    /// Where answers are to go.
    pub reply_to: Vec<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Where bounces go: the sender of the envelope.
    pub return_path: ReturnPath,
    /// Recipients the servers noted on the way, in the order they are to be believed.
    pub delivered_to: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// The whole text, also what is quoted.
    pub text: String,
    /// The new text: the whole without quotes and signature; the whole, if nothing would be left.
    pub fresh: String,
    /// HTML that is safe to show, if there was any within the limits.
    pub html: Option<String>,
    /// Attachments and inline pictures.
    pub files: Vec<Attached>,
    /// It was not typed by a person for us.
    pub automatic: Option<Automatic>,
    /// It reports on a mail that was sent earlier.
    pub bounce: Option<Bounce>,
    /// It claims to be a mail of ours that came back; why.
    pub own: Option<String>,
    /// What our receiving server found out about the sender.
    pub verdict: Verdict,
    /// The ticket form, filled in by mail.
    pub form: Option<MailedForm>,
    /// The mail that was forwarded within this one.
    pub forwarded: Option<Forwarded>,
    /// The language it seems to be written in.
    pub language: Option<Language>,
    /// Values of our hidden markers, from its HTML and its text: they are claims, to be verified.
    pub markers: Vec<String>,
    /// Why it must get no automatic answer, if it must not.
    pub silent: Option<&'static str>,
    /// Why a person should look before it becomes a case, as far as the mail itself tells.
    pub hold: Option<Hold>,
    /// Servers it has passed.
    pub hops: usize,
    /// SHA-256 of the raw bytes, in hex.
    pub sha256: String,
    /// What was broken and was mended or left out.
    pub problems: Vec<String>,
}

/// The sender of the envelope, as the receiving server noted it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReturnPath {
    /// Not noted.
    #[default]
    Unknown,
    /// Empty: answers would go nowhere.
    Null,
    /// An address.
    Of(String),
}

/// Why a person should look first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// A stable word.
    pub code: &'static str,
    /// A sentence.
    pub why: String,
}

impl Hold {
    pub(super) fn new(code: &'static str, why: impl Into<String>) -> Hold {
        Hold { code, why: why.into() }
    }
}

/// The bytes cannot be read as a mail, or are beyond a limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Unreadable {
    /// A stable word.
    pub code: &'static str,
    /// A sentence.
    pub why: String,
}

impl Unreadable {
    pub(super) fn new(code: &'static str, why: impl Into<String>) -> Unreadable {
        Unreadable { code, why: why.into() }
    }
}
