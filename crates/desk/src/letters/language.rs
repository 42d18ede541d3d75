//! Which of our languages a text seems to be written in, by the small words each cannot do without.

use base::Language;

use super::steps;

/// How much of a text is looked at.
const LOOKED_AT: usize = 4_000;
/// Small words that must be found before anything is said.
const ENOUGH: usize = 2;

/// Small words; those of neighbours stand last, so that a Swedish mail is not called Danish.
const WORDS: [(Option<Language>, &str); 9] = [
    (
        Some(Language::En),
        "the and you that is was for have with not this my are but from they your please would \
         been has what can when which i it of to",
    ),
    (
        Some(Language::Fr),
        "le la les des est et que vous je pas pour dans une sur avec mon ma mais nous ce cette du \
         au ai été bonjour merci suis votre",
    ),
    (
        Some(Language::De),
        "der die das und ist nicht ich sie mit ein eine für auf dem den von zu wurde habe mein \
         meine wie aber auch bitte hallo danke ihr",
    ),
    (
        Some(Language::Da),
        "og er jeg ikke det at en til har af med mig min mit hvad hvorfor men som på der blev \
         venlig hilsen tak hej kan jer eller efter",
    ),
    (
        Some(Language::Fil),
        "ang ng mga sa na ko po hindi ako ay at naman lang niyo kayo ito yung salamat bakit paano \
         kung para may wala pa rin ninyo",
    ),
    (None, "och är jag inte att för har med på som mig ett från varför hälsningar tack hej kan"),
    (None, "el los las es que por para con una mi pero como está gracias hola del se su"),
    (None, "het een van niet ik met voor dat zijn maar ook mijn bedankt waarom hallo naar"),
    (None, "não que para com uma por mas meu minha você obrigado está como mais dos"),
];

/// The language, if the small words agree.
pub(super) fn guess(text: &str) -> Option<Language> {
    let start: String = text.chars().take(LOOKED_AT).collect::<String>().to_lowercase();
    let mut counts = [0_usize; WORDS.len()];
    for word in start.split(|one: char| !one.is_alphabetic()).filter(|word| !word.is_empty()) {
        steps::add(WORDS.len());
        for (count, (_, small)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(small.split_whitespace().any(|one| one == word));
        }
    }
    let best = counts.iter().max().copied().unwrap_or_default();
    let mut winners = counts.iter().zip(WORDS).filter(|(count, _)| **count == best);
    let (_, (language, _)) = winners.next()?;
    if best < ENOUGH || winners.next().is_some() {
        return None;
    }
    language
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_languages_are_told_apart_and_neighbours_are_not_taken_for_ours() {
        for (text, language) in [
            ("Hello, I have not received the tokens that I paid for.", Some(Language::En)),
            ("Bonjour, je n'ai pas reçu les jetons que j'ai payés.", Some(Language::Fr)),
            ("Hallo, ich habe die Token nicht bekommen, die ich bezahlt habe.", Some(Language::De)),
            ("Hej, jeg har ikke fået de tokens, som jeg har betalt for.", Some(Language::Da)),
            ("Hindi ko po natanggap ang mga token na binayaran ko.", Some(Language::Fil)),
            ("Hej, jag har inte fått mina polletter och är arg på er.", None),
            ("Hola, no he recibido los tokens por los que pagué. Gracias.", None),
            ("12345", None),
            ("", None),
        ] {
            assert_eq!(guess(text), language, "{text}");
        }
    }
}
