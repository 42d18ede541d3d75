//! What a decision does to the books: the one place of this room that speaks to the ledger.

use std::collections::{BTreeMap, HashMap};

use base::id::{AttemptId, CustomerId};
use base::{Fault, Money, Timestamp, Tokens};
use ledger::moves::Cause;
use ledger::moves::reversal::{self, Reversal as Back};
use ledger::moves::sale::{self, Sale};
use ledger::{Account, NewAccount, NewTransfer, books, transfer_id};
use store::Tx;
use store::outbox::{self, Event};

use super::attempt::Attempt;
use super::fact::{Booking, Case};
use super::payment::Payment;
use crate::reversals::{self, Reversal};
use crate::tokens::{self, Lot};
use crate::{Billing, events, receipts};

fn sale<'a>(payment: &Payment, attempt: &'a Attempt) -> Sale<'a> {
    Sale {
        attempt: attempt.id,
        payment: payment.id,
        customer: payment.customer,
        account_key: &attempt.account,
        price: attempt.amount,
        fee: Money::zero(attempt.amount.currency),
        tokens: payment.tokens,
    }
}

/// What was taken, with the tokens that belong to it: less than what was held, where a part was
/// captured.
fn sold<'a>(payment: &Payment, attempt: &'a Attempt) -> Sale<'a> {
    let tokens = attempt.sold(payment.tokens);
    Sale { price: attempt.captured, tokens, ..sale(payment, attempt) }
}

/// Holds what an attempt is about to ask for: nobody knows yet whether it will be taken.
pub(super) async fn hold(
    tx: &mut Tx,
    billing: &Billing,
    payment: &Payment,
    attempt: &Attempt,
) -> Result<(), Fault> {
    let sale = sale(payment, attempt);
    make(tx, billing, &sale::accounts(&sale), &sale::reserve(&sale)).await
}

/// What is to be written into the books and beside them, gathered over many facts.
#[derive(Default)]
pub(super) struct Ink {
    accounts: Vec<NewAccount>,
    transfers: Vec<NewTransfer>,
    lots: Vec<Lot>,
    receipts: Vec<(Payment, Attempt)>,
    reversals: Vec<Reversal>,
    /// Tokens that go out of the lots of attempts.
    removed: BTreeMap<AttemptId, Tokens>,
    /// Wallets as they are after everything that is gathered here. Nobody else changes them before
    /// the deed ends.
    wallets: HashMap<u128, Account>,
    /// What others may hear.
    pub(super) events: Vec<Event>,
}

impl Ink {
    /// Does what was decided. Gives the reversal if money went back.
    pub(super) async fn book(
        &mut self,
        tx: &mut Tx,
        billing: &Billing,
        case: &Case,
        booking: &Booking,
        now: Timestamp,
    ) -> Result<Option<Reversal>, Fault> {
        let (payment, attempt) = (&case.payment, &case.attempt);
        let sold = sold(payment, attempt);
        match booking {
            Booking::Release => self.transfers.extend(sale::void(&sale(payment, attempt))),
            Booking::Post => self.sell(billing, case, &sold, posted(&sold), now)?,
            Booking::PostLate => self.sell(billing, case, &sold, late(&sold), now)?,
            Booking::TakeBack { .. } => return self.take_back(tx, billing, case, booking).await,
            Booking::Reinstate(dispute) => {
                // Rare, and it looks at lots and reversals: everything before it is written first.
                self.write_books(tx, billing, now).await?;
                self.wallets.clear();
                reinstate(tx, billing, case, dispute, now).await?;
            }
        }
        Ok(None)
    }

    /// The customer's side of a sale: the lot, the receipt, and the news of it.
    fn sell(
        &mut self,
        billing: &Billing,
        case: &Case,
        sold: &Sale<'_>,
        transfers: Vec<NewTransfer>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let (payment, attempt) = (&case.payment, &case.attempt);
        self.accounts.extend(sale::accounts(sold));
        for transfer in transfers {
            self.transfer(transfer);
        }
        self.lots.push(Lot {
            id: billing.env.id(),
            customer: payment.customer,
            payment: payment.id,
            attempt: attempt.id,
            tokens: sold.tokens,
            removed: Tokens::NONE,
            price: attempt.captured,
            bought_at: now,
        });
        self.receipts.push((payment.clone(), attempt.clone()));
        let env = &billing.env;
        let (kind, tokens) = ("wallet.credited", sold.tokens);
        self.events.push(events::wallet_movement(env, kind, payment, attempt.id, tokens)?);
        Ok(())
    }

    /// Gathers a transfer, and follows what it does to the wallets that were looked at.
    fn transfer(&mut self, transfer: NewTransfer) {
        if let Some(wallet) = self.wallets.get_mut(&transfer.credit_account_id) {
            wallet.credits_posted += transfer.amount;
        }
        if let Some(wallet) = self.wallets.get_mut(&transfer.debit_account_id) {
            wallet.debits_posted += transfer.amount;
        }
        self.transfers.push(transfer);
    }

    /// A wallet as it is after everything that is gathered here.
    async fn wallet(
        &mut self,
        tx: &mut Tx,
        billing: &Billing,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        let id = books::customer_tokens(customer).id;
        if let Some(wallet) = self.wallets.get(&id) {
            return Ok(*wallet);
        }
        let touches = |one: &NewTransfer| one.credit_account_id == id || one.debit_account_id == id;
        if self.transfers.iter().any(touches) {
            self.write_books(tx, billing, now).await?;
        }
        let found = billing.ledger.accounts(tx, &[id]).await?.into_iter().flatten().next();
        let wallet = found.ok_or_else(|| Fault::new("find the wallet of a customer who bought"))?;
        self.wallets.insert(id, wallet);
        Ok(wallet)
    }

    /// Money goes back, and with it so many of its tokens as are not spent.
    async fn take_back(
        &mut self,
        tx: &mut Tx,
        billing: &Billing,
        case: &Case,
        booking: &Booking,
    ) -> Result<Option<Reversal>, Fault> {
        let Booking::TakeBack { operation, by, amount, tokens, transaction } = booking else {
            return Ok(None);
        };
        let (payment, attempt) = (&case.payment, &case.attempt);
        let id = billing.env.id();
        let back = Back {
            cause: base::Id::uuid(id),
            payment: payment.id,
            customer: payment.customer,
            account_key: &attempt.account,
            price: *amount,
            tokens: counted(*tokens)?,
        };
        self.accounts.extend(reversal::accounts(&back));
        let wallet = self.wallet(tx, billing, payment.customer, payment.updated_at).await?;
        let transfers = reversal::reverse(&back, &wallet);
        let of = |cause: Cause| {
            let amounts = transfers.iter().filter(|transfer| transfer.code == cause.code());
            amounts.map(|transfer| transfer.amount).sum::<i64>()
        };
        let reversal = Reversal {
            id,
            payment: payment.id,
            attempt: attempt.id,
            operation: *operation,
            by: *by,
            amount: *amount,
            lost: Money::new(of(Cause::ReversalLoss), amount.currency),
            tokens: of(Cause::ReversalTokens),
            transaction: transaction.clone(),
        };
        for transfer in transfers {
            self.transfer(transfer);
        }
        let removed = counted(reversal.tokens)?;
        if removed != Tokens::NONE {
            let sum = self.removed.get(&attempt.id).map_or(0, |sum| sum.count());
            self.removed.insert(attempt.id, counted(sum + removed.count())?);
            let (env, kind) = (&billing.env, "wallet.debited");
            self.events.push(events::wallet_movement(env, kind, payment, attempt.id, removed)?);
        }
        self.reversals.push(reversal.clone());
        Ok(Some(reversal))
    }

    /// Writes the books as far as they are known.
    async fn write_books(
        &mut self,
        tx: &mut Tx,
        billing: &Billing,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut accounts = std::mem::take(&mut self.accounts);
        accounts.sort_by_key(|account| account.id);
        accounts.dedup_by_key(|account| account.id);
        let ids: Vec<u128> = accounts.iter().map(|account| account.id).collect();
        let there = billing.ledger.accounts(tx, &ids).await?;
        let missing: Vec<NewAccount> = accounts
            .into_iter()
            .zip(there)
            .filter_map(|(account, there)| there.is_none().then_some(account))
            .collect();
        make(tx, billing, &missing, &std::mem::take(&mut self.transfers)).await?;
        tokens::insert_lots(tx, &std::mem::take(&mut self.lots)).await?;
        reversals::insert(tx, now, &std::mem::take(&mut self.reversals)).await?;
        tokens::take_from_lots(tx, std::mem::take(&mut self.removed)).await
    }

    /// Writes everything.
    pub(super) async fn dry(
        mut self,
        tx: &mut Tx,
        billing: &Billing,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.write_books(tx, billing, now).await?;
        receipts::issue(tx, billing, &self.receipts, now).await?;
        outbox::tell_many(tx, &self.events).await
    }
}

/// A sale that makes its hold final. Of a hold that is larger, the rest is released.
fn posted(sold: &Sale<'_>) -> Vec<NewTransfer> {
    let mut transfers = sale::post(sold);
    if let Some(money) = transfers.first_mut() {
        money.amount = sold.price.minor;
    }
    transfers
}

/// A sale whose hold was released before. The release has taken the name that the money would
/// have had, so it gets another; that it is booked once only is kept by the attempt's state.
fn late(sold: &Sale<'_>) -> Vec<NewTransfer> {
    let mut transfers = sale::paid(sold);
    if let Some(money) = transfers.first_mut() {
        money.id = transfer_id(sold.attempt.uuid(), "sale.money.late");
    }
    transfers
}

/// The dispute is undone: what it did to the books is done the other way round.
async fn reinstate(
    tx: &mut Tx,
    billing: &Billing,
    case: &Case,
    dispute: &Reversal,
    now: Timestamp,
) -> Result<(), Fault> {
    let (payment, attempt) = (&case.payment, &case.attempt);
    let currency = dispute.amount.currency;
    let money = NewTransfer {
        debit_account_id: books::processor_receivable(&attempt.account, currency).id,
        user_data_128: payment.id.as_u128(),
        ledger: books::ledger_of(currency),
        ..NewTransfer::default()
    };
    let transfers = [
        NewTransfer {
            id: transfer_id(dispute.id.uuid(), "reinstated.money"),
            credit_account_id: books::token_liability(payment.customer, currency).id,
            amount: dispute.amount.minor - dispute.lost.minor,
            code: Cause::ReversalMoney.code(),
            ..money
        },
        NewTransfer {
            id: transfer_id(dispute.id.uuid(), "reinstated.loss"),
            credit_account_id: books::chargeback_loss(currency).id,
            amount: dispute.lost.minor,
            code: Cause::ReversalLoss.code(),
            ..money
        },
        NewTransfer {
            id: transfer_id(dispute.id.uuid(), "reinstated.tokens"),
            debit_account_id: books::token_treasury().id,
            credit_account_id: books::customer_tokens(payment.customer).id,
            amount: dispute.tokens,
            ledger: Tokens::LEDGER,
            code: Cause::ReversalTokens.code(),
            ..money
        },
    ];
    let transfers: Vec<NewTransfer> =
        transfers.into_iter().filter(|transfer| transfer.amount > 0).collect();
    make(tx, billing, &[], &transfers).await?;
    reversals::undo(tx, now, dispute.id).await?;
    let tokens = counted(dispute.tokens)?;
    tokens::put_back_into_lot(tx, attempt.id, tokens).await?;
    moved(tx, billing, "wallet.credited", case, attempt.id, tokens).await
}

async fn moved(
    tx: &mut Tx,
    billing: &Billing,
    kind: &'static str,
    case: &Case,
    attempt: AttemptId,
    tokens: Tokens,
) -> Result<(), Fault> {
    if tokens == Tokens::NONE {
        return Ok(());
    }
    let event = events::wallet_movement(&billing.env, kind, &case.payment, attempt, tokens)?;
    outbox::tell(tx, &event).await
}

fn counted(tokens: i64) -> Result<Tokens, Fault> {
    Tokens::new(tokens).ok_or_else(|| Fault::new("count tokens: there are fewer than none"))
}

/// Makes accounts and transfers, all or a fault that undoes the deed.
async fn make(
    tx: &mut Tx,
    billing: &Billing,
    accounts: &[NewAccount],
    transfers: &[NewTransfer],
) -> Result<(), Fault> {
    if !accounts.is_empty() {
        let statuses = billing.ledger.create_accounts(tx, accounts).await?;
        if let Some(status) = statuses.into_iter().find(|status| !status.is_there()) {
            return Err(Fault::new(format!("open an account in the books: {status}")));
        }
    }
    if !transfers.is_empty() {
        let statuses = billing.ledger.create_transfers(tx, transfers).await?;
        if let Some(status) = statuses.into_iter().find(|status| !status.is_there()) {
            return Err(Fault::new(format!("book a payment: {status}")));
        }
    }
    Ok(())
}
