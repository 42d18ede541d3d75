//! Mail through real servers: Postfix and Dovecot as Debian ships them, on this machine only. And
//! the program killed while a mail server hands mail over: none is lost, none comes twice.
#![expect(clippy::unwrap_used, reason = "a test: what goes wrong ends it")]

mod kills;
mod servers;
mod shop;

use servers::Servers;
use shop::{Shop, header};

const ANA: &str = "ana@customers.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_in_a_mailbox_becomes_a_case_and_its_answer_leads_back_to_it() {
    let servers = Servers::start();
    let shop = Shop::open(&servers, "help@shop.example", &Shop::encrypted(&servers)).await;
    servers.send(ANA, "help@shop.example", "Tokens are missing", &[], "I paid and see none.");
    round_trip(&servers, &shop, "Tokens are missing", "imap:support").await;
    shop.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_at_the_door_becomes_a_case_and_its_answer_leads_back_to_it() {
    let servers = Servers::start();
    let shop = Shop::open(&servers, "desk@shop.example", &Shop::upgraded(&servers)).await;
    servers.send(ANA, "desk@shop.example", "A second payment", &[], "I see it twice.");
    round_trip(&servers, &shop, "A second payment", "lmtp").await;
    shop.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_is_there_at_once_because_the_mailbox_says_so() {
    let servers = Servers::start();
    let shop = Shop::open(&servers, "help@shop.example", &Shop::encrypted(&servers)).await;
    shop.is_listened_to(&servers).await;
    // Nobody wakes the desk, and the next look of the clock is most of a minute away.
    for nth in 0..2 {
        let subject = format!("By itself {nth}");
        servers.send(ANA, "help@shop.example", &subject, &[], "Hello.");
        shop.hears_by_itself(&subject).await;
    }
    shop.closes().await;
}

/// A mail became a case; staff answer; the answer reaches Ana; what she answers joins the case.
async fn round_trip(servers: &Servers, shop: &Shop, subject: &str, door: &str) {
    let (raw, case) = shop.filed(servers, subject).await;
    assert_eq!(raw.door, door);
    assert_eq!((case.subject.as_str(), raw.sender.as_deref()), (subject, Some(ANA)));

    let ack = shop.mail_to(servers, ANA, case.reference.as_str()).await;
    assert_eq!(header(&ack, "Return-Path"), "<>", "{ack}");
    assert_eq!(header(&ack, "Auto-Submitted"), "auto-replied", "{ack}");
    assert!(!ack.contains(subject), "nothing is repeated to a stranger: {ack}");

    shop.answers(&case, "It is on its way.").await;
    let expected = format!("Re: {subject} [{}]", case.reference);
    let answer = shop.mail_to(servers, ANA, &expected).await;
    let asked = header(&answer, "In-Reply-To");
    assert!(!asked.is_empty() && header(&answer, "References").contains(&asked), "{answer}");
    let reply_to = header(&answer, "Reply-To");
    assert!(reply_to.contains('+') && header(&answer, "Auto-Submitted").is_empty(), "{answer}");

    let own = header(&answer, "Message-ID");
    let more = [format!("In-Reply-To: {own}"), format!("References: {asked} {own}")];
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    servers.send(ANA, &reply_to, "Re: thanks", &more, "Thank you, it is there.");
    let (back, same) = shop.filed(servers, "Re: thanks").await;
    assert_eq!((back.door.as_str(), same.id), (door, case.id));
    let said = shop.said(case.id).await;
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[2].text.trim(), "Thank you, it is there.");
}
