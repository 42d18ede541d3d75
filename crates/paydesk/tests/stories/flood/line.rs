//! A connection that is kept open, and what goes over it.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A postback to be sent.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: &'static str,
    pub form: &'static str,
    pub headers: String,
    pub body: String,
}

/// One connection. Its sender's address follows from its number, so that no one is too busy.
pub struct Line {
    stream: TcpStream,
    nth: usize,
    sent: usize,
    held: Vec<u8>,
}

impl Line {
    pub async fn open(address: SocketAddr, nth: usize) -> Line {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Line { stream, nth, sent: 0, held: Vec::new() }
    }

    /// Sends a postback and waits for "stored".
    pub async fn send(&mut self, request: &Request) {
        let sender = (self.nth * 7 + self.sent) % 250 + 1;
        self.sent += 1;
        let Request { path, form, headers, body } = request;
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: shop.test\r\nx-forwarded-for: 192.0.2.{sender}\r\n\
             content-type: {form}\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len(),
        );
        self.stream.write_all(text.as_bytes()).await.unwrap();
        let answer = self.answer().await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}\n{text}");
    }

    async fn answer(&mut self) -> String {
        loop {
            let text = String::from_utf8_lossy(&self.held);
            if let Some((head, rest)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.unwrap().parse().unwrap();
                if rest.len() >= length {
                    let whole = text.into_owned();
                    self.held.clear();
                    return whole;
                }
            }
            assert_ne!(self.stream.read_buf(&mut self.held).await.unwrap(), 0, "closed");
        }
    }
}
