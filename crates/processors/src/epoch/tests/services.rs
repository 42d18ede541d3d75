//! The customer search, cancelling, and the check of an account: what they answer, what they might
//! answer, and what must never be taken for something else.

use processor::{FindBy, FoundState, Standing};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const SEARCH: &str = "/services/customer_search/";
const CUSTOMER: &str = include_str!("../samples/customer.xml");

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

fn said(word: &str) -> String {
    format!("<Response><Cancel><Response>{word}</Response></Cancel></Response>")
}

fn status(word: &str) -> ResponseTemplate {
    text(&CUSTOMER.replace("Active Recurring", word))
}

/// A house that answers a cancel with one thing and a search with another.
async fn house(cancel: ResponseTemplate, search: ResponseTemplate) -> (MockServer, Epoch) {
    let server = MockServer::start().await;
    for (action, answer) in [("cancel", cancel), ("search", search)] {
        Mock::given(method("GET"))
            .and(path(SEARCH))
            .and(query_param("auth_user", "desk"))
            .and(query_param("auth_pass", PASSWORD))
            .and(query_param("api_action", action))
            .respond_with(answer)
            .mount(&server)
            .await;
    }
    let account = account_of(config(&server.uri()));
    (server, account)
}

fn ending() -> Cancellation {
    Cancellation {
        key: "op_1".to_owned(),
        subscription: "5550001".to_owned(),
        at_once: false,
        reason: "asked for".to_owned(),
    }
}

#[tokio::test]
async fn a_cancel_is_exactly_this_call() {
    let (server, account) = house(text(&said("Success")), status("Active")).await;
    assert!(matches!(account.cancel(&ending()).await, Answer::Done(_)));
    let calls = server.received_requests().await.unwrap();
    assert_eq!(calls.len(), 1);
    let query = "auth_user=desk&auth_pass=search-password-0001&api_action=cancel\
                 &member_id=5550001&cancel_reason=wmapprvd";
    assert_eq!(calls[0].url.query(), Some(query));
    assert_eq!(calls[0].url.path(), SEARCH);
}

#[tokio::test]
async fn answers_to_a_cancel_are_placed_by_what_is_known() {
    enum Place {
        Done,
        NotExecuted,
        Unknown,
    }
    let error = "<Response><Error><Response>NOTALLOWED</Response></Error></Response>";
    let old = "<Response><ErrorResponse>no such member</ErrorResponse></Response>";
    let slow = || text(&said("Success")).set_delay(Duration::from_secs(5));
    let table = [
        (text(&said("Success")), "Active", Place::Done),
        (text(&said("success")), "Active", Place::Done),
        (text(&said("NMYALREADYCANCELLED")), "Active", Place::Done),
        (text(r#"{"Cancel":{"Response":"Success"}}"#), "Active", Place::Done),
        (text(error), "Active Recurring", Place::NotExecuted),
        (text(error), "Cancelled Recurring", Place::Done),
        (text(error), "Canceled", Place::Done),
        (text(error), "Terminated", Place::Done),
        (text(error), "Suspended", Place::NotExecuted),
        (text(error), "Dormant", Place::NotExecuted),
        (text(old), "Active", Place::NotExecuted),
        (text(r#"{"Error":{"Response":"NOTALLOWED"}}"#), "Active", Place::NotExecuted),
        (ResponseTemplate::new(403), "Cancelled", Place::NotExecuted),
        (text("<html><body>Success</body></html>"), "Active", Place::Unknown),
        (text("<html><p>Success"), "Active", Place::Unknown),
        (text("Success"), "Active", Place::Unknown),
        (text("\"Success\""), "Active", Place::Unknown),
        (text(&said("")), "Active", Place::Unknown),
        (
            text("<R><A><Response>Success</Response></A><B><Response>NO</Response></B></R>"),
            "Active",
            Place::Unknown,
        ),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), "Active", Place::Unknown),
        (ResponseTemplate::new(204), "Active", Place::Unknown),
        (ResponseTemplate::new(302), "Active", Place::Unknown),
        (ResponseTemplate::new(500), "Active", Place::Unknown),
        (ResponseTemplate::new(500), "Canceled Trial", Place::Done),
        (slow(), "Active", Place::Unknown),
        (slow(), "Cancelled", Place::Done),
    ];
    for (answer, standing, place) in table {
        let label = format!("{standing} {answer:?}");
        let (_server, account) = house(answer, status(standing)).await;
        let answer = account.cancel(&ending()).await;
        let said = format!("{answer:?}");
        let placed = match place {
            Place::Done => matches!(answer, Answer::Done(_)),
            Place::NotExecuted => matches!(answer, Answer::NotExecuted(_)),
            Place::Unknown => matches!(answer, Answer::Unknown(_)),
        };
        assert!(placed, "{label} was placed as {said}");
        assert!(!said.contains(PASSWORD), "the password leaked: {said}");
    }
}

#[tokio::test]
async fn a_strange_member_or_a_dead_line_ends_nothing() {
    let strange = Cancellation { subscription: "1&api_action=search".to_owned(), ..ending() };
    assert!(matches!(account().cancel(&strange).await, Answer::NotExecuted(_)));
    assert!(matches!(account().cancel(&ending()).await, Answer::NotExecuted(_)));
}

async fn looked_up(answer: ResponseTemplate, json: bool) -> Answer<Option<Found>> {
    let server = MockServer::start().await;
    let at = if json { "/services/customer_search/index.json" } else { SEARCH };
    Mock::given(path(at))
        .and(query_param("api_action", "search"))
        .and(query_param("trans_id", "1418464163"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let mut config = config(&server.uri());
    config["search"]["json"] = json.into();
    account_of(config).find(&FindBy::Transaction("1418464163".to_owned())).await
}

#[tokio::test]
async fn a_look_up_tells_that_epoch_knows_it_and_no_more() {
    for (body, json) in [(CUSTOMER, false), (include_str!("../samples/customer.json"), true)] {
        let Answer::Done(Some(found)) = looked_up(text(body), json).await else {
            panic!("not found: {body}")
        };
        assert_eq!((found.state, found.transaction.as_str()), (FoundState::Waiting, "1418464163"));
        assert_eq!((found.amount, found.reference), (None, None));
    }
}

#[tokio::test]
async fn a_look_up_that_shows_nothing_proves_nothing() {
    let nobody = "<Response><Error><Response>NOTFOUND</Response></Error></Response>";
    let answers = [
        text(nobody),
        text("<Response/>"),
        text("<html><body>maintenance</body></html>"),
        text("<html><br>"),
        text("oops"),
        text("{}"),
        text("7"),
        ResponseTemplate::new(503),
        text(CUSTOMER).set_delay(Duration::from_secs(5)),
    ];
    for answer in answers {
        let label = format!("{answer:?}");
        let answer = looked_up(answer, false).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
    }
    let refused = looked_up(ResponseTemplate::new(401), false).await;
    assert!(matches!(refused, Answer::NotExecuted(_)), "{refused:?}");
    let by_ours = account().find(&FindBy::Reference(ATTEMPT.to_owned())).await;
    assert!(matches!(by_ours, Answer::NotExecuted(_)), "{by_ours:?}");
}

async fn checked(list: ResponseTemplate, search: ResponseTemplate, senders: Value) -> Vec<Finding> {
    let server = MockServer::start().await;
    Mock::given(path("/ip_list.php")).respond_with(list).mount(&server).await;
    Mock::given(path(SEARCH)).respond_with(search).mount(&server).await;
    let mut config = config(&server.uri());
    config["locks"]["senders"] = senders;
    account_of(config).check("2025-11-21T15:04:06Z".parse().unwrap()).await
}

fn standing(findings: &[Finding], what: &str) -> Standing {
    findings
        .iter()
        .find(|finding| finding.what == what)
        .unwrap_or_else(|| panic!("{what}"))
        .standing
}

#[tokio::test]
async fn the_public_list_is_held_against_our_lock() {
    let ours = || json!(["208.236.105.0/24", "65.17.248.0/24"]);
    let date = |list: &str| text(list).insert_header("date", "Fri, 21 Nov 2025 15:04:00 GMT");
    let table = [
        ("208.236.105.7|65.17.248.9", ours(), Standing::Good),
        ("208.236.105.|65.17.248", ours(), Standing::Good),
        ("208.236.105.7|198.51.100.4", ours(), Standing::Bad),
        ("208.236.|65.17.248.9", ours(), Standing::Bad),
        ("208.236.105.7", json!([]), Standing::Bad),
        ("<html>moved</html>", ours(), Standing::Bad),
        ("208.236.105.777", ours(), Standing::Bad),
        ("", ours(), Standing::Bad),
    ];
    for (list, senders, expected) in table {
        let findings = checked(date(list), text(CUSTOMER), senders).await;
        assert_eq!(standing(&findings, "locks.senders"), expected, "{list}: {findings:?}");
        assert_eq!(standing(&findings, "clock"), Standing::Good, "{list}");
        assert_eq!(standing(&findings, "search"), Standing::Good, "{list}");
    }
    let missing = checked(date("198.51.100."), text(CUSTOMER), ours()).await;
    assert!(Finding::worst(&missing).unwrap().contains("198.51.100.0/24"), "{missing:?}");
}

#[tokio::test]
async fn the_check_says_what_is_wrong_with_the_search() {
    let nobody = "<Response><Error><Response>BADLOGIN</Response></Error></Response>";
    let table = [
        (text(nobody), Standing::Notice),
        (text("<Response/>"), Standing::Good),
        (text("oops"), Standing::Bad),
        (ResponseTemplate::new(403), Standing::Bad),
        (ResponseTemplate::new(500), Standing::Bad),
    ];
    for (answer, expected) in table {
        let findings = checked(text("208.236.105.7"), answer, json!(["208.236.105.0/24"])).await;
        assert_eq!(standing(&findings, "search"), expected, "{findings:?}");
    }
    let dead = account().check("2025-11-21T15:04:06Z".parse().unwrap()).await;
    assert!(Finding::worst(&dead).is_some());
    let mut bare = config("http://127.0.0.1:9");
    bare.as_object_mut().unwrap().remove("search");
    bare.as_object_mut().unwrap().remove("data_plus");
    let bare = account_of(bare).check("2025-11-21T15:04:06Z".parse().unwrap()).await;
    assert_eq!(standing(&bare, "search"), Standing::Notice);
    assert_eq!(standing(&bare, "data_plus"), Standing::Notice);
}
