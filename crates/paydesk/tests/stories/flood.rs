//! A flood: thousands of postbacks from four processors, in any order, each sent one to three
//! times, many at once over real HTTP. The books end as if each had come once and in order.
//!
//! `PAYDESK_FLOOD` sets how many distinct postbacks there are, `PAYDESK_FLOOD_SEED` their order.

mod houses;
mod line;
mod shop;

use std::time::Instant;

use base::{Chance, SignedDuration};
use billing::notices::Filed;
use testkit::{Engine, World};

use houses::{House, Told};
use line::{Line, Request};
use shop::{Shop, Standing};

/// How many distinct postbacks there are if nobody says. A debug build needs seven minutes for ten
/// thousand on PostgreSQL, so that many are asked for there by hand.
const fn usual(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => 10_000,
        Engine::Postgres => 4_000,
    }
}
/// How many connections they come over.
const LINES: usize = 32;

/// What becomes of a payment, and what its house tells of it.
fn scripts() -> [Vec<Told>; 8] {
    let parts = |many: u16, minor| (0..many).map(move |nth| Told::Refund { minor, nth });
    let yes = || std::iter::once(Told::Yes);
    [
        vec![Told::Waiting(1), Told::Yes, Told::Waiting(2)],
        vec![Told::Waiting(1), Told::No(1), Told::No(2)],
        vec![Told::No(1), Told::Yes],
        yes().chain(parts(10, 100)).collect(),
        yes().chain(parts(9, 50)).chain([Told::TakenBack { minor: 550 }]).collect(),
        yes().chain(parts(20, 25)).collect(),
        vec![Told::Yes, Told::Wrong(1), Told::Wrong(2)],
        yes().chain(parts(15, 20)).collect(),
    ]
}

fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What every house tells of every payment, payment by payment and in order.
fn told(shop: &Shop, world: &World) -> Vec<Vec<Request>> {
    let scripts = scripts();
    let of_one = |(nth, payment): (usize, &shop::Payment)| {
        let script = &scripts[(nth / House::ALL.len()) % scripts.len()];
        script.iter().map(|told| payment.house.request(payment, *told, world)).collect()
    };
    shop.payments.iter().enumerate().map(of_one).collect()
}

/// Each one to three times, in any order.
fn shuffled(told: &[Vec<Request>], chance: &Chance) -> Vec<Request> {
    let all = told.iter().flatten();
    let mut all: Vec<Request> = all
        .flat_map(|request| vec![request.clone(); 1 + usize::try_from(chance.below(3)).unwrap()])
        .collect();
    for nth in (1..all.len()).rev() {
        all.swap(nth, usize::try_from(chance.below(nth as u64 + 1)).unwrap());
    }
    all
}

/// Sends what each line has to send, line by line in order, all lines at once.
async fn send(world: &World, lines: Vec<Vec<Request>>) {
    let address = world.base.socket_addrs(|| None).unwrap()[0];
    let sent = lines.into_iter().enumerate().map(|(nth, requests)| {
        tokio::spawn(async move {
            let mut line = Line::open(address, nth).await;
            for request in &requests {
                line.send(request).await;
            }
        })
    });
    for sent in sent.collect::<Vec<_>>() {
        sent.await.unwrap();
    }
}

fn dealt<T>(all: impl IntoIterator<Item = T>) -> Vec<Vec<T>> {
    let mut lines: Vec<Vec<T>> = (0..LINES).map(|_| Vec::new()).collect();
    for (nth, one) in all.into_iter().enumerate() {
        lines[nth % LINES].push(one);
    }
    lines
}

/// Whether jobs are worked and facts told; what comes in order waits for none of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Works {
    Everything,
    Nothing,
}

/// A shop whose payments are told as `tell` deals them out; how everything stands afterwards.
async fn after(
    engine: Engine,
    many: usize,
    works: Works,
    tell: impl FnOnce(&[Vec<Request>]) -> Vec<Vec<Request>>,
) -> (Standing, usize) {
    let world = World::of(engine, houses::CONFIG).await;
    let began = Instant::now();
    let shop = Shop::open(&world, many).await;
    let told = told(&shop, &world);
    let distinct = told.iter().map(Vec::len).sum();
    let opened = began.elapsed();
    let lines = tell(&told);
    let sent: usize = lines.iter().map(Vec::len).sum();
    send(&world, lines).await;
    let heard = began.elapsed();
    if works == Works::Everything {
        // What came before the message that names its payment is tried again after a while.
        for seconds in [6, 30, 120] {
            world.waits(SignedDuration::from_secs(seconds)).await;
        }
    }
    let standing = shop.stands(&world).await;
    let mut reader = world.app.billing.store.read().await.unwrap();
    let counts = billing::notices::counts(&mut reader).await.unwrap();
    drop(reader);
    for (filed, many) in &counts {
        assert!(!matches!(filed, Filed::Waiting | Filed::Unmatched), "{many} are {filed} still");
    }
    world.books_balance().await;
    if works == Works::Everything {
        // The ends of the checkouts that nobody paid are all that is left to do.
        world.waits(SignedDuration::from_hours(25)).await;
        let mut reader = world.app.billing.store.read().await.unwrap();
        assert_eq!(store::jobs::open_count(&mut reader).await.unwrap(), 0, "jobs are left");
        drop(reader);
        world.ends_well().await;
    }
    println!(
        "{engine:?}: {} payments opened in {opened:.1?}, {sent} postbacks heard in {:.1?}, all \
         done after {:.1?}; {counts:?}",
        shop.payments.len(),
        heard - opened,
        began.elapsed(),
    );
    (standing, distinct)
}

async fn ends_in_the_same_books(engine: Engine) {
    let many = asked("PAYDESK_FLOOD", usual(engine));
    let seed = asked("PAYDESK_FLOOD_SEED", 20_261_121) as u64;
    println!("{engine:?}: PAYDESK_FLOOD={many} PAYDESK_FLOOD_SEED={seed}");
    let scripts = scripts();
    let each: usize = scripts.iter().map(Vec::len).sum();
    // Every house goes through every script equally often.
    let round = scripts.len() * House::ALL.len();
    let payments = (many * scripts.len()).div_ceil(each).next_multiple_of(round);
    let in_order = after(engine, payments, Works::Nothing, |told| {
        dealt(told.to_vec()).into_iter().map(|line| line.concat()).collect()
    });
    let (in_order, distinct) = Box::pin(in_order).await;
    assert!(distinct >= many, "{distinct} distinct postbacks are too few");
    let chance = Chance::seeded(seed);
    let in_any = after(engine, payments, Works::Everything, |told| dealt(shuffled(told, &chance)));
    let in_any = Box::pin(in_any).await.0;
    assert_eq!(in_any.totals, in_order.totals, "seed {seed}");
    for (nth, (any, ordered)) in in_any.payments.iter().zip(&in_order.payments).enumerate() {
        assert_eq!(any, ordered, "payment {nth}, seed {seed}");
    }
    assert_eq!(in_any.wallets, in_order.wallets, "seed {seed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_on_sqlite() {
    Box::pin(ends_in_the_same_books(Engine::Sqlite)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_on_postgres() {
    Box::pin(ends_in_the_same_books(Engine::Postgres)).await;
}
