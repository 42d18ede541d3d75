//! A decline as staff read it: what kind of no it is, and what the customer was advised.

use base::Language;
use processor::{DeclineClass, declines};
use words::Words;

/// What kind of no.
pub(crate) fn class_of(class: &DeclineClass) -> &'static str {
    match class {
        DeclineClass::Soft => "may work later",
        DeclineClass::Hard => "not with this card",
        DeclineClass::NeedsCustomer => "the customer must act",
        DeclineClass::Stop => "never again",
        DeclineClass::Technical => "technical",
    }
}

/// What the customer reads about what to do.
pub(crate) fn advice_of(cause: &str) -> String {
    let advice = declines::cause(cause).advice;
    Words::of(Language::En).advice(advice.as_str()).into_owned()
}
