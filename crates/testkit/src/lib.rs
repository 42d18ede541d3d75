//! A world for stories: people and deeds, a clock that can be set, a processor at the other end of
//! a real wire, on both databases.
//!
//! A story ends by proving the books and finding nothing left to do.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a world that cannot be made, or an answer of the wrong shape, ends the story"
)]

mod answer;
mod deeds;
mod shopper;
mod wire_house;
mod world;

pub use answer::Answer;
pub use shopper::{Card, Shopper};
pub use wire_house::{Manner, WireHouse};
pub use world::World;

/// Runs each story on SQLite and on PostgreSQL, in a world of its own.
#[macro_export]
macro_rules! stories {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: &World) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn story($world: &$crate::World) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    let world = $crate::World::new($crate::Engine::Sqlite).await;
                    story(&world).await;
                    world.ends_well().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    let world = $crate::World::new($crate::Engine::Postgres).await;
                    story(&world).await;
                    world.ends_well().await;
                }
            }
        )*
    };
}

pub use store::Engine;
