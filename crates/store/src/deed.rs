//! A deed: everything that happens in one transaction, run again where a race was lost.

use std::time::Duration;

use base::Fault;

use crate::postgres::Conflict;
use crate::sqlite;
use crate::store::Store;
use crate::tx::Tx;

/// How often a deed is run again after a conflict before it is a fault.
const MOST_TRIES: u32 = 12;
/// How often it is run again because a key was there already.
const MOST_TRIES_FOR_A_KEY: u32 = 3;

/// What a deed may be isolated by.
#[derive(Clone, Copy)]
pub(crate) enum Isolation {
    /// As if it were alone.
    Serializable,
    /// As [`Isolation::Serializable`], and nobody else may write money meanwhile.
    Alone,
    /// Locks what it touches by itself: the spend pipeline.
    Locking,
    /// One statement that is right by itself, about no money: the queue's own bookkeeping.
    Aside,
}

/// Why a deed was not kept although it had ended well, or could not be ended at all.
pub(crate) enum Unkept {
    Conflict,
    Fault(Fault),
}

impl From<Fault> for Unkept {
    fn from(fault: Fault) -> Unkept {
        Unkept::Fault(fault)
    }
}

/// The tries of one deed. Used by [`crate::write!`] only.
#[doc(hidden)]
pub struct Tries {
    done: u32,
    isolations: [Isolation; 2],
}

/// What follows a try. Used by [`crate::write!`] only.
#[doc(hidden)]
pub enum Next<T, E> {
    /// The deed has ended.
    Return(Result<T, E>),
    /// It lost a race and runs again.
    Again,
}

impl Tries {
    /// The tries of a deed.
    ///
    /// A deed that lost a race runs again with the money side to itself, so that a stream of
    /// spends cannot starve it.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "made by one macro")]
    pub fn new() -> Tries {
        Tries { done: 0, isolations: [Isolation::Serializable, Isolation::Alone] }
    }

    /// The tries of a group of spends.
    pub(crate) fn locking() -> Tries {
        Tries { done: 0, isolations: [Isolation::Locking; 2] }
    }

    /// The tries of the queue's own bookkeeping.
    pub(crate) fn aside() -> Tries {
        Tries { done: 0, isolations: [Isolation::Aside; 2] }
    }

    /// Begins a try.
    ///
    /// # Errors
    /// A fault if no transaction can be begun.
    pub async fn begin(&mut self, store: &Store) -> Result<Tx, Fault> {
        let [first, later] = self.isolations;
        let isolation = if self.done == 0 { first } else { later };
        self.done += 1;
        store.begin(isolation).await
    }

    /// Ends a try: commits what was done, rolls back what stopped, and says what follows.
    pub async fn end<T, E: From<Fault>>(
        &mut self,
        store: &Store,
        tx: Tx,
        done: Result<T, E>,
    ) -> Next<T, E> {
        // A statement's failure that the deed overlooked stops it all the same.
        let failed = tx.failed.clone();
        let done = match (done, &failed) {
            (Ok(_), Some(why)) => Err(Fault::new(format!("keep a deed after it {why}")).into()),
            (done, _) => done,
        };
        let most = match tx.conflict {
            Conflict::None => 1,
            Conflict::SameKey => MOST_TRIES_FOR_A_KEY,
            Conflict::Lost => MOST_TRIES,
        };
        let end = if done.is_ok() { sqlite::End::Keep } else { sqlite::End::Undo };
        let ended = store.end(tx, end).await;
        let most = if matches!(ended, Err(Unkept::Conflict)) { MOST_TRIES } else { most };
        if (done.is_err() || ended.is_err()) && self.done < most {
            tokio::time::sleep(Duration::from_millis(u64::from(self.done))).await;
            return Next::Again;
        }
        Next::Return(match ended {
            Ok(()) => done,
            Err(Unkept::Conflict) => Err(Fault::new("get past conflicting writers").into()),
            Err(Unkept::Fault(fault)) => Err(match failed {
                Some(why) => Fault::of(format!("end a deed after it {why}"), fault).into(),
                None => fault.into(),
            }),
        })
    }
}

/// Runs a deed in one transaction: `write!(store, |tx| { …; Ok(answer) })`.
///
/// What it wrote is durable when this gives `Ok`; after a refusal nothing of it remains, and after
/// a fault neither, except where the connection was lost during the commit itself: then nobody
/// knows, and asking again under the same id tells. It is a macro because an asynchronous closure
/// cannot promise to be `Send` yet.
///
/// Careful: the deed may run several times on PostgreSQL, so it may do nothing but use its
/// transaction; and it must not write inside a write, which would wait for itself.
#[macro_export]
macro_rules! write {
    ($store:expr, |$tx:ident| $deed:expr) => {
        $crate::write_with!($crate::Tries::new(), ::base::Stop, $store, |$tx| $deed)
    };
}

/// As [`write!`], for the queue's own bookkeeping: one statement that is right by itself.
macro_rules! write_aside {
    ($store:expr, |$tx:ident| $deed:expr) => {
        $crate::write_with!($crate::Tries::aside(), ::base::Fault, $store, |$tx| $deed)
    };
}
pub(crate) use write_aside;

/// What [`write!`] is made of.
#[doc(hidden)]
#[macro_export]
macro_rules! write_with {
    ($tries:expr, $stop:ty, $store:expr, |$tx:ident| $deed:expr) => {{
        let store: &$crate::Store = &$store;
        let mut tries = $tries;
        loop {
            let mut held = match tries.begin(store).await {
                Ok(tx) => tx,
                Err(fault) => break Err(<$stop>::from(fault)),
            };
            let done: ::std::result::Result<_, $stop> = {
                let $tx = &mut held;
                async { $deed }.await
            };
            match tries.end(store, held, done).await {
                $crate::Next::Return(answer) => break answer,
                $crate::Next::Again => {}
            }
        }
    }};
}
