//! Passwords: what may be one, and how one is hashed and checked without stopping anybody else.

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base::{Chance, Fault, Kind, Refusal, Stop};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The password will not do.
const WEAK: Refusal = Refusal::new(
    Kind::Malformed,
    "password_too_weak",
    "a password has 12 to 128 characters, at least 5 different ones, and is not the mail address",
);
/// Too many passwords are being checked.
const BUSY: Refusal = Refusal::new(
    Kind::Unavailable,
    "sign_in_busy",
    "too many people are signing in at this moment; try again",
);

/// How many passwords are hashed at once: each takes a core and 19 MiB for a while.
const SEATS: usize = 2;
/// How long somebody stands in line for a seat.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longer ones are not even hashed.
const MOST_BYTES: usize = 512;

/// The hash of a password that nobody has. It is checked where there is no account, so that the
/// answer takes as long as for an account. A test holds its cost equal to that of real hashes.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5c3NhbHRub2JvZA\
                      $2XVxYnWdCPcJjqCGkVqjlPkmkVJqA3oLVNc1sBTIJm8";

/// A limited number of seats in which passwords are hashed.
#[derive(Clone)]
pub(crate) struct Passwords {
    seats: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Passwords {
        Passwords { seats: Arc::new(Semaphore::new(SEATS)) }
    }

    /// The hash of a new password with a salt of its own.
    pub(crate) async fn hash(&self, chance: &Chance, password: &str) -> Result<String, Stop> {
        let seat = self.seat().await?;
        let (salt, password) = (chance.bytes::<16>(), password.to_owned());
        let hashed = tokio::task::spawn_blocking(move || {
            let hash: Result<PasswordHash, _> =
                Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
            drop(seat);
            hash.map(|hash| hash.to_string())
        });
        let hashed = hashed.await.map_err(|error| Fault::of("finish hashing a password", error))?;
        Ok(hashed.map_err(|error| Fault::of("hash a password", error))?)
    }

    /// Whether the password is the one that was hashed. Without a hash the answer is no, and takes
    /// as long.
    pub(crate) async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool, Stop> {
        if password.len() > MOST_BYTES {
            return Ok(false);
        }
        let seat = self.seat().await?;
        let (somebody, hash) = (hash.is_some(), hash.unwrap_or(NOBODY).to_owned());
        let password = password.to_owned();
        let fits = tokio::task::spawn_blocking(move || {
            let fits = verify(&password, &hash);
            drop(seat);
            fits
        });
        let fits = fits.await.map_err(|error| Fault::of("finish checking a password", error))??;
        Ok(fits && somebody)
    }

    async fn seat(&self) -> Result<OwnedSemaphorePermit, Stop> {
        let seat = Arc::clone(&self.seats).acquire_owned();
        match tokio::time::timeout(PATIENCE, seat).await {
            Ok(seat) => Ok(seat.map_err(|error| Fault::of("get a seat for a password", error))?),
            Err(_) => Err(BUSY.into()),
        }
    }
}

fn verify(password: &str, hash: &str) -> Result<bool, Fault> {
    use argon2::password_hash::Error;

    let unreadable = |error: Error| Fault::of("read the hash of a password", error);
    let hash = PasswordHash::new(hash).map_err(|error| unreadable(error.into()))?;
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(unreadable(error)),
    }
}

/// Whether a new password will do for the account with this mail address.
///
/// Length is what counts; rules about kinds of letters only make people write passwords down.
pub(crate) fn check(password: &str, email: &str) -> Result<(), Refusal> {
    let letters = password.chars().count();
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    let fits = (12..=128).contains(&letters) && password.len() <= MOST_BYTES;
    if fits && different.len() >= 5 && !password.eq_ignore_ascii_case(email) {
        Ok(())
    } else {
        Err(WEAK.at("password"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_fits_and_another_does_not() {
        let passwords = Passwords::new();
        let hash = passwords.hash(&Chance::seeded(1), "correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.fits("correct horse", Some(&hash)).await.unwrap());
        assert!(!passwords.fits("correct house", Some(&hash)).await.unwrap());
        let again = passwords.hash(&Chance::seeded(2), "correct horse").await.unwrap();
        assert_ne!(hash, again, "each hash has a salt of its own");
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody() {
        let passwords = Passwords::new();
        assert!(!passwords.fits("anything at all", None).await.unwrap());
        let hash = passwords.hash(&Chance::seeded(1), "correct horse").await.unwrap();
        let cost = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm.to_string(), hash.params.to_string(), hash.hash.map(|hash| hash.len()))
        };
        assert_eq!(cost(NOBODY), cost(&hash));
    }

    #[tokio::test]
    async fn a_broken_hash_is_a_fault_and_no_open_door() {
        let passwords = Passwords::new();
        assert!(passwords.fits("anything at all", Some("plain text")).await.is_err());
    }

    #[test]
    fn a_password_is_long_and_is_not_the_address() {
        let email = "ana@shop.example";
        assert!(check("four words in a row", email).is_ok());
        let long = "ab1c".repeat(40);
        for weak in ["short", "aaaaaaaaaaaaaaaa", "abababababab", "ANA@shop.example", &long] {
            assert_eq!(check(weak, email).unwrap_err().code, "password_too_weak", "{weak}");
        }
    }
}
