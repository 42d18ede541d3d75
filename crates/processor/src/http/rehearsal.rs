//! A rehearsal: calls are written down and none of them leaves, so that an operator can see what
//! would be sent, digest and all.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Call, Http, Reply, Sent};

/// The calls that were not made.
pub type Calls = Arc<Mutex<Vec<Rehearsed>>>;

/// Where calls go instead of out.
#[derive(Clone, Debug)]
pub(super) struct Rehearsal(Calls);

/// A call that was written down and not made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Rehearsed {
    /// `GET` or `POST`.
    pub method: String,
    /// Its address.
    pub url: String,
    /// Its headers; a secret one reads `(secret)`.
    pub headers: Vec<(String, String)>,
    /// Its body as text.
    pub body: Option<String>,
}

impl Http {
    /// A client that makes no call but writes each down, and where to read them.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub fn rehearsing() -> Result<(Http, Calls), base::Fault> {
        let calls = Calls::default();
        let http = Http::new()?;
        Ok((Http { rehearsal: Some(Rehearsal(Arc::clone(&calls))), ..http }, calls))
    }
}

impl Rehearsal {
    /// Writes a call down and answers what it may assume, or that it was not made.
    pub(super) fn take(&self, call: Call) -> Sent {
        let shown = |(name, value): &(reqwest::header::HeaderName, _)| {
            let value: &reqwest::header::HeaderValue = value;
            let text = if value.is_sensitive() { "(secret)" } else { value.to_str().unwrap_or("") };
            (name.as_str().to_owned(), text.to_owned())
        };
        let rehearsed = Rehearsed {
            method: call.method.to_string(),
            url: call.url.to_string(),
            headers: call.headers.iter().map(shown).collect(),
            body: call.body.map(|body| String::from_utf8_lossy(&body).into_owned()),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(rehearsed);
        match call.assumed {
            Some(body) => Sent::Answered(Reply { status: 200, body, date: None }),
            None => Sent::NotExecuted("rehearsed only: no call was made".to_owned()),
        }
    }
}
