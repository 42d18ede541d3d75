//! A notice's page. Everything in it came from outside and is shown as text only.

use askama::Template;
use axum::extract::{Path, Query};
use base::Language;
use base::id::NoticeId;
use billing::notices::{self, NoticeRow};
use processor::Notice;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The notice.
#[derive(Template)]
#[template(path = "console/notice/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) done: bool,
    pub(crate) notice: NoticeRow,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    /// The raw body as text, and whether all of it is.
    pub(crate) body: String,
    pub(crate) body_bytes: usize,
    pub(crate) is_text: bool,
    pub(crate) no_replay: Option<&'static str>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// `GET /console/notices/{notice}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<NoticeId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let notice = notices::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let body = notices::raw_body(&mut reader, &notice).await?;
    drop(reader);
    shift.reads_payments(id).await?;
    let is_text = std::str::from_utf8(&body).is_ok();
    let no_replay = if notice.reads.is_empty() {
        Some("It could not be read, so there is nothing to hear again.")
    } else {
        (!shift.may(Deed::ReplayNotice)).then(|| who_may(Deed::ReplayNotice))
    };
    let page = Page {
        frame: shift.frame("Notice"),
        done: asked.done.is_some(),
        query: masked_query(&notice.query),
        headers: notice.headers.iter().map(|(name, value)| masked(name, value)).collect(),
        body: masked_query(&String::from_utf8_lossy(&body)),
        body_bytes: body.len(),
        is_text,
        no_replay,
        notice,
    };
    html(Language::En, &page)
}

/// A header without what opens something.
fn masked(name: &str, value: &str) -> (String, String) {
    let secret = ["authorization", "cookie", "signature", "secret", "token", "api-key", "password"];
    let hides = secret.iter().any(|word| name.to_ascii_lowercase().contains(word));
    let value =
        if hides { "•••••• (kept secret)".to_owned() } else { value.to_owned() };
    (name.to_owned(), value)
}

/// A form or query without passwords that processors put into it.
fn masked_query(text: &str) -> String {
    let pair = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        let hides = name.contains("password") || name == "pwd" || name.contains("secret");
        match pair.split_once('=') {
            Some((name, _)) if hides => format!("{name}=••••••"),
            _ => pair.to_owned(),
        }
    };
    text.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// What a reading says, in one line for staff.
pub(crate) fn kind_of(notice: &Notice) -> String {
    format!("{:?}", notice.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_something_is_not_shown() {
        for name in ["Authorization", "cookie", "X-Signature", "x-api-key"] {
            assert!(!masked(name, "abc123").1.contains("abc123"), "{name}");
        }
        assert_eq!(masked("content-type", "text/plain").1, "text/plain");
        assert_eq!(
            masked_query("username=ana&Password=hunter2&amount=5"),
            "username=ana&Password=••••••&amount=5"
        );
    }
}
