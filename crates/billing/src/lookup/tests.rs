//! Somebody looks a charge up, on both databases.

use std::sync::Arc;

use base::id::{CustomerId, PaymentId};
use base::{Fault, SignedDuration, Stop};
use processor::Card;
use store::outbox::FanOut;
use store::{Args, Reader, Reads, Row, Value, Vault};

use super::look::{MOST_SHARING, search};
use super::*;
use crate::payments::Attempt;
use crate::stories::house::{House, stories};

fn lookup(house: &House) -> Lookup {
    Lookup { billing: house.billing.clone(), vault: Vault::new(&[7; 32]) }
}

fn asker(nth: usize) -> Asker {
    Asker { address: format!("192.0.2.{nth}"), device: format!("device {nth}") }
}

/// A charge of that customer with a card, kept in the index.
async fn charged(house: &House, customer: CustomerId, last4: &str) -> (PaymentId, Attempt) {
    let payment = house.checkout_of(customer).await;
    let (attempt, _) = house.start(payment.id).await.unwrap();
    let card = Card { brand: Some("Visa".to_owned()), last4: Some(last4.to_owned()) };
    let yes = processor::Notice { card: Some(card), ..house.yes(&attempt) };
    house.hears(&[yes]).await;
    told(house).await;
    (payment.id, house.attempt(&attempt).await)
}

async fn told(house: &House) {
    let billing = &house.billing;
    let index = Index::new(billing.accounts.clone(), Vault::new(&[7; 32]));
    let fan_out = FanOut::new(billing.store.clone(), billing.env.clone(), vec![Arc::new(index)]);
    fan_out.run_until_idle().await.unwrap();
}

/// Gives a customer a mail address, a name and the host site's id.
async fn named(house: &House, customer: CustomerId, mail: &str, name: &str, site_id: &str) {
    store::write!(house.billing.store, |tx| {
        let sql = "UPDATE customers SET email = $2, name = $3, external_ref = $4 WHERE id = $1";
        tx.execute(sql, (customer, mail, name, site_id)).await?;
        Ok(())
    })
    .unwrap();
}

async fn another(house: &House) -> CustomerId {
    let id = house.billing.env.id();
    store::write!(house.billing.store, |tx| {
        let sql = "INSERT INTO customers (id, language, created_at) VALUES ($1, 'da', 0)";
        tx.execute(sql, (id,)).await?;
        Ok(())
    })
    .unwrap();
    id
}

fn form(fields: &[(&str, &str)]) -> Form {
    let mut form = Form::default();
    for (name, value) in fields {
        let field = match *name {
            "date" => &mut form.date,
            "amount" => &mut form.amount,
            "currency" => &mut form.currency,
            "card" => &mut form.card,
            "statement" => &mut form.statement,
            "mail" => &mut form.mail,
            "user" => &mut form.user,
            "reference" => &mut form.reference,
            other => panic!("no field {other}"),
        };
        *field = (*value).to_owned();
    }
    form
}

async fn finds(house: &House, fields: &[(&str, &str)]) -> Option<Found> {
    let mut reader = house.billing.store.read().await.unwrap();
    search(&lookup(house), &Asked::read(&form(fields)), &mut reader).await.unwrap()
}

/// Each fact that is true of the one charge below.
fn facts<'a>(attempt: &'a Attempt, payment: &'a str) -> Vec<Vec<(&'a str, &'a str)>> {
    vec![
        vec![("date", "2026-11-23")],
        vec![("amount", "10,00"), ("currency", "USD")],
        vec![("card", "•••• 4242")],
        vec![("statement", "house tok")],
        vec![("mail", "ANA@example.org ")],
        vec![("user", "ana lind")],
        vec![("reference", attempt.transaction.as_deref().unwrap())],
        vec![("reference", payment)],
        vec![("reference", "2026 000001")],
    ]
}

stories! {
    any_two_facts_find_a_charge_and_one_finds_nothing(house) {
        named(house, house.customer, "Ana@Example.org", "Ana Lind", "player-7").await;
        let (id, attempt) = charged(house, house.customer, "4242").await;
        let text = id.to_string();
        let all = facts(&attempt, &text);
        for (nth, one) in all.iter().enumerate() {
            assert_eq!(finds(house, one).await, None, "{one:?} alone");
            for other in all.iter().skip(nth + 1).filter(|other| other[0].0 != one[0].0) {
                let both = [one.clone(), other.clone()].concat();
                let found = finds(house, &both).await.unwrap_or_else(|| panic!("{both:?}"));
                assert_eq!((found.payments, found.accounts), (vec![id], vec!["fake".to_owned()]));
                assert_eq!(found.customer, house.customer);
            }
        }
        let other_name = [("user", "Player 7"), ("card", "4242")];
        assert!(finds(house, &other_name).await.is_some(), "the host site's name of them");
        for wrong in [("card", "4243"), ("date", "2026-11-29"), ("amount", "10.01"), ("mail", "x@y.example")] {
            let fields = [("reference", text.as_str()), ("currency", "USD"), wrong];
            assert_eq!(finds(house, &fields).await, None, "{wrong:?} is not true of it");
        }
    }

    charges_of_two_people_are_told_to_nobody(house) {
        named(house, house.customer, "ana@example.org", "Ana", "1").await;
        let ben = another(house).await;
        let (first, _) = charged(house, house.customer, "4242").await;
        let amount = [("amount", "10"), ("currency", "USD"), ("date", "2026-11-21")];
        assert!(finds(house, &amount).await.is_some());
        let (bens, _) = charged(house, ben, "1111").await;
        assert_eq!(finds(house, &amount).await, None, "two people share these facts");
        let card = [("card", "4242"), ("date", "2026-11-21")];
        assert_eq!(finds(house, &card).await.unwrap().payments, vec![first]);
        let mut newest = Vec::new();
        for _ in 0..6 {
            house.billing.env.clock.advance(SignedDuration::from_secs(60));
            newest.insert(0, charged(house, house.customer, "4242").await.0);
        }
        let several = finds(house, &card).await.unwrap().payments;
        assert_eq!(several, newest[..MOST_SHOWN], "the newest few of one person");
        named(house, ben, "Ana@example.org", "Ana", "2").await;
        assert!(finds(house, &amount).await.is_some(), "both are written to at the same address");
        let _ = bens;
    }

    what_changes_later_is_found_by_its_new_facts(house) {
        named(house, house.customer, "old@example.org", "Ana", "1").await;
        let (id, attempt) = charged(house, house.customer, "4242").await;
        let old = [("mail", "old@example.org"), ("card", "4242")];
        assert!(finds(house, &old).await.is_some());
        named(house, house.customer, "new@example.org", "Ana", "1").await;
        tells(house, "customer.changed", &house.customer.to_string()).await;
        assert_eq!(finds(house, &old).await, None);
        let new = [("mail", "new@example.org"), ("card", "4242")];
        assert!(finds(house, &new).await.is_some());
        house.hears(&[house.tells(&attempt, processor::NoticeKind::Refunded, 400)]).await;
        told(house).await;
        let refund = format!("Refunded-400-{}", attempt.id);
        let by_refund = [("reference", refund.as_str()), ("card", "4242")];
        let found = finds(house, &by_refund).await;
        assert!(found.is_none_or(|found| found.payments == vec![id]));
    }

    charges_from_before_are_filled_up(house) {
        let (id, _) = charged(house, house.customer, "4242").await;
        store::write!(house.billing.store, |tx| {
            tx.execute("DELETE FROM charge_facts", ()).await?;
            Ok(())
        })
        .unwrap();
        let card = [("card", "4242"), ("date", "2026-11-21")];
        assert_eq!(finds(house, &card).await, None);
        let fill: Arc<dyn store::jobs::Work> = Arc::new(Fill::new(lookup(house)));
        let billing = &house.billing;
        let workers = store::jobs::Workers::new(billing.store.clone(), billing.env.clone()).with(fill);
        for _ in 0..2 {
            store::write!(billing.store, |tx| {
                store::jobs::enqueue(tx, &billing.env, FILL, &(), billing.env.now()).await?;
                Ok(())
            })
            .unwrap();
            workers.run_until_idle().await.unwrap();
            assert_eq!(finds(house, &card).await.unwrap().payments, vec![id]);
        }
    }

    the_database_is_asked_the_same_whatever_the_answer(house) {
        named(house, house.customer, "ana@example.org", "Ana", "1").await;
        let (id, _) = charged(house, house.customer, "4242").await;
        charged(house, another(house).await, "9999").await;
        let text = id.to_string();
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[], false),
            (&[("mail", "ana@example.org")], false),
            (&[("mail", "nobody@example.org")], false),
            (&[("mail", "nobody@example.org"), ("card", "4242")], false),
            (&[("amount", "10"), ("currency", "USD"), ("date", "2026-11-21")], false),
            (&[("amount", "ten"), ("currency", "USD"), ("card", "4242")], false),
            (&[("mail", "ana@example.org"), ("card", "4242")], true),
            (&[("reference", &text), ("user", "ana"), ("date", "2026-11-20")], true),
        ];
        let mut shapes = Vec::new();
        for (fields, is_found) in cases {
            let reader = house.billing.store.read().await.unwrap();
            let mut counted = Counted { reader, asked: Vec::new() };
            let asked = Asked::read(&form(fields));
            let found = search(&lookup(house), &asked, &mut counted).await.unwrap();
            assert_eq!(found.is_some(), is_found, "{fields:?}");
            shapes.push(counted.asked);
        }
        assert_eq!(shapes[0].len(), 4, "four questions");
        assert!(shapes.iter().all(|shape| *shape == shapes[0]), "{shapes:#?}");
    }

    five_tries_an_hour_from_an_address_and_twenty_a_day_from_a_device(house) {
        let lookup = lookup(house);
        let asked = Asked::default();
        let tries = async |asker: &Asker| match look(&lookup, &asked, asker).await {
            Ok(None) => true,
            Err(Stop::Refused(refusal)) => {
                assert_eq!(refusal.code, TOO_OFTEN.code);
                false
            }
            other => panic!("{other:?}"),
        };
        for _ in 0..5 {
            assert!(tries(&asker(1)).await);
        }
        assert!(!tries(&asker(1)).await, "the sixth");
        assert!(tries(&asker(2)).await, "somebody else");
        house.billing.env.clock.advance(SignedDuration::from_mins(61));
        assert!(tries(&asker(1)).await, "an hour later");
        let moving = |nth: usize| Asker { address: format!("198.51.100.{nth}"), ..asker(3) };
        for nth in 0..20 {
            assert!(tries(&moving(nth)).await, "{nth}");
        }
        assert!(!tries(&moving(21)).await, "the same device from everywhere");
        house.billing.env.clock.advance(SignedDuration::from_hours(25));
        assert!(tries(&moving(22)).await);
        let rows = all(house, "SELECT subject FROM limit_counts").await;
        assert!(rows.len() <= 3, "what counts no more is forgotten");
        assert!(rows.iter().all(|row| row.text("subject").unwrap().len() == 32), "hashes only");
    }

    every_ending_is_counted_and_no_fact_is_kept(house) {
        named(house, house.customer, "ana@example.org", "Ana", "1").await;
        charged(house, house.customer, "4242").await;
        let lookup = lookup(house);
        let found = [("mail", "ana@example.org"), ("card", "4242")];
        let asked = Asked::read(&form(&found));
        let found = look(&lookup, &asked, &asker(1)).await.unwrap().unwrap();
        look(&lookup, &Asked::read(&form(&[("card", "4242")])), &asker(1)).await.unwrap();
        enter(&lookup, &found.kinds, Door::Details).await.unwrap();
        enter(&lookup, &found.kinds, Door::Details).await.unwrap();
        let sql = "SELECT kinds, ending, door, times FROM lookup_endings ORDER BY door, ending";
        let rows = all(house, sql).await;
        let read = |row: &Row| {
            let text = |name| row.text(name).unwrap();
            (text("kinds"), text("ending"), text("door"), row.int("times").unwrap())
        };
        let counted: Vec<_> = rows.iter().map(read).collect();
        let row = |kinds: &str, ending: &str, door: &str, times| {
            (kinds.to_owned(), ending.to_owned(), door.to_owned(), times)
        };
        assert_eq!(counted, [
            row("mail+card", "found", "", 1),
            row("card", "nothing", "", 1),
            row("mail+card", "found", "details", 2),
        ]);
        let kept = all(house, "SELECT fact FROM charge_facts").await;
        assert!(kept.iter().all(|row| row.text("fact").unwrap().len() == 32), "hashes only");
    }

    the_houses_are_those_of_the_accounts_that_are_not_paused(house) {
        let shown = async || {
            let mut reader = house.billing.store.read().await.unwrap();
            houses(&mut reader, &house.billing.accounts).await.unwrap()
        };
        let all = shown().await;
        assert_eq!(all.len(), 1, "both accounts are with the same house");
        assert_eq!(all[0].accounts, ["fake", "other"]);
        assert_eq!((all[0].contact.name.as_str(), &all[0].descriptors[..]), ("Fake Pay", &["HOUSE*TOKENS".to_owned()][..]));
        store::write!(house.billing.store, |tx| {
            let sql = "INSERT INTO account_switches (nth, account, status, why, made_by, created_at) \
                       VALUES (1, 'other', 'paused', 'broken', 'stf', 0), (2, 'fake', 'drain', 'x', 'stf', 0)";
            tx.execute(sql, ()).await?;
            Ok(())
        })
        .unwrap();
        assert_eq!(shown().await[0].accounts, ["fake"], "one that is paused is not shown");
    }

    what_too_many_share_is_told_to_nobody(house) {
        let vault = Vault::new(&[7; 32]);
        let (id, _) = charged(house, house.customer, "4242").await;
        let amount = [("amount", "10"), ("currency", "USD"), ("date", "2026-11-21")];
        assert_eq!(finds(house, &amount).await.unwrap().payments, vec![id]);
        let shared = Kind::Amount.hashed(&vault, "USD 1000");
        for _ in 0..MOST_SHARING {
            let other = house.checkout().await.id;
            store::write!(house.billing.store, |tx| {
                let sql = "INSERT INTO charge_facts (payment, fact, kind, taken_at) \
                           VALUES ($1, $2, 'amount', $3)";
                tx.execute(sql, (other, &shared, house.billing.env.now())).await?;
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(finds(house, &amount).await, None, "too many to look through");
        let card = [("amount", "10"), ("currency", "USD"), ("card", "4242")];
        assert_eq!(finds(house, &card).await.unwrap().payments, vec![id], "a rarer fact still tells");
    }

    a_token_opens_for_half_an_hour_and_only_if_it_is_ours(house) {
        let lookup = lookup(house);
        let found = Found {
            payments: vec![house.billing.env.id()],
            customer: house.customer,
            accounts: vec!["fake".to_owned()],
            kinds: "mail+card".to_owned(),
        };
        let token = found.seal(&lookup).unwrap();
        assert!(!token.0.contains("cus_") && !token.0.contains("fake"));
        assert_eq!(Found::open(&lookup, &token), Some(found.clone()));
        assert_eq!(Found::open(&lookup, &Token(format!("{}0", token.0))), None);
        assert_eq!(Found::open(&lookup, &Token("x".repeat(3_000))), None);
        house.billing.env.clock.advance(SignedDuration::from_mins(31));
        assert_eq!(Found::open(&lookup, &token), None);
    }
}

async fn all(house: &House, sql: &'static str) -> Vec<Row> {
    house.billing.store.read().await.unwrap().fetch_all(sql, ()).await.unwrap()
}

/// Another room tells a fact.
async fn tells(house: &House, kind: &'static str, id: &str) {
    let env = &house.billing.env;
    let event = store::outbox::Event {
        id: env.id(),
        kind: kind.into(),
        subject: id.to_owned(),
        sequence: 2,
        body: serde_json::json!({ "id": id }),
        created_at: env.now(),
    };
    store::write!(house.billing.store, |tx| Ok(store::outbox::tell(tx, &event).await?)).unwrap();
    told(house).await;
}

/// Notes what the database is asked: the statement, and how many values of which kind and length.
struct Counted {
    reader: Reader,
    asked: Vec<(String, Vec<String>)>,
}

impl Reads for Counted {
    fn engine(&self) -> store::Engine {
        self.reader.engine()
    }

    async fn fetch_all(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> Result<Vec<Row>, Fault> {
        let values = args.values();
        let shape = |value: &Value| match value {
            Value::Texts(list) => format!("{} texts", list.len()),
            Value::Text(Some(text)) => format!("{} letters", text.len()),
            Value::Int(_) => "a number".to_owned(),
            other => format!("{other:?}"),
        };
        self.asked.push((sql.to_owned(), values.iter().map(shape).collect()));
        self.reader.fetch_all(sql, values).await
    }
}
