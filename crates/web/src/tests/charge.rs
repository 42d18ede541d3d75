//! Somebody looks a charge up: what they see, what they never see, and what reaches the mail on
//! file.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base::id::CustomerId;
use base::{Language, SignedDuration};
use desk::mail::{self, Outgoing};
use processor::{FoundState, declines};
use store::outbox::FanOut;
use store::{Page, Reads};
use words::Words;

use super::browser::{Browser, Got};
use super::looks;
use super::world::{ENGINES, World};

/// A payment of that customer, paid and told; the path of its receipt.
async fn paid(world: &World, who: CustomerId) -> String {
    let browser = world.browser_of(who).await;
    let shop = browser.get("/en/?currency=EUR").await.is(200);
    let checkout = browser.fill("/en/buy", &shop.form("/buy"), &[]).await.leads();
    let review = browser.get(&checkout).await.is(200);
    let path = checkout.split('?').next().unwrap().to_owned();
    browser.fill(&format!("{path}/pay"), &review.form("/pay"), &[]).await.is(303);
    *world.paper.found.lock().unwrap() = FoundState::Paid;
    let paid = browser.get(&format!("{path}/return")).await.is(200);
    let id = paid.text.split("/en/receipt/").nth(1).unwrap().split('"').next().unwrap();
    let (billing, listeners) = (&world.web.billing, desk::listeners(&world.web.desk));
    let fan_out = FanOut::new(billing.store.clone(), billing.env.clone(), listeners);
    fan_out.run_until_idle().await.unwrap();
    format!("/en/receipt/{id}")
}

const AMOUNT: [(&str, &str); 2] = [("amount", "9,50"), ("currency", "EUR")];
const TWO: [(&str, &str); 3] = [("amount", "9.50"), ("currency", "EUR"), ("date", "2026-11-22")];

async fn looks_up(browser: &Browser, language: &str, fields: &[(&str, &str)]) -> Got {
    browser.post(&format!("/{language}/charge"), fields).await
}

async fn mails(world: &World) -> Vec<Outgoing> {
    let mut reader = world.web.billing.store.read().await.unwrap();
    let all = mail::list(&mut reader, Page::first(20)).await.unwrap();
    all.into_iter().filter(|mail| mail.kind == "charge_details").collect()
}

/// An hour later, when the tries from everywhere count no more.
fn later(world: &World) {
    world.web.billing.env.clock.advance(SignedDuration::from_mins(61));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_and_not_enough_are_the_same_page_byte_by_byte() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        paid(&world, world.ana).await;
        let stranger = world.stranger();
        stranger.get("/en/charge").await.is(200).page("en");
        let cases: [&[(&str, &str)]; 5] = [
            &[],
            &AMOUNT,
            &[("mail", "ana@lumen.example")],
            &[("amount", "9.51"), ("currency", "EUR"), ("date", "2026-11-22")],
            &[("mail", "<b>nobody</b>@x.example"), ("user", "' OR 1=1 --")],
        ];
        let mut pages = Vec::new();
        for fields in cases {
            let got = looks_up(&stranger, "en", fields).await.is(200).page("en");
            let headers: Vec<_> =
                got.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            pages.push((headers, got.text));
        }
        assert!(pages.iter().all(|page| *page == pages[0]), "{engine:?}");
        assert!(looks::text(&pages[0].1).contains("We cannot say more from this"));
        assert!(!pages[0].1.contains("9.51") && !pages[0].1.contains("nobody"));
        assert_eq!(mails(&world).await.len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_facts_show_a_card_that_tells_nothing_of_the_purchase() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let receipt = paid(&world, world.ana).await;
        for language in Language::ALL {
            let tag = language.tag();
            later(&world);
            let card = looks_up(&world.stranger(), tag, &TWO).await.is(200).page(tag);
            let main = card.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            let sealed = &card.form("/charge/door")[0].1;
            let main = main.replace(sealed.as_str(), "");
            let read = looks::text(&format!("<body><main{main}"));
            assert!(read.contains("Lumen &#38; Co") && read.contains("Paper &#38; Sons"), "{read}");
            for hidden in [
                "9.50",
                "9,50",
                "950",
                "100",
                "token",
                "Token",
                "jeton",
                "Ana",
                "ana@",
                "Luna",
                "2026",
                "tx-1",
                "cus_",
                "pay_",
                "/receipt/",
                "PAPER*SHOP",
            ] {
                assert!(!main.contains(hidden), "{tag}: {hidden} is seen in {main}");
            }
            insta::assert_snapshot!(format!("charge-card-{tag}"), read);
            let form = world.stranger().get(&format!("/{tag}/charge")).await.is(200).page(tag);
            let main = form.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            insta::assert_snapshot!(
                format!("charge-form-{tag}"),
                looks::text(&format!("<body><main{main}"))
            );
        }
        later(&world);
        let own = looks_up(&world.browser_of(world.ana).await, "en", &TWO).await.is(200);
        assert!(own.page("en").text.contains(&receipt), "its owner is led to the receipt");
        let ben = looks_up(&world.browser_of(world.ben).await, "en", &TWO).await.is(200);
        assert!(!ben.page("en").text.contains("/receipt/"), "nobody else is");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_details_reach_the_mail_on_file_and_nobody_else() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let receipt = paid(&world, world.ana).await;
        let eve = world.stranger();
        let card = looks_up(&eve, "fr", &TWO).await.is(200);
        let form = card.form("/charge/door");
        let sent =
            eve.fill("/fr/charge/door", &form, &[("door", "details")]).await.is(200).page("fr");
        let again = eve.fill("/fr/charge/door", &form, &[("door", "details")]).await.is(200);
        let forged = [("found", "v1.00000000.00"), ("door", "details")];
        let forged = eve.post("/fr/charge/door", &forged).await.is(200);
        assert!(again.text == sent.text && forged.text == sent.text, "always the same answer");
        assert!(!sent.text.contains("ana@"), "{}", sent.text);
        let all = mails(&world).await;
        let [mail] = &all[..] else { panic!("one mail, not {}", all.len()) };
        assert_eq!((mail.to.as_str(), mail.language), ("ana@lumen.example", Language::En));
        for told in ["9.50", "100 tokens", "PAPER*SHOP", "Paper & Sons", &receipt] {
            assert!(mail.text.contains(told), "{told} is not in {}", mail.text);
        }
        for (door, leads) in [
            ("refund", "/fr/contact?topic=refund"),
            ("cancel", "/fr/billing-support?line=PAPER%2ASHOP&need=cancel#ours"),
            ("contact", "/fr/contact?topic=charge"),
            ("house", "/fr/billing-support?line=PAPER%2ASHOP&need="),
        ] {
            let got = eve.fill("/fr/charge/door", &form, &[("door", door)]).await;
            let path = got.leads();
            assert_eq!(path.replace("PAPER*SHOP", "PAPER%2ASHOP"), leads);
            eve.get(path.split('#').next().unwrap()).await.is(200).page("fr");
        }
        eve.fill("/fr/charge/door", &form, &[("door", "vault")]).await.is(404);
        let cross = [("sec-fetch-site", "cross-site")];
        eve.send("POST", "/fr/charge/door", &[("door", "details")], &cross).await.is(403);
        world.web.billing.env.clock.advance(SignedDuration::from_mins(31));
        eve.fill("/fr/charge/door", &form, &[("door", "details")]).await.is(200);
        assert_eq!(mails(&world).await.len(), 1, "an old token opens nothing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_comes_at_an_even_time() {
    let world = World::new(ENGINES[0]).await;
    paid(&world, world.ana).await;
    for fields in [&[][..], &AMOUNT[..], &TWO[..], &[("mail", "x@y.example"), ("card", "4242")]] {
        let begun = Instant::now();
        looks_up(&world.stranger(), "en", fields).await.is(200);
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(400), "{fields:?} took {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sixth_try_of_an_hour_has_to_wait() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        paid(&world, world.ana).await;
        for _ in 0..5 {
            looks_up(&world.stranger(), "da", &TWO).await.is(200).page("da");
        }
        // Another program on the same database, as after a restart.
        let refused = looks_up(&world.stranger(), "da", &TWO).await.is(429).page("da");
        refused.says("Prøv igen senere");
        later(&world);
        looks_up(&world.stranger(), "da", &TWO).await.is(200);
        let mut reader = world.web.billing.store.read().await.unwrap();
        let sql = "SELECT ending FROM lookup_endings WHERE ending = 'refused'";
        assert!(!reader.fetch_all(sql, ()).await.unwrap().is_empty(), "refusals are counted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn billing_support_is_made_from_the_accounts() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let receipt = paid(&world, world.ana).await;
        let stranger = world.stranger();
        for language in Language::ALL {
            let tag = language.tag();
            let page = stranger.get(&format!("/{tag}/billing-support")).await.is(200).page(tag);
            let main = page.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            assert!(!main.contains("/receipt/"));
            insta::assert_snapshot!(
                format!("billing-support-{tag}"),
                looks::text(&format!("<body><main{main}"))
            );
        }
        let found = stranger.get("/en/billing-support?line=paper*sh").await.is(200).page("en");
        found.says("Found by").says("Paper &#38; Sons");
        let none = stranger.get("/en/billing-support?line=%3Cb%3Enobody").await.is(200).page("en");
        none.says("None of the companies").says("Paper &#38; Sons");
        let ana = world.browser_of(world.ana).await;
        let own = ana.get("/en/billing-support").await.is(200).page("en");
        assert!(own.text.contains(&receipt) && own.text.contains("href=\"#house-1\""));
        let shown = ana.get(&receipt).await.is(200).page("en");
        assert!(shown.text.contains("/en/billing-support?line=PAPER"), "{}", shown.text);
    }
}

#[test]
fn every_cause_of_a_decline_is_told_in_every_language_and_never_too_much() {
    let unsaid = ["fraud", "lost_card", "stolen_card", "pick_up_card", "restricted_card"];
    for language in Language::ALL {
        let words = Words::of(language);
        let general = words.decline("unknown");
        for cause in declines::causes() {
            let told = words.decline(cause.code);
            assert!(cause.code == "unknown" || told != general, "{language}: {}", cause.code);
            assert!(!told.contains("declines-"), "{language}: {told}");
            let advice = words.advice(cause.advice.as_str());
            assert!(!advice.contains("declines-"), "{language}: {advice}");
        }
        for code in unsaid {
            let ordinary = declines::cause("declined");
            assert_eq!(words.decline(code), words.decline("declined"), "{language}: {code}");
            let advice = words.advice(declines::cause(code).advice.as_str());
            let same = advice == words.advice(ordinary.advice.as_str());
            assert!(same || code == "restricted_card", "{language}: {code}: {advice}");
        }
    }
}

/// Whoever listens is plugged in where the program plugs them in.
#[tokio::test]
async fn the_desk_keeps_the_facts_of_charges() {
    let world = World::new(ENGINES[0]).await;
    let names: Vec<_> =
        desk::listeners(&world.web.desk).iter().map(|one| Arc::clone(one).name()).collect();
    assert!(names.contains(&"billing.lookup"), "{names:?}");
}
