//! An incident, as it is kept and as the public hears of it.

use base::Timestamp;
use base::id::{CaseId, IncidentId};

/// A time in which a processor account does not answer as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The account, by its key.
    pub account: String,
    /// How it was noticed, in a sentence for staff.
    pub why: String,
    /// The case that was opened for it.
    pub case: CaseId,
    /// When it was noticed.
    pub began_at: Timestamp,
    /// When the account was last seen to do badly.
    pub bad_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// An open incident as pages tell of it: to the public as little as helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIncident {
    /// The account, by its key.
    pub account: String,
    /// Since when.
    pub since: Timestamp,
    /// The case staff keep for it; nothing for the public.
    pub case: CaseId,
    /// The id of the text that tells of it, see the file `incident` of the texts.
    pub text: &'static str,
}

/// The text that tells of an incident.
pub(super) const TEXT: &str = "incident-trouble";
