//! A customer buys, tips and looks, in every language.

use base::Language;
use processor::FoundState;

use super::looks;
use super::world::{ENGINES, Start, World};

/// Buys the smallest pack and pays it; gives the path of the checkout.
async fn buys(world: &World, browser: &super::browser::Browser) -> String {
    let shop = browser.get("/en/?currency=EUR").await.is(200);
    let checkout = browser.fill("/en/buy", &shop.form("/buy"), &[]).await.leads();
    let review = browser.get(&checkout).await.is(200).page("en").says("PAPER*SHOP");
    let path = checkout.split('?').next().unwrap().to_owned();
    let pay = browser.fill(&format!("{path}/pay"), &review.form("/pay"), &[]).await;
    assert!(pay.leads().starts_with("https://paper.example/att_"), "{pay:?}");
    *world.paper.found.lock().unwrap() = FoundState::Paid;
    path
}

#[tokio::test]
async fn a_customer_buys_tips_and_reads_it_all_again_in_every_language() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ana = world.browser_of(world.ana).await;
        ana.get("/en/wallet").await.is(200).page("en").says("Nothing here yet");
        let path = buys(&world, &ana).await;
        let paid = ana.get(&format!("{path}/return")).await.is(200).page("en");
        let paid = paid.says("Paid. Thank you!").says("100 tokens");
        let receipt = paid.text.split("/en/receipt/").nth(1).unwrap().split('"').next().unwrap();

        let creator = format!("/en/tip/{}", world.luna);
        let form = ana.get(&creator).await.is(200).page("en").form(&world.luna.to_string());
        let filled = [("chip", "25"), ("own", ""), ("note", "Tak! <b>&</b>")];
        let review = ana.fill(&creator, &form, &filled).await.is(200).page("en");
        let review = review.says("75 tokens").says("Tak! &#60;b&#62;&#38;&#60;/b&#62;");
        let send = format!("{creator}/send");
        let sent = ana.fill(&send, &review.form("/send"), &[]).await.leads();
        let again = ana.fill(&send, &review.form("/send"), &[]).await.leads();
        assert_eq!(sent, again, "pressing twice gives the same receipt");

        for language in Language::ALL {
            let tag = language.tag();
            let tip = sent.replacen("/en/", &format!("/{tag}/"), 1);
            for page in [
                format!("/{tag}/"),
                format!("/{tag}/?need=300&currency=DKK"),
                format!("/{tag}/wallet"),
                format!("/{tag}/creators"),
                format!("/{tag}/tip/{}", world.luna),
                format!("/{tag}/receipt/{receipt}"),
                tip,
            ] {
                let got = ana.get(&page).await.is(200).page(tag);
                assert_eq!(got.header("content-language"), tag);
                assert!(got.header("content-security-policy").starts_with("default-src 'none'"));
                assert!(!got.text.contains("<b>Lind") && !got.text.contains("<i>Vale"), "{page}");
            }
        }
        ana.get("/en/wallet").await.says("75 tokens").says("−25").says("+100");
        assert!(billing::prove(&world.web.billing).await.unwrap().holds());
    }
}

#[tokio::test]
async fn a_tip_of_more_than_there_is_leads_to_the_pack_that_covers_it() {
    let world = World::new(ENGINES[0]).await;
    let ana = world.browser_of(world.ana).await;
    let creator = format!("/de/tip/{}", world.luna);
    let form = ana.get(&creator).await.form(&world.luna.to_string());
    let short = ana.fill(&creator, &form, &[("chip", ""), ("own", "150"), ("note", "")]).await;
    let short = short.is(200).page("de").says("fehlen Ihnen 150 Tokens").says("600 Tokens kaufen");
    assert!(short.text.contains("href=\"/de/?need=150\""));
    let wrong = ana.fill(&creator, &form, &[("chip", ""), ("own", "ten"), ("note", "")]).await;
    assert!(wrong.page("de").text.contains("aria-invalid=\"true\""));
    let send = format!("{creator}/send");
    let sent = ana.fill(&send, &form, &[("chip", "100"), ("own", ""), ("note", "")]).await;
    sent.is(200).page("de").says("fehlen Ihnen 100 Tokens");
}

#[tokio::test]
async fn nobody_sees_what_belongs_to_somebody_else() {
    let world = World::new(ENGINES[0]).await;
    let ana = world.browser_of(world.ana).await;
    let path = buys(&world, &ana).await;
    let paid = ana.get(&format!("{path}/return")).await;
    let receipt = paid.text.split("/en/receipt/").nth(1).unwrap().split('"').next().unwrap();

    let ben = world.browser_of(world.ben).await;
    for page in [format!("/en/receipt/{receipt}"), path.clone()] {
        ben.get(&page).await.is(404).page("en");
        world.stranger().get(&page).await.page("en");
    }
    assert_eq!(world.stranger().get(&path).await.status, 404);
    let elsewhere = world.stranger().get(&format!("{path}/return")).await.is(200).page("en");
    assert!(!elsewhere.text.contains("100 tokens"), "a stranger learns nothing");
    for page in ["/fr/wallet", &format!("/fr/tip/{}", world.luna)] {
        world.stranger().get(page).await.is(401).page("fr").says("Passez d’abord par le site");
    }
}

#[tokio::test]
async fn a_form_of_the_processor_is_shown_with_its_button() {
    let world = World::new(ENGINES[0]).await;
    *world.paper.start.lock().unwrap() = Start::Form;
    let ana = world.browser_of(world.ana).await;
    let shop = ana.get("/da/?currency=EUR").await;
    let checkout = ana.fill("/da/buy", &shop.form("/buy"), &[]).await.leads();
    let review = ana.get(&checkout).await.page("da");
    let path = checkout.split('?').next().unwrap();
    let go = ana.fill(&format!("{path}/pay"), &review.form("/pay"), &[]).await.is(200).page("da");
    assert!(go.text.contains("action=\"https://paper.example/att_"));
    assert!(go.text.contains("value=\"&#60;&#38;&#34;&#62;\""), "fields are escaped");
    assert!(go.header("content-security-policy").contains("form-action 'self' https:"));
    ana.post(&format!("{path}/cancel"), &[]).await.is(303);
    ana.get(&format!("{path}/cancel")).await.is(200).page("da");
}

#[tokio::test]
async fn the_shop_reads_well_in_five_languages() {
    let world = World::new(ENGINES[0]).await;
    let ana = world.browser_of(world.ana).await;
    for language in Language::ALL {
        let shop = ana.get(&format!("/{language}/?currency=EUR")).await.is(200);
        let main = shop.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        let main = format!("<body><main{main}");
        insta::assert_snapshot!(format!("shop-{language}"), looks::text(&main));
    }
}
