//! One page of a long list: how many rows, and beside which one.

use base::{Kind, Refusal};

/// The limit is out of bounds.
const LIMIT: Refusal =
    Refusal::new(Kind::Malformed, "limit_out_of_range", "limit must be a number from 1 to 100");
/// Both ends were given.
const BOTH: Refusal =
    Refusal::new(Kind::Malformed, "after_and_before", "give after or before, not both");
/// The id cannot be one.
const CURSOR: Refusal = Refusal::new(
    Kind::Malformed,
    "cursor_not_valid",
    "a cursor is the id of a row of this list, as the list gave it",
);

/// A page of a list that begins with the newest. Rows are named by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many rows at most.
    pub limit: u32,
    /// The rows that follow this one: older ones.
    pub after: Option<String>,
    /// The rows that stand right before this one: newer ones.
    pub before: Option<String>,
}

/// Which way a page goes from which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk<'a> {
    /// `WHERE id < $1 ORDER BY id DESC`.
    Older(&'a str),
    /// `WHERE id > $1 ORDER BY id`, and then turned round.
    Newer(&'a str),
}

/// Sorts behind every id in every collation: ids are small letters, digits and one underscore.
const END: &str = "zzzz";

impl Page {
    /// How many rows a page has if nobody says otherwise.
    pub const USUAL: u32 = 20;
    /// How many rows a page may have.
    pub const MOST: u32 = 100;

    /// The first rows.
    #[must_use]
    pub fn first(limit: u32) -> Page {
        Page { limit, after: None, before: None }
    }

    /// A page somebody asked for.
    ///
    /// # Errors
    /// Refused if the limit is not from 1 to 100, if both ends are given, or if one cannot be an
    /// id.
    pub fn checked(
        limit: Option<u32>,
        after: Option<String>,
        before: Option<String>,
    ) -> Result<Page, Refusal> {
        let limit = limit.unwrap_or(Page::USUAL);
        if !(1..=Page::MOST).contains(&limit) {
            return Err(LIMIT.at("limit"));
        }
        if after.is_some() && before.is_some() {
            return Err(BOTH.at("before"));
        }
        for (name, cursor) in [("after", &after), ("before", &before)] {
            if cursor.as_deref().is_some_and(|cursor| !may_be_an_id(cursor)) {
                return Err(CURSOR.at(name));
            }
        }
        Ok(Page { limit, after, before })
    }

    /// Which way the page goes.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        match (&self.before, &self.after) {
            (Some(before), _) => Walk::Newer(before),
            (None, after) => Walk::Older(after.as_deref().unwrap_or(END)),
        }
    }

    /// Puts the rows of [`Page::walk`] in order: the newest first, whichever way it went.
    pub fn turn<T>(&self, rows: &mut [T]) {
        if self.before.is_some() {
            rows.reverse();
        }
    }
}

fn may_be_an_id(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=40).contains(&text.len()) && text.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_of_a_sensible_size_and_goes_one_way() {
        let after = || Some("cus_1".to_owned());
        let page = Page::checked(None, after(), None).unwrap();
        assert_eq!((page.limit, page.walk()), (20, Walk::Older("cus_1")));
        assert_eq!(Page::checked(Some(100), None, after()).unwrap().walk(), Walk::Newer("cus_1"));
        assert_eq!(Page::first(5).walk(), Walk::Older(END));
        let code = |page: Result<Page, Refusal>| page.unwrap_err().code;
        assert_eq!(code(Page::checked(Some(0), None, None)), "limit_out_of_range");
        assert_eq!(code(Page::checked(Some(101), None, None)), "limit_out_of_range");
        assert_eq!(code(Page::checked(None, after(), after())), "after_and_before");
        assert_eq!(code(Page::checked(None, Some("' OR 1".into()), None)), "cursor_not_valid");
    }
}
