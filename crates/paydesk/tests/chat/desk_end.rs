//! The desk's end: somebody of staff who answers, and an open page of the console that listens.

use std::collections::HashMap;
use std::time::Duration;

use base::id::{CaseId, StaffId};
use base::{Chance, Language};
use desk::cases::{self, Author, NewMessage, Origin, ThreadKind};
use identity::staff::{self, Form, NewStaff, Role};
use reqwest::header::SET_COOKIE;

use super::listener::Listener;
use super::node::{Node, Nodes};

/// Somebody of staff, signed in.
pub(crate) struct Mia {
    pub(crate) id: StaffId,
    cookie: String,
}

impl Mia {
    /// Signs in by link.
    pub(crate) async fn comes(nodes: &Nodes, role: Role) -> Mia {
        let node = &nodes.all[0];
        let role = role.as_str().to_owned();
        let form = Form { name: "Mia Berg".into(), email: "mia@example.test".into(), role };
        let new = NewStaff::checked(&form).unwrap();
        let (store, env) = (&node.app.billing.store, &nodes.env);
        let (staff, link) =
            store::write!(store, |tx| staff::add(tx, env, new.clone()).await).unwrap();
        let answer = nodes
            .http
            .post(format!("{}/console/link", node.base))
            .header("origin", &node.base)
            .form(&[("key", link.reveal())])
            .send()
            .await
            .unwrap();
        let cookie = answer.headers().get(SET_COOKIE).expect("a session").to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Mia { id: staff.id, cookie }
    }

    /// Opens the console's stream.
    pub(crate) async fn watches(&self, nodes: &Nodes, node: &Node, last: Option<&str>) -> Listener {
        let url = format!("{}/console/live", node.base);
        let mut call = nodes.http.get(url).header("cookie", &self.cookie);
        if let Some(last) = last {
            call = call.header("last-event-id", last);
        }
        Listener::open(call).await
    }

    /// Answers in a case, on any node.
    pub(crate) async fn answers(&self, node: &Node, case: CaseId, text: &str) {
        let app = &node.app;
        let answer =
            NewMessage::answer(Author::Staff(self.id), Origin::Chat, Language::Da, text.to_owned());
        let env = &app.billing.env;
        let done = store::write!(app.billing.store, |tx| {
            cases::add(tx, env, case, answer.clone()).await.map(|_| ())
        });
        done.unwrap();
    }

    /// What an open page shows, told by the stream and read from the rows: each case's lines in the
    /// order they came up. The stream breaks now and then, and goes on elsewhere.
    pub(crate) async fn sees(
        &self,
        nodes: &Nodes,
        seed: u64,
        until: usize,
    ) -> HashMap<CaseId, Vec<String>> {
        let chance = Chance::seeded(seed);
        let mut shown: HashMap<CaseId, Vec<String>> = HashMap::new();
        let mut read_to: HashMap<CaseId, i64> = HashMap::new();
        let (mut last, mut idle, mut count) = (None::<String>, 0, 0);
        while count < until && idle < 200 {
            let node = nodes.any(&chance);
            let mut stream = self.watches(nodes, node, last.as_deref()).await;
            for _ in 0..=chance.below(30) {
                let Some(event) = stream.next(Duration::from_millis(300)).await else {
                    idle += 1;
                    continue;
                };
                let known: Vec<CaseId> = match event.name.as_str() {
                    "case.changed" => vec![event.body["case"].as_str().unwrap().parse().unwrap()],
                    // "Look at everything again."
                    "reset" => read_to.keys().copied().collect(),
                    _ => continue,
                };
                for case in known {
                    let after = read_to.entry(case).or_default();
                    let mut reader = node.app.billing.store.read().await.unwrap();
                    let threads = [ThreadKind::Customer];
                    let lines = cases::messages(&mut reader, case, &threads, *after, 100).await;
                    for line in lines.unwrap() {
                        (idle, count) = (0, count + 1);
                        *after = line.seq;
                        shown.entry(case).or_default().push(line.text);
                    }
                }
                last = event.id.or(last);
            }
        }
        shown
    }
}
