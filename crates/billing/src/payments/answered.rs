//! The one table of what an answer to the call that takes the money means.
//!
//! | answer | meaning | what follows |
//! | --- | --- | --- |
//! | `Done` | executed, and it succeeded | begun, held, taken or waiting, by its own word |
//! | `Accepted` | taken in | it waits for a notice or a look-up |
//! | `Declined` | executed, and the answer is no | the hold is released |
//! | `NotExecuted` | proven not to have run | the hold is released, another route may be tried |
//! | `Unknown` | anything else | the hold stands until something proves the outcome |

use base::Money;
use processor::{Answer, ChargeOutcome, Charged, Started};

use super::fact::{Fact, Paid};

/// What the answer to a start says.
pub(super) fn started(answer: Answer<Started>) -> Fact {
    match answer {
        Answer::Done(Started { go_to, transaction }) => Fact::Begun { go_to, transaction },
        Answer::Accepted => Fact::Waiting,
        Answer::Declined(decline) => Fact::Declined { decline: Some(decline), card: None },
        Answer::NotExecuted(why) => Fact::NeverRan(why),
        Answer::Unknown(why) => Fact::Lost(why),
    }
}

/// What the answer to a charge says, or to the last call after an approval. Where the house names
/// no amount, it executed what was asked for.
pub(super) fn charged(answer: Answer<Charged>, asked: Money) -> Fact {
    let done = match answer {
        Answer::Done(done) => done,
        Answer::Accepted => return Fact::Waiting,
        Answer::Declined(decline) => {
            return Fact::Declined { decline: Some(decline), card: None };
        }
        Answer::NotExecuted(why) => return Fact::NeverRan(why),
        Answer::Unknown(why) => return Fact::Lost(why),
    };
    let Charged { outcome, transaction, amount, card, .. } = done;
    let sum = |transaction| Paid {
        transaction,
        amount: Some(amount.unwrap_or(asked)),
        card,
        provisional: false,
    };
    match outcome {
        ChargeOutcome::Paid => Fact::Paid(sum(transaction)),
        ChargeOutcome::Authorized => Fact::Authorized(sum(transaction)),
        ChargeOutcome::Pending => Fact::Waiting,
        ChargeOutcome::MustAct(go_to) => Fact::Begun { go_to, transaction },
    }
}

/// The id and what may be charged again, by an answer to a charge: also where it only waits.
pub(super) fn learned(answer: &Answer<Charged>) -> (Vec<String>, Option<String>) {
    match answer {
        Answer::Done(done) => (done.transaction.iter().cloned().collect(), done.stored.clone()),
        Answer::Accepted | Answer::Declined(_) | Answer::NotExecuted(_) | Answer::Unknown(_) => {
            (Vec::new(), None)
        }
    }
}

/// Whether an answer to the same call with the same key tells what the first one was: an answer
/// that was kept, and nothing about whether the repetition itself went through.
pub(super) fn was_kept(fact: &Fact) -> bool {
    !matches!(fact, Fact::NeverRan(_) | Fact::Lost(_))
}
