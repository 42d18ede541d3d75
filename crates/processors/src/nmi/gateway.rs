//! The one call of NMI's that moves money, `transact.php`: a form there, a query string back.
//! Names follow "Direct Post API" of NMI's integration pages (docs.nmi.com) and the replies that
//! `activemerchant/active_merchant` records in the tests of its NMI gateway.

use std::collections::BTreeMap;

use processor::{Answer, Call, Decline, Http, Sent};
use url::form_urlencoded;

use super::config::Sound;
use super::declines;

/// Fields of a call, in order.
pub(super) type Form = Vec<(&'static str, String)>;

/// The only sentence by which a void is refused because the money has settled.
const SETTLED: &str = "only transactions pending settlement can be voided";

/// A yes.
pub(super) struct Approved(BTreeMap<String, String>);

impl Approved {
    /// A field of the reply; an empty one is none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// An id of NMI's in the reply.
    pub(super) fn id(&self, name: &str) -> Option<String> {
        self.get(name).filter(|id| is_id(id)).map(str::to_owned)
    }
}

/// What became of a call.
pub(super) enum Outcome {
    /// Executed, and it succeeded.
    Yes(Approved),
    /// Executed, and the bank or the processor said no.
    No(Decline),
    /// It has settled, so it cannot be voided any more.
    Settled,
    /// Not executed.
    Refused(String),
    /// Nobody knows.
    Unknown(String),
}

impl Outcome {
    /// The answer to a call, with what a yes says.
    pub(super) fn answer<T>(self, yes: impl FnOnce(&Approved) -> T) -> Answer<T> {
        match self {
            Outcome::Yes(approved) => Answer::Done(yes(&approved)),
            Outcome::No(decline) => Answer::Declined(decline),
            Outcome::Settled => Answer::NotExecuted("it has settled: refund it".to_owned()),
            Outcome::Refused(why) => Answer::NotExecuted(why),
            Outcome::Unknown(why) => Answer::Unknown(why),
        }
    }
}

/// Makes the call. The key travels in the body, and never in a sentence.
pub(super) async fn transact(config: &Sound, http: &Http, form: &Form) -> Outcome {
    let mut pairs = vec![("security_key", config.security_key.as_str())];
    pairs.extend(form.iter().map(|(name, value)| (*name, value.as_str())));
    match http.send(Call::post(config.transact.clone()).form(&pairs)).await {
        Sent::Answered(reply) if reply.status == 200 => placed(&reply.body),
        Sent::Answered(reply) => Outcome::Unknown(format!("NMI answered {}", reply.status)),
        Sent::NotExecuted(why) => Outcome::Refused(why),
        Sent::Unknown(why) => Outcome::Unknown(why),
    }
}

fn placed(body: &[u8]) -> Outcome {
    let pairs = form_urlencoded::parse(body).take(100);
    let mut fields = BTreeMap::new();
    for (name, value) in pairs {
        if fields.insert(name.into_owned(), value.trim().to_owned()).is_some() {
            return Outcome::Unknown("NMI's answer says a field twice".to_owned());
        }
    }
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let (code, text) = (field("response_code"), field("responsetext"));
    match (field("response"), code) {
        ("1", "100") => Outcome::Yes(Approved(fields)),
        ("2", _) => Outcome::No(declines::of(code)),
        ("3", "300") => rejected(text),
        // The line to the processor or to the bank broke: it may have gone through.
        ("3", "420" | "421") => Outcome::Unknown(format!("NMI lost the line to the bank ({code})")),
        ("3", _) if declines::knows(code) => Outcome::No(declines::of(code)),
        _ => Outcome::Unknown("NMI answered with something that is not on its list".to_owned()),
    }
}

/// The gateway itself said no; the processor was not asked.
fn rejected(text: &str) -> Outcome {
    let said = text.to_ascii_lowercase();
    if said.contains(SETTLED) {
        Outcome::Settled
    } else if said.starts_with("duplicate transaction") {
        Outcome::No(declines::of("430"))
    } else {
        Outcome::Refused(format!("NMI rejected the call: {}", shown(text)))
    }
}

/// What NMI said, for people: plain letters, and nothing as long as a card number.
pub(super) fn shown(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || " .,:_-".contains(letter);
    let words = text.split_whitespace().map(|word| {
        let long = word.bytes().filter(u8::is_ascii_digit).count() > 6;
        if long { String::from("number") } else { word.chars().filter(|c| plain(*c)).collect() }
    });
    words.collect::<Vec<String>>().join(" ").chars().take(120).collect()
}

/// Whether a text may be an id of NMI's.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}
