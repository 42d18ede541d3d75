//! The pictures that a mail shows from elsewhere, once somebody has asked for them: we fetch them,
//! so that their sender learns that the mail was opened, and nothing about who opened it.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};

use super::fetch::{Outside, Reach};

/// Pictures of one mail.
pub const MOST_PICTURES: usize = 30;
/// The largest picture.
const LARGEST: usize = 5 * 1024 * 1024;
/// All pictures of one mail.
const ALL: usize = 20 * 1024 * 1024;
/// Pictures that are fetched side by side.
const AT_ONCE: usize = 6;
/// How long somebody waits for all of them.
const PATIENCE: Duration = Duration::from_secs(12);

/// A picture that a browser may show: it can hold no script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its bytes say it is.
    pub kind: &'static str,
}

/// Fetches pictures; what is none, or does not come in time, is left out.
pub async fn pictures(reach: Reach, addresses: &[String]) -> HashMap<String, Picture> {
    let outside = match Outside::new(reach) {
        Ok(outside) => outside,
        Err(fault) => {
            tracing::error!(fault = fault.chain(), "pictures of a mail were not fetched");
            return HashMap::new();
        }
    };
    let mut wanted: Vec<&String> = addresses.iter().collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.truncate(MOST_PICTURES);
    let fetches: Vec<_> = wanted.into_iter().map(|one| fetch(&outside, one)).collect();
    let mut coming = stream::iter(fetches).buffer_unordered(AT_ONCE);
    let mut found = HashMap::new();
    let mut size = 0;
    let all = async {
        while let Some(one) = coming.next().await {
            let Some((address, picture)) = one else { continue };
            size += picture.bytes.len();
            if size > ALL {
                return;
            }
            found.insert(address, picture);
        }
    };
    // What came in time is shown.
    let _ = tokio::time::timeout(PATIENCE, all).await;
    found
}

async fn fetch(outside: &Outside, address: &str) -> Option<(String, Picture)> {
    let url = address.parse().ok()?;
    let fetched = outside.get(&url, None, LARGEST).await.ok()?;
    let kind = kind(&fetched.bytes)?;
    Some((address.to_owned(), Picture { bytes: fetched.bytes, kind }))
}

/// The kind of a picture, by its bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let kind = infer::get(bytes)?.mime_type();
    let shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    shown.into_iter().find(|one| *one == kind)
}

#[cfg(test)]
mod tests {
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    #[tokio::test]
    async fn pictures_come_and_what_is_none_is_left_out() {
        let server = MockServer::start().await;
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
        for (at, body) in [("/a.png", png.clone()), ("/b.png", svg.as_bytes().to_vec())] {
            let answer = ResponseTemplate::new(200).set_body_raw(body, "image/png");
            Mock::given(path(at)).respond_with(answer).mount(&server).await;
        }
        let named = |name: &str| format!("{}/{name}", server.uri());
        let asked = [named("a.png"), named("b.png"), named("c.png"), "nonsense".to_owned()];
        let found = pictures(Reach::Here, &asked).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[&named("a.png")], Picture { bytes: png, kind: "image/png" });
        assert!(pictures(Reach::Public, &asked).await.is_empty());
    }
}
