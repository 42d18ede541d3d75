//! Flags of accounts and transfers: named bits, numbered as in TigerBeetle.

macro_rules! flags {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$bit_doc:meta])* $bit:ident $is:ident = $value:literal;)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name(u16);

        impl $name {
            /// No flag at all.
            pub const NONE: $name = $name(0);
            $($(#[$bit_doc])* pub const $bit: $name = $name($value);)*
            const KNOWN: u16 = 0 $(| $value)*;

            $($(#[$bit_doc])*
            #[must_use]
            pub const fn $is(self) -> bool {
                self.0 & $value != 0
            })*

            /// The flags with these bits; bits without a meaning are kept, so that a request that
            /// sets one can be refused by its name.
            #[must_use]
            pub const fn from_bits(bits: u16) -> $name {
                $name(bits)
            }

            /// The bits.
            #[must_use]
            pub const fn bits(self) -> u16 {
                self.0
            }

            /// Whether a bit is set that has no meaning.
            #[must_use]
            pub const fn has_unknown(self) -> bool {
                self.0 & !Self::KNOWN != 0
            }

            /// These flags and those.
            #[must_use]
            pub const fn with(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }

            /// These flags but not those.
            #[must_use]
            pub const fn without(self, other: $name) -> $name {
                $name(self.0 & !other.0)
            }

            /// The flag of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<$name> {
                match name {
                    $(stringify!($is) => Some($name::$bit),)*
                    _ => None,
                }
            }
        }

        impl std::ops::BitOr for $name {
            type Output = $name;

            fn bitor(self, other: $name) -> $name {
                self.with(other)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut names = Vec::new();
                $(if self.$is() {
                    names.push(stringify!($is));
                })*
                if self.has_unknown() {
                    names.push("unknown");
                }
                out.write_str(&names.join(","))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(out, "{self}")
            }
        }
    };
}

flags! {
    /// What an account insists on.
    AccountFlags {
        /// The next account of the request succeeds or fails with this one.
        LINKED linked = 1;
        /// Pending and posted debits stay within posted credits: a wallet.
        DEBITS_MUST_NOT_EXCEED_CREDITS debits_must_not_exceed_credits = 2;
        /// Pending and posted credits stay within posted debits.
        CREDITS_MUST_NOT_EXCEED_DEBITS credits_must_not_exceed_debits = 4;
        /// Keep the balance after every transfer.
        HISTORY history = 8;
        /// Refuse everything but the voiding of open holds.
        CLOSED closed = 32;
    }
}

flags! {
    /// What a transfer is.
    TransferFlags {
        /// The next transfer of the request succeeds or fails with this one.
        LINKED linked = 1;
        /// A hold: reserves the amount until it is posted, voided or times out.
        PENDING pending = 2;
        /// Resolves a hold by moving all or part of it and releasing the rest.
        POST_PENDING post_pending = 4;
        /// Resolves a hold by releasing it.
        VOID_PENDING void_pending = 8;
        /// Moves at most the amount, and no more than the debit account has.
        BALANCING_DEBIT balancing_debit = 16;
        /// Moves at most the amount, and no more than the credit account owes.
        BALANCING_CREDIT balancing_credit = 32;
        /// A hold that closes the debit account until it is voided.
        CLOSING_DEBIT closing_debit = 64;
        /// A hold that closes the credit account until it is voided.
        CLOSING_CREDIT closing_credit = 128;
    }
}

impl TransferFlags {
    /// Whether the transfer resolves a hold.
    #[must_use]
    pub const fn resolves(self) -> bool {
        self.post_pending() || self.void_pending()
    }

    /// Whether the amount is cut to what an account has.
    #[must_use]
    pub const fn balances(self) -> bool {
        self.balancing_debit() || self.balancing_credit()
    }

    /// Whether an account is closed by it.
    #[must_use]
    pub const fn closes(self) -> bool {
        self.closing_debit() || self.closing_credit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_named_and_unknown_bits_are_seen() {
        let flags = TransferFlags::LINKED | TransferFlags::PENDING;
        assert_eq!(flags.to_string(), "linked,pending");
        assert_eq!(TransferFlags::named("pending"), Some(TransferFlags::PENDING));
        assert!(TransferFlags::from_bits(1 << 15).has_unknown() && !flags.has_unknown());
        assert_eq!(flags.without(TransferFlags::LINKED), TransferFlags::PENDING);
    }
}
