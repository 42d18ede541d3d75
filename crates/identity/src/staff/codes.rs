//! One-time codes: six digits from an authenticator, or a recovery code from a drawer.

use base::id::StaffId;
use base::{Chance, Fault, Secret, Timestamp};
use store::Tx;
use totp_rs::{Algorithm, Builder, Totp};

use super::{CODE_WRONG, Credentials, rows};
use crate::Identity;

/// How many recovery codes somebody gets.
pub(super) const RECOVERY_CODES: usize = 10;
/// What the vault seals the secret for: one person's, so that no row opens as another's.
pub(super) fn purpose(staff: StaffId) -> String {
    format!("one-time codes of {staff}")
}

/// The authenticator of a secret: what all authenticator programs understand. A code is good for
/// its half minute and the ones beside it.
pub(super) fn authenticator(secret: &[u8], issuer: &str, account: &str) -> Result<Totp, Fault> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(secret.to_vec())
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(account.replace(':', " "))
        .build()
        .map_err(|error| Fault::of("make an authenticator", error))
}

/// The time step whose code this is, if it is one and is newer than the last one that was used.
pub(super) fn step_of(totp: &Totp, code: &str, now: Timestamp, last: i64) -> Option<i64> {
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp.check(code, seconds).and_then(|step| i64::try_from(step).ok())?;
    (step > last).then_some(step)
}

/// What was given beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given<'a> {
    /// Six digits.
    Code(&'a str),
    /// A recovery code.
    Recovery(&'a str),
}

impl<'a> Given<'a> {
    /// Tells the two apart; blanks around and among the digits fall off when it is read.
    pub(crate) fn read(text: &'a str) -> Given<'a> {
        let text = text.trim();
        if text.len() == 6 { Given::Code(text) } else { Given::Recovery(text) }
    }
}

/// Uses up a code within the sign-in's transaction, so that it opens once on all nodes together.
///
/// # Errors
/// Refused with [`CODE_WRONG`] if it opens nothing.
pub(crate) async fn spend(
    tx: &mut Tx,
    identity: &Identity,
    known: &Credentials,
    given: Given<'_>,
) -> Result<(), base::Stop> {
    let now = identity.env.now();
    match given {
        Given::Code(code) => {
            let Some(sealed) = &known.totp else { return Err(CODE_WRONG.at("code").into()) };
            let secret = identity.vault.open(&purpose(known.id), sealed)?;
            let totp = authenticator(&secret, "Paydesk", &known.email)?;
            let step = step_of(&totp, code, now, known.totp_step);
            let step = step.ok_or(CODE_WRONG.at("code"))?;
            rows::used_step(tx, known.id, step).await?;
        }
        Given::Recovery(code) => {
            let hash = recovery_secret(code).hashed();
            if rows::use_recovery(tx, known.id, &hash, now).await? == 0 {
                return Err(CODE_WRONG.at("code").into());
            }
        }
    }
    Ok(())
}

/// Fresh recovery codes of 80 bits each, as `k4m2-9zpt-…` in four groups.
pub(super) fn recovery_codes(chance: &Chance) -> Vec<String> {
    let code = || {
        let letters = base::id::base32(&chance.bytes::<10>());
        let groups: Vec<&str> =
            (0..4).filter_map(|nth| letters.get(nth * 4..nth * 4 + 4)).collect();
        groups.join("-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// A recovery code as it is hashed: small letters without hyphens and blanks.
pub(super) fn recovery_secret(code: &str) -> Secret {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).take(64);
    Secret::from_text(letters.map(|letter| letter.to_ascii_lowercase()).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_around_its_half_minute_and_only_once() {
        let totp = authenticator(&[7; 20], "Shop: one", "ana@shop.example").unwrap();
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let seconds = u64::try_from(now.as_second()).unwrap();
        let code =
            |offset: i64| totp.generate(seconds.checked_add_signed(offset).unwrap()).to_string();
        let step = step_of(&totp, &code(0), now, 0).unwrap();
        assert_eq!(step_of(&totp, &code(0), now, step), None, "used before");
        assert_eq!(step_of(&totp, &code(-30), now, 0), Some(step - 1));
        assert_eq!(step_of(&totp, &code(30), now, step), Some(step + 1));
        assert_eq!(step_of(&totp, &code(-90), now, 0), None, "too old");
        assert_eq!(step_of(&totp, "", now, 0), None);
        assert_eq!(step_of(&totp, "12345a", now, 0), None);
    }

    #[test]
    fn the_known_answers_of_the_standard_come_out() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let totp = authenticator(b"12345678901234567890", "Paydesk", "a@b.example").unwrap();
        assert_eq!(totp.generate(59).to_string(), "287082");
        assert_eq!(totp.generate(1_111_111_109).to_string(), "081804");
        assert_eq!(totp.generate(20_000_000_000).to_string(), "353130");
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let codes = recovery_codes(&Chance::seeded(3));
        assert_eq!(codes.len(), RECOVERY_CODES);
        let code = &codes[0];
        assert_eq!((code.len(), code.matches('-').count()), (19, 3), "{code}");
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(recovery_secret(code).hashed(), recovery_secret(&typed).hashed());
        assert_eq!(Given::read(code), Given::Recovery(code));
        assert_eq!(Given::read(" 123456"), Given::Code("123456"));
    }
}
