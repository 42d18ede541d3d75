//! Charging from the server: a card in the vault, a token of NMI's own script, or Google Pay's.
//! Names follow "Direct Post API", "Customer vault" and "Credential on file" of NMI's integration
//! pages.

use processor::{Answer, CaptureWhen, Charge, ChargeOutcome, Charged, Http, Instrument};

use super::config::Sound;
use super::gateway::{self, Approved, Form, is_id};
use crate::wire::decimal;

/// The longest token that is handed on.
const TOKEN: usize = 8 * 1024;

/// Makes the sale, or the authorisation.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let form = match form(config, charge) {
        Ok(form) => form,
        Err(why) => return Answer::NotExecuted(why),
    };
    let outcome = gateway::transact(config, http, &form).await;
    match outcome.answer(|approved| charged(charge, approved)) {
        Answer::Done(charged) if charged.transaction.is_none() => {
            Answer::Unknown("NMI said yes without saying to what".to_owned())
        }
        answer => answer,
    }
}

fn form(config: &Sound, charge: &Charge) -> Result<Form, String> {
    let currency = charge.amount.currency;
    if !config.currencies.contains(&currency) {
        return Err(format!("this account does not take {currency}"));
    }
    if !charge.amount.is_positive() {
        return Err(format!("NMI cannot be asked for {}", charge.amount));
    }
    if !is_id(&charge.reference) {
        return Err("NMI is given references of letters and digits".to_owned());
    }
    let kind = match charge.capture {
        CaptureWhen::AtOnce => "sale",
        CaptureWhen::Later => "auth",
    };
    let mut form = vec![
        ("type", kind.to_owned()),
        ("amount", charge.amount.to_decimal()),
        ("currency", currency.code().to_owned()),
        ("orderid", charge.reference.clone()),
        ("orderdescription", charge.description.chars().take(100).collect()),
    ];
    form.extend(instrument(config, charge)?);
    let ip = charge.buyer.ip.map(|ip| ip.to_string());
    let given = [
        ("ipaddress", ip),
        ("country", charge.buyer.country.as_ref().map(|code| code.to_ascii_uppercase())),
        ("processor_id", config.processor_id.clone()),
        ("descriptor", config.descriptor.clone()),
        ("dup_seconds", config.duplicate_seconds.map(|seconds| seconds.to_string())),
    ];
    form.extend(given.into_iter().filter_map(|(name, value)| Some((name, value?))));
    Ok(form)
}

fn instrument(config: &Sound, charge: &Charge) -> Result<Form, String> {
    let token = match &charge.instrument {
        Instrument::Stored { id, .. } => return stored(id, charge),
        Instrument::Token { token } => ("payment_token", token),
        Instrument::GooglePay { token } if config.google_pay.is_some() => {
            ("googlepay_payment_data", token)
        }
        Instrument::GooglePay { .. } => {
            return Err("google_pay is not configured, so Google Pay is off".to_owned());
        }
    };
    if token.1.is_empty() || token.1.len() > TOKEN {
        return Err("this is no token of NMI's".to_owned());
    }
    let mut form = vec![(token.0, token.1.clone())];
    if config.keep_cards {
        form.push(("customer_vault", "add_customer".to_owned()));
        form.push(("initiated_by", "customer".to_owned()));
        form.push(("stored_credential_indicator", "stored".to_owned()));
    }
    Ok(form)
}

/// The vault's id, and behind a colon the transaction by which the card came into it, as
/// [`charged`] writes it. Whose browser we know is there; otherwise the merchant charges.
fn stored(id: &str, charge: &Charge) -> Result<Form, String> {
    let (vault, first) = match id.split_once(':') {
        Some((vault, first)) => (vault, Some(first)),
        None => (id, None),
    };
    if !is_id(vault) || first.is_some_and(|first| !is_id(first)) {
        return Err("this is no id of NMI's customer vault".to_owned());
    }
    let by = if charge.buyer.ip.is_some() { "customer" } else { "merchant" };
    let mut form = vec![
        ("customer_vault_id", vault.to_owned()),
        ("initiated_by", by.to_owned()),
        ("stored_credential_indicator", "used".to_owned()),
    ];
    if let Some(first) = first {
        form.push(("initial_transaction_id", first.to_owned()));
    }
    Ok(form)
}

/// What a yes says. NMI repeats no amount: the yes is to the amount that was asked for, unless it
/// names the part that the bank gave.
fn charged(charge: &Charge, approved: &Approved) -> Charged {
    let part = approved.get("amount_authorized");
    let part = part.and_then(|text| decimal::money(text, charge.amount.currency.code()).ok());
    let transaction = approved.id("transactionid");
    let vault = approved.id("customer_vault_id");
    let new = !matches!(charge.instrument, Instrument::Stored { .. });
    let stored = vault.filter(|_| new).zip(transaction.clone());
    Charged {
        outcome: match charge.capture {
            CaptureWhen::AtOnce => ChargeOutcome::Paid,
            CaptureWhen::Later => ChargeOutcome::Authorized,
        },
        amount: Some(part.unwrap_or(charge.amount)),
        stored: stored.map(|(vault, first)| format!("{vault}:{first}")),
        transaction,
        card: None,
    }
}
