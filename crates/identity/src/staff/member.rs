//! A member of staff.

use base::id::StaffId;
use base::{Kind, Refusal, Timestamp};

use crate::{Email, Name};

/// Not a role.
const ROLE: Refusal =
    Refusal::new(Kind::Malformed, "role_unknown", "role is one of agent, lead, finance, admin");

/// Somebody who works in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Our id.
    pub id: StaffId,
    /// What they sign in with, in small letters.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Whether signing in takes a one-time code.
    pub has_totp: bool,
    /// Since when they may not sign in.
    pub disabled_at: Option<Timestamp>,
    /// Since when they are here.
    pub created_at: Timestamp,
}

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Answers customers.
    Agent,
    /// Decides what agents ask.
    Lead,
    /// Keeps the books.
    Finance,
    /// Everything, and manages people.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 4] = [Role::Agent, Role::Lead, Role::Finance, Role::Admin];

    /// As it is stored and written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Lead => "lead",
            Role::Finance => "finance",
            Role::Admin => "admin",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Role, Refusal> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(ROLE.at("role"))
    }
}

/// What somebody wrote about a new colleague, unread.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// A mail address.
    pub email: String,
    /// A name.
    pub name: String,
    /// A role.
    pub role: String,
}

/// A colleague to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// What they will sign in with.
    pub email: Email,
    /// What colleagues will call them.
    pub name: Name,
    /// What they may do.
    pub role: Role,
}

impl NewStaff {
    /// Reads what was written.
    ///
    /// # Errors
    /// Refused at the first field that makes no sense.
    pub fn checked(form: &Form) -> Result<NewStaff, Refusal> {
        Ok(NewStaff {
            email: Email::checked(&form.email).map_err(|refusal| refusal.at("email"))?,
            name: Name::checked(&form.name).map_err(|refusal| refusal.at("name"))?,
            role: form.role.parse()?,
        })
    }
}
