//! Lists: what a filter shows, page by page, both ways.

use crate::catalog::{self, Showing};
use crate::notices::{self, Filed};
use crate::payments::{self, Filter, PaymentState};
use crate::{checkouts, tips};
use base::{Actor, SignedDuration};
use store::Page;

use super::house::{House, stories};

stories! {
    payments_are_listed_by_what_they_are(house) {
        let (paid, attempt) = house.paid().await;
        house.billing.env.clock.advance(SignedDuration::from_secs(60));
        let open = house.checkout().await;
        let list = async |filter: Filter| {
            let mut reader = house.billing.store.read().await.unwrap();
            let list = payments::list(&mut reader, &filter, Page::first(10)).await.unwrap();
            list.into_iter().map(|payment| payment.id).collect::<Vec<_>>()
        };
        let all = Filter::default();
        assert_eq!(list(all.clone()).await, [open.id, paid.id]);
        let state = Some(PaymentState::Captured);
        assert_eq!(list(Filter { state, ..all.clone() }).await, [paid.id]);
        let account = Some(attempt.account.clone());
        assert_eq!(list(Filter { account, ..all.clone() }).await, [paid.id]);
        let customer = Some(house.customer);
        assert_eq!(list(Filter { customer, ..all.clone() }).await, [open.id, paid.id]);
        let customer = Some(house.billing.env.id());
        assert_eq!(list(Filter { customer, ..all.clone() }).await, []);
        let from = Some(open.created_at);
        assert_eq!(list(Filter { from, ..all.clone() }).await, [open.id]);
        assert_eq!(list(Filter { to: from, ..all.clone() }).await, [paid.id]);
        let attention = Filter { needs_attention: true, ..all.clone() };
        assert_eq!(list(attention.clone()).await, []);
        house.hears(&[house.tells(&attempt, processor::NoticeKind::ChargedBack, 1000)]).await;
        assert_eq!(list(attention.clone()).await, [paid.id]);
        let mut reader = house.billing.store.read().await.unwrap();
        assert_eq!(payments::needing_attention(&mut reader).await.unwrap(), 1);
        let counts = payments::counts(&mut reader).await.unwrap();
        assert_eq!(counts, [(PaymentState::Captured, 1), (PaymentState::RequiresMethod, 1)]);
        let page = Page { limit: 1, after: None, before: Some(paid.id.to_string()) };
        let newer = payments::list(&mut reader, &all, page).await.unwrap();
        assert_eq!(newer[0].id, open.id);
        drop(reader);
        payments::attend(&house.billing, paid.id, Actor::System).await.unwrap();
        assert_eq!(list(attention).await, []);
    }

    everything_else_is_listed_too(house) {
        let (payment, attempt) = house.paid().await;
        house.leaves(house.tip(5)).await.outcome.unwrap();
        house.hears(&[house.tells(&attempt, processor::NoticeKind::Ignored, 1)]).await;
        let mut reader = house.billing.store.read().await.unwrap();
        let first = || Page::first(10);
        let packs = catalog::list(&mut reader, first(), Showing::Active).await.unwrap();
        assert_eq!((packs.len(), &packs[0]), (1, &house.pack));
        for customer in [None, Some(house.customer)] {
            let list = checkouts::list(&mut reader, customer, first()).await.unwrap();
            assert_eq!((list.len(), list[0].payment), (1, payment.id));
            for creator in [None, Some(house.creator)] {
                let filter = tips::Filter { customer, creator };
                assert_eq!(tips::list(&mut reader, &filter, first()).await.unwrap().len(), 1);
            }
        }
        for account in [None, Some("fake".to_owned())] {
            for (filed, many) in [(None, 2), (Some(Filed::Stale), 1), (Some(Filed::Waiting), 0)] {
                let filter = notices::Filter { account: account.clone(), filed };
                let list = notices::list(&mut reader, &filter, first()).await.unwrap();
                assert_eq!(list.len(), many, "{filter:?}");
            }
        }
        let about = notices::of_payment(&mut reader, payment.id).await.unwrap();
        assert_eq!(about.len(), 2, "what has no effect is filed beside its payment as well");
        drop(reader);
        let changes = catalog::Changes { active: Some(false), prices: None };
        let done: Result<_, base::Stop> = store::write!(house.billing.store, |tx| {
            catalog::change(tx, &house.billing.env, house.pack.id, changes.clone()).await
        });
        assert!(!done.unwrap().active);
        let mut reader = house.billing.store.read().await.unwrap();
        assert_eq!(catalog::list(&mut reader, first(), Showing::Active).await.unwrap(), []);
        assert_eq!(catalog::list(&mut reader, first(), Showing::All).await.unwrap().len(), 1);
    }
}
