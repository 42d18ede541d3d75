//! Calls after the start: a template each, or the word that a person does it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{AmountFields, BodyKind, Forms, Method, OneOf, Parameter, Recipe, Rule, Time};

/// Calls after the start. What is not here, the account cannot do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Operations {
    /// Charging what the house keeps.
    pub charge: Option<Operation>,
    /// Collecting what is held.
    pub capture: Option<Operation>,
    /// Releasing what is held.
    pub void: Option<Operation>,
    /// Giving back.
    pub refund: Option<Operation>,
    /// Ending a subscription.
    pub cancel: Option<Operation>,
    /// Looking up.
    pub find: Option<Operation>,
}

/// How something is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// By a person: where and how, in a sentence for staff.
    Manual(String),
    /// By a call.
    Call(Box<Template>),
}

/// A call.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// How it is sent.
    pub method: Method,
    /// Where; `{name}` stands for one of our own names.
    pub address: String,
    /// Where in test mode.
    #[serde(default)]
    pub test_address: Option<String>,
    /// What the body of a POST is: `form`, unless it is `json`.
    #[serde(default)]
    pub body: Option<BodyKind>,
    /// How amounts and codes are written here, if not as everywhere.
    #[serde(default)]
    pub forms: Option<Forms>,
    /// What is sent, in this order.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Headers; `{name}` stands for one of our own names.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// HTTP Basic.
    #[serde(default)]
    pub basic: Option<BasicTemplate>,
    /// How the request is signed.
    #[serde(default)]
    pub digest: Option<Recipe>,
    /// How the answer is read.
    pub answer: AnswerReading,
    /// Of a refund or a capture: whether it takes a part.
    #[serde(default)]
    pub partial: bool,
    /// Of a look-up: so many seconds after a payment began, its absence proves that nothing was
    /// executed.
    #[serde(default)]
    pub proves_absence_after: Option<u32>,
}

/// HTTP Basic of a call.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasicTemplate {
    /// The user, as a template.
    pub user: String,
    /// The password, as a template.
    pub password: String,
}

/// How the answer to a call is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerReading {
    /// What it looks like.
    pub body: BodyKind,
    /// What its words mean; `@status` is the status of HTTP. What is not here is unknown.
    pub outcomes: Vec<Rule>,
    /// The house's id of what was done or found.
    #[serde(default)]
    pub transaction: Option<OneOf>,
    /// Our reference, of a look-up.
    #[serde(default)]
    pub reference: Option<OneOf>,
    /// The amount.
    #[serde(default)]
    pub amount: Option<AmountFields>,
    /// The time, of a look-up.
    #[serde(default)]
    pub time: Option<Time>,
    /// The code of a decline.
    #[serde(default)]
    pub reason: Option<OneOf>,
    /// The id of what may be charged again.
    #[serde(default)]
    pub stored: Option<OneOf>,
}
