//! JSON bodies: read once, within a size and a time, into types that refuse what they do not know.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use base::{Kind, Refusal};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use super::{Object, read};
use crate::problem::Problem;

/// How large a body may be.
pub const MOST_BYTES: usize = 64 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// Larger than [`MOST_BYTES`].
const TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "body_over_limit", "a body has 65,536 bytes at most");
/// Broken off.
const BROKEN: Refusal =
    Refusal::new(Kind::Malformed, "body_broken_off", "the body ended before it was whole");
/// Not text.
const NOT_UTF8: Refusal =
    Refusal::new(Kind::Malformed, "body_not_utf8", "the body must be UTF-8 text");
/// Not JSON.
const NOT_JSON: Refusal =
    Refusal::new(Kind::Malformed, "body_not_json", "the body must be one JSON object");
/// Too slow.
const TOO_SLOW: Problem = Problem::of_protocol(
    StatusCode::REQUEST_TIMEOUT,
    "body_too_slow",
    "The request took too long",
    "the body did not arrive within ten seconds",
);
/// Not called JSON.
const OTHER_TYPE: Problem = Problem::of_protocol(
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    "content_type_not_json",
    "Another media type",
    "send application/json in UTF-8",
);
/// Packed.
const PACKED: Problem = Problem::of_protocol(
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    "content_encoding_not_supported",
    "Another encoding",
    "send the body as it is, without Content-Encoding",
);

/// A JSON body of a known shape.
pub struct Sent<T>(pub T);

/// A JSON body of a known shape, or nothing at all where every field may be left out.
pub struct SentOrEmpty<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Sent<T>, Problem> {
        check_headers(request.headers())?;
        let bytes = whole(request.into_body()).await?;
        Ok(Sent(parse(&bytes)?))
    }
}

impl<S: Sync, T: DeserializeOwned + Default> FromRequest<S> for SentOrEmpty<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<SentOrEmpty<T>, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = whole(body).await?;
        if bytes.is_empty() {
            return Ok(SentOrEmpty(T::default()));
        }
        check_headers(&parts.headers)?;
        Ok(SentOrEmpty(parse(&bytes)?))
    }
}

/// The whole body, if it is not too large and not too slow.
///
/// # Errors
/// A problem with 413, 408 or 400.
pub async fn whole(body: Body) -> Result<Bytes, Problem> {
    let told = HttpBody::size_hint(&body).lower();
    if told > MOST_BYTES as u64 {
        return Err(TOO_LARGE.into());
    }
    let collected = Limited::new(body, MOST_BYTES).collect();
    match tokio::time::timeout(PATIENCE, collected).await {
        Err(_) => Err(TOO_SLOW),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(TOO_LARGE.into()),
        Ok(Err(_)) => Err(BROKEN.into()),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

fn check_headers(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|packed| packed != "identity") {
        return Err(PACKED.at("Content-Encoding"));
    }
    let told = headers.get(header::CONTENT_TYPE).and_then(|told| told.to_str().ok());
    if told.is_some_and(is_json) { Ok(()) } else { Err(OTHER_TYPE.at("Content-Type")) }
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    json && parts.all(|part| {
        part.is_empty()
            || part
                .split_once('=')
                .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
                .is_none_or(|(_, set)| set.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
    })
}

/// Reads one JSON object with nothing behind it.
///
/// # Errors
/// A refusal that names the field, if there is one to name.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| NOT_UTF8)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize::<_, Object<T>>(&mut reader);
    let Object(value) = read.map_err(|error| refused(&error))?;
    reader.end().map_err(|error| NOT_JSON.because(format!("not one JSON object: {error}")))?;
    Ok(value)
}

fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> Refusal {
    let inner = error.inner();
    let of_a_number = inner.to_string().starts_with("number out of range");
    if (inner.is_syntax() || inner.is_eof()) && !of_a_number {
        return NOT_JSON.because(format!("not one JSON object: {inner}"));
    }
    read::field(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Price {
        #[serde(rename = "amount")]
        _amount: i64,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Pack {
        #[serde(rename = "code")]
        _code: String,
        #[serde(default, rename = "prices")]
        _prices: Vec<Price>,
    }

    #[test]
    fn each_bad_body_is_answered_with_a_code_and_the_field() {
        let table: [(&[u8], &str, Option<&str>); 18] = [
            (b"", "body_not_json", None),
            (b"{", "body_not_json", None),
            (b"nope", "body_not_json", None),
            (b"{\"code\":\"a\"} {}", "body_not_json", None),
            (b"{\"code\":\"a\"}]", "body_not_json", None),
            (b"{\"code\":\"\\ud800\"}", "body_not_json", None),
            (b"{\"code\":\"\xff\"}", "body_not_utf8", None),
            (b"[]", "field_not_valid", None),
            (b"[\"a\"]", "field_not_valid", None),
            (b"\"text\"", "field_not_valid", None),
            (b"{}", "field_missing", Some("code")),
            (b"{\"code\":1}", "field_not_valid", Some("code")),
            (b"{\"code\":\"a\",\"code\":\"b\"}", "field_twice", Some("code")),
            (b"{\"code\":\"a\",\"cod\":1}", "field_unknown", Some("cod")),
            (b"{\"code\":\"a\",\"prices\":[{}]}", "field_missing", Some("prices[0].amount")),
            (
                b"{\"code\":\"a\",\"prices\":[{\"amount\":1},{\"amount\":1.5}]}",
                "field_not_valid",
                Some("prices[1].amount"),
            ),
            (
                b"{\"code\":\"a\",\"prices\":[{\"amount\":99999999999999999999}]}",
                "field_not_valid",
                Some("prices[0].amount"),
            ),
            (
                b"{\"code\":\"a\",\"prices\":[{\"amount\":1e999}]}",
                "field_not_valid",
                Some("prices[0].amount"),
            ),
        ];
        for (body, code, param) in table {
            let refusal = parse::<Pack>(body).unwrap_err();
            let shown = String::from_utf8_lossy(body);
            assert_eq!((refusal.code, refusal.param.as_deref()), (code, param), "{shown}");
        }
    }

    #[test]
    fn json_is_known_by_its_media_type_alone() {
        for told in ["application/json", "Application/JSON; charset=UTF-8", "application/json;"] {
            assert!(is_json(told), "{told}");
        }
        for told in ["", "text/json", "application/json; charset=latin1", "application/jsonp"] {
            assert!(!is_json(told), "{told}");
        }
    }
}
