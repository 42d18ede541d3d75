//! A mail server for tests: speaks the protocol on a port of its own and does as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How `shop` with the password `p@ss` says who it is.
const LETS_IN: &str = "AUTH PLAIN AHNob3AAcEBzcw==";

/// What becomes of the next mail. When nothing is told, it is taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum Told {
    /// Take it.
    Take,
    /// Answer the reader's address with this line.
    AnswerReader(&'static str),
    /// Take it, and hang up instead of saying goodbye.
    TakeAndCut,
    /// Answer the sender's address with this line.
    AnswerSender(&'static str),
    /// Take all of it, and hang up without a word.
    CutAfterMail,
    /// Take all of it, and never answer.
    SaySilent,
}

/// The server, and all it was handed.
#[derive(Clone)]
pub(super) struct Sink {
    pub(super) address: String,
    told: Arc<Mutex<VecDeque<Told>>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub(super) async fn open(told: impl IntoIterator<Item = Told>) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let told = Arc::new(Mutex::new(told.into_iter().collect()));
        let sink = Sink { address, told, mails: Arc::default() };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().talk(stream));
            }
        });
        sink
    }

    /// Everything that was handed over whole, taken or not.
    pub(super) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) {
        let (lines, mut out) = stream.into_split();
        let mut lines = BufReader::new(lines).lines();
        let mut told = Told::Take;
        out.write_all(b"220 sink\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME",
                "AUTH" if line == LETS_IN => "235 come in",
                "AUTH" => "535 5.7.8 who are you?",
                "MAIL" => {
                    told = self.told.lock().unwrap().pop_front().unwrap_or(Told::Take);
                    if let Told::AnswerSender(answer) = told { answer } else { "250 go on" }
                }
                "RCPT" => match told {
                    Told::AnswerReader(answer) => answer,
                    _ => "250 go on",
                },
                "DATA" => {
                    out.write_all(b"354 send it\r\n").await.unwrap();
                    let mut mail = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                        mail.push('\n');
                    }
                    self.mails.lock().unwrap().push(mail);
                    match told {
                        Told::CutAfterMail => return,
                        Told::SaySilent => std::future::pending().await,
                        _ => "250 taken",
                    }
                }
                "QUIT" if matches!(told, Told::TakeAndCut) => return,
                "QUIT" => "221 bye",
                "RSET" | "NOOP" => "250 fine",
                _ => "502 what?",
            };
            if out.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return;
            }
        }
    }
}
