//! Where the bytes of something are, channel by channel, as their references describe it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::Url;

use crate::files::LARGEST;
use crate::outside::{Fetched, Missed, Outside, Reach, is_loopback};
use crate::social::heard::Source;
use crate::social::settings::{Channel, Kind, Signed, Telegram, WhatsApp};

/// The largest answer that says where something is.
const LARGEST_ANSWER: usize = 64 * 1024;

/// Fetches what came over a channel.
pub(super) async fn fetch(channel: &Channel, source: &Source) -> Result<Fetched, Missed> {
    match (&channel.kind, source) {
        (Kind::WhatsApp(own), Source::Id(id)) => whatsapp(own, id).await,
        (Kind::Telegram(own), Source::Id(id)) => telegram(own, id).await,
        (Kind::Signed(own), Source::Address(url)) => named(own, url).await,
        (Kind::Signed(_), Source::Enclosed(data)) => enclosed(data),
        (Kind::WhatsApp(_) | Kind::Telegram(_) | Kind::Signed(_), _) => {
            Err(never("this channel keeps no such thing"))
        }
    }
}

/// The id leads to an address that is good for five minutes and wants the token, too.
async fn whatsapp(own: &WhatsApp, id: &str) -> Result<Fetched, Missed> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !id.bytes().all(fits) {
        return Err(never("its id is none"));
    }
    let mut url = own.base.join(id).map_err(|_| never("its id is none"))?;
    url.query_pairs_mut().append_pair("phone_number_id", &own.number);
    let configured = outside(Reach::Configured)?;
    let told = configured.get(&url, Some(&own.token), LARGEST_ANSWER).await?;
    let told = json(&told)?;
    // A number, or digits in a text.
    let size = told.get("file_size");
    let size = size.and_then(|size| size.as_u64().or_else(|| size.as_str()?.parse().ok()));
    large(size)?;
    let at: Option<Url> = told.get("url").and_then(Value::as_str).and_then(|at| at.parse().ok());
    let at = at.ok_or_else(|| Missed::Later("the channel did not say where it is".to_owned()))?;
    if at.scheme() != "https" && !is_loopback(&own.base) {
        return Err(never("its address is not encrypted"));
    }
    outside(Reach::like(&own.base))?.get(&at, Some(&own.token), LARGEST).await
}

/// The id leads to a path, and the path to the bytes.
async fn telegram(own: &Telegram, id: &str) -> Result<Fetched, Missed> {
    let token = own.token.reveal();
    let asked = own.base.join(&format!("./bot{token}/getFile"));
    let mut url = asked.map_err(|_| never("the channel is not set up rightly"))?;
    url.query_pairs_mut().append_pair("file_id", id);
    let configured = outside(Reach::Configured)?;
    let told = json(&configured.get(&url, None, LARGEST_ANSWER).await?)?;
    large(told.pointer("/result/file_size").and_then(Value::as_u64))?;
    let path = told.pointer("/result/file_path").and_then(Value::as_str);
    let path =
        path.ok_or_else(|| Missed::Later("the channel did not say where it is".to_owned()))?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    if !path.bytes().all(fits) || path.contains("..") || path.starts_with('/') {
        return Err(never("its path is none"));
    }
    let at = own.base.join(&format!("./file/bot{token}/{path}"));
    let at = at.map_err(|_| never("its path is none"))?;
    configured.get(&at, None, LARGEST).await
}

/// A channel of the operator's own says where its files are; what stands there is looked at like
/// anything else that a stranger names.
async fn named(own: &Signed, url: &str) -> Result<Fetched, Missed> {
    let url: Url = url.parse().map_err(|_| never("its address is none"))?;
    if url.scheme() != "https" && !is_loopback(&own.url) {
        return Err(never("its address is not encrypted"));
    }
    outside(Reach::like(&own.url))?.get(&url, None, LARGEST).await
}

fn enclosed(data: &str) -> Result<Fetched, Missed> {
    let bytes = STANDARD.decode(data.trim()).map_err(|_| never("it is no base 64"))?;
    Ok(Fetched { bytes, declared: String::new() })
}

fn outside(reach: Reach) -> Result<Outside, Missed> {
    Outside::new(reach).map_err(|fault| Missed::Later(fault.to_string()))
}

fn json(fetched: &Fetched) -> Result<Value, Missed> {
    let read = serde_json::from_slice(&fetched.bytes);
    read.map_err(|_| Missed::Later("the channel's answer was not understood".to_owned()))
}

fn large(told: Option<u64>) -> Result<(), Missed> {
    if told.is_some_and(|told| usize::try_from(told).is_ok_and(|told| told > LARGEST)) {
        return Err(never("it is larger than 10 MB"));
    }
    Ok(())
}

fn never(why: &str) -> Missed {
    Missed::Never(why.to_owned())
}
