//! Beginning a subscription that Stripe renews: the page in its mode `subscription`, with prices
//! made for this one.
//!
//! Where the first period costs or lasts differently, it is a line that is paid once while the
//! renewing one waits for its turn as a trial.

use processor::{Period, Renewal, StartRequest};

use super::api::{Form, field};
use super::objects::REFERENCE;
use super::start::line;

/// The fields of a subscription.
///
/// # Errors
/// A sentence, if Stripe's page cannot sell it.
pub(super) fn form(request: &StartRequest, renewal: &Renewal) -> Result<Form, String> {
    if renewal.times.is_some() {
        let why = "Stripe's page sells subscriptions without an end: a number of periods cannot \
                   be asked for";
        return Err(why.to_owned());
    }
    if renewal.amount.currency != request.amount.currency {
        return Err("Stripe's page sells in one currency at a time".to_owned());
    }
    let (interval, count) = interval(renewal.every)?;
    let mut form = vec![field("mode", "subscription")];
    form.extend(line(0, renewal.amount, &request.description)?);
    form.push(field("line_items[0][price_data][recurring][interval]", interval));
    form.push(field("line_items[0][price_data][recurring][interval_count]", count.to_string()));
    let reference = format!("subscription_data[metadata][{REFERENCE}]");
    form.push(field(&reference, &request.reference));
    let same = renewal.first == renewal.every && renewal.amount == request.amount;
    if !same {
        let days = renewal.first.days();
        if !(1..=730).contains(&days) {
            return Err("Stripe's trials last from 1 to 730 days".to_owned());
        }
        form.push(field("subscription_data[trial_period_days]", days.to_string()));
        if request.amount.is_positive() {
            form.extend(line(1, request.amount, &request.description)?);
        }
    }
    Ok(form)
}

/// Stripe's words for a length of time; none may exceed three years.
fn interval(every: Period) -> Result<(&'static str, u16), String> {
    let (word, count, most) = match every {
        Period::Days(days) => ("day", days, 1095),
        Period::Months(months) => ("month", months, 36),
        Period::Years(years) => ("year", years, 3),
    };
    if (1..=most).contains(&count) {
        Ok((word, count))
    } else {
        Err(format!("Stripe renews every 1 to {most} {word}s, not every {count}"))
    }
}
