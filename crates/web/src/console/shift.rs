//! A member of staff at work: nobody else sees the console.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use base::{Actor, Secret, Timestamp};
use desk::audit;
use desk::cases::Eyes;
use identity::sessions::{self, Session};
use identity::staff::{self, Staff};

use super::permit::{self, Deed};
use crate::guard::cookies::Keep;
use crate::guard::{Address, Trouble};
use crate::house::House;
use crate::layout::{ConsoleFrame, Theme};

/// A member of staff looking at a page.
pub(crate) struct Shift {
    pub(crate) house: House,
    pub(crate) staff: Staff,
    pub(crate) session: Session,
    pub(crate) now: Timestamp,
    pub(crate) address: Address,
    theme: Theme,
    here: String,
}

impl FromRequestParts<House> for Shift {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Shift, Trouble> {
        let secret = Keep::Staff.read(house, &parts.headers).ok_or(Trouble::SignIn)?;
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let secret = Secret::from_text(secret);
        let session = sessions::arrive(&house.identity, &secret, device).await?;
        let session = session.ok_or(Trouble::SignIn)?;
        let Actor::Staff(id) = session.who else { return Err(Trouble::SignIn) };
        let mut reader = house.billing.store.read().await?;
        let found = staff::find(&mut reader, id).await?;
        let staff = found.filter(|staff| staff.disabled_at.is_none()).ok_or(Trouble::SignIn)?;
        Ok(Shift {
            staff,
            session,
            now: house.billing.env.now(),
            address: parts.extensions.get::<Address>().copied().ok_or(Trouble::Forbidden)?,
            theme: Theme::of(house, &parts.headers),
            here: parts.uri.path_and_query().map_or("/console".into(), ToString::to_string),
            house: house.clone(),
        })
    }
}

impl Shift {
    /// Who acts, for the audit trail.
    pub(crate) fn actor(&self) -> Actor {
        self.session.who
    }

    /// Whether this person may.
    pub(crate) fn may(&self, deed: Deed) -> bool {
        permit::may(self.staff.role, deed)
    }

    /// Goes on only if this person may.
    ///
    /// # Errors
    /// [`Trouble::Forbidden`].
    pub(crate) fn must(&self, deed: Deed) -> Result<(), Trouble> {
        if self.may(deed) { Ok(()) } else { Err(Trouble::Forbidden) }
    }

    /// Why this person may not, if so.
    pub(crate) fn no(&self, deed: Deed) -> Option<&'static str> {
        (!self.may(deed)).then(|| permit::who_may(deed))
    }

    /// Whose eyes look at cases: what they may see is part of every question.
    pub(crate) fn eyes(&self) -> Eyes {
        Eyes { staff: self.staff.id, role: self.staff.role }
    }

    /// Notes that this person looks at payments: a case's, a customer's, or one of them.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub(crate) async fn reads_payments(&self, about: impl ToString) -> Result<(), Trouble> {
        let (env, staff, about) = (&self.house.billing.env, self.staff.id, about.to_string());
        store::write!(self.house.billing.store, |tx| {
            Ok(audit::payment_read(tx, env, staff, &about).await?)
        })?;
        Ok(())
    }

    /// What stands around the page.
    pub(crate) fn frame(&self, title: impl Into<String>) -> ConsoleFrame {
        let path = self.here.split('?').next().unwrap_or_default();
        ConsoleFrame {
            site: self.house.billing.site.name.clone(),
            title: title.into(),
            theme: self.theme,
            staff: Some(self.staff.clone()),
            test_mode: !self.house.settings.livemode,
            place: path.split('/').nth(2).unwrap_or_default().to_owned(),
            here: self.here.clone(),
        }
    }
}

/// The frame for somebody who is not signed in.
pub(crate) fn bare_frame(house: &House, title: &str, theme: Theme) -> ConsoleFrame {
    ConsoleFrame {
        site: house.billing.site.name.clone(),
        title: title.to_owned(),
        theme,
        staff: None,
        test_mode: !house.settings.livemode,
        place: "sign-in".to_owned(),
        here: "/console/sign-in".to_owned(),
    }
}
