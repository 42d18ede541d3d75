//! What a key may do: to read or to write in one area of the API.

use std::fmt;
use std::str::FromStr;

use base::{Kind, Refusal};

/// Not a scope.
const REFUSED: Refusal = Refusal::new(
    Kind::Malformed,
    "scope_unknown",
    "a scope is an area (customers, creators, catalog, payments, wallets, tips, events, webhooks, \
     cases, case_notes, mail) with :read or :write, such as payments:read",
);

/// One area of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Who buys.
    Customers,
    /// Who earns.
    Creators,
    /// What is sold.
    Catalog,
    /// Checkouts and payments.
    Payments,
    /// What customers have.
    Wallets,
    /// What customers give.
    Tips,
    /// What happened.
    Events,
    /// Who is told what happened.
    Webhooks,
    /// What customers ask and are answered.
    Cases,
    /// What staff write among themselves about it.
    CaseNotes,
    /// Mail that came in.
    Mail,
}

impl Area {
    /// All of them.
    pub const ALL: [Area; 11] = [
        Area::Customers,
        Area::Creators,
        Area::Catalog,
        Area::Payments,
        Area::Wallets,
        Area::Tips,
        Area::Events,
        Area::Webhooks,
        Area::Cases,
        Area::CaseNotes,
        Area::Mail,
    ];

    const fn word(self) -> &'static str {
        match self {
            Area::Customers => "customers",
            Area::Creators => "creators",
            Area::Catalog => "catalog",
            Area::Payments => "payments",
            Area::Wallets => "wallets",
            Area::Tips => "tips",
            Area::Events => "events",
            Area::Webhooks => "webhooks",
            Area::Cases => "cases",
            Area::CaseNotes => "case_notes",
            Area::Mail => "mail",
        }
    }
}

/// To look, or to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To look.
    Read,
    /// To change; whoever may change may look too.
    Write,
}

/// One thing a key may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Where.
    pub area: Area,
    /// What.
    pub access: Access,
}

impl Scope {
    /// To look in an area.
    #[must_use]
    pub const fn read(area: Area) -> Scope {
        Scope { area, access: Access::Read }
    }

    /// To change something in an area.
    #[must_use]
    pub const fn write(area: Area) -> Scope {
        Scope { area, access: Access::Write }
    }

    const fn bit(self) -> u32 {
        1 << (self.area as u32 * 2 + self.access as u32)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let access = match self.access {
            Access::Read => "read",
            Access::Write => "write",
        };
        write!(out, "{}:{access}", self.area.word())
    }
}

impl FromStr for Scope {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Scope, Refusal> {
        let all = Area::ALL.into_iter().flat_map(|area| [Scope::read(area), Scope::write(area)]);
        let mut all = all;
        all.find(|scope| scope.to_string() == text).ok_or(REFUSED.at("scopes"))
    }
}

/// Everything a key may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u32);

impl Scopes {
    /// Everything there is.
    #[must_use]
    pub fn all() -> Scopes {
        Area::ALL.into_iter().map(Scope::write).collect()
    }

    /// Reads scopes such as `payments:read`.
    ///
    /// # Errors
    /// Refused at the first word that is none.
    pub fn checked<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Scopes, Refusal> {
        words.into_iter().map(str::parse::<Scope>).collect()
    }

    /// Whether this is allowed.
    #[must_use]
    pub const fn allow(self, scope: Scope) -> bool {
        let write = Scope::write(scope.area).bit();
        self.0 & scope.bit() != 0 || self.0 & write != 0
    }

    /// The scopes, one by one.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        let both = |area| [Scope::read(area), Scope::write(area)];
        let all = Area::ALL.into_iter().flat_map(both);
        all.filter(move |scope| self.0 & scope.bit() != 0)
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Scopes {
        Scopes(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.iter().map(|scope| scope.to_string()).collect();
        out.write_str(&words.join(" "))
    }
}

impl FromStr for Scopes {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Scopes, Refusal> {
        Scopes::checked(text.split_whitespace())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_their_text_form() {
        let scopes: Scopes = "tips:write payments:read".parse().unwrap();
        assert_eq!(scopes.to_string(), "payments:read tips:write");
        assert_eq!(Scopes::all().iter().count(), 11);
        assert_eq!(Scopes::all().to_string().parse(), Ok(Scopes::all()));
        assert_eq!("money:print".parse::<Scopes>().unwrap_err().code, "scope_unknown");
    }

    #[test]
    fn who_may_write_may_read_and_nothing_else() {
        let scopes: Scopes = "tips:write payments:read".parse().unwrap();
        assert!(scopes.allow(Scope::read(Area::Tips)) && scopes.allow(Scope::write(Area::Tips)));
        assert!(scopes.allow(Scope::read(Area::Payments)));
        assert!(!scopes.allow(Scope::write(Area::Payments)));
        assert!(!scopes.allow(Scope::read(Area::Wallets)));
        assert!(!Scopes::default().allow(Scope::read(Area::Events)));
    }
}
