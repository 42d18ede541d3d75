//! The gateway: one XML request a call, one flat XML answer, and where each call goes.
//!
//! Names, codes and hosts follow the vendor's open clients. Those go on to the next server after a
//! read time-out; that may charge twice, so here a call goes on only if it reached nobody at all.

use processor::{Call, Http, Sent};
use url::{Host, Url};

use super::config::Sound;
use crate::wire::xml::{self, Row};

/// A request in the making.
pub(super) struct Request(Vec<(&'static str, String)>);

/// Why a call gave nothing to read.
pub(super) enum Failed {
    /// Proven not to have been executed.
    NotExecuted(String),
    /// It may have been.
    Unknown(String),
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answered {
    row: Row,
    /// The house's clock.
    pub date: Option<base::Timestamp>,
}

impl Request {
    /// With the merchant and what is to be done.
    pub fn of(config: &Sound, transaction_type: &str) -> Request {
        Request(Vec::new())
            .maybe("version", config.version.as_deref())
            .with("merchantID", config.merchant_id.as_str())
            .with("merchantPassword", config.merchant_password.as_str())
            .with("transactionType", transaction_type)
    }

    /// With an element.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Request {
        self.0.push((name, value.into()));
        self
    }

    /// With an element, if there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Request {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Sends it to any server: to the next one only while nobody was reached.
    pub async fn send(&self, config: &Sound, http: &Http) -> Result<Answered, Failed> {
        let mut answer = self.send_to(&config.gateway, http).await;
        for server in &config.fail_over {
            match answer {
                Err(Failed::NotExecuted(_)) => answer = self.send_to(server, http).await,
                other => return other,
            }
        }
        answer
    }

    /// Sends it to the server that has the transaction it is about.
    pub async fn send_about(
        self,
        config: &Sound,
        http: &Http,
        transaction: &str,
    ) -> Result<Answered, Failed> {
        if !is_guid(transaction) {
            return Err(Failed::NotExecuted("this is no transaction of RocketGate's".to_owned()));
        }
        let server = site_of(&config.gateway, transaction);
        self.with("referenceGUID", transaction).send_to(&server, http).await
    }

    async fn send_to(&self, server: &Url, http: &Http) -> Result<Answered, Failed> {
        let call = Call::post(server.clone()).body("text/xml", self.xml().into_bytes());
        match http.send(call).await {
            Sent::Answered(reply) if reply.status == 200 => {
                let text = reply.text().map_err(Failed::Unknown)?;
                Answered::read(text, reply.date).map_err(Failed::Unknown)
            }
            Sent::Answered(reply) => {
                Err(Failed::Unknown(format!("RocketGate answered {}", reply.status)))
            }
            Sent::NotExecuted(why) => Err(Failed::NotExecuted(why)),
            Sent::Unknown(why) => Err(Failed::Unknown(why)),
        }
    }

    fn xml(&self) -> String {
        let element = |(name, value): &(&str, String)| {
            let plain: String = value.chars().filter(|letter| !letter.is_control()).collect();
            let plain = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<{name}>{plain}</{name}>")
        };
        let elements: String = self.0.iter().map(element).collect();
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        format!("{head}<gatewayRequest>{elements}</gatewayRequest>")
    }
}

impl Answered {
    fn read(text: &str, date: Option<base::Timestamp>) -> Result<Answered, String> {
        let row = xml::flat(text).ok_or("RocketGate's answer is not the expected XML")?;
        let once = text.to_ascii_lowercase().matches("<responsecode").count() == 1;
        if once && row.contains_key("responsecode") {
            Ok(Answered { row, date })
        } else {
            Err("RocketGate's answer has no response code, or several".to_owned())
        }
    }

    /// An element by its name in lower case; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.row.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// What became of it: 0 success, 1 bank, 2 risk, 3 system, 4 request.
    pub fn response(&self) -> &str {
        self.get("responsecode").unwrap_or_default()
    }

    /// Why.
    pub fn reason(&self) -> &str {
        self.get("reasoncode").unwrap_or_default()
    }

    /// The house's id of the transaction.
    pub fn transaction(&self) -> Option<&str> {
        self.get("guidno").filter(|guid| is_guid(guid))
    }
}

/// A transaction's id: hexadecimal digits.
pub(super) fn is_guid(id: &str) -> bool {
    (10..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The server of the site that a transaction's id begins with: two digits if the id is longer than
/// fifteen, else one. An address without a name (a stand-in) is the only server there is.
pub(super) fn site_of(gateway: &Url, transaction: &str) -> Url {
    let digits = if transaction.len() > 15 { 2 } else { 1 };
    let site = transaction.get(..digits).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let (Some(site), Some(Host::Domain(name))) = (site, gateway.host()) else {
        return gateway.clone();
    };
    let Some((first, rest)) = name.split_once('.') else { return gateway.clone() };
    let mut server = gateway.clone();
    match server.set_host(Some(&format!("{first}-{site}.{rest}"))) {
        Ok(()) => server,
        Err(_) => gateway.clone(),
    }
}

impl<T> From<Failed> for processor::Answer<T> {
    fn from(failed: Failed) -> processor::Answer<T> {
        match failed {
            Failed::NotExecuted(why) => processor::Answer::NotExecuted(why),
            Failed::Unknown(why) => processor::Answer::Unknown(why),
        }
    }
}
