//! Links to the rows before and after, by id and not by number: rows may come in between.

use std::fmt::Display;

use store::Page;

/// Where the list goes on in both directions, if it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pager {
    /// The address of newer rows.
    pub(crate) newer: Option<String>,
    /// The address of older rows.
    pub(crate) older: Option<String>,
}

impl Pager {
    /// The links beside a page that showed `many` rows from the first id to the last.
    pub(crate) fn of<I: Display>(
        path: &str,
        query: &str,
        page: &Page,
        many: usize,
        (first, last): (Option<I>, Option<I>),
    ) -> Pager {
        let full = many >= page.limit as usize;
        let link = |way: &str, id: I| {
            let join = if query.is_empty() { "" } else { "&" };
            format!("{path}?{query}{join}{way}={id}")
        };
        // Coming back from older rows there are older ones for sure, and the other way round.
        let newer = page.after.is_some() || (page.before.is_some() && full);
        let older = page.before.is_some() || full;
        Pager {
            newer: first.filter(|_| newer).map(|id| link("before", id)),
            older: last.filter(|_| older).map(|id| link("after", id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_lead_both_ways_and_keep_what_was_asked_for() {
        let of = |page: &Page, many| Pager::of("/p", "state=x", page, many, (Some(9), Some(1)));
        let first = of(&Page::first(2), 2);
        assert_eq!((first.newer, first.older.as_deref()), (None, Some("/p?state=x&after=1")));
        assert_eq!(of(&Page::first(2), 1), Pager::default(), "all is seen");
        let later = Page::checked(Some(2), Some("pay_1".into()), None).unwrap();
        assert_eq!(of(&later, 1).newer.as_deref(), Some("/p?state=x&before=9"));
    }
}
