//! The channels an operator has set up: whose they are, how they are signed, where they are called.

use base::{Language, Secret, SignedDuration};
use url::Url;

use crate::people::AddressKind;

/// How long `WhatsApp` lets a business answer freely after a customer wrote.
pub const WHATSAPP_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// All social channels.
#[derive(Clone, Debug, Default)]
pub struct SocialSettings {
    /// The channels; each with a key of its own.
    pub channels: Vec<Channel>,
}

/// One channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name in addresses: small letters, digits and dashes.
    pub key: String,
    /// What it is.
    pub kind: Kind,
}

/// What a channel is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number on the `WhatsApp` Cloud API.
    WhatsApp(WhatsApp),
    /// A bot of Telegram's.
    Telegram(Telegram),
    /// Anything else that signs what it sends and takes what is signed.
    Signed(Signed),
}

/// A number on the `WhatsApp` Cloud API.
#[derive(Clone, Debug)]
pub struct WhatsApp {
    /// The id of the number, as the provider's console shows it.
    pub number: String,
    /// Lets us send.
    pub token: Secret,
    /// Signs what comes in.
    pub app_secret: Secret,
    /// Answers the handshake.
    pub verify: Secret,
    /// Where to call, with the version: `https://graph.facebook.com/v23.0/`.
    pub base: Url,
    /// What may be sent when the day is over.
    pub templates: Vec<Template>,
}

/// A text the provider has approved, with numbered places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name at the provider.
    pub name: String,
    /// The language it is in.
    pub language: Language,
    /// The provider's word for that language: `pt_BR`, `en`.
    pub code: String,
    /// The text, with `{{1}}`, `{{2}}` and so on.
    pub body: String,
}

/// A bot of Telegram's.
#[derive(Clone, Debug)]
pub struct Telegram {
    /// The bot's token.
    pub token: Secret,
    /// The secret that Telegram sends with each update.
    pub secret: Secret,
    /// Where to call: `https://api.telegram.org/`.
    pub base: Url,
}

/// Anything else, by the Standard Webhooks convention both ways.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The key of the signatures, as `whsec_…`.
    pub secret: Secret,
    /// Where answers are sent.
    pub url: Url,
    /// How long one may answer after a customer wrote; none for always.
    pub window: Option<SignedDuration>,
}

impl SocialSettings {
    /// The channel with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.key == key)
    }
}

impl Channel {
    /// What its addresses are.
    #[must_use]
    pub const fn addresses(&self) -> AddressKind {
        match self.kind {
            Kind::WhatsApp(_) => AddressKind::WhatsApp,
            Kind::Telegram(_) => AddressKind::Telegram,
            Kind::Signed(_) => AddressKind::Other,
        }
    }

    /// The value of an address on it.
    #[must_use]
    pub fn address(&self, id: &str) -> String {
        match self.kind {
            Kind::WhatsApp(_) | Kind::Telegram(_) => id.to_owned(),
            Kind::Signed(_) => format!("{}:{id}", self.key),
        }
    }

    /// Whom an address of it names, if it is one of this channel.
    #[must_use]
    pub fn recipient<'a>(&self, value: &'a str) -> Option<&'a str> {
        match self.kind {
            Kind::WhatsApp(_) | Kind::Telegram(_) => Some(value),
            Kind::Signed(_) => value.strip_prefix(self.key.as_str())?.strip_prefix(':'),
        }
    }

    /// How long one may answer freely after somebody wrote.
    #[must_use]
    pub const fn window(&self) -> Option<SignedDuration> {
        match &self.kind {
            Kind::WhatsApp(_) => Some(WHATSAPP_WINDOW),
            Kind::Telegram(_) => None,
            Kind::Signed(signed) => signed.window,
        }
    }

    /// What may be sent after that.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        match &self.kind {
            Kind::WhatsApp(whatsapp) => &whatsapp.templates,
            Kind::Telegram(_) | Kind::Signed(_) => &[],
        }
    }
}
