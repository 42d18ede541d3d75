//! The house beyond its cards: refunds, silence on the API, restarts, settings, shut doors.

use processor::{FoundState, NoticeKind, Refunding};

use super::*;

fn refunding(key: &str, id: &str, minor: i64, paid: i64) -> Refunding {
    Refunding {
        key: key.to_owned(),
        transaction: id.to_owned(),
        amount: Money::new(minor, Currency::EUR),
        paid: Money::new(paid, Currency::EUR),
        reason: "asked for".to_owned(),
    }
}

async fn paid(world: &mut World, reference: &str, minor: i64) -> String {
    let (page, id) = world.begin(reference, minor).await;
    pay(&page, "4242 4242 4242 4242").await;
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
    id
}

#[tokio::test]
async fn refunds_add_up_to_the_payment_and_no_further() {
    let mut world = World::open().await;
    let id = paid(&mut world, "att_1", 1000).await;
    let Answer::Done(first) = world.shop.refund(&refunding("op_1", &id, 400, 1000)).await else {
        panic!("not refunded")
    };
    assert_eq!(first.amount, Some(Money::new(400, Currency::EUR)));
    let notice = world.heard().await;
    assert_eq!((notice.kind, notice.parent), (NoticeKind::Refunded, Some(id.clone())));
    assert_eq!(notice.amount, Some(Money::new(400, Currency::EUR)));
    assert_eq!(notice.transaction, first.transaction);

    let again = world.shop.refund(&refunding("op_1", &id, 400, 1000)).await;
    assert_eq!(again, Answer::Done(first), "the same key is the same refund");
    world.is_quiet().await;
    let other = world.shop.refund(&refunding("op_1", &id, 300, 1000)).await;
    assert!(matches!(other, Answer::NotExecuted(_)), "{other:?}");
    let over = world.shop.refund(&refunding("op_2", &id, 601, 1000)).await;
    assert!(matches!(&over, Answer::NotExecuted(why) if why.contains("exceeds")), "{over:?}");
    let void = world.shop.void("op_v", &id).await;
    assert!(matches!(void, Answer::NotExecuted(_)), "{void:?}");

    assert!(matches!(world.shop.refund(&refunding("op_3", &id, 600, 1000)).await, Answer::Done(_)));
    assert_eq!(world.found("att_1").await.unwrap().state, FoundState::Refunded);
    let notice = world.heard().await;
    assert_eq!(notice.amount, Some(Money::new(600, Currency::EUR)));
}

#[tokio::test]
async fn magic_refunds_are_declined_silent_or_late() {
    let mut world = World::open().await;
    let id = paid(&mut world, "att_1", 100_000).await;
    let declined = world.shop.refund(&refunding("op_1", &id, 6602, 100_000)).await;
    assert!(matches!(declined, Answer::Declined(_)), "{declined:?}");
    let before = world.shop.refund(&refunding("op_2", &id, 6628, 100_000)).await;
    assert!(matches!(before, Answer::Unknown(_)), "{before:?}");
    world.is_quiet().await;
    let after = world.shop.refund(&refunding("op_3", &id, 6636, 100_000)).await;
    assert!(matches!(after, Answer::Unknown(_)), "{after:?}");
    world.is_quiet().await;
    let shown = world.shop.refund(&refunding("op_3", &id, 6636, 100_000)).await;
    assert!(matches!(shown, Answer::Done(_)), "asking again tells that it was done: {shown:?}");
    let late = world.shop.refund(&refunding("op_4", &id, 6644, 100_000)).await;
    assert_eq!(late, Answer::Accepted);
    let notice = world.heard().await;
    assert_eq!(notice.amount, Some(Money::new(6644, Currency::EUR)));
    let done = world.shop.refund(&refunding("op_4", &id, 6644, 100_000)).await;
    assert!(matches!(done, Answer::Done(_)), "{done:?}");
}

#[tokio::test]
async fn a_void_undoes_the_payment_once() {
    let mut world = World::open().await;
    let id = paid(&mut world, "att_1", 1000).await;
    let Answer::Done(done) = world.shop.void("op_1", &id).await else { panic!("not voided") };
    assert_eq!(done.amount, Some(Money::new(1000, Currency::EUR)));
    let notice = world.heard().await;
    assert_eq!((notice.kind, notice.parent), (NoticeKind::Voided, Some(id.clone())));
    assert!(matches!(world.shop.void("op_1", &id).await, Answer::Done(_)));
    world.is_quiet().await;
    assert_eq!(world.found("att_1").await.unwrap().state, FoundState::Voided);
    let refund = world.shop.refund(&refunding("op_2", &id, 1, 1000)).await;
    assert!(matches!(refund, Answer::NotExecuted(_)), "{refund:?}");
}

#[tokio::test]
async fn opening_in_silence_is_unknown_and_the_look_up_tells_which() {
    let world = World::open().await;
    let before = world.shop.start(&world.wish("before", 6629)).await;
    assert!(matches!(before, Answer::Unknown(_)), "{before:?}");
    assert_eq!(world.found("before").await, None);
    let after = world.shop.start(&world.wish("after", 6637)).await;
    assert!(matches!(after, Answer::Unknown(_)), "{after:?}");
    assert_eq!(world.found("after").await.unwrap().state, FoundState::Waiting);
}

#[tokio::test]
async fn the_same_key_opens_one_sale_and_references_are_unique() {
    let world = World::open().await;
    let first = world.begin("att_1", 500).await;
    assert_eq!(world.begin("att_1", 500).await, first);
    let other = world.shop.start(&world.wish("att_1", 501)).await;
    assert!(matches!(&other, Answer::NotExecuted(why) if why.contains("idempotency")), "{other:?}");
    let twin = StartRequest { key: "op_other".to_owned(), ..world.wish("att_1", 500) };
    let twin = world.shop.start(&twin).await;
    assert!(matches!(&twin, Answer::NotExecuted(why) if why.contains("reference")), "{twin:?}");
}

#[tokio::test]
async fn settings_lose_double_and_break_things() {
    let mut world = World::open().await;
    let api = format!("{}/sandbox/api/settings", world.base);
    let put = |json: serde_json::Value| {
        let request = browser().put(&api).bearer_auth(KEY);
        request.header("content-type", "application/json").body(json.to_string()).send()
    };
    assert_eq!(put(serde_json::json!({"drop_postbacks": 1})).await.unwrap().status(), 200);
    let (page, _) = world.begin("lost", 500).await;
    pay(&page, "4242 4242 4242 4242").await;
    world.is_quiet().await;
    assert_eq!(world.found("lost").await.unwrap().state, FoundState::Paid);

    put(serde_json::json!({"duplicates": 2})).await.unwrap();
    let (page, _) = world.begin("doubled", 500).await;
    pay(&page, "4242 4242 4242 4242").await;
    let (one, two, three) = (world.heard().await, world.heard().await, world.heard().await);
    assert!(one == two && two == three);

    put(serde_json::json!({"fail_next": 1})).await.unwrap();
    let broken = world.shop.start(&world.wish("broken", 500)).await;
    assert!(matches!(broken, Answer::Unknown(_)), "{broken:?}");
    assert_eq!(world.found("broken").await, None);

    assert_eq!(put(serde_json::json!({"speed": 1})).await.unwrap().status(), 400);
    assert_eq!(browser().put(&api).send().await.unwrap().status(), 401);
    browser().delete(&api).bearer_auth(KEY).send().await.unwrap();
    assert_eq!(world.house.settings(), Settings::default());
    let found = world.shop.check(base::Timestamp::UNIX_EPOCH).await;
    assert!(found.iter().any(|one| one.standing == processor::Standing::Good), "{found:?}");
}

#[tokio::test]
async fn a_refused_postback_is_sent_again() {
    let mut world = World::open().await;
    world.refusals.store(1, std::sync::atomic::Ordering::SeqCst);
    let (page, _) = world.begin("att_1", 500).await;
    let begun = std::time::Instant::now();
    pay(&page, "4242 4242 4242 4242").await;
    assert_eq!(world.heard().await.kind, NoticeKind::Paid);
    assert!(begun.elapsed() > Duration::from_millis(900), "{:?}", begun.elapsed());
    world.is_quiet().await;
}

#[tokio::test]
async fn a_killed_house_remembers_every_sale_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.jsonl");
    let mut world = World::with_file(Some(file.clone())).await;
    let id = paid(&mut world, "paid", 1000).await;
    assert!(matches!(world.shop.refund(&refunding("op_r", &id, 300, 1000)).await, Answer::Done(_)));
    world.begin("open", 500).await;
    world.house.set(Settings { delay_ms: 1, ..Settings::default() });
    let (page, _) = world.begin("pending", 500).await;
    pay(&page, "4000 0000 0000 0044").await;
    world.close().await;
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{whole}{{\"id\":\"sbx_")).unwrap();

    let world = World::with_file(Some(file.clone())).await;
    assert_eq!(world.found("paid").await.unwrap().state, FoundState::Paid);
    assert_eq!(world.found("open").await.unwrap().state, FoundState::Waiting);
    assert_eq!(world.found("pending").await.unwrap().state, FoundState::Paid);
    let again = world.shop.refund(&refunding("op_r", &id, 300, 1000)).await;
    assert!(matches!(again, Answer::Done(_)), "{again:?}");
    let over = world.shop.refund(&refunding("op_s", &id, 701, 1000)).await;
    assert!(matches!(over, Answer::NotExecuted(_)), "the refund before the kill counts: {over:?}");
    world.begin("after", 500).await;
    let now = std::fs::read_to_string(&file).unwrap();
    assert!(now.starts_with(&whole) && now.lines().all(|line| line.ends_with('}')), "{now}");
}

#[tokio::test]
async fn a_second_look_at_the_file_disturbs_nobody_and_a_second_hand_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.jsonl");
    let first = World::with_file(Some(file.clone())).await;
    first.begin("att_1", 500).await;
    let second = World::with_file(Some(file.clone())).await;
    assert!(second.found("att_1").await.is_some());
    let late = second.shop.start(&second.wish("att_2", 500)).await;
    assert!(matches!(late, Answer::Unknown(_)), "{late:?}");
    assert_eq!(second.found("att_2").await, None);
    first.begin("att_3", 500).await;
    let third = World::with_file(Some(file)).await;
    assert!(third.found("att_1").await.is_some() && third.found("att_3").await.is_some());
}

#[tokio::test]
async fn the_page_escapes_speaks_and_lets_nobody_else_in() {
    let world = World::open().await;
    let nasty = "<script>alert(1)</script>\"'&";
    for language in Language::ALL {
        let mut wish = world.wish(&format!("att_{language}"), 123_456);
        wish.description = nasty.to_owned();
        wish.buyer.language = language;
        let Answer::Done(started) = world.shop.start(&wish).await else { panic!("not begun") };
        let GoTo::Link(page) = started.go_to else { panic!("no link") };
        let shown = browser().get(&page).send().await.unwrap();
        let policy = shown.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains(&world.postbacks));
        let html = shown.text().await.unwrap();
        assert!(!html.contains("<script") && html.contains("&#60;script&#62;"), "{html}");
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.contains("1234.56") || html.contains("1234,56"));
        let (front, secret) = page.rsplit_once('/').unwrap();
        assert_eq!(secret.len(), 26, "128 bits");
        for wrong in [format!("{front}/{}", "0".repeat(26)), format!("{front}/x")] {
            assert_eq!(browser().get(&wrong).send().await.unwrap().status(), 404);
            assert_eq!(post(&wrong, &[("card", "4242424242424242")]).await.0, 404);
        }
    }
}

#[tokio::test]
async fn bad_calls_are_refused_with_a_code() {
    let world = World::open().await;
    let sales = format!("{}/sandbox/api/sales", world.base);
    let good = serde_json::json!({
        "reference": "att_1", "amount": {"amount": 500, "currency": "EUR"}, "product": "p",
        "description": "", "return_url": "https://a.example/", "cancel_url": "https://a.example/",
        "postback_url": "https://a.example/",
    });
    let with = |key: &str, value: serde_json::Value| {
        let mut body = good.clone();
        body[key] = value;
        body.to_string()
    };
    let table = [
        (with("return_url", "javascript:alert(1)".into()), 400, "bad_sale"),
        (with("postback_url", "ftp://a.example/".into()), 400, "bad_sale"),
        (with("reference", "".into()), 400, "bad_sale"),
        (with("reference", "x".repeat(65).into()), 400, "bad_sale"),
        (with("amount", serde_json::json!({"amount": 0, "currency": "EUR"})), 400, "bad_sale"),
        (with("amount", serde_json::json!({"amount": 5.5, "currency": "EUR"})), 400, "bad_json"),
        (with("surprise", 1.into()), 400, "bad_json"),
        ("\u{0}".to_owned(), 400, "bad_json"),
    ];
    for (body, status, code) in table {
        let request = browser().post(&sales).bearer_auth(KEY).header("idempotency-key", "k");
        let answer = request.body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), status, "{body}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(code), "{body}: {text}");
    }
    let huge = browser().post(&sales).bearer_auth(KEY).header("idempotency-key", "k");
    assert_eq!(huge.body("x".repeat(20_000)).send().await.unwrap().status(), 413);
    let keyless = browser().post(&sales).bearer_auth(KEY).body(good.to_string());
    assert!(keyless.send().await.unwrap().text().await.unwrap().contains("idempotency_key"));
    let nobody = browser().post(&sales).bearer_auth("wrong").body(good.to_string());
    assert_eq!(nobody.send().await.unwrap().status(), 401);
}
