//! A ledger on a throw-away database, with a clock that stands still until it is moved.

use base::{Clock, Fault, Kind, Refusal, Stop};
use ledger::{CreateAccountStatus, CreateTransferStatus, Ledger, NewAccount, NewTransfer, Pace};
use store::scratch::Scratch;
use store::{Engine, Group, Pipeline, Store, Tx};

/// So quick that runs and checkpoints happen in every test.
pub const QUICK: Pace = Pace { checkpoint_every: 23, run_every: 7 };

/// Where everything in a test happens.
pub struct World {
    pub scratch: Scratch,
    pub clock: Clock,
    pub ledger: Ledger,
    pipeline: Pipeline<Spends>,
}

/// Whether a deed is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Kept,
    RolledBack,
}

/// Spends of one group.
pub struct Spends(pub Ledger);

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

const NOT_KEPT: Refusal = Refusal::new(Kind::Rule, "not_kept", "the test takes it back");

pub async fn make(store: &Store, ledger: &Ledger, new: &[NewTransfer], end: End) -> Statuses {
    let mut seen = Vec::new();
    let done = store::write!(store, |tx| {
        seen = ledger.create_transfers(tx, new).await?;
        match end {
            End::Kept => Ok(()),
            End::RolledBack => Err(Stop::from(NOT_KEPT)),
        }
    });
    match done {
        Ok(()) => assert_eq!(end, End::Kept),
        Err(stop) => assert_eq!(stop.refusal(), Some(&NOT_KEPT), "{stop:?}"),
    }
    seen
}

type Statuses = Vec<CreateTransferStatus>;

impl World {
    pub async fn new(engine: Engine) -> World {
        let scratch = Scratch::new(engine).await;
        let clock = Clock::fixed("2026-11-21T20:00:00Z".parse().unwrap());
        let ledger = Ledger::open_at(&scratch.store, clock.clone(), QUICK).await.unwrap();
        let pipeline = Pipeline::start(scratch.store.clone(), Spends(ledger.clone()));
        World { scratch, clock, ledger, pipeline }
    }

    pub fn store(&self) -> &Store {
        &self.scratch.store
    }

    /// Reads everything from disk again.
    pub async fn reopen(&mut self) {
        self.ledger = Ledger::open_at(self.store(), self.clock.clone(), QUICK).await.unwrap();
        self.pipeline = Pipeline::start(self.store().clone(), Spends(self.ledger.clone()));
    }

    pub async fn open(&self, new: &[NewAccount]) -> Vec<CreateAccountStatus> {
        store::write!(self.store(), |tx| Ok(self.ledger.create_accounts(tx, new).await?)).unwrap()
    }

    pub async fn make(&self, new: &[NewTransfer]) -> Statuses {
        make(self.store(), &self.ledger, new, End::Kept).await
    }

    pub async fn spend(&self, new: Vec<NewTransfer>) -> Statuses {
        self.pipeline.ask(new).await.unwrap()
    }

    pub async fn expire(&self) -> u64 {
        store::write!(self.store(), |tx| Ok(self.ledger.expire(tx).await?)).unwrap()
    }

    pub async fn checkpoint(&self) {
        store::write!(self.store(), |tx| Ok(self.ledger.checkpoint(tx).await?)).unwrap();
    }

    /// The books are right.
    pub async fn balances(&self) {
        let proof = self.ledger.prove().await.unwrap();
        assert!(proof.holds(), "{:#?}", proof.violations);
    }
}
