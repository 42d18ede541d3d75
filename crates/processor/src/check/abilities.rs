//! What is asked of abilities: what is off is refused without a call, and answers fit the verdict.

use base::{Currency, Money};

use crate::{
    Answer, Cancellation, ChangeTo, Charge, Completing, FindBy, Instrument, Processor, Refunding,
    StartRequest, SubscriptionChange, TabKind, Verdict,
};

/// What the account cannot, it says before anything is sent; abilities fit each other.
///
/// The processor may be out of reach: nothing here is to be sent.
///
/// # Panics
/// With the ability that does not keep its word.
pub async fn keeps_its_abilities(processor: &dyn Processor, request: &StartRequest) {
    fits_together(processor);
    let able = processor.capabilities();
    let money = request.amount;
    if !able.manual_capture {
        refuses("capture", &processor.capture("op", "1", money).await);
    }
    if able.tab != Some(TabKind::Grow) {
        refuses("increment", &processor.increment("op", "1", money).await);
    }
    if !able.server_charge && able.google_pay.is_none() {
        refuses("charge from the server", &processor.charge(&charge(request)).await);
    }
    if !able.completes {
        refuses("complete", &processor.complete(&completing(request)).await);
    }
    if !able.renew {
        refuses("renew an authorisation", &processor.renew("op", "1", money).await);
    }
    if !able.change_subscription {
        refuses("change a subscription", &processor.change(&change()).await);
    }
    if !able.pulls_reports {
        let long_ago = base::Timestamp::UNIX_EPOCH;
        refuses("be asked for reports", &processor.pull(long_ago, long_ago).await);
    }
    if !able.void {
        refuses("void", &processor.void("op", "1").await);
    }
    if !able.cancel_subscription {
        refuses("cancel", &processor.cancel(&cancellation()).await);
    }
    if !able.find {
        refuses("find", &processor.find(&FindBy::Transaction("1".to_owned())).await);
    }
    if !able.refund_full {
        refuses("refund", &processor.refund(&refunding(money, money)).await);
    }
    if !able.refund_partial {
        let part = Money::new(1, money.currency);
        refuses("refund a part", &processor.refund(&refunding(part, money)).await);
    }
    if let Some(foreign) = foreign(&able.currencies) {
        let amount = Money::new(money.minor, foreign);
        let start = processor.start(&StartRequest { amount, ..request.clone() }).await;
        refuses("take a currency that is not on its list", &start);
    }
}

fn fits_together(processor: &dyn Processor) {
    let able = processor.capabilities();
    assert!(!processor.name().is_empty(), "a connector has a name");
    assert!(
        !processor.support().name.is_empty(),
        "customers must be told what the house is called"
    );
    assert!(able.find || able.find_proves_absence.is_none(), "absence is proven by looking up");
    assert!(able.find || !able.look_up_before_booking, "a second lock needs a way to look up");
    assert!(able.refund_full || !able.refund_partial, "who refunds a part can refund all");
    assert!(able.manual_capture || !able.partial_capture, "a partial capture is a capture");
    assert!(able.reports || !able.pulls_reports, "a report that is fetched must be read");
    for task in &able.by_hand {
        assert!(!task.how.is_empty(), "staff must be told how {:?} is done by hand", task.what);
        let called = match task.what {
            crate::HandTask::Refund => able.refund_full,
            crate::HandTask::Void => able.void,
            crate::HandTask::CancelSubscription => able.cancel_subscription,
            crate::HandTask::Find => able.find,
        };
        assert!(!called, "{:?} is called, so it is not done by hand", task.what);
    }
    if !able.reports {
        assert!(processor.read_report(b"a,b\n1,2\n").is_err(), "it read a report");
    }
    for code in &able.currencies {
        assert!(code.parse::<Currency>().is_ok(), "{code} is no currency");
    }
    if !able.settlement_file {
        assert!(processor.read_settlement(b"a,b\n1,2\n").is_err(), "it read a settlement file");
    }
    for (verdict, hundreds) in [(Verdict::Stored, 2), (Verdict::Refused, 4), (Verdict::Again, 5)] {
        let answer = processor.answer(verdict);
        assert_eq!(answer.status / 100, hundreds, "{verdict:?} is answered {}", answer.status);
    }
}

fn refuses<T: std::fmt::Debug>(what: &str, answer: &Answer<T>) {
    let calm = matches!(answer, Answer::NotExecuted(why) if !why.is_empty());
    assert!(calm, "it cannot {what}, yet it answered {answer:?}");
}

fn charge(request: &StartRequest) -> Charge {
    Charge {
        key: request.key.clone(),
        reference: request.reference.clone(),
        amount: request.amount,
        product: request.product.clone(),
        description: request.description.clone(),
        buyer: request.buyer.clone(),
        instrument: Instrument::Stored { id: "1".to_owned(), customer: None },
        capture: request.capture,
        return_url: request.return_url.clone(),
        postback_url: request.postback_url.clone(),
    }
}

fn completing(request: &StartRequest) -> Completing {
    Completing {
        key: request.key.clone(),
        reference: request.reference.clone(),
        transaction: "1".to_owned(),
        amount: request.amount,
        capture: request.capture,
    }
}

fn change() -> SubscriptionChange {
    SubscriptionChange {
        key: "op".to_owned(),
        subscription: "1".to_owned(),
        change: ChangeTo::Renewing,
        reason: "asked for".to_owned(),
    }
}

fn cancellation() -> Cancellation {
    Cancellation {
        key: "op".to_owned(),
        subscription: "1".to_owned(),
        at_once: false,
        reason: "asked for".to_owned(),
    }
}

fn refunding(amount: Money, paid: Money) -> Refunding {
    Refunding {
        key: "op".to_owned(),
        transaction: "1".to_owned(),
        amount,
        paid,
        reason: "asked for".to_owned(),
    }
}

/// A currency that is not on a list; none if the list is empty, which means any.
fn foreign(listed: &[String]) -> Option<Currency> {
    let candidates = [Currency::PHP, Currency::GBP, Currency::USD, Currency::DKK];
    let off_list = |currency: &Currency| !listed.iter().any(|code| code == currency.code());
    candidates.into_iter().find(off_list).filter(|_| !listed.is_empty())
}
