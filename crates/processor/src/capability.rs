//! What a processor account can be asked for.

/// The abilities of one processor account. What is off is never asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a list of abilities, each on or off by itself")]
pub struct Capabilities {
    /// The customer pays on a page of the processor.
    pub hosted_page: bool,
    /// We may charge from the server, without the customer.
    pub server_charge: bool,
    /// A card used once may be used again.
    pub stored_card: bool,
    /// The processor renews subscriptions by itself.
    pub recurring: bool,
    /// Authorise now, capture later.
    pub manual_capture: bool,
    /// Capture less than was authorised.
    pub partial_capture: bool,
    /// How a tab can be carried.
    pub tab: Option<TabKind>,
    /// Release an authorisation.
    pub void: bool,
    /// Give back all of a payment.
    pub refund_full: bool,
    /// Give back a part of a payment.
    pub refund_partial: bool,
    /// End a subscription.
    pub cancel_subscription: bool,
    /// Look a payment up.
    pub find: bool,
    /// "Not found" proves that nothing was executed, once this many seconds have passed.
    pub find_proves_absence: Option<u32>,
    /// So many seconds long, the same call with the same key only reads the stored answer. It holds
    /// for starts, charges, captures, voids and refunds alike; a house that keeps keys for some of
    /// them only leaves it off, because a lost call is made again on this word.
    pub keeps_keys: Option<u32>,
    /// After the customer approved, [`crate::Processor::complete`] must be called.
    pub completes: bool,
    /// Hold an authorisation for longer.
    pub renew: bool,
    /// Change a subscription.
    pub change_subscription: bool,
    /// Takes Google Pay's tokens: the name and the merchant id that Google Pay is asked with.
    pub google_pay: Option<(String, String)>,
    /// Some messages are proven by asking the house only.
    pub proves_by_asking: bool,
    /// Has a report that [`crate::Processor::read_report`] reads.
    pub reports: bool,
    /// Can be asked for its reports.
    pub pulls_reports: bool,
    /// What a person must do at the house because it has no publicly known call for it; a notice
    /// confirms it later.
    pub by_hand: Vec<ByHand>,
    /// A postback is only a hint: it is booked after a look-up that says the same.
    pub look_up_before_booking: bool,
    /// Tells us of disputes.
    pub disputes: bool,
    /// Has a settlement file that [`crate::Processor::read_settlement`] reads.
    pub settlement_file: bool,
    /// ISO 4217 codes it takes; empty means any.
    pub currencies: Vec<String>,
}

/// How a running tab can be carried on this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TabKind {
    /// The authorisation can be raised while the tab runs.
    Grow,
    /// The capture may exceed the authorisation, up to this many per cent of it.
    Overcapture(u16),
    /// One capture up to the authorised amount.
    FixedCeiling,
    /// The capture is scheduled at authorisation.
    Scheduled,
    /// Only charges of a stored card.
    StoredCard,
}

/// Something that a person does at the processor.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ByHand {
    /// What.
    pub what: HandTask,
    /// Where and how, in a sentence for staff.
    pub how: String,
}

/// What a person may have to do at the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HandTask {
    /// Give money back.
    Refund,
    /// Release an authorisation.
    Void,
    /// End a subscription.
    CancelSubscription,
    /// Look a payment up.
    Find,
}

impl Capabilities {
    /// How a person does it, if it is done by hand.
    #[must_use]
    pub fn by_hand(&self, what: HandTask) -> Option<&ByHand> {
        self.by_hand.iter().find(|task| task.what == what)
    }
}
