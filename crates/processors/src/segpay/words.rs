//! SegPay's words and what they tell us: the public matrix of postbacks, as a table.
//!
//! Follows "Postback Parameters" and "Postbacks" of the help centre and the table of postback
//! results in "SegPay's Processing API for Merchants" 1.3. Letter case varies in the wild, so
//! words are compared in lower case. A combination that is not in the table is waited upon.

use processor::NoticeKind;

/// The names SegPay replaces in a postback address; also the field names we read.
pub(super) const PLACEHOLDERS: &[&str] = &[
    "action",
    "stage",
    "approved",
    "trantype",
    "purchaseid",
    "tranid",
    "price",
    "currencycode",
    "ipaddress",
    "relatedtranid",
    "eticketid",
    "ival",
    "iint",
    "rval",
    "rint",
    "desc",
    "billname",
    "billnamefirst",
    "billnamelast",
    "billemail",
    "billphone",
    "billaddr",
    "billcity",
    "billstate",
    "billzip",
    "billcntry",
    "transguid",
    "standin",
    "xsellnum",
    "transtime",
    "ccfirst6",
    "cclast4",
    "authcode",
    "ccbincountry",
    "refundreasoncode",
    "refundcomment",
    "refundedby",
    "cancelreasoncode",
    "cancelcomment",
    "cancelledby",
    "cardtype",
    "prepaidindicator",
    "urlid",
    "username",
    "password",
];

/// What a transaction postback tells, by type, action, stage and whether it was approved.
pub(super) fn transaction(trantype: &str, action: &str, stage: &str, approved: &str) -> NoticeKind {
    use NoticeKind::{
        ChargedBack, Declined, Paid, RebillDeclined, RebillPaid, Refunded, Voided, Waiting,
    };
    match (trantype, action, stage, approved) {
        ("sale", "auth", "initial", "yes") => Paid,
        ("sale", "auth", "initial", "no") => Declined,
        ("sale", "auth", "conversion" | "rebill" | "instantconversion", "yes") => RebillPaid,
        ("sale", "auth", "conversion" | "rebill" | "instantconversion", "no") => RebillDeclined,
        ("sale", "void", "initial", "yes") => Voided,
        ("credit", "auth", "initial", "yes") => Refunded,
        ("charge", "auth", "initial", "yes") => ChargedBack,
        _ => Waiting,
    }
}

/// What a transaction means that brings back the reference of a one-click sale or a conversion:
/// it is the first payment of our own attempt, although its stage reads like a rebill's.
pub(super) const fn of_one_click(kind: NoticeKind, is_ours: IsOurs) -> NoticeKind {
    match (kind, is_ours) {
        (NoticeKind::RebillPaid, IsOurs::Yes) => NoticeKind::Paid,
        (NoticeKind::RebillDeclined, IsOurs::Yes) => NoticeKind::Declined,
        (other, IsOurs::Yes | IsOurs::No) => other,
    }
}

/// Whether a transaction brings back the reference of a sale of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IsOurs {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// What a member postback tells; `None` if the action belongs to no member postback.
///
/// Inquiry only asks whether a user name is free, and enable repeats what the transaction
/// postback says about money.
pub(super) fn member(action: &str) -> Option<NoticeKind> {
    match action {
        "probe" | "inquiry" | "enable" => Some(NoticeKind::Ignored),
        "disable" => Some(NoticeKind::Expired),
        "cancel" | "cancellation" => Some(NoticeKind::Cancelled),
        "reactivation" => Some(NoticeKind::Reactivated),
        _ => None,
    }
}
