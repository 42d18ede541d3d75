//! The audit log on both databases, and what becomes of it when somebody lays hands on it.

use base::{Actor, Env, SignedDuration};
use store::scratch::Scratch;
use store::{Engine, Page, Store, Value, Vault};

use super::*;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Office {
    _scratch: Scratch,
    store: Store,
    env: Env,
    vault: Vault,
}

impl Office {
    async fn open(engine: Engine) -> Office {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-22T12:00:00Z".parse().unwrap(), 7);
        let store = scratch.store.clone();
        Office { store, _scratch: scratch, env, vault: Vault::new(&[7; 32]) }
    }

    /// Notes so many things, one after the other.
    async fn note(&self, many: usize) {
        for nth in 0..many {
            self.env.clock.advance(SignedDuration::from_millis(2));
            let about = format!("cus_{nth}");
            let why = Some("the show broke off");
            let told = Note { by: Actor::System, what: WALLET_CREDITED, about: &about, why };
            store::write!(self.store, |tx| Ok(note(tx, &self.env, &told).await?)).unwrap();
        }
    }

    async fn seal(&self) -> usize {
        Seal::new(self.store.clone(), self.vault.clone()).all().await.unwrap()
    }

    async fn proof(&self) -> AuditProof {
        let mut reader = self.store.read().await.unwrap();
        reader.freeze().await.unwrap();
        verify(&mut reader, &self.vault).await.unwrap()
    }

    /// What the proof says after somebody ran a statement on the database.
    async fn after(&self, sql: &'static str, args: Vec<Value>) -> Vec<String> {
        let touched = store::write!(self.store, |tx| Ok(tx.execute(sql, args.clone()).await?));
        assert!(touched.unwrap() > 0, "{sql} touched nothing");
        let proof = self.proof().await;
        assert_eq!(proof.holds(), proof.differences.is_empty());
        proof.differences
    }

    async fn lines(&self, filter: &Filter) -> Vec<Line> {
        let mut reader = self.store.read().await.unwrap();
        list(&mut reader, filter, Page::first(100)).await.unwrap()
    }
}

async fn sealed(engine: Engine, many: usize) -> Office {
    let office = Office::open(engine).await;
    office.note(many).await;
    assert_eq!(office.seal().await, many);
    office
}

#[tokio::test]
async fn notes_are_sealed_in_order_once_and_the_chain_holds() {
    for engine in ENGINES {
        let office = sealed(engine, 5).await;
        office.note(2).await;
        let proof = office.proof().await;
        assert_eq!((proof.sealed, proof.unsealed, proof.differences), (5, 2, vec![]));
        assert_eq!((office.seal().await, office.seal().await), (2, 0));
        let after = office.proof().await;
        assert!(after.holds() && after.head.is_some() && after.head != proof.head);
        assert_eq!((after.sealed, after.unsealed), (7, 0));
        let places: Vec<_> = office.lines(&Filter::default()).await;
        let places: Vec<_> = places.into_iter().filter_map(|line| line.nth).collect();
        assert_eq!(places, [7, 6, 5, 4, 3, 2, 1], "newest first");
    }
}

#[tokio::test]
async fn an_empty_log_is_proved() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        assert_eq!(office.seal().await, 0);
        assert_eq!(office.proof().await, AuditProof::default());
    }
}

#[tokio::test]
async fn a_changed_note_is_named() {
    for engine in ENGINES {
        let office = sealed(engine, 5).await;
        let sql = "UPDATE audit_notes SET why = 'something else' WHERE nth = $1";
        let found = office.after(sql, vec![3_i64.into()]).await;
        let [only] = &found[..] else { panic!("{found:?}") };
        assert!(only.starts_with("note 3 (aud_") && only.contains("was changed"), "{only}");
    }
}

#[tokio::test]
async fn a_removed_note_is_missed_in_the_middle_and_at_the_end() {
    for engine in ENGINES {
        let office = sealed(engine, 6).await;
        let sql = "DELETE FROM audit_notes WHERE nth = $1";
        assert_eq!(office.after(sql, vec![2_i64.into()]).await, ["note 2 is missing"]);
        let found = office.after(sql, vec![6_i64.into()]).await;
        assert_eq!(found, ["note 2 is missing", "notes 6 to 6 are missing at the end"]);
        let sql = "DELETE FROM audit_notes WHERE nth IN ints($1)";
        let found = office.after(sql, vec![vec![3_i64, 4].into()]).await;
        assert_eq!(found[0], "notes 2 to 4 are missing");
    }
}

#[tokio::test]
async fn a_note_that_loses_its_seal_is_missed_in_its_place() {
    for engine in ENGINES {
        let office = sealed(engine, 4).await;
        let sql = "UPDATE audit_notes SET nth = NULL, seal = NULL WHERE nth = $1";
        assert_eq!(office.after(sql, vec![2_i64.into()]).await, ["note 2 is missing"]);
        office.seal().await;
        let found = office.proof().await.differences;
        assert_eq!(found, ["note 2 is missing"], "and it does not come back into its place");
    }
}

#[tokio::test]
async fn notes_that_change_places_are_named() {
    for engine in ENGINES {
        let office = sealed(engine, 6).await;
        let sql = "UPDATE audit_notes SET nth = $2 WHERE nth = $1";
        for (from, to) in [(2_i64, 99_i64), (4, 2)] {
            office.after(sql, vec![from.into(), to.into()]).await;
        }
        let found = office.after(sql, vec![99_i64.into(), 4_i64.into()]).await;
        for nth in [2, 4] {
            let named = |one: &String| one.starts_with(&format!("note {nth} (aud_"));
            assert!(found.iter().any(named), "note {nth}: {found:?}");
        }
    }
}

#[tokio::test]
async fn an_end_that_was_put_back_or_forged_is_seen() {
    for engine in ENGINES {
        let office = sealed(engine, 4).await;
        let sql = "UPDATE audit_head SET nth = 3 WHERE one = $1";
        let found = office.after(sql, vec![1_i64.into()]).await;
        assert_eq!(
            found,
            [
                "the end of the chain was changed, or another key sealed it",
                "notes 4 to 4 were added"
            ]
        );
        let found = office.after("DELETE FROM audit_head WHERE one = $1", vec![1_i64.into()]).await;
        assert_eq!(found, ["the end of the chain is not written down"]);
        let stranger = Office { vault: Vault::new(&[8; 32]), ..sealed(engine, 2).await };
        assert_eq!(stranger.proof().await.wrong, 3, "without the key nothing can be sealed");
    }
}

#[tokio::test]
async fn looking_often_is_noted_once_in_ten_minutes_for_each_case_and_person() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let (ana, ben): (base::id::StaffId, base::id::StaffId) = (env.id(), env.id());
        let (one, two): (base::id::CaseId, base::id::CaseId) = (env.id(), env.id());
        let look = async |staff, case: base::id::CaseId| {
            env.clock.advance(SignedDuration::from_millis(2));
            let about = case.to_string();
            store::write!(office.store, |tx| Ok(payment_read(tx, env, staff, &about).await?))
                .unwrap();
        };
        for (staff, case) in [(ana, one), (ana, one), (ben, one), (ana, two), (ana, one)] {
            look(staff, case).await;
        }
        let reads = Filter { what: "payment.".to_owned(), ..Filter::default() };
        assert_eq!(office.lines(&reads).await.len(), 3);
        env.clock.advance(READ_ONCE_IN);
        look(ana, one).await;
        assert_eq!(office.lines(&reads).await.len(), 4);
        let by_ben = Filter { actor: ben.to_string(), ..Filter::default() };
        assert_eq!(office.lines(&by_ben).await.len(), 1);
        let about_two = Filter { about: two.to_string(), ..Filter::default() };
        assert_eq!(office.lines(&about_two).await.len(), 1);
        let nothing = Filter { what: "payment.rea".to_owned(), actor: "x".to_owned(), ..about_two };
        assert_eq!(office.lines(&nothing).await, []);
    }
}

#[tokio::test]
async fn two_nodes_seal_one_chain_while_others_write() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        office.note(30).await;
        let (one, two, ()) = tokio::join!(office.seal(), office.seal(), office.note(20));
        let sealed = one + two + office.seal().await;
        let proof = office.proof().await;
        assert_eq!((sealed, proof.sealed, proof.differences), (50, 50, vec![]));
    }
}
