//! What is known of a customer.

use base::id::CustomerId;
use base::{Kind, Language, Refusal, Timestamp};
use serde_json::json;

use crate::{CountryCode, Email, ExternalRef, Name};

/// The tag names no language that Paydesk speaks.
const LANGUAGE_UNKNOWN: Refusal =
    Refusal::new(Kind::Malformed, "language_unknown", "language is one of en, fr, de, da, fil");

/// Somebody who buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Our id.
    pub id: CustomerId,
    /// The host site's own id of the same person, if it gave one.
    pub external_ref: Option<String>,
    /// Where receipts go.
    pub email: Option<String>,
    /// What to call them.
    pub name: Option<String>,
    /// The language of pages and mails.
    pub language: Language,
    /// Two letters of ISO 3166-1.
    pub country: Option<String>,
    /// How often it was written: 1 when new.
    pub version: i64,
    /// Since when we know them.
    pub created_at: Timestamp,
}

impl Customer {
    /// The customer as events and the API show them.
    #[must_use]
    pub fn snapshot(&self) -> serde_json::Value {
        json!({
            "id": self.id,
            "external_ref": self.external_ref,
            "email": self.email,
            "name": self.name,
            "language": self.language,
            "country": self.country,
            "created_at": self.created_at,
        })
    }
}

/// What somebody wrote about a customer, unread.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The host site's own id.
    pub external_ref: Option<String>,
    /// A mail address.
    pub email: Option<String>,
    /// A name.
    pub name: Option<String>,
    /// A language tag; English if there is none.
    pub language: Option<String>,
    /// A country code.
    pub country: Option<String>,
}

/// A customer to be, with every field read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCustomer {
    /// The host site's own id.
    pub external_ref: Option<ExternalRef>,
    /// Where receipts go.
    pub email: Option<Email>,
    /// What to call them.
    pub name: Option<Name>,
    /// The language of pages and mails.
    pub language: Language,
    /// Where they are.
    pub country: Option<CountryCode>,
}

impl NewCustomer {
    /// Reads what was written.
    ///
    /// # Errors
    /// Refused at the first field that makes no sense.
    pub fn checked(form: Form) -> Result<NewCustomer, Refusal> {
        let Form { external_ref, email, name, language, country } = form;
        Ok(NewCustomer {
            external_ref: external_ref.as_deref().map(reference).transpose()?,
            email: email.as_deref().map(address).transpose()?,
            name: name.as_deref().map(named).transpose()?,
            language: language.as_deref().map(spoken).transpose()?.unwrap_or_default(),
            country: country.as_deref().map(located).transpose()?,
        })
    }
}

pub(super) fn reference(written: &str) -> Result<ExternalRef, Refusal> {
    ExternalRef::checked(written).map_err(|refusal| refusal.at("external_ref"))
}

pub(super) fn address(written: &str) -> Result<Email, Refusal> {
    Email::checked(written).map_err(|refusal| refusal.at("email"))
}

pub(super) fn named(written: &str) -> Result<Name, Refusal> {
    Name::checked(written).map_err(|refusal| refusal.at("name"))
}

pub(super) fn spoken(written: &str) -> Result<Language, Refusal> {
    written.parse().map_err(|_| LANGUAGE_UNKNOWN.at("language"))
}

pub(super) fn located(written: &str) -> Result<CountryCode, Refusal> {
    CountryCode::checked(written).map_err(|refusal| refusal.at("country"))
}
