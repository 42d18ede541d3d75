//! `epoch_digest`: a keyed digest over every parameter, sorted by name, without separators and
//! unescaped, as a public class that signs Camcharge links makes it (its published example holds).

use processor::{RawNotice, Rejected};
use url::form_urlencoded;

use super::config::{Digest, Sound};

/// The name under which a digest travels.
pub(super) const NAME: &str = "epoch_digest";

/// The most pairs that are sorted.
const COUNT: usize = 200;

/// The digest over these pairs, in lower-case hex.
pub(super) fn of(digest: &Digest, pairs: &[(&str, &str)]) -> String {
    let sorted = sorted(pairs);
    let parts: Vec<&[u8]> = sorted.iter().map(|text| text.as_bytes()).collect();
    digest.algorithm.digesting().hex(digest.key.as_bytes(), &parts)
}

/// Holds a postback's digest against its fields, if the account has a key for it.
///
/// A row of DataPlus may come without one: that it carries one is said nowhere. One that is there
/// must be right.
pub(super) fn check(config: &Sound, raw: &RawNotice) -> Result<(), Rejected> {
    let Some(digest) = config.digest.as_ref().filter(|digest| digest.postbacks) else {
        return Ok(());
    };
    let body = if raw.method.eq_ignore_ascii_case("POST") { &raw.body[..] } else { b"" };
    let both = form_urlencoded::parse(raw.query.as_bytes()).chain(form_urlencoded::parse(body));
    let (claimed, rest): (Vec<_>, Vec<_>) =
        both.take(COUNT + 1).partition(|(name, _)| name.eq_ignore_ascii_case(NAME));
    let is_row = |(name, _): &(std::borrow::Cow<'_, str>, _)| {
        let name = name.trim().to_ascii_lowercase();
        name.starts_with("ets_") || name.starts_with("mcs_")
    };
    let is_answer =
        |(name, _): &(std::borrow::Cow<'_, str>, _)| name.trim().eq_ignore_ascii_case("ans");
    match claimed.as_slice() {
        // Fields are read without regard to letter case and blanks around them, so they are looked
        // for in the same way here.
        [] if rest.iter().any(is_row) && !rest.iter().any(is_answer) => Ok(()),
        [(_, claimed)] => {
            let pairs: Vec<(&str, &str)> = rest.iter().map(|(n, v)| (&**n, &**v)).collect();
            let sorted = sorted(&pairs);
            let parts: Vec<&[u8]> = sorted.iter().map(|text| text.as_bytes()).collect();
            let right =
                digest.algorithm.digesting().matches(digest.key.as_bytes(), &parts, claimed);
            if right { Ok(()) } else { Err(Rejected::Signature) }
        }
        _ => Err(Rejected::Signature),
    }
}

/// Name and value of each pair, one after another, sorted by name.
fn sorted<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<&'a str> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    pairs.into_iter().flat_map(|(name, value)| [name, value]).collect()
}
