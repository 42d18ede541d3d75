//! What somebody wrote into the tip form, read into what a tip is made of.

use base::Tokens;
use base::id::TipId;
use serde::Deserialize;
use words::Words;

use crate::parts::form::Slips;

/// The amounts offered as chips.
pub(crate) const CHIPS: [i64; 5] = [5, 10, 25, 50, 100];
/// The longest note.
pub(crate) const NOTE: usize = billing::tips::LONGEST_NOTE;
/// More than this is a slip of the finger.
const MOST: i64 = 1_000_000;

/// The form as it came.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Written {
    /// The name the form gave the tip.
    pub(crate) tip: Option<TipId>,
    /// The chip that was chosen.
    #[serde(default)]
    pub(crate) chip: String,
    /// The amount that was written; it counts before the chip.
    #[serde(default)]
    pub(crate) own: String,
    #[serde(default)]
    pub(crate) note: String,
}

/// A tip that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) tokens: Tokens,
    pub(crate) note: Option<String>,
}

impl Written {
    /// Reads it, or says what to put right.
    pub(crate) fn read(&self, words: Words) -> Result<Read, Slips> {
        let mut slips = Slips::default();
        let note = self.note.trim().replace("\r\n", "\n");
        if note.chars().count() > NOTE {
            let limit = [("limit", NOTE.into())];
            slips.add("note", words.text_with("problems-too-long", &limit));
        }
        let tokens = match self.amount(words) {
            Ok(tokens) => tokens,
            Err((field, sentence)) => {
                slips.add(field, sentence);
                Tokens::NONE
            }
        };
        let note = Some(note).filter(|note| !note.is_empty());
        if slips.is_empty() { Ok(Read { tokens, note }) } else { Err(slips) }
    }

    fn amount(&self, words: Words) -> Result<Tokens, (&'static str, String)> {
        let own = self.own.trim();
        if own.is_empty() {
            let chip = self.chip.parse().ok().filter(|chip| CHIPS.contains(chip));
            let chosen = chip.and_then(Tokens::new);
            return chosen.ok_or_else(|| ("chip", words.text("problems-choose").into_owned()));
        }
        let count: i64 =
            own.parse().map_err(|_| ("own", words.text("problems-not-a-number").into_owned()))?;
        if count < 1 {
            return Err(("own", words.text_with("problems-too-small", &[("least", 1.into())])));
        }
        if count > MOST {
            return Err(("own", words.text_with("problems-too-large", &[("most", MOST.into())])));
        }
        Ok(Tokens::new(count).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use base::Language;

    use super::*;

    fn written(chip: &str, own: &str, note: &str) -> Result<Read, Slips> {
        let form = Written { tip: None, chip: chip.into(), own: own.into(), note: note.into() };
        form.read(Words::of(Language::En))
    }

    #[test]
    fn what_is_written_counts_before_what_is_chosen() {
        let tokens = |count| Tokens::new(count).unwrap();
        assert_eq!(written("25", "", " ").unwrap(), Read { tokens: tokens(25), note: None });
        assert_eq!(written("25", " 7 ", "Hi").unwrap().tokens, tokens(7));
    }

    #[test]
    fn each_slip_names_its_field() {
        let field = |chip, own, note: &str| written(chip, own, note).unwrap_err().0[0].field;
        assert_eq!(field("", "", ""), "chip");
        assert_eq!(field("26", "", ""), "chip", "not one of the chips");
        for own in ["0", "-5", "1.5", "1e3", "x", "9999999", "99999999999999999999"] {
            assert_eq!(field("25", own, ""), "own", "{own}");
        }
        assert_eq!(field("25", "", &"x".repeat(281)), "note");
        assert!(written("25", "", &"ø".repeat(280)).is_ok(), "characters count, not bytes");
    }
}
