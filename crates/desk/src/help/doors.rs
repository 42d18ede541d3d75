//! The doors of the help centre that an article stands behind.

use base::{Kind, Refusal};

use crate::people::Audience;

const NO_DOOR: Refusal =
    Refusal::new(Kind::Rule, "article_has_no_door", "choose at least one door for the article");

/// The audiences that may read an article, at least one, in their own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doors(Vec<Audience>);

impl Doors {
    /// These doors.
    ///
    /// # Errors
    /// Refused if there is none.
    pub fn checked(doors: &[Audience]) -> Result<Doors, Refusal> {
        let list: Vec<Audience> =
            Audience::ALL.iter().copied().filter(|door| doors.contains(door)).collect();
        if list.is_empty() { Err(NO_DOOR.at("doors")) } else { Ok(Doors(list)) }
    }

    /// Each of them.
    #[must_use]
    pub fn all(&self) -> &[Audience] {
        &self.0
    }

    /// Whether the article stands behind that door.
    #[must_use]
    pub fn has(&self, door: Audience) -> bool {
        self.0.contains(&door)
    }

    /// As one word, which is also what its words may be found by: `customer+creator`.
    #[must_use]
    pub fn word(&self) -> String {
        self.0.iter().map(|door| door.as_str()).collect::<Vec<_>>().join("+")
    }

    /// The words of all sets of doors that hold one of these.
    pub(super) fn words_with(wanted: &[Audience]) -> Vec<String> {
        (1_usize..1 << Audience::ALL.len())
            .filter_map(|set| {
                let held = |(nth, door): (usize, &Audience)| (set >> nth & 1 == 1).then_some(*door);
                let doors: Vec<_> = Audience::ALL.iter().enumerate().filter_map(held).collect();
                let holds = doors.iter().any(|door| wanted.contains(door));
                holds.then(|| Doors(doors).word())
            })
            .collect()
    }
}

impl std::str::FromStr for Doors {
    type Err = Refusal;

    fn from_str(word: &str) -> Result<Doors, Refusal> {
        let doors: Result<Vec<Audience>, _> = word.split('+').map(str::parse).collect();
        Doors::checked(&doors.map_err(|_| NO_DOOR)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Audience::{Creator, Customer, Studio};

    #[test]
    fn doors_are_written_in_one_order_and_read_back() {
        let doors = Doors::checked(&[Creator, Customer, Creator]).unwrap();
        assert_eq!(doors.word(), "customer+creator");
        assert_eq!("creator+customer".parse::<Doors>(), Ok(doors));
        assert!(Doors::checked(&[]).is_err() && "cellar".parse::<Doors>().is_err());
    }

    #[test]
    fn a_door_is_in_four_of_the_seven_sets() {
        let words = Doors::words_with(&[Studio]);
        assert_eq!(
            words,
            ["studio", "customer+studio", "creator+studio", "customer+creator+studio"]
        );
        assert_eq!(Doors::words_with(Audience::ALL).len(), 7);
    }
}
