//! A tip: tokens go from a customer to a creator, and the house takes its share.

use base::id::{CreatorId, CustomerId, TipId};
use base::{Share, Tokens};

use super::{Cause, chain};
use crate::{NewAccount, NewTransfer, books, transfer_id};

/// The accounts a tip moves between; to be created before it, which is harmless a second time.
#[must_use]
pub fn accounts(customer: CustomerId, creator: CreatorId) -> Vec<NewAccount> {
    vec![
        books::customer_tokens(customer),
        books::creator_tokens(creator),
        books::house_commission_tokens(),
    ]
}

/// The creator's share rounded down, the rest to the house; a share of nothing is left out.
#[must_use]
pub fn tip(
    tip: TipId,
    customer: CustomerId,
    creator: CreatorId,
    tokens: Tokens,
    share: Share,
) -> Vec<NewTransfer> {
    let earned = share.of(tokens.count());
    let kept = tokens.count() - earned;
    assert!(earned >= 0 && kept >= 0, "both shares come out of the tip");
    let from_customer = NewTransfer {
        debit_account_id: books::customer_tokens(customer).id,
        user_data_128: tip.as_u128(),
        ledger: Tokens::LEDGER,
        ..NewTransfer::default()
    };
    let to_creator = NewTransfer {
        id: transfer_id(tip.uuid(), "tip.creator"),
        credit_account_id: books::creator_tokens(creator).id,
        amount: earned,
        code: Cause::TipCreator.code(),
        ..from_customer
    };
    let to_house = NewTransfer {
        id: transfer_id(tip.uuid(), "tip.house"),
        credit_account_id: books::house_commission_tokens().id,
        amount: kept,
        code: Cause::TipHouse.code(),
        ..from_customer
    };
    chain([to_creator, to_house].into_iter().filter(|transfer| transfer.amount > 0).collect())
}

#[cfg(test)]
mod tests {
    use base::{Chance, Id, Timestamp};

    use super::*;

    fn of(tokens: i64, percent: u16) -> Vec<(i64, bool)> {
        let chance = Chance::seeded(1);
        let now = Timestamp::UNIX_EPOCH;
        let share = Share::percent(percent).unwrap();
        let tokens = Tokens::new(tokens).unwrap();
        tip(Id::new(now, &chance), Id::new(now, &chance), Id::new(now, &chance), tokens, share)
            .iter()
            .map(|transfer| (transfer.amount, transfer.flags.linked()))
            .collect()
    }

    #[test]
    fn a_tip_of_25_at_60_per_cent_gives_15_and_10() {
        assert_eq!(of(25, 60), [(15, true), (10, false)]);
    }

    #[test]
    fn a_share_of_nothing_is_left_out() {
        assert_eq!(of(1, 60), [(1, false)]);
        assert_eq!(of(25, 100), [(25, false)]);
        assert_eq!(of(25, 0), [(25, false)]);
        assert_eq!(of(0, 60), []);
    }
}
