//! What four processors tell, each in its own words: the list to extend.

use std::path::Path;

use base::Chance;
use paydesk::key::Key;
use processor::{GoTo, sign};
use serde_json::json;
use testkit::World;

use super::line::Request;
use super::shop::Payment;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const FORM: &str = "application/x-www-form-urlencoded";

pub const CONFIG: &str = r#"
    key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    [site]
    name = "Flood Shop"
    [api]
    requests_per_second = 100000
    trusted_proxies = ["127.0.0.1"]
    [[processors]]
    key = "sandbox"
    kind = "sandbox"
    descriptor = "FLOOD*SHOP"
    [[processors]]
    key = "segpay"
    kind = "segpay"
    descriptor = "SEGPAY.COM*FLOOD"
    [processors.settings]
    look_up = false
    [processors.settings.locks]
    senders = ["192.0.2.0/24"]
    path_secret = "a-secret-of-our-address"
    [processors.settings.products]
    tokens-100-1000 = { eticket = "1234:5678", amount = "10.00", currency = "USD" }
    [[processors]]
    key = "ccbill"
    kind = "ccbill"
    descriptor = "CCBILL.COM *FLOOD"
    [processors.settings]
    account = "900123"
    subaccount = "0005"
    salt = "a-salt-that-support-gave"
    form = { kind = "flexforms", id = "0a1b2c3d-0000-4000-8000-00000000f00d" }
    [processors.settings.locks]
    senders = ["192.0.2.0/24"]
    path_secret = "a-secret-of-our-address"
    [[processors]]
    key = "epoch"
    kind = "epoch"
    descriptor = "EPOCH.COM *FLOOD"
    [processors.settings]
    co_code = "m9xx"
    data_plus = { currency = "USD" }
    [processors.settings.locks]
    path_secret = "a-secret-of-our-address"
    [processors.settings.products]
    tokens-100-1000 = { pi_code = "prod1000", amount = "10.00", currency = "USD" }
"#;

/// Who takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    Sandbox,
    Segpay,
    Ccbill,
    Epoch,
}

/// What a house tells of one payment of ten dollars.
#[derive(Clone, Copy, Debug)]
pub enum Told {
    Yes,
    /// The customer tried another card on the same page.
    No(u16),
    /// A word that says nothing yet.
    Waiting(u16),
    /// A yes over another amount.
    Wrong(u16),
    Refund {
        minor: i64,
        nth: u16,
    },
    /// By the bank; by the house where it does not tell the two apart.
    TakenBack {
        minor: i64,
    },
}

impl House {
    pub const ALL: [House; 4] = [House::Sandbox, House::Segpay, House::Ccbill, House::Epoch];

    pub const fn account(self) -> &'static str {
        match self {
            House::Sandbox => "sandbox",
            House::Segpay => "segpay",
            House::Ccbill => "ccbill",
            House::Epoch => "epoch",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            House::Sandbox => "/postbacks/sandbox",
            House::Segpay => "/postbacks/segpay/a-secret-of-our-address",
            House::Ccbill => "/postbacks/ccbill/a-secret-of-our-address",
            House::Epoch => "/postbacks/epoch/a-secret-of-our-address",
        }
    }

    /// The postback as this house sends it.
    pub fn request(self, payment: &Payment, told: Told, world: &World) -> Request {
        let path = self.path();
        let plain = |body| Request { path, form: FORM, headers: String::new(), body };
        match self {
            House::Sandbox => sandbox(path, payment, told, world),
            House::Segpay => plain(segpay(payment, told)),
            House::Ccbill => plain(ccbill(payment, told)),
            House::Epoch => plain(epoch(payment, told)),
        }
    }
}

fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// Numbers that no two messages of different meaning share.
fn number(payment: &Payment, told: Told) -> u64 {
    let kind = match told {
        Told::Yes => 0,
        Told::No(nth) => 100 + u64::from(nth),
        Told::Waiting(nth) => 200 + u64::from(nth),
        Told::Wrong(nth) => 300 + u64::from(nth),
        Told::Refund { nth, .. } => 400 + u64::from(nth),
        Told::TakenBack { .. } => 500,
    };
    7_000_000_000 + payment.nth as u64 * 1_000 + kind
}

fn minor(told: Told) -> i64 {
    match told {
        Told::Yes | Told::No(_) | Told::Waiting(_) => 1000,
        Told::Wrong(nth) => 1000 + i64::from(nth),
        Told::Refund { minor, .. } | Told::TakenBack { minor } => minor,
    }
}

fn sandbox(path: &'static str, payment: &Payment, told: Told, world: &World) -> Request {
    let now = world.env.now();
    let sale = number(payment, Told::Yes);
    // The house's own refunds are its sales' children; a wrong amount comes from another sale.
    let (kind, id) = match told {
        Told::Yes => ("sale.paid", sale),
        Told::No(_) => ("sale.declined", number(payment, told)),
        Told::Waiting(1) => ("sale.pending", sale),
        Told::Waiting(_) => ("sale.dreaming", sale),
        Told::Wrong(_) => ("sale.paid", number(payment, told)),
        Told::Refund { .. } => ("refund.done", sale),
        Told::TakenBack { .. } => ("dispute.opened", sale),
    };
    let amount = |minor: i64| json!({ "amount": minor, "currency": "USD" });
    let whole = match told {
        Told::Wrong(_) | Told::TakenBack { .. } => minor(told),
        Told::Yes | Told::No(_) | Told::Waiting(_) | Told::Refund { .. } => 1000,
    };
    let mut event = json!({
        "id": format!("{id}:{kind}:{}", number(payment, told)), "type": kind, "created": now,
        "sale": {
            "id": id.to_string(), "reference": payment.attempt.to_string(), "state": "paid",
            "amount": amount(whole), "refunded": amount(0), "card": null, "decline": null,
            "created": now,
        },
    });
    if let Told::Refund { minor, .. } = told {
        event["refund"] = json!({
            "id": number(payment, told).to_string(), "sale": id.to_string(),
            "amount": amount(minor), "state": "done",
        });
    }
    let body = event.to_string();
    let time = now.as_second().to_string();
    let key = Key::find(Some(KEY), Path::new("."), &Chance::seeded(1)).unwrap();
    let secret = key.derived("sandbox signing");
    let parts = [time.as_bytes(), b".".as_slice(), body.as_bytes()];
    let signed: String = sign::hmac_sha256(secret.as_bytes(), &parts)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let headers = format!("sandbox-signature: t={time},v1={signed}\r\n");
    Request { path, form: "application/json", headers, body }
}

fn segpay(payment: &Payment, told: Told) -> String {
    let reference = payment.attempt;
    let (id, sale) = (number(payment, told), number(payment, Told::Yes));
    let (stage, approved, trantype, sign) = match told {
        Told::Yes | Told::Wrong(_) => ("Initial", "Yes", "Sale", ""),
        Told::No(_) => ("Initial", "No", "Sale", ""),
        Told::Waiting(_) => ("Dreaming", "Yes", "Sale", ""),
        Told::Refund { .. } => ("Initial", "Yes", "Credit", "-"),
        Told::TakenBack { .. } => ("Initial", "Yes", "Charge", ""),
    };
    let related = match told {
        Told::Refund { .. } | Told::TakenBack { .. } => sale,
        Told::Yes | Told::No(_) | Told::Waiting(_) | Told::Wrong(_) => 0,
    };
    let price = decimal(minor(told));
    // The house tells what goes back by the sale's number and not by our reference.
    let reference = if related == 0 { format!("&pdref={reference}") } else { String::new() };
    format!(
        "action=Auth&stage={stage}&approved={approved}&trantype={trantype}&purchaseid=9{sale}&\
         tranid={id}&price={sign}{price}&currencycode=USD&eticketid=1234:5678&standin=0&\
         relatedtranid={related}&transtime=3%2F9%2F2026%204%3A10%3A00%20PM&cclast4=1111{reference}"
    )
}

fn ccbill(payment: &Payment, told: Told) -> String {
    let (id, sale) = (number(payment, told), number(payment, Told::Yes));
    let GoTo::Link(_) = &payment.go_to else { panic!("CCBill's form is a link") };
    let head = "clientAccnum=900123&clientSubacc=0005";
    // Every event has a time of its own.
    let time = format!("2026-03-09+0{}%3A{:02}%3A{:02}", id % 10, id / 10 % 60, id / 600 % 60);
    let price = decimal(minor(told));
    let reference = payment.attempt;
    let billed = format!(
        "timestamp={time}&billedInitialPrice={price}&billedCurrency=USD&billedCurrencyCode=840&\
         cardType=VISA&last4=1111&X-reference={reference}"
    );
    let back = format!(
        "subscriptionId=0{sale}&transactionId=0{sale}&timestamp={time}&amount={price}&\
         currency=USD&currencyCode=840&reason=asked"
    );
    match told {
        Told::Yes | Told::Wrong(_) => format!(
            "eventType=NewSaleSuccess&{head}&subscriptionId=0{id}&transactionId=0{id}&{billed}"
        ),
        Told::No(_) => format!(
            "eventType=NewSaleFailure&{head}&transactionId=0{id}&{billed}&failureCode=BE-103&\
             failureReason=Do+not+honor"
        ),
        Told::Waiting(_) => {
            format!("eventType=Metamorphosis&{head}&transactionId=0{id}&{billed}")
        }
        Told::Refund { .. } => format!("eventType=Refund&{head}&{back}"),
        Told::TakenBack { .. } => format!("eventType=Chargeback&{head}&{back}"),
    }
}

fn epoch(payment: &Payment, told: Told) -> String {
    let (id, sale) = (number(payment, told), number(payment, Told::Yes));
    let (price, reference) = (decimal(minor(told)), payment.attempt);
    let answered = |word: &str| {
        format!(
            "ans={word}%7C{id}&member_id=&pi_code=prod1000&trans_amount={price}&\
             trans_amount_usd={price}&currency=USD&payment_subtype=VS&x_reference={reference}"
        )
    };
    match told {
        Told::Yes | Told::Wrong(_) => answered("YGOODTEST"),
        Told::No(_) => answered("NDECLINED"),
        Told::Waiting(_) => answered("PLATER"),
        Told::Refund { .. } | Told::TakenBack { .. } => format!(
            "ets_transaction_id={id}&ets_member_idx=&ets_transaction_date=2026-03-09+01%3A02%3A03&\
             ets_transaction_type=C&ets_co_code=m9xx&ets_pi_code=prod1000&ets_reseller_code=a&\
             ets_transaction_amount=-{price}&ets_payment_type=CC&ets_ref_trans_ids={sale}"
        ),
    }
}
