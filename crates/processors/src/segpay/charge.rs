//! Charging the card of an earlier purchase: one-click, instant conversion of a trial, and holding
//! money by Post Pay.
//!
//! The pages follow "SegPay's Processing API for Merchants" 1.3 (one-click, instant conversion) and
//! "Post Pay" of the help centre. Of the calls from the server, addresses and the fields of Post
//! Pay's authorisation are public; how they answer, and how Post Pay captures, is not: those are
//! words of the configuration, and without them nothing is called.

use base::Money;
use processor::{
    Answer, Call, CaptureWhen, Charge, ChargeOutcome, Charged, Done, GoTo, Http, Instrument, Reply,
    Sent,
};
use url::Url;

use super::config::Sound;
use super::more::{HoldCapture, OneClickWay, SoundPostPay};
use super::replies::{Said, read};
use super::start::{Wanted, buttons, fits_the_page, page_language, price_parts};

/// Charges what SegPay keeps, or says how the customer goes on.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let Instrument::Stored { id, .. } = &charge.instrument else {
        return Answer::cannot("charge anything but the card of an earlier purchase");
    };
    if let Err(why) = fits_the_page(&charge.reference) {
        return Answer::NotExecuted(why);
    }
    match (charge.capture, is_guid(id)) {
        (CaptureWhen::Later, _) => hold(config, http, charge, id).await,
        (CaptureWhen::AtOnce, true) => convert(config, id, &charge.reference),
        (CaptureWhen::AtOnce, false) => one_click(config, http, charge, id).await,
    }
}

/// Takes up to what was held, once: the merchant counts, SegPay keeps a ceiling.
pub(super) async fn capture(
    config: &Sound,
    http: &Http,
    transaction: &str,
    amount: Money,
) -> Answer<Done> {
    let Some((post_pay, capture)) =
        config.post_pay.as_ref().and_then(|own| Some((own, own.capture.as_ref()?)))
    else {
        return Answer::cannot("capture: post_pay.capture is not configured");
    };
    let Some((transaction, purchase)) = transaction.split_once('/') else {
        return Answer::NotExecuted("this is no Post Pay authorisation".to_owned());
    };
    if let Err(why) = below_the_ceiling(post_pay, amount) {
        return Answer::NotExecuted(why);
    }
    let decimal = amount.to_decimal();
    let pairs = [
        (capture.transaction_field.as_str(), transaction),
        (capture.eticket_field.as_str(), post_pay.eticket.as_str()),
        (capture.purchase_field.as_str(), purchase),
        (capture.amount_field.as_str(), decimal.as_str()),
    ];
    let said = match post(config, http, &capture.path, &pairs, post_pay).await {
        Ok(said) => said,
        Err(answer) => return answer,
    };
    match said {
        Said::Approved(named) => Answer::Done(Done { transaction: named, amount: None }),
        Said::Declined(decline) => Answer::Declined(decline),
        Said::Unknown(why) => Answer::Unknown(why),
    }
}

async fn one_click(config: &Sound, http: &Http, charge: &Charge, id: &str) -> Answer<Charged> {
    let Some(own) = &config.one_click else {
        return Answer::cannot("charge a stored card: one_click is not configured");
    };
    if !is_number(id) {
        return Answer::NotExecuted("this is no purchase id of SegPay".to_owned());
    }
    let wanted = Wanted {
        product: &charge.product,
        amount: charge.amount,
        description: &charge.description,
    };
    let parts = match price_parts(config, http, &wanted).await {
        Ok(parts) => parts,
        Err(why) => return Answer::NotExecuted(why),
    };
    let reference = (own.reference_field.as_str(), charge.reference.as_str());
    if own.way == OneClickWay::Page {
        let mut url = config.one_click_page.clone();
        let mut pairs = url.query_pairs_mut();
        pairs.extend_pairs(parts).append_pair("OCToken", id).extend_pairs([reference]);
        if let Some(language) = page_language(charge.buyer.language) {
            pairs.append_pair("paypagelanguage", language);
        }
        let [back, shop] = buttons(charge.buyer.language);
        for (link, text, words) in
            [("x-auth-link", "x-auth-text", back), ("x-decl-link", "x-decl-text", shop)]
        {
            pairs.append_pair(link, &charge.return_url).append_pair(text, words);
        }
        drop(pairs);
        return must_act(url);
    }
    let dynamic = parts.iter().any(|(name, _)| *name == "amount" || *name == "DynamicPricingID");
    let path = if dynamic { &own.dynamic_path } else { &own.path };
    let Ok(url) = config.service.join(path) else {
        return Answer::NotExecuted("one_click.path is no path".to_owned());
    };
    let mut query: Vec<(&str, &str)> = Vec::new();
    for (name, value) in &parts {
        let name = if *name == "x-eticketid" { own.eticket_field.as_str() } else { *name };
        query.push((name, value));
    }
    query.extend([(own.token_field.as_str(), id), reference]);
    let said = match answered(http.send(Call::get(url).query(&query)).await) {
        Ok(reply) => read(&reply, &own.reply),
        Err(answer) => return answer,
    };
    match said {
        Said::Approved(transaction) => Answer::Done(Charged {
            outcome: ChargeOutcome::Paid,
            transaction,
            amount: None,
            stored: Some(id.to_owned()),
            card: None,
        }),
        Said::Declined(decline) => Answer::Declined(decline),
        Said::Unknown(why) => Answer::Unknown(why),
    }
}

/// Sends the customer to the page that ends a trial early and takes the full price.
fn convert(config: &Sound, guid: &str, reference: &str) -> Answer<Charged> {
    if !config.instant_conversion {
        return Answer::cannot("convert a trial: instant_conversion is not switched on");
    }
    let mut url = config.conversion_page.clone();
    url.query_pairs_mut()
        .append_pair("ICToken", guid)
        .append_pair(&config.click_field(), reference);
    must_act(url)
}

async fn hold(config: &Sound, http: &Http, charge: &Charge, id: &str) -> Answer<Charged> {
    let Some(post_pay) = config.post_pay.as_ref().filter(|own| own.capture.is_some()) else {
        let what = "hold money: post_pay with its capture is not configured";
        return Answer::cannot(what);
    };
    if !is_number(id) {
        return Answer::NotExecuted("this is no purchase id of SegPay".to_owned());
    }
    if let Err(why) = below_the_ceiling(post_pay, charge.amount) {
        return Answer::NotExecuted(why);
    }
    let decimal = charge.amount.to_decimal();
    let pairs = [
        ("eticketid", post_pay.eticket.as_str()),
        ("purchaseid", id),
        ("amount", decimal.as_str()),
    ];
    let said = match post(config, http, "PostPay/PostPayAuth/", &pairs, post_pay).await {
        Ok(said) => said,
        Err(answer) => return answer,
    };
    match said {
        // The capture wants the purchase as well, so both ids travel together.
        Said::Approved(Some(transaction)) => Answer::Done(Charged {
            outcome: ChargeOutcome::Authorized,
            transaction: Some(format!("{transaction}/{id}")),
            amount: None,
            stored: Some(id.to_owned()),
            card: None,
        }),
        Said::Approved(None) => {
            Answer::Unknown("SegPay approved, and named no transaction to capture".to_owned())
        }
        Said::Declined(decline) => Answer::Declined(decline),
        Said::Unknown(why) => Answer::Unknown(why),
    }
}

async fn post<T>(
    config: &Sound,
    http: &Http,
    path: &str,
    pairs: &[(&str, &str)],
    post_pay: &SoundPostPay,
) -> Result<Said, Answer<T>> {
    let url = config.transactions.join(path);
    let url = url.map_err(|error| Answer::NotExecuted(format!("post_pay: {error}")))?;
    let reply = answered(http.send(Call::post(url).form(pairs)).await)?;
    Ok(read(&reply, &post_pay.reply))
}

fn below_the_ceiling(post_pay: &SoundPostPay, amount: Money) -> Result<(), String> {
    let max = post_pay.max;
    if amount.currency != max.currency || !amount.is_positive() || amount.minor > max.minor {
        return Err(format!("post_pay.max is {max}, so {amount} is not held or captured"));
    }
    Ok(())
}

/// A status that is not 200 is no answer to a charge, except those that say that nothing ran.
fn answered<T>(sent: Sent) -> Result<Reply, Answer<T>> {
    match sent {
        Sent::Answered(reply) if reply.status == 200 => Ok(reply),
        Sent::Answered(Reply { status: status @ (401 | 403 | 404 | 405), .. }) => {
            let why = format!("SegPay refused the call ({status}): is our address on its list?");
            Err(Answer::NotExecuted(why))
        }
        Sent::Answered(reply) => Err(Answer::Unknown(format!("SegPay answered {}", reply.status))),
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

fn must_act(url: Url) -> Answer<Charged> {
    Answer::Done(Charged {
        outcome: ChargeOutcome::MustAct(GoTo::Link(url.into())),
        transaction: None,
        amount: None,
        stored: None,
        card: None,
    })
}

fn is_number(id: &str) -> bool {
    (1..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// The GUID of a trial's transaction, which instant conversion takes instead of a purchase id.
fn is_guid(id: &str) -> bool {
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    let hex = id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    hex && parts == [8, 4, 4, 4, 12]
}

/// The fields of a capture as they were once seen; the operator confirms them by writing
/// `post_pay.capture`.
impl Default for HoldCapture {
    fn default() -> HoldCapture {
        HoldCapture {
            path: "PostPay/PostPayCapture/".to_owned(),
            transaction_field: "TransactionId".to_owned(),
            eticket_field: "eticketid".to_owned(),
            purchase_field: "purchaseid".to_owned(),
            amount_field: "amount".to_owned(),
        }
    }
}
