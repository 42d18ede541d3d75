//! Charging from the server: a stored card or a token of a wallet, without a page in between.

use base::Money;

use crate::{Buyer, Card, GoTo};

/// A payment to collect from the server.
#[derive(Clone, Debug)]
pub struct Charge {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// Our reference of the attempt; every notice about it carries it back.
    pub reference: String,
    /// What to collect or to hold.
    pub amount: Money,
    /// The merchant's code of what is sold.
    pub product: String,
    /// What is bought, in a few words.
    pub description: String,
    /// Who pays.
    pub buyer: Buyer,
    /// What is charged.
    pub instrument: Instrument,
    /// Whether the money is taken or only held.
    pub capture: CaptureWhen,
    /// Where the browser comes back to if the customer must act. Never a proof of payment.
    pub return_url: String,
    /// Where the processor sends its notices.
    pub postback_url: String,
}

/// What is charged. None of it is a card number.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Instrument {
    /// Something the processor keeps from an earlier payment of the same customer.
    Stored {
        /// The processor's id of it.
        id: String,
        /// The processor's id of the customer it belongs to, where the house wants both.
        #[serde(default)]
        customer: Option<String>,
    },
    /// Google Pay's token for this gateway, unchanged as the browser got it.
    GooglePay {
        /// `paymentMethodData.tokenizationData.token`.
        token: String,
    },
    /// A token that the house's own script made of what the customer typed there.
    Token {
        /// The house's id of it.
        token: String,
    },
}

impl std::fmt::Debug for Instrument {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Instrument::Stored { .. } => "Stored(…)",
            Instrument::GooglePay { .. } => "GooglePay(…)",
            Instrument::Token { .. } => "Token(…)",
        })
    }
}

/// Whether money is taken at once or held first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureWhen {
    /// Taken at once.
    #[default]
    AtOnce,
    /// Held; taken by [`crate::Processor::capture`].
    Later,
}

/// A charge that was executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// How far it came.
    pub outcome: ChargeOutcome,
    /// The processor's id of it.
    pub transaction: Option<String>,
    /// What the processor says the amount was.
    pub amount: Option<Money>,
    /// The processor's id of what may be charged again.
    pub stored: Option<String>,
    /// What is known of the card.
    pub card: Option<Card>,
}

/// How far a charge came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeOutcome {
    /// The money is taken.
    Paid,
    /// The money is held.
    Authorized,
    /// Taken in; the outcome comes later.
    Pending,
    /// The customer must act, by 3-D Secure for instance.
    MustAct(GoTo),
}

/// A last call that some houses want after the customer has approved.
#[derive(Clone, Debug)]
pub struct Completing {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// Our reference of the attempt.
    pub reference: String,
    /// The processor's id of what was approved.
    pub transaction: String,
    /// What was asked for at the start.
    pub amount: Money,
    /// Whether the money is taken or only held.
    pub capture: CaptureWhen,
}
