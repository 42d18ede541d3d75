//! Social channels: `WhatsApp`, Telegram, and any other that signs what it sends.
//!
//! What comes in is kept raw, answered, and read by a job. What goes out is written down before
//! the call. Nobody hears of payments there before they have shown that the account is theirs.

mod answering;
mod carry;
mod hear;
mod heard;
mod link;
mod media;
mod receive;
mod rows;
mod send;
mod settings;
mod signed;
mod telegram;
#[cfg(test)]
mod tests;
mod whatsapp;
mod window;

pub use answering::{Answering, answering};
pub use carry::{NO_CHANNEL, SocialCarrier, WINDOW_OVER, window_of};
pub use hear::{HEAR, Hear};
pub use link::{Code, make_code};
pub use media::{FETCH, FetchMedia, Media, MediaState, NOT_FAILED, fetch_again, media_of};
pub use receive::{Call, LARGEST, NOT_HEARD, handshake, receive};
pub use send::{SEND, SendSocial};
pub use settings::{Channel, Kind, Signed, SocialSettings, Telegram, Template, WhatsApp};
pub use window::{NOT_FILLED, Piece, Window, window};
