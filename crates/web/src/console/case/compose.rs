//! The composer: one for all threads, with the colour and the word of the one it writes to.

use base::id::CreatorId;
use desk::cases::{Case, Thread, ThreadKind, To};
use desk::inbox::Draft;
use desk::permits::Permit;

use super::compose_window::Messenger;
use super::inserts::Insert;
use super::line::Line;
use super::words;
use crate::console::shift::Shift;

/// What the composer shows.
pub(crate) struct Composer {
    pub(crate) to: ThreadKind,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) text: String,
    /// The last event of the case that is on the page.
    pub(crate) seen: i64,
    /// Which creators or processor accounts can be written to.
    pub(crate) partners: Vec<Partner>,
    pub(crate) partner: Option<String>,
    /// Why nothing can be sent here.
    pub(crate) no: Option<&'static str>,
    /// What was wrong with what was sent.
    pub(crate) slip: Option<String>,
    /// What came while the answer was written.
    pub(crate) newer: Vec<Line>,
    /// Answers that are ready.
    pub(crate) inserts: Vec<Insert>,
    /// Drafts of colleagues in the same thread.
    pub(crate) theirs: Vec<Theirs>,
    /// The messenger that the answer goes over.
    pub(crate) messenger: Option<Messenger>,
}

/// A thread to write to.
pub(crate) struct Tab {
    pub(crate) kind: ThreadKind,
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
    pub(crate) command: &'static str,
    /// Something is written and not sent.
    pub(crate) draft: bool,
}

/// A creator or a processor account.
pub(crate) struct Partner {
    pub(crate) key: String,
    pub(crate) name: String,
    /// Why it cannot be written to.
    pub(crate) no: Option<&'static str>,
}

/// What a colleague has begun to write.
pub(crate) struct Theirs {
    pub(crate) staff: base::id::StaffId,
    pub(crate) name: String,
    pub(crate) ago: String,
}

impl Composer {
    /// The composer of a thread, with what was written there before.
    pub(crate) fn of(
        shift: &Shift,
        case: &Case,
        to: ThreadKind,
        drafts: &[Draft],
        partners: Vec<Partner>,
    ) -> Composer {
        let own = |kind| {
            drafts
                .iter()
                .find(move |draft| draft.of.thread == kind && draft.of.staff == shift.staff.id)
        };
        let tab = |kind, key, command| Tab {
            kind,
            name: words::thread(kind),
            key,
            command,
            draft: own(kind).is_some(),
        };
        let draft = own(to);
        Composer {
            tabs: vec![
                tab(ThreadKind::Customer, "r", "Answer the customer"),
                tab(ThreadKind::Internal, "n", "Write a note"),
                tab(ThreadKind::Creator, "c", "Write to the creator"),
                tab(ThreadKind::Processor, "p", "Write to the processor"),
            ],
            text: draft.map(|draft| draft.text.clone()).unwrap_or_default(),
            partner: draft.and_then(|draft| draft.partner.clone()),
            seen: case.seq,
            partners,
            no: no(shift, case, to),
            slip: None,
            newer: Vec::new(),
            inserts: Vec::new(),
            theirs: Vec::new(),
            messenger: None,
            to,
        }
    }

    /// What the field is called.
    pub(crate) fn label(&self) -> &'static str {
        match self.to {
            ThreadKind::Customer => "Answer to the customer",
            ThreadKind::Internal => "Note for colleagues",
            ThreadKind::Creator => "Message to the creator",
            ThreadKind::Processor => "Message to the processor",
        }
    }

    /// Who reads what is written here.
    pub(crate) fn readers(&self) -> &'static str {
        match self.to {
            ThreadKind::Customer => "The customer reads this.",
            ThreadKind::Internal => "Only staff read this.",
            ThreadKind::Creator => "The creator reads this. Leave out names, addresses and cards.",
            ThreadKind::Processor => {
                "The processor’s people read this. The case’s reference goes with it."
            }
        }
    }

    /// What the button says.
    pub(crate) fn button(&self) -> &'static str {
        if self.to == ThreadKind::Internal { "Keep the note" } else { "Send" }
    }

    /// Shows the messenger that the answer goes over. Where nothing may leave over it, nothing is
    /// sent.
    pub(crate) fn over(&mut self, messenger: Option<Messenger>) {
        self.messenger = messenger;
        let over = self.messenger.as_ref().and_then(|one| one.over.as_ref());
        if over.is_some_and(|over| over.approved.is_empty()) {
            self.no = self.no.or(Some("No approved text is set up."));
        }
    }

    /// Whether only approved texts may leave.
    pub(crate) fn is_over(&self) -> bool {
        self.messenger.as_ref().is_some_and(|one| one.over.is_some())
    }

    pub(crate) fn is_to_customer(&self) -> bool {
        self.to == ThreadKind::Customer
    }

    /// Whether staff say where those who read this get their mail: of creators it is not known.
    pub(crate) fn asks_reach(&self) -> bool {
        self.to == ThreadKind::Creator && !self.lacks_partner()
    }

    pub(crate) fn is_chosen(&self, key: &str) -> bool {
        self.partner.as_deref() == Some(key)
    }

    /// Whether there is nobody to choose in a thread that needs somebody.
    pub(crate) fn lacks_partner(&self) -> bool {
        matches!(self.to, ThreadKind::Creator | ThreadKind::Processor) && self.partners.is_empty()
    }
}

/// Why nothing can be sent, if so.
fn no(shift: &Shift, case: &Case, to: ThreadKind) -> Option<&'static str> {
    if case.merged_into.is_some() {
        return Some("This case is part of another one now: answer there.");
    }
    shift.no(match to {
        ThreadKind::Customer => Permit::Reply,
        ThreadKind::Internal => Permit::Note,
        ThreadKind::Creator | ThreadKind::Processor => Permit::WriteToThirds,
    })
}

/// Where a message goes, by the words of the form.
pub(crate) fn read_to(kind: ThreadKind, partner: &str) -> Option<To> {
    match kind {
        ThreadKind::Customer => Some(To::Customer),
        ThreadKind::Internal => Some(To::Internal),
        ThreadKind::Creator => partner.parse::<CreatorId>().ok().map(To::Creator),
        ThreadKind::Processor if partner.is_empty() => None,
        ThreadKind::Processor => Some(To::Processor(partner.to_owned())),
    }
}

/// Who can be written to in a thread: those of the case first, then all others.
pub(crate) fn ordered(mut all: Vec<Partner>, threads: &[Thread], first: &[String]) -> Vec<Partner> {
    let rank = |one: &Partner| {
        let has_thread = threads.iter().any(|thread| thread.partner.as_ref() == Some(&one.key));
        (!has_thread, !first.contains(&one.key), one.no.is_some())
    };
    all.sort_by_key(rank);
    all
}
