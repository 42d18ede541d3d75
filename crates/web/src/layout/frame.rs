//! The frame of a customer page: language, title, menu, look, and the words to speak with.

use base::{Language, Money, Timestamp, Tokens};
use jiff::tz::TimeZone;
use words::{Value, Words};

use super::Theme;
use crate::assets;
use crate::house::House;
use crate::parts::Markup;
use crate::parts::form::Slips;

/// Which entry of the menu a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Packs and checkout.
    Shop,
    /// Balance and history.
    Wallet,
    /// Creators and tips.
    Tips,
    /// The help centre.
    Help,
    /// None of them.
    Elsewhere,
}

/// Whoever is signed in, as the frame shows them.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) name: Option<String>,
    pub(crate) balance: Tokens,
}

/// What a template may put into a text. Templates hand things over by reference, however deep.
pub(crate) trait Fill {
    /// The value as words take it.
    fn fill(&self) -> Value<'_>;
}

impl<T: Fill + ?Sized> Fill for &T {
    fn fill(&self) -> Value<'_> {
        (**self).fill()
    }
}

impl Fill for str {
    fn fill(&self) -> Value<'_> {
        self.into()
    }
}

impl Fill for String {
    fn fill(&self) -> Value<'_> {
        self.into()
    }
}

impl Fill for i64 {
    fn fill(&self) -> Value<'_> {
        (*self).into()
    }
}

impl Fill for usize {
    fn fill(&self) -> Value<'_> {
        (*self).into()
    }
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) words: Words,
    pub(crate) site: String,
    pub(crate) legal_name: String,
    pub(crate) support_mail: String,
    pub(crate) title: String,
    /// So many things must be put right on the page.
    wrong: usize,
    pub(crate) theme: Theme,
    pub(crate) visitor: Option<Visitor>,
    pub(crate) demo: bool,
    pub(crate) test_mode: bool,
    /// The page has cards side by side and wants more room.
    pub(crate) wide: bool,
    place: Place,
    base_url: String,
    rest: String,
    query: Option<String>,
    /// Where the page is in other languages, if that differs by more than the language.
    places: Vec<(Language, String)>,
    /// The language its text is in.
    told_in: Language,
}

/// The same page in another language.
pub(crate) struct Twin {
    pub(crate) language: Language,
    /// Its path and query.
    pub(crate) link: String,
    /// Its address without what may be secret.
    pub(crate) address: String,
    pub(crate) current: bool,
    /// Whether the page is there in that language, or another is shown instead.
    pub(crate) is_there: bool,
}

impl Frame {
    pub(crate) fn new(house: &House, words: Words, title: String, place: Place) -> Frame {
        let site = &house.billing.site;
        Frame {
            words,
            site: site.name.clone(),
            legal_name: site.legal_name.clone(),
            support_mail: site.support_mail.clone(),
            title,
            wrong: 0,
            theme: Theme::Auto,
            visitor: None,
            demo: house.demo.is_some(),
            test_mode: !house.settings.livemode,
            wide: false,
            place,
            base_url: site.base_url.as_str().trim_end_matches('/').to_owned(),
            rest: "/".to_owned(),
            query: None,
            places: Vec::new(),
            told_in: words.language(),
        }
    }

    pub(crate) fn at(mut self, rest: &str, query: Option<&str>) -> Frame {
        rest.clone_into(&mut self.rest);
        self.query = query.map(str::to_owned);
        self
    }

    /// The page is told in that language, and stands in these places in the languages it has.
    pub(crate) fn told_in(mut self, language: Language, places: Vec<(Language, String)>) -> Frame {
        self.told_in = language;
        self.places = places;
        self
    }

    /// So much must be put right: the title says it first, so that whoever hears the page does.
    pub(crate) fn with_wrong(mut self, slips: &Slips) -> Frame {
        self.wrong = slips.len();
        self
    }

    pub(crate) fn seen_by(mut self, visitor: Option<Visitor>, theme: Theme) -> Frame {
        self.visitor = visitor;
        self.theme = theme;
        self
    }

    /// The language's tag.
    pub(crate) fn tag(&self) -> &'static str {
        self.words.tag()
    }

    /// The title as the browser shows it.
    pub(crate) fn full_title(&self) -> String {
        let values = [("page", (&self.title).into()), ("site", (&self.site).into())];
        let title = self.words.text_with("layout-title", &values);
        match self.wrong {
            0 => title,
            wrong => format!("{}: {title}", self.say("problems-summary", "count", wrong)),
        }
    }

    /// Where customers write to: the words before the address, and those behind it.
    pub(crate) fn around_mail(&self) -> (String, String) {
        let said = self.say("layout-contact", "mail", &self.support_mail);
        match said.split_once(&self.support_mail) {
            Some((before, behind)) => (before.to_owned(), behind.to_owned()),
            None => (said, String::new()),
        }
    }

    /// A text.
    pub(crate) fn text(&self, id: &str) -> String {
        self.words.text(id).into_owned()
    }

    /// A text about so many tokens.
    pub(crate) fn tokens(&self, id: &str, count: &Tokens) -> String {
        self.words.text_with(id, &[("count", (*count).into())])
    }

    /// A text with one thing filled in.
    pub(crate) fn say(&self, id: &str, name: &str, value: impl Fill) -> String {
        self.words.text_with(id, &[(name, value.fill())])
    }

    /// A sum.
    pub(crate) fn money(&self, sum: &Money) -> String {
        self.words.money(*sum)
    }

    /// A whole number.
    pub(crate) fn number(&self, count: &Tokens) -> String {
        self.words.number(count.count())
    }

    /// A day and a time. Where the reader sits is not known; the page says UTC until its script
    /// has asked the device.
    pub(crate) fn date_time(&self, at: &Timestamp) -> String {
        format!("{} UTC", self.words.date_time(*at, &TimeZone::UTC))
    }

    /// A path on this site in the page's language.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.tag())
    }

    /// A file of ours.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon.
    pub(crate) fn icon(&self, name: &str) -> Markup {
        crate::parts::icon(name)
    }

    /// Whether the page belongs to that entry of the menu.
    pub(crate) fn is_at(&self, place: &str) -> bool {
        matches!(
            (self.place, place),
            (Place::Shop, "shop")
                | (Place::Wallet, "wallet")
                | (Place::Tips, "tips")
                | (Place::Help, "help")
        )
    }

    /// Where one comes back to after changing the look.
    pub(crate) fn here(&self) -> String {
        self.link(self.words.language())
    }

    /// The page's address without what may be secret.
    pub(crate) fn canonical(&self) -> String {
        self.address(self.told_in)
    }

    /// The page in every language.
    pub(crate) fn twins(&self) -> Vec<Twin> {
        let twin = |language| Twin {
            language,
            link: self.link(language),
            address: self.address(language),
            current: language == self.words.language(),
            is_there: self.places.is_empty() || self.place_in(language).is_some(),
        };
        Language::ALL.into_iter().map(twin).collect()
    }

    fn link(&self, language: Language) -> String {
        let query = self.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        format!("/{language}{}{query}", self.place_in(language).unwrap_or(&self.rest))
    }

    fn address(&self, language: Language) -> String {
        let rest = self.place_in(language).unwrap_or(&self.rest);
        format!("{}/{language}{rest}", self.base_url)
    }

    fn place_in(&self, language: Language) -> Option<&str> {
        let place = self.places.iter().find(|(of, _)| *of == language);
        place.map(|(_, rest)| rest.as_str())
    }
}

#[cfg(test)]
impl Frame {
    /// A frame for looking at templates.
    pub(crate) fn sample(language: Language, title: &str) -> Frame {
        Frame {
            words: Words::of(language),
            site: "Lumen & Co".into(),
            legal_name: "Lumen <ApS>".into(),
            support_mail: "help@lumen.example".into(),
            title: title.into(),
            wrong: 0,
            theme: Theme::Auto,
            visitor: Some(Visitor {
                name: Some("Ana <b>".into()),
                balance: Tokens::new(1_250).unwrap(),
            }),
            demo: true,
            test_mode: true,
            wide: false,
            place: Place::Shop,
            base_url: "https://pay.example".into(),
            rest: "/".into(),
            query: Some("currency=EUR".into()),
            places: Vec::new(),
            told_in: language,
        }
    }
}
