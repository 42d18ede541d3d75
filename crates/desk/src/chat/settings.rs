//! How chat is set up: channels, a calendar, and how long somebody may wait or be silent.

use base::{Secret, SignedDuration};

use crate::care::Calendar;

/// How chat is set up. Without a channel there is no chat.
#[derive(Clone, Debug)]
pub struct ChatSettings {
    /// Each site, or part of one, that shows the widget.
    pub channels: Vec<Channel>,
    /// When the desk answers at once.
    pub calendar: Calendar,
    /// How soon somebody is answered; after it the visitor is offered other doors.
    pub promise: SignedDuration,
    /// A chat is offered to one of staff for so long, then to the next.
    pub offer: SignedDuration,
    /// Whoever lets so many offers pass in a row is set away.
    pub misses: i64,
    /// So many visitors one of staff talks with at once, before no more are offered.
    pub at_once: i64,
    /// An answer nobody has looked at for so long goes by mail, where an address is proved.
    pub mail_after: SignedDuration,
    /// A visitor of whom nothing is heard for so long has left.
    pub left_after: SignedDuration,
}

impl Default for ChatSettings {
    fn default() -> ChatSettings {
        ChatSettings {
            channels: Vec::new(),
            calendar: Calendar::default(),
            promise: SignedDuration::from_mins(3),
            offer: SignedDuration::from_secs(45),
            misses: 3,
            at_once: 4,
            mail_after: SignedDuration::from_mins(5),
            left_after: SignedDuration::from_mins(10),
        }
    }
}

/// A site, or part of one, that shows the widget.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name in the page that embeds it.
    pub key: String,
    /// What visitors read above the chat.
    pub name: String,
    /// Where its pages come from: `https://www.example.com`, scheme and port included.
    pub origins: Vec<String>,
    /// Signs what the host site vouches for; without it everybody is a stranger.
    pub secret: Option<Secret>,
}

impl ChatSettings {
    /// The channel with this name.
    #[must_use]
    pub fn channel(&self, key: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.key == key)
    }

    /// Whether a page from there may speak to any channel.
    #[must_use]
    pub fn knows(&self, origin: &str) -> bool {
        self.channels.iter().any(|channel| channel.admits(origin))
    }
}

impl Channel {
    /// Whether a page from there may show this channel.
    #[must_use]
    pub fn admits(&self, origin: &str) -> bool {
        self.origins.iter().any(|listed| listed.eq_ignore_ascii_case(origin))
    }
}
