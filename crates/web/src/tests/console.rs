//! Staff come in, look, and do what their role allows.

use base::id::{CustomerId, PaymentId};
use desk::audit;
use desk::cases::Team;
use processor::FoundState;
use store::Page;

use super::browser::Browser;
use super::inbox::case;
use super::world::{ENGINES, World};

/// A payment that Ana paid.
async fn paid(world: &World) -> PaymentId {
    paid_by(world, world.ana).await
}

/// A payment that was paid.
async fn paid_by(world: &World, who: CustomerId) -> PaymentId {
    let ana = world.browser_of(who).await;
    let shop = ana.get("/en/?currency=EUR").await;
    let checkout = ana.fill("/en/buy", &shop.form("/buy"), &[]).await.leads();
    let review = ana.get(&checkout).await;
    let path = checkout.split('?').next().unwrap();
    ana.fill(&format!("{path}/pay"), &review.form("/pay"), &[]).await.is(303);
    *world.paper.found.lock().unwrap() = FoundState::Paid;
    let outcome = ana.get(&format!("{path}/return")).await;
    let id = outcome.text.split("/en/receipt/").nth(1).unwrap().split('"').next().unwrap();
    id.parse().unwrap()
}

async fn robin(world: &World) -> Browser {
    let robin = world.stranger();
    let link = format!("/console/link?key={}", world.staff_link);
    robin.get(&link).await.is(200).page("en");
    robin.get(&link).await.is(200).page("en");
    let form = [("key", world.staff_link.as_str())];
    assert_eq!(robin.post("/console/link", &form).await.leads(), "/console/account?first=1");
    robin
}

#[tokio::test]
async fn staff_see_a_payment_with_everything_about_it() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = paid(&world).await;
        let robin = robin(&world).await;
        let (ana, path) = (world.ana, format!("/console/payments/{id}"));
        for page in [
            "/console".to_owned(),
            "/console/payments".to_owned(),
            "/console/payments?state=captured&account=paper&attention=".to_owned(),
            format!("/console/payments?customer={ana}"),
            "/console/payments?customer=nonsense".to_owned(),
            path.clone(),
            format!("{path}/refund"),
            "/console/notices".to_owned(),
            "/console/notices?filed=rejected".to_owned(),
            "/console/customers".to_owned(),
            "/console/customers?wanted=ana@lumen.example".to_owned(),
            "/console/customers?wanted=nobody@lumen.example".to_owned(),
            format!("/console/customers/{ana}"),
            "/console/mail".to_owned(),
            "/console/jobs".to_owned(),
            "/console/people".to_owned(),
            "/console/account".to_owned(),
        ] {
            robin.get(&page).await.is(200).page("en");
        }
        let page = robin.get(&path).await;
        for words in ["captured", "PAPER*SHOP", "token liability", "processor receivable", "paper"]
        {
            assert!(page.text.contains(words), "{words} is missing");
        }
        assert_eq!(page.header("cache-control"), "no-store");
        let found = robin.get(&format!("/console/customers?wanted={id}")).await.leads();
        assert_eq!(found, format!("/console/customers/{ana}"));
        robin.get("/console").await.says("€9.50");
        robin.get("/console/nothing").await.is(404).page("en");
    }
}

#[tokio::test]
async fn the_door_opens_by_link_password_and_code_only() {
    let world = World::new(ENGINES[0]).await;
    assert_eq!(world.stranger().get("/console").await.leads(), "/console/sign-in");
    let ana = world.browser_of(world.ana).await;
    assert_eq!(ana.get("/console/payments").await.leads(), "/console/sign-in", "no customer");

    let robin = robin(&world).await;
    let used = [("key", world.staff_link.as_str())];
    world.stranger().post("/console/link", &used).await.is(410).page("en");
    let weak = [("username", "x"), ("new", "aaaaaaaaaaaa")];
    robin.post("/console/account/password", &weak).await.is(422).page("en");
    let good = [("username", "x"), ("new", "correct horse battery")];
    robin.post("/console/account/password", &good).await.is(303);
    robin.get("/console/account").await.is(200).page("en").says("Change your password");
    robin.post("/console/account/codes", &[]).await.is(200).page("en").says("Write the code");
    robin.post("/console/account/codes/confirm", &[("code", "000000")]).await.is(422).page("en");
    robin.post("/console/sign-out", &[]).await.is(303);
    robin.get("/console").await.is(303);

    let sign_in = |password| [("email", "robin@lumen.example"), ("password", password)];
    robin.get("/console/sign-in").await.is(200).page("en");
    robin.post("/console/sign-in", &sign_in("wrong")).await.is(401).page("en");
    let in_again = robin.post("/console/sign-in", &sign_in("correct horse battery")).await;
    assert_eq!(in_again.leads(), "/console");
    robin.get("/console").await.is(200);
}

#[tokio::test]
async fn each_role_does_what_the_table_says() {
    let world = World::new(ENGINES[0]).await;
    let id = paid(&world).await;
    let (refund, replay) = (
        format!("/console/payments/{id}/refund"),
        "/console/notices/ntc_0000000000000000000000000a/replay",
    );
    let job = "/console/jobs/job_0000000000000000000000000a";
    for (role, refunds, replays, manages) in [
        ("agent", 403, 403, 403),
        ("lead", 403, 303, 403),
        ("finance", 200, 303, 403),
        ("admin", 200, 303, 200),
    ] {
        let browser = world.shift_of(role).await;
        assert_eq!(browser.get(&refund).await.status, refunds, "{role}");
        assert_eq!(browser.post(replay, &[]).await.status, replays, "{role}");
        assert_eq!(browser.get("/console/people").await.status, manages, "{role}");
        let drops = if role == "admin" { 303 } else { 403 };
        assert_eq!(browser.post(&format!("{job}/drop"), &[]).await.status, drops, "{role}");
        let page = browser.get(&format!("/console/payments/{id}")).await.is(200).page("en");
        assert_eq!(page.text.contains("Finance and admins may do this."), refunds == 403, "{role}");
        browser.post(&format!("/console/payments/{id}/ask"), &[]).await.is(303);
    }
}

#[tokio::test]
async fn a_refund_takes_a_second_look() {
    let world = World::new(ENGINES[0]).await;
    let id = paid(&world).await;
    let finance = world.shift_of("finance").await;
    let path = format!("/console/payments/{id}/refund");
    let wrong = finance.post(&path, &[("amount", "99999"), ("reason", "")]).await;
    wrong.is(200).page("en").says("Write an amount up to 9.50.").says("Say why");
    let first = [("amount", "9.50"), ("reason", "Bought <twice>")];
    let sure =
        finance.post(&path, &first).await.is(200).page("en").says("You are about to give back");
    assert!(sure.text.contains("name=\"sure\""));
    let sent = finance.fill(&path, &sure.form("/refund"), &[]).await;
    assert!(sent.leads().ends_with("?done=refunded"), "{sent:?}");
    finance.get(&sent.leads()).await.is(200).page("en").says("refund");
}

#[tokio::test]
async fn an_admin_adds_people_and_shuts_them_out() {
    let world = World::new(ENGINES[0]).await;
    let robin = robin(&world).await;
    let form = [("name", "Kim"), ("email", "kim@lumen.example"), ("role", "agent")];
    let added = robin.post("/console/people", &form).await.is(200).page("en");
    let key = added.text.split("/console/link?key=").nth(1).unwrap();
    let key = key.split('<').next().unwrap().to_owned();
    robin.post("/console/people", &form).await.is(422).page("en").says("That was refused");
    let kim = world.stranger();
    kim.post("/console/link", &[("key", &key)]).await.is(303);
    kim.get("/console").await.is(200);
    let people = robin.get("/console/people").await;
    let id = people.text.split("/console/people/stf_").nth(1).unwrap().split('/').next().unwrap();
    robin.post(&format!("/console/people/stf_{id}/role"), &[("role", "lead")]).await.is(303);
    robin.post(&format!("/console/people/stf_{id}/disable"), &[]).await.is(303);
    kim.get("/console").await.is(303);
    robin.post(&format!("/console/people/stf_{id}/enable"), &[]).await.is(303);
    robin.post(&format!("/console/people/stf_{id}/link"), &[]).await.is(200).page("en");
}

#[tokio::test]
async fn fast_guessing_is_stopped() {
    let world = World::new(ENGINES[0]).await;
    let stranger = world.stranger();
    let mut last = 0;
    for _ in 0..11 {
        last = stranger.post("/console/link", &[("key", "guess")]).await.status;
    }
    assert_eq!(last, 429);
    let form = [("email", "a@b.example"), ("password", "x")];
    stranger.post("/console/sign-in", &form).await.is(429).page("en");
}

#[tokio::test]
async fn an_account_is_checked_and_switched_after_a_second_look() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let robin = robin(&world).await;
        let list = robin.get("/console/processors").await.is(200).page("en");
        list.says("PAPER*SHOP").says("no call in the last five minutes");
        let checked = robin.post("/console/processors/paper/check", &[]).await.is(200).page("en");
        checked.says("What the check found");
        let path = "/console/processors/paper/switch";
        let look = robin.get(&format!("{path}?to=drain")).await.is(200).page("en");
        let look = look.says("No new payment goes there");
        let form = look.form("/switch");
        robin.fill(path, &form, &[("why", " ")]).await.is(200).page("en").says("say in 1 to 200");
        let done = robin.fill(path, &form, &[("why", "<b>audit</b>")]).await.leads();
        let list = robin.get(&done).await.is(200).page("en").says("Configured: live");
        assert!(list.text.contains("&#60;b&#62;audit") || list.text.contains("&lt;b&gt;audit"));
        let ana = world.browser_of(world.ana).await;
        let shop = ana.get("/en/?currency=EUR").await;
        let buy = ana.fill("/en/buy", &shop.form("/buy"), &[]).await;
        assert_ne!(buy.status, 303, "nobody takes it now");
        robin.post(path, &[("to", "configured"), ("why", "done")]).await.is(303);
        ana.fill("/en/buy", &shop.form("/buy"), &[]).await.is(303);
        robin.get(&format!("{path}?to=nonsense")).await.is(404);
        robin.get("/console/processors/nobody/switch?to=drain").await.is(404);
        let agent = world.shift_of("agent").await;
        agent.post(path, &[("to", "paused"), ("why", "x")]).await.is(403);
        agent.get("/console/processors").await.is(200).page("en").says("Leads, finance");
    }
}

#[tokio::test]
async fn rules_are_tried_changed_and_taken_back() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let robin = robin(&world).await;
        let page = robin.get("/console/routing").await.is(200).page("en");
        page.says("Live rules, version 0");
        let query = "amount=9.50&currency=eur&country=de&purpose=tokens&payment=x";
        let tried = robin.get(&format!("/console/routing?{query}")).await.is(200).page("en");
        tried.says("Chosen").says("paper");
        let bad = "/console/routing?amount=x&currency=eur";
        robin.get(bad).await.is(200).page("en").says("Write an amount");
        let wrong = [("text", "[[rules]]\nname = '<b>'\nwhen = 'contry'\nchain = ['nobody']")];
        let wrong = robin.post("/console/routing", &wrong).await.is(422).page("en");
        let wrong = wrong.says("Nothing was kept").says("there is no account");
        assert!(!wrong.text.contains("'<b>'"), "what was written is escaped");
        let good = "note = 'new'\n[[rules]]\nname = 'all'\ntargets = [{ account = 'paper' }]";
        let saved = robin.post("/console/routing", &[("text", good)]).await.leads();
        robin.get(&saved).await.is(200).page("en").says("Live rules, version 1");
        robin.get("/console/routing?version=0").await.is(200).page("en").says("not live");
        robin.get("/console/routing?version=7").await.is(404);
        robin.post("/console/routing/use", &[("version", "7")]).await.is(404);
        let id = paid(&world).await;
        let shown = robin.get(&format!("/console/payments/{id}")).await.is(200).page("en");
        shown.says("Why paper? The routing trace").says("version 1");
        robin.post("/console/routing/use", &[("version", "0")]).await.is(303);
        robin.get("/console/routing").await.says("Live rules, version 0");
        let lead = world.shift_of("lead").await;
        lead.post("/console/routing", &[("text", good)]).await.is(403);
        lead.post("/console/routing/use", &[("version", "1")]).await.is(403);
        lead.get("/console/routing").await.is(200).page("en").says("Finance and admins");
    }
}

#[tokio::test]
async fn whoever_looks_at_payments_is_noted() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = paid(&world).await;
        let agent = world.shift_of("agent").await;
        let ana = world.ana;
        let pages = [
            format!("/console/payments/{id}"),
            format!("/console/customers/{ana}"),
            format!("/console/payments?customer={ana}"),
            "/console/payments".to_owned(),
        ];
        for page in pages.iter().chain(&pages) {
            agent.get(page).await.is(200);
        }
        let mut reader = world.web.billing.store.read().await.unwrap();
        let reads =
            audit::Filter { what: audit::PAYMENT_READ.to_owned(), ..audit::Filter::default() };
        let lines = audit::list(&mut reader, &reads, Page::first(20)).await.unwrap();
        let mut about: Vec<String> = lines.into_iter().map(|line| line.about).collect();
        about.sort();
        let mut noted = vec![ana.to_string(), id.to_string(), "payments".to_owned()];
        noted.sort();
        assert_eq!(about, noted, "once each");
    }
}

#[tokio::test]
async fn a_receipt_goes_out_again_only_from_a_case_it_belongs_to() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (own, other) = (paid(&world).await, paid_by(&world, world.ben).await);
        let id = case(&world, Team::Support, "Quittung?").await;
        let agent = world.shift_of("agent").await;
        let send = async |payment: PaymentId| {
            let path = format!("/console/cases/{id}/payments/{payment}/receipt");
            agent.post(&path, &[]).await
        };
        assert_eq!(send(other).await.status, 404);
        // No mail with it was written in this world; the page says so.
        assert!(send(own).await.leads().ends_with("?done=no_receipt"));
        let attach = [("payment", other.to_string())];
        let attach = attach.each_ref().map(|(name, value)| (*name, value.as_str()));
        agent.post(&format!("/console/cases/{id}/attach"), &attach).await.is(303);
        assert_eq!(send(other).await.status, 303);
    }
}
