//! The widget's script: its parts in order, sent as one file to any site that names it.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "assets/widget"]
struct Parts;

struct Script {
    text: Vec<u8>,
    tag: HeaderValue,
}

static SCRIPT: LazyLock<Script> = LazyLock::new(|| {
    let mut names: Vec<_> = Parts::iter().collect();
    names.sort_unstable();
    let parts = names.iter().filter_map(|name| Parts::get(name));
    let text: Vec<u8> = parts.flat_map(|part| part.data.into_owned()).collect();
    let hash = hex::encode(Sha256::digest(&text));
    let tag = HeaderValue::from_str(&format!("\"{}\"", &hash[..20]));
    Script { text, tag: tag.unwrap_or(HeaderValue::from_static("\"\"")) }
});

/// `GET /widget/chat.js`. Its address never changes, so browsers ask now and then whether it has.
pub(super) async fn send(asked: HeaderMap) -> Response {
    let script = &*SCRIPT;
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|tag| *tag == script.tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        script.text.as_slice().into_response()
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=600, stale-while-revalidate=86400"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::ETAG, script.tag.clone());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_whole_and_touches_no_markup() {
        let text = String::from_utf8(SCRIPT.text.clone()).unwrap();
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing"));
        assert!(place("const LOOK") < place("class Keep"));
        assert!(place("class Wire") < place("class Talk"));
        assert!(place("class Doors") < place("customElements.define"));
        for danger in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!text.contains(danger), "customers' words must stay texts: {danger}");
        }
    }
}
