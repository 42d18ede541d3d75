//! A sentence with a number in it, cut so that the number can be set large.

/// `"500 tokens"` as what stands before the number, the number, and what stands after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// What stands before the number.
    pub(crate) before: String,
    /// The number as the language writes it.
    pub(crate) number: String,
    /// What stands after the number.
    pub(crate) after: String,
}

impl Counted {
    /// Cuts `sentence` around `number`; a sentence without it is all number.
    pub(crate) fn cut(sentence: &str, number: &str) -> Counted {
        let (before, after) = sentence.split_once(number).unwrap_or(("", ""));
        let number = if sentence.contains(number) { number } else { sentence };
        Counted { before: before.to_owned(), number: number.to_owned(), after: after.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stay_where_the_language_puts_them() {
        let cut = Counted::cut("104 na token", "104");
        assert_eq!(
            (cut.before.as_str(), cut.number.as_str(), cut.after.as_str()),
            ("", "104", " na token")
        );
        assert_eq!(Counted::cut("plenty", "7").number, "plenty");
    }
}
