//! A processor that says what it is told to say.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use base::Money;
use processor::{
    Answer, Capabilities, Charge, Charged, Completing, Done, FindBy, Found, GoTo, Notice,
    Processor, RawNotice, Refunding, Rejected, SettlementLine, StartRequest, Started,
    SupportContact, Unproven, Unreadable,
};

/// What it will say next, and what it was asked.
pub struct Fake {
    pub name: &'static str,
    pub can: Mutex<Capabilities>,
    pub starts: Mutex<VecDeque<Answer<Started>>>,
    pub finds: Mutex<VecDeque<Answer<Option<Found>>>>,
    pub refunds: Mutex<VecDeque<Answer<Done>>>,
    pub asked: Mutex<Vec<StartRequest>>,
    pub found: Mutex<Vec<FindBy>>,
    /// How long a start takes.
    pub slow: Mutex<Duration>,
    pub charges: Mutex<VecDeque<Answer<Charged>>>,
    /// Charges and last calls it was asked for, by their keys.
    pub charged: Mutex<Vec<String>>,
    /// What it says to captures and voids, and what it was asked, by their keys.
    pub holds: Mutex<VecDeque<Answer<Done>>>,
    pub held: Mutex<Vec<String>>,
    pub proofs: Mutex<VecDeque<Result<(), Unproven>>>,
    pub lines: Mutex<Vec<SettlementLine>>,
}

impl Default for Fake {
    fn default() -> Fake {
        let can = Capabilities {
            hosted_page: true,
            find: true,
            refund_full: true,
            refund_partial: true,
            find_proves_absence: Some(60),
            ..Capabilities::default()
        };
        Fake {
            name: "fake",
            can: Mutex::new(can),
            starts: Mutex::default(),
            finds: Mutex::default(),
            refunds: Mutex::default(),
            asked: Mutex::default(),
            found: Mutex::default(),
            slow: Mutex::default(),
            charges: Mutex::default(),
            charged: Mutex::default(),
            holds: Mutex::default(),
            held: Mutex::default(),
            proofs: Mutex::default(),
            lines: Mutex::default(),
        }
    }
}

impl Fake {
    pub fn starts_with(&self, answer: Answer<Started>) {
        self.starts.lock().unwrap().push_back(answer);
    }

    pub fn finds(&self, answer: Answer<Option<Found>>) {
        self.finds.lock().unwrap().push_back(answer);
    }

    pub fn refunds_with(&self, answer: Answer<Done>) {
        self.refunds.lock().unwrap().push_back(answer);
    }

    pub fn started(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

#[async_trait]
impl Processor for Fake {
    fn name(&self) -> &'static str {
        self.name
    }

    fn capabilities(&self) -> Capabilities {
        self.can.lock().unwrap().clone()
    }

    fn support(&self) -> SupportContact {
        SupportContact { name: "Fake Pay".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let slow = *self.slow.lock().unwrap();
        tokio::time::sleep(slow).await;
        self.asked.lock().unwrap().push(request.clone());
        let page = format!("https://pay.example/{}", request.reference);
        let usual = Started { go_to: GoTo::Link(page), transaction: None };
        self.starts.lock().unwrap().pop_front().unwrap_or(Answer::Done(usual))
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        self.charged.lock().unwrap().push(charge.key.clone());
        let next = self.charges.lock().unwrap().pop_front();
        next.unwrap_or_else(|| Answer::Unknown("nothing was scripted".to_owned()))
    }

    async fn complete(&self, completing: &Completing) -> Answer<Charged> {
        self.charged.lock().unwrap().push(completing.key.clone());
        let next = self.charges.lock().unwrap().pop_front();
        next.unwrap_or_else(|| Answer::Unknown("nothing was scripted".to_owned()))
    }

    async fn capture(&self, key: &str, _: &str, _: Money) -> Answer<Done> {
        self.held.lock().unwrap().push(key.to_owned());
        let usual = Done { transaction: None, amount: None };
        self.holds.lock().unwrap().pop_front().unwrap_or(Answer::Done(usual))
    }

    async fn void(&self, key: &str, _: &str) -> Answer<Done> {
        self.held.lock().unwrap().push(key.to_owned());
        let usual = Done { transaction: None, amount: None };
        self.holds.lock().unwrap().pop_front().unwrap_or(Answer::Done(usual))
    }

    async fn prove(&self, _: &RawNotice) -> Result<(), Unproven> {
        self.proofs.lock().unwrap().pop_front().unwrap_or(Ok(()))
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        serde_json::from_slice(file).map_err(|error| Unreadable::new(error.to_string()))
    }

    fn read_settlement(&self, file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
        if file.starts_with(b"settled") {
            Ok(self.lines.lock().unwrap().clone())
        } else {
            Err(Unreadable::new("it does not begin with settled"))
        }
    }

    async fn refund(&self, _: &Refunding) -> Answer<Done> {
        let usual = Done { transaction: None, amount: None };
        self.refunds.lock().unwrap().pop_front().unwrap_or(Answer::Done(usual))
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        self.found.lock().unwrap().push(by.clone());
        let next = self.finds.lock().unwrap().pop_front();
        next.unwrap_or_else(|| Answer::Unknown("nothing was scripted".to_owned()))
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        if raw.header("x-signature") != Some("good") {
            return Err(Rejected::Signature);
        }
        serde_json::from_slice(&raw.body).map_err(|error| Rejected::Unreadable(error.to_string()))
    }

    async fn check(&self, _: base::Timestamp) -> Vec<processor::Finding> {
        Vec::new()
    }
}
