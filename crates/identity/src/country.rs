//! The country somebody is in.

use base::{Kind, Refusal};

/// Not a country code.
const REFUSED: Refusal = Refusal::new(
    Kind::Malformed,
    "country_not_valid",
    "country is the two letters of ISO 3166-1, such as DK",
);

/// Two capital letters of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads a code; small letters are taken too.
    ///
    /// # Errors
    /// Refused if no country has the code.
    pub fn checked(written: &str) -> Result<CountryCode, Refusal> {
        let code = written.to_ascii_uppercase();
        let &[first, second] = code.as_bytes() else { return Err(REFUSED) };
        let known = ASSIGNED.split_whitespace().any(|assigned| assigned == code);
        if known { Ok(CountryCode([first, second])) } else { Err(REFUSED) }
    }

    /// The code as it is stored.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The officially assigned codes, and XK, which everybody uses for Kosovo.
const ASSIGNED: &str = "
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_taken_and_others_refused() {
        assert_eq!(CountryCode::checked("dk").unwrap().into_string(), "DK");
        for written in ["", "D", "DNK", "ZZ", "UK", "D ", "ÄÖ", " D"] {
            assert!(CountryCode::checked(written).is_err(), "{written:?}");
        }
        assert_eq!(ASSIGNED.split_whitespace().count(), 250);
    }
}
