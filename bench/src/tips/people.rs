//! Who tips whom.

/// Those who give and those who get, by their ids.
pub(crate) struct Givers {
    customers: Vec<String>,
    creators: Vec<String>,
}

impl Givers {
    pub(super) fn new(customers: Vec<String>, creators: Vec<String>) -> Givers {
        assert!(!customers.is_empty() && !creators.is_empty(), "nobody tips");
        Givers { customers, creators }
    }

    /// One who gives and one who gets, by a number that was mixed.
    pub(super) fn pair(&self, mixed: u64) -> (&str, &str) {
        let of = |all: &[String], number: u64| (number % all.len() as u64) as usize;
        (
            &self.customers[of(&self.customers, mixed)],
            &self.creators[of(&self.creators, mixed >> 32)],
        )
    }
}

/// Spreads numbers evenly over all numbers, each to another one.
pub(super) fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
