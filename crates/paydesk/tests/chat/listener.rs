//! Listening to server-sent events over a line that breaks.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use reqwest::RequestBuilder;
use serde_json::Value;

/// One event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) body: Value,
}

/// An open stream. Dropping it breaks the line.
pub(crate) struct Listener {
    bytes: BoxStream<'static, Option<Vec<u8>>>,
    rest: String,
    ready: VecDeque<Event>,
}

impl Listener {
    /// Opens it.
    pub(crate) async fn open(request: RequestBuilder) -> Listener {
        let answer = request.header("accept", "text/event-stream").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"].to_str().unwrap();
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        assert!(answer.headers().get("content-encoding").is_none(), "it must not be held back");
        Listener {
            bytes: answer.bytes_stream().map(|piece| Some(piece.ok()?.to_vec())).boxed(),
            rest: String::new(),
            ready: VecDeque::new(),
        }
    }

    /// The next event, if one comes in that time.
    pub(crate) async fn next(&mut self, within: Duration) -> Option<Event> {
        let until = tokio::time::Instant::now() + within;
        while self.ready.is_empty() {
            let piece = tokio::time::timeout_at(until, self.bytes.next()).await.ok()??;
            self.rest.push_str(std::str::from_utf8(&piece?).unwrap());
            while let Some((block, rest)) = self.rest.split_once("\n\n") {
                let event = read(block);
                self.rest = rest.to_owned();
                self.ready.extend(event);
            }
        }
        self.ready.pop_front()
    }
}

fn read(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
    };
    let body = serde_json::from_str(&field("data")?).unwrap();
    Some(Event { name: field("event").unwrap_or_default(), id: field("id"), body })
}
