//! An article, its text in one language, and the way of that text from draft to archive.

use base::id::ArticleId;
use base::{Kind, Language, Refusal, Timestamp};

use super::Doors;
use store::terms;

/// The state does not allow it.
const NO_SUCH_MOVE: Refusal = Refusal::new(
    Kind::Conflict,
    "article_not_in_that_state",
    "a draft goes to review, what is in review is published, what is published is archived",
);

terms! {
    /// Where the newest text stands.
    State {
        /// Somebody writes it.
        Draft = "draft",
        /// Somebody else reads it.
        Review = "review",
        /// Everybody may read it.
        Published = "published",
        /// Nobody reads it any more.
        Archived = "archived",
    }
}

terms! {
    /// What a reader may do next; a button under the article.
    NextStep {
        /// Look a charge up.
        Charge = "charge",
        /// Reach a processor.
        BillingSupport = "billing_support",
        /// Write to us.
        Contact = "contact",
        /// See the wallet.
        Wallet = "wallet",
        /// Buy tokens.
        Shop = "shop",
    }
}

/// What staff do with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Somebody else shall read it.
    SendToReview,
    /// It needs more work.
    BackToDraft,
    /// Everybody may read it now.
    Publish,
    /// Everybody may read it from then on.
    PublishAt(Timestamp),
    /// Nobody shall read it any more.
    Archive,
}

impl State {
    /// The state after a move.
    ///
    /// # Errors
    /// Refused if there is no such move from here.
    pub fn after(self, step: Move) -> Result<State, Refusal> {
        match (self, step) {
            (State::Draft, Move::SendToReview) | (State::Review, Move::PublishAt(_)) => {
                Ok(State::Review)
            }
            (State::Review | State::Archived, Move::BackToDraft) => Ok(State::Draft),
            (State::Review, Move::Publish) => Ok(State::Published),
            (State::Draft | State::Review | State::Published, Move::Archive) => Ok(State::Archived),
            (
                State::Draft | State::Published | State::Archived,
                Move::Publish | Move::PublishAt(_),
            )
            | (State::Draft | State::Published, Move::BackToDraft)
            | (State::Review | State::Published | State::Archived, Move::SendToReview)
            | (State::Archived, Move::Archive) => Err(NO_SUCH_MOVE),
        }
    }
}

/// An article, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// Its name among what ships with Paydesk.
    pub key: Option<String>,
    /// The key of its category.
    pub category: String,
    /// Who may read it.
    pub doors: Doors,
    /// What a reader may do next.
    pub next: Option<NextStep>,
    /// Its place among what people are shown first; 0 for none.
    pub top: i64,
    /// Its place in its category.
    pub position: i64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// The text of an article in one language: which version is the newest, and which is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Of which article.
    pub article: ArticleId,
    /// In which language.
    pub language: Language,
    /// Where the newest version stands.
    pub state: State,
    /// The newest version.
    pub head: i64,
    /// The version that is read.
    pub live: Option<i64>,
    /// The English version that it is a translation of.
    pub follows: Option<i64>,
    /// When the newest version is published by itself.
    pub publish_at: Option<Timestamp>,
    /// The digest of the text that shipped with Paydesk, while it is that text.
    pub starter: Option<String>,
    /// Who published what is read.
    pub published_by: Option<String>,
    /// When.
    pub published_at: Option<Timestamp>,
    /// When anything about it changed last.
    pub updated_at: Timestamp,
}

impl Translation {
    /// Whether the English text has gone on since this was translated.
    #[must_use]
    pub fn is_behind(&self, english: Option<&Translation>) -> bool {
        let newest = english.and_then(|english| english.live.or(Some(english.head)));
        self.language != Language::En && self.follows < newest
    }
}

/// One version of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// In which language.
    pub language: Language,
    /// 1, 2, 3 …
    pub number: i64,
    /// Its name in addresses.
    pub slug: String,
    /// What it is about.
    pub title: String,
    /// The answer in a sentence, for lists.
    pub summary: String,
    /// The whole of it, in Markdown.
    pub body: String,
    /// Who wrote it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_from_draft_over_review_to_published_and_archived() {
        let moves = [Move::SendToReview, Move::BackToDraft, Move::Publish, Move::Archive];
        let table = [
            (State::Draft, ["review", "-", "-", "archived"]),
            (State::Review, ["-", "draft", "published", "archived"]),
            (State::Published, ["-", "-", "-", "archived"]),
            (State::Archived, ["-", "draft", "-", "-"]),
        ];
        for (state, after) in table {
            let got = moves.map(|step| state.after(step).map_or("-", State::as_str));
            assert_eq!(got, after, "{state}");
        }
        let later = Move::PublishAt(Timestamp::UNIX_EPOCH);
        assert_eq!(State::Review.after(later), Ok(State::Review), "it waits for its hour");
        assert!(State::Draft.after(later).is_err());
    }
}
