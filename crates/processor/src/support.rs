//! How a customer reaches the house that took the money.

/// A processor's consumer support, as printed on receipts and on the billing support page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupportContact {
    /// What customers call the house: `SegPay`.
    pub name: String,
    /// Where to find a purchase on the web.
    pub web: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Telephone numbers in international form, with who pays for the call.
    pub phones: Vec<String>,
    /// When somebody answers.
    pub hours: Option<String>,
}
