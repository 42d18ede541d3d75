//! One connection of a mail server, from its greeting to its end, over any stream.

use std::io;
use std::time::Duration;

use base::{Env, Stop};
use store::Store;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use super::session::{Envelope, Session, Step};
use super::{DOOR, command};
use crate::mail_in::keep::{Arrived, keep};
use crate::mail_in::raw::Extent;
use crate::mail_in::settings::MailIn;

/// The longest line of a command.
const LONGEST_LINE: usize = 4096;
/// How long a server may be silent between two lines.
const SILENCE: Duration = Duration::from_secs(300);
/// How long a whole mail may take.
const ONE_MAIL: Duration = Duration::from_secs(600);
/// Lines that are read from the network at once.
const BUFFER: usize = 64 * 1024;

/// What was read of a mail.
#[derive(Debug, PartialEq, Eq)]
enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// It was too large, and thrown away while it came.
    TooLarge,
}

/// Talks with one mail server until it goes away.
///
/// # Errors
/// If the line breaks. What was answered with 250 is kept; what was not will come again.
pub async fn talk<S>(stream: S, store: &Store, env: &Env, mail_in: &MailIn) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let (lines, mut out) = tokio::io::split(stream);
    let mut lines = BufReader::with_capacity(BUFFER, lines);
    let name = mail_in.first().and_then(|own| own.rsplit_once('@')).map_or("desk", |own| own.1);
    let mut session = Session::new(name, mail_in.largest);
    out.write_all(session.greeting().as_bytes()).await?;
    loop {
        let line = timeout(SILENCE, line(&mut lines)).await;
        let Some(line) = line.map_err(|_| io::ErrorKind::TimedOut)?? else { return Ok(()) };
        match session.hear(command::read(&line), |address| mail_in.own(address).is_some()) {
            Step::Say(said) => out.write_all(said.as_bytes()).await?,
            Step::HangUp(said) => {
                out.write_all(said.as_bytes()).await?;
                return out.shutdown().await;
            }
            Step::TakeMail(said) => {
                out.write_all(said.as_bytes()).await?;
                let body = timeout(ONE_MAIL, body(&mut lines, mail_in.largest)).await;
                let body = body.map_err(|_| io::ErrorKind::TimedOut)??;
                let answers = take(store, env, session.take(), body).await;
                out.write_all(answers.as_bytes()).await?;
            }
        }
    }
}

/// Keeps a mail, and says for each of its recipients what became of it.
async fn take(store: &Store, env: &Env, envelope: Envelope, body: Body) -> String {
    let Envelope { sender, readers } = envelope;
    let said = match &body {
        Body::TooLarge => "552 5.3.4 the mail is too large",
        Body::Whole(bytes) => {
            let arrived = Arrived {
                door: DOOR,
                bytes,
                extent: Extent::Whole,
                size: bytes.len(),
                envelope_from: Some(&sender),
                envelope_to: &readers,
            };
            match store::write!(store, |tx| keep(tx, env, &arrived).await) {
                Ok(_) => "250 2.0.0 kept",
                Err(Stop::Refused(_)) => "552 5.3.4 the mail is too large",
                Err(Stop::Fault(fault)) => {
                    tracing::error!(fault = fault.chain(), "a mail at the door was not kept");
                    "451 4.3.0 it could not be kept: send it again later"
                }
            }
        }
    };
    readers.iter().map(|_| format!("{said}\r\n")).collect()
}

/// One line of a command, cut where it is too long; none at the end.
async fn line(lines: &mut (impl tokio::io::AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    loop {
        let read = lines.fill_buf().await?;
        if read.is_empty() {
            return Ok(None);
        }
        let end = read.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let part = &read[..end.unwrap_or(read.len())];
        let (length, room) = (part.len(), LONGEST_LINE.saturating_sub(line.len()));
        line.extend_from_slice(&part[..length.min(room)]);
        lines.consume(length);
        if end.is_some() {
            return Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()));
        }
    }
}

/// The mail up to the line with a single dot; dots in front of lines are taken off.
///
/// Careful: only a dot between two whole line ends (CR LF) ends a mail. Taking a bare LF for one
/// would let a sender hide a second mail inside of the first.
async fn body(
    lines: &mut (impl tokio::io::AsyncBufRead + Unpin),
    largest: usize,
) -> io::Result<Body> {
    let mut mail = Some(Vec::new());
    let mut line = Vec::new();
    let (mut whole_before, mut last) = (true, None);
    loop {
        line.clear();
        let longest = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
        let mut some = tokio::io::AsyncReadExt::take(&mut *lines, longest);
        if some.read_until(b'\n', &mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // A line longer than what is read at once may be cut between its CR and its LF.
        let whole = line.ends_with(b"\r\n") || (line == b"\n" && last == Some(b'\r'));
        last = line.last().copied();
        if whole_before && line == b".\r\n" {
            return Ok(mail.map_or(Body::TooLarge, Body::Whole));
        }
        let stuffed = whole_before && line.first() == Some(&b'.');
        let text = if stuffed { &line[1..] } else { &line[..] };
        if let Some(kept) = &mut mail {
            if kept.len() + text.len() > largest {
                mail = None;
            } else {
                kept.extend_from_slice(text);
            }
        }
        whole_before = whole;
    }
}
