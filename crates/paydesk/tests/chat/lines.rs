//! Every line once, in order, at both ends.

use base::Chance;
use base::id::CaseId;
use desk::cases::{self, ThreadKind};
use identity::staff::Role;
use serde_json::Value;
use store::Engine;

use super::desk_end::Mia;
use super::node::Nodes;
use super::visitor::Visitor;

const VISITORS: u64 = 8;
const THEIRS: usize = 15;
const OURS: usize = 10;
const SEED: u64 = 20_261_122;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_comes_once_and_in_order_at_both_ends_over_two_nodes_on_postgres() {
    story(Nodes::open(Engine::Postgres, 2).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_comes_once_and_in_order_at_both_ends_on_one_node_on_sqlite() {
    story(Nodes::open(Engine::Sqlite, 1).await).await;
}

async fn story(nodes: Nodes) {
    let mia = Mia::comes(&nodes, Role::Agent).await;
    let whole = usize::try_from(VISITORS).unwrap() * (THEIRS + OURS);
    let talks = futures_util::future::join_all((0..VISITORS).map(|nth| talk(&nodes, &mia, nth)));
    let (talks, seen) = tokio::join!(talks, mia.sees(&nodes, SEED, whole));
    assert_eq!(seen.len(), talks.len(), "the desk saw every talk");
    for (case, read, written) in talks {
        let rows = rows(&nodes, case).await;
        let read_texts: Vec<String> = read.iter().map(|(_, text)| text.clone()).collect();
        assert_eq!(read_texts, rows, "the visitor read every line once and in order ({case})");
        assert_eq!(seen[&case], rows, "so did the desk");
        let of = |who: &'static str| {
            rows.iter().filter(|text| text.starts_with(who)).collect::<Vec<&String>>()
        };
        let written: Vec<&String> = written.iter().map(|(_, text)| text).collect();
        assert_eq!(of("visitor"), written, "as they were written");
        let ours: Vec<String> = (0..OURS).map(|nth| format!("desk {nth}")).collect();
        assert_eq!(of("desk"), ours.iter().collect::<Vec<_>>());
    }
}

/// One talk: the visitor writes, the desk answers, the visitor listens, all at once.
async fn talk(
    nodes: &Nodes,
    mia: &Mia,
    nth: u64,
) -> (CaseId, Vec<(i64, String)>, Vec<(String, String)>) {
    let mut visitor = Visitor::come(nodes, SEED + nth).await;
    visitor.says(format!("visitor {nth}: <b>hej</b> 🙂 0")).await;
    let case = case_of(&visitor).await;
    let listener = visitor.another_tab(9_000 + nth);
    let chance = Chance::seeded(SEED ^ nth);
    let writes = async {
        for line in 1..THEIRS {
            visitor.says(format!("visitor {nth}: {line}")).await;
        }
        std::mem::take(&mut visitor.written)
    };
    let answers = async {
        for line in 0..OURS {
            mia.answers(nodes.any(&chance), case, &format!("desk {line}")).await;
        }
    };
    let (written, (), read) =
        tokio::join!(writes, answers, listener.listens(SEED * 3 + nth, THEIRS + OURS));
    (case, read, written)
}

/// The case of a visitor's talk, by its reference.
pub(crate) async fn case_of(visitor: &Visitor<'_>) -> CaseId {
    let node = &visitor.nodes.all[0];
    let call = visitor.call(node, reqwest::Method::GET, "messages?after=0");
    let body: Value = call.send().await.unwrap().json().await.unwrap();
    assert_eq!(body["lines"][0]["from"], "you");
    let reference = body["state"]["reference"].as_str().expect("a reference").parse().unwrap();
    let mut reader = node.app.billing.store.read().await.unwrap();
    cases::find_by_reference(&mut reader, &reference).await.unwrap().unwrap().id
}

async fn rows(nodes: &Nodes, case: CaseId) -> Vec<String> {
    let mut reader = nodes.all[0].app.billing.store.read().await.unwrap();
    let threads = [ThreadKind::Customer];
    let messages = cases::messages(&mut reader, case, &threads, 0, 1_000).await.unwrap();
    messages.into_iter().map(|message| message.text).collect()
}
