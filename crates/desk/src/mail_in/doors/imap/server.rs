//! A mailbox's server for tests: a folder in memory, and a line that can be cut at any byte.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::mail_in::settings::{Encryption, Mailbox};

/// What the server holds and does.
#[derive(Default)]
pub(super) struct Folder {
    pub(super) validity: u32,
    pub(super) mails: Vec<(u32, Vec<u8>)>,
    /// The line is cut after so many more bytes of answers.
    pub(super) cut_after: Option<usize>,
    pub(super) asked: Vec<String>,
    /// What a mail's size is said to be, whatever it is.
    pub(super) said_size: Option<usize>,
}

/// The server.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) folder: Arc<Mutex<Folder>>,
    port: u16,
}

impl Server {
    pub(super) async fn open() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let folder = Folder { validity: 1, ..Folder::default() };
        let server = Server { folder: Arc::new(Mutex::new(folder)), port };
        let own = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().talk(stream));
            }
        });
        server
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        Mailbox {
            name: "support".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: self.port,
            encryption: Encryption::Never,
            user: "help".to_owned(),
            password: base::Secret::from_text("p@ss"),
            folder: "INBOX".to_owned(),
            ca: None,
            address: Some("help@shop.example".to_owned()),
        }
    }

    /// Puts a mail into the folder.
    pub(super) fn put(&self, uid: u32, mail: impl AsRef<[u8]>) {
        self.folder.lock().unwrap().mails.push((uid, mail.as_ref().to_vec()));
    }

    pub(super) fn with<T>(&self, change: impl FnOnce(&mut Folder) -> T) -> T {
        change(&mut self.folder.lock().unwrap())
    }

    async fn talk(self, stream: TcpStream) {
        let (lines, mut out) = stream.into_split();
        let mut lines = BufReader::new(lines).lines();
        out.write_all(b"* OK ready\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let (answer, cut) = self.with(|folder| {
                folder.asked.push(line.clone());
                let answer = folder.answer(&line);
                let cut = folder.cut_after.filter(|left| *left < answer.len());
                folder.cut_after = match (folder.cut_after, cut) {
                    (Some(left), None) => Some(left - answer.len()),
                    _ => None,
                };
                (answer, cut)
            });
            let part = &answer[..cut.unwrap_or(answer.len())];
            if out.write_all(part).await.is_err() || cut.is_some() || line.contains(" LOGOUT") {
                return;
            }
        }
    }
}

impl Folder {
    fn answer(&self, line: &str) -> Vec<u8> {
        let (tag, rest) = line.split_once(' ').unwrap_or((line, ""));
        let word = rest.split(' ').next().unwrap_or("").to_ascii_uppercase();
        let mut answer = Vec::new();
        match word.as_str() {
            "LOGIN" if rest != "LOGIN \"help\" \"p@ss\"" => {
                return format!("{tag} NO who are you?\r\n").into_bytes();
            }
            "SELECT" => answer.extend(
                format!(
                    "* {} EXISTS\r\n* OK [UIDVALIDITY {}] numbered\r\n",
                    self.mails.len(),
                    self.validity
                )
                .into_bytes(),
            ),
            "UID" => self.by_uid(rest, &mut answer),
            _ => {}
        }
        answer.extend(format!("{tag} OK done\r\n").into_bytes());
        answer
    }

    fn by_uid(&self, rest: &str, answer: &mut Vec<u8>) {
        let words: Vec<&str> = rest.split(' ').collect();
        if words[1] == "SEARCH" {
            let from = words.get(3).and_then(|set| set.split(':').next()?.parse::<u32>().ok());
            let from = if words[2] == "SINCE" { Some(0) } else { from };
            let last = self.mails.iter().map(|(uid, _)| *uid).max();
            // As the standard has it, `n:*` always names the last one.
            let fits = |uid: &u32| from.is_some_and(|from| *uid >= from) || Some(*uid) == last;
            let found = self.mails.iter().map(|(uid, _)| *uid).filter(fits);
            let found: Vec<String> = found.map(|uid| uid.to_string()).collect();
            answer.extend(format!("* SEARCH {}\r\n", found.join(" ")).into_bytes());
        }
        if words[1] == "FETCH" {
            let asked: Vec<u32> = words[2].split(',').map(|uid| uid.parse().unwrap()).collect();
            let mails = self.mails.iter().enumerate();
            for (nth, (uid, mail)) in mails.filter(|(_, (uid, _))| asked.contains(uid)) {
                answer.extend(format!("* {} FETCH (UID {uid} ", nth + 1).into_bytes());
                if rest.contains("RFC822.SIZE") {
                    let size = self.said_size.unwrap_or(mail.len());
                    answer.extend(format!("RFC822.SIZE {size})\r\n").into_bytes());
                } else {
                    let (name, part) = if rest.contains("HEADER") {
                        let text = String::from_utf8_lossy(mail).into_owned();
                        let end = text.find("\r\n\r\n").map_or(mail.len(), |at| at + 4);
                        ("BODY[HEADER]", &mail[..end])
                    } else {
                        ("BODY[]", &mail[..])
                    };
                    answer.extend(format!("{name} {{{}}}\r\n", part.len()).into_bytes());
                    answer.extend_from_slice(part);
                    answer.extend_from_slice(b")\r\n");
                }
            }
        }
    }
}
