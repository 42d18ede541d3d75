//! Verotel's brands: which pay page a merchant's customers see, by the first four digits of the
//! merchant id, as verotel/flexpay-php-client keeps them.

/// A brand of Verotel's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Brand {
    /// The first four digits of its merchants' ids.
    pub digits: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Where its pages are.
    pub host: &'static str,
}

const BRANDS: [Brand; 7] = [
    Brand { digits: "9804", name: "Verotel", host: "https://secure.verotel.com/" },
    Brand { digits: "9762", name: "CardBilling", host: "https://secure.billing.creditcard/" },
    Brand { digits: "9653", name: "BitsafePay", host: "https://secure.bitsafepay.com/" },
    Brand { digits: "9511", name: "Bill", host: "https://secure.bill.creditcard/" },
    Brand { digits: "9444", name: "PaintFest", host: "https://secure.paintfestpayments.com/" },
    Brand { digits: "9388", name: "GayCharge", host: "https://secure.gaycharge.com/" },
    Brand { digits: "9001", name: "YoursafeDirect", host: "https://secure.yoursafedirect.com/" },
];

/// The brand of a merchant.
pub(super) fn of(merchant: &str) -> Option<Brand> {
    BRANDS.into_iter().find(|brand| merchant.starts_with(brand.digits))
}

/// The digits of every brand.
pub(super) fn digits() -> String {
    BRANDS.map(|brand| brand.digits).join(", ")
}
