//! A deed: a customer has chosen; the payment is made and the way to it is open for a day.

use base::id::{CustomerId, TokenPackId};
use base::time::SignedDuration;
use base::{Currency, Language, Money, Refusal, Secret, Stop};
use store::Tx;
use url::Url;

use super::checkout::{
    CUSTOMER_NOT_FOUND, Checkout, CheckoutState, NOT_SOLD_IN_CURRENCY, PACK_NOT_ACTIVE,
    RETURN_URL_NOT_VALID,
};
use super::rows;
use crate::payments::{self, Payment, PaymentState};
use crate::routing::{self, Breakers, Method, Purpose, Wish};
use crate::{Billing, catalog, events};

/// How long a checkout stays open.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_URL: usize = 2_000;

/// What a customer has chosen.
#[derive(Clone, Debug)]
pub struct NewCheckout {
    /// Who.
    pub customer: CustomerId,
    /// What.
    pub pack: TokenPackId,
    /// In which currency.
    pub currency: Currency,
    /// In which language the pages speak.
    pub language: Language,
    /// Where the host site wants the customer back; see [`return_address`].
    pub return_url: Option<Url>,
    /// On which processor account, if not on the first that takes it.
    pub account: Option<String>,
}

/// Reads the address a host site wants the customer back at.
///
/// # Errors
/// [`RETURN_URL_NOT_VALID`].
pub fn return_address(text: &str) -> Result<Url, Refusal> {
    let refused = || RETURN_URL_NOT_VALID.at("return_url");
    let url = Url::parse(text).map_err(|_| refused())?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let plain = url.username().is_empty() && url.password().is_none();
    if web && plain && text.len() <= LONGEST_URL { Ok(url) } else { Err(refused()) }
}

/// Opens a checkout in a transaction of its own.
///
/// # Errors
/// As [`open_in`].
pub async fn open(
    billing: &Billing,
    new: NewCheckout,
) -> Result<(Checkout, Payment, Secret), Stop> {
    store::write!(billing.store, |tx| open_in(tx, billing, new.clone()).await)
}

/// Opens a checkout: makes the payment and the link to pay it.
///
/// # Errors
/// `customer_not_found`, `token_pack_not_found`, [`PACK_NOT_ACTIVE`], [`NOT_SOLD_IN_CURRENCY`],
/// `no_processor_account`, or a fault if the database fails.
pub async fn open_in(
    tx: &mut Tx,
    billing: &Billing,
    new: NewCheckout,
) -> Result<(Checkout, Payment, Secret), Stop> {
    if !rows::knows_customer(tx, new.customer).await? {
        return Err(CUSTOMER_NOT_FOUND.at("customer").into());
    }
    let pack = catalog::find(tx, new.pack).await?;
    let pack = pack.ok_or_else(|| catalog::PACK_NOT_FOUND.at("pack"))?;
    if !pack.active {
        return Err(PACK_NOT_ACTIVE.at("pack").into());
    }
    let price = pack.price(new.currency).ok_or_else(|| NOT_SOLD_IN_CURRENCY.at("currency"))?;
    let (env, now) = (&billing.env, billing.env.now());
    let secret = Secret::new(&env.chance);
    let checkout = Checkout {
        id: env.id(),
        customer: new.customer,
        payment: env.id(),
        pack: pack.id,
        language: new.language,
        state: CheckoutState::Open,
        return_url: new.return_url,
        account: new.account,
        secret: secret.hashed(),
        created_at: now,
        expires_at: now.checked_add(OPEN_FOR).unwrap_or(now),
    };
    let nothing = Money::zero(price.currency);
    let payment = Payment {
        id: checkout.payment,
        customer: new.customer,
        checkout: checkout.id,
        pack: pack.id,
        tokens: pack.tokens,
        amount: price,
        state: PaymentState::RequiresMethod,
        reason: None,
        needs_attention: None,
        authorized: nothing,
        captured: nothing,
        refunded: nothing,
        disputed: nothing,
        outcome_known: true,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    somebody_takes(tx, billing, &payment, checkout.account.as_deref()).await?;
    payments::insert_payment(tx, &payment).await?;
    rows::insert(tx, &checkout).await?;
    payments::expire_later(tx, billing, &checkout).await?;
    events::checkout_opened(tx, env, &checkout).await?;
    Ok((checkout, payment, secret))
}

/// Refuses what no account would take, before a customer stands at a door that does not open. A
/// house that is out of reach for the moment may be back until they pay.
async fn somebody_takes(
    tx: &mut Tx,
    billing: &Billing,
    payment: &Payment,
    named: Option<&str>,
) -> Result<(), Stop> {
    let wish = Wish {
        payment,
        attempts: &[],
        purpose: Purpose::Tokens,
        method: Method::Page,
        capture: processor::CaptureWhen::AtOnce,
        named,
        keeper: None,
        just_now: &[],
    };
    let (ignored, now) = (Breakers::ignored(), payment.created_at);
    let trace = routing::choose(tx, &billing.routes, &wish, &ignored, now).await?;
    trace.account(&billing.accounts).map(|_| ()).map_err(Stop::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_sent_back_to_the_web_only() {
        for good in ["https://shop.example/back?a=1", "http://127.0.0.1:8080/"] {
            assert_eq!(return_address(good).unwrap().as_str(), good);
        }
        let long = format!("https://shop.example/{}", "a".repeat(2_000));
        let bad = ["javascript:alert(1)", "/back", "https://a:b@shop.example/", &long, "data:,x"];
        for bad in bad {
            assert_eq!(return_address(bad).unwrap_err().code, "return_url_not_valid", "{bad}");
        }
    }
}
