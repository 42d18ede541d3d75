//! The panel beside a case: the person and the money. One door, so that a room that comes later
//! adds its part to one list and brings its actions along.
//!
//! An action is a form of its part; `data-command` gives it a name in the command bar, and a
//! disabled one tells its reason there too.

mod cases;
pub(crate) mod deeds;
mod payments;
mod person;
mod refs;
mod wallet;

use async_trait::async_trait;
use base::id::{CustomerId, PaymentId};
use desk::cases::{Case, Ref, RefKind};
use desk::credits;
use desk::people::{self, Address, AddressKind, Person};
use desk::permits::Permit;
use identity::customers::{self, Customer};

use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::parts::Markup;

/// A part of the panel.
#[async_trait]
pub(crate) trait Part: Send + Sync {
    /// Its word in addresses and ids.
    fn key(&self) -> &'static str;

    /// What stands above it.
    fn title(&self) -> &'static str;

    /// What it shows of this case; nothing if it has nothing to say.
    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble>;
}

/// All parts, in the order of the panel.
static PARTS: [&dyn Part; 5] =
    [&person::Who, &wallet::Tokens, &payments::Money, &refs::Things, &cases::Others];

/// What a part may know of the case.
pub(crate) struct About<'a> {
    pub(crate) shift: &'a Shift,
    pub(crate) case: &'a Case,
    pub(crate) person: Option<Person>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) refs: &'a [Ref],
    /// Which customer it is, or may be.
    pub(crate) customer: Option<Customer>,
    pub(crate) proof: Standing,
}

/// How sure we are of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Whoever wrote is proved to be this customer.
    Proved,
    /// They say so, or a payment was attached; nobody has proved it.
    Claimed,
}

/// A part, ready to be shown.
pub(crate) struct Shown {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) html: Markup,
}

/// The panel of a case. That payments were looked at, here or in the time line, is noted.
pub(super) async fn gather(
    shift: &Shift,
    case: &Case,
    refs: &[Ref],
) -> Result<Vec<Shown>, Trouble> {
    let about = about(shift, case, refs).await?;
    let attached = refs.iter().any(|one| one.kind == RefKind::Payment);
    if (about.customer.is_some() || attached) && shift.may(Permit::ReadPayment) {
        shift.reads_payments(case.id).await?;
    }
    let mut shown = Vec::new();
    for part in PARTS {
        if let Some(html) = part.gather(&about).await? {
            shown.push(Shown { key: part.key(), title: part.title(), html });
        }
    }
    Ok(shown)
}

async fn about<'a>(
    shift: &'a Shift,
    case: &'a Case,
    refs: &'a [Ref],
) -> Result<About<'a>, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let person = people::find(&mut reader, case.requester).await?;
    let addresses = people::addresses_of(&mut reader, case.requester).await?;
    let own = person.as_ref().and_then(|person| person.customer);
    let proved = credits::customer_of(&mut reader, case).await?;
    let proof = if proved.is_some() { Standing::Proved } else { Standing::Claimed };
    let named = refs.iter().find(|one| one.kind == RefKind::Customer);
    let named = named.and_then(|one| one.id.parse::<CustomerId>().ok());
    let mut id = proved.or(own).or(named);
    if id.is_none() {
        let payment = refs.iter().find(|one| one.kind == RefKind::Payment);
        let payment = payment.and_then(|one| one.id.parse::<PaymentId>().ok());
        if let Some(payment) = payment {
            let found = billing::payments::find(&mut reader, payment).await?;
            id = found.map(|payment| payment.customer);
        }
    }
    let customer = match id {
        Some(id) => customers::find(&mut reader, id).await?,
        None => None,
    };
    Ok(About { shift, case, person, addresses, refs, customer, proof })
}

/// An address with most of it hidden.
pub(crate) fn masked(value: &str) -> String {
    let keep = |text: &str| text.chars().next().map_or(String::new(), |first| format!("{first}…"));
    match value.split_once('@') {
        Some((local, host)) => format!("{}@{host}", keep(local)),
        None => {
            let many = value.chars().count();
            let last: String = value.chars().skip(many.saturating_sub(2)).collect();
            format!("…{last}")
        }
    }
}

/// What an address is, in a word.
pub(crate) const fn kind_name(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Mail => "mail",
        AddressKind::Phone => "phone",
        AddressKind::Chat => "chat",
        AddressKind::WhatsApp => "WhatsApp",
        AddressKind::Telegram => "Telegram",
        AddressKind::Other => "other",
    }
}

/// A part from its template.
fn drawn(template: &impl askama::Template) -> Result<Option<Markup>, Trouble> {
    Ok(Some(Markup(std::borrow::Cow::Owned(template.render()?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_address_gives_little_away() {
        assert_eq!(masked("ana@example.test"), "a…@example.test");
        assert_eq!(masked("+4520123456"), "…56");
        assert_eq!(masked(""), "…");
    }

    #[test]
    fn every_part_has_a_place_of_its_own() {
        let mut keys: Vec<_> = PARTS.iter().map(|part| part.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), PARTS.len());
    }
}
