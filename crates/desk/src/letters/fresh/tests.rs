//! Answers in the shapes of many programs and languages: what is new in them.

use super::*;

fn new(whole: &str) -> String {
    let fresh = fresh(whole, Purpose::Answer, None);
    let lines: Vec<&str> = whole.split('\n').collect();
    for line in fresh.split('\n') {
        assert!(lines.contains(&line), "{line:?} is no line of {whole:?}");
    }
    fresh
}

#[test]
fn a_quote_below_the_answer_goes_in_every_language() {
    for heading in [
        "On Mon, Nov 2, 2026 at 3:04 PM Support <help@shop.example> wrote:",
        "On Mon, Nov 2, 2026 at 3:04 PM Support Desk <\nhelp@shop.example> wrote:",
        "On 2 Nov 2026, at 15:04, Support <help@shop.example> wrote:",
        "Le lun. 2 nov. 2026 à 15:04, Support <help@shop.example> a écrit :",
        "Le lun. 2 nov. 2026 à 15:04, Support <help@shop.example> a écrit\u{202f}:",
        "Am Mo., 2. Nov. 2026 um 15:04 Uhr schrieb Support <help@shop.example>:",
        "Am 02.11.26 um 15:04 schrieb Support:",
        "Den man. 2. nov. 2026 kl. 15.04 skrev Support <help@shop.example>:",
        "Noong Lun, Nob 2, 2026 nang 3:04 PM, isinulat ni Support <help@shop.example>:",
        "Noong Nob 2, 2026, sumulat si Support:",
        "El lun, 2 nov 2026 a las 15:04, Support (<help@shop.example>) escribió:",
        "Op ma 2 nov 2026 om 15:04 schreef Support <help@shop.example>:",
        "Den mån 2 nov. 2026 kl 15:04 skrev Support <help@shop.example>:",
        "man. 2. nov. 2026 kl. 15:04 skrev Support <help@shop.example>:",
        "Il giorno lun 2 nov 2026 alle ore 15:04 Support <help@shop.example> ha scritto:",
        "Em seg., 2 de nov. de 2026 às 15:04, Support <help@shop.example> escreveu:",
        "2026-11-02 15:04 GMT+01:00 Support <help@shop.example>:",
        "Support <help@shop.example> wrote on 2 Nov 2026:",
        "------- Original Message -------\nOn Monday, November 2nd, 2026 at 15:04, S <a@b> wrote:",
    ] {
        for quote in ["> Hello,\n> please send", "Hello,\nplease send"] {
            let whole = format!("It works now.\n\nThanks\n\n{heading}\n\n{quote}\n");
            assert_eq!(new(&whole), "It works now.\n\nThanks", "{whole}");
        }
    }
}

#[test]
fn blocks_of_header_fields_begin_a_quote() {
    for block in [
        "From: Support <help@shop.example>\nSent: Monday\nTo: Ann\nSubject: RE: tokens",
        "*From:* Support\n*Sent:* Monday\n*To:* Ann\n*Subject:* RE: tokens",
        "________________________________\nFrom: S <a@b>\nSent: Monday\nTo: Ann\nSubject: x",
        "________________________________\n\nFrom: S <a@b>\nSent: Monday\nTo: Ann\nSubject: x",
        "-----Original Message-----\nFrom: S\nSent: Monday\nTo: Ann\nSubject: x",
        "De : Support\nEnvoyé : lundi\nÀ : Ann\nObjet : jetons",
        "Von: Support\nGesendet: Montag\nAn: Ann\nBetreff: Token",
        "-----Ursprüngliche Nachricht-----\nVon: S\nGesendet: Montag\nAn: Ann\nBetreff: x",
        "Fra: Support\nSendt: mandag\nTil: Ann\nEmne: tokens",
        "Mula kay: Support\nIpinadala: Lunes\nPara kay: Ann\nPaksa: token",
        "De: Support\nEnviado el: lunes\nPara: Ann\nAsunto: x",
        "Van: Support\nVerzonden: maandag\nAan: Ann\nOnderwerp: x",
        "Från: Support\nSkickat: måndag\nTill: Ann\nÄmne: x",
        "Da: Support\nInviato: lunedì\nA: Ann\nOggetto: x",
        "De: Support\nEnviada em: segunda\nPara: Ann\nAssunto: x",
    ] {
        let whole = format!("It works now.\n\n{block}\n\nHello,\nplease send");
        assert_eq!(new(&whole), "It works now.", "{whole}");
    }
}

#[test]
fn answers_between_quotes_keep_everything_and_below_a_quote_keep_themselves() {
    let inline = "On 2 Nov 2026 S <a@b> wrote:\n> First?\nYes.\n> Second?\nNo.";
    assert_eq!(new(inline), inline);
    let inline = "See below\n> First?\nYes.\n";
    assert_eq!(new(inline), inline);
    let below = "On 2 Nov 2026 S <a@b> wrote:\n> First?\n> Second?\n\nBoth are true.\n";
    assert_eq!(new(below), "Both are true.");
}

#[test]
fn signatures_go_and_what_only_looks_like_one_stays() {
    for (whole, fresh) in [
        ("Hi\n\n-- \nAnn\nExample Ltd", "Hi"),
        ("Hi\n\nSent from my iPhone", "Hi"),
        ("Hi\n\nEnvoyé de mon iPhone", "Hi"),
        ("Hi\n\nVon meinem iPhone gesendet", "Hi"),
        ("Hi\n\nSendt fra min iPhone", "Hi"),
        ("Hi\nGet Outlook for Android", "Hi"),
        ("Hi\n--\nAnn", "Hi"),
        ("-- \nAnn", "-- \nAnn"),
        ("I sent from my bank the money.", "I sent from my bank the money."),
    ] {
        assert_eq!(new(whole), fresh);
    }
    let long = format!("Hi\n-- \n{}", "more\n".repeat(30));
    assert!(new(&long).contains("more"), "a text that long is no signature");
}

#[test]
fn our_own_line_ends_the_new_text_however_it_is_quoted() {
    let line = crate::letters::marker_line("Bitte oberhalb dieser Zeile schreiben", None);
    for whole in [
        format!("Danke\n\n{line}\nHello"),
        format!("Danke\n\nAm 2.11.2026 schrieb S <a@b>:\n\n{line}\nHello"),
        format!("Danke\n\nAm 2.11.2026 schrieb S <a@b>:\n> {line}\n> Hello"),
        format!("Danke\n\n> Am 2. schrieb wer\n> {line}\n> Hello"),
        format!("Danke\n\nVon: S\nGesendet: x\nAn: y\nBetreff: z\n\n{line}\n\nHello"),
    ] {
        assert_eq!(new(&whole), "Danke", "{whole}");
    }
}

#[test]
fn nothing_is_ever_lost() {
    for whole in [
        "> everything\n> is quoted",
        "On 2 Nov 2026 S <a@b> wrote:\n> x",
        "",
        "\n\n",
        "From here on: nothing.\nDate: tomorrow",
        "On the 2nd of November he wrote: no colon at the end",
        "He wrote:\nno date and no address",
    ] {
        assert_eq!(new(whole), whole);
    }
    let forward = "FYI\n\nFrom: S\nSent: x\nTo: y\nSubject: z\n\nThe mail";
    assert_eq!(fresh(forward, purpose("Fwd: tokens"), None), forward);
    assert_eq!(purpose("WG: Token"), Purpose::Forward);
    assert_eq!(purpose("Re: forward"), Purpose::Answer);
}

#[test]
fn what_html_marks_as_quoted_is_found_in_the_text() {
    let whole = "Yes, please.\n\nSupport schrob:\nHello Ann, shall we refund it?\nBye";
    let quoted = Some("Hello Ann,  shall we refund it?");
    assert_eq!(fresh(whole, Purpose::Answer, quoted), "Yes, please.\n\nSupport schrob:");
    assert_eq!(fresh(whole, Purpose::Answer, Some("Yes")), whole);
}

#[test]
fn the_work_grows_with_the_text_and_not_faster() {
    for piece in [
        "On Mon, Nov 2 S <a@b>\n",
        "From: a\n",
        "-----Original Message-----\n",
        "> a\nb\n",
        "________________________________\n",
        "a@b\n",
        "\n",
        "-- \n",
        "##-\n",
        "[desk:",
    ] {
        let work = |count: usize| {
            crate::letters::steps::take();
            new(&piece.repeat(count));
            crate::letters::steps::take()
        };
        let (small, large) = (work(500), work(1_000));
        assert!(large <= small * 2 + 100, "{piece:?}: {small} then {large}");
    }
}
