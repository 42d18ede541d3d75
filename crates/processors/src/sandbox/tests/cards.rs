//! Every magic card, from the page to the postback.

use processor::{DeclineClass, FoundState, NoticeKind};

use super::*;

async fn state(world: &World, reference: &str) -> FoundState {
    world.found(reference).await.unwrap().state
}

#[tokio::test]
async fn the_approving_card_pays_and_tells_once() {
    let mut world = World::open().await;
    let (page, id) = world.begin("att_1", 1250).await;
    let (status, to, _) = pay(&page, "4242 4242 4242 4242").await;
    assert_eq!((status, to), (303, Some(format!("{}/back", world.postbacks))));
    let notice = world.heard().await;
    assert_eq!(notice.kind, NoticeKind::Paid);
    assert_eq!(notice.amount, Some(Money::new(1250, Currency::EUR)));
    assert_eq!(notice.reference.as_deref(), Some("att_1"));
    assert_eq!(notice.transaction, Some(id));
    assert_eq!(notice.card.unwrap().last4.as_deref(), Some("4242"));
    assert_eq!(state(&world, "att_1").await, FoundState::Paid);
    let (status, to, _) = post(&page, &[("card", "4000 0000 0000 0002")]).await;
    assert_eq!((status, to.is_some()), (303, true), "pressing twice leads on, and pays once");
    world.is_quiet().await;
    assert_eq!(state(&world, "att_1").await, FoundState::Paid);
}

#[tokio::test]
async fn pressing_eight_times_at_once_pays_once() {
    let mut world = World::open().await;
    let (page, _) = world.begin("att_1", 500).await;
    let mut presses = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let page = page.clone();
        presses.spawn(async move { post(&page, &[("card", "4242 4242 4242 4242")]).await.0 });
    }
    assert_eq!(presses.join_all().await, [303; 8]);
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
    world.is_quiet().await;
}

#[tokio::test]
async fn declining_cards_decline_each_in_its_class() {
    let table = [
        ("4000 0000 0000 0002", "insufficient_funds", DeclineClass::Soft, "0002"),
        ("4000 0000 0000 0010", "stolen_card", DeclineClass::Stop, "0010"),
        ("other", "invalid_number", DeclineClass::Hard, "1111"),
    ];
    let mut world = World::open().await;
    for (card, cause, class, last4) in table {
        let (page, _) = world.begin(card, 500).await;
        let (status, _, html) = pay(&page, card).await;
        assert_eq!(status, 200);
        assert!(html.contains("Die Bank hat abgelehnt"), "{html}");
        let notice = world.heard().await;
        let decline = notice.decline.unwrap();
        assert_eq!(notice.kind, NoticeKind::Declined);
        assert_eq!((decline.cause.as_str(), decline.class), (cause, class));
        assert_eq!(notice.card.unwrap().last4.as_deref(), Some(last4));
        assert_eq!(state(&world, card).await, FoundState::Declined);
    }
}

#[tokio::test]
async fn silence_before_the_charge_leaves_the_sale_open_to_be_paid() {
    let mut world = World::open().await;
    let (page, _) = world.begin("att_1", 500).await;
    let (status, _, html) = pay(&page, "4000 0000 0000 0028").await;
    assert_eq!(status, 504);
    assert!(html.contains("Keine Antwort"));
    world.is_quiet().await;
    assert_eq!(state(&world, "att_1").await, FoundState::Waiting);
    pay(&page, "4242 4242 4242 4242").await;
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
}

#[tokio::test]
async fn silence_after_the_charge_is_known_to_the_look_up_only() {
    let mut world = World::open().await;
    let (page, _) = world.begin("att_1", 500).await;
    let (status, ..) = pay(&page, "4000 0000 0000 0036").await;
    assert_eq!(status, 504);
    world.is_quiet().await;
    let found = world.found("att_1").await.unwrap();
    assert_eq!(found.state, FoundState::Paid);
    assert_eq!(found.amount, Some(Money::new(500, Currency::EUR)));
}

#[tokio::test]
async fn an_asynchronous_payment_waits_and_is_paid_later() {
    let mut world = World::open().await;
    world.house.set(Settings { delay_ms: 1_500, ..Settings::default() });
    let (page, _) = world.begin("att_1", 500).await;
    let (status, ..) = pay(&page, "4000 0000 0000 0044").await;
    assert_eq!(status, 303);
    assert_eq!(world.heard().await.kind, NoticeKind::Waiting);
    assert_eq!(state(&world, "att_1").await, FoundState::Waiting);
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
    assert_eq!(state(&world, "att_1").await, FoundState::Paid);
}

#[tokio::test]
async fn a_late_postback_comes_after_the_look_up_knew() {
    let mut world = World::open().await;
    world.house.set(Settings { late_ms: 2_000, ..Settings::default() });
    let (page, _) = world.begin("att_1", 500).await;
    pay(&page, "4000 0000 0000 0051").await;
    assert_eq!(state(&world, "att_1").await, FoundState::Paid);
    world.is_quiet().await;
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
}

#[tokio::test]
async fn a_repeated_postback_is_one_fact_with_an_older_one_in_between() {
    let mut world = World::open().await;
    let (page, _) = world.begin("att_1", 500).await;
    pay(&page, "4000 0000 0000 0069").await;
    let mut heard = Vec::new();
    for _ in 0..4 {
        heard.push(world.heard().await);
    }
    let kinds: Vec<NoticeKind> = heard.iter().map(|notice| notice.kind).collect();
    let (paid, waiting) = (NoticeKind::Paid, NoticeKind::Waiting);
    assert_eq!(kinds, [paid, waiting, paid, paid]);
    assert!(heard[0].dedupe == heard[2].dedupe && heard[0].dedupe == heard[3].dedupe);
    assert_ne!(heard[0].dedupe, heard[1].dedupe);
    world.is_quiet().await;
}

#[tokio::test]
async fn a_disputed_payment_is_paid_first_and_charged_back_later() {
    let mut world = World::open().await;
    let (page, id) = world.begin("att_1", 500).await;
    pay(&page, "4000 0000 0000 0077").await;
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
    let dispute = world.heard().await;
    assert_eq!(dispute.kind, NoticeKind::ChargedBack);
    assert_eq!(dispute.parent, Some(id.clone()));
    assert_ne!(dispute.transaction, Some(id));
    assert_eq!(state(&world, "att_1").await, FoundState::ChargedBack);
}

#[tokio::test]
async fn magic_amounts_do_what_the_card_does() {
    let mut world = World::open().await;
    let (page, _) = world.begin("funds", 6602).await;
    pay(&page, "4242 4242 4242 4242").await;
    assert_eq!(world.heard().await.kind, NoticeKind::Declined);
    let (page, _) = world.begin("after", 126_636).await;
    pay(&page, "4242 4242 4242 4242").await;
    world.is_quiet().await;
    assert_eq!(state(&world, "after").await, FoundState::Paid);
}

#[tokio::test]
async fn giving_up_is_told_and_leads_to_the_shops_way_out() {
    let mut world = World::open().await;
    let (page, _) = world.begin("att_1", 500).await;
    let (status, to, _) = post(&format!("{page}/give-up"), &[]).await;
    assert_eq!((status, to), (303, Some(format!("{}/no", world.postbacks))));
    let notice = world.heard().await;
    assert_eq!(notice.kind, NoticeKind::Declined);
    assert_eq!(notice.decline.unwrap().class, DeclineClass::NeedsCustomer);
    let shown = browser().get(&page).send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("Hier ist nichts zu bezahlen"), "{shown}");
}
