//! What is left of HTML: nothing that runs, fetches or reaches into our pages.

use super::*;

fn kept(html: &str) -> String {
    clean(html).html.unwrap()
}

/// Reads cleaned HTML again, as a browser would, and says what it must not hold.
pub(crate) fn assert_harmless(html: &str) {
    for token in Tokens::new(html) {
        let Token::Start { name, attributes } = token else { continue };
        assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
        for (attribute, value) in attributes {
            let value = decode(value).to_ascii_lowercase();
            let bare: String = value.chars().filter(|one| !one.is_whitespace()).collect();
            assert!(!attribute.starts_with("on"), "{attribute} in {html}");
            assert!(!matches!(attribute.as_str(), "src" | "srcset" | "background"), "{html}");
            if attribute == "href" {
                let allowed = SCHEMES.iter().any(|scheme| bare.starts_with(&format!("{scheme}:")));
                assert!(allowed || bare.starts_with("#letter-"), "{value} in {html}");
            }
            if attribute == "style" {
                for word in ["url", "expression", "@import", "javascript", "position", "\\"] {
                    assert!(!value.contains(word), "{value} in {html}");
                }
            }
            if matches!(attribute.as_str(), "id" | "class") {
                assert!(value.split(' ').all(|one| one.starts_with(PREFIX)), "{value}");
            }
        }
    }
}

#[test]
fn what_runs_or_fetches_goes_and_the_text_stays() {
    for html in [
        "<script>alert(1)</script>hi",
        "<p onclick=alert(1)>hi</p>",
        "<a href='javascript:alert(1)'>hi</a>",
        "<a href='java\nscript:alert(1)'>hi</a>",
        "<a href='&#106;avascript:alert(1)'>hi</a>",
        "<a href=' data:text/html,x'>hi</a>",
        "<svg><script>alert(1)</script></svg>hi",
        "<math><mi xlink:href=javascript:x>hi</math>",
        "<iframe src=//x></iframe>hi",
        "<form action=//x><input><button>hi</button></form>",
        "<style>@import '//x';</style>hi",
        "<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=//x>hi",
        "<img src=x onerror=alert(1)>hi",
        "<div style='background:url(//x)'>hi</div>",
        "<table background=//x><tr><td>hi",
        "<object data=//x>hi</object><embed src=//x>",
        "<textarea>hi<script>x</script></textarea>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">hi",
        "<p id=x name=y class='a b'>hi</p>",
        "<![CDATA[<script>]]>hi",
        "<<script>alert(1)</script>hi",
        "<a href=\"http://x\" onmouseover=\"x\" style=\"color:red;background:url(x)\">hi</a>",
    ] {
        let kept = kept(html);
        assert_harmless(&kept);
        assert!(super::super::to_text(&kept).text().contains("hi"), "{html} -> {kept}");
    }
}

#[test]
fn pictures_elsewhere_are_kept_out_and_those_of_the_mail_are_named() {
    let cleaned = clean(
        "<img src='https://t.example/p.gif?id=1&amp;x=2' width=1><img src=\"CID:a%40b\">\
         <img src='data:image/png;base64,aGk='><img src=photo.jpg><img src='//x/y'>",
    );
    let html = cleaned.html.unwrap();
    assert_eq!(cleaned.remote, 1);
    assert!(html.contains("data-remote=\"https://t.example/p.gif?id=1&amp;x=2\""), "{html}");
    assert!(html.contains("data-cid=\"a@b\"") && html.contains("data-cid=\"photo.jpg\""), "{html}");
    assert_eq!(cleaned.pictures[0].0, "enclosed-1");
    assert_eq!(cleaned.pictures[0].2, b"hi");
    assert!(!html.contains(" src"), "{html}");
    assert_harmless(&html);
}

#[test]
fn links_open_apart_and_say_nothing_about_us() {
    let html = kept("<a href='https://example.com/a?b=1&amp;c=2'>x</a><a href='#top' id=top>y</a>");
    assert!(html.contains("rel=\"noopener noreferrer nofollow ugc\""), "{html}");
    assert!(html.contains("target=\"_blank\"") && html.contains("b=1&amp;c=2"), "{html}");
    assert!(html.contains("href=\"#letter-top\"") && html.contains("id=\"letter-top\""), "{html}");
}

#[test]
fn html_beyond_a_limit_is_not_shown() {
    let deep = "<div>".repeat(DEEPEST_HTML + 2);
    let links = "<a href=http://x>x</a>".repeat(MOST_LINKS + 1);
    let many = "<i></i>".repeat(MOST_ELEMENTS + 1);
    let large = "x".repeat(LARGEST_HTML + 1);
    let copies = format!("{}{}", "<b>".repeat(200), "<p>x".repeat(5_000));
    for html in [deep, links, many, large, copies] {
        let cleaned = clean(&html);
        assert!(cleaned.html.is_none() && cleaned.limit.is_some());
    }
    assert!(clean(&"<p>x".repeat(5_000)).html.is_some());
}

#[test]
fn long_text_of_signs_that_must_be_escaped_is_shown_whole_and_soon() {
    // Undivided, this would be looked at a hundred thousand times over.
    for (sign, shown) in [("&amp;", "&"), ("\u{B0}", "\u{B0}"), ("&lt;", "<")] {
        let html = kept(&sign.repeat(100_000));
        assert!(!html.contains("<!--"), "the dividing comments are gone");
        assert_eq!(super::super::to_text(&html).text(), shown.repeat(100_000));
    }
}
