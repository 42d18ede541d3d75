//! Verotel's signature: a digest over the key and `name=value` of every parameter, sorted by name,
//! with colons between them, values unescaped, as verotel/flexpay-php-client makes it.

use processor::sign::Digesting;
use processor::{RawNotice, Rejected};
use url::{Url, form_urlencoded};

use super::config::Sound;

/// The version of the protocol that is spoken.
const VERSION: &str = "4";
/// The name under which a signature travels.
const NAME: &str = "signature";
/// The most pairs that are sorted.
const COUNT: usize = 200;

/// The names that are signed when we ask; others go along unsigned.
const SIGNED: [&str; 26] = [
    "version",
    "shopID",
    "priceAmount",
    "priceCurrency",
    "paymentMethod",
    "description",
    "referenceID",
    "saleID",
    "custom1",
    "custom2",
    "custom3",
    "subscriptionType",
    "period",
    "name",
    "trialAmount",
    "trialPeriod",
    "cancelDiscountPercentage",
    "type",
    "successURL",
    "declineURL",
    "precedingSaleID",
    "upgradeOption",
    "mcc",
    "subCreditorName",
    "subCreditorId",
    "subCreditorCountry",
];

/// A signed address below the brand's: parameters sorted, empty ones dropped.
pub(super) fn link(config: &Sound, path: &str, parameters: &[(&str, &str)]) -> Result<Url, String> {
    let mut url = config.at.join(path).map_err(|error| format!("address: {error}"))?;
    let own = [("version", VERSION), ("shopID", config.shop.as_str())];
    let all = parameters.iter().copied().chain(own);
    let mut pairs: Vec<(&str, &str)> = all.filter(|(_, value)| !value.is_empty()).collect();
    pairs.sort_unstable();
    let signed: Vec<(&str, &str)> =
        pairs.iter().copied().filter(|(name, _)| SIGNED.contains(name)).collect();
    let text = text(&config.key, &signed);
    let signature = Digesting::Sha256.hex(b"", &[text.as_bytes()]);
    url.query_pairs_mut().extend_pairs(&pairs).append_pair(NAME, &signature);
    Ok(url)
}

/// Holds a postback's signature against everything else in it. The older SHA-1 is good as well,
/// as it is for Verotel's own client.
pub(super) fn check(config: &Sound, raw: &RawNotice) -> Result<(), Rejected> {
    let body = if raw.method.eq_ignore_ascii_case("POST") { &raw.body[..] } else { b"" };
    let both = form_urlencoded::parse(raw.query.as_bytes()).chain(form_urlencoded::parse(body));
    let (claimed, mut rest): (Vec<_>, Vec<_>) =
        both.take(COUNT + 1).partition(|(name, _)| name == NAME);
    let [(_, claimed)] = claimed.as_slice() else { return Err(Rejected::Signature) };
    if !rest.iter().any(|(name, _)| name == "shopID") {
        rest.push(("shopID".into(), config.shop.as_str().into()));
    }
    let mut pairs: Vec<(&str, &str)> = rest.iter().map(|(n, v)| (&**n, &**v)).collect();
    pairs.sort_unstable();
    let text = text(&config.key, &pairs);
    let right = [Digesting::Sha256, Digesting::Sha1]
        .into_iter()
        .any(|digesting| digesting.matches(b"", &[text.as_bytes()], claimed));
    if right { Ok(()) } else { Err(Rejected::Signature) }
}

fn text(key: &str, sorted: &[(&str, &str)]) -> String {
    let mut text = key.to_owned();
    for (name, value) in sorted {
        text.extend([":", name, "=", value]);
    }
    text
}
