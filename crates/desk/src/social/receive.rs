//! A channel calls: its lock is tried on the raw bytes, they are kept, and then it is answered.

use base::{Kind as No, Refusal, Stop, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use store::{blobs, jobs};
use subtle::ConstantTimeEq as _;

use super::hear::{HEAR, Hearing};
use super::rows;
use super::settings::{Channel, Kind};
use super::signed;
use crate::Desk;

/// The largest call.
pub const LARGEST: usize = 1024 * 1024;

/// There is no such channel, or the lock does not open: which of them is not said.
pub const NOT_HEARD: Refusal =
    Refusal::new(No::NotFound, "not_found", "there is nothing at this address");

/// A call as it came.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The value of a header.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Send + Sync),
    /// The raw bytes.
    pub body: &'a [u8],
}

/// Keeps a call of a channel and the job that reads it. The same bytes again change nothing.
///
/// # Errors
/// [`NOT_HEARD`] if there is no such channel or the lock does not open; a fault if the database
/// fails, so that the channel calls again.
pub async fn receive(desk: &Desk, key: &str, call: Call<'_>) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let channel = desk.settings.social.find(key).ok_or(NOT_HEARD)?;
    if call.body.len() > LARGEST || !opens(channel, call, env.now()) {
        return Err(NOT_HEARD.into());
    }
    let hash = hex::encode(Sha256::digest(call.body));
    store::write!(desk.billing.store, |tx| {
        let id = env.id::<base::id::Event>().to_string();
        if !rows::keep(tx, &id, key, &hash, env.now()).await? {
            return Ok(());
        }
        blobs::put(tx, env.now(), call.body).await?;
        jobs::enqueue(tx, env, HEAR, &Hearing { notice: id }, env.now()).await?;
        Ok(())
    })
}

fn opens(channel: &Channel, call: Call<'_>, now: Timestamp) -> bool {
    match &channel.kind {
        Kind::WhatsApp(whatsapp) => {
            let given = (call.header)("x-hub-signature-256");
            let given = given.as_deref().and_then(|given| given.strip_prefix("sha256="));
            let Some(given) = given.and_then(|given| hex::decode(given).ok()) else {
                return false;
            };
            let mac = Hmac::<Sha256>::new_from_slice(whatsapp.app_secret.reveal().as_bytes());
            let Ok(mut mac) = mac else { return false };
            mac.update(call.body);
            mac.verify_slice(&given).is_ok()
        }
        Kind::Telegram(telegram) => {
            let given = (call.header)("x-telegram-bot-api-secret-token").unwrap_or_default();
            bool::from(given.as_bytes().ct_eq(telegram.secret.reveal().as_bytes()))
        }
        Kind::Signed(own) => signed::key(own.secret.reveal())
            .is_some_and(|key| signed::is_signed(&key, call.header, call.body, now)),
    }
}

/// The answer to the handshake by which `WhatsApp` looks whether an address is ours.
///
/// # Errors
/// [`NOT_HEARD`] if there is no such channel or the word is not the one that was agreed.
pub fn handshake(desk: &Desk, key: &str, word: &str, challenge: &str) -> Result<String, Refusal> {
    let channel = desk.settings.social.find(key).ok_or(NOT_HEARD)?;
    let Kind::WhatsApp(whatsapp) = &channel.kind else { return Err(NOT_HEARD) };
    let known = bool::from(word.as_bytes().ct_eq(whatsapp.verify.reveal().as_bytes()));
    let plain = (1..=200).contains(&challenge.len())
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if known && plain { Ok(challenge.to_owned()) } else { Err(NOT_HEARD) }
}
