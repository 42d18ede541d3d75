//! A message in a file: a body alone, or a whole HTTP request; and what may be assumed about it.

use anyhow::{Result, anyhow};
use base64::Engine as _;
use billing::Account;
use processor::RawNotice;

/// What a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// From the first line, if there is one.
    pub method: Option<String>,
    /// The secret at the end of the path of the first line.
    pub path_secret: Option<String>,
    /// What stands behind the question mark of the first line.
    pub query: Option<String>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// What follows the empty line, or everything.
    pub body: Vec<u8>,
}

/// Reads a file: a whole request if its first line is one, else a body.
pub(super) fn read(bytes: &[u8]) -> Result<Message> {
    let Some(start) = request_line(bytes) else {
        return Ok(Message { body: bytes.to_vec(), ..Message::default() });
    };
    let mut message = start;
    let mut rest = bytes;
    next_line(&mut rest);
    loop {
        let line = next_line(&mut rest);
        let text = std::str::from_utf8(line).map_err(|_| anyhow!("a header is not UTF-8 text"))?;
        if text.is_empty() {
            break;
        }
        message.headers.push(header(text)?);
    }
    message.body = rest.to_vec();
    Ok(message)
}

/// Reads a header line.
pub(super) fn header(line: &str) -> Result<(String, String)> {
    let (name, value) =
        line.split_once(':').ok_or_else(|| anyhow!("{line:?} is no header: write Name: value"))?;
    Ok((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// `POST /postbacks/segpay/secret?a=b HTTP/1.1`, as it stands first in a captured request.
fn request_line(bytes: &[u8]) -> Option<Message> {
    let mut rest = bytes;
    let line = std::str::from_utf8(next_line(&mut rest)).ok()?;
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let known = matches!(method, "GET" | "POST" | "PUT");
    if !known || !version.starts_with("HTTP/") || words.next().is_some() {
        return None;
    }
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let mut parts = path.split('/').skip_while(|part| *part != "postbacks").skip(2);
    let secret = parts.next().filter(|part| !part.is_empty());
    Some(Message {
        method: Some(method.to_owned()),
        path_secret: secret.map(str::to_owned),
        query,
        ..Message::default()
    })
}

/// Takes the next line off, without its end.
fn next_line<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let (line, after) = match rest.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (*rest, &rest[rest.len()..]),
    };
    *rest = after;
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Opens the locks whose keys only the house and we have, where the file does not hold them: the
/// sender, the secret of the address, the password. A signature is never assumed.
pub(super) fn assume(raw: &mut RawNotice, account: &Account, knows_sender: bool) -> Vec<String> {
    let mut assumed = Vec::new();
    if raw.path_secret.is_none() && account.path_secret.is_some() {
        raw.path_secret.clone_from(&account.path_secret);
        assumed.push("path_secret: the one that is configured".to_owned());
    }
    let Some(locks) = account.connector.locks() else { return assumed };
    if let (false, Some(first)) = (knows_sender, locks.senders.first()) {
        raw.sender = first.hosts().next().unwrap_or(first.addr());
        assumed.push(format!("sender: {}, the first on the account's list", raw.sender));
    }
    if let (Some(basic), None) = (&locks.basic, raw.header("authorization")) {
        let pair = format!("{}:{}", basic.user, basic.password);
        let code = base64::engine::general_purpose::STANDARD.encode(pair);
        raw.headers.push(("authorization".to_owned(), format!("Basic {code}")));
        assumed.push("authorization: the user and password that are configured".to_owned());
    }
    assumed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_alone_is_a_body() {
        let body: &[u8] = b"action=Auth&stage=initial\n";
        let message = read(body).unwrap();
        assert_eq!(message, Message { body: body.to_vec(), ..Message::default() });
    }

    #[test]
    fn a_captured_request_is_taken_apart() {
        let request = b"POST /postbacks/acc/s3cret?a=1 HTTP/1.1\r\nHost: x\r\n\
                        X-Signature:  ab\r\n\r\n{\"a\": 1}\r\n";
        let message = read(request).unwrap();
        assert_eq!(message.method.as_deref(), Some("POST"));
        assert_eq!(message.path_secret.as_deref(), Some("s3cret"));
        assert_eq!(message.query.as_deref(), Some("a=1"));
        assert_eq!(message.headers[1], ("x-signature".to_owned(), "ab".to_owned()));
        assert_eq!(message.body, b"{\"a\": 1}\r\n");
    }

    #[test]
    fn a_header_without_a_colon_is_refused() {
        assert!(read(b"GET /postbacks/acc HTTP/1.1\nnonsense\n\n").is_err());
        assert!(header("no colon").is_err());
    }
}
