//! Who wrote: From, unless a mailing list or a form mailer wrote its own name there.
//!
//! Anybody may call their own mail a list's and name somebody else as its author, and their own
//! domain vouches for that. So only those whom the operator named are believed, and what they say
//! is never proof of the author.

use super::header::{Headers, Mailbox};
use super::letter::Reading;
use super::verdict::{Standing, Verdict};

/// Who wrote, and why that is another than From. The verdict is about From: where somebody else
/// wrote, it becomes what is known of them.
pub(super) fn find(
    headers: &Headers,
    from: Option<&Mailbox>,
    reply_to: &[Mailbox],
    verdict: &mut Verdict,
    reading: &Reading,
) -> (Option<Mailbox>, Option<String>) {
    let Some(from) = from else { return (None, None) };
    let named = |all: &[String]| all.iter().any(|one| names(one, &from.address));
    if named(&reading.lists)
        && verdict.standing == Standing::Aligned
        && let Some(original) = rewritten(headers, from)
    {
        let why = format!("{} writes for the members of a list", from.address);
        // The list has looked at its member's mail; we have not.
        verdict.standing = Standing::Forwarded;
        verdict.why = format!("{}, the list that names the author", verdict.why);
        return (Some(original), Some(why));
    }
    let writer = reply_to.iter().find(|one| one.is_valid());
    if named(&reading.form_mailers)
        && let Some(writer) = writer
    {
        let why = format!("{} sends forms for others and may name them in Reply-To", from.address);
        if matches!(verdict.standing, Standing::Aligned | Standing::Forwarded) {
            verdict.standing = Standing::None;
            verdict.why = format!("{}, whose forms anybody fills in", verdict.why);
        }
        return (Some(writer.clone()), Some(why));
    }
    (Some(from.clone()), None)
}

/// Whether a sender the operator named (an address, or `@` and a domain) is this one.
fn names(one: &str, address: &str) -> bool {
    match one.strip_prefix('@') {
        Some(domain) => {
            address.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(domain))
        }
        None => one.eq_ignore_ascii_case(address),
    }
}

/// The author a group names when it writes its own address into From: `Ann via Support`.
fn rewritten(headers: &Headers, from: &Mailbox) -> Option<Mailbox> {
    let name = from.name.to_lowercase();
    let words = [" via ", " über ", " par l'intermédiaire de ", " sa pamamagitan ng "];
    let by_name = words.iter().any(|word| name.contains(word));
    let listed = headers.raw("list-id").is_some() || headers.raw("x-google-group-id").is_some();
    if !by_name && !listed {
        return None;
    }
    let fields = ["x-original-from", "x-original-sender"];
    let original = fields
        .into_iter()
        .flat_map(|field| headers.mailboxes(field))
        .find(Mailbox::is_valid)
        .filter(|original| original.key() != from.key())?;
    let name = if original.name.is_empty() {
        let plain = words.iter().filter_map(|word| name.find(word)).min();
        plain.and_then(|at| from.name.get(..at)).unwrap_or_default().trim_matches(['\'', '"', ' '])
    } else {
        original.name.as_str()
    };
    Some(Mailbox { name: name.to_owned(), address: original.address.clone() })
}

/// Whether an address is one of our own mailboxes; a part behind a plus is left out.
pub(super) fn is_ours(address: &str, reading: &Reading) -> bool {
    let plain = without_plus(address);
    reading.own_addresses.iter().any(|one| without_plus(one) == plain)
}

/// Whether a Message-ID was made by us, as its right side says.
pub(super) fn is_our_id(id: &str, reading: &Reading) -> bool {
    let host = id.rsplit_once('@').map(|(_, host)| host).unwrap_or_default();
    !host.is_empty() && reading.own_hosts.iter().any(|one| one.eq_ignore_ascii_case(host))
}

fn without_plus(address: &str) -> String {
    let lower = address.trim().to_lowercase();
    match lower.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split('+').next().unwrap_or(local);
            format!("{local}@{domain}")
        }
        None => lower,
    }
}
