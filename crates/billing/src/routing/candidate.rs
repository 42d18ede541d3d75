//! An account as it stands when a choice is made, and everything that speaks against it.

use base::Money;
use processor::CaptureWhen;
use serde::{Deserialize, Serialize};

use super::facts::{Ask, Bound, Facts, Method, Purpose};
use super::region::Countries;
use super::trace::Trace;
use crate::{Account, AccountStatus};

/// An account as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its key.
    pub account: String,
    /// Whether it takes new payments: as configured, or as staff have switched it.
    pub status: AccountStatus,
    /// What it takes; nothing listed means any.
    pub currencies: Option<Vec<String>>,
    /// Whose customers it takes.
    pub countries: Countries,
    /// Whose customers it does not take.
    pub excluded_countries: Countries,
    /// What it may and can be used for.
    pub purposes: Vec<Purpose>,
    /// How it can be paid with.
    pub methods: Vec<Method>,
    /// Whether it can hold money first and take it later.
    #[serde(default)]
    pub holds: bool,
    /// Its limit in the payment's currency.
    pub limit: Option<Limit>,
    /// Who of ours holds the contract.
    pub legal_entity: Option<String>,
    /// Its calls have failed too often just now.
    pub breaker_open: bool,
    /// How this payment has fared with it.
    pub history: History,
}

/// A limit and how much of it is used, in minor units of the payment's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The least of one payment.
    pub least: Option<i64>,
    /// The most of one payment.
    pub most: Option<i64>,
    /// The most of a day.
    pub day: Option<i64>,
    /// The most of a month.
    pub month: Option<i64>,
    /// Taken or begun today.
    pub today: i64,
    /// Taken or begun this month.
    pub this_month: i64,
}

/// How a payment has fared with an account so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// It was not asked, or nothing speaks against asking again.
    Fresh,
    /// It could not be reached.
    Technical,
    /// It said a no that another may answer otherwise.
    Declined,
    /// It was asked a moment ago.
    JustNow,
}

/// What speaks against an account, as a stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A rule names an account that is not there.
    NotConfigured,
    /// Only one account may be asked, and it is another.
    Bound,
    /// It takes no new payments.
    Status,
    /// Not in this currency.
    Currency,
    /// Not from this country.
    Country,
    /// Not for this.
    Purpose,
    /// Not by this way of paying.
    Method,
    /// Too little, too much, or too much in all.
    Limit,
    /// Another of our companies holds its contract.
    LegalEntity,
    /// Its calls have failed too often.
    BreakerOpen,
    /// It was asked a moment ago.
    Tried,
}

/// Something that speaks against an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Which account.
    pub account: String,
    /// What.
    pub why: Why,
    /// The same in a sentence for staff.
    pub says: String,
}

impl Candidate {
    /// An account as it stands, before anything is known of a payment.
    #[must_use]
    pub fn of(account: &Account) -> Candidate {
        let can = account.connector.capabilities();
        let able = |purpose: &Purpose| match purpose {
            Purpose::Tokens | Purpose::Order => true,
            Purpose::Subscription => can.recurring || (can.stored_card && can.server_charge),
            Purpose::Tab => can.tab.is_some(),
        };
        let listed = |purpose: &Purpose| {
            account.terms.purposes.is_empty() || account.terms.purposes.contains(purpose)
        };
        let methods = [
            (Method::Page, can.hosted_page),
            (Method::Stored, can.server_charge && can.stored_card),
            (Method::GooglePay, can.google_pay.is_some()),
            (Method::Token, can.server_charge),
        ];
        Candidate {
            account: account.key.clone(),
            status: account.status,
            currencies: account.currencies(),
            countries: account.terms.countries.clone(),
            excluded_countries: account.terms.excluded_countries.clone(),
            purposes: Purpose::ALL
                .into_iter()
                .filter(|purpose| able(purpose) && listed(purpose))
                .collect(),
            methods: methods.into_iter().filter(|(_, able)| *able).map(|(one, _)| one).collect(),
            holds: can.manual_capture,
            limit: None,
            legal_entity: account.terms.legal_entity.clone(),
            breaker_open: false,
            history: History::Fresh,
        }
    }

    /// Everything that speaks against it.
    pub(super) fn against(&self, ask: &Ask) -> Vec<Exclusion> {
        let found = [
            (Why::Bound, self.bound(&ask.bound)),
            (Why::Status, self.closed()),
            (Why::Currency, self.currency(ask.facts.amount)),
            (Why::Country, self.country(&ask.facts)),
            (Why::Purpose, self.purpose(&ask.facts)),
            (Why::Method, self.method(&ask.facts)),
            (Why::Limit, self.limit(ask.facts.amount)),
            (Why::LegalEntity, self.entity(&ask.facts)),
            (Why::BreakerOpen, self.breaker()),
            (Why::Tried, self.tried()),
        ];
        let exclusion = |(why, says): (Why, Option<String>)| {
            says.map(|says| Exclusion { account: self.account.clone(), why, says })
        };
        found.into_iter().filter_map(exclusion).collect()
    }

    fn bound(&self, bound: &Bound) -> Option<String> {
        bound.account().filter(|only| *only != self.account).map(|_| bound.says())
    }

    fn closed(&self) -> Option<String> {
        match self.status {
            AccountStatus::Live => None,
            AccountStatus::Drain => Some("it only finishes what has begun".to_owned()),
            AccountStatus::Paused => Some("it is paused".to_owned()),
        }
    }

    fn currency(&self, amount: Money) -> Option<String> {
        let listed = self.currencies.as_ref()?;
        let code = amount.currency.code();
        (!listed.iter().any(|one| one == code))
            .then(|| format!("it does not take {code}, only {}", listed.join(", ")))
    }

    fn country(&self, facts: &Facts) -> Option<String> {
        let Some(country) = facts.country.as_deref() else {
            return (!self.countries.is_empty()).then(|| {
                format!("it takes only {}, and where the customer is is not known", self.countries)
            });
        };
        if self.excluded_countries.hold(country) {
            return Some(format!("it takes nobody from {country}"));
        }
        (!self.countries.is_empty() && !self.countries.hold(country))
            .then(|| format!("it takes only {}, not {country}", self.countries))
    }

    fn purpose(&self, facts: &Facts) -> Option<String> {
        (!self.purposes.contains(&facts.purpose))
            .then(|| format!("it is not used, or not able, to collect for: {}", facts.purpose))
    }

    fn method(&self, facts: &Facts) -> Option<String> {
        if facts.capture == CaptureWhen::Later && !self.holds {
            return Some("it cannot hold money first and take it later".to_owned());
        }
        (!self.methods.contains(&facts.method))
            .then(|| format!("it cannot be paid with: {}", facts.method.as_str()))
    }

    fn limit(&self, amount: Money) -> Option<String> {
        let limit = self.limit?;
        let sum = |minor| Money::new(minor, amount.currency);
        let after = |used: i64| used.saturating_add(amount.minor);
        if let Some(least) = limit.least.filter(|least| amount.minor < *least) {
            return Some(format!("it takes no less than {}", sum(least)));
        }
        if let Some(most) = limit.most.filter(|most| amount.minor > *most) {
            return Some(format!("it takes no more than {} at once", sum(most)));
        }
        if let Some(day) = limit.day.filter(|day| after(limit.today) > *day) {
            return Some(format!("{} of its {} a day are used", sum(limit.today), sum(day)));
        }
        let month = limit.month.filter(|month| after(limit.this_month) > *month)?;
        Some(format!("{} of its {} a month are used", sum(limit.this_month), sum(month)))
    }

    fn entity(&self, facts: &Facts) -> Option<String> {
        let (own, begun) = (self.legal_entity.as_ref()?, facts.legal_entity.as_ref()?);
        (own != begun).then(|| {
            format!("its contract is with {own}, and the customer has begun to deal with {begun}")
        })
    }

    fn breaker(&self) -> Option<String> {
        self.breaker_open.then(|| "breaker open: its calls have failed too often".to_owned())
    }

    fn tried(&self) -> Option<String> {
        (self.history == History::JustNow).then(|| "it was asked a moment ago".to_owned())
    }
}

impl Trace {
    /// Whether nothing but open breakers stands in the way of at least one account.
    pub(super) fn only_breakers(&self) -> bool {
        self.ask.candidates.iter().any(|candidate| {
            let mut against = self.against(&candidate.account).peekable();
            against.peek().is_some() && against.all(|one| one.why == Why::BreakerOpen)
        })
    }
}
