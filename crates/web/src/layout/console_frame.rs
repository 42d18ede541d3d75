//! The frame of a console page: who works, where they are, and what they may reach.

use base::{Language, Money, Timestamp, Tokens};
use identity::staff::Staff;
use words::Words;

use super::Theme;
use crate::assets;
use crate::console::permit::{self, Deed};
use crate::parts::Markup;

/// What stands around a console page.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleFrame {
    pub(crate) site: String,
    pub(crate) title: String,
    pub(crate) theme: Theme,
    pub(crate) staff: Option<Staff>,
    pub(crate) test_mode: bool,
    /// The first part of the path behind `/console/`.
    pub(crate) place: String,
    /// Where one comes back to after changing the look.
    pub(crate) here: String,
}

/// An entry of the console's menu.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    pub(crate) path: &'static str,
    pub(crate) icon: &'static str,
}

const fn entry(
    name: &'static str,
    place: &'static str,
    path: &'static str,
    icon: &'static str,
) -> Entry {
    Entry { name, place, path, icon }
}

static MENU: [Entry; 18] = [
    entry("Inbox", "inbox", "/console/inbox", "chat"),
    entry("Chats", "chats", "/console/chats", "person"),
    entry("Home", "", "/console", "bank"),
    entry("Payments", "payments", "/console/payments", "receipt"),
    entry("Notices", "notices", "/console/notices", "alert"),
    entry("Processors", "processors", "/console/processors", "wallet"),
    entry("Routing", "routing", "/console/routing", "arrow"),
    entry("Customers", "customers", "/console/customers", "person"),
    entry("Help", "help", "/console/help", "question"),
    entry("Answers", "answers", "/console/answers", "chat"),
    entry("Macros", "macros", "/console/macros", "arrow"),
    entry("Ratings", "surveys", "/console/surveys", "heart"),
    entry("Incidents", "incidents", "/console/incidents", "alert"),
    entry("Mail", "mail", "/console/mail", "mail"),
    entry("Jobs", "jobs", "/console/jobs", "clock"),
    entry("Audit log", "audit", "/console/audit", "lock"),
    entry("Forgetting", "erasures", "/console/erasures", "moon"),
    entry("People", "people", "/console/people", "lock"),
];

impl ConsoleFrame {
    /// The menu, without what this person may not see.
    pub(crate) fn menu(&self) -> Vec<&'static Entry> {
        let Some(staff) = &self.staff else { return Vec::new() };
        let may = |entry: &&Entry| match entry.place {
            "people" => permit::may(staff.role, Deed::ManagePeople),
            "surveys" => permit::may(staff.role, Deed::ReadReports),
            "audit" => permit::may(staff.role, Deed::ReadAudit),
            "erasures" => permit::may(staff.role, Deed::Hold),
            _ => true,
        };
        MENU.iter().filter(may).collect()
    }

    /// Whether the page is in that place.
    pub(crate) fn is_at(&self, place: &str) -> bool {
        self.place == place || (place == "inbox" && self.place == "cases")
    }

    /// A file of ours.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon.
    pub(crate) fn icon(&self, name: &str) -> Markup {
        crate::parts::icon(name)
    }

    /// A sum.
    pub(crate) fn money(&self, sum: &Money) -> String {
        Words::of(Language::En).money(*sum)
    }

    /// A number of tokens.
    pub(crate) fn tokens(&self, count: &Tokens) -> String {
        Words::of(Language::En).number(count.count())
    }

    /// A whole number.
    pub(crate) fn number(&self, count: &i64) -> String {
        Words::of(Language::En).number(*count)
    }

    /// A time, short and sortable.
    pub(crate) fn time(&self, at: &Timestamp) -> String {
        at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
    }
}
