//! What the test page says, in five languages. A page of the sandbox only: the product's own
//! texts live with the product's words.

use base::{Language, Money};

use super::magic::{CARDS, Plan};

/// Every text of the page in one language. `{}` stands for the amount.
pub struct Words {
    /// Above everything: this is a test.
    pub banner: &'static str,
    /// Title of the page.
    pub title: &'static str,
    /// Before the amount.
    pub amount: &'static str,
    /// Before what is bought.
    pub what: &'static str,
    /// Above the cards.
    pub choose: &'static str,
    /// The last choice.
    pub other: &'static str,
    /// Above the field of the last choice.
    pub number: &'static str,
    /// On the button.
    pub pay: &'static str,
    /// On the other button.
    pub give_up: &'static str,
    /// Back to the shop.
    pub back: &'static str,
    /// Heading and sentence when the bank said no.
    pub declined: [&'static str; 2],
    /// Heading and sentence when nobody answered.
    pub silence: [&'static str; 2],
    /// Heading and sentence when there is nothing to pay any more.
    pub closed: [&'static str; 2],
    /// Heading and sentence when the link leads nowhere.
    pub unknown: [&'static str; 2],
    /// What each card does, in the order of the cards.
    pub cards: [&'static str; CARDS.len()],
}

impl Words {
    /// The words of a language.
    pub const fn of(language: Language) -> &'static Words {
        match language {
            Language::En => &EN,
            Language::Fr => &FR,
            Language::De => &DE,
            Language::Da => &DA,
            Language::Fil => &FIL,
        }
    }

    /// What a card does.
    pub fn card(&self, plan: Plan) -> &'static str {
        let nth = CARDS.iter().position(|card| card.plan == plan);
        nth.map_or(self.other, |nth| self.cards[nth])
    }
}

/// An amount as the page writes it: the code is spelled out, since it is a test.
pub fn money(language: Language, amount: Money) -> String {
    let text = amount.to_decimal();
    let comma = matches!(language, Language::Fr | Language::De | Language::Da);
    let text = if comma { text.replace('.', ",") } else { text };
    format!("{text}\u{a0}{}", amount.currency)
}

const EN: Words = Words {
    banner: "TEST: no money moves here",
    title: "Pay at the test house",
    amount: "Amount",
    what: "For",
    choose: "Choose a test card",
    other: "Another number (will be declined)",
    number: "Card number",
    pay: "Pay {}",
    give_up: "Do not pay and go back",
    back: "Back to the shop",
    declined: ["The bank said no", "Nothing was paid. You can choose another way in the shop."],
    silence: ["No answer", "We cannot say whether the payment went through. The shop will know."],
    closed: ["Nothing to pay here", "This payment has been decided already."],
    unknown: ["No such page", "This link does not lead to a payment."],
    cards: [
        "Approved",
        "Declined: not enough money",
        "Declined: stolen card",
        "Silence before the charge: nothing happens",
        "Silence after the charge: paid, but nobody is told",
        "Pending first, paid later",
        "Paid, the message comes late",
        "Paid, the message comes three times",
        "Paid, disputed later",
    ],
};

const FR: Words = Words {
    banner: "TEST : aucun argent n’est débité ici",
    title: "Payer auprès de la maison de test",
    amount: "Montant",
    what: "Pour",
    choose: "Choisissez une carte de test",
    other: "Un autre numéro (sera refusé)",
    number: "Numéro de carte",
    pay: "Payer {}",
    give_up: "Ne pas payer et revenir",
    back: "Retour à la boutique",
    declined: [
        "La banque a refusé",
        "Rien n’a été payé. Vous pouvez choisir un autre moyen dans la boutique.",
    ],
    silence: [
        "Pas de réponse",
        "Nous ne savons pas si le paiement a abouti. La boutique le saura.",
    ],
    closed: ["Rien à payer ici", "Ce paiement est déjà décidé."],
    unknown: ["Page inconnue", "Ce lien ne mène à aucun paiement."],
    cards: [
        "Acceptée",
        "Refusée : solde insuffisant",
        "Refusée : carte volée",
        "Silence avant le débit : rien ne se passe",
        "Silence après le débit : payé, mais personne n’est prévenu",
        "En attente d’abord, payé ensuite",
        "Payé, le message arrive en retard",
        "Payé, le message arrive trois fois",
        "Payé, contesté plus tard",
    ],
};

const DE: Words = Words {
    banner: "TEST: Hier fließt kein Geld",
    title: "Im Testhaus bezahlen",
    amount: "Betrag",
    what: "Für",
    choose: "Testkarte wählen",
    other: "Eine andere Nummer (wird abgelehnt)",
    number: "Kartennummer",
    pay: "{} bezahlen",
    give_up: "Nicht bezahlen und zurück",
    back: "Zurück zum Shop",
    declined: [
        "Die Bank hat abgelehnt",
        "Es wurde nichts bezahlt. Im Shop können Sie einen anderen Weg wählen.",
    ],
    silence: [
        "Keine Antwort",
        "Wir können nicht sagen, ob die Zahlung geklappt hat. Der Shop wird es wissen.",
    ],
    closed: ["Hier ist nichts zu bezahlen", "Über diese Zahlung ist schon entschieden."],
    unknown: ["Keine solche Seite", "Dieser Link führt zu keiner Zahlung."],
    cards: [
        "Genehmigt",
        "Abgelehnt: nicht genug Guthaben",
        "Abgelehnt: gestohlene Karte",
        "Stille vor der Buchung: nichts geschieht",
        "Stille nach der Buchung: bezahlt, aber niemand erfährt es",
        "Erst offen, später bezahlt",
        "Bezahlt, die Nachricht kommt spät",
        "Bezahlt, die Nachricht kommt dreimal",
        "Bezahlt, später bestritten",
    ],
};

const DA: Words = Words {
    banner: "TEST: her flyttes ingen penge",
    title: "Betal hos testhuset",
    amount: "Beløb",
    what: "For",
    choose: "Vælg et testkort",
    other: "Et andet nummer (bliver afvist)",
    number: "Kortnummer",
    pay: "Betal {}",
    give_up: "Betal ikke, og gå tilbage",
    back: "Tilbage til butikken",
    declined: ["Banken sagde nej", "Intet er betalt. Du kan vælge en anden måde i butikken."],
    silence: [
        "Intet svar",
        "Vi kan ikke sige, om betalingen gik igennem. Butikken får det at vide.",
    ],
    closed: ["Her er intet at betale", "Denne betaling er allerede afgjort."],
    unknown: ["Siden findes ikke", "Dette link fører ikke til en betaling."],
    cards: [
        "Godkendt",
        "Afvist: ikke dækning",
        "Afvist: stjålet kort",
        "Tavshed før trækket: intet sker",
        "Tavshed efter trækket: betalt, men ingen får besked",
        "Først afventende, betalt senere",
        "Betalt, beskeden kommer sent",
        "Betalt, beskeden kommer tre gange",
        "Betalt, indsigelse senere",
    ],
};

const FIL: Words = Words {
    banner: "PAGSUBOK: walang perang gumagalaw rito",
    title: "Magbayad sa test house",
    amount: "Halaga",
    what: "Para sa",
    choose: "Pumili ng test card",
    other: "Ibang numero (tatanggihan)",
    number: "Numero ng card",
    pay: "Magbayad ng {}",
    give_up: "Huwag magbayad at bumalik",
    back: "Bumalik sa tindahan",
    declined: [
        "Tumanggi ang bangko",
        "Walang nabayaran. Maaari kang pumili ng ibang paraan sa tindahan.",
    ],
    silence: [
        "Walang sagot",
        "Hindi namin masabi kung natuloy ang bayad. Malalaman ito ng tindahan.",
    ],
    closed: ["Wala nang babayaran dito", "May pasya na sa bayad na ito."],
    unknown: ["Walang ganitong pahina", "Walang bayad sa link na ito."],
    cards: [
        "Aprobado",
        "Tinanggihan: kulang ang pera",
        "Tinanggihan: nakaw na card",
        "Katahimikan bago ang singil: walang mangyayari",
        "Katahimikan pagkatapos ng singil: bayad na, pero walang sinabihan",
        "Nakabinbin muna, bayad mamaya",
        "Bayad, huli ang mensahe",
        "Bayad, tatlong beses ang mensahe",
        "Bayad, tututulan mamaya",
    ],
};

#[cfg(test)]
mod tests {
    use base::Currency;

    use super::*;

    #[test]
    fn every_language_has_its_own_words_and_names_the_amount() {
        for language in Language::ALL {
            let words = Words::of(language);
            assert!(words.pay.contains("{}"), "{language}");
            assert!(words.cards.iter().all(|text| !text.is_empty()), "{language}");
            let same_as_english = words.banner == Words::of(Language::En).banner;
            assert_eq!(same_as_english, language == Language::En, "{language}");
        }
    }

    #[test]
    fn the_comma_is_where_the_language_wants_it() {
        let amount = Money::new(1250, Currency::EUR);
        assert_eq!(money(Language::De, amount), "12,50\u{a0}EUR");
        assert_eq!(money(Language::Fil, amount), "12.50\u{a0}EUR");
    }
}
