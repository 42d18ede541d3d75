//! The suite is held to its word: a house that is sloppy in one way fails exactly there.

use async_trait::async_trait;
use base::{Currency, Money};

use super::*;
use crate::*;

/// A house whose messages are `secret|word|cents|id`, with a flaw that can be chosen.
struct House {
    flaw: &'static str,
}

impl House {
    fn sound() -> House {
        House { flaw: "" }
    }
}

#[async_trait]
impl Processor for House {
    fn name(&self) -> &'static str {
        "house"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            find_proves_absence: (self.flaw == "absence").then_some(1),
            currencies: vec!["USD".to_owned()],
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        SupportContact { name: "House".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        if request.amount.currency != Currency::USD && self.flaw != "currency" {
            return Answer::cannot("take this currency");
        }
        let key = if self.flaw == "leak" { "open sesame" } else { "" };
        let link = format!("https://house.example/?ref={}&k={key}", request.reference);
        Answer::Done(Started { go_to: GoTo::Link(link), transaction: None })
    }

    async fn void(&self, _key: &str, _transaction: &str) -> Answer<Done> {
        if self.flaw == "void" { Answer::Accepted } else { Answer::cannot("void") }
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        let text = std::str::from_utf8(&raw.body)
            .map_err(|_| Rejected::Unreadable("not text".to_owned()))?;
        let parts: Vec<&str> = text.split('|').collect();
        let [secret, word, cents, id] = parts[..] else {
            assert!(self.flaw != "panics" || !text.contains("html"), "it fell over");
            return Err(Rejected::Unreadable("not four parts".to_owned()));
        };
        if secret != "s" && self.flaw != "open" {
            return Err(Rejected::Signature);
        }
        let no = |_| Rejected::Unreadable("not a number".to_owned());
        let mut cents: i64 = cents.parse().map_err(no)?;
        cents += i64::from(self.flaw == "amount");
        let kind = match word.to_ascii_lowercase().as_str() {
            "yes" => NoticeKind::Paid,
            "new" if self.flaw == "credulous" => NoticeKind::Paid,
            "no" => NoticeKind::Declined,
            _ => NoticeKind::Waiting,
        };
        let class = DeclineClass::Soft;
        let decline = Decline { raw: word.to_owned(), cause: "unknown".to_owned(), class };
        let word = if self.flaw == "case" { word.to_owned() } else { word.to_lowercase() };
        Ok(vec![Notice {
            kind,
            dedupe: if self.flaw == "dedupe" { id.to_owned() } else { format!("{id} {word}") },
            reference: Some("att_1".to_owned()),
            transaction: Some(id.to_owned()),
            parent: None,
            subscription: None,
            amount: Some(Money::new(cents, Currency::USD)),
            occurred_at: None,
            provisional: false,
            decline: (kind == NoticeKind::Declined && self.flaw != "causeless").then_some(decline),
            card: None,
            also: Vec::new(),
            stored: None,
            words: if self.flaw == "pan" { "4242 4242 4242 4242".to_owned() } else { word },
        }])
    }

    async fn check(&self, _: base::Timestamp) -> Vec<crate::Finding> {
        Vec::new()
    }
}

fn raw(body: &str) -> RawNotice {
    post(body, Timestamp::UNIX_EPOCH)
}

fn request() -> StartRequest {
    StartRequest {
        key: "op_1".to_owned(),
        reference: "att_1".to_owned(),
        amount: Money::new(100, Currency::USD),
        product: "tokens".to_owned(),
        description: "Tokens".to_owned(),
        buyer: Buyer::default(),
        capture: crate::CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/back".to_owned(),
        cancel_url: "https://shop.example/no".to_owned(),
        postback_url: "https://shop.example/postbacks/pac_1".to_owned(),
    }
}

async fn whole_suite(house: &House) {
    let sample = |name, body, kind| Sample {
        name,
        raw: raw(body),
        kind,
        amount: Some(Money::new(100, Currency::USD)),
        reference: Some("att_1"),
    };
    let samples = [
        sample("yes", "s|yes|100|7", NoticeKind::Paid),
        sample("no", "s|no|100|8", NoticeKind::Declined),
    ];
    reads_samples(house, &samples);
    let forged = raw("x|yes|100|7");
    let refused = Rejected::Signature;
    refuses_forgeries(house, &[Forgery { name: "wrong secret", raw: forged, refused }]);
    sees_one_fact(house, &raw("s|yes|100|7"), &raw("s|YES|100|7"));
    sees_two_facts(house, &raw("s|yes|100|7"), &raw("s|no|100|7"));
    waits_on_unknown_words(house, &[raw("s|new|100|7"), raw("s||100|7")]);
    let wrap = |body: Vec<u8>| post(body, Timestamp::UNIX_EPOCH);
    reads_garbage_calmly(house, &[], &wrap);
    starts(house, &request(), &["open sesame"]).await;
    keeps_its_abilities(house, &request()).await;
}

#[tokio::test]
async fn a_sound_house_passes() {
    whole_suite(&House::sound()).await;
}

#[tokio::test]
async fn every_flaw_is_found() {
    let table = [
        ("amount", "wrong amount"),
        ("open", "believed"),
        ("case", "applied twice"),
        ("dedupe", "taken for one"),
        ("credulous", "unknown words 0"),
        ("panics", "it fell over"),
        ("causeless", "without a cause"),
        ("pan", "as long as a card number"),
        ("leak", "secret of the account"),
        ("void", "cannot void"),
        ("absence", "absence is proven"),
        ("currency", "not on its list"),
    ];
    for (flaw, sentence) in table {
        let fallen = tokio::spawn(async move { whole_suite(&House { flaw }).await }).await;
        let panic = fallen.expect_err(flaw).into_panic();
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        assert!(said.as_ref().is_some_and(|said| said.contains(sentence)), "{flaw}: {said:?}");
    }
}
