//! The one call there is: a form to the Dynamic Billing System, told apart by its action code.

use processor::{Call, Http, Sent};

use super::config::{Login, Sound};
use super::reply::Reply;

/// A form in the making.
pub(super) struct Form(Vec<(&'static str, String)>);

/// Why a call gave nothing to read.
pub(super) enum Failed {
    /// Proven not to have been executed.
    NotExecuted(String),
    /// It may have been.
    Unknown(String),
}

impl Form {
    /// With whose sale it is and what is to be done.
    pub fn of(config: &Sound, action: &'static str) -> Form {
        Form(vec![
            ("parent_id", config.parent_id.clone()),
            ("sub_id", config.sub_id.clone()),
            ("pmt_type", "chk".to_owned()),
            ("action_code", action.to_owned()),
        ])
    }

    /// With a field.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Form {
        self.0.push((name, value.into()));
        self
    }

    /// With a field, if there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Form {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With the system login.
    pub fn login(self, login: &Login) -> Form {
        self.with("username", login.username.as_str())
            .with("password", login.password.as_str())
            .with("syspass", login.syspass.as_str())
    }

    /// Sends it, with the further fields that the house wants. The open client names a multipart
    /// content type over a body that is a form; it is a form.
    pub async fn send(self, config: &Sound, http: &Http) -> Result<Reply, Failed> {
        let own = self.0.iter().map(|(name, value)| (*name, value.as_str()));
        let further = config.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<(&str, &str)> = own.chain(further).collect();
        match http.send(Call::post(config.at.clone()).form(&pairs)).await {
            Sent::Answered(reply) if reply.status == 200 => {
                reply.text().and_then(Reply::read).map_err(Failed::Unknown)
            }
            Sent::Answered(reply) => {
                Err(Failed::Unknown(format!("WTSeTicket answered {}", reply.status)))
            }
            Sent::NotExecuted(why) => Err(Failed::NotExecuted(why)),
            Sent::Unknown(why) => Err(Failed::Unknown(why)),
        }
    }
}

impl<T> From<Failed> for processor::Answer<T> {
    fn from(failed: Failed) -> processor::Answer<T> {
        match failed {
            Failed::NotExecuted(why) => processor::Answer::NotExecuted(why),
            Failed::Unknown(why) => processor::Answer::Unknown(why),
        }
    }
}
