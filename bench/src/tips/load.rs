//! The load: requests written by hand over kept connections, one at a time on each, from a thread
//! of its own, so that it costs the servers as little as it can.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use futures_util::future::try_join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::people::{Givers, mixed};

/// What to send, where, and how often.
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) what: What,
    pub(crate) requests: u64,
    pub(crate) connections: usize,
    /// No request is begun after this long.
    pub(crate) within: Duration,
}

/// What is sent.
pub(crate) enum What {
    /// Tips, each with an idempotency key of its own.
    Tips {
        /// The API key.
        key: String,
        /// Who tips whom.
        givers: Arc<Givers>,
        /// Makes the idempotency keys of this load unlike those of any other.
        salt: u64,
    },
    /// Requests that were written before, from the first on, over and over.
    Written(Arc<Vec<Vec<u8>>>),
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Tally {
    /// From the first request to the last answer.
    pub(crate) took: Duration,
    /// How long each request took.
    pub(crate) latencies: Vec<Duration>,
    /// How many were answered with 200 or 201.
    pub(crate) good: u64,
    /// Answers other than those, whole; the first of each connection.
    pub(crate) other: Vec<String>,
    /// The first answer.
    pub(crate) sample: Option<Sample>,
}

/// An answer, byte by byte.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// How many tokens a tip has.
pub(crate) const TOKENS: i64 = 5;

const GOOD: [&[u8]; 2] = [b"HTTP/1.1 200 ", b"HTTP/1.1 201 "];

impl Load {
    /// Runs in a thread with a runtime of its own.
    pub(crate) fn run(self) -> Result<Tally> {
        let thread = std::thread::Builder::new().name("load".to_owned());
        let running = thread.spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            runtime.enable_all().build()?.block_on(self.drive())
        })?;
        running.join().map_err(|_| anyhow!("the load panicked"))?
    }

    async fn drive(self) -> Result<Tally> {
        let connect = || TcpStream::connect(self.address);
        let streams = try_join_all((0..self.connections).map(|_| connect())).await?;
        let next = AtomicU64::new(0);
        let began = Instant::now();
        let until = began + self.within;
        let all = try_join_all(streams.into_iter().map(|stream| self.keep(stream, &next, until)));
        let parts = tokio::time::timeout(2 * self.within, all).await;
        let parts = parts.context("an answer did not come")??;
        let mut tally = Tally { took: began.elapsed(), ..Tally::default() };
        for part in parts {
            tally.latencies.extend(part.latencies);
            tally.good += part.good;
            tally.other.extend(part.other);
            tally.sample = tally.sample.or(part.sample);
        }
        Ok(tally)
    }

    /// Sends one request after another over one connection.
    async fn keep(&self, stream: TcpStream, next: &AtomicU64, until: Instant) -> Result<Tally> {
        stream.set_nodelay(true)?;
        let mut line = Line { stream, held: Vec::with_capacity(8192) };
        let mut part = Tally::default();
        let mut request = Vec::with_capacity(1024);
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= self.requests || Instant::now() >= until {
                return Ok(part);
            }
            self.write(nth, &mut request)?;
            let began = Instant::now();
            let answer = line.ask(&request).await?;
            part.latencies.push(began.elapsed());
            if GOOD.iter().any(|good| answer.head.starts_with(good)) {
                part.good += 1;
            } else if part.other.is_empty() {
                part.other.push(answer.text());
            }
            if nth == 0 {
                part.sample = Some(answer.sample());
            }
            line.held.clear();
        }
    }

    /// Writes the request with this number.
    fn write(&self, nth: u64, request: &mut Vec<u8>) -> Result<()> {
        request.clear();
        let (key, givers, salt) = match &self.what {
            What::Tips { key, givers, salt } => (key, givers, *salt),
            What::Written(all) => {
                request.extend_from_slice(&all[nth as usize % all.len()]);
                return Ok(());
            }
        };
        let chance = mixed((salt << 40) | nth);
        let (customer, creator) = givers.pair(chance);
        let length = customer.len() + creator.len() + BODY_AROUND;
        write!(
            request,
            "POST /v1/tips HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\nidempotency-key: {chance:016x}{more:016x}\r\n\
             content-length: {length}\r\n\r\n\
             {{\"customer\":\"{customer}\",\"creator\":\"{creator}\",\
             \"tokens\":{{\"amount\":{TOKENS},\"unit\":\"TOK\"}}}}",
            more = mixed(chance),
        )?;
        Ok(())
    }
}

/// The length of a body without its two ids.
const BODY_AROUND: usize =
    r#"{"customer":"","creator":"","tokens":{"amount":5,"unit":"TOK"}}"#.len();

/// One connection, and what was read from it.
struct Line {
    stream: TcpStream,
    held: Vec<u8>,
}

/// An answer where it was read.
struct Answer<'a> {
    head: &'a [u8],
    body: &'a [u8],
}

impl Line {
    async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        let head = loop {
            if let Some(end) = memchr::memmem::find(&self.held, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let length = content_length(&self.held[..head])?;
        while self.held.len() < head + length {
            self.more().await?;
        }
        if self.held.len() > head + length {
            bail!("an answer is longer than it says");
        }
        let (head, body) = self.held.split_at(head);
        Ok(Answer { head, body })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.held).await? == 0 {
            bail!("the server closed a connection");
        }
        Ok(())
    }
}

fn content_length(head: &[u8]) -> Result<usize> {
    const NAME: &[u8] = b"content-length: ";
    let at = memchr::memmem::find(head, NAME).context("an answer does not say how long it is")?;
    let digits = head[at + NAME.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    Ok(digits.fold(0, |length, digit| 10 * length + usize::from(digit - b'0')))
}

impl Answer<'_> {
    fn text(&self) -> String {
        let (head, body) = (String::from_utf8_lossy(self.head), String::from_utf8_lossy(self.body));
        format!("{head}{body}")
    }

    fn sample(&self) -> Sample {
        let head = String::from_utf8_lossy(self.head).into_owned();
        Sample { head, body: self.body.to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_how_long_its_body_is() {
        let givers = Givers::new(vec!["cus_a".to_owned()], vec!["cre_b".to_owned()]);
        let load = Load {
            address: ([127, 0, 0, 1], 1).into(),
            what: What::Tips { key: "pk_x".to_owned(), givers: Arc::new(givers), salt: 7 },
            requests: 1,
            connections: 1,
            within: Duration::ZERO,
        };
        let mut request = Vec::new();
        load.write(3, &mut request).unwrap();
        let head = memchr::memmem::find(&request, b"\r\n\r\n").unwrap() + 4;
        assert_eq!(content_length(&request[..head]).unwrap(), request.len() - head);
        let mut other = Vec::new();
        load.write(4, &mut other).unwrap();
        assert_ne!(request, other);
    }
}
