//! Shapes that many answers share: money, tokens, pages of a list.

use serde::Serialize;
use store::Page;
use utoipa::ToSchema;

/// How a sum of money looks in the document; the type itself is `base::Money`.
#[derive(ToSchema)]
#[schema(as = Money, example = json!({"amount": 1250, "currency": "USD"}))]
#[expect(dead_code, reason = "describes the JSON of base::Money")]
pub struct Money {
    /// In the minor unit of the currency (cents), or whole units where it has none.
    amount: i64,
    /// ISO 4217 in capital letters.
    #[schema(pattern = "^[A-Z]{3}$")]
    currency: String,
}

/// How a number of tokens looks in the document; the type itself is `base::Tokens`.
#[derive(ToSchema)]
#[schema(as = Tokens, example = json!({"amount": 25, "unit": "TOK"}))]
#[expect(dead_code, reason = "describes the JSON of base::Tokens")]
pub struct Tokens {
    /// How many.
    #[schema(minimum = 0)]
    amount: i64,
    /// Always `TOK`.
    #[schema(pattern = "^TOK$")]
    unit: String,
}

/// One page of a list, the newest first.
#[derive(Serialize, ToSchema)]
pub struct List<T> {
    /// Always `list`.
    #[schema(example = "list")]
    pub(crate) object: &'static str,
    /// The rows.
    pub(crate) data: Vec<T>,
    /// Whether there are more in the direction of the page: give the last id as `after`, or the
    /// first as `before`.
    pub(crate) has_more: bool,
}

/// The page with room for one more row, by which it is known whether there are more.
#[must_use]
pub fn one_more(page: &Page) -> Page {
    Page { limit: page.limit + 1, ..page.clone() }
}

impl<T> List<T> {
    /// The page's rows out of those that [`one_more`] found.
    #[must_use]
    pub fn of<R>(mut rows: Vec<R>, page: &Page, shape: impl Fn(R) -> T) -> List<T> {
        let most = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > most;
        if has_more && page.before.is_some() {
            // Going towards newer ones, the row too many is the newest.
            rows.remove(0);
        }
        rows.truncate(most);
        List { object: "list", data: rows.into_iter().map(shape).collect(), has_more }
    }
}

/// A field that can be left out (kept), null (emptied) or set.
///
/// # Errors
/// The deserializer's.
pub fn kept_or_changed<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_too_many_is_cut_at_the_far_end() {
        let older = Page { limit: 2, after: Some("x".to_owned()), before: None };
        let page: List<i32> = List::of(vec![3, 2, 1], &older, |row| row);
        assert_eq!((page.data, page.has_more), (vec![3, 2], true));
        let newer = Page { limit: 2, after: None, before: Some("x".to_owned()) };
        let page: List<i32> = List::of(vec![3, 2, 1], &newer, |row| row);
        assert_eq!((page.data, page.has_more), (vec![2, 1], true));
        let page: List<i32> = List::of(vec![3], &newer, |row| row);
        assert_eq!((page.data, page.has_more), (vec![3], false));
        assert_eq!(one_more(&newer).limit, 3);
    }
}
