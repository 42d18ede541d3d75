//! Which of the candidates is meant: the same arithmetic for both databases.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use base::Language;

use super::Hit;
use super::ask::{Ask, Need, Word};
use super::forms::TITLE;

/// Something that holds the words somewhere.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) part: String,
    pub(super) language: Language,
    /// Sorted, with blanks between.
    pub(super) tokens: String,
}

/// What a word is worth in the title, where it is worth 1 in the text.
const IN_TITLE: f64 = 5.0;
/// What a title that holds every word gets on top.
const WHOLE_TITLE: f64 = 4.0;
/// What the asker's own language is worth.
const OWN_LANGUAGE: f64 = 1.3;

/// The best hits that follow `after`, one for each id.
pub(super) fn best(
    ask: &Ask,
    candidates: Vec<Candidate>,
    limit: usize,
    after: Option<(i64, &str)>,
) -> Vec<Hit> {
    let fits: Vec<(Vec<Fit>, usize)> =
        candidates.iter().map(|one| fits(ask, &one.tokens)).collect();
    let weights = weights(ask, &fits);
    let mut best: BTreeMap<String, Hit> = BTreeMap::new();
    for (candidate, (fits, title)) in candidates.into_iter().zip(&fits) {
        let score = score(ask, candidate.language, fits, *title, &weights);
        let known = best.get(&candidate.id);
        if known.is_none_or(|known| known.score < score) {
            let words = fits.iter().filter(|fit| fit.anywhere > 0.0).count();
            let Candidate { id, part, .. } = candidate;
            best.insert(id.clone(), Hit { id, part, score, words });
        }
    }
    let mut hits: Vec<Hit> = best.into_values().collect();
    // Ids grow with time, so of equals the newest comes first.
    hits.sort_by(|a, b| (Reverse(a.score), &b.id).cmp(&(Reverse(b.score), &a.id)));
    let follows = |hit: &Hit| after.is_none_or(|(score, id)| (hit.score, &*hit.id) < (score, id));
    hits.into_iter().filter(follows).take(limit).collect()
}

/// How well one word fits, in the title and anywhere: from 0 to 1.
#[derive(Clone, Copy, Debug)]
struct Fit {
    title: f64,
    anywhere: f64,
}

/// The tokens of a candidate, sorted, each without its first bytes.
struct Tokens<'a> {
    list: &'a [&'a str],
    cut: usize,
}

impl<'a> Tokens<'a> {
    fn holds(&self, form: &str) -> bool {
        self.list.binary_search_by(|token| self.bare(token).cmp(form)).is_ok()
    }

    fn holds_longer(&self, form: &str) -> bool {
        let first = self.list.partition_point(|token| self.bare(token) < form);
        self.list.get(first).is_some_and(|token| self.bare(token).starts_with(form))
    }

    fn bare(&self, token: &'a str) -> &'a str {
        token.get(self.cut..).unwrap_or_default()
    }
}

/// How well each word fits a candidate, and of how many tokens its title is.
fn fits(ask: &Ask, tokens: &str) -> (Vec<Fit>, usize) {
    let tokens: Vec<&str> = tokens.split(' ').collect();
    // Sorted as they are, the words of the title stand together.
    let start = tokens.partition_point(|token| *token < TITLE);
    let count = tokens[start..].partition_point(|token| token.starts_with(TITLE));
    let title = Tokens { list: &tokens[start..start + count], cut: TITLE.len() };
    let anywhere = Tokens { list: &tokens, cut: 0 };
    let fit = |word: &Word| Fit { title: fit(word, &title), anywhere: fit(word, &anywhere) };
    (ask.words.iter().map(fit).collect(), count)
}

fn fit(word: &Word, tokens: &Tokens<'_>) -> f64 {
    if word.plain.iter().any(|form| tokens.holds(form)) {
        1.0
    } else if word.stems.iter().any(|form| tokens.holds(form)) {
        0.8
    } else if word.unfinished && word.plain.iter().any(|form| tokens.holds_longer(form)) {
        0.6
    } else if word.foreign.iter().any(|form| tokens.holds(form)) {
        0.4
    } else {
        0.0
    }
}

/// What each word is worth: where any word will do, those that few candidates hold say more.
fn weights(ask: &Ask, fits: &[(Vec<Fit>, usize)]) -> Vec<f64> {
    let all = to_float(fits.len());
    let weight = |nth: usize| {
        let held = fits.iter().filter(|(fits, _)| fits[nth].anywhere > 0.0).count();
        match ask.need {
            Need::EveryWord => 1.0,
            Need::AnyWord => (1.0 + all / (1.0 + to_float(held))).ln(),
        }
    };
    (0..ask.words.len()).map(weight).collect()
}

fn score(ask: &Ask, language: Language, fits: &[Fit], title: usize, weights: &[f64]) -> i64 {
    let one = |(fit, weight): (&Fit, &f64)| weight * (IN_TITLE * fit.title + fit.anywhere);
    let mut sum: f64 = fits.iter().zip(weights).map(one).sum();
    if fits.iter().all(|fit| fit.title > 0.0) {
        // A short title that is all about these words is meant rather than a long one.
        sum += WHOLE_TITLE * to_float(fits.len()) / to_float(title.max(1));
    }
    if language == ask.language {
        sum *= OWN_LANGUAGE;
    }
    to_score(sum)
}

fn to_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whole numbers compare alike everywhere, also after a journey through a page's address.
fn to_score(sum: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "scores stay far below a million")]
    let score = (sum * 1000.0).round() as i64;
    score
}
