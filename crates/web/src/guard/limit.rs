//! How often somebody may try something that could be guessed or that costs.
//!
//! Counted in memory per address. The lasting count of failed sign-ins is the identity room's;
//! this one only keeps a single address from being fast.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use base::Timestamp;

use super::Trouble;

/// What is limited, each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Room {
    /// Sign-in of staff.
    SignIn,
    /// Links that carry a secret.
    Secret,
    /// Opening checkouts and sending people to processors.
    Checkout,
    /// Asking a processor from a customer's page.
    Ask,
    /// Looking whether there is a chat, and going on with one.
    ChatLook,
    /// What else one chat tells: typing, seen, leaving.
    ChatSign,
    /// Searching the help centre, and saying whether an article helped.
    Help,
    /// Looking for articles while somebody types.
    Suggest,
}

impl Room {
    /// So many tries in so many seconds.
    const fn allowance(self) -> (u32, i64) {
        match self {
            Room::SignIn => (10, 60),
            Room::Secret | Room::Checkout => (30, 60),
            Room::Help => (60, 60),
            Room::Suggest => (120, 60),
            Room::Ask => (1, 5),
            Room::ChatLook | Room::ChatSign => (120, 60),
        }
    }
}

/// Past so many addresses the ones whose time is over are forgotten.
const SWEEP_AT: usize = 10_000;
/// Past so many that are all in use, everybody new waits.
const MOST: usize = 100_000;

/// The counts of everybody.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<(Room, String), Window>>);

#[derive(Clone, Copy, Debug)]
struct Window {
    since: i64,
    tries: u32,
}

impl Limits {
    /// Counts a try from an address.
    ///
    /// # Errors
    /// [`Trouble::TooMany`] if there were too many of late.
    pub(crate) fn count(&self, room: Room, from: IpAddr, now: Timestamp) -> Result<(), Trouble> {
        self.count_key(room, network(from), now)
    }

    /// Counts a try about one thing, whoever asks.
    ///
    /// # Errors
    /// [`Trouble::TooMany`] if there were too many of late.
    pub(crate) fn count_key(&self, room: Room, key: String, now: Timestamp) -> Result<(), Trouble> {
        let (most, seconds) = room.allowance();
        let now = now.as_second();
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= SWEEP_AT {
            windows.retain(|(room, _), window| now - window.since < room.allowance().1);
        }
        if windows.len() >= MOST {
            return Err(Trouble::TooMany);
        }
        let window = windows.entry((room, key)).or_insert(Window { since: now, tries: 0 });
        if now - window.since >= seconds {
            *window = Window { since: now, tries: 0 };
        }
        if window.tries >= most {
            return Err(Trouble::TooMany);
        }
        window.tries += 1;
        Ok(())
    }
}

/// An address, or the /64 network of one of IPv6: one household has all of that.
pub(crate) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_burst_is_stopped_and_time_heals() {
        let limits = Limits::default();
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        for _ in 0..10 {
            assert!(limits.count(Room::SignIn, one, at(0)).is_ok());
        }
        assert!(limits.count(Room::SignIn, one, at(59)).is_err());
        assert!(limits.count(Room::Secret, one, at(59)).is_ok(), "other rooms count apart");
        assert!(limits.count(Room::SignIn, "192.0.2.2".parse().unwrap(), at(59)).is_ok());
        assert!(limits.count(Room::SignIn, one, at(60)).is_ok());
    }

    #[test]
    fn a_household_counts_as_one() {
        let limits = Limits::default();
        for host in 0..10 {
            let address = format!("2001:db8::{host:x}").parse().unwrap();
            assert!(limits.count(Room::SignIn, address, at(0)).is_ok());
        }
        assert!(limits.count(Room::SignIn, "2001:db8::ffff".parse().unwrap(), at(0)).is_err());
    }

    #[test]
    fn addresses_whose_time_is_over_are_forgotten() {
        let limits = Limits::default();
        for nth in 0..SWEEP_AT {
            limits.count_key(Room::Ask, nth.to_string(), at(0)).unwrap();
        }
        limits.count_key(Room::Ask, "new".into(), at(10)).unwrap();
        assert_eq!(limits.0.lock().unwrap().len(), 1);
    }
}
