//! A visitor's browser as the widget is: one name for each line however often it is sent, and
//! nothing taken twice from a stream.

use std::time::Duration;

use base::{Chance, SignedDuration};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use super::listener::Listener;
use super::node::{Node, Nodes};

/// A visitor.
pub(crate) struct Visitor<'n> {
    pub(crate) nodes: &'n Nodes,
    pub(crate) token: String,
    chance: Chance,
    /// What was written, with the browser's names.
    pub(crate) written: Vec<(String, String)>,
}

impl<'n> Visitor<'n> {
    /// Opens the chat.
    pub(crate) async fn come(nodes: &'n Nodes, seed: u64) -> Visitor<'n> {
        let chance = Chance::seeded(seed);
        let node = nodes.any(&chance);
        let request = nodes.http.post(format!("{}/chat/v1/session", node.base));
        let body = json!({ "channel": "site", "language": "da", "page": "https://shop.example/a" });
        let answer = request.header("origin", "https://shop.example").json(&body).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 201);
        let body: Value = answer.json().await.unwrap();
        let token = body["token"].as_str().unwrap().to_owned();
        Visitor { nodes, token, chance, written: Vec::new() }
    }

    /// The same session, open once more.
    pub(crate) fn another_tab(&self, seed: u64) -> Visitor<'n> {
        let (nodes, token) = (self.nodes, self.token.clone());
        Visitor { nodes, token, chance: Chance::seeded(seed), written: Vec::new() }
    }

    /// A call with the session's token.
    pub(crate) fn call(&self, node: &Node, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/chat/v1/{path}", node.base);
        let call = self.nodes.http.request(method, url).bearer_auth(&self.token);
        call.header("origin", "https://shop.example")
    }

    async fn post(&self, node: &Node, (id, text): &(String, String)) -> Response {
        let body = json!({ "id": id, "text": text });
        self.call(node, Method::POST, "messages").json(&body).send().await.unwrap()
    }

    /// Writes a line over a bad line: the answer may be lost, the line may go to two nodes at
    /// once, and an older one may come again afterwards.
    pub(crate) async fn says(&mut self, text: String) {
        // Twenty calls a minute are taken, and some lines take three.
        if self.written.len() % 5 == 4 {
            self.nodes.env.clock.advance(SignedDuration::from_secs(61));
        }
        let line = (self.name(), text);
        let (first, second) = (self.nodes.any(&self.chance), self.nodes.any(&self.chance));
        match self.chance.below(4) {
            0 => {
                // The answer is lost, and perhaps the line with it.
                let lost = Duration::from_millis(self.chance.below(12));
                let _ = tokio::time::timeout(lost, self.post(first, &line)).await;
                self.arrives(second, &line).await;
            }
            1 => {
                let (one, two) = tokio::join!(self.post(first, &line), self.post(second, &line));
                let mut status = [one.status().as_u16(), two.status().as_u16()];
                status.sort_unstable();
                assert_eq!(status, [200, 201], "one of two writes it");
                let (one, two) = (id_of(one).await, id_of(two).await);
                assert_eq!(one, two, "both are the same row");
            }
            _ => self.arrives(first, &line).await,
        }
        self.written.push(line);
        if self.chance.below(3) == 0 {
            let nth = self.chance.below(self.written.len() as u64);
            let old = self.written[usize::try_from(nth).unwrap()].clone();
            let again = self.post(self.nodes.any(&self.chance), &old).await;
            assert_eq!(again.status(), 200, "it came before");
        }
    }

    async fn arrives(&self, node: &Node, line: &(String, String)) {
        let answer = self.post(node, line).await;
        assert!(matches!(answer.status().as_u16(), 200 | 201), "{}", answer.status());
    }

    /// Reads the talk over streams that break every few events, on whatever node answers.
    pub(crate) async fn listens(&self, seed: u64, until: usize) -> Vec<(i64, String)> {
        let chance = Chance::seeded(seed);
        let mut read: Vec<(i64, String)> = Vec::new();
        let mut last: Option<String> = None;
        let mut idle = 0;
        while read.len() < until && idle < 200 {
            let mut call = self.call(self.nodes.any(&chance), Method::GET, "stream");
            if let Some(last) = &last {
                call = call.header("last-event-id", last);
            }
            let mut stream = Listener::open(call).await;
            for _ in 0..=chance.below(9) {
                let Some(event) = stream.next(Duration::from_millis(300)).await else {
                    idle += 1;
                    continue;
                };
                if event.name != "line" {
                    continue;
                }
                idle = 0;
                let number = event.body["n"].as_i64().unwrap();
                assert_eq!(event.id.as_deref(), Some(number.to_string().as_str()));
                // As the widget does: what is not above the last is known already.
                if read.last().is_none_or(|(newest, _)| number > *newest) {
                    read.push((number, event.body["text"].as_str().unwrap().to_owned()));
                }
                // Sometimes the line breaks before the browser has kept the number.
                if chance.below(5) > 0 {
                    last = event.id;
                }
            }
        }
        read
    }

    fn name(&self) -> String {
        let bytes: [u8; 16] = self.chance.bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let [a, b, c, d] = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20]];
        format!("{a}-{b}-{c}-{d}-{}", &hex[20..])
    }
}

async fn id_of(answer: Response) -> String {
    let body: Value = answer.json().await.unwrap();
    body["line"]["id"].as_str().unwrap().to_owned()
}
