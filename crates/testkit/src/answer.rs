//! An answer of the API, and what a story expects of it.

use serde_json::Value;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Of the body.
    pub content_type: String,
    /// Whether it says that it was answered before.
    pub replayed: bool,
    /// The body as text.
    pub text: String,
}

impl Answer {
    pub(crate) async fn of(response: reqwest::Response) -> Answer {
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (content_type, replayed) = (header("content-type"), header("idempotency-replayed"));
        let status = response.status().as_u16();
        let text = response.text().await.expect("read an answer");
        Answer { status, content_type, replayed: replayed == "true", text }
    }

    /// The body, which must be JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// Something inside the body, by JSON pointer.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Value {
        let body = self.json();
        body.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {body:#}")).clone()
    }

    /// A text inside the body, by JSON pointer.
    #[must_use]
    pub fn text_at(&self, pointer: &str) -> String {
        self.at(pointer).as_str().unwrap_or_else(|| panic!("no text at {pointer}")).to_owned()
    }

    /// Expects success.
    #[must_use]
    pub fn good(self) -> Answer {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self
    }

    /// Expects a problem with this status and code.
    #[track_caller]
    pub fn is_refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.text_at("/code").as_str()), (status, code), "{}", self.text);
        assert!(self.content_type.starts_with("application/problem+json"), "{self:?}");
    }
}
