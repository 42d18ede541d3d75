//! What somebody wrote for an article, checked; and slugs, made from titles.

use base::{Kind, Refusal};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// The longest summary.
const LONGEST_SUMMARY: usize = 240;
/// The longest article.
const LONGEST_BODY: usize = 20_000;
/// The longest slug.
const LONGEST_SLUG: usize = 80;

const TITLE: Refusal =
    Refusal::new(Kind::Rule, "article_title_not_valid", "write a title of 1 to 120 letters");
const SUMMARY: Refusal =
    Refusal::new(Kind::Rule, "article_summary_not_valid", "a summary has 240 letters at most");
const BODY: Refusal =
    Refusal::new(Kind::Rule, "article_body_not_valid", "write a text of 1 to 20,000 letters");
const SLUG: Refusal = Refusal::new(
    Kind::Rule,
    "article_slug_not_valid",
    "a slug has small letters, digits and dashes, 80 at most; leave it empty to make it anew",
);

/// A text for an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name in addresses.
    pub slug: String,
    /// What it is about.
    pub title: String,
    /// The answer in a sentence.
    pub summary: String,
    /// The whole, in Markdown.
    pub body: String,
}

impl Written {
    /// Checks a text. An empty slug is made from the title.
    ///
    /// # Errors
    /// Refused if a part is missing, too long or, for the slug, holds what it must not.
    pub fn checked(slug: &str, title: &str, summary: &str, body: &str) -> Result<Written, Refusal> {
        let (title, summary) = (one_line(title), one_line(summary));
        let body = body.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
        if !(1..=LONGEST_TITLE).contains(&title.chars().count()) {
            return Err(TITLE.at("title"));
        }
        if summary.chars().count() > LONGEST_SUMMARY {
            return Err(SUMMARY.at("summary"));
        }
        if !(1..=LONGEST_BODY).contains(&body.chars().count()) {
            return Err(BODY.at("body"));
        }
        let slug = match slug.trim() {
            "" => slug_of(&title),
            slug => slug.to_owned(),
        };
        if slug != slug_of(&slug) || slug.is_empty() {
            return Err(SLUG.at("slug"));
        }
        Ok(Written { slug, title, summary, body })
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A slug from a title: small letters and digits without accents, with dashes between words.
#[must_use]
pub fn slug_of(title: &str) -> String {
    let bare = store::search::bare(title);
    let mut slug = String::new();
    for word in bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() >= LONGEST_SLUG {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_from_a_title() {
        for (title, slug) in [
            ("How to get your money back", "how-to-get-your-money-back"),
            ("Einen Kauf rückgängig machen", "einen-kauf-ruckgangig-machen"),
            ("Få pengene tilbage på dit beløb", "faa-pengene-tilbage-paa-dit-beloeb"),
            ("  L’achat : déjà remboursé ? ", "l-achat-deja-rembourse"),
            ("支払い", ""),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        assert!(slug_of(&"word ".repeat(50)).len() <= LONGEST_SLUG);
    }

    #[test]
    fn what_is_missing_or_too_long_is_refused() {
        let code = |slug: &str, title: &str, body: &str| {
            Written::checked(slug, title, "", body).map_err(|refusal| refusal.code)
        };
        assert_eq!(code("", " ", "x"), Err("article_title_not_valid"));
        assert_eq!(code("", "T", " "), Err("article_body_not_valid"));
        assert_eq!(code("a/b", "T", "x"), Err("article_slug_not_valid"));
        assert_eq!(code("", "支払い", "x"), Err("article_slug_not_valid"));
        let written = Written::checked("", " Two\nlines ", " S ", "a\r\nb\n").unwrap();
        assert_eq!((written.slug.as_str(), written.title.as_str()), ("two-lines", "Two lines"));
        assert_eq!((written.summary.as_str(), written.body.as_str()), ("S", "a\nb"));
    }
}
