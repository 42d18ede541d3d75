//! Charging from the server: an intent that is confirmed as it is made. Names follow "Create a
//! payment intent" of the API reference at docs.stripe.com.

use processor::{Answer, CaptureWhen, Charge, ChargeOutcome, Charged, GoTo, Http, Instrument};
use serde::Deserialize;

use super::api::{self, Api, Form, field};
use super::config::Sound;
use super::objects::{Intent, REFERENCE, is_reference};
use super::{declines, money, start};

/// What Stripe's ids of a way to pay begin with.
const METHODS: &[&str] = &["pm_", "card_", "src_"];

/// Makes the intent.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let form = match form(config, charge) {
        Ok(form) => form,
        Err(why) => return Answer::NotExecuted(why),
    };
    let sent = Api { config, http }.post("v1/payment_intents", &charge.key, &form).await;
    match api::object(sent) {
        Ok(intent) => charged(&intent),
        Err(answer) => answer,
    }
}

fn form(config: &Sound, charge: &Charge) -> Result<Form, String> {
    if !config.takes(charge.amount.currency) {
        return Err(format!("this account does not take {}", charge.amount.currency));
    }
    if !is_reference(&charge.reference) {
        return Err("Stripe takes references of letters and digits".to_owned());
    }
    let capture = match charge.capture {
        CaptureWhen::AtOnce => "automatic",
        CaptureWhen::Later => "manual",
    };
    let mut form = vec![
        field("amount", money::amount(charge.amount)?),
        field("currency", money::code(charge.amount.currency)),
        field("confirm", "true"),
        field("capture_method", capture),
        field("payment_method_types[0]", "card"),
        field(&format!("metadata[{REFERENCE}]"), &charge.reference),
        field("metadata[product]", api::text(&charge.product)),
        field("expand[0]", "latest_charge"),
    ];
    form.extend(instrument(config, charge)?);
    if let Some(suffix) = &config.statement_suffix {
        form.push(field("statement_descriptor_suffix", suffix));
    }
    if charge.capture == CaptureWhen::Later {
        form.extend(start::growing(config.tab));
    }
    Ok(form)
}

/// What is charged. A stored card is charged without the customer; a token comes from a browser
/// that waits, so the customer can be asked.
fn instrument(config: &Sound, charge: &Charge) -> Result<Form, String> {
    let mut form = match &charge.instrument {
        Instrument::Stored { id, customer } => return stored(id, customer.as_deref()),
        Instrument::Token { token } if token.starts_with("pm_") => {
            vec![field("payment_method", api::id(token, METHODS)?)]
        }
        Instrument::Token { token } => of_token(api::id(token, &["tok_", "pm_"])?),
        Instrument::GooglePay { token } if config.publishable_key.is_some() => {
            of_token(&google_pay(token)?)
        }
        Instrument::GooglePay { .. } => {
            return Err("publishable_key is not configured, so Google Pay is off".to_owned());
        }
    };
    form.push(field("return_url", &charge.return_url));
    if config.keep_cards {
        form.push(field("setup_future_usage", "off_session"));
    }
    Ok(form)
}

fn of_token(token: &str) -> Form {
    vec![
        field("payment_method_data[type]", "card"),
        field("payment_method_data[card][token]", token),
    ]
}

/// `pm_…` with its customer beside it, or `cus_…:pm_…` as [`Intent::stored`] writes it.
fn stored(id: &str, customer: Option<&str>) -> Result<Form, String> {
    let (customer, method) = match id.split_once(':') {
        Some((customer, method)) => (Some(customer), method),
        None => (customer, id),
    };
    let mut form =
        vec![field("payment_method", api::id(method, METHODS)?), field("off_session", "true")];
    if let Some(customer) = customer {
        form.push(field("customer", api::id(customer, &["cus_"])?));
    }
    Ok(form)
}

/// The id in Google Pay's token, which for Stripe is the JSON of a token of Stripe's.
fn google_pay(token: &str) -> Result<String, String> {
    #[derive(Deserialize)]
    struct Token {
        id: String,
    }
    let no = "this Google Pay token was not made for Stripe";
    let read: Token = serde_json::from_str(token).map_err(|_| no.to_owned())?;
    api::id(&read.id, &["tok_"]).map(str::to_owned).map_err(|_| no.to_owned())
}

/// How far an intent came.
fn charged(intent: &Intent) -> Answer<Charged> {
    let with = |outcome, amount| {
        Answer::Done(Charged {
            outcome,
            transaction: Some(intent.id.clone()),
            amount,
            stored: intent.stored(),
            card: intent.card(),
        })
    };
    match intent.status.as_str() {
        "succeeded" => match intent.received() {
            Ok(amount) => with(ChargeOutcome::Paid, Some(amount)),
            Err(why) => Answer::Unknown(why),
        },
        "requires_capture" => match intent.held() {
            Ok(amount) => with(ChargeOutcome::Authorized, Some(amount)),
            Err(why) => Answer::Unknown(why),
        },
        "processing" => with(ChargeOutcome::Pending, None),
        "requires_action" => match redirect(intent) {
            Some(url) => with(ChargeOutcome::MustAct(GoTo::Link(url)), None),
            // Nobody can go on without the intent's secret, and that never leaves Stripe and us.
            None => Answer::Declined(declines::word("requires_action")),
        },
        "requires_payment_method" | "canceled" => Answer::Declined(intent.decline()),
        other => {
            let other: String = other.chars().take(40).collect();
            Answer::Unknown(format!("Stripe's intent is in a state we do not know: {other}"))
        }
    }
}

fn redirect(intent: &Intent) -> Option<String> {
    let url = intent.next_action.as_ref()?.redirect_to_url.as_ref()?.url.clone()?;
    url.starts_with("https://").then_some(url)
}
