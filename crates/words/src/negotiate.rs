//! Which language a page is answered in.

use base::Language;

/// The language of an answer, and whether the browser's header had a say in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Negotiated {
    /// The language to answer in.
    pub language: Language,
    /// Whether the header was looked at: then the answer says `Vary: Accept-Language`.
    pub from_header: bool,
}

/// So much of a header is read; no browser sends more.
const HEADER_BYTES: usize = 1_000;
/// So many languages of a header are weighed.
const HEADER_LANGUAGES: usize = 30;
/// The longest tag that is looked at.
const TAG_BYTES: usize = 35;

/// Finds the language: path, then account, then cookie, then `Accept-Language`, then English.
///
/// Tagalog is Filipino and regions fall to their base. A neighbour is not guessed: Norwegian and
/// Swedish readers get what comes next in their own list, not Danish.
#[must_use]
pub fn negotiate(
    path: Option<&str>,
    account: Option<Language>,
    cookie: Option<&str>,
    accept_language: Option<&str>,
) -> Negotiated {
    let chosen = path.and_then(spoken).or(account).or_else(|| cookie.and_then(spoken));
    match chosen {
        Some(language) => Negotiated { language, from_header: false },
        None => Negotiated {
            language: accept_language.and_then(best_of).unwrap_or_default(),
            from_header: true,
        },
    }
}

/// The language of a tag, if we speak it.
fn spoken(tag: &str) -> Option<Language> {
    let tag = tag.trim();
    if tag.len() > TAG_BYTES {
        return None;
    }
    tag.parse().ok()
}

/// The language of the header with the most weight; the earlier one of two with the same.
fn best_of(header: &str) -> Option<Language> {
    let wishes = wishes(header);
    let named = |language: Language| wishes.iter().any(|(tag, _)| spoken(tag) == Some(language));
    let mut best: Option<(Language, u16)> = None;
    for (tag, weight) in &wishes {
        let language = match *tag {
            "*" => Language::ALL.into_iter().find(|language| !named(*language)),
            tag => spoken(tag),
        };
        let Some(language) = language else { continue };
        if *weight > best.map_or(0, |(_, heaviest)| heaviest) {
            best = Some((language, *weight));
        }
    }
    best.map(|(language, _)| language)
}

fn wishes(header: &str) -> Vec<(&str, u16)> {
    let mut end = header.len().min(HEADER_BYTES);
    while !header.is_char_boundary(end) {
        end -= 1;
    }
    header[..end].split(',').take(HEADER_LANGUAGES).filter_map(wish).collect()
}

/// One entry, `da;q=0.8`, with its weight in thousandths. An unreadable weight drops the entry.
fn wish(entry: &str) -> Option<(&str, u16)> {
    let mut pieces = entry.split(';').map(str::trim);
    let tag = pieces.next().filter(|tag| !tag.is_empty())?;
    let mut thousandths = 1_000;
    for parameter in pieces {
        if let Some(weight) = parameter.strip_prefix("q=").or(parameter.strip_prefix("Q=")) {
            thousandths = weigh(weight.trim())?;
        }
    }
    Some((tag, thousandths))
}

/// `1`, `0.8` or `0.125` in thousandths.
fn weigh(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.len() > 3 || !digits {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_header(header: &str) -> Language {
        negotiate(None, None, None, Some(header)).language
    }

    #[test]
    fn the_path_wins_then_the_account_then_the_cookie_then_the_header() {
        let all = |path, account, cookie| negotiate(path, account, cookie, Some("fr"));
        let path = all(Some("de"), Some(Language::Da), Some("fil"));
        assert_eq!(path, Negotiated { language: Language::De, from_header: false });
        assert_eq!(all(None, Some(Language::Da), Some("fil")).language, Language::Da);
        assert_eq!(all(None, None, Some("fil")).language, Language::Fil);
        let header = all(None, None, None);
        assert_eq!(header, Negotiated { language: Language::Fr, from_header: true });
        let none = negotiate(None, None, None, None);
        assert_eq!(none, Negotiated { language: Language::En, from_header: true });
    }

    #[test]
    fn what_we_do_not_speak_is_passed_over() {
        let chosen = negotiate(Some("xx"), None, Some("klingon"), Some("da"));
        assert_eq!(chosen, Negotiated { language: Language::Da, from_header: true });
    }

    #[test]
    fn weights_decide_and_order_breaks_ties() {
        let table = [
            ("da", Language::Da),
            ("da-DK,da;q=0.9,en;q=0.8", Language::Da),
            ("en;q=0.3, fr;q=0.7, de;q=0.7", Language::Fr),
            ("en;q=0.300, de; Q=0.301", Language::De),
            ("tl-PH, en;q=0.5", Language::Fil),
            ("zh, ja;q=0.9, fil;q=0.1", Language::Fil),
            ("da;q=0, de;q=0.001", Language::De),
            ("*", Language::En),
            ("en;q=0, *;q=0.5", Language::Fr),
            ("de;q=0.4, *;q=0.1", Language::De),
        ];
        for (header, language) in table {
            assert_eq!(by_header(header), language, "{header}");
        }
    }

    #[test]
    fn neighbours_are_not_guessed() {
        for header in ["nb", "nn-NO,no;q=0.9", "sv-SE", "is"] {
            assert_eq!(by_header(header), Language::En, "{header}");
        }
        assert_eq!(by_header("nb, de;q=0.2"), Language::De);
    }

    #[test]
    fn garbage_is_english_and_long_garbage_is_not_read_to_the_end() {
        for header in ["", ",,;;,", "q=1", "da;q=2", "da;q=x", "da;q=0.1234", "da;q=-1", "æ;ø=å"]
        {
            assert_eq!(by_header(header), Language::En, "{header}");
        }
        let long = "x".repeat(2_000);
        assert_eq!(by_header(&format!("{long},da")), Language::En);
        assert_eq!(by_header(&"ø".repeat(999)), Language::En);
        assert_eq!(by_header(&format!("{}da", "zz,".repeat(40))), Language::En);
        assert_eq!(negotiate(Some(&long), None, None, None).language, Language::En);
    }
}
