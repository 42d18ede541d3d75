//! What is asked of a beginning: it leads to the house, carries our reference, keeps secrets.

use url::Url;

use crate::{Answer, GoTo, Processor, StartRequest, Started};

/// A payment can be begun: the customer is sent to a sound address, the attempt can be found
/// again, and nothing the customer sees holds a secret.
///
/// # Panics
/// With what is wrong.
pub async fn starts(
    processor: &dyn Processor,
    request: &StartRequest,
    secrets: &[&str],
) -> Started {
    let started = match processor.start(request).await {
        Answer::Done(started) => started,
        other => panic!("a sound request was not begun: {other:?}"),
    };
    is_sound_start(&started, request, secrets, "");
    started
}

/// The same of a beginning that has been made: `told` is what the house was sent for it, for
/// houses that take our reference there and answer with an address that says nothing.
///
/// # Panics
/// With what is wrong.
pub fn is_sound_start(started: &Started, request: &StartRequest, secrets: &[&str], told: &str) {
    let (address, seen) = match &started.go_to {
        GoTo::Link(link) => (link.clone(), link.clone()),
        GoTo::Form { action, fields } => {
            let values = fields.iter().map(|(name, value)| format!("{name}={value}\n"));
            (action.clone(), format!("{action}\n{}", values.collect::<String>()))
        }
    };
    let url: Url = match address.parse() {
        Ok(url) => url,
        Err(error) => panic!("the customer is sent to no address: {error}"),
    };
    let sound = url.scheme() == "https" || (url.scheme() == "http" && crate::is_loopback(&url));
    assert!(sound, "the customer is sent over an open line: {address}");
    assert!(
        [seen.as_str(), told].iter().any(|text| text.contains(&request.reference))
            || started.transaction.is_some(),
        "neither our reference nor an id of theirs: the attempt could not be found again"
    );
    for secret in secrets {
        assert!(!seen.contains(secret), "the customer can read a secret of the account");
    }
}
