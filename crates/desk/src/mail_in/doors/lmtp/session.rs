//! The conversation with a mail server as a machine of its own: a command in, lines out. It knows
//! no socket and no database.

use super::command::Command;

/// Recipients of one mail.
const MOST_READERS: usize = 100;
/// Commands that make no sense before we hang up.
const MOST_MISTAKES: u32 = 20;

/// What follows a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Say this, and go on.
    Say(String),
    /// Say this, then the mail follows.
    TakeMail(String),
    /// Say this, and hang up.
    HangUp(String),
}

/// Where the conversation stands.
#[derive(Debug)]
pub(super) struct Session {
    name: String,
    largest: usize,
    greeted: bool,
    envelope: Option<Envelope>,
    mistakes: u32,
}

/// Who sends and who shall read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) sender: String,
    pub(super) readers: Vec<String>,
}

impl Session {
    /// A conversation that begins, in the name of this host.
    pub(super) fn new(name: &str, largest: usize) -> Session {
        Session { name: name.to_owned(), largest, greeted: false, envelope: None, mistakes: 0 }
    }

    /// What we say first.
    pub(super) fn greeting(&self) -> String {
        format!("220 {} LMTP Paydesk\r\n", self.name)
    }

    /// The envelope of the mail that was read; the next one begins anew.
    pub(super) fn take(&mut self) -> Envelope {
        self.envelope.take().unwrap_or_default()
    }

    /// What follows a command. `ours` says whether an address is one of our own.
    pub(super) fn hear(&mut self, command: Command, ours: impl Fn(&str) -> bool) -> Step {
        let said = match command {
            Command::Hello => {
                self.greeted = true;
                self.envelope = None;
                return Step::Say(self.abilities());
            }
            Command::From { sender, size } => self.begin(sender, size),
            Command::To { reader } => self.address(reader, ours),
            Command::Mail => match &self.envelope {
                Some(envelope) if !envelope.readers.is_empty() => {
                    return Step::TakeMail("354 go ahead, and end with a dot\r\n".to_owned());
                }
                _ => Err("503 5.5.1 there is nobody to deliver to"),
            },
            Command::Forget => {
                self.envelope = None;
                Ok("250 2.0.0 forgotten")
            }
            Command::Nothing => Ok("250 2.0.0 still here"),
            Command::Ask => Ok("252 2.5.0 send it, and see"),
            Command::Bye => return Step::HangUp("221 2.0.0 goodbye\r\n".to_owned()),
            Command::WrongDoor => Err("500 5.5.1 this is LMTP: say LHLO"),
            Command::Garbled => Err("501 5.5.4 these arguments make no sense"),
            Command::Unknown => Err("500 5.5.2 no such command"),
        };
        match said {
            Ok(said) => Step::Say(format!("{said}\r\n")),
            Err(said) => self.mistaken(said),
        }
    }

    fn abilities(&self) -> String {
        let Session { name, largest, .. } = self;
        format!(
            "250-{name}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n\
             250-ENHANCEDSTATUSCODES\r\n250 SIZE {largest}\r\n"
        )
    }

    fn begin(&mut self, sender: String, size: Option<usize>) -> Result<&'static str, &'static str> {
        if !self.greeted {
            return Err("503 5.5.1 say LHLO first");
        }
        if self.envelope.is_some() {
            return Err("503 5.5.1 a mail has begun already");
        }
        if size.is_some_and(|size| size > self.largest) {
            return Err("552 5.3.4 the mail is too large");
        }
        self.envelope = Some(Envelope { sender, readers: Vec::new() });
        Ok("250 2.1.0 from them")
    }

    fn address(
        &mut self,
        reader: String,
        ours: impl Fn(&str) -> bool,
    ) -> Result<&'static str, &'static str> {
        let Some(envelope) = &mut self.envelope else {
            return Err("503 5.5.1 say MAIL first");
        };
        if envelope.readers.len() >= MOST_READERS {
            return Ok("452 4.5.3 too many recipients in one mail");
        }
        if !ours(&reader) {
            return Ok("550 5.1.1 nobody here has this address");
        }
        envelope.readers.push(reader);
        Ok("250 2.1.5 for them")
    }

    fn mistaken(&mut self, said: &str) -> Step {
        self.mistakes += 1;
        if self.mistakes > MOST_MISTAKES {
            return Step::HangUp("421 4.7.0 too many mistakes\r\n".to_owned());
        }
        Step::Say(format!("{said}\r\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::command::read;
    use super::*;

    fn said(session: &mut Session, line: &str) -> String {
        let step = session.hear(read(line), |address| address.ends_with("@shop.example"));
        match step {
            Step::Say(said) | Step::TakeMail(said) | Step::HangUp(said) => said,
        }
    }

    #[test]
    fn commands_in_the_wrong_order_are_refused_and_the_right_one_goes_through() {
        let mut session = Session::new("desk.example", 1000);
        for (line, begins) in [
            ("DATA", "503"),
            ("MAIL FROM:<ana@example.org>", "503"),
            ("HELO x", "500"),
            ("LHLO mail.example.org", "250-desk.example\r\n"),
            ("RCPT TO:<help@shop.example>", "503"),
            ("MAIL FROM:<ana@example.org> SIZE=1001", "552"),
            ("MAIL FROM:<ana@example.org> SIZE=1000", "250"),
            ("MAIL FROM:<ana@example.org>", "503"),
            ("DATA", "503"),
            ("RCPT TO:<nobody@other.example>", "550 5.1.1"),
            ("DATA", "503"),
            ("RCPT TO:<help@shop.example>", "250"),
            ("RCPT TO:<sales@shop.example>", "250"),
            ("DATA", "354"),
            ("QUIT", "221"),
        ] {
            let said = said(&mut session, line);
            assert!(said.starts_with(begins), "{line}: {said}");
            assert!(said.ends_with("\r\n"), "{line}: {said}");
        }
        let envelope = session.take();
        assert_eq!(envelope.sender, "ana@example.org");
        assert_eq!(envelope.readers, ["help@shop.example", "sales@shop.example"]);
        assert_eq!(session.take(), Envelope::default());
    }

    #[test]
    fn a_mail_begins_anew_after_rset_and_after_lhlo() {
        let mut session = Session::new("desk.example", 1000);
        for reset in ["RSET", "LHLO again"] {
            for line in ["LHLO x", "MAIL FROM:<>", "RCPT TO:<help@shop.example>", reset] {
                assert!(said(&mut session, line).starts_with("250"), "{line}");
            }
            assert!(said(&mut session, "DATA").starts_with("503"));
        }
    }

    #[test]
    fn somebody_who_only_makes_mistakes_is_hung_up_on_and_readers_have_a_limit() {
        let mut session = Session::new("desk.example", 1000);
        for _ in 0..MOST_MISTAKES {
            assert!(said(&mut session, "GET / HTTP/1.1").starts_with("500"));
        }
        assert!(said(&mut session, "GET / HTTP/1.1").starts_with("421"));
        let mut session = Session::new("desk.example", 1000);
        said(&mut session, "LHLO x");
        said(&mut session, "MAIL FROM:<>");
        for _ in 0..MOST_READERS {
            assert!(said(&mut session, "RCPT TO:<a@shop.example>").starts_with("250"));
        }
        assert!(said(&mut session, "RCPT TO:<a@shop.example>").starts_with("452"));
    }
}
