//! Who gets in, from where, and what everybody else reads.

use identity::customer_links;

use super::world::{ENGINES, World};

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let world = World::new(ENGINES[0]).await;
    let ana = world.browser_of(world.ana).await;
    let shop = ana.get("/en/").await;
    let form = shop.form("/buy");
    let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        ana.send("POST", "/en/buy", &fields, &[header]).await.is(403).page("en");
    }
    ana.send("POST", "/en/buy", &fields, &[("origin", "https://pay.example")]).await.is(303);
}

#[tokio::test]
async fn the_front_door_finds_the_language() {
    let world = World::new(ENGINES[0]).await;
    let new = world.stranger();
    let got = new.send("GET", "/", &[], &[("accept-language", "nb, tl;q=0.9, de;q=0.5")]).await;
    assert_eq!(got.leads(), "/fil/");
    assert_eq!(got.header("vary"), "Cookie, Accept-Language");
    assert_eq!(new.get("/tl/wallet").await.leads(), "/fil/wallet");
    assert_eq!(new.get("/de").await.leads(), "/de/");
    new.get("/da/").await.is(200);
    assert_eq!(new.get("/").await.leads(), "/da/", "remembered");
    new.get("/xx/").await.is(404).page("da");
    new.get("/da/nothing/here").await.is(404).page("da");
}

#[tokio::test]
async fn the_look_is_kept_without_scripts() {
    let world = World::new(ENGINES[0]).await;
    let new = world.stranger();
    let back = new.post("/theme", &[("theme", "dark"), ("back", "/fr/?currency=DKK")]).await;
    assert_eq!(back.leads(), "/fr/?currency=DKK");
    assert!(new.get("/fr/").await.text.contains("data-theme=\"dark\""));
    let elsewhere = new.post("/theme", &[("theme", "light"), ("back", "//evil.example")]).await;
    assert_eq!(elsewhere.leads(), "/");
    new.post("/theme", &[("theme", "pink"), ("back", "/")]).await.is(422).page("fr");
}

#[tokio::test]
async fn a_customers_link_opens_once() {
    let world = World::new(ENGINES[0]).await;
    let env = &world.web.billing.env;
    let hour = base::SignedDuration::from_hours(1);
    let secret = store::write!(world.web.billing.store, |tx| {
        customer_links::make(tx, env, world.ana, hour).await
    })
    .unwrap();
    let link = format!("/de/welcome?key={}&to=/wallet", secret.reveal());
    let first = world.stranger();
    assert_eq!(first.get(&link).await.leads(), "/de/wallet");
    first.get("/de/wallet").await.is(200).page("de");
    world.stranger().get(&link).await.is(410).page("de");
    assert_eq!(first.post("/de/sign-out", &[]).await.leads(), "/de/");
    first.get("/de/wallet").await.is(401);
}

#[tokio::test]
async fn files_are_kept_for_ever_and_forms_have_an_end() {
    let world = World::new(ENGINES[0]).await;
    let new = world.stranger();
    let shop = new.get("/en/").await;
    let sheet = shop.text.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    let sheet = new.get(sheet.split('"').next().unwrap()).await.is(200);
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(sheet.text.contains("@layer ground, layout, parts, pages, print;"));
    new.get("/assets/customer.000000000000.css").await.is(404);
    let ana = world.browser_of(world.ana).await;
    let long = "x".repeat(70_000);
    ana.post(&format!("/en/tip/{}", world.luna), &[("note", &long)]).await.is(413).page("en");
}

#[tokio::test]
async fn the_demo_lets_a_newcomer_be_somebody() {
    let world = World::new(ENGINES[0]).await;
    let new = world.stranger();
    new.get("/demo").await.is(200).page("en").says("4242 4242 4242 4242");
    new.get("/demo/mail").await.is(200).page("en");
    let ben = world.ben.to_string();
    assert_eq!(new.post("/demo/be", &[("customer", &ben)]).await.leads(), "/en/");
    new.get("/en/wallet").await.is(200).says("Ben");
    let nobody = "cus_00000000000000000000000000";
    new.post("/demo/be", &[("customer", nobody)]).await.is(404);
}

#[tokio::test]
async fn there_is_no_demo_where_money_is_real() {
    let mut world = World::new(ENGINES[0]).await;
    world.web.demo = None;
    let new = world.stranger();
    for page in ["/demo", "/demo/mail"] {
        new.get(page).await.is(404);
    }
    new.post("/demo/be", &[("customer", &world.ana.to_string())]).await.is(404);
}
