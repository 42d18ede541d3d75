//! The link to the hosted page, its hash, and the hash on the way back.
//!
//! The hash is SHA-1 over `name=value&…&secret=…` with values as they are, in the order of the
//! link, in base64, as the last parameter. Values are not escaped before hashing, so a value with
//! an ampersand in it could be cut into parameters of its own under the same hash: no such value
//! ever gets into a link.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use processor::sign::{Digesting, same};
use processor::{Answer, CaptureWhen, GoTo, Period, Renewal, StartRequest, Started};
use url::form_urlencoded;

use super::config::{Sound, is_name};

type Pairs = Vec<(String, String)>;

/// Makes the link.
pub(super) fn start(config: &Sound, request: &StartRequest) -> Answer<Started> {
    match pairs(config, request) {
        Ok(pairs) => {
            let mut url = config.page.clone();
            url.set_query(Some(&hashed(&pairs, &config.hash_secret)));
            Answer::Done(Started { go_to: GoTo::Link(url.into()), transaction: None })
        }
        Err(why) => Answer::NotExecuted(why),
    }
}

fn pairs(config: &Sound, request: &StartRequest) -> Result<Pairs, String> {
    let (amount, buyer) = (request.amount, &request.buyer);
    if amount.currency != config.currency || !amount.is_positive() {
        return Err(format!("this RocketGate account takes {} only", config.currency.code()));
    }
    if request.capture == CaptureWhen::Later {
        return Err("RocketGate's page takes money at once".to_owned());
    }
    if !is_name(&request.reference) || !is_name(&buyer.customer) {
        return Err("RocketGate takes ids of letters and digits".to_owned());
    }
    let mut pairs = Pairs::new();
    let mut add = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
    add("id", &buyer.customer);
    add("merch", &config.merchant_id);
    add("amount", &amount.to_decimal());
    add("invoice", &request.reference);
    add("method", "CC");
    add("purchase", "TRUE");
    if let Some(product) = config.products.get(&request.product) {
        add("prodid", product);
    }
    let is_country = |code: &&str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
    if let Some(country) = buyer.country.as_deref().filter(is_country) {
        add("country", &country.to_ascii_uppercase());
    }
    if let Some(renewal) = &request.renews {
        add("rebill-freq", &rhythm(request, renewal)?);
    }
    if let Some(names) = &config.returns {
        for (name, address) in
            [(&names.success, &request.return_url), (&names.failure, &request.cancel_url)]
        {
            // With one parameter there is no ampersand to cut at.
            if address.contains('&') {
                return Err("RocketGate's link takes no address with an ampersand".to_owned());
            }
            add(name, address);
        }
    }
    Ok(pairs)
}

/// How often it renews. The public example has a rhythm and nothing else: the same price, no
/// first period of another length, no end.
fn rhythm(request: &StartRequest, renewal: &Renewal) -> Result<String, String> {
    if renewal.amount != request.amount
        || renewal.first.days() != renewal.every.days()
        || renewal.times.is_some()
    {
        let why = "RocketGate's public link renews at the same price and rhythm without end only";
        return Err(why.to_owned());
    }
    Ok(match renewal.every {
        Period::Months(1) => "MONTHLY".to_owned(),
        every => every.days().to_string(),
    })
}

/// The query with its hash at the end.
pub(super) fn hashed(pairs: &[(String, String)], secret: &str) -> String {
    let plain: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let hash =
        form_urlencoded::byte_serialize(digest(plain.join("&").as_bytes(), secret).as_bytes())
            .collect::<String>();
    format!("{query}&hash={hash}")
}

/// Whether a query ends in the hash of what stands before it.
pub(super) fn is_hashed(query: &str, secret: &str) -> bool {
    let Some((before, hash)) = query.rsplit_once("&hash=") else { return false };
    let decoded = unescaped(before);
    same(digest(&decoded, secret).as_bytes(), &unescaped(hash))
}

fn digest(plain: &[u8], secret: &str) -> String {
    let parts: [&[u8]; 3] = [plain, b"&secret=", secret.as_bytes()];
    STANDARD.encode(Digesting::Sha1.digest(b"", &parts))
}

/// The text with its escapes resolved as a whole, as the house does it.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape =
            after.get(..2).filter(|_| *first == b'%').and_then(|two| hex::decode(two).ok());
        match escape.as_deref() {
            Some([byte]) => {
                out.push(*byte);
                rest = &after[2..];
            }
            _ => {
                out.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    out
}
