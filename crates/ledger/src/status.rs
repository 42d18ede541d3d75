//! Answers to "create this": TigerBeetle's words, in the order in which they are checked.
//!
//! Left out because the types cannot express what they refuse: `timestamp_must_be_zero`,
//! `reserved_field`, the four `…_must_be_zero` of new balances, and everything about *imported*
//! events, which Paydesk does not have. Added because amounts are signed here:
//! `amount_must_not_be_negative`.

macro_rules! statuses {
    ($(#[$doc:meta])* $name:ident { $($status:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[must_use]
        pub enum $name {
            $(
                #[doc = concat!("`", $word, "`")]
                $status,
            )*
        }

        impl $name {
            /// All of them, in the order of the checks.
            pub const ALL: &[$name] = &[$($name::$status),*];

            /// The word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$status => $word,)*
                }
            }

            /// Whether the thing is there now, just made or made before with the same fields.
            #[must_use]
            pub const fn is_there(self) -> bool {
                matches!(self, $name::Created | $name::Exists)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownStatus;

            fn from_str(word: &str) -> Result<$name, UnknownStatus> {
                $name::ALL.iter().copied().find(|status| status.word() == word).ok_or(UnknownStatus)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

/// The word names no status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a status")]
pub struct UnknownStatus;

statuses! {
    /// What became of an account to be created.
    CreateAccountStatus {
        Created = "created",
        LinkedEventFailed = "linked_event_failed",
        LinkedEventChainOpen = "linked_event_chain_open",
        ReservedFlag = "reserved_flag",
        IdMustNotBeZero = "id_must_not_be_zero",
        IdMustNotBeIntMax = "id_must_not_be_int_max",
        ExistsWithDifferentFlags = "exists_with_different_flags",
        ExistsWithDifferentUserData128 = "exists_with_different_user_data_128",
        ExistsWithDifferentUserData64 = "exists_with_different_user_data_64",
        ExistsWithDifferentUserData32 = "exists_with_different_user_data_32",
        ExistsWithDifferentLedger = "exists_with_different_ledger",
        ExistsWithDifferentCode = "exists_with_different_code",
        Exists = "exists",
        FlagsAreMutuallyExclusive = "flags_are_mutually_exclusive",
        LedgerMustNotBeZero = "ledger_must_not_be_zero",
        CodeMustNotBeZero = "code_must_not_be_zero",
    }
}

statuses! {
    /// What became of a transfer to be made.
    CreateTransferStatus {
        Created = "created",
        LinkedEventFailed = "linked_event_failed",
        LinkedEventChainOpen = "linked_event_chain_open",
        ReservedFlag = "reserved_flag",
        AmountMustNotBeNegative = "amount_must_not_be_negative",
        IdMustNotBeZero = "id_must_not_be_zero",
        IdMustNotBeIntMax = "id_must_not_be_int_max",
        ExistsWithDifferentFlags = "exists_with_different_flags",
        ExistsWithDifferentPendingId = "exists_with_different_pending_id",
        ExistsWithDifferentTimeout = "exists_with_different_timeout",
        ExistsWithDifferentDebitAccountId = "exists_with_different_debit_account_id",
        ExistsWithDifferentCreditAccountId = "exists_with_different_credit_account_id",
        ExistsWithDifferentAmount = "exists_with_different_amount",
        ExistsWithDifferentUserData128 = "exists_with_different_user_data_128",
        ExistsWithDifferentUserData64 = "exists_with_different_user_data_64",
        ExistsWithDifferentUserData32 = "exists_with_different_user_data_32",
        ExistsWithDifferentLedger = "exists_with_different_ledger",
        ExistsWithDifferentCode = "exists_with_different_code",
        Exists = "exists",
        IdAlreadyFailed = "id_already_failed",
        FlagsAreMutuallyExclusive = "flags_are_mutually_exclusive",
        DebitAccountIdMustNotBeZero = "debit_account_id_must_not_be_zero",
        DebitAccountIdMustNotBeIntMax = "debit_account_id_must_not_be_int_max",
        CreditAccountIdMustNotBeZero = "credit_account_id_must_not_be_zero",
        CreditAccountIdMustNotBeIntMax = "credit_account_id_must_not_be_int_max",
        AccountsMustBeDifferent = "accounts_must_be_different",
        PendingIdMustBeZero = "pending_id_must_be_zero",
        PendingIdMustNotBeZero = "pending_id_must_not_be_zero",
        PendingIdMustNotBeIntMax = "pending_id_must_not_be_int_max",
        PendingIdMustBeDifferent = "pending_id_must_be_different",
        TimeoutReservedForPendingTransfer = "timeout_reserved_for_pending_transfer",
        ClosingTransferMustBePending = "closing_transfer_must_be_pending",
        LedgerMustNotBeZero = "ledger_must_not_be_zero",
        CodeMustNotBeZero = "code_must_not_be_zero",
        DebitAccountNotFound = "debit_account_not_found",
        CreditAccountNotFound = "credit_account_not_found",
        AccountsMustHaveTheSameLedger = "accounts_must_have_the_same_ledger",
        TransferMustHaveTheSameLedgerAsAccounts = "transfer_must_have_the_same_ledger_as_accounts",
        PendingTransferNotFound = "pending_transfer_not_found",
        PendingTransferNotPending = "pending_transfer_not_pending",
        PendingTransferHasDifferentDebitAccountId =
            "pending_transfer_has_different_debit_account_id",
        PendingTransferHasDifferentCreditAccountId =
            "pending_transfer_has_different_credit_account_id",
        PendingTransferHasDifferentLedger = "pending_transfer_has_different_ledger",
        PendingTransferHasDifferentCode = "pending_transfer_has_different_code",
        ExceedsPendingTransferAmount = "exceeds_pending_transfer_amount",
        PendingTransferHasDifferentAmount = "pending_transfer_has_different_amount",
        PendingTransferAlreadyPosted = "pending_transfer_already_posted",
        PendingTransferAlreadyVoided = "pending_transfer_already_voided",
        PendingTransferExpired = "pending_transfer_expired",
        DebitAccountAlreadyClosed = "debit_account_already_closed",
        CreditAccountAlreadyClosed = "credit_account_already_closed",
        OverflowsDebitsPending = "overflows_debits_pending",
        OverflowsCreditsPending = "overflows_credits_pending",
        OverflowsDebitsPosted = "overflows_debits_posted",
        OverflowsCreditsPosted = "overflows_credits_posted",
        OverflowsDebits = "overflows_debits",
        OverflowsCredits = "overflows_credits",
        OverflowsTimeout = "overflows_timeout",
        ExceedsCredits = "exceeds_credits",
        ExceedsDebits = "exceeds_debits",
    }
}

impl CreateTransferStatus {
    /// Whether the answer depends on the state of the moment. Such a failure burns the id: the
    /// same request is never carried out later by accident.
    #[must_use]
    pub const fn burns_the_id(self) -> bool {
        use CreateTransferStatus as S;
        matches!(
            self,
            S::DebitAccountNotFound
                | S::CreditAccountNotFound
                | S::PendingTransferNotFound
                | S::ExceedsCredits
                | S::ExceedsDebits
                | S::DebitAccountAlreadyClosed
                | S::CreditAccountAlreadyClosed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_back_by_its_word() {
        for status in CreateTransferStatus::ALL {
            assert_eq!(status.word().parse(), Ok(*status));
        }
        for status in CreateAccountStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(*status));
        }
        assert_eq!("ok".parse::<CreateAccountStatus>(), Err(UnknownStatus));
    }

    #[test]
    fn seven_statuses_burn_the_id() {
        let burning = CreateTransferStatus::ALL.iter().filter(|status| status.burns_the_id());
        assert_eq!(burning.count(), 7);
    }
}
