//! Nobody looks: answers go by mail to an address that was proved, once; and a case that becomes
//! part of another takes its talk along.

use base::{SignedDuration, Stop};
use desk::cases::{self, Author, CaseState, Change};
use desk::chat::tend;
use desk::mail::Outgoing;
use desk::people::{self, Proof};
use identity::customers::{self, NewCustomer};
use identity::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};
use store::Engine;

use super::desk_end::Mia;
use super::lines::case_of;
use super::node::{Node, Nodes};
use super::visitor::Visitor;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

async fn mails(node: &Node) -> Vec<Outgoing> {
    let mut reader = node.app.billing.store.read().await.unwrap();
    desk::mail::list(&mut reader, store::Page::first(50)).await.unwrap()
}

async fn told(visitor: &Visitor<'_>) -> Value {
    let call = visitor.call(&visitor.nodes.all[0], Method::GET, "messages?after=0");
    call.send().await.unwrap().json().await.unwrap()
}

fn texts(told: &Value) -> Vec<&str> {
    told["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_visitor_missed_goes_once_to_the_address_they_proved() {
    for engine in ENGINES {
        let nodes = Nodes::open(engine, 1).await;
        let (node, mia) = (&nodes.all[0], Mia::comes(&nodes, Role::Agent).await);
        let mut visitor = Visitor::come(&nodes, 11).await;
        visitor.says("I paid twice.".to_owned()).await;
        let case = case_of(&visitor).await;
        let before = told(&visitor).await;
        assert_eq!(before["state"]["doors"], true, "nobody is at the desk");
        let asks = visitor.call(node, Method::POST, "email");
        let answer = asks.json(&json!({ "mail": "Eve@Example.test" })).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let again = visitor.call(node, Method::POST, "email");
        let again = again.json(&json!({ "mail": "eve@example.test" })).send().await.unwrap();
        assert_eq!(again.status(), 429, "a link a minute");

        mia.answers(node, case, "We see it and give one back.").await;
        let away = SignedDuration::from_mins(20);
        nodes.env.clock.advance(away);
        tend(&node.app.desk).await.unwrap();
        let sent = mails(node).await;
        assert_eq!(sent.len(), 1, "only the link, before the address is proved");
        assert!(!sent[0].text.contains("twice") && !sent[0].html.contains("twice"));
        let link = sent[0].text.split_whitespace().find(|word| word.contains("/chat/mail/"));
        let link = link.expect("a link").to_owned();
        for method in [Method::GET, Method::POST] {
            let call = nodes.http.request(method, &link).header("origin", &node.base);
            assert_eq!(call.send().await.unwrap().status(), 200);
        }
        tend(&node.app.desk).await.unwrap();
        let sent = mails(node).await;
        assert_eq!(sent.len(), 2, "the answer that was missed");
        assert!(sent[0].text.contains("We see it and give one back."), "{}", sent[0].text);
        assert_eq!(sent[0].to.to_lowercase(), "eve@example.test");
        nodes.env.clock.advance(away);
        tend(&node.app.desk).await.unwrap();
        assert_eq!(mails(node).await.len(), 2, "once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_talk_goes_on_in_the_case_its_own_was_merged_into_or_that_follows_it() {
    for engine in ENGINES {
        let nodes = Nodes::open(engine, 1).await;
        let (node, mia) = (&nodes.all[0], Mia::comes(&nodes, Role::Lead).await);
        let (store, env) = (&node.app.billing.store, &node.app.billing.env);
        let by = Author::Staff(mia.id);
        let (mut eve, mut ida) = (Visitor::come(&nodes, 21).await, Visitor::come(&nodes, 22).await);
        eve.says("Eve’s own words".to_owned()).await;
        ida.says("Ida’s own words".to_owned()).await;
        let (of_eve, of_ida) = (case_of(&eve).await, case_of(&ida).await);
        let merge = async || {
            store::write!(store, |tx| cases::merge(tx, env, of_eve, of_ida, by).await.map(|_| ()))
        };
        let refused = merge().await;
        assert!(
            matches!(refused, Err(Stop::Refused(no)) if no.code == "case_of_another_person"),
            "a stranger is brought to no other's words"
        );
        let same = store::write!(store, |tx| {
            let one = customers::register(tx, env, NewCustomer::default()).await?;
            for case in [of_eve, of_ida] {
                let case = cases::find(tx, case).await?.unwrap();
                people::attach_customer(tx, env, case.requester, one.id, Proof::Staff).await?;
            }
            Ok(())
        });
        same.unwrap();
        merge().await.unwrap();
        eve.says("more of Eve".to_owned()).await;
        assert_eq!(texts(&told(&eve).await), ["Eve’s own words", "more of Eve"]);
        assert_eq!(texts(&told(&ida).await), ["Ida’s own words"], "each browser reads its own");

        // What comes after the end begins another case, and the browser reads on behind its number.
        let last = told(&ida).await["lines"][0]["n"].as_i64().unwrap();
        for state in [CaseState::Solved, CaseState::Closed] {
            let done = store::write!(store, |tx| {
                let change = Change::State(state);
                cases::change(tx, env, of_ida, None, by, change).await.map(|_| ())
            });
            done.unwrap();
        }
        ida.says("Ida again".to_owned()).await;
        let call = ida.call(node, Method::GET, &format!("messages?after={last}"));
        let told: Value = call.send().await.unwrap().json().await.unwrap();
        assert_eq!(texts(&told), ["Ida again"]);
        assert!(told["lines"][0]["n"].as_i64().unwrap() > last);
    }
}
