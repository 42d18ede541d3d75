//! Who is looking: the language of the page, the look they chose, and the customer signed in.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use base::id::CustomerId;
use base::{Actor, Language, Secret, Timestamp, Tokens};
use identity::customers::{self, Customer};
use words::Words;

use super::cookies::Keep;
use super::{Address, Trouble};
use crate::house::House;
use crate::layout::{Frame, Place, Theme, Visitor};

/// A visit to a customer page.
pub(crate) struct Visit {
    pub(crate) house: House,
    pub(crate) words: Words,
    pub(crate) now: Timestamp,
    pub(crate) address: Address,
    theme: Theme,
    /// The path behind the language, with its slash.
    rest: String,
    query: Option<String>,
    signed_in: Option<SignedIn>,
    headers: HeaderMap,
}

/// The customer of a visit.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) customer: Customer,
    pub(crate) balance: Tokens,
}

impl FromRequestParts<House> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Visit, Trouble> {
        let (language, rest) = split(parts.uri.path())?;
        let address = parts.extensions.get::<Address>().copied().ok_or(Trouble::Forbidden)?;
        Ok(Visit {
            words: Words::of(language),
            now: house.billing.env.now(),
            address,
            theme: Theme::of(house, &parts.headers),
            rest,
            query: parts.uri.query().map(str::to_owned),
            signed_in: customer_of(house, &parts.headers).await?,
            headers: parts.headers.clone(),
            house: house.clone(),
        })
    }
}

/// The language and the rest of a path; another spelling of a language leads to ours.
fn split(path: &str) -> Result<(Language, String), Trouble> {
    let (tag, rest) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let language: Language = tag.parse().map_err(|_| Trouble::NotFound)?;
    if tag != language.tag() {
        return Err(Trouble::Elsewhere(format!("/{language}/{rest}")));
    }
    Ok((language, format!("/{rest}")))
}

/// The customer whose session this browser carries, with what is in the wallet.
pub(crate) async fn customer_of(
    house: &House,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, Trouble> {
    let Some(secret) = Keep::Customer.read(house, headers) else { return Ok(None) };
    let device = headers.get("user-agent").and_then(|value| value.to_str().ok());
    let secret = Secret::from_text(secret);
    let session = identity::sessions::arrive(&house.identity, &secret, device).await?;
    let mut reader = house.billing.store.read().await?;
    let Some(Actor::Customer(id)) = session.map(|session| session.who) else { return Ok(None) };
    let Some(customer) = customers::find(&mut reader, id).await? else { return Ok(None) };
    drop(reader);
    let wallet = billing::tokens::wallet(&house.billing, id).await?;
    Ok(Some(SignedIn { customer, balance: wallet.balance }))
}

impl Visit {
    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    /// Who is signed in, if anybody is.
    pub(crate) fn signed_in(&self) -> Option<&SignedIn> {
        self.signed_in.as_ref()
    }

    /// Who is signed in; nobody else sees this page.
    pub(crate) fn customer(&self) -> Result<&SignedIn, Trouble> {
        self.signed_in.as_ref().ok_or(Trouble::SignIn)
    }

    /// Whether this customer is signed in.
    pub(crate) fn is(&self, customer: CustomerId) -> bool {
        self.signed_in.as_ref().is_some_and(|who| who.customer.id == customer)
    }

    /// What the browser keeps for us.
    pub(crate) fn kept(&self, keep: Keep) -> Option<String> {
        keep.read(&self.house, &self.headers)
    }

    /// A path on this site in the visit's language.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.words.tag())
    }

    /// What stands around the page.
    pub(crate) fn frame(&self, title: impl Into<String>, place: Place) -> Frame {
        let visitor = self
            .signed_in
            .as_ref()
            .map(|who| Visitor { name: who.customer.name.clone(), balance: who.balance });
        Frame::new(&self.house, self.words, title.into(), place)
            .at(&self.rest, self.query.as_deref())
            .seen_by(visitor, self.theme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_the_language() {
        assert_eq!(split("/da/wallet").unwrap(), (Language::Da, "/wallet".into()));
        assert_eq!(split("/fil").unwrap(), (Language::Fil, "/".into()));
        assert!(matches!(split("/tl/wallet"), Err(Trouble::Elsewhere(to)) if to == "/fil/wallet"));
        assert!(matches!(split("/de-AT/"), Err(Trouble::Elsewhere(to)) if to == "/de/"));
        assert!(matches!(split("/xx/wallet"), Err(Trouble::NotFound)));
        assert!(matches!(split("/"), Err(Trouble::NotFound)));
    }
}
