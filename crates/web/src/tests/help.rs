//! Readers find answers in their language; staff write them, and only some let them out.

use base::Language;
use desk::help;

use super::browser::{Browser, Got};
use super::world::{ENGINES, World};

/// A world whose help centre holds what ships.
async fn filled(engine: store::Engine) -> World {
    let world = World::new(engine).await;
    let billing = &world.web.billing;
    help::shipped::load(&billing.store, &billing.env).await.unwrap();
    world
}

/// The first address on a page that begins and ends so.
#[track_caller]
fn link(got: &Got, begins: &str, ends: &str) -> String {
    let found = got.text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut found = found.filter(|link| link.starts_with(begins) && link.ends_with(ends));
    found.next().unwrap_or_else(|| panic!("no link to {begins}…{ends}")).replace("&#38;", "&")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_finds_the_refund_answer_in_five_languages() {
    for engine in ENGINES {
        let world = filled(engine).await;
        for (language, typed, slug) in [
            (Language::En, "undoing a transaction", "/undo-a-transaction"),
            (Language::Fr, "annuler opérations", "/annuler-une-operation"),
            (Language::De, "zahlung ruckgangig", "/zahlung-rueckgaengig-machen"),
            (Language::Da, "fortryd betalingen", "/fortryd-en-betaling"),
            (Language::Fil, "pagbabalik bayad", "/pagbabalik-ng-bayad"),
        ] {
            let tag = language.tag();
            let reader = world.stranger();
            let home = reader.get(&format!("/{tag}/help")).await.is(200).page(tag);
            let place = |needle: &str| home.text.find(needle).unwrap();
            let doors = place(&format!("/{tag}/help/customer"));
            assert!(place("quick-link") < doors && place(&format!("/{tag}/charge")) < doors);
            let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
            let found = reader.get(&format!("/{tag}/help/search?{query}")).await.is(200).page(tag);
            let path = link(&found, &format!("/{tag}/help/customer/"), slug);
            let article = reader.get(&path).await.is(200).page(tag);
            assert!(article.text.contains(&format!("href=\"/{tag}/charge\"")), "{tag}");
            assert!(!article.text.contains("{site}") && article.text.contains("Lumen &amp; Co"));
            assert!(!article.text.contains("{reopen_days}"));
            assert!(article.text.contains(&format!("href=\"/{tag}/contact?door=customer\"")));
            let twins = article.text.matches("rel=\"alternate\" hreflang=").count();
            assert_eq!(twins, 6, "five languages and the default");
            for (of, other) in [("en", "fr"), ("da", "de")] {
                let twin = format!("hreflang=\"{of}\" href=\"https://pay.example/{of}/help/");
                let foreign = format!("hreflang=\"{of}\" href=\"https://pay.example/{other}");
                assert!(article.text.contains(&twin) && !article.text.contains(&foreign));
            }
            for page in ["/help/customer", "/help/creator", "/help/studio", "/help/search"] {
                reader.get(&format!("/{tag}{page}")).await.is(200).page(tag);
            }
            let category = path.rsplit_once('/').unwrap().0;
            reader.get(category).await.is(200).page(tag);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_found_is_counted_and_can_be_asked() {
    for engine in ENGINES {
        let world = filled(engine).await;
        let reader = world.stranger();
        for _ in 0..2 {
            let none = reader.get("/en/help/search?q=Gift+cards+zebra&door=customer").await.is(200);
            let none = none.page("en").says("Nothing found");
            let ask = link(&none, "/en/contact", "");
            assert_eq!(ask, "/en/contact?door=customer&subject=Gift+cards+zebra");
        }
        reader.get("/en/help/search?q=%3Cb%3E%22%27+OR+1%3D1+--").await.is(200).page("en");
        reader.get("/en/help/search?q=ana%40example.org").await.is(200).page("en");
        let agent = world.shift_of("agent").await;
        let list = agent.get("/console/help").await.is(200).page("en");
        list.says("gift cards zebra").says("Undo a transaction");
        let list = agent.get("/console/help").await;
        assert!(!list.text.contains("ana@example.org"), "addresses are not kept");
        let gone = [("language", "en"), ("words", "gift cards zebra")];
        agent.post("/console/help/misses/forget", &gone).await.is(303);
        let list = agent.get("/console/help?state=published").await.is(200).page("en");
        assert!(!list.text.contains("gift cards zebra"));
    }
}

/// An article by staff: its id.
async fn written(editor: &Browser, title: &str) -> String {
    let placed = [("category", "money-back"), ("customer", "on"), ("top", "1"), ("position", "5")];
    let path = editor.post("/console/help", &placed).await.leads();
    let body = "## Why\n\n<script>alert(1)</script>\n\n[look](/charge) [gone](article:nowhere)";
    let text = [("title", title), ("summary", "In short."), ("body", body), ("seen", "0")];
    let save: Vec<_> = text.into_iter().chain([("deed", "save")]).collect();
    let look: Vec<_> = text.into_iter().chain([("deed", "preview")]).collect();
    let seen = editor.post(&format!("{path}/en"), &look).await.is(200).page("en");
    let seen = seen.says("nothing is saved yet").says("lead nowhere");
    assert!(seen.text.contains("&lt;script&gt;") && !seen.text.contains("<script>alert"));
    editor.post(&format!("{path}/en"), &save).await.is(303);
    let again = editor.post(&format!("{path}/en"), &save).await.is(422).page("en");
    again.says("somebody has saved a newer version");
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn editors_write_and_leads_let_out_what_readers_then_see() {
    for engine in ENGINES {
        let world = filled(engine).await;
        let (agent, lead) = (world.shift_of("agent").await, world.shift_of("lead").await);
        let reader = world.stranger();
        let path = written(&agent, "Wonderful <b>news</b>").await;
        let step = |step: &'static str| [("step", step)];
        let moved = format!("{path}/en/move");
        lead.post(&moved, &step("publish")).await.is(422).page("en").says("a draft goes to review");
        agent.post(&moved, &step("review")).await.is(303);
        agent.post(&moved, &step("publish")).await.is(403);
        reader.get("/en/help/customer/money-back/wonderful-b-news-b").await.is(404);
        let bad = [("step", "publish_at"), ("at", "yesterday")];
        lead.post(&moved, &bad).await.is(422).page("en").says("choose a day");
        lead.post(&moved, &step("publish")).await.is(303);
        lead.get(&path).await.is(200).page("en").says("readers see version 1");
        lead.get(&format!("{path}?language=da"))
            .await
            .is(200)
            .page("en")
            .says("English, version 1");

        let there = "/da/help/customer/penge-tilbage/wonderful-b-news-b";
        let elsewhere = reader.get("/da/help/studio/anything/wonderful-b-news-b").await;
        assert_eq!(elsewhere.leads(), there, "whatever stands before the slug");
        let fallen = reader.get(there).await.is(200).page("da");
        assert!(fallen.text.contains("lang=\"en\""), "the text says its language");
        let canonical = "rel=\"canonical\" href=\"https://pay.example/en/help/customer/money-back/";
        assert!(fallen.text.contains(canonical));
        assert!(!fallen.text.contains("hreflang=\"fr\" href=\"https://"), "no twin that is not");
        fallen.says("findes ikke på dansk endnu").says("Wonderful &#60;b&#62;news");
        let archive = [("step", "archive")];
        agent.post(&moved, &archive).await.is(403);
        lead.post(&moved, &archive).await.is(303);
        reader.get(there).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_says_whether_it_helped_and_names_are_changed_by_leads() {
    for engine in ENGINES {
        let world = filled(engine).await;
        let (reader, lead) = (world.stranger(), world.shift_of("lead").await);
        let path = "/en/help/customer/money-back/undo-a-transaction";
        for (said, thanks) in [("no", "Sorry that it did not"), ("yes", "Thank you")] {
            let back = reader.post(&format!("{path}/vote"), &[("helped", said)]).await.leads();
            assert_eq!(back, format!("{path}?voted={said}#voice"));
            reader.get(back.split('#').next().unwrap()).await.is(200).page("en").says(thanks);
        }
        reader.post(&format!("{path}/vote"), &[("helped", "maybe")]).await.is(422);
        lead.get("/console/help").await.is(200).says("1 of 1");
        lead.get("/console/help/new").await.is(200).page("en");
        lead.get("/console/help/categories").await.is(200).page("en");
        let names = [("key", "money-back"), ("position", "20"), ("en", "Refunds"), ("da", "")];
        world.shift_of("agent").await.post("/console/help/categories", &names).await.is(403);
        lead.post("/console/help/categories", &names).await.is(303);
        let moved = reader.get(path).await.leads();
        assert_eq!(moved, "/en/help/customer/refunds/undo-a-transaction", "old links lead on");
        let bad = [("key", "Money Back"), ("en", "")];
        lead.post("/console/help/categories", &bad).await.is(422).page("en");
    }
}
