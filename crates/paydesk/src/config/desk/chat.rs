//! `[desk.chat]`: the sites that show the widget, and when somebody answers at once.

use std::ops::RangeInclusive;

use base::{Secret, SignedDuration};
use desk::ChatSettings;
use desk::care::{Calendar, Promises};
use desk::chat::Channel as Site;
use serde::Deserialize;
use url::Url;

/// The chat. Without a channel there is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chat {
    /// How soon somebody is answered, in minutes; after it other ways are offered.
    pub promise_minutes: Option<u32>,
    /// After how many minutes an answer nobody looked at goes by mail.
    pub mail_after_minutes: Option<u32>,
    /// After how many silent minutes a visitor has left.
    pub left_after_minutes: Option<u32>,
    /// For how many seconds a waiting chat is offered to one of staff, before the next.
    pub offer_seconds: Option<i64>,
    /// Whoever lets so many offers run out in a row is set away.
    pub missed_offers: Option<i64>,
    /// With so many visitors one of staff talks at once.
    pub chats_at_once: Option<i64>,
    /// When somebody answers at once; when staff work, as in `[desk.promises]`, if it is not said.
    pub hours: Option<Hours>,
    /// Each site, or part of one, that shows the widget.
    pub channels: Vec<Channel>,
}

/// When somebody answers at once, where that is not when staff work; what is left out is as in
/// `[desk.promises]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Where staff sit, as `Europe/Copenhagen`.
    pub zone: Option<String>,
    /// Hours of each day from Monday to Sunday, as `09:00-17:00`.
    pub week: Option<[Vec<String>; 7]>,
    /// Days on which nobody answers, as `2026-12-25`.
    pub holidays: Option<Vec<String>>,
}

/// A site, or part of one, that shows the widget.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its name in the page that embeds it: small letters, digits and dashes.
    pub key: String,
    /// What visitors read above the chat.
    pub name: String,
    /// Where its pages come from, each as `https://www.example.com`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Signs who the visitor is, as the site's server knows; 32 letters at least.
    pub secret: Option<String>,
}

/// A shorter secret could be guessed.
const SHORTEST_SECRET: usize = 32;

impl Chat {
    /// The same as the desk takes it, where staff work as these promises say.
    ///
    /// # Errors
    /// A sentence for the operator, without a secret.
    pub fn settings(&self, promises: &Promises) -> Result<ChatSettings, String> {
        let usual = ChatSettings::default();
        let minutes = |given: Option<u32>, usual: SignedDuration| {
            given.map_or(usual, |minutes| SignedDuration::from_mins(i64::from(minutes)))
        };
        let calendar = match &self.hours {
            Some(hours) => hours.read(promises)?,
            None => promises.calendar()?,
        };
        let seconds = usual.offer.as_secs();
        let seconds = within("offer_seconds", self.offer_seconds, seconds, 10..=600)?;
        let channels: Result<Vec<Site>, String> = self.channels.iter().map(Channel::read).collect();
        Ok(ChatSettings {
            channels: channels?,
            calendar,
            promise: minutes(self.promise_minutes, usual.promise),
            offer: SignedDuration::from_secs(seconds),
            misses: within("missed_offers", self.missed_offers, usual.misses, 1..=100)?,
            at_once: within("chats_at_once", self.chats_at_once, usual.at_once, 1..=100)?,
            mail_after: minutes(self.mail_after_minutes, usual.mail_after),
            left_after: minutes(self.left_after_minutes, usual.left_after),
        })
    }
}

impl Hours {
    fn read(&self, usual: &Promises) -> Result<Calendar, String> {
        let promises = Promises {
            zone: self.zone.clone().unwrap_or_else(|| usual.zone.clone()),
            week: self.week.clone().unwrap_or_else(|| usual.week.clone()),
            holidays: self.holidays.clone().unwrap_or_else(|| usual.holidays.clone()),
            ..usual.clone()
        };
        promises.calendar().map_err(|why| format!("hours: {why}"))
    }
}

/// A number within bounds, or the usual one.
fn within(
    name: &str,
    given: Option<i64>,
    usual: i64,
    bounds: RangeInclusive<i64>,
) -> Result<i64, String> {
    let number = given.unwrap_or(usual);
    let (least, most) = (*bounds.start(), *bounds.end());
    let sound = bounds.contains(&number);
    if sound { Ok(number) } else { Err(format!("{name} is a number from {least} to {most}")) }
}

impl Channel {
    fn read(&self) -> Result<Site, String> {
        let named = |why: &str| format!("channels: {}: {why}", self.key);
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.key.is_empty() || self.key.len() > 40 || !self.key.chars().all(fits) {
            return Err(named("a key has small letters, digits and dashes, 40 at most"));
        }
        if self.origins.iter().any(|origin| !is_origin(origin)) {
            return Err(named("an origin looks like https://www.example.com, without a path"));
        }
        if self.secret.as_ref().is_some_and(|secret| secret.len() < SHORTEST_SECRET) {
            return Err(named("a secret has 32 letters at least"));
        }
        Ok(Site {
            key: self.key.clone(),
            name: self.name.clone(),
            origins: self.origins.clone(),
            secret: self.secret.clone().map(Secret::from_text),
        })
    }
}

fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "https" | "http") && url.origin().ascii_serialization() == text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ChatSettings, String> {
        let promises = Promises { zone: "Europe/Copenhagen".into(), ..Promises::default() };
        toml::from_str::<Chat>(text).unwrap().settings(&promises)
    }

    #[test]
    fn channels_and_hours_are_read() {
        let chat = read(
            "promise_minutes = 2\noffer_seconds = 30\n[hours]\nholidays = ['2026-11-23']\n\
             week = [['09:00-17:00'], ['09:00-17:00'], [], [], [], [], []]\n\
             [[channels]]\nkey = 'site'\nname = 'Shop'\norigins = ['https://shop.example']\n\
             secret = '0123456789abcdef0123456789abcdef'",
        );
        let chat = chat.unwrap();
        assert_eq!(chat.promise, SignedDuration::from_mins(2));
        assert_eq!(chat.mail_after, ChatSettings::default().mail_after);
        assert!(chat.channel("site").unwrap().admits("https://shop.example"));
        assert_eq!((chat.offer, chat.misses), (SignedDuration::from_secs(30), 3));
        let open = |at: &str| chat.calendar.is_open(at.parse().unwrap());
        assert!(!open("2026-11-21T10:00:00Z"), "a Saturday");
        assert!(!open("2026-11-23T10:00:00Z"), "a holiday");
        assert!(open("2026-11-24T08:30:00Z") && !open("2026-11-24T16:30:00Z"), "the zone of staff");
        let same = read("").unwrap().calendar;
        assert!(same.is_open("2026-11-21T10:00:00Z".parse().unwrap()), "whenever staff work");
    }

    #[test]
    fn what_makes_no_sense_is_said_without_a_secret() {
        let channel = "[[channels]]\nname = 'Shop'\n";
        for (text, part) in [
            (format!("{channel}key = 'My site'"), "small letters"),
            (format!("{channel}key = 'a'\norigins = ['https://a.example/']"), "without a path"),
            (format!("{channel}key = 'a'\norigins = ['*']"), "without a path"),
            (format!("{channel}key = 'a'\nsecret = 'hush-hush'"), "32 letters"),
            ("[hours]\nweek = [['9-5'], [], [], [], [], [], []]".to_owned(), "hours: 9-5"),
            ("[hours]\nzone = 'Mars/Base'".to_owned(), "hours: zone: Mars/Base"),
            ("offer_seconds = 5".to_owned(), "offer_seconds is a number from 10 to 600"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(part) && !said.contains("hush"), "{said}");
        }
    }
}
