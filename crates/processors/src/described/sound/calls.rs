//! What makes the templates of calls sound.

use super::{address, parameters, recipes, template, test_address, words};
use crate::described::own::{CALL, START, names};
use crate::described::record::{BodyKind, Means, Operation, Operations, Template};
use crate::described::settings::Settings;

/// What the answer to a call that does something may mean.
const OF_DEEDS: &[Means] = &[Means::Done, Means::Pending, Means::Declined, Means::Refused];
/// What the answer to a charge may mean.
const OF_CHARGES: &[Means] = &[
    Means::Done,
    Means::Paid,
    Means::Authorized,
    Means::Provisional,
    Means::Pending,
    Means::Declined,
    Means::Refused,
];
/// What the answer to a look-up may mean.
const OF_LOOKS: &[Means] = &[
    Means::Paid,
    Means::RebillPaid,
    Means::Provisional,
    Means::Authorized,
    Means::Pending,
    Means::Declined,
    Means::RebillDeclined,
    Means::Refunded,
    Means::Voided,
    Means::Chargeback,
    Means::Absent,
    Means::Refused,
];

/// Weighs every operation.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn operations(all: &Operations, settings: &Settings) -> Result<(), String> {
    let list = [
        ("charge", &all.charge, OF_CHARGES),
        ("capture", &all.capture, OF_DEEDS),
        ("void", &all.void, OF_DEEDS),
        ("refund", &all.refund, OF_DEEDS),
        ("cancel", &all.cancel, OF_DEEDS),
        ("find", &all.find, OF_LOOKS),
    ];
    for (name, operation, may_mean) in list {
        let at = format!("record.operations.{name}");
        match operation {
            None => {}
            Some(Operation::Manual(how)) if how.trim().is_empty() => {
                return Err(format!("{at}.manual must say how a person does it"));
            }
            Some(Operation::Manual(_)) if matches!(name, "charge" | "capture") => {
                return Err(format!("{at} cannot be done by hand"));
            }
            Some(Operation::Manual(_)) => {}
            Some(Operation::Call(call)) => one(&format!("{at}.call"), call, may_mean, settings)?,
        }
    }
    if let Some(Operation::Call(find)) = &all.find {
        look_up(find)?;
    }
    Ok(())
}

fn one(at: &str, call: &Template, may_mean: &[Means], settings: &Settings) -> Result<(), String> {
    address(&format!("{at}.address"), &call.address)?;
    test_address(at, call.test_address.as_deref(), settings)?;
    let known = [START, CALL];
    template(&format!("{at}.address"), &call.address, &known, settings)?;
    if !matches!(call.body, None | Some(BodyKind::Form | BodyKind::Json)) {
        return Err(format!("{at}.body must be form or json"));
    }
    parameters(&format!("{at}.parameters"), &call.parameters, &known, settings)?;
    for (name, text) in &call.headers {
        template(&format!("{at}.headers.{name}"), text, &known, settings)?;
    }
    if let Some(basic) = &call.basic {
        template(&format!("{at}.basic.user"), &basic.user, &known, settings)?;
        template(&format!("{at}.basic.password"), &basic.password, &known, settings)?;
    }
    if let Some(recipe) = &call.digest {
        recipes::recipe(&format!("{at}.digest"), recipe, settings)?;
    }
    words::rules(&format!("{at}.answer.outcomes"), &call.answer.outcomes, may_mean)?;
    if let Some(time) = &call.answer.time {
        words::time(&format!("{at}.answer.time.form"), &time.form)?;
    }
    Ok(())
}

/// "Never heard of it" proves nothing while our own call may still be on its way.
const LEAST_PATIENCE: u32 = 60;

fn look_up(find: &Template) -> Result<(), String> {
    let at = "record.operations.find.call";
    let says = |means| find.answer.outcomes.iter().any(|rule| rule.means == means);
    if find.proves_absence_after.is_some() && !says(Means::Absent) {
        return Err(format!("{at}.proves_absence_after needs an outcome that means absent"));
    }
    if find.proves_absence_after.is_some_and(|seconds| seconds < LEAST_PATIENCE) {
        let least = format!("must be {LEAST_PATIENCE} seconds or more: a call may take that long");
        return Err(format!("{at}.proves_absence_after {least}"));
    }
    let values = find.parameters.iter().map(|parameter| &parameter.value);
    let texts = values.chain(std::iter::once(&find.address)).chain(find.headers.values());
    let asks =
        |text: &String| names(text).iter().any(|name| matches!(*name, "reference" | "transaction"));
    if texts.into_iter().any(asks) {
        Ok(())
    } else {
        Err(format!("{at} asks by neither {{reference}} nor {{transaction}}"))
    }
}
