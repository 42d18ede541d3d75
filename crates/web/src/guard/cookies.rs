//! Our cookies: what they are called and how they are set.
//!
//! Over https they carry the `__Host-` prefix, which binds them to this very host. Plain http is
//! for a demo on one's own machine, where browsers refuse that prefix.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::house::House;

/// Something we keep in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The session of a customer.
    Customer,
    /// The session of a member of staff.
    Staff,
    /// The checkout this browser has open, with its key.
    Checkout,
    /// A name for the device, by which its look-ups are counted.
    Device,
    /// Light, dark, or as the device.
    Theme,
    /// The language last chosen.
    Language,
}

impl Keep {
    const fn name(self) -> &'static str {
        match self {
            Keep::Customer => "paydesk",
            Keep::Staff => "paydesk-staff",
            Keep::Checkout => "paydesk-checkout",
            Keep::Device => "paydesk-device",
            Keep::Theme => "paydesk-theme",
            Keep::Language => "paydesk-language",
        }
    }

    const fn days(self) -> i64 {
        match self {
            Keep::Customer => 30,
            Keep::Staff => 1,
            Keep::Checkout => 2,
            Keep::Device | Keep::Theme | Keep::Language => 365,
        }
    }

    fn full_name(self, house: &House) -> String {
        let prefix = if house.settings.secure_cookies { "__Host-" } else { "" };
        format!("{prefix}{}", self.name())
    }

    /// What this browser keeps for us.
    pub(crate) fn read(self, house: &House, headers: &HeaderMap) -> Option<String> {
        let jar = CookieJar::from_headers(headers);
        jar.get(&self.full_name(house)).map(|cookie| cookie.value().to_owned())
    }

    /// Lets the browser keep a value.
    pub(crate) fn set(self, house: &House, value: &str, headers: &mut HeaderMap) {
        self.write(house, value.to_owned(), self.days() * 86_400, headers);
    }

    /// Lets the browser forget it.
    pub(crate) fn forget(self, house: &House, headers: &mut HeaderMap) {
        self.write(house, String::new(), 0, headers);
    }

    fn write(self, house: &House, value: String, seconds: i64, headers: &mut HeaderMap) {
        let mut cookie = Cookie::new(self.full_name(house), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(house.settings.secure_cookies);
        // The cookie crate's own durations would bring another time library into our code.
        let line = format!("{cookie}; Max-Age={seconds}");
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(header::SET_COOKIE, line);
        }
    }
}
