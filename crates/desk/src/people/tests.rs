//! People on both databases.

use base::id::CustomerId;
use base::{Env, Language, Stop};
use identity::customers;
use store::scratch::Scratch;
use store::{Engine, Store};

use super::*;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Office {
    _scratch: Scratch,
    store: Store,
    env: Env,
}

impl Office {
    async fn open(engine: Engine) -> Office {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        Office { store: scratch.store.clone(), _scratch: scratch, env }
    }

    async fn meet(&self, kind: AddressKind, value: &str) -> Result<(Person, Address), Stop> {
        let name = Some("Ana".to_owned());
        let hint = Hint { name, language: Language::Da, audience: Audience::Customer };
        let env = &self.env;
        store::write!(self.store, |tx| meet(tx, env, kind, value, &hint).await)
    }

    async fn customer(&self, mail: &str) -> CustomerId {
        let form = customers::Form { email: Some(mail.to_owned()), ..customers::Form::default() };
        let new = customers::NewCustomer::checked(form).unwrap();
        let env = &self.env;
        let made: Result<_, Stop> =
            store::write!(self.store, |tx| customers::register(tx, env, new.clone()).await);
        made.unwrap().id
    }

    async fn of_customer(&self, id: CustomerId) -> Person {
        let env = &self.env;
        store::write!(self.store, |tx| of_customer(tx, env, id).await).unwrap()
    }

    async fn addresses(&self, person: &Person) -> Vec<Address> {
        let mut reader = self.store.read().await.unwrap();
        addresses_of(&mut reader, person.id).await.unwrap()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

#[tokio::test]
async fn whoever_writes_again_is_the_same_person_and_still_unproved() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (ana, mail) = office.meet(AddressKind::Mail, "Ana@Example.org").await.unwrap();
        assert_eq!((mail.value.as_str(), mail.verified_at), ("ana@example.org", None));
        let (again, same) = office.meet(AddressKind::Mail, " ana@example.ORG ").await.unwrap();
        assert_eq!((again, same), (ana.clone(), mail));
        let (other, _) = office.meet(AddressKind::Phone, "+45 12 34 56 78").await.unwrap();
        assert_ne!(other.id, ana.id);
        let mut reader = office.store.read().await.unwrap();
        let found = find_address(&mut reader, AddressKind::Phone, "+45(12)345678").await.unwrap();
        assert_eq!(found.unwrap().person, other.id);
    }
}

#[tokio::test]
async fn two_first_words_at_once_make_one_person() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let all = (0..6).map(|_| office.meet(AddressKind::Mail, "ana@example.org"));
        let all = futures_util::future::join_all(all).await;
        let mut people: Vec<_> = all.into_iter().map(|met| met.unwrap().0.id).collect();
        people.dedup();
        assert_eq!(people.len(), 1);
    }
}

#[tokio::test]
async fn what_cannot_be_an_address_is_refused() {
    let office = Office::open(Engine::Sqlite).await;
    for (kind, value) in [
        (AddressKind::Mail, "ana"),
        (AddressKind::Mail, "ana@example.org\r\nBcc: eve@example.org"),
        (AddressKind::Phone, "call me"),
        (AddressKind::WhatsApp, ""),
        (AddressKind::Other, "viber"),
        (AddressKind::Chat, &"x".repeat(400)),
    ] {
        let refused = code(office.meet(kind, value).await);
        assert!(["address_not_valid", "email_not_valid"].contains(&refused), "{value}");
    }
}

#[tokio::test]
async fn a_customer_is_a_person_with_the_mail_that_the_site_gave() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let id = office.customer("ana@example.org").await;
        let ana = office.of_customer(id).await;
        assert_eq!((ana.customer, ana.customer_by), (Some(id), Some(Proof::HostSite)));
        assert_eq!(office.of_customer(id).await, ana, "made once");
        let [mail] = &office.addresses(&ana).await[..] else { panic!("one address") };
        assert_eq!(mail.verified_by, Some(Proof::HostSite));
        let (met, _) = office.meet(AddressKind::Mail, "ana@example.org").await.unwrap();
        assert_eq!(met.id, ana.id);
    }
}

#[tokio::test]
async fn who_wrote_before_is_the_customer_but_what_they_claimed_beside_is_not() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (ana, _) = office.meet(AddressKind::Mail, "ana@example.org").await.unwrap();
        let id = office.customer("ana@example.org").await;
        assert_eq!(office.of_customer(id).await.id, ana.id);

        // A visitor of the chat claims Ben's address; the site then names Ben.
        let (eve, _) = office.meet(AddressKind::Chat, "visitor-1").await.unwrap();
        let env = &office.env;
        store::write!(office.store, |tx| {
            add_address(tx, env, eve.id, AddressKind::Mail, "ben@example.org").await
        })
        .unwrap();
        let id = office.customer("ben@example.org").await;
        let ben = office.of_customer(id).await;
        assert_ne!(ben.id, eve.id);
        assert_eq!(office.addresses(&ben).await[0].value, "ben@example.org");
        assert!(office.addresses(&eve).await.iter().all(|it| it.kind == AddressKind::Chat));
    }
}

#[tokio::test]
async fn an_address_belongs_to_one_person_and_a_person_is_one_customer() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let (ana, _) = office.meet(AddressKind::Mail, "ana@example.org").await.unwrap();
        let (ben, _) = office.meet(AddressKind::Mail, "ben@example.org").await.unwrap();
        let taken = store::write!(office.store, |tx| {
            add_address(tx, env, ben.id, AddressKind::Mail, "ANA@example.org").await
        });
        assert_eq!(code(taken), "address_taken");
        let (one, two) = (office.customer("a@example.org").await, office.customer("b@x.org").await);
        let attach = async |customer| {
            store::write!(office.store, |tx| {
                attach_customer(tx, env, ana.id, customer, Proof::Link).await
            })
        };
        assert_eq!(attach(one).await.unwrap().customer_by, Some(Proof::Link));
        attach(one).await.unwrap();
        assert_eq!(code(attach(two).await), "person_is_another_customer");
    }
}

#[tokio::test]
async fn the_first_proof_of_an_address_stays() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let (_, mail) = office.meet(AddressKind::Mail, "ana@example.org").await.unwrap();
        for proof in [Proof::Link, Proof::Staff] {
            let proved =
                store::write!(office.store, |tx| verify(tx, env, mail.id, proof).await).unwrap();
            assert_eq!(proved.verified_by, Some(Proof::Link));
        }
    }
}

#[tokio::test]
async fn nothing_is_left_of_somebody_who_is_erased() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let id = office.customer("ana@example.org").await;
        let ana = office.of_customer(id).await;
        let gone = store::write!(office.store, |tx| erase(tx, env, ana.id).await).unwrap();
        assert_eq!((gone.name, gone.customer), (None, None));
        let [mail] = &office.addresses(&ana).await[..] else { panic!("one address") };
        assert!(!mail.value.contains("ana") && mail.verified_at.is_none());
        let (again, _) = office.meet(AddressKind::Mail, "ana@example.org").await.unwrap();
        assert_ne!(again.id, ana.id, "who writes later is somebody new");
    }
}
