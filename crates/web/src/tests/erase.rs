//! Somebody is forgotten from the console: what goes and what stays is shown first.

use std::sync::Arc;

use desk::people;
use desk::retention::Erase;
use store::jobs::Workers;

use super::world::{ENGINES, World};

#[tokio::test]
async fn an_admin_sees_what_goes_and_what_stays_and_then_what_became_of_it() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let billing = &world.web.billing;
        let (store, env) = (&billing.store, &billing.env);
        let admin = world.shift_of("admin").await;
        let customer = format!("/console/customers/{}", world.ana);
        admin.get(&customer).await.is(200).page("en").says("Forget this customer");
        let path = format!("/console/erasures/customer/{}", world.ana);
        let path = admin.post(&path, &[]).await.leads();
        let page = admin.get(&path).await.is(200).page("en").says("What stays, and why");
        assert!(page.text.contains("books must be kept"), "and why");
        let again = admin.post(&path, &[("why", "letter 7")]).await.is(422).page("en");
        again.says("Tick the box");
        admin.post(&path, &[("sure", "yes")]).await.is(422).page("en").says("Refused");
        let sure = [("why", "letter 7"), ("sure", "yes")];
        assert_eq!(admin.post(&path, &sure).await.leads(), path);
        admin.get(&path).await.is(200).page("en").says("under way");
        admin.get("/console/erasures").await.is(200).page("en").says("under way");
        let workers = Workers::new(store.clone(), env.clone());
        let workers = workers.with(Arc::new(Erase::new(store.clone(), env.clone())));
        workers.run_until_idle().await.unwrap();
        let page = admin.get(&path).await.is(200).page("en").says("letter 7");
        assert!(page.text.contains("done") && !page.text.contains("What goes"));
        let mut reader = store.read().await.unwrap();
        let all = people::of_a_customer(&mut reader, world.ana).await.unwrap();
        assert!(all.is_empty(), "nobody is that customer any more");
        drop(reader);
        let page = admin.get(&customer).await.is(200).page("en");
        assert!(!page.text.contains("ana@"), "the customer has no mail address");
    }
}

#[tokio::test]
async fn a_wish_is_taken_back_and_whoever_may_not_reads_why() {
    let world = World::new(ENGINES[0]).await;
    let admin = world.shift_of("admin").await;
    let path = format!("/console/erasures/customer/{}", world.ana);
    let path = admin.post(&path, &[]).await.leads();
    let lead = world.shift_of("lead").await;
    lead.get(&path).await.is(200).page("en").says("Admins may do this.");
    lead.post(&path, &[("why", "x"), ("sure", "yes")]).await.is(403);
    let agent = world.shift_of("agent").await;
    agent.get(&path).await.is(403);
    let menu = agent.get("/console/payments").await.is(200);
    assert!(!menu.text.contains("/console/erasures"), "no entry for who may not");
    admin.post(&path, &[("why", "letter 8"), ("sure", "yes")]).await.leads();
    let page = admin.get(&path).await.is(200).page("en").says("Take the request back");
    let withdraw = page.text.split("action=\"").find(|rest| rest.contains("/withdraw\""));
    let withdraw = withdraw.unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(admin.post(&withdraw, &[]).await.leads(), path);
    let page = admin.get(&path).await.is(200).page("en");
    assert!(!page.text.contains("under way") && page.text.contains("What goes"));
}
