//! Checkpoints: the balances of every account that changed, and up to when they are right.

use base::Fault;
use store::Tx;

use super::{Books, columns, insert, number};
use crate::engines::columns::SUMS;

impl Books {
    pub(super) async fn checkpoint_if_due(&self, tx: &mut Tx) -> Result<(), Fault> {
        if self.memory().here.since_checkpoint >= self.pace.checkpoint_every {
            self.checkpoint(tx).await?;
        }
        Ok(())
    }

    /// Writes down what changed since the last checkpoint, in this deed's transaction.
    pub(crate) async fn checkpoint(&self, tx: &mut Tx) -> Result<(), Fault> {
        let (sums, upto) = {
            let mut memory = self.sound()?;
            let mut sums = SUMS.rows();
            for (account, (place, touched)) in
                memory.state.accounts().iter().zip((0..).zip(&memory.touched))
            {
                if *touched > memory.here.upto {
                    columns::push_sums(&mut sums, account, number(place), *touched);
                }
            }
            let upto = memory.state.last;
            memory.unwritten = true;
            (sums, upto)
        };
        metrics::histogram!("paydesk_ledger_checkpoint_accounts")
            .record(u32::try_from(sums.len()).unwrap_or(u32::MAX));
        insert(tx, &SUMS, sums).await?;
        crate::kill::point("inside a checkpoint");
        tx.execute("UPDATE ledger_checkpoint SET upto = $1", (upto,)).await?;
        let mut memory = self.memory();
        memory.here.upto = upto;
        memory.here.since_checkpoint = 0;
        memory.unwritten = false;
        Ok(())
    }
}
