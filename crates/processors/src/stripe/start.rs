//! Beginning a payment: a Checkout Session, Stripe's own page. Names follow "Create a Checkout
//! Session" of the API reference at docs.stripe.com.
//!
//! Our reference goes along twice: on the session and on what the session makes, because each of
//! them is told about by events of its own.

use base::Language;
use processor::{Answer, CaptureWhen, GoTo, Http, StartRequest, Started};

use super::api::{self, Api, Form, field};
use super::config::{Sound, Tab};
use super::objects::{PAGE, REFERENCE, Session, is_reference};
use super::{money, renewal};

/// Makes the session. Its address is in the answer only: where that is lost, nobody can pay on
/// the page, so nothing was executed whatever Stripe has made of the call.
pub(super) async fn start(config: &Sound, http: &Http, request: &StartRequest) -> Answer<Started> {
    let form = match form(config, request) {
        Ok(form) => form,
        Err(why) => return Answer::NotExecuted(why),
    };
    let sent = Api { config, http }.post("v1/checkout/sessions", &request.key, &form).await;
    let session: Session = match api::object(sent) {
        Ok(session) => session,
        Err(Answer::Unknown(why)) => {
            return Answer::NotExecuted(format!("Stripe's page was not handed out: {why}"));
        }
        Err(answer) => return answer,
    };
    match session.url {
        Some(url) if url.starts_with("https://") => {
            Answer::Done(Started { go_to: GoTo::Link(url), transaction: Some(session.id) })
        }
        _ => Answer::NotExecuted("Stripe's session has no page to go to".to_owned()),
    }
}

fn form(config: &Sound, request: &StartRequest) -> Result<Form, String> {
    if !config.takes(request.amount.currency) {
        return Err(format!("this account does not take {}", request.amount.currency));
    }
    if !is_reference(&request.reference) {
        return Err("Stripe takes references of letters and digits".to_owned());
    }
    let mut form = vec![
        field("client_reference_id", &request.reference),
        field("success_url", &request.return_url),
        field("cancel_url", &request.cancel_url),
        field("locale", locale(request.buyer.language)),
    ];
    let methods = config.methods.iter().enumerate();
    form.extend(methods.map(|(nth, name)| field(&format!("payment_method_types[{nth}]"), name)));
    if let Some(email) = &request.buyer.email {
        form.push(field("customer_email", email));
    }
    form.push(field(&format!("metadata[{REFERENCE}]"), &request.reference));
    form.push(field("metadata[product]", api::text(&request.product)));
    match &request.renews {
        Some(renewal) => form.extend(renewal::form(request, renewal)?),
        None => form.extend(once(config, request)?),
    }
    Ok(form)
}

/// A payment that does not renew.
fn once(config: &Sound, request: &StartRequest) -> Result<Form, String> {
    let mut form = vec![field("mode", "payment")];
    form.extend(line(0, request.amount, &request.description)?);
    let intent = |name: &str, value: &str| field(&format!("payment_intent_data{name}"), value);
    form.push(intent(&format!("[metadata][{REFERENCE}]"), &request.reference));
    form.push(intent(&format!("[metadata][{PAGE}]"), "checkout"));
    if let Some(suffix) = &config.statement_suffix {
        form.push(intent("[statement_descriptor_suffix]", suffix));
    }
    if config.keep_cards {
        form.push(field("customer_creation", "always"));
        form.push(intent("[setup_future_usage]", "off_session"));
    }
    if request.capture == CaptureWhen::Later {
        form.push(intent("[capture_method]", "manual"));
        form.extend(growing(config.tab));
    }
    Ok(form)
}

/// What a hold asks for so that it may grow: where the card has it.
pub(super) fn growing(tab: Tab) -> Form {
    let names = match tab {
        Tab::Grow => &["request_incremental_authorization", "request_overcapture"][..],
        Tab::Ceiling => &[],
    };
    let ask = |name: &&str| field(&format!("payment_method_options[card][{name}]"), "if_available");
    names.iter().map(ask).collect()
}

/// One line of the page: something for a price.
pub(super) fn line(nth: usize, price: base::Money, name: &str) -> Result<Form, String> {
    let name = if name.trim().is_empty() { "Payment" } else { name };
    let part = |name: &str| format!("line_items[{nth}]{name}");
    Ok(vec![
        field(&part("[price_data][currency]"), money::code(price.currency)),
        field(&part("[price_data][unit_amount]"), money::amount(price)?),
        field(
            &part("[price_data][product_data][name]"),
            name.chars().take(250).collect::<String>(),
        ),
        field(&part("[quantity]"), "1"),
    ])
}

/// Stripe's page speaks all of ours.
const fn locale(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Fr => "fr",
        Language::De => "de",
        Language::Da => "da",
        Language::Fil => "fil",
    }
}
