//! What stands before the mail in some stores: a byte-order mark, blank lines, mbox's `From ` line.

/// The mail without them.
pub(crate) fn without_prefix(raw: &[u8]) -> &[u8] {
    let mut rest = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw);
    rest = blank_lines(rest);
    if rest.starts_with(b"From ") || rest.starts_with(b">From ") {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        rest = blank_lines(&rest[end..]);
    }
    rest
}

fn blank_lines(mut rest: &[u8]) -> &[u8] {
    while let [b'\r' | b'\n', after @ ..] = rest {
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    #[test]
    fn what_stands_before_the_mail_is_left_out() {
        for before in
            ["", "\u{FEFF}", "\r\n\n", "From a@b Mon Nov  2 15:04:05 2026\n", "\nFrom x\n"]
        {
            let raw = format!("{before}Subject: x\n\nFrom here on\n");
            assert_eq!(without_prefix(raw.as_bytes()), b"Subject: x\n\nFrom here on\n");
        }
        assert_eq!(without_prefix(b"From only"), b"");
    }
}
