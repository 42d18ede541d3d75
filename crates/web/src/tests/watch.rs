//! The audit log and incidents, as staff and customers see them.

use base::{Actor, Tokens};
use billing::tokens::{self, Credit};
use desk::audit::{self, Note, Seal, WALLET_CREDITED};
use desk::incidents::Observe;
use processor::Answer;

use super::world::{ENGINES, World};

const LANGUAGES: [&str; 5] = ["en", "fr", "de", "da", "fil"];

#[tokio::test]
async fn leads_read_the_audit_log_by_who_and_what_and_agents_do_not() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let billing = &world.web.billing;
        let lead = world.shift_of("lead").await;
        lead.get("/console/audit").await.is(200).page("en").says("No line fits");
        for (about, why) in [("crd_one", "a broken show"), ("crd_two", "<b>late</b>")] {
            let (by, what) = (Actor::System, WALLET_CREDITED);
            let note = Note { by, what, about, why: Some(why) };
            let noted =
                store::write!(billing.store, |tx| Ok(audit::note(tx, &billing.env, &note).await?));
            noted.unwrap();
        }
        let page = lead.get("/console/audit").await.is(200).page("en").says("not sealed yet");
        assert!(page.text.contains("a broken show") && !page.text.contains("<b>late"));
        let vault = world.web.identity.vault.clone();
        Seal::new(billing.store.clone(), vault).all().await.unwrap();
        let page = lead.get("/console/audit?who=system&what=wallet.&about=crd_one").await;
        let page = page.is(200).page("en").says("crd_one");
        assert!(!page.text.contains("crd_two") && !page.text.contains("not sealed yet"));
        lead.get("/console/audit?what=payment.").await.is(200).page("en").says("No line fits");
        lead.get("/console/audit?after=%27").await.is(400);
        let agent = world.shift_of("agent").await;
        agent.get("/console/audit").await.is(403);
        let menu = agent.get("/console/payments").await.is(200);
        assert!(!menu.text.contains("/console/audit"), "no entry for who may not");
    }
}

#[tokio::test]
async fn customers_read_of_an_incident_in_their_language_and_staff_see_its_case() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let billing = &world.web.billing;
        let agent = world.shift_of("agent").await;
        agent.get("/console/incidents").await.is(200).page("en").says("does well");
        for _ in 0..5 {
            let lost = async { Answer::<()>::Unknown("the line went dead".to_owned()) };
            billing.routes.health.watched("paper", lost).await;
        }
        let observe = Observe::new(world.web.desk.clone());
        observe.round().await.unwrap();
        let page = agent.get("/console/incidents").await.is(200).page("en").says("of our calls");
        assert!(page.text.contains("Open incidents") && !page.text.contains("Past incidents"));
        assert!(page.text.contains("/console/cases/cas_") && page.text.contains("paper"));
        for language in LANGUAGES {
            let path = format!("/{language}/billing-support");
            let page = world.stranger().get(&path).await.is(200).page(language);
            let note = page.text.split("note-wait").nth(1).expect("a note");
            let note = note.split("</div></div>").next().unwrap();
            assert!(note.contains("Paper &#38; Sons"), "{language}: {note}");
        }
        let well = async { Answer::Done(()) };
        billing.routes.health.watched("paper", well).await;
        billing.env.clock.advance(base::SignedDuration::from_mins(11));
        observe.round().await.unwrap();
        let page = agent.get("/console/incidents").await.is(200).page("en").says("does well");
        assert!(page.text.contains("Past incidents"));
        let page = world.stranger().get("/en/billing-support").await.is(200);
        assert!(!page.text.contains("have trouble"));
    }
}

#[tokio::test]
async fn goodwill_is_a_line_of_its_own_in_the_wallet() {
    let world = World::new(ENGINES[0]).await;
    let billing = &world.web.billing;
    let credit = Credit {
        customer: world.ana,
        tokens: Tokens::new(40).unwrap(),
        reason: "never shown".to_owned(),
        by: Actor::System,
        key: "k".to_owned(),
    };
    store::write!(billing.store, |tx| tokens::credit(tx, billing, &credit).await).unwrap();
    let ana = world.browser_of(world.ana).await;
    for (language, line) in [
        ("en", "Credit from us"),
        ("fr", "Jetons offerts par nous"),
        ("de", "Gutschrift von uns"),
        ("da", "Tokens fra os"),
        ("fil", "Token na bigay namin"),
    ] {
        let page = ana.get(&format!("/{language}/wallet")).await.is(200).page(language);
        assert!(page.text.contains(line) && page.text.contains("+40"), "{language}");
        assert!(!page.text.contains("never shown"), "the reason is for colleagues");
    }
}
