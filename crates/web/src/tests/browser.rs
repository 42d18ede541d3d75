//! A browser that keeps cookies and fills forms as they came.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::looks;

pub(super) struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A file that somebody picked.
#[derive(Clone, Copy)]
pub(super) struct Picked<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) bytes: &'a [u8],
}

/// An answer, read.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Got {
    #[track_caller]
    pub(super) fn is(self, status: u16) -> Got {
        assert_eq!(self.status, status, "{}", looks::text(&self.text));
        self
    }

    /// A whole page in that language, and well made.
    #[track_caller]
    pub(super) fn page(self, language: &str) -> Got {
        looks::check(&self.text, language);
        self
    }

    #[track_caller]
    pub(super) fn says(self, words: &str) -> Got {
        let text = looks::text(&self.text);
        assert!(text.contains(words), "{words:?} is not in: {text}");
        self
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where the answer leads.
    #[track_caller]
    pub(super) fn leads(&self) -> String {
        assert_eq!(self.status, 303, "{}", looks::text(&self.text));
        self.header("location").to_owned()
    }

    /// The hidden fields of the form that is sent to a path with this ending.
    #[track_caller]
    pub(super) fn form(&self, ending: &str) -> Vec<(String, String)> {
        let found = self.text.split("<form").find(|form| {
            let head = form.split('>').next().unwrap_or_default();
            head.contains(&format!("{ending}\""))
        });
        let form = found.unwrap_or_else(|| panic!("no form for {ending}"));
        let form = form.split("</form>").next().unwrap_or_default();
        let value = |tag: &str, name: &str| {
            let after = tag.split_once(&format!(" {name}=\""))?.1;
            Some(after.split_once('"')?.0.replace("&#60;", "<").replace("&#38;", "&"))
        };
        form.split("<input type=\"hidden\"")
            .skip(1)
            .map(|tag| (value(tag, "name").unwrap(), value(tag, "value").unwrap()))
            .collect()
    }
}

impl Browser {
    pub(super) fn new(router: Router) -> Browser {
        Browser { router, cookies: Mutex::default() }
    }

    pub(super) fn keep(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub(super) async fn get(&self, path: &str) -> Got {
        self.send("GET", path, &[], &[]).await
    }

    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        self.send("POST", path, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    /// Sends a form that may carry files.
    pub(super) async fn post_parts(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!(
                "--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--edge--\r\n");
        let headers = [("sec-fetch-site", "same-origin")];
        self.carry("POST", path, "multipart/form-data; boundary=edge", body, &headers).await
    }

    /// Sends a form as it came, with some fields filled.
    pub(super) async fn fill(
        &self,
        path: &str,
        form: &[(String, String)],
        filled: &[(&str, &str)],
    ) -> Got {
        let came = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = came.filter(|(name, _)| !filled.iter().any(|(other, _)| other == name));
        let fields: Vec<_> = kept.chain(filled.iter().copied()).collect();
        self.post(path, &fields).await
    }

    /// Sends a form with files.
    pub(super) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[Picked<'_>],
    ) -> Got {
        const EDGE: &str = "----edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"");
            body.extend_from_slice(format!("{head}\r\n\r\n{value}\r\n").as_bytes());
        }
        for Picked { name, kind, bytes } in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; \
                 filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(header::HOST, "pay.example")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header(header::COOKIE, self.cookie_line())
            .header("sec-fetch-site", "same-origin");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    fn cookie_line(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    pub(super) async fn send(
        &self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Got {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let kind = "application/x-www-form-urlencoded";
        self.carry(method, path, kind, body, headers).await
    }

    pub(super) async fn carry(
        &self,
        method: &str,
        path: &str,
        kind: &str,
        body: String,
        headers: &[(&str, &str)],
    ) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "pay.example")
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, self.cookie_line());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep_from(response.headers());
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Got {
            status: head.status.as_u16(),
            headers: head.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep_from(&self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if line.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
