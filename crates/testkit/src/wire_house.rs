//! A house at the end of a real wire that answers what the story tells it to, or hangs up after it
//! has read everything: the outcome nobody knows.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a house does with the next calls.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Answers with this content type and body.
    Answers(&'static str, String),
    /// Reads everything, then closes the line.
    HangsUp,
}

/// A house that is called, not asked for pages.
#[derive(Clone)]
pub struct WireHouse {
    /// Where it is, `http://127.0.0.1:1234/`.
    pub base: String,
    manner: Arc<Mutex<Manner>>,
    heard: Arc<Mutex<Vec<String>>>,
    listens: Option<Arc<tokio::task::JoinHandle<()>>>,
}

impl WireHouse {
    /// Opens it.
    pub async fn open(manner: Manner) -> WireHouse {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let manner = Arc::new(Mutex::new(manner));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let house = WireHouse { base, manner, heard, listens: None };
        let inside = house.clone();
        let listens = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(inside.clone().hears(stream));
            }
        });
        WireHouse { listens: Some(Arc::new(listens)), ..house }
    }

    /// Nobody listens there any more.
    pub fn closes(&self) {
        if let Some(listens) = &self.listens {
            listens.abort();
        }
    }

    /// From now on it does this.
    pub fn now(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// Every request it has read, whole, the oldest first.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    async fn hears(self, mut stream: TcpStream) {
        let request = whole(&mut stream).await;
        self.heard.lock().unwrap().push(request);
        let manner = self.manner.lock().unwrap().clone();
        if let Manner::Answers(kind, body) = manner {
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\
                 connection: close\r\n\r\n{body}"
            );
            // The caller may have gone; the story sees it by what it has not got.
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }
}

/// Reads a request to the end of its body.
async fn whole(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let read = stream.read(&mut part).await.unwrap_or(0);
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if read == 0 || is_whole(&text) {
            return text;
        }
    }
}

fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}
