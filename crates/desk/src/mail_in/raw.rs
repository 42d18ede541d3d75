//! A mail as it came in, before and after somebody read it, and why one may be held back.

use base::Timestamp;
use base::id::RawMailId;

use store::terms;

/// A mail that came in. Its bytes are in blobs of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMail {
    /// Its id.
    pub id: RawMailId,
    /// The door it came in by: `imap:<name>`, `lmtp`, `api`, `import`.
    pub door: String,
    /// SHA-256 of its bytes, in hex.
    pub hash: String,
    /// How many bytes it has, or was said to have.
    pub size: i64,
    /// The names of its blobs, in order.
    pub blobs: Vec<String>,
    /// Whether the whole mail is here, or only the headers of one that was too large.
    pub extent: Extent,
    /// The return path: empty if it was null, none if the door does not know.
    pub envelope_from: Option<String>,
    /// The recipients of the envelope.
    pub envelope_to: Vec<String>,
    /// When it was taken in.
    pub received_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Why it is, or was, in quarantine.
    pub reason: Option<Reason>,
    /// What failed, where reading it failed.
    pub last_error: Option<String>,
    /// Who wrote it, as far as could be read.
    pub sender: Option<String>,
    /// Its subject, as far as could be read.
    pub subject: Option<String>,
    /// The case it would have gone to.
    pub proposed: Option<String>,
    /// The case it went to.
    pub case: Option<String>,
    /// The message it became.
    pub message: Option<String>,
    /// When its state was last decided.
    pub settled_at: Option<Timestamp>,
    /// Who decided, if a person did.
    pub settled_by: Option<String>,
}

/// How much of a mail is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its headers: it was too large.
    Headers,
}

terms! {
    /// Where a mail that came in stands.
    State {
        /// It is kept and waits to be read.
        Waiting = "waiting",
        /// It became a message of a case.
        Filed = "filed",
        /// It is our own mail that came back to us.
        Own = "own",
        /// It told of a mail of ours that did not arrive.
        Bounce = "bounce",
        /// The same mail had come by another door.
        Twice = "twice",
        /// A person must look at it.
        Quarantined = "quarantined",
        /// A person, or time, has put it away.
        Discarded = "discarded",
    }
}

terms! {
    /// Why a mail is held back for a person to look at.
    Reason {
        /// It could not be read in three tries, or not within its limits.
        Unreadable = "unreadable",
        /// It was too large; only its headers are here.
        TooLarge = "too_large",
        /// It claims to come from one of our own addresses.
        OwnAddress = "own_address",
        /// Its domain forbids this sender, and says to refuse such mail.
        Failed = "failed",
        /// A machine wrote it, and it belongs to no case.
        Automatic = "automatic",
        /// It tells of a mail that did not arrive, and we know of no such mail.
        BounceUnknown = "bounce_unknown",
        /// Too many mails went to and fro in a short time.
        Loop = "loop",
        /// Its domain sends more mail than anybody can read.
        Flood = "flood",
        /// Its sender was blocked by staff.
        Blocked = "blocked",
        /// It looks like spam.
        Spam = "spam",
        /// It names no sender who could be answered.
        NoSender = "no_sender",
    }
}

impl Reason {
    /// What the word means, for staff.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Reason::Unreadable => "It could not be read in three tries. The raw mail is kept.",
            Reason::TooLarge => "It is larger than the limit. Only its headers were fetched.",
            Reason::OwnAddress => "It claims to come from one of our own addresses.",
            Reason::Failed => "Its domain says that this sender is not one of theirs.",
            Reason::Automatic => "A machine wrote it, and it answers no case.",
            Reason::BounceUnknown => "It tells of a mail that did not arrive, but of none of ours.",
            Reason::Loop => "Too many mails went to and fro in a short time: probably a loop.",
            Reason::Flood => "Its domain sent more mail in an hour than the limit.",
            Reason::Blocked => "Its sender is blocked.",
            Reason::Spam => "It looks like spam.",
            Reason::NoSender => "It names no sender who could be answered.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for state in State::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        for reason in Reason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
            assert!(reason.sentence().ends_with('.'));
        }
        assert!("lost".parse::<State>().is_err());
    }
}
