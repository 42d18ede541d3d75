//! Who wrote: From, unless a mailing list or a form mailer wrote its own name there.

use super::header::{Headers, Mailbox};
use super::letter::Reading;
use super::verdict::{Standing, Verdict};

/// Who wrote, and why that is another than From.
pub(super) fn find(
    headers: &Headers,
    from: Option<&Mailbox>,
    reply_to: &[Mailbox],
    verdict: &Verdict,
    reading: &Reading,
) -> (Option<Mailbox>, Option<String>) {
    let Some(from) = from else { return (None, None) };
    let valid = |one: &&Mailbox| one.is_valid();
    if let Some(original) = rewritten(headers, from) {
        if verdict.standing == Standing::Aligned {
            let why = format!("{} writes for the members of a list", from.address);
            return (Some(original), Some(why));
        }
        return (Some(from.clone()), None);
    }
    let mailer = reading.form_mailers.iter().any(|one| one.eq_ignore_ascii_case(&from.address));
    if mailer && let Some(writer) = reply_to.iter().find(valid) {
        let why = format!("{} sends forms for others and may name them in Reply-To", from.address);
        return (Some(writer.clone()), Some(why));
    }
    (Some(from.clone()), None)
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
