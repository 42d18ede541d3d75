//! Orders: beginning one for the customer to approve, charging what is kept, and the last call
//! after the approval.
//!
//! Follows Orders v2 (paypal/paypal-rest-api-specifications, `checkout_orders_v2.json`).

use base::{Language, Money};
use processor::{
    Answer, Call, CaptureWhen, Card, Charge, ChargeOutcome, Charged, Completing, GoTo, Instrument,
    StartRequest, Started,
};
use serde_json::{Map, Value, json};

use super::account::Account;
use super::config::CURRENCIES;
use super::problem;
use super::wire::{self, Order, Paper, Source};

/// The longest description of a purchase.
const DESCRIPTION: usize = 127;

/// The longest request id that orders take.
const KEY: usize = 108;

/// Where an order's customer must go, by the names of the link.
const NEXT: [&str; 2] = ["payer-action", "approve"];

/// Makes an order and hands out its link. Whatever goes wrong here, nobody could approve the
/// order, so no money can have moved.
pub(super) async fn start(account: &Account, request: &StartRequest) -> Answer<Started> {
    let order = match begun(account, request).await {
        Ok(order) => order,
        Err(why) => return Answer::NotExecuted(why),
    };
    let link = wire::page(&order.links, &NEXT, &account.config.api);
    match (link, wire::id(&order.id)) {
        (Some(link), Some(id)) => {
            Answer::Done(Started { go_to: GoTo::Link(link), transaction: Some(id.to_owned()) })
        }
        _ => Answer::NotExecuted("PayPal made an order without an id or a link".to_owned()),
    }
}

async fn begun(account: &Account, request: &StartRequest) -> Result<Order, String> {
    if request.renews.is_some() {
        return Err("renewals through PayPal are not offered: charge a kept account".to_owned());
    }
    let buyer = &request.buyer;
    let mut context = json!({
        "return_url": request.return_url,
        "cancel_url": request.cancel_url,
        "user_action": "PAY_NOW",
        "shipping_preference": "NO_SHIPPING",
        "locale": locale(buyer.language),
    });
    if let Some(name) = &account.config.brand_name {
        context["brand_name"] = json!(name);
    }
    let mut paypal = json!({"experience_context": context});
    if account.config.vault {
        paypal["attributes"] = json!({"vault": {
            "store_in_vault": "ON_SUCCESS",
            "usage_type": "MERCHANT",
        }});
    }
    let purchase = Purchase {
        reference: &request.reference,
        amount: request.amount,
        description: &request.description,
        capture: request.capture,
    };
    let body = purchase.body(account, json!({"paypal": paypal}))?;
    let answer = account.write::<()>(&["v2", "checkout", "orders"], key(&request.key)?, &body);
    let order: Order = match answer.await {
        Ok(reply) => reply.json()?,
        Err(Answer::NotExecuted(why) | Answer::Unknown(why)) => return Err(why),
        Err(Answer::Declined(decline)) => return Err(format!("PayPal refused: {}", decline.raw)),
        Err(Answer::Done(()) | Answer::Accepted) => return Err("no answer".to_owned()),
    };
    same_purchase(&order, &request.reference, request.amount)?;
    Ok(order)
}

/// Charges what PayPal keeps, or a wallet's token: the order is executed as it is made.
pub(super) async fn charge(account: &Account, charge: &Charge) -> Answer<Charged> {
    let source = match source(account, charge) {
        Ok(source) => source,
        Err(why) => return Answer::NotExecuted(why),
    };
    let purchase = Purchase {
        reference: &charge.reference,
        amount: charge.amount,
        description: &charge.description,
        capture: charge.capture,
    };
    let made = purchase.body(account, source).and_then(|body| Ok((key(&charge.key)?, body)));
    let (key, body) = match made {
        Ok(made) => made,
        Err(why) => return Answer::NotExecuted(why),
    };
    match account.write(&["v2", "checkout", "orders"], key, &body).await {
        Ok(reply) => match reply.json() {
            Ok(order) => charged(account, &order, &purchase),
            Err(why) => Answer::Unknown(why),
        },
        Err(answer) => answer,
    }
}

/// Takes or holds the money of an order that the customer approved.
pub(super) async fn complete(account: &Account, completing: &Completing) -> Answer<Charged> {
    let purchase = Purchase {
        reference: &completing.reference,
        amount: completing.amount,
        description: "",
        capture: completing.capture,
    };
    let deed = match completing.capture {
        CaptureWhen::AtOnce => "capture",
        CaptureWhen::Later => "authorize",
    };
    // Careful: the key may be the one the order was made with. Under the same request id PayPal
    // would answer with the order as it was made, and take no money.
    let own = format!("{}-{deed}", completing.key);
    let key = match key(&own) {
        Ok(key) => key,
        Err(why) => return Answer::NotExecuted(why),
    };
    let call = Call::post(account.at(&["v2", "checkout", "orders", &completing.transaction, deed]))
        .header("paypal-request-id", key)
        .header("prefer", "return=representation")
        .json(&json!({}));
    let sent = account.send(call).await;
    if let processor::Sent::Answered(reply) = &sent
        && let Some(no) = problem::problem(reply)
    {
        let done = ["ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED"];
        if done.iter().any(|issue| problem::has(&no, issue)) {
            return looked_up(account, &completing.transaction, &purchase).await;
        }
        let page = wire::page(&no.links, &NEXT, &account.config.api);
        if let Some(page) = page.filter(|_| problem::has(&no, "PAYER_ACTION_REQUIRED")) {
            return Answer::Done(must_act(page, &completing.transaction));
        }
    }
    match problem::place(sent) {
        Ok(reply) => match reply.json() {
            Ok(order) => charged(account, &order, &purchase),
            Err(why) => Answer::Unknown(why),
        },
        Err(answer) => answer,
    }
}

/// An order that was executed before: what it says of itself is the answer.
async fn looked_up(account: &Account, id: &str, purchase: &Purchase<'_>) -> Answer<Charged> {
    match account.read::<Charged>(&["v2", "checkout", "orders", id]).await {
        Ok(Some(reply)) => match reply.json() {
            Ok(order) => charged(account, &order, purchase),
            Err(why) => Answer::Unknown(why),
        },
        Ok(None) => Answer::Unknown("PayPal executed an order and does not show it".to_owned()),
        Err(_) => Answer::Unknown("PayPal executed the order before".to_owned()),
    }
}

/// What is bought, as every order says it.
struct Purchase<'a> {
    reference: &'a str,
    amount: Money,
    description: &'a str,
    capture: CaptureWhen,
}

impl Purchase<'_> {
    fn body(&self, account: &Account, source: Value) -> Result<Value, String> {
        let code = self.amount.currency.code();
        if !CURRENCIES.contains(&code) {
            return Err(format!("PayPal does not take {code}"));
        }
        let mut unit = Map::new();
        for name in ["reference_id", "custom_id", "invoice_id"] {
            unit.insert(name.to_owned(), json!(self.reference));
        }
        unit.insert("amount".to_owned(), wire::written(self.amount)?);
        let description: String = self.description.chars().take(DESCRIPTION).collect();
        if !description.is_empty() {
            unit.insert("description".to_owned(), json!(description));
        }
        if let Some(descriptor) = &account.config.descriptor {
            unit.insert("soft_descriptor".to_owned(), json!(descriptor));
        }
        let intent = match self.capture {
            CaptureWhen::AtOnce => "CAPTURE",
            CaptureWhen::Later => "AUTHORIZE",
        };
        Ok(json!({"intent": intent, "purchase_units": [unit], "payment_source": source}))
    }
}

/// What is charged, as PayPal names it. Ids of its vault say by what stands before the colon
/// whether they are an account or a card; without it, they are an account.
fn source(account: &Account, charge: &Charge) -> Result<Value, String> {
    match &charge.instrument {
        Instrument::Stored { .. } if !account.config.vault => {
            Err("vault is off: nothing is kept at PayPal".to_owned())
        }
        Instrument::Stored { id, .. } => {
            let (kind, id) = id.split_once(':').unwrap_or(("paypal", id));
            if !["paypal", "card"].contains(&kind) || wire::id(id).is_none() {
                return Err("that is no id of PayPal's vault".to_owned());
            }
            Ok(json!({kind: {"vault_id": id}}))
        }
        Instrument::GooglePay { token } => match &account.config.google_pay {
            Some(google) => {
                let field = google.token_field.as_str();
                Ok(json!({"google_pay": {field: token}}))
            }
            None => Err("how PayPal takes Google Pay's token from a server is not public: set \
                         google_pay.token_field once PayPal has told it"
                .to_owned()),
        },
        Instrument::Token { .. } => Err("PayPal's own script completes its tokens".to_owned()),
    }
}

/// What an order says became of the money.
fn charged(account: &Account, order: &Order, purchase: &Purchase<'_>) -> Answer<Charged> {
    if let Err(why) = same_purchase(order, purchase.reference, purchase.amount) {
        return Answer::Unknown(why);
    }
    let papers = order.purchase_units.first().map(|unit| match purchase.capture {
        CaptureWhen::AtOnce => unit.payments.captures.as_slice(),
        CaptureWhen::Later => unit.payments.authorizations.as_slice(),
    });
    let [paper] = papers.unwrap_or_default() else {
        let page = wire::page(&order.links, &NEXT, &account.config.api);
        return match page.filter(|_| order.status == "PAYER_ACTION_REQUIRED") {
            Some(page) => Answer::Done(must_act(page, &order.id)),
            None => Answer::Unknown("the order holds not one payment of that kind".to_owned()),
        };
    };
    let amount = match paper.amount.as_ref().map(wire::Amount::money).transpose() {
        Ok(Some(amount)) if amount == purchase.amount => amount,
        Ok(said) => {
            let said = said.map_or("nothing".to_owned(), |said| said.to_string());
            let asked = purchase.amount;
            return Answer::Unknown(format!("PayPal says {said} where {asked} was asked for"));
        }
        Err(why) => return Answer::Unknown(why),
    };
    outcome(paper, purchase.capture).map(|outcome| Charged {
        outcome,
        transaction: wire::id(&paper.id).map(str::to_owned),
        amount: Some(amount),
        stored: stored(order),
        card: card(order),
    })
}

fn outcome(paper: &Paper, capture: CaptureWhen) -> Answer<ChargeOutcome> {
    match (capture, paper.status.as_str()) {
        (_, "PENDING") => Answer::Done(ChargeOutcome::Pending),
        (CaptureWhen::AtOnce, "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED") => {
            Answer::Done(ChargeOutcome::Paid)
        }
        (CaptureWhen::Later, "CREATED" | "PARTIALLY_CAPTURED" | "CAPTURED") => {
            Answer::Done(ChargeOutcome::Authorized)
        }
        (_, "DECLINED" | "DENIED" | "FAILED") => Answer::Declined(problem::decline(paper.reason())),
        (_, status) => {
            let status: String = status.chars().filter(char::is_ascii_graphic).take(40).collect();
            Answer::Unknown(format!("PayPal says {status:?}, a word we do not know"))
        }
    }
}

fn must_act(page: String, order: &str) -> Charged {
    Charged {
        outcome: ChargeOutcome::MustAct(GoTo::Link(page)),
        transaction: wire::id(order).map(str::to_owned),
        amount: None,
        stored: None,
        card: None,
    }
}

/// An order must say what was asked for: our reference and the exact amount.
fn same_purchase(order: &Order, reference: &str, amount: Money) -> Result<(), String> {
    let [unit] = order.purchase_units.as_slice() else {
        return Err("PayPal's order has not one purchase in it".to_owned());
    };
    if unit.custom_id.as_deref().is_some_and(|custom| custom != reference) {
        return Err("PayPal's order carries another reference".to_owned());
    }
    match unit.amount.as_ref().map(wire::Amount::money).transpose()? {
        Some(said) if said != amount => {
            Err(format!("PayPal's order says {said} where {amount} was asked for"))
        }
        _ => Ok(()),
    }
}

/// What may be charged again, if PayPal kept it.
fn stored(order: &Order) -> Option<String> {
    let sources = order.payment_source.as_ref()?;
    let kept = |kind: &str, source: &Option<Source>| {
        let vault = source.as_ref()?.attributes.vault.as_ref()?;
        let id = vault.id.as_deref().and_then(wire::id)?;
        (vault.status == "VAULTED").then(|| format!("{kind}:{id}"))
    };
    kept("paypal", &sources.paypal).or_else(|| kept("card", &sources.card))
}

fn card(order: &Order) -> Option<Card> {
    let sources = order.payment_source.as_ref()?;
    let wallet = sources.google_pay.as_ref().and_then(|wallet| wallet.card.as_ref());
    let source = sources.card.as_ref().or(wallet)?;
    let four = |text: &&String| text.len() == 4 && text.bytes().all(|one| one.is_ascii_digit());
    let letters = |text: &&String| {
        text.len() <= 20 && text.bytes().all(|one| one.is_ascii_alphabetic() || one == b'_')
    };
    let (brand, last4) = (source.brand.as_ref(), source.last_digits.as_ref());
    Some(Card { brand: brand.filter(letters).cloned(), last4: last4.filter(four).cloned() })
}

fn key(key: &str) -> Result<&str, String> {
    if (1..=KEY).contains(&key.len()) {
        Ok(key)
    } else {
        Err(format!("PayPal takes request ids of up to {KEY} characters"))
    }
}

/// PayPal's page has no Filipino: customers there read it in English.
const fn locale(language: Language) -> &'static str {
    match language {
        Language::En => "en-US",
        Language::Fr => "fr-FR",
        Language::De => "de-DE",
        Language::Da => "da-DK",
        Language::Fil => "en-PH",
    }
}
