//! Our side: the pipeline, the machine and the engine.

use anyhow::{Result, ensure};
use base::{Clock, Fault};
use ledger::{CreateTransferStatus, Ledger, NewTransfer};
use store::scratch::Scratch;
use store::{Engine, Group, Pipeline, Tx};

use super::plan;

struct Spends(Ledger);

impl Group for Spends {
    type Ask = Vec<NewTransfer>;
    type Answer = Vec<CreateTransferStatus>;

    async fn decide(
        &self,
        tx: &mut Tx,
        asks: &[Vec<NewTransfer>],
    ) -> Result<Vec<Self::Answer>, Fault> {
        let mut answers = Vec::new();
        for ask in asks {
            answers.push(self.0.create_transfers(tx, ask).await?);
        }
        Ok(answers)
    }
}

pub struct Ours {
    ledger: Ledger,
    pipeline: Pipeline<Spends>,
    _scratch: Scratch,
}

impl Ours {
    pub async fn new(engine: Engine) -> Result<Ours> {
        let scratch = Scratch::new(engine).await;
        let ledger = Ledger::open(&scratch.store, Clock::system()).await?;
        let accounts = plan::accounts();
        store::write!(scratch.store, |tx| Ok(ledger.create_accounts(tx, &accounts).await?))?;
        let pipeline = Pipeline::start(scratch.store.clone(), Spends(ledger.clone()));
        Ok(Ours { ledger, pipeline, _scratch: scratch })
    }

    pub async fn write(&self, group: Vec<NewTransfer>) -> Result<()> {
        let statuses = self.pipeline.ask(group).await?;
        let created = statuses.iter().all(|status| *status == CreateTransferStatus::Created);
        ensure!(created, "every transfer is new and allowed");
        Ok(())
    }

    pub async fn prove(&self) -> Result<()> {
        let proof = self.ledger.prove().await?;
        ensure!(proof.holds(), "the books are right: {:?}", proof.violations);
        Ok(())
    }
}
