//! The pictures of a cleaned mail: which it wants, and the mail with those that there are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::tokens::Tokens;
use super::{Token, escape};
use crate::letters::html::text::decode;

/// A picture that a cleaned mail wants to show.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A file of the same mail, by its content id.
    Part(String),
    /// Something elsewhere, by its address.
    Remote(String),
}

/// The pictures that a cleaned mail wants, each once, the first ones first.
#[must_use]
pub fn wanted(html: &str) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for token in Tokens::new(html) {
        if let Token::Start { name, attributes } = token
            && name == "img"
            && let Some(one) = of(&attributes)
            && all.len() < 1_000
            && !all.contains(&one)
        {
            all.push(one);
        }
    }
    all
}

/// A cleaned mail with the pictures that there are; `source` gives what stands in `src`.
#[must_use]
pub fn with_pictures(html: &str, source: &dyn Fn(&Wanted) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // In what was cleaned, a sign that begins a tag stands nowhere else.
    while let Some(at) = rest.find("<img ") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let head = "<img".len();
        out.push_str(&tag[..head]);
        let end = end_of(tag);
        if let Some(Token::Start { attributes, .. }) = Tokens::new(&tag[..end]).next()
            && let Some(src) = of(&attributes).and_then(|one| source(&one))
        {
            out.push_str(&format!(" src=\"{}\"", escape(&src)));
        }
        out.push_str(&tag[head..end]);
        rest = &tag[end..];
    }
    out.push_str(rest);
    out
}

/// What stands in `src` where the picture itself is in the page.
#[must_use]
pub fn in_page(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}

fn of(attributes: &[(String, &str)]) -> Option<Wanted> {
    let value = |wanted: &str| {
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| decode(value).trim().to_owned()).filter(|value| !value.is_empty())
    };
    value("data-cid").map(Wanted::Part).or_else(|| value("data-remote").map(Wanted::Remote))
}

/// Behind the end of a tag: its values are quoted, and may hold its sign.
fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    for (at, sign) in tag.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::*;

    const MAIL: &str = "<p title='<img data-cid=\"x\">'>See <img src=\"cid:a%40b\" alt=\"1 > 2\"> \
        &lt;img data-cid=\"y\"&gt; <img src=\"https://e.example/p.gif?a=1&amp;b=2\">\
        <img src=\"cid:a%40b\"><img src=\"data:image/png;base64,AAAA\"></p>";

    #[test]
    fn the_pictures_of_a_mail_are_named_once() {
        let html = clean(MAIL).html.unwrap();
        let part = |id: &str| Wanted::Part(id.to_owned());
        let remote = Wanted::Remote("https://e.example/p.gif?a=1&b=2".to_owned());
        assert_eq!(wanted(&html), [part("a@b"), remote, part("enclosed-1")]);
    }

    #[test]
    fn what_is_there_is_shown_and_nothing_else_is_changed() {
        let html = clean(MAIL).html.unwrap();
        assert_eq!(with_pictures(&html, &|_| None), html);
        let shown = with_pictures(&html, &|one| {
            (*one == Wanted::Part("a@b".to_owned()))
                .then(|| "data:image/png;base64,\"AA".to_owned())
        });
        assert_eq!(shown.matches("src=\"data:image/png;base64,&quot;AA\"").count(), 2, "{shown}");
        assert_eq!(shown.matches(" src=").count(), 2, "{shown}");
        assert_eq!(shown.replace(" src=\"data:image/png;base64,&quot;AA\"", ""), html);
    }
}
