//! Where webhooks may go: the public internet over TLS, and nowhere inside the operator's network.
//!
//! A merchant writes the address, so it must not become a way to speak to machines that only we can
//! reach: the desk's `outside` says which those are.

use base::{Kind, Refusal};
pub use desk::outside::{Guarded, Loopback};
use desk::outside::{is_loopback, may_lead_outside};
use url::Url;

/// The address cannot be one for webhooks.
const NOT_VALID: Refusal = Refusal::new(
    Kind::Malformed,
    "url_not_valid",
    "url must be an absolute https address of 2,000 characters at most, without user name and \
     fragment",
);
/// The address is plain.
const NOT_HTTPS: Refusal =
    Refusal::new(Kind::Rule, "url_not_https", "webhooks go out over https only");
/// The address is of a network that is not public.
const NOT_PUBLIC: Refusal = Refusal::new(
    Kind::Rule,
    "url_not_public",
    "webhooks go to public addresses only, not into private, local or reserved networks",
);

/// How long an address may be.
const LONGEST: usize = 2_000;

/// Reads an address for webhooks. Names are looked up when something is sent, not here.
///
/// # Errors
/// Refused if it is no address, not https, or plainly not public.
pub fn checked(written: &str, loopback: Loopback) -> Result<Url, Refusal> {
    if written.len() > LONGEST {
        return Err(NOT_VALID.at("url"));
    }
    let url: Url = written.parse().map_err(|_| NOT_VALID.at("url"))?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !bare || !matches!(url.scheme(), "https" | "http") {
        return Err(NOT_VALID.at("url"));
    }
    let local = loopback == Loopback::Allowed && is_loopback(&url);
    if url.scheme() != "https" && !local {
        return Err(NOT_HTTPS.at("url"));
    }
    if url.host().is_none() {
        return Err(NOT_VALID.at("url"));
    }
    if may_lead_outside(&url) || local { Ok(url) } else { Err(NOT_PUBLIC.at("url")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_refused_with_a_reason() {
        let table = [
            ("https://shop.example.org/hooks?a=b", Ok(())),
            ("https://93.184.215.14:8443/", Ok(())),
            ("http://shop.example.org/", Err("url_not_https")),
            ("http://localhost:3000/", Err("url_not_https")),
            ("https://localhost/", Err("url_not_public")),
            ("https://db.internal/", Err("url_not_public")),
            ("https://intranet/", Err("url_not_public")),
            ("https://127.1/", Err("url_not_public")),
            ("https://0x7f000001/", Err("url_not_public")),
            ("https://2130706433/", Err("url_not_public")),
            ("https://[::1]/", Err("url_not_public")),
            ("https://[::ffff:a9fe:a9fe]/", Err("url_not_public")),
            ("https://169.254.169.254/latest", Err("url_not_public")),
            ("https://user:secret@shop.example.org/", Err("url_not_valid")),
            ("https://shop.example.org/#top", Err("url_not_valid")),
            ("ftp://shop.example.org/", Err("url_not_valid")),
            ("file:///etc/passwd", Err("url_not_valid")),
            ("/hooks", Err("url_not_valid")),
            ("", Err("url_not_valid")),
        ];
        for (url, verdict) in table {
            let found = checked(url, Loopback::Refused);
            let code = found.map(|_| ()).map_err(|refusal| refusal.code);
            assert_eq!(code, verdict, "{url}");
        }
        assert!(checked("http://localhost:3000/", Loopback::Allowed).is_ok());
        assert!(checked("http://127.0.0.1:3000/", Loopback::Allowed).is_ok());
        assert!(checked("http://10.0.0.1/", Loopback::Allowed).is_err());
        assert!(checked("http://localhost.example.org/", Loopback::Allowed).is_err());
    }
}
