//! Waiting chats are offered over two nodes: whoever listens on one is offered what was asked on the
//! other, and however many deal at once, there is one offer.

use std::time::Duration;

use base::SignedDuration;
use desk::chat::offers::{self, Stands};
use identity::staff::Role;
use store::Engine;

use super::desk_end::Mia;
use super::lines::case_of;
use super::node::Nodes;
use super::visitor::Visitor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_on_one_node_is_offered_once_to_whoever_is_there_on_the_other() {
    let nodes = Nodes::open(Engine::Postgres, 2).await;
    let mia = Mia::comes(&nodes, Role::Agent).await;
    let mut stream = mia.watches(&nodes, &nodes.all[1], None).await;
    let (mut eve, mut ida) = (Visitor::come(&nodes, 31).await, Visitor::come(&nodes, 32).await);
    eve.says("Eve waits".to_owned()).await;
    let case = case_of(&eve).await;
    let told = async {
        while let Some(event) = stream.next(Duration::from_secs(20)).await {
            if event.name == "offers" {
                return true;
            }
        }
        false
    };
    assert!(told.await, "the open page is told");
    ida.says("Ida waits".to_owned()).await;
    let desks = [&nodes.all[0].app.desk, &nodes.all[1].app.desk];
    let all = (0..20).map(|nth| offers::deal(desks[nth % 2]));
    assert!(futures_util::future::join_all(all).await.iter().all(Result::is_ok));
    let mut reader = desks[0].billing.store.read().await.unwrap();
    let standing = offers::standing(&mut reader).await.unwrap();
    assert_eq!(standing.len(), 1, "one at a time");
    assert_eq!((standing[0].case, standing[0].staff), (case, mia.id));
    drop(reader);

    // It runs out while both nodes look: one miss, and the other chat comes up.
    let of_ida = case_of(&ida).await;
    nodes.env.clock.advance(SignedDuration::from_secs(46));
    let all = (0..20).map(|nth| offers::deal(desks[nth % 2]));
    assert!(futures_util::future::join_all(all).await.iter().all(Result::is_ok));
    let mut reader = desks[1].billing.store.read().await.unwrap();
    let (offer, stands) = offers::look(&mut reader, mia.id).await.unwrap();
    assert_eq!(offer.map(|offer| offer.case), Some(of_ida));
    assert_eq!(stands, Stands::Takes, "one miss of three");
}
