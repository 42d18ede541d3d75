//! Counting tries, per mail address and per network address, with a growing delay.

use std::net::IpAddr;

use base::{Fault, Secret, SignedDuration, Stop, Timestamp};
use store::Tx;

use super::{TOO_OFTEN, rows};
use crate::Identity;
use crate::identity::{earlier, later};

/// Without a try for so long, earlier ones are forgotten.
pub(super) const MEMORY: SignedDuration = SignedDuration::from_hours(24);
/// No delay is longer.
const LONGEST: i64 = 15 * 60;

/// Whose tries are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// Stored as a hash: people type passwords into the wrong field.
    pub(super) key: String,
    /// How many tries cost no wait.
    free: i64,
}

/// One account. Whoever is kept out by somebody else's guessing can still use a link.
pub(super) fn account(email: &str) -> Subject {
    Subject { key: hashed(&format!("account {}", email.trim().to_ascii_lowercase())), free: 5 }
}

/// One network address; of IPv6 the /64 that one household or server has. An office shares one,
/// so it has more free tries.
pub(super) fn network(from: IpAddr) -> Subject {
    let network = match from.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => format!("{:?}", &six.segments()[..4]),
    };
    Subject { key: hashed(&format!("network {network}")), free: 30 }
}

fn hashed(text: &str) -> String {
    Secret::from_text(text).hashed().as_str().to_owned()
}

/// How long to wait after so many tries: 1 s, 2 s, 4 s … up to a quarter of an hour.
fn delay(subject: &Subject, tries: i64) -> SignedDuration {
    if tries < subject.free {
        return SignedDuration::ZERO;
    }
    let doublings = (tries - subject.free).min(16);
    SignedDuration::from_secs((1_i64 << doublings).min(LONGEST))
}

/// Counts a try of every subject, or refuses it if one has to wait.
pub(super) async fn begin(tx: &mut Tx, now: Timestamp, subjects: &[Subject]) -> Result<(), Stop> {
    for subject in subjects {
        let known = rows::tries(tx, &subject.key).await?;
        let known = known.filter(|known| known.last_at > earlier(now, MEMORY));
        if let Some(wait) = known.as_ref().filter(|known| known.blocked_until > now) {
            let seconds = now.duration_until(wait.blocked_until).as_secs().max(0) + 1;
            let detail = format!("too many tries; the next one is taken in {seconds} seconds");
            return Err(TOO_OFTEN.because(detail).into());
        }
        let tries = known.map_or(0, |known| known.tries) + 1;
        let until = later(now, delay(subject, tries));
        rows::count(tx, &subject.key, tries, now, until).await?;
    }
    Ok(())
}

/// A try succeeded: the account starts afresh, and the network gets back this one try only, or an
/// attacker with an account of their own could guess for ever.
pub(super) async fn end(tx: &mut Tx, email: &str, from: IpAddr) -> Result<(), Fault> {
    rows::forget(tx, &account(email).key).await?;
    rows::give_back(tx, &network(from).key).await
}

/// Counts a try of an account outside of a sign-in: a present password, a code in the settings.
///
/// # Errors
/// Refused if the account has to wait.
pub(crate) async fn count(identity: &Identity, email: &str) -> Result<(), Stop> {
    let now = identity.env.now();
    store::write!(identity.store, |tx| begin(tx, now, &[account(email)]).await)
}

/// The try was right: the account starts afresh.
pub(crate) async fn forgive(tx: &mut Tx, email: &str) -> Result<(), Fault> {
    rows::forget(tx, &account(email).key).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_has_an_end() {
        let ana = account("ana@shop.example");
        let seconds: Vec<i64> = [1, 4, 5, 6, 7, 14, 15, 40, 100, i64::MAX]
            .map(|tries| delay(&ana, tries).as_secs())
            .into();
        assert_eq!(seconds, [0, 0, 1, 2, 4, 512, 900, 900, 900, 900]);
    }

    #[test]
    fn a_household_is_one_network_and_a_mapped_address_is_its_own() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(account(" ANA@shop.example"), account("ana@shop.example"));
    }
}
