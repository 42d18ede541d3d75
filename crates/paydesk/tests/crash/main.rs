//! The program is killed at any point of a purchase or a tip, started again, and asked again with
//! the same keys: it ends in the same books as if nothing had happened.
//!
//! The sandbox's house lives in this test and survives, as a real processor would. The seed is
//! printed and can be given in `PAYDESK_SEED`, the number of kills in `PAYDESK_KILLS`.
#![expect(clippy::unwrap_used, reason = "a test: what goes wrong ends it")]

mod buyer;
mod house;
mod victim;

use std::sync::Arc;
use std::time::Duration;

use base::Chance;

use buyer::Buyer;
use house::Neighbour;
use victim::Victim;

const BUYERS: u64 = 6;
const TIPS: u64 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_kills_on_sqlite_end_in_the_same_books() {
    kill_and_count(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_kills_on_postgres_end_in_the_same_books() {
    kill_and_count(Some(store::scratch::Scratch::database().await.unwrap())).await;
}

async fn kill_and_count(database: Option<String>) {
    let number = |name: &str, usual: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let seed = number("PAYDESK_SEED", u64::from_le_bytes(Chance::system().bytes()) >> 1);
    let kills = number("PAYDESK_KILLS", 10);
    println!("PAYDESK_SEED={seed} PAYDESK_KILLS={kills}");
    let chance = Chance::seeded(seed);

    let neighbour = Neighbour::open().await;
    let mut victim = Victim::prepare(&neighbour, database.as_deref());
    victim.start().await;
    let shop = Arc::new(victim.shop().await);
    let buyers: Vec<_> = (0..BUYERS)
        .map(|nth| tokio::spawn(Buyer::new(Arc::clone(&shop), nth).buys_and_tips(TIPS)))
        .collect();

    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(5 + chance.below(300))).await;
        victim.is_killed().await;
        victim.start().await;
    }
    for buyer in buyers {
        let (customer, expected) = buyer.await.unwrap();
        let found = shop.balance(&customer).await;
        assert_eq!(found, expected, "{customer} must hold what was bought less what was tipped");
    }
    let earned = shop.creator_tips().await;
    assert_eq!(earned, i64::try_from(BUYERS * TIPS * 5).unwrap(), "every tip once");
    victim.stops().await;
    victim.proves_its_books();
}
