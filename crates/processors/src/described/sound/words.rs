//! What makes rules, times and answers sound.

use jiff::civil::DateTime;

use crate::described::record::{Answers, Means, Rule};

/// What a notice may mean.
pub(super) const OF_NOTICES: &[Means] = &[
    Means::Paid,
    Means::Provisional,
    Means::Authorized,
    Means::Declined,
    Means::Pending,
    Means::RebillPaid,
    Means::RebillDeclined,
    Means::Refunded,
    Means::RefundFailed,
    Means::Voided,
    Means::Chargeback,
    Means::ChargebackReversed,
    Means::DisputeOpened,
    Means::Cancelled,
    Means::Expired,
    Means::Reactivated,
    Means::Ignored,
];

/// Weighs rules: each has a condition, and means something that can be meant here.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn rules(at: &str, rules: &[Rule], may_mean: &[Means]) -> Result<(), String> {
    if rules.is_empty() {
        return Err(format!("{at} is empty: nothing the house says would mean anything"));
    }
    for (nth, rule) in rules.iter().enumerate() {
        let nth = nth + 1;
        if rule.when.is_empty() || rule.when.values().any(|values| values.all().is_empty()) {
            return Err(format!("{at}: rule {nth} has no condition, so it would always hold"));
        }
        if !may_mean.contains(&rule.means) {
            return Err(format!("{at}: rule {nth} cannot mean {:?} here", rule.means));
        }
    }
    Ok(())
}

/// Weighs the form of a time: what it writes, it must read again.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn time(at: &str, form: &str) -> Result<(), String> {
    if matches!(form, "rfc3339" | "unix") {
        return Ok(());
    }
    let moment = DateTime::constant(2001, 2, 3, 4, 5, 6, 0);
    let written = jiff::fmt::strtime::format(form, moment).ok();
    let same = written.and_then(|text| DateTime::strptime(form, &text).ok()) == Some(moment);
    let known = "rfc3339, unix, or a pattern such as %Y-%m-%d %H:%M:%S";
    if same { Ok(()) } else { Err(format!("{at} must be {known}")) }
}

/// Weighs answers: a house must not take a no for a yes.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn answers(at: &str, answers: &Answers) -> Result<(), String> {
    let all =
        [("ok", &answers.ok, 2), ("again", &answers.again, 5), ("refuse", &answers.refuse, 4)];
    for (name, answer, hundreds) in all {
        if answer.as_ref().is_some_and(|answer| answer.status / 100 != hundreds) {
            return Err(format!("{at}.{name}.status must be {hundreds}00 to {hundreds}99"));
        }
    }
    Ok(())
}
