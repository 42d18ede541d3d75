//! Afterwards: nothing was lost, nothing was done twice, and the books are right.

use anyhow::{Result, ensure};
use ledger::{Account, books};
use store::Reads as _;

use super::fill::EACH;
use super::house::{House, stopped, told};
use super::load::TOKENS;

/// Holds the books against the answers: as many tips as answers with 201, the same sums in the
/// wallets and with the creators, one stored answer and one event for each, and every proof.
pub(super) async fn books(house: &House, left: u64) -> Result<String> {
    let count = i64::try_from(left)?;
    let store = &house.billing.store;
    let mut reader = store.read().await.map_err(told)?;
    let tables = [
        ("tips", "SELECT COUNT(*) AS rows FROM tips"),
        ("stored answers", "SELECT COUNT(*) AS rows FROM replays WHERE status = 201"),
        ("events", "SELECT COUNT(*) AS rows FROM events WHERE kind = 'tip.left'"),
    ];
    for (name, sql) in tables {
        let rows = reader.fetch_one(sql, ()).await.map_err(told)?.int("rows").map_err(told)?;
        ensure!(rows == count, "{count} answers were 201, and there are {rows} {name}");
    }
    let sum = "SELECT CAST(SUM(tokens) AS BIGINT) AS given FROM tips";
    let given = reader.fetch_one(sum, ()).await.map_err(told)?.int("given").map_err(told)?;
    drop(reader);
    ensure!(given == count * TOKENS, "{count} tips hold {given} tokens");
    let debits: i64 =
        accounts(house, house.customers.iter().map(|one| books::customer_tokens(*one).id))
            .await?
            .iter()
            .map(|account| {
                assert!(account.spendable() >= 0, "a wallet is overdrawn");
                EACH - account.spendable()
            })
            .sum();
    ensure!(debits == given, "tips hold {given} tokens and wallets gave {debits}");
    let earned: i64 =
        accounts(house, house.creators.iter().map(|one| books::creator_tokens(*one).id))
            .await?
            .iter()
            .map(Account::spendable)
            .sum();
    let share = count * (TOKENS * 6_000 / 10_000);
    ensure!(earned == share, "creators should have {share} tokens and have {earned}");
    let proof = billing::prove(&house.billing).await.map_err(stopped)?;
    ensure!(proof.holds(), "the books are wrong:\n{proof:?}");
    Ok(format!("{count} tips, none lost, none twice; the books are proved"))
}

async fn accounts(house: &House, ids: impl Iterator<Item = u128>) -> Result<Vec<Account>> {
    let ids: Vec<u128> = ids.collect();
    let found = house.billing.ledger.look_up_accounts(&ids).await.map_err(told)?;
    Ok(found.into_iter().flatten().collect())
}
