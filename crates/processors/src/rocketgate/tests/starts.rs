//! Beginning: the exact link with its hash, what never gets into it, and the way back.

use processor::{GoTo, Period, Renewal};

use super::*;

async fn link_of(request: &StartRequest) -> String {
    let started = check::starts(account(), request, &SECRETS).await;
    let GoTo::Link(link) = started.go_to else { panic!("a link was expected") };
    link
}

async fn refused(request: &StartRequest) -> String {
    match account().start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

/// The hashes are those that Python's hashlib makes.
#[tokio::test]
async fn a_link_is_exactly_this_with_its_hash_at_the_end() {
    let link = link_of(&wish(usd(1990))).await;
    assert_eq!(
        link,
        "https://secure.rocketgate.com/hostedpage/servlet/HostedPagePurchase?id=cus_1&merch=1001\
         &amount=19.90&invoice=att_01k2m8y4v0000000000000000a&method=CC&purchase=TRUE&prodid=7\
         &country=DK&success=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1\
         &fail=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1&hash=wQXkzivdbrLZfsLdpFmTcdUNyrE%3D"
    );
    let month = Period::Months(1);
    let renews = Renewal { first: month, amount: usd(2995), every: month, times: None };
    let request = StartRequest { renews: Some(renews), ..wish(usd(2995)) };
    let link = link_of(&request).await;
    assert!(link.contains("&country=DK&rebill-freq=MONTHLY&success="), "{link}");
    assert!(link.ends_with("&hash=QAPXcs4WhCOme0%2BxOcugIPPeZCs%3D"), "{link}");
}

/// Values are hashed without escaping: a name such as `Ana&amount=0.01` would let its owner write
/// another amount under the same hash.
#[tokio::test]
async fn nothing_a_customer_wrote_gets_into_a_link() {
    let link = link_of(&wish(usd(1990))).await;
    assert!(!link.contains("Ana") && !link.contains("0.01") && !link.contains("ana"), "{link}");
    let mut request = wish(usd(1990));
    request.buyer.country = Some("d&".to_owned());
    assert!(!link_of(&request).await.contains("country"));
    for change in [
        StartRequest { reference: "att&amount=1".to_owned(), ..wish(usd(1990)) },
        StartRequest {
            return_url: "https://a.example/?a=1&amount=1".to_owned(),
            ..wish(usd(1990))
        },
        StartRequest {
            buyer: Buyer { customer: "c=1".to_owned(), ..Buyer::default() },
            ..wish(usd(1990))
        },
    ] {
        refused(&change).await;
    }
}

#[tokio::test]
async fn what_a_link_cannot_say_is_refused() {
    let (month, days) = (Period::Months(1), Period::Days(60));
    let renewal =
        |first, every, amount, times| Renewal { first, amount: usd(amount), every, times };
    let table = [
        renewal(month, month, 995, None),
        renewal(days, month, 1990, None),
        renewal(month, month, 1990, Some(3)),
    ];
    for renews in table {
        let why = refused(&StartRequest { renews: Some(renews), ..wish(usd(1990)) }).await;
        assert!(why.contains("renews"), "{why}");
    }
    let sixty = renewal(days, days, 1990, None);
    let link = link_of(&StartRequest { renews: Some(sixty), ..wish(usd(1990)) }).await;
    assert!(link.contains("&rebill-freq=60&"), "{link}");
    let held = StartRequest { capture: CaptureWhen::Later, ..wish(usd(1990)) };
    assert!(refused(&held).await.contains("at once"));
    let euros = wish(Money::new(1990, Currency::EUR));
    assert!(refused(&euros).await.contains("USD"));
}

#[test]
fn the_way_back_is_known_by_its_hash_and_by_nothing_less() {
    let query = "id=cus_1&invoiceID=att_01k2m8y4v0000000000000000a&flag=a+b%2Bc+%C3%A9%25\
                 &hash=Vbo%2B0V3q8EqAENmwfS%2F2zt8hVGo%3D";
    assert!(account().made_return(query));
    for forged in [
        query.replace("cus_1", "cus_2"),
        query.replace("Vbo", "vbo"),
        query.replace("id=cus_1&", ""),
        format!("{query}&flag=2"),
        format!("{query}="),
        query.split("&hash=").next().unwrap().to_owned(),
        "hash=Vbo%2B0V3q8EqAENmwfS%2F2zt8hVGo%3D".to_owned(),
        "&hash=".to_owned(),
        String::new(),
        "%&hash=%zz".to_owned(),
    ] {
        assert!(!account().made_return(&forged), "{forged}");
    }
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_however_it_is_configured() {
    check::keeps_its_abilities(account(), &wish(usd(1990))).await;
    let mut other = config("http://127.0.0.1:9/");
    other["holds"] = true.into();
    for key in ["google_pay", "returns", "postbacks"] {
        other.as_object_mut().unwrap().remove(key);
    }
    check::keeps_its_abilities(&account_of(other), &wish(usd(1990))).await;
}
