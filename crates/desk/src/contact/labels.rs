//! The labels of a request that comes by mail, in every language: what our skeleton writes, and
//! what else is understood when somebody types it from memory.

use base::Language;

/// A part of a request that has a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the writer is called on the site.
    Username,
    /// Where the problem lies.
    Side,
    /// A payment, an order or a receipt.
    Order,
    /// What it is about, at any length: everything from here on.
    Description,
}

impl Part {
    /// All of them, in the order they stand in the skeleton.
    pub const ALL: [Part; 4] = [Part::Username, Part::Side, Part::Order, Part::Description];
}

/// The labels of one language. The first of each list is the one we write.
#[derive(Debug)]
pub struct Labels {
    /// The language.
    pub language: Language,
    /// For [`Part::Username`].
    pub username: &'static [&'static str],
    /// For [`Part::Side`].
    pub side: &'static [&'static str],
    /// For [`Part::Order`].
    pub order: &'static [&'static str],
    /// For [`Part::Description`].
    pub description: &'static [&'static str],
    /// The problem lies with the writer.
    pub mine: &'static [&'static str],
    /// The problem lies with the creator.
    pub creator: &'static [&'static str],
    /// The writer does not know.
    pub unsure: &'static [&'static str],
}

/// The labels of every language.
pub static LABELS: [Labels; 5] = [
    Labels {
        language: Language::En,
        username: &["Username", "User name", "User", "Login"],
        side: &["Side", "Problem on"],
        order: &["Order", "Order number", "Payment", "Receipt", "Reference"],
        description: &["Description", "Message", "Details"],
        mine: &["my side", "mine", "me"],
        creator: &["the creator’s side", "creator’s side", "the creator", "creator"],
        unsure: &["not sure", "unsure", "I do not know", "unknown"],
    },
    Labels {
        language: Language::Fr,
        username: &["Pseudo", "Nom d’utilisateur", "Utilisateur", "Identifiant"],
        side: &["Côté", "Problème côté"],
        order: &["Commande", "Numéro de commande", "Paiement", "Reçu", "Référence"],
        description: &["Description", "Message", "Détails"],
        mine: &["mon côté", "de mon côté", "moi"],
        creator: &["côté créateur", "du côté du créateur", "le créateur", "créateur"],
        unsure: &["je ne sais pas", "pas sûr", "pas sûre", "inconnu"],
    },
    Labels {
        language: Language::De,
        username: &["Benutzername", "Benutzer", "Nutzername"],
        side: &["Seite", "Problem bei"],
        order: &["Bestellung", "Bestellnummer", "Zahlung", "Beleg", "Referenz"],
        description: &["Beschreibung", "Nachricht", "Details"],
        mine: &["meine Seite", "auf meiner Seite", "bei mir", "ich"],
        creator: &["Seite des Creators", "beim Creator", "der Creator", "Creator"],
        unsure: &["weiß nicht", "nicht sicher", "unsicher", "unbekannt"],
    },
    Labels {
        language: Language::Da,
        username: &["Brugernavn", "Bruger"],
        side: &["Side", "Problemet ligger hos"],
        order: &["Ordre", "Ordrenummer", "Betaling", "Kvittering", "Reference"],
        description: &["Beskrivelse", "Besked", "Detaljer"],
        mine: &["min side", "hos mig", "mig"],
        creator: &["creatorens side", "hos creatoren", "creatoren", "creator"],
        unsure: &["ved ikke", "ikke sikker", "usikker", "ukendt"],
    },
    Labels {
        language: Language::Fil,
        username: &["Username", "Pangalan sa site", "User"],
        side: &["Panig", "Nasa panig"],
        order: &["Order", "Numero ng order", "Bayad", "Resibo", "Reference"],
        description: &["Paglalarawan", "Mensahe", "Detalye"],
        mine: &["sa panig ko", "panig ko", "sa akin", "ako"],
        creator: &["sa panig ng creator", "panig ng creator", "sa creator", "creator"],
        unsure: &["hindi sigurado", "hindi ko alam", "hindi alam"],
    },
];

/// Where a problem lies, as a stable word: `mine`, `creator` or `unknown`.
pub type SideWord = &'static str;

impl Labels {
    /// The labels of this language.
    #[must_use]
    pub fn of(language: Language) -> &'static Labels {
        LABELS.iter().find(|labels| labels.language == language).unwrap_or(&LABELS[0])
    }

    /// Every label of a part, the one we write first.
    #[must_use]
    pub const fn names(&self, part: Part) -> &'static [&'static str] {
        match part {
            Part::Username => self.username,
            Part::Side => self.side,
            Part::Order => self.order,
            Part::Description => self.description,
        }
    }

    /// The label of a part as we write it.
    #[must_use]
    pub fn written(&self, part: Part) -> &'static str {
        self.names(part).first().copied().unwrap_or_default()
    }
}

/// The part that a label names in any language. Letter case, blanks and the kind of apostrophe do
/// not matter.
#[must_use]
pub fn part(label: &str) -> Option<Part> {
    let label = folded(label);
    let names = |part: Part| LABELS.iter().flat_map(move |labels| labels.names(part));
    Part::ALL.into_iter().find(|part| names(*part).any(|name| folded(name) == label))
}

/// The part that a line begins, and what follows its colon: `Order: PD-7`.
#[must_use]
pub fn begun(line: &str) -> Option<(Part, &str)> {
    let (label, rest) = line.split_once([':', '：'])?;
    Some((part(label.trim_matches(['*', '>', ' ', '\u{a0}']))?, rest.trim()))
}

/// The side that words name in any language.
#[must_use]
pub fn side(words: &str) -> Option<SideWord> {
    let words = folded(words.trim().trim_end_matches(['.', '!', ',']));
    let names = |names: &[&str]| names.iter().any(|name| folded(name) == words);
    LABELS.iter().find_map(|labels| {
        if names(labels.mine) {
            Some("mine")
        } else if names(labels.creator) {
            Some("creator")
        } else if names(labels.unsure) {
            Some("unknown")
        } else {
            None
        }
    })
}

fn folded(text: &str) -> String {
    let plain = text.replace(['’', '‘', '`'], "'").replace('\u{a0}', " ").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_understood_as_what_it_is() {
        for labels in &LABELS {
            for part in Part::ALL {
                for name in labels.names(part) {
                    assert_eq!(super::part(name), Some(part), "{name}");
                }
            }
            for (names, word) in
                [(labels.mine, "mine"), (labels.creator, "creator"), (labels.unsure, "unknown")]
            {
                for name in names {
                    assert_eq!(side(name), Some(word), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_line_begins_a_part_however_it_is_typed() {
        assert_eq!(begun("USERNAME : ana"), Some((Part::Username, "ana")));
        assert_eq!(begun("Nom d'utilisateur: ana"), Some((Part::Username, "ana")));
        assert_eq!(begun("* Bestellnummer: 7:1"), Some((Part::Order, "7:1")));
        assert_eq!(begun("> Beskrivelse:"), Some((Part::Description, "")));
        assert_eq!(begun("Paglalarawan：hindi gumana"), Some((Part::Description, "hindi gumana")));
        assert_eq!(begun("I order: pizza"), None);
        assert_eq!(begun("Order 7"), None);
        assert_eq!(side(" Not  sure. "), Some("unknown"));
        assert_eq!(side("everybody"), None);
    }
}
