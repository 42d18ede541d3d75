//! Message-IDs, exactly as they were sent minus blanks and one pair of brackets.

use crate::letters::limits::MOST_IDS;

/// The longest Message-ID that is kept.
const LONGEST: usize = 998;

/// The one id of a Message-ID field.
pub(super) fn own(value: &str) -> Option<String> {
    let id: String = value.chars().filter(|one| !one.is_whitespace() && *one != '\0').collect();
    let id = match id.strip_prefix('<') {
        Some(inner) => inner.strip_suffix('>').unwrap_or(inner).to_owned(),
        None => id.strip_suffix('>').map_or(id.clone(), str::to_owned),
    };
    (!id.is_empty() && id.len() <= LONGEST).then_some(id)
}

/// The ids of a References or In-Reply-To field; only the newest, if there are very many.
pub(super) fn several(value: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        let inner = &rest[start + 1..];
        let end = inner.find(['>', '<']).unwrap_or(inner.len());
        if let Some(id) = own(&inner[..end]) {
            ids.push(id);
        }
        rest = &inner[end..];
    }
    if ids.is_empty() {
        let bare = value.split([' ', '\t', ',']).filter(|word| word.contains('@'));
        ids.extend(bare.filter_map(own));
    }
    let drop = ids.len().saturating_sub(MOST_IDS);
    ids.drain(..drop);
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_exactly_minus_blanks_and_one_pair_of_brackets() {
        for (sent, read) in [
            ("<a@b>", "a@b"),
            (" <a @b> ", "a@b"),
            ("<<a@b>>", "<a@b>"),
            ("a@b", "a@b"),
            ("<AbC=?x?@B.example>", "AbC=?x?@B.example"),
        ] {
            assert_eq!(own(sent).as_deref(), Some(read));
        }
        assert_eq!(own(" <> "), None);
    }

    #[test]
    fn a_list_may_have_words_between_or_no_brackets() {
        assert_eq!(several("Your mail <a@b> of today <c@d>"), ["a@b", "c@d"]);
        assert_eq!(several("<a@b><c@d"), ["a@b", "c@d"]);
        assert_eq!(several("a@b, c@d"), ["a@b", "c@d"]);
        assert!(several("yesterday").is_empty());
        let many = (0..300).map(|n| format!("<{n}@b>")).collect::<String>();
        assert_eq!(several(&many).len(), MOST_IDS);
        assert_eq!(several(&many).last().map(String::as_str), Some("299@b"));
    }
}
