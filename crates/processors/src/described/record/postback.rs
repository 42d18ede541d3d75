//! How a house's notices are read and answered.

use serde::Deserialize;

use super::{BodyKind, Forms, OneOf, Recipe, Rule};

/// How notices are read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postback {
    /// What they look like.
    pub body: BodyKind,
    /// How amounts and codes are written here, if not as everywhere.
    #[serde(default)]
    pub forms: Option<Forms>,
    /// How they are signed, if they are.
    #[serde(default)]
    pub digest: Option<Recipe>,
    /// The addresses they come from, as the house names them; the account's own list goes first.
    #[serde(default)]
    pub senders: Vec<String>,
    /// What the words mean. What is not here is waited upon.
    pub status: Vec<Rule>,
    /// Where the ids stand.
    pub ids: Ids,
    /// Where the amount stands.
    #[serde(default)]
    pub amount: Option<AmountFields>,
    /// Where the time stands.
    #[serde(default)]
    pub time: Option<Time>,
    /// Where brand and last four digits stand.
    #[serde(default)]
    pub card: Option<CardFields>,
    /// Where the code of a decline stands.
    #[serde(default)]
    pub reason: Option<OneOf>,
    /// What the house expects to read.
    #[serde(default)]
    pub answer: Answers,
    /// How often the house sends again, for people.
    #[serde(default)]
    pub retries: Option<String>,
}

/// Where ids stand. Of several fields the first that has a value counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ids {
    /// Our own reference.
    pub reference: OneOf,
    /// The house's id of this transaction.
    pub transaction: OneOf,
    /// The house's id of the transaction it is about.
    #[serde(default)]
    pub parent: Option<OneOf>,
    /// The house's id of the subscription.
    #[serde(default)]
    pub subscription: Option<OneOf>,
    /// The house's id of what may be charged again.
    #[serde(default)]
    pub stored: Option<OneOf>,
    /// The fields that together make a fact recognisable when it comes again.
    pub dedupe: Vec<String>,
}

/// Where an amount stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountFields {
    /// The amount.
    pub field: OneOf,
    /// Its currency; `=EUR` if it is always the same.
    pub currency: OneOf,
}

/// Where a time stands and how it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The field.
    pub field: String,
    /// `rfc3339`, `unix`, or a pattern such as `%Y-%m-%d %H:%M:%S`, which is read as GMT.
    pub form: String,
}

/// Where brand and last four digits stand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CardFields {
    /// The brand.
    pub brand: Option<String>,
    /// The last four digits; of a masked number the last four characters count.
    pub last4: Option<String>,
}

/// Our answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// When it is stored.
    pub ok: Option<AnswerText>,
    /// When it is not, and shall come again.
    pub again: Option<AnswerText>,
    /// When it is not believed.
    pub refuse: Option<AnswerText>,
}

/// One answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerText {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// What the body is.
    #[serde(default)]
    pub content: ContentKind,
}

/// What an answer's body is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentKind {
    /// `text/plain`.
    #[default]
    Text,
    /// `text/html`.
    Html,
    /// `application/json`.
    Json,
    /// `application/xml`.
    Xml,
}
