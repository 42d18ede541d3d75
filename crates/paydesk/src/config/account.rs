//! A processor account as an operator writes it, and the terms of its contract read from that.

use base::{Currency, Money};
use billing::routing::{AccountLimit, Countries, Fees, Purpose, Terms};
use processor::SupportContact;
use serde::Deserialize;

/// One processor account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// Its name here: in addresses, in the books, in the console. Letters, digits and dashes.
    pub key: String,
    /// Which connector: `sandbox`, `segpay`.
    pub kind: String,
    /// What customers read on their statement, exactly.
    pub descriptor: String,
    /// ISO 4217 codes it takes; empty for any.
    #[serde(default)]
    pub currencies: Vec<String>,
    /// `live`, `drain` (finishes what has begun) or `paused`.
    #[serde(default)]
    pub status: Status,
    /// Whose customers it takes: ISO 3166 countries or `EU`; empty for anybody's.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Whose customers it does not take.
    #[serde(default)]
    pub excluded_countries: Vec<String>,
    /// What it is used for: `tokens`, `subscription`, `tab`, `order`; empty for all it can do.
    #[serde(default)]
    pub purposes: Vec<Purpose>,
    /// How much it takes, one limit a currency.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// What the house keeps of a payment.
    #[serde(default)]
    pub fees: Option<Fee>,
    /// Who of yours holds the contract; all attempts of one payment stay with one of them.
    #[serde(default)]
    pub legal_entity: Option<String>,
    /// What it pays out in.
    #[serde(default)]
    pub settlement_currency: Option<String>,
    /// What you know better about the house's support than the connector.
    #[serde(default)]
    pub support: SupportContact,
    /// What the connector needs; its guide lists the keys.
    #[serde(default)]
    pub settings: serde_json::Value,
}

/// Whether an account takes new payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Takes new payments.
    #[default]
    Live,
    /// Finishes what has begun.
    Drain,
    /// Takes none.
    Paused,
}

/// How much an account takes in one currency. Sums are texts such as `"500.00"`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Of which currency.
    pub currency: String,
    /// The least of one payment.
    pub min: Option<String>,
    /// The most of one payment.
    pub max: Option<String>,
    /// The most of a day, UTC.
    pub day: Option<String>,
    /// The most of a calendar month, UTC.
    pub month: Option<String>,
}

/// What a house keeps of a payment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// The part, in hundredths of a per cent: 1290 is 12.9 %.
    #[serde(default)]
    pub basis_points: u32,
    /// What is added: sums by currency, `{ USD = "0.35" }`.
    #[serde(default)]
    pub fixed: std::collections::BTreeMap<String, String>,
}

/// All of a payment, in hundredths of a per cent.
const WHOLE: u32 = 10_000;

impl Processor {
    /// The terms of its contract.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub fn terms(&self) -> Result<Terms, String> {
        let countries = |key: &str, list: &[String]| {
            Countries::read(list.to_vec()).map_err(|why| format!("{key}: {why}"))
        };
        let limits = self.limits.iter().enumerate();
        let limits =
            limits.map(|(nth, limit)| limit.read().map_err(|why| format!("limits[{nth}].{why}")));
        let limits = limits.collect::<Result<Vec<_>, String>>()?;
        for (nth, limit) in limits.iter().enumerate() {
            if limits[..nth].iter().any(|other| other.currency == limit.currency) {
                return Err(format!("limits[{nth}]: {} has a limit already", limit.currency));
            }
        }
        let settles = self.settlement_currency.as_deref();
        let settles = settles.map(|code| currency("settlement_currency", code)).transpose()?;
        let entity = self.legal_entity.as_deref().map(str::trim);
        if entity.is_some_and(str::is_empty) {
            return Err("legal_entity: write its name, or leave the key out".to_owned());
        }
        Ok(Terms {
            countries: countries("countries", &self.countries)?,
            excluded_countries: countries("excluded_countries", &self.excluded_countries)?,
            limits,
            purposes: self.purposes.clone(),
            fees: self.fees.as_ref().map(Fee::read).transpose()?,
            legal_entity: entity.map(str::to_owned),
            settlement_currency: settles,
            support: self.support.clone(),
        })
    }
}

fn currency(key: &str, code: &str) -> Result<Currency, String> {
    code.parse().map_err(|_| format!("{key}: {code:?} is no currency such as \"EUR\""))
}

fn sum(key: &str, text: &str, currency: Currency) -> Result<Money, String> {
    let money = Money::parse(text, currency)
        .map_err(|why| format!("{key}: {text:?} is no sum of {currency}: {why}"))?;
    if money.minor < 0 { Err(format!("{key}: a sum below nothing")) } else { Ok(money) }
}

impl Limit {
    fn read(&self) -> Result<AccountLimit, String> {
        let of = currency("currency", &self.currency)?;
        let read = |key: &str, text: &Option<String>| {
            text.as_deref().map(|text| sum(key, text, of)).transpose()
        };
        let limit = AccountLimit {
            currency: of,
            least: read("min", &self.min)?,
            most: read("max", &self.max)?,
            day: read("day", &self.day)?,
            month: read("month", &self.month)?,
        };
        let minor = |sum: Option<Money>| sum.map(|sum| sum.minor);
        let rising = [minor(limit.least), minor(limit.most), minor(limit.day), minor(limit.month)];
        let given: Vec<i64> = rising.into_iter().flatten().collect();
        if given.is_sorted() {
            Ok(limit)
        } else {
            Err("min: min, max, day and month must not fall from one to the next".to_owned())
        }
    }
}

impl Fee {
    fn read(&self) -> Result<Fees, String> {
        if self.basis_points > WHOLE {
            return Err(format!("fees.basis_points: {WHOLE} is all of a payment already"));
        }
        let read = |(code, text): (&String, &String)| {
            sum("fees.fixed", text, currency("fees.fixed", code)?)
        };
        let fixed = self.fixed.iter().map(read).collect::<Result<Vec<_>, String>>()?;
        Ok(Fees { basis_points: self.basis_points, fixed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> Result<Terms, String> {
        let head = "key = 'a'\nkind = 'sandbox'\ndescriptor = 'X'\n";
        let read = toml::from_str::<Processor>(&format!("{head}{text}"));
        read.map_err(|error| error.message().to_owned())?.terms()
    }

    #[test]
    fn a_whole_contract_is_read() {
        let terms = account(
            "countries = ['EU', 'CH']\nexcluded_countries = ['HU']\npurposes = ['tokens', 'tab']\n\
             limits = [{ currency = 'EUR', min = '2.50', max = '500', month = '20000' }]\n\
             fees = { basis_points = 1290, fixed = { EUR = '0.35' } }\n\
             legal_entity = 'House ApS'\nsettlement_currency = 'EUR'\n\
             support = { name = 'House Pay', mail = 'help@house.example', can = ['refund'] }",
        );
        let terms = terms.unwrap();
        assert!(terms.countries.hold("DE") && terms.excluded_countries.hold("HU"));
        let limit = terms.limit(Currency::EUR).unwrap();
        assert_eq!(limit.least, Some(Money::new(250, Currency::EUR)));
        assert_eq!((limit.most.map(|sum| sum.minor), limit.day), (Some(50_000), None));
        assert_eq!(terms.purposes, [Purpose::Tokens, Purpose::Tab]);
        assert_eq!(terms.fees.unwrap().of(Money::new(1000, Currency::EUR)).minor, 164);
        assert_eq!(terms.support.name, "House Pay");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_key() {
        for (text, says) in [
            ("countries = ['Germany']", "countries: \"Germany\" is no country"),
            ("purposes = ['gifts']", "unknown variant `gifts`"),
            ("limits = [{ currency = 'EUR', max = 500.0 }]", "expected a string"),
            ("limits = [{ currency = 'EUR', max = '5,00' }]", "limits[0].max: \"5,00\" is no sum"),
            ("limits = [{ currency = 'EUR', maximum = '5' }]", "unknown field `maximum`"),
            ("limits = [{ currency = 'EUR', min = '9', max = '5' }]", "limits[0].min"),
            ("limits = [{ currency = 'EUR' }, { currency = 'EUR' }]", "limits[1]: EUR has"),
            ("fees = { basis_points = 10001 }", "fees.basis_points"),
            ("fees = { fixed = { EURO = '1' } }", "fees.fixed: \"EURO\""),
            ("settlement_currency = 'XXX'", "settlement_currency"),
            ("legal_entity = ' '", "legal_entity"),
            ("priority = 3", "unknown field `priority`"),
        ] {
            let said = account(text).map(|_| ()).unwrap_err();
            assert!(said.contains(says), "{text}: {said}");
        }
    }

    /// What an operator copies from the guide works.
    #[test]
    fn the_guides_contract_and_rules_are_read() {
        let guide = include_str!("../../../../docs/guides/routing.md");
        let mut blocks = guide.split("```toml\n").skip(1);
        let mut next = || blocks.next().unwrap().split("```").next().unwrap();
        let contract: crate::config::Config = toml::from_str(next()).unwrap();
        let terms = contract.processors[0].terms().unwrap();
        assert!(terms.countries.hold("DK") && terms.fees.is_some());
        let set = billing::routing::RouteSet::from_toml(next()).unwrap();
        let accounts = ["webbilling", "segpay-eu", "epoch", "centrobill", "paymentico"];
        assert!(set.rules.iter().all(|rule| rule.accounts().all(|one| accounts.contains(&one))));
        let wrong = billing::routing::check(&set, &billing::Accounts::new(vec![]).unwrap());
        assert!(wrong.iter().all(|says| says.contains("there is no account")), "{wrong:#?}");
    }
}
