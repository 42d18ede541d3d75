//! Everything by which one human is known to the desk: persons that are one customer, their
//! addresses, and the accounts on the money side.

use base::Fault;
use base::id::PersonId;
use identity::customers::{self, Customer};
use store::Reads;

use crate::people::{self, Address, AddressKind, Person};

/// One human, by everything that names them.
#[derive(Clone, Debug)]
pub(super) struct Whose {
    pub(super) people: Vec<Person>,
    pub(super) addresses: Vec<Address>,
    pub(super) customers: Vec<Customer>,
}

impl Whose {
    /// Everything that names the human behind a person; nothing if there is no such person.
    pub(super) async fn find(reads: &mut impl Reads, id: PersonId) -> Result<Option<Whose>, Fault> {
        let Some(person) = people::find(reads, id).await? else { return Ok(None) };
        let customer = match person.customer {
            Some(id) => customers::find(reads, id).await?,
            None => None,
        };
        let mut all = match &customer {
            Some(customer) => people::of_a_customer(reads, customer.id).await?,
            None => Vec::new(),
        };
        if !all.iter().any(|one| one.id == person.id) {
            all.push(person);
        }
        let mut addresses = Vec::new();
        for one in &all {
            addresses.extend(people::addresses_of(reads, one.id).await?);
        }
        Ok(Some(Whose { people: all, addresses, customers: customer.into_iter().collect() }))
    }

    /// The ids of the persons.
    pub(super) fn ids(&self) -> Vec<String> {
        self.people.iter().map(|one| one.id.to_string()).collect()
    }

    /// The ids of the customers.
    pub(super) fn customer_ids(&self) -> Vec<String> {
        self.customers.iter().map(|one| one.id.to_string()).collect()
    }

    /// What the host site calls them.
    pub(super) fn subjects(&self) -> Vec<String> {
        self.customers.iter().filter_map(|one| one.external_ref.clone()).collect()
    }

    /// The ids of the addresses.
    pub(super) fn address_ids(&self) -> Vec<String> {
        self.addresses.iter().map(|one| one.id.to_string()).collect()
    }

    /// Every mail address of theirs.
    pub(super) fn mails(&self) -> Vec<String> {
        let own = self.addresses.iter().filter(|one| one.kind == AddressKind::Mail);
        let own = own.map(|one| one.value.clone());
        let mut all: Vec<String> =
            own.chain(self.customers.iter().filter_map(|one| one.email.clone())).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What messengers call them: the bare number or name, as their messages carry it.
    pub(super) fn handles(&self) -> Vec<String> {
        let social = |one: &&Address| {
            matches!(one.kind, AddressKind::WhatsApp | AddressKind::Telegram | AddressKind::Other)
        };
        let bare = |one: &Address| {
            let value = match one.kind {
                AddressKind::Other => one.value.split_once(':').map_or("", |(_, id)| id),
                _ => one.value.trim_start_matches('+'),
            };
            value.to_owned()
        };
        let own = self.addresses.iter().filter(social).map(bare);
        own.filter(|handle| !handle.is_empty()).collect()
    }
}
