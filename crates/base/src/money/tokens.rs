//! Tokens: the site's own unit, whole and never negative.

/// A number of tokens. Serialised as `{"amount": 25, "unit": "TOK"}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens(i64);

impl Tokens {
    /// The number the token ledger carries, outside the range of ISO 4217 numbers.
    pub const LEDGER: u32 = 1_000_000;
    /// The unit as the API writes it.
    pub const UNIT: &'static str = "TOK";
    /// None.
    pub const NONE: Tokens = Tokens(0);

    /// So many tokens; `None` if negative.
    #[must_use]
    pub const fn new(count: i64) -> Option<Tokens> {
        if count < 0 { None } else { Some(Tokens(count)) }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> i64 {
        self.0
    }

    /// Both together; `None` past 63 bits.
    #[must_use]
    pub fn plus(self, other: Tokens) -> Option<Tokens> {
        self.0.checked_add(other.0).map(Tokens)
    }

    /// What is left; `None` if `other` is more.
    #[must_use]
    pub fn minus(self, other: Tokens) -> Option<Tokens> {
        Tokens::new(self.0.checked_sub(other.0)?)
    }
}

impl std::fmt::Display for Tokens {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} TOK", self.0)
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    amount: i64,
    unit: std::borrow::Cow<'a, str>,
}

impl serde::Serialize for Tokens {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { amount: self.0, unit: Tokens::UNIT.into() }.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Tokens {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Tokens, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        if wire.unit != Tokens::UNIT {
            return Err(serde::de::Error::custom("the unit of tokens is TOK"));
        }
        Tokens::new(wire.amount)
            .ok_or_else(|| serde::de::Error::custom("tokens are never negative"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_never_negative() {
        let (five, nine) = (Tokens::new(5).unwrap(), Tokens::new(9).unwrap());
        assert_eq!(nine.minus(five), Tokens::new(4));
        assert_eq!(five.minus(nine), None);
        assert_eq!(Tokens::new(-1), None);
    }

    #[test]
    fn the_wire_form_names_the_unit() {
        let five = Tokens::new(5).unwrap();
        let text = serde_json::to_string(&five).unwrap();
        assert_eq!(text, r#"{"amount":5,"unit":"TOK"}"#);
        assert_eq!(serde_json::from_str::<Tokens>(&text).unwrap(), five);
        assert!(serde_json::from_str::<Tokens>(r#"{"amount":-5,"unit":"TOK"}"#).is_err());
        assert!(serde_json::from_str::<Tokens>(r#"{"amount":5,"unit":"USD"}"#).is_err());
    }
}
