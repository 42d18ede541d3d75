//! The customer search, which also cancels: a call with user and password in its address, so
//! addresses are never shown.
//!
//! Names and answers follow the Epoch module of Magic Members and public programs that cancel:
//! `Cancel/Response` says `Success`, anything else is an `Error/Response` with a word. The fields
//! of a transaction in the answer are not public, so a look-up can tell that Epoch knows a
//! transaction, never what became of it.

use processor::{
    Answer, Call, Cancellation, Done, FindBy, Finding, Found, FoundState, Http, Reply, Sent,
};
use serde_json::Value;

use super::config::{Search, Sound};
use super::words::{self, Membership};
use crate::wire::xml::{self, Row};

/// The answers to a cancel that mean it will not renew.
const ENDED: [&str; 2] = ["success", "nmyalreadycancelled"];

/// Ends a membership. A refusal, and a silence, is held against the membership's own status: a
/// cancelled one is cancelled, whoever did it.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    let Some(search) = &config.search else { return Answer::cannot("cancel") };
    let member = &cancellation.subscription;
    if !words::is_id(member) {
        return Answer::NotExecuted("this is no member id of Epoch".to_owned());
    }
    let done = Answer::Done(Done { transaction: None, amount: None });
    let query = [
        ("api_action", "cancel"),
        ("member_id", member),
        ("cancel_reason", search.cancel_reason.as_str()),
    ];
    let first = match answered(ask(config, http, search, &query).await) {
        Ok(body) => match word(&body) {
            Some(word) if ENDED.contains(&word.to_ascii_lowercase().as_str()) => return done,
            Some(word) => {
                let word = words::shown(&word);
                Answer::NotExecuted(format!("Epoch refused to cancel: {word}"))
            }
            None => Answer::Unknown("Epoch's answer to a cancel cannot be read".to_owned()),
        },
        Err(Answer::NotExecuted(why)) => return Answer::NotExecuted(why),
        Err(other) => other,
    };
    match membership(config, http, search, member).await {
        Some(Membership::Ended) => done,
        _ => first,
    }
}

/// Looks a transaction up. That Epoch shows nothing proves nothing.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let Some(search) = &config.search else { return Answer::cannot("find") };
    let FindBy::Transaction(id) = by else {
        return Answer::cannot("look up by our own reference, only by Epoch's transaction id");
    };
    if !words::is_id(id) {
        return Answer::NotExecuted("this is no transaction id of Epoch".to_owned());
    }
    let query = [("api_action", "search"), ("trans_id", id.as_str())];
    let body = match answered(ask(config, http, search, &query).await) {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    match rows(&body, "memberid").map(|rows| rows.len()) {
        Some(0) => Answer::Unknown("Epoch's search does not show this transaction".to_owned()),
        Some(_) => Answer::Done(Some(Found {
            state: FoundState::Waiting,
            transaction: id.clone(),
            reference: None,
            amount: None,
            occurred_at: None,
        })),
        None => Answer::Unknown("Epoch's answer to a search cannot be read".to_owned()),
    }
}

/// Tries the credentials with a search for a member that nobody is.
pub(super) async fn check(config: &Sound, http: &Http) -> Finding {
    let Some(search) = &config.search else {
        let says = "not configured: nothing can be ended or looked up from here";
        return Finding::notice("search", says);
    };
    let query = [("api_action", "search"), ("member_id", "1")];
    match answered::<()>(ask(config, http, search, &query).await) {
        Ok(body) if rows(&body, "memberid").is_some_and(|rows| !rows.is_empty()) => {
            Finding::good("search", "the credentials open the customer search")
        }
        Ok(body) => match (rows(&body, "response"), word(&body)) {
            (_, Some(word)) => {
                let word = words::shown(&word);
                let says = format!("answered {word}: mend it if that is about the user or address");
                Finding::notice("search", says)
            }
            (Some(_), None) => Finding::good("search", "answered, and shows nobody, as it should"),
            (None, None) => Finding::bad("search", "answered neither XML nor JSON"),
        },
        Err(Answer::NotExecuted(why) | Answer::Unknown(why)) => Finding::bad("search", why),
        Err(_) => Finding::bad("search", "answered nothing"),
    }
}

async fn membership(
    config: &Sound,
    http: &Http,
    search: &Search,
    member: &str,
) -> Option<Membership> {
    let query = [("api_action", "search"), ("member_id", member)];
    let body = answered::<()>(ask(config, http, search, &query).await).ok()?;
    let rows = rows(&body, "memberid")?;
    let own = rows.iter().find(|row| row.get("memberid").is_some_and(|id| id == member))?;
    own.get("status").map(|word| words::membership(word))
}

async fn ask(config: &Sound, http: &Http, search: &Search, query: &[(&str, &str)]) -> Sent {
    let path = if search.json { "index.json" } else { "" };
    let Ok(url) = config.search_at.join(path) else {
        return Sent::NotExecuted("addresses.search takes no paths".to_owned());
    };
    let who = [("auth_user", search.user.as_str()), ("auth_pass", search.password.as_str())];
    http.send(Call::get(url).query(&who).query(query)).await
}

fn answered<T>(sent: Sent) -> Result<String, Answer<T>> {
    match sent {
        Sent::Answered(reply) if reply.status == 200 => {
            reply.text().map(str::to_owned).map_err(Answer::Unknown)
        }
        Sent::Answered(Reply { status: status @ (400..=405), .. }) => {
            Err(Answer::NotExecuted(format!("Epoch's customer search refused the call ({status})")))
        }
        Sent::Answered(reply) => {
            Err(Answer::Unknown(format!("Epoch's customer search answered {}", reply.status)))
        }
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// The one word of an answer; two words are no answer that can be read.
fn word(body: &str) -> Option<String> {
    let mut words = rows(body, "response")?;
    let named: Vec<String> = words.iter_mut().filter_map(|row| row.remove("response")).collect();
    let errors = rows(body, "errorresponse")?;
    let errors = errors.into_iter().filter_map(|mut row| row.remove("errorresponse"));
    let mut all: Vec<String> = named.into_iter().chain(errors).collect();
    if all.len() == 1 { all.pop().filter(|word| !word.is_empty()) } else { None }
}

/// The texts around every `key` in an answer of either form; none if it has neither.
fn rows(body: &str, key: &str) -> Option<Vec<Row>> {
    let body = body.trim();
    if body.starts_with('<') {
        return xml::rows(body, key);
    }
    let value: Value = serde_json::from_str(body).ok()?;
    let mut rows = Vec::new();
    if !(value.is_object() || value.is_array()) {
        return None;
    }
    walk(&value, key, &mut rows);
    Some(rows)
}

fn walk(value: &Value, key: &str, rows: &mut Vec<Row>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| walk(one, key, rows)),
        Value::Object(all) => {
            let text = |(name, value): (&String, &Value)| {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => return None,
                };
                Some((name.to_ascii_lowercase(), text.trim().to_owned()))
            };
            let row: Row = all.iter().filter_map(text).collect();
            if row.contains_key(key) {
                rows.push(row);
            }
            all.values().for_each(|one| walk(one, key, rows));
        }
        _ => {}
    }
}
