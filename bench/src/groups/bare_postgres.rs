//! Bare PostgreSQL: the same rows by UNNEST, and the balances of the accounts they touch, absolute.

use std::collections::BTreeMap;

use anyhow::Result;
use ledger::NewTransfer;
use sqlx::{Connection as _, Executor as _, PgConnection};
use store::Engine;
use store::scratch::Scratch;

use super::plan;

pub struct Bare {
    connection: PgConnection,
    stamp: i64,
    debits: Vec<i64>,
    credits: Vec<i64>,
    _scratch: Scratch,
}

const INSERT: &str = "INSERT INTO ledger_transfers (timestamp, id, debit, credit, amount, code, \
    flags, seal, user_data_128, pending_id, user_data_64, user_data_32, timeout) \
    SELECT * FROM UNNEST($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], \
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bytea[], $10::bytea[], $11::bigint[], \
    $12::bigint[], $13::bigint[])";

const UPDATE: &str = "UPDATE ledger_accounts SET debits_posted = given.debits, \
    credits_posted = given.credits, touched = given.touched FROM (SELECT * FROM \
    UNNEST($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])) \
    AS given(number, debits, credits, touched) WHERE ledger_accounts.number = given.number";

impl Bare {
    /// The schema is ours, so that both write the same tables and indexes.
    pub async fn new() -> Result<Bare> {
        let scratch = Scratch::new(Engine::Postgres).await;
        let url = scratch.url().unwrap_or_default().to_owned();
        let mut connection = PgConnection::connect(&url).await?;
        connection
            .execute(
                "INSERT INTO ledger_accounts (number, id, debits_pending, debits_posted, \
                 credits_pending, credits_posted, ledger, code, flags, timestamp, touched) \
                 SELECT n, decode(lpad(to_hex(n), 32, '0'), 'hex'), 0, 0, 0, 0, 1, 1, 0, n, 0 \
                 FROM generate_series(1, 10000) AS n",
            )
            .await?;
        let count = usize::try_from(plan::ACCOUNTS)?;
        Ok(Bare {
            connection,
            stamp: 1_763_755_200_000_000_000,
            debits: vec![0; count],
            credits: vec![0; count],
            _scratch: scratch,
        })
    }

    pub async fn write(&mut self, group: &[NewTransfer]) -> Result<()> {
        let mut touched = BTreeMap::new();
        let mut stamps = Vec::with_capacity(group.len());
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for transfer in group {
            self.stamp += 1;
            stamps.push(self.stamp);
            let debit = plan::place(transfer.debit_account_id);
            let credit = plan::place(transfer.credit_account_id);
            self.debits[debit] += transfer.amount;
            self.credits[credit] += transfer.amount;
            from.push(debit as i64 + 1);
            to.push(credit as i64 + 1);
            touched.insert(debit, self.stamp);
            touched.insert(credit, self.stamp);
        }
        let bytes = |id: u128| id.to_be_bytes().to_vec();
        let ints = |of: fn(&NewTransfer) -> i64| group.iter().map(of).collect::<Vec<i64>>();
        let none: Vec<Option<i64>> = vec![None; group.len()];
        let no_bytes: Vec<Option<Vec<u8>>> = vec![None; group.len()];
        self.connection.execute("BEGIN").await?;
        sqlx::query(INSERT)
            .bind(&stamps)
            .bind(group.iter().map(|one| bytes(one.id)).collect::<Vec<_>>())
            .bind(from)
            .bind(to)
            .bind(ints(|one| one.amount))
            .bind(ints(|one| i64::from(one.code)))
            .bind(&none)
            .bind(&stamps)
            .bind(group.iter().map(|one| bytes(one.user_data_128)).collect::<Vec<_>>())
            .bind(no_bytes)
            .bind(&none)
            .bind(&none)
            .bind(&none)
            .execute(&mut self.connection)
            .await?;
        let places: Vec<usize> = touched.keys().copied().collect();
        sqlx::query(UPDATE)
            .bind(places.iter().map(|place| *place as i64 + 1).collect::<Vec<_>>())
            .bind(places.iter().map(|place| self.debits[*place]).collect::<Vec<_>>())
            .bind(places.iter().map(|place| self.credits[*place]).collect::<Vec<_>>())
            .bind(touched.values().copied().collect::<Vec<_>>())
            .execute(&mut self.connection)
            .await?;
        self.connection.execute("COMMIT").await?;
        Ok(())
    }
}
