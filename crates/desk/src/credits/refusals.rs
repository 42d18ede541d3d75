//! How the desk says no to a credit.

use base::{Kind, Refusal};

/// Their role gives nothing.
pub const NOT_ALLOWED: Refusal = Refusal::new(
    Kind::Forbidden,
    "credit_not_allowed",
    "only staff who work here now, in a role that may, give tokens",
);
/// More than they may give at once.
pub const ABOVE_DEED: Refusal = Refusal::new(
    Kind::Rule,
    "credit_above_limit",
    "this is more than your role may give at once; ask a lead or finance",
);
/// More than they may give in a day.
pub const ABOVE_DAY: Refusal = Refusal::new(
    Kind::Rule,
    "credit_above_day_limit",
    "this is more than your role may give within 24 hours; ask a lead or finance",
);
/// The case is not theirs to see, or there is none.
pub const CASE_NOT_SEEN: Refusal =
    Refusal::new(Kind::NotFound, "case_unknown", "there is no case with this id");
/// The tokens would go to somebody else.
pub const NOT_THE_CUSTOMER: Refusal = Refusal::new(
    Kind::Rule,
    "credit_not_their_customer",
    "tokens go to the customer of the case only, once it is proved who that is",
);
