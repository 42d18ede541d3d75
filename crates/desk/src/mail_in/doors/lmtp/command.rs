//! One line of a mail server, understood.

/// What a mail server may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// `LHLO name`.
    Hello,
    /// `MAIL FROM:<sender> SIZE=n`.
    From { sender: String, size: Option<usize> },
    /// `RCPT TO:<reader>`.
    To { reader: String },
    /// `DATA`.
    Mail,
    /// `RSET`.
    Forget,
    /// `NOOP`.
    Nothing,
    /// `VRFY` or `HELP`: answered, and no more.
    Ask,
    /// `QUIT`.
    Bye,
    /// `HELO` or `EHLO`: this is no SMTP.
    WrongDoor,
    /// A command we know with arguments we do not.
    Garbled,
    /// Anything else.
    Unknown,
}

/// Reads one line, without its end.
pub(super) fn read(line: &str) -> Command {
    let line = line.trim_end();
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word.to_ascii_uppercase().as_str() {
        "LHLO" if !rest.trim().is_empty() => Command::Hello,
        "LHLO" => Command::Garbled,
        "HELO" | "EHLO" => Command::WrongDoor,
        "MAIL" => from(rest),
        "RCPT" => to(rest),
        "DATA" if rest.is_empty() => Command::Mail,
        "DATA" => Command::Garbled,
        "RSET" => Command::Forget,
        "NOOP" => Command::Nothing,
        "VRFY" | "HELP" => Command::Ask,
        "QUIT" => Command::Bye,
        _ => Command::Unknown,
    }
}

fn from(rest: &str) -> Command {
    let Some((sender, more)) = path(rest, "FROM:") else { return Command::Garbled };
    let mut size = None;
    for word in more.split_ascii_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        // What else may stand here (BODY, SMTPUTF8, AUTH) changes nothing for us.
        if name.eq_ignore_ascii_case("SIZE") {
            let Ok(told) = value.parse() else { return Command::Garbled };
            size = Some(told);
        }
    }
    Command::From { sender, size }
}

fn to(rest: &str) -> Command {
    match path(rest, "TO:") {
        Some((reader, _)) if !reader.is_empty() => Command::To { reader },
        _ => Command::Garbled,
    }
}

/// The address between angle brackets behind a word, and what follows.
fn path<'a>(rest: &'a str, word: &str) -> Option<(String, &'a str)> {
    let rest = rest.trim_start();
    let (said, rest) = rest.split_at_checked(word.len())?;
    if !said.eq_ignore_ascii_case(word) {
        return None;
    }
    let rest = rest.trim_start().strip_prefix('<')?;
    // A quoted local part may hold a bracket.
    let mut quoted = false;
    let end = rest.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == '>' && !quoted
    });
    let (end, _) = end?;
    let (address, more) = (&rest[..end], &rest[end + 1..]);
    // A route in front of the address (`@a,@b:c@d`) has meant nothing for decades.
    let routed = address.strip_prefix('@').and_then(|routed| routed.split_once(':'));
    let address = routed.map_or(address, |(_, address)| address);
    let fits = address.len() <= 320 && !address.chars().any(char::is_control);
    fits.then(|| (address.to_owned(), more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_the_standard_writes_them_and_as_servers_do() {
        let sent = |sender: &str, size| Command::From { sender: sender.to_owned(), size };
        let to = |reader: &str| Command::To { reader: reader.to_owned() };
        let table = [
            ("LHLO mail.example.org", Command::Hello),
            ("lhlo x", Command::Hello),
            ("LHLO", Command::Garbled),
            ("EHLO x", Command::WrongDoor),
            ("MAIL FROM:<>", sent("", None)),
            (
                "MAIL FROM:<ana@example.org> SIZE=123 BODY=8BITMIME",
                sent("ana@example.org", Some(123)),
            ),
            ("mail from: <ana@example.org>", sent("ana@example.org", None)),
            ("MAIL FROM:<\"a>b\"@example.org>", sent("\"a>b\"@example.org", None)),
            ("MAIL FROM:ana@example.org", Command::Garbled),
            ("MAIL FROM:<ana@example.org> SIZE=x", Command::Garbled),
            ("RCPT TO:<help@shop.example>", to("help@shop.example")),
            ("RCPT TO:<@a,@b:help@shop.example>", to("help@shop.example")),
            ("RCPT TO:<>", Command::Garbled),
            ("RCPT TO:<help", Command::Garbled),
            ("RCPT", Command::Garbled),
            ("DATA", Command::Mail),
            ("DATA now", Command::Garbled),
            ("RSET", Command::Forget),
            ("NOOP", Command::Nothing),
            ("VRFY ana", Command::Ask),
            ("quit", Command::Bye),
            ("", Command::Unknown),
            ("BDAT 3", Command::Unknown),
            ("ü", Command::Unknown),
            ("MAIL FRÖM:<a@b.c>", Command::Garbled),
        ];
        for (line, command) in table {
            assert_eq!(read(line), command, "{line:?}");
        }
    }
}
