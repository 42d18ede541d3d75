//! `[desk.chat]`: the sites that show the widget, and when somebody answers at once.

use base::{Secret, SignedDuration};
use desk::ChatSettings;
use desk::chat::{Channel as Site, Hours as Open};
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
    /// When somebody answers at once; day and night if it is not said.
    pub hours: Option<Hours>,
    /// Each site, or part of one, that shows the widget.
    pub channels: Vec<Channel>,
}

/// Hours of the week, each day as `09:00-12:00, 13:00-17:00`, or left out for a day off.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The zone they are in, such as `Europe/Copenhagen`.
    pub zone: String,
    /// Monday's.
    #[serde(default)]
    pub monday: String,
    /// Tuesday's.
    #[serde(default)]
    pub tuesday: String,
    /// Wednesday's.
    #[serde(default)]
    pub wednesday: String,
    /// Thursday's.
    #[serde(default)]
    pub thursday: String,
    /// Friday's.
    #[serde(default)]
    pub friday: String,
    /// Saturday's.
    #[serde(default)]
    pub saturday: String,
    /// Sunday's.
    #[serde(default)]
    pub sunday: String,
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
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator, without a secret.
    pub fn settings(&self) -> Result<ChatSettings, String> {
        let usual = ChatSettings::default();
        let minutes = |given: Option<u32>, usual: SignedDuration| {
            given.map_or(usual, |minutes| SignedDuration::from_mins(i64::from(minutes)))
        };
        let hours = self.hours.as_ref().map(Hours::read).transpose()?;
        let channels: Result<Vec<Site>, String> = self.channels.iter().map(Channel::read).collect();
        Ok(ChatSettings {
            channels: channels?,
            hours: hours.unwrap_or(usual.hours),
            promise: minutes(self.promise_minutes, usual.promise),
            mail_after: minutes(self.mail_after_minutes, usual.mail_after),
            left_after: minutes(self.left_after_minutes, usual.left_after),
        })
    }
}

impl Hours {
    fn read(&self) -> Result<Open, String> {
        let week = [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ];
        Open::read(&self.zone, week.map(String::as_str)).map_err(|why| format!("hours: {why}"))
    }
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
        toml::from_str::<Chat>(text).unwrap().settings()
    }

    #[test]
    fn channels_and_hours_are_read() {
        let chat = read(
            "promise_minutes = 2\n[hours]\nzone = 'Europe/Copenhagen'\nmonday = '09:00-17:00'\n\
             [[channels]]\nkey = 'site'\nname = 'Shop'\norigins = ['https://shop.example']\n\
             secret = '0123456789abcdef0123456789abcdef'",
        );
        let chat = chat.unwrap();
        assert_eq!(chat.promise, SignedDuration::from_mins(2));
        assert_eq!(chat.mail_after, ChatSettings::default().mail_after);
        assert!(chat.channel("site").unwrap().admits("https://shop.example"));
        assert!(!chat.hours.are_open("2026-11-21T10:00:00Z".parse().unwrap()), "a Saturday");
    }

    #[test]
    fn what_makes_no_sense_is_said_without_a_secret() {
        let channel = "[[channels]]\nname = 'Shop'\n";
        for (text, part) in [
            (format!("{channel}key = 'My site'"), "small letters"),
            (format!("{channel}key = 'a'\norigins = ['https://a.example/']"), "without a path"),
            (format!("{channel}key = 'a'\norigins = ['*']"), "without a path"),
            (format!("{channel}key = 'a'\nsecret = 'hush-hush'"), "32 letters"),
            ("[hours]\nzone = 'UTC'\nmonday = '9-5'".to_owned(), "hours: 9-5"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(part) && !said.contains("hush"), "{said}");
        }
    }
}
