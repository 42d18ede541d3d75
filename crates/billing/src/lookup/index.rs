//! Hears that a charge was taken, gave money back or lost it, and keeps its facts as hashes: in
//! the transaction that marks the fact heard.

use async_trait::async_trait;
use base::Fault;
use base::id::{CustomerId, PaymentId};
use serde::Deserialize;
use store::outbox::{Event, Listener};
use store::{Reads, Tx, Vault};

use super::fact::Kind;
use super::{amount, rows, spelling};
use crate::payments::{self, Attempt, Payment};
use crate::{Accounts, receipts};

/// So many charges of a customer follow a change of name or mail.
const MOST_OF_ONE: u32 = 500;

/// Keeps the facts by which charges are found.
#[derive(Clone)]
pub struct Index {
    accounts: Accounts,
    vault: Vault,
}

/// What is read of an event; everything else is looked up.
#[derive(Deserialize)]
struct About<K> {
    id: K,
}

impl Index {
    /// Keeps facts under this vault's key.
    #[must_use]
    pub fn new(accounts: Accounts, vault: Vault) -> Index {
        Index { accounts, vault }
    }

    /// Keeps every fact of a charge. Doing it again adds what is new.
    pub(super) async fn write(&self, tx: &mut Tx, id: PaymentId) -> Result<(), Fault> {
        let payment = payments::find(tx, id).await?;
        let Some(payment) = payment.filter(|payment| payment.captured.is_positive()) else {
            return Ok(());
        };
        let mut facts = Vec::new();
        for attempt in payments::attempts_of(tx, id).await? {
            if attempt.captured.is_positive() {
                facts.extend(self.of_attempt(tx, &payment, &attempt).await?);
            }
        }
        rows::insert(tx, id, facts).await?;
        self.write_person(tx, &payment).await
    }

    /// The facts of one taking of money: of its amount, its card, its line and its references.
    async fn of_attempt(
        &self,
        reads: &mut impl Reads,
        payment: &Payment,
        attempt: &Attempt,
    ) -> Result<Vec<(Kind, String, base::Timestamp)>, Fault> {
        let receipts = rows::receipts(reads, payment.id).await?;
        let own = receipts.into_iter().find(|(of, ..)| *of == attempt.id);
        let taken_at = own.as_ref().map_or(attempt.created_at, |(_, _, at)| *at);
        let sum = amount::spelled(attempt.captured);
        let mut spelled = vec![(Kind::Amount, sum.clone())];
        let digits = attempt.card.as_ref().and_then(|card| card.last4.as_deref());
        if let Some(card) = digits.and_then(spelling::card) {
            spelled.push((Kind::AmountAndCard, format!("{sum} {card}")));
            spelled.push((Kind::Card, card));
        }
        let calls = payments::operations_of(reads, payment.id).await?;
        let calls = calls.into_iter().filter(|call| call.attempt == attempt.id);
        let references = [payment.id.to_string(), attempt.id.to_string()]
            .into_iter()
            .chain(attempt.transaction.clone())
            .chain(own.map(|(_, number, _)| number))
            .chain(calls.filter_map(|call| call.transaction));
        let references = references.filter_map(|one| spelling::reference(&one));
        spelled.extend(references.map(|one| (Kind::Reference, one)));
        let lines = self.lines(reads, payment, attempt).await?;
        let lines = lines.iter().flat_map(|line| spelling::statements(line));
        spelled.extend(lines.map(|line| (Kind::Statement, line)));
        Ok(self.hashed(spelled, taken_at))
    }

    /// How the charge may read on a statement.
    async fn lines(
        &self,
        reads: &mut impl Reads,
        payment: &Payment,
        attempt: &Attempt,
    ) -> Result<Vec<String>, Fault> {
        let receipt = receipts::of_payment(reads, payment.id).await?;
        let account = self.accounts.get(&attempt.account);
        let house = account.map(|account| account.support().statement);
        let printed = receipt.map(|receipt| receipt.descriptor);
        let own = account.map(|account| account.descriptor.clone());
        let mut lines: Vec<String> =
            printed.into_iter().chain(own).chain(house.unwrap_or_default()).collect();
        lines.sort();
        lines.dedup();
        Ok(lines)
    }

    /// Writes anew what is known of the customer of a charge.
    async fn write_person(&self, tx: &mut Tx, payment: &Payment) -> Result<(), Fault> {
        let known = rows::known(tx, payment.customer).await?;
        let receipts = rows::receipts(tx, payment.id).await?;
        let taken_at = receipts.first().map_or(payment.created_at, |(_, _, at)| *at);
        let mail = known.mail.as_deref().and_then(spelling::mail);
        let mut spelled: Vec<_> = mail.map(|mail| (Kind::Mail, mail)).into_iter().collect();
        let names = known.names.iter().filter_map(|name| spelling::user(name));
        spelled.extend(names.map(|name| (Kind::User, name)));
        rows::forget_person(tx, payment.id).await?;
        rows::insert(tx, payment.id, self.hashed(spelled, taken_at)).await
    }

    fn hashed(
        &self,
        mut spelled: Vec<(Kind, String)>,
        taken_at: base::Timestamp,
    ) -> Vec<(Kind, String, base::Timestamp)> {
        spelled.sort();
        spelled.dedup();
        let hash = |(kind, spelling): (Kind, String)| {
            (kind, kind.hashed(&self.vault, &spelling), taken_at)
        };
        spelled.into_iter().map(hash).collect()
    }
}

#[async_trait]
impl Listener for Index {
    fn name(&self) -> &'static str {
        "billing.lookup"
    }

    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        match event.kind.as_ref() {
            "payment.captured" | "payment.refunded" | "payment.disputed" => {
                let About::<PaymentId> { id } = read(event)?;
                self.write(tx, id).await
            }
            "customer.changed" => {
                let About::<CustomerId> { id } = read(event)?;
                for charge in rows::charges_of(tx, id, MOST_OF_ONE).await? {
                    let payment = payments::find(tx, charge).await?;
                    let payment = payment.ok_or_else(|| Fault::new("find a charge again"))?;
                    self.write_person(tx, &payment).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn read<K: for<'de> Deserialize<'de>>(event: &Event) -> Result<About<K>, Fault> {
    Deserialize::deserialize(&event.body)
        .map_err(|error| Fault::of("read what an event is about", error))
}
