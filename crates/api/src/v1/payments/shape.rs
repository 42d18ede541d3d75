//! A payment as the API shows it, with its attempts and operations if they are wanted.

use base::id::{AttemptId, CheckoutId, CustomerId, OperationId, PaymentId, TokenPackId};
use base::{Money, Timestamp, Tokens};
use billing::payments::{
    Attempt, AttemptState, Operation, OperationKind, OperationState, Payment, PaymentState,
};
use processor::{Card, Decline};
use serde::Serialize;
use utoipa::ToSchema;

use crate::shape;

/// What is to be collected from a customer, and what has become of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct Shown {
    #[schema(value_type = String, example = "pay_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: PaymentId,
    /// Always `payment`.
    #[schema(example = "payment")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Who pays.
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    customer: CustomerId,
    /// The way through paying it belongs to.
    #[schema(value_type = String, example = "chk_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    checkout: CheckoutId,
    /// What is bought.
    #[schema(value_type = String, example = "tpk_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    token_pack: TokenPackId,
    /// How many tokens that is.
    #[schema(value_type = shape::Tokens)]
    tokens: Tokens,
    /// What it costs.
    #[schema(value_type = shape::Money)]
    amount: Money,
    /// `requires_method`, `requires_action`, `processing`, `authorized`, `captured`, `canceled` or
    /// `failed`.
    #[schema(value_type = String, example = "captured")]
    state: PaymentState,
    /// Why it stands there, as a stable word.
    reason: Option<String>,
    /// What somebody must look at, in a sentence for staff.
    needs_attention: Option<String>,
    /// What was taken.
    #[schema(value_type = shape::Money)]
    captured: Money,
    /// What was given back.
    #[schema(value_type = shape::Money)]
    refunded: Money,
    /// What the bank took back.
    #[schema(value_type = shape::Money)]
    disputed: Money,
    /// Whether it is known what became of the last call to a processor.
    outcome_known: bool,
    /// Counts the changes; events carry the same number as `sequence`.
    version: i64,
    /// The tries to collect it: ids, or whole with `expand[]=attempts`.
    attempts: Vec<AttemptOrId>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// An attempt, or its id where it is not expanded.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum AttemptOrId {
    /// The id.
    #[schema(value_type = String)]
    Id(AttemptId),
    /// All of it.
    Whole(Box<ShownAttempt>),
}

/// One try on one processor account.
#[derive(Serialize, ToSchema)]
#[schema(as = Attempt)]
pub struct ShownAttempt {
    #[schema(value_type = String, example = "att_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: AttemptId,
    /// Always `attempt`.
    #[schema(example = "attempt")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// The processor account, by its key.
    #[schema(example = "segpay-eu")]
    account: String,
    /// `created`, `sent`, `action_required`, `pending`, `unknown`, `authorized`, `captured`,
    /// `declined`, `voided`, `expired` or `not_executed`.
    #[schema(value_type = String, example = "captured")]
    state: AttemptState,
    /// How the processor knows it from us.
    reference: String,
    /// The processor's id of it.
    transaction: Option<String>,
    /// What is known of the card.
    card: Option<ShownCard>,
    /// Why not, if it was declined.
    decline: Option<ShownDecline>,
    /// A yes that may still be withdrawn.
    provisional: bool,
    /// The calls that could move money: ids, or whole with `expand[]=attempts.operations`.
    operations: Vec<OperationOrId>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When the customer's time to act is over.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// What is known of a card. Never more than this.
#[derive(Serialize, ToSchema)]
#[schema(as = Card)]
pub struct ShownCard {
    #[schema(example = "Visa")]
    brand: Option<String>,
    #[schema(example = "4242")]
    last4: Option<String>,
}

/// A no from the processor or the bank.
#[derive(Serialize, ToSchema)]
#[schema(as = Decline)]
pub struct ShownDecline {
    /// The standard cause.
    #[schema(example = "insufficient_funds")]
    cause: String,
    /// `soft` may work later, `hard` never with this card, `needs_customer`, `stop`, `technical`.
    #[schema(value_type = String, example = "soft")]
    class: processor::DeclineClass,
    /// The processor's own word.
    raw: String,
}

/// An operation, or its id where it is not expanded.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum OperationOrId {
    /// The id.
    #[schema(value_type = String)]
    Id(OperationId),
    /// All of it.
    Whole(Box<ShownOperation>),
}

/// One call to a processor that can move money.
#[derive(Serialize, ToSchema)]
#[schema(as = Operation)]
pub struct ShownOperation {
    #[schema(value_type = String, example = "op_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: OperationId,
    /// Always `operation`.
    #[schema(example = "operation")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// The attempt it belongs to.
    #[schema(value_type = String)]
    attempt: AttemptId,
    /// `sale`, `refund` or `void`.
    #[schema(value_type = String, example = "refund")]
    kind: OperationKind,
    /// How much it is about.
    #[schema(value_type = shape::Money)]
    amount: Money,
    /// `planned`, `sent`, `pending`, `unknown`, `succeeded`, `declined` or `not_executed`.
    #[schema(value_type = String, example = "succeeded")]
    state: OperationState,
    /// The processor's id of what was done.
    transaction: Option<String>,
    /// Why it was asked for, or why it did not happen.
    reason: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(payment: Payment, attempts: Vec<AttemptOrId>, livemode: bool) -> Shown {
        Shown {
            id: payment.id,
            object: "payment",
            livemode,
            customer: payment.customer,
            checkout: payment.checkout,
            token_pack: payment.pack,
            tokens: payment.tokens,
            amount: payment.amount,
            state: payment.state,
            reason: payment.reason,
            needs_attention: payment.needs_attention,
            captured: payment.captured,
            refunded: payment.refunded,
            disputed: payment.disputed,
            outcome_known: payment.outcome_known,
            version: payment.version,
            attempts,
            created_at: payment.created_at,
            updated_at: payment.updated_at,
        }
    }
}

impl ShownAttempt {
    /// With its operations, whole or by id.
    pub fn of(attempt: Attempt, operations: Vec<OperationOrId>, livemode: bool) -> ShownAttempt {
        let card = |Card { brand, last4 }| ShownCard { brand, last4 };
        let decline = |Decline { raw, cause, class }| ShownDecline { cause, class, raw };
        ShownAttempt {
            id: attempt.id,
            object: "attempt",
            livemode,
            account: attempt.account,
            state: attempt.state,
            reference: attempt.reference,
            transaction: attempt.transaction,
            card: attempt.card.map(card),
            decline: attempt.decline.map(decline),
            provisional: attempt.provisional,
            operations,
            created_at: attempt.created_at,
            updated_at: attempt.updated_at,
            expires_at: attempt.expires_at,
        }
    }
}

impl ShownOperation {
    /// As shown by a house in this mode.
    pub fn of(operation: Operation, livemode: bool) -> ShownOperation {
        ShownOperation {
            id: operation.id,
            object: "operation",
            livemode,
            attempt: operation.attempt,
            kind: operation.kind,
            amount: operation.amount,
            state: operation.state,
            transaction: operation.transaction,
            reason: operation.reason,
            created_at: operation.created_at,
            updated_at: operation.updated_at,
        }
    }
}
