//! A processor that hands out a page at once and signs what it tells.

use async_trait::async_trait;
use base::Money;
use processor::{
    Answer, Capabilities, Finding, GoTo, Notice, NoticeKind, Processor, RawNotice, Rejected,
    StartRequest, Started, SupportContact, sign,
};

/// Where it sends what it tells.
pub(super) const PATH: &str = "/postbacks/bench";
const SECRET: &[u8] = b"a secret that both sides know";
const HEADER: &str = "bench-signature";

pub(super) struct Signed;

/// A postback as it sends it: the payment was made.
pub(super) fn postback(reference: &str, amount: Money) -> anyhow::Result<Vec<u8>> {
    let notice = Notice {
        reference: Some(reference.to_owned()),
        transaction: Some(format!("t-{reference}")),
        amount: Some(amount),
        words: "paid".to_owned(),
        ..Notice::new(NoticeKind::Paid, format!("paid {reference}"))
    };
    let body = serde_json::to_vec(&notice)?;
    let digest = sign::hmac_sha256(SECRET, &[&body]);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut request = format!(
        "POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
         {HEADER}: {hex}\r\ncontent-length: {}\r\n\r\n",
        body.len(),
    )
    .into_bytes();
    request.extend(body);
    Ok(request)
}

#[async_trait]
impl Processor for Signed {
    fn name(&self) -> &'static str {
        "signed"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { hosted_page: true, ..Capabilities::default() }
    }

    fn support(&self) -> SupportContact {
        SupportContact { name: "Bench".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let go_to = GoTo::Link(format!("https://pay.test/{}", request.reference));
        Answer::Done(Started { go_to, transaction: None })
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        let claimed = raw.header(HEADER).ok_or(Rejected::Signature)?;
        if !sign::hmac_sha256_matches(SECRET, &[&raw.body], claimed) {
            return Err(Rejected::Signature);
        }
        let notice = serde_json::from_slice(&raw.body);
        notice.map(|notice| vec![notice]).map_err(|error| Rejected::Unreadable(error.to_string()))
    }

    async fn check(&self, _: base::Timestamp) -> Vec<Finding> {
        Vec::new()
    }
}
