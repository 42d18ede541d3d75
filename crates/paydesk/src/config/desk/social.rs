//! `[desk.social]`: numbers, bots and signed channels over which customers write.

use base::{Language, Secret, SignedDuration};
use desk::SocialSettings;
use desk::social::{
    Channel, Kind, Signed as Own, Telegram as Bot, Template as Approved, WhatsApp as Number,
};
use serde::Deserialize;
use url::Url;

/// Where `WhatsApp` is called unless it is said otherwise.
const WHATSAPP: &str = "https://graph.facebook.com/v23.0/";
/// Where Telegram is called unless it is said otherwise.
const TELEGRAM: &str = "https://api.telegram.org/";

/// Social channels. Each calls us at `/social/<key>`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Social {
    /// Numbers on the `WhatsApp` Cloud API.
    pub whatsapp: Vec<WhatsApp>,
    /// Bots of Telegram's.
    pub telegram: Vec<Telegram>,
    /// Channels that sign by the Standard Webhooks convention.
    pub signed: Vec<Signed>,
}

/// A number on the `WhatsApp` Cloud API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsApp {
    /// Its name in our address.
    pub key: String,
    /// The id of the number, not the number.
    pub number: String,
    /// Lets us send.
    pub token: String,
    /// Signs what comes in.
    pub app_secret: String,
    /// The word that was typed beside our address at the provider.
    pub verify: String,
    /// Where to call, with the version.
    pub base: Option<Url>,
    /// Approved texts, for after the 24 hours.
    #[serde(default)]
    pub templates: Vec<Template>,
}

/// An approved text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name at the provider.
    pub name: String,
    /// Our language: en, fr, de, da or fil.
    pub language: String,
    /// The provider's word for it, if it is another.
    pub code: Option<String>,
    /// The text, with `{{1}}`, `{{2}}` and so on.
    pub body: String,
}

/// A bot of Telegram's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telegram {
    /// Its name in our address.
    pub key: String,
    /// The bot's token.
    pub token: String,
    /// The `secret_token` that was given to `setWebhook`; 32 letters at least.
    pub secret: String,
    /// Where to call.
    pub base: Option<Url>,
}

/// A channel that signs by the Standard Webhooks convention.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Its name in our address.
    pub key: String,
    /// The key of the signatures, `whsec_` and base 64.
    pub secret: String,
    /// Where answers are sent, over https.
    pub url: Url,
    /// For how many hours one may answer after a customer wrote; always if it is not said.
    pub window_hours: Option<u32>,
}

impl Social {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator, without a secret.
    pub fn settings(&self) -> Result<SocialSettings, String> {
        let mut channels = Vec::new();
        for number in &self.whatsapp {
            channels.push(channel(&number.key, Kind::WhatsApp(number.read()?))?);
        }
        for bot in &self.telegram {
            channels.push(channel(&bot.key, Kind::Telegram(bot.read()?))?);
        }
        for own in &self.signed {
            channels.push(channel(&own.key, Kind::Signed(own.read()?))?);
        }
        let mut keys: Vec<&str> = channels.iter().map(|it| it.key.as_str()).collect();
        keys.sort_unstable();
        if let Some(twice) = keys.windows(2).find(|two| two[0] == two[1]) {
            return Err(format!("two channels have the key {}", twice[0]));
        }
        Ok(SocialSettings { channels })
    }
}

fn channel(key: &str, kind: Kind) -> Result<Channel, String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(2..=40).contains(&key.len()) || !key.bytes().all(fits) {
        return Err(format!("{key}: a key has 2 to 40 small letters, digits and dashes"));
    }
    Ok(Channel { key: key.to_owned(), kind })
}

/// An address under which others lie: what is joined to it must not replace its last part.
fn folder(url: Option<&Url>, usual: &str, key: &str) -> Result<Url, String> {
    let text = url.map_or(usual, Url::as_str);
    let ended = if text.ends_with('/') { text.to_owned() } else { format!("{text}/") };
    secure(&ended.parse().map_err(|error| format!("{key}: base: {error}"))?, key)
}

/// Only over https, but for this very machine.
fn secure(url: &Url, key: &str) -> Result<Url, String> {
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && here) {
        return Ok(url.clone());
    }
    Err(format!("{key}: give an address that begins with https"))
}

impl WhatsApp {
    fn read(&self) -> Result<Number, String> {
        if [&self.number, &self.token, &self.app_secret, &self.verify]
            .iter()
            .any(|it| it.is_empty())
        {
            return Err(format!("{}: number, token, app_secret and verify are needed", self.key));
        }
        Ok(Number {
            number: self.number.clone(),
            token: Secret::from_text(&self.token),
            app_secret: Secret::from_text(&self.app_secret),
            verify: Secret::from_text(&self.verify),
            base: folder(self.base.as_ref(), WHATSAPP, &self.key)?,
            templates: self.templates.iter().map(Template::read).collect::<Result<_, _>>()?,
        })
    }
}

impl Template {
    fn read(&self) -> Result<Approved, String> {
        let language: Language = self
            .language
            .parse()
            .map_err(|_| format!("{}: the language is one of en, fr, de, da and fil", self.name))?;
        let code = self.code.clone().unwrap_or_else(|| self.language.clone());
        Ok(Approved { name: self.name.clone(), language, code, body: self.body.clone() })
    }
}

impl Telegram {
    fn read(&self) -> Result<Bot, String> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !(32..=256).contains(&self.secret.len()) || !self.secret.bytes().all(fits) {
            return Err(format!("{}: the secret has 32 to 256 letters and digits", self.key));
        }
        Ok(Bot {
            token: Secret::from_text(&self.token),
            secret: Secret::from_text(&self.secret),
            base: folder(self.base.as_ref(), TELEGRAM, &self.key)?,
        })
    }
}

impl Signed {
    fn read(&self) -> Result<Own, String> {
        if !self.secret.starts_with("whsec_") || self.secret.len() < 30 {
            return Err(format!("{}: the secret is whsec_ and 24 random bytes", self.key));
        }
        Ok(Own {
            secret: Secret::from_text(&self.secret),
            url: secure(&self.url, &self.key)?,
            window: self.window_hours.map(|hours| SignedDuration::from_hours(i64::from(hours))),
        })
    }
}
