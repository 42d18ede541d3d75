//! Incidents: processor accounts that do not answer as they should.

pub(crate) mod show;
