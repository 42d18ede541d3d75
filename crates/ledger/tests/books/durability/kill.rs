//! SIGKILL at random moments.

use std::time::Duration;

use base::Chance;
use store::Engine;
use store::scratch::Scratch;

use super::sidecar::Sidecar;

/// How often; `PAYDESK_KILLS=10000` for a long night.
fn kills(usual: u32) -> u32 {
    std::env::var("PAYDESK_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

async fn kill(place: &str, times: u32, longest_micros: u64) {
    let chance = Chance::system();
    let mut sidecar = Sidecar::new(place);
    for nth in 0..times {
        sidecar.kill_after(Duration::from_micros(chance.below(longest_micros)));
        if nth % 4 == 0 || nth + 1 == times {
            sidecar.check().await;
        }
    }
    assert!(sidecar.told.len() > times as usize, "the children did something");
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_to_sigkill_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    kill(folder.path().to_str().unwrap(), kills(60), 40_000).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_to_sigkill_on_postgresql() {
    let scratch = Scratch::new(Engine::Postgres).await;
    kill(scratch.url().unwrap(), kills(15), 200_000).await;
}
