//! Where customers are: lists of countries in which `EU` stands for its members.

use serde::{Deserialize, Serialize};

/// The members of the European Union, ISO 3166-1.
pub const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A list of countries: two letters of ISO 3166-1 each, or `EU`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Countries(Vec<String>);

impl Countries {
    /// Reads a list as configured.
    ///
    /// # Errors
    /// A sentence that names what is no country.
    pub fn read(list: Vec<String>) -> Result<Countries, String> {
        let fits = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        match list.iter().find(|code| !fits(code)) {
            None => Ok(Countries(list)),
            Some(wrong) => Err(format!(
                "{wrong:?} is no country: write two capital letters such as \"DE\", or \"EU\""
            )),
        }
    }

    /// Whether nothing is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a country is listed, by itself or as a member.
    #[must_use]
    pub fn hold(&self, country: &str) -> bool {
        let member = EU.contains(&country);
        self.0.iter().any(|code| code == country || (member && code == "EU"))
    }
}

impl std::fmt::Display for Countries {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_union_stands_for_its_members_and_for_nobody_else() {
        let list = Countries::read(vec!["EU".into(), "CH".into()]).unwrap();
        for (country, held) in [("DE", true), ("CH", true), ("NO", false), ("GB", false)] {
            assert_eq!(list.hold(country), held, "{country}");
        }
        assert!(Countries::read(vec!["de".into()]).unwrap_err().contains("\"de\""));
        assert!(Countries::read(vec!["Germany".into()]).is_err());
    }
}
