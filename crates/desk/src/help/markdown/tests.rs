//! What a text may do to a page, and what not.

use std::collections::BTreeMap;

use base::Language;

use super::*;

fn shown(text: &str) -> Rendered {
    let there = ("undo".to_owned(), "/da/help/customer/penge/fortryd".to_owned());
    let articles = BTreeMap::from([there]);
    let around = Around {
        site: "Lumen <b>& Co",
        mail: "help@lumen.example",
        reopen_days: 14,
        page: Language::Da,
        articles: &articles,
    };
    rendered(text, &around)
}

#[test]
fn headings_lists_and_tables_are_shown_below_the_title() {
    let page = shown(
        "# One *two*\n\nText\n\n#### Four\n\n1. a\n2. b\n\n| A | B |\n|---|---|\n| c | d |\n",
    );
    assert!(page.html.contains("<h2 id=\"part-1\">One <em>two</em></h2>"), "{}", page.html);
    assert!(page.html.contains("<h3 id=\"part-2\">Four</h3>"), "{}", page.html);
    assert!(page.html.contains("<li>a</li>") && page.html.contains("<td>c</td>"));
    let headings: Vec<&str> = page.headings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(headings, ["One two", "Four"]);
}

#[test]
fn nothing_that_was_written_becomes_html_of_its_own() {
    for text in [
        "<script>alert(1)</script>",
        "Hello <img src=x onerror=alert(1)> you",
        "<div onclick='x'>\nblock\n</div>",
        "<svg/onload=alert(1)>",
        "![alt](https://evil.example/x.png)",
        "<!-- --><iframe src=//evil.example></iframe>",
    ] {
        let html = shown(text).html;
        for tag in ["<script", "<img", "<div", "<svg", "<iframe", "<!--"] {
            assert!(!html.contains(tag), "{text}: {html}");
        }
    }
    assert!(shown("a <b>c</b>").html.contains("&lt;b&gt;c"));
    assert!(shown("![A picture](x.png)").html.contains("A picture"));
}

#[test]
fn links_lead_to_us_to_other_articles_or_out_over_https() {
    for (written, leads) in [
        ("/charge", Some("/da/charge")),
        ("article:undo", Some("/da/help/customer/penge/fortryd")),
        ("https://bank.example/x?a=b", Some("https://bank.example/x?a=b")),
        ("mailto:{mail}", Some("mailto:help@lumen.example")),
        ("tel:+4512345678", Some("tel:+4512345678")),
        ("article:gone", None),
        ("javascript:alert(1)", None),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("http://plain.example", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
    ] {
        let page = shown(&format!("[go](<{written}>)"));
        match leads {
            Some(leads) => {
                let link = format!("<a href=\"{leads}\" rel=\"noopener\">go</a>");
                assert!(page.html.contains(&link), "{written}: {}", page.html);
            }
            None => {
                assert!(!page.html.contains("<a"), "{written}: {}", page.html);
                assert_eq!(page.broken, [written]);
            }
        }
    }
    assert_eq!(keys("[a](article:x) [b](article:a) [c](/charge) [d](article:x)"), ["a", "x"]);
}

#[test]
fn the_shop_and_its_address_are_filled_in_as_text() {
    let html = shown("Write to {mail}. {site} answers. {other}. In {reopen_days} days.").html;
    assert!(html.contains("help@lumen.example"), "{html}");
    assert!(html.contains("Lumen &lt;b&gt;&amp; Co answers. {other}. In 14 days."), "{html}");
}

#[test]
fn the_search_gets_words_only() {
    let words = plain("# One\n\nTwo **three** [four](https://x.example)\n\n<b>five</b> `six`");
    let words: Vec<&str> = words.split_whitespace().collect();
    assert_eq!(words, ["One", "Two", "three", "four", "five", "six"]);
}
