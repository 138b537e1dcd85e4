//! The second step: a code of an app on a telephone (RFC 6238), and recovery codes on paper
//! for when the telephone is gone.

use crate::error::broken;
use crate::secret::{Secret, hash, hash_typed, random};
use crate::{Accounts, AccountsError, EventKind, User};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use std::fmt::{self, Write as _};
use totp_rs::{Algorithm, Builder, Totp};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// Seconds that a code lasts; one step earlier or later is good too, for clocks differ.
const STEP_SECONDS: u64 = 30;
const STEPS_OFF: u16 = 1;
const DIGITS: u8 = 6;

/// A secret that is being set up: shown once, in force after a first code.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    secret: [u8; 20],
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(…)")
    }
}

impl Pending {
    /// The secret in base 32, in groups of four, to type into an app.
    pub fn typed(&self) -> String {
        let plain = self.base32();
        let letters: Vec<char> = plain.chars().collect();
        let groups: Vec<String> =
            letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join(" ")
    }

    /// The address that a QR code holds: `otpauth://totp/…`.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent(issuer), percent(account));
        let secret = self.base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
        )
    }

    fn base32(&self) -> String {
        totp_rs::Secret::from(self.secret).to_base32()
    }
}

/// A text with every byte escaped that is not a letter, a digit or one of `-._~`.
fn percent(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // writing to a string cannot fail
            write!(escaped, "%{byte:02X}").unwrap_or_default();
        }
    }
    escaped
}

fn totp(secret: &[u8]) -> Totp {
    // apps know no other algorithm for certain; in HMAC, SHA-1 is not broken (RFC 6194)
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(STEPS_OFF)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret.to_vec())
        .build_noncompliant()
}

/// The step whose code was given, if it is later than the last one used.
fn step_of(secret: &[u8], code: &str, last: u64, now: Timestamp) -> Option<u64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != usize::from(DIGITS) || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let second = u64::try_from(now.as_second()).ok()?;
    totp(secret).check(&digits, second).filter(|step| *step > last)
}

impl Accounts {
    /// The secret that is being set up in a session; a new one where there is none yet, so
    /// that the page may be loaded anew.
    pub fn pending_second_step(&self, token: &str) -> Result<Pending, AccountsError> {
        let doing = "set up a second step";
        let base = self.base();
        let found: Option<Option<[u8; 20]>> = base
            .query_row(
                "SELECT pending_secret FROM sessions WHERE hash = ?1 AND is_whole = 1",
                [hash(token)],
                |row| row.get(0),
            )
            .optional()
            .map_err(broken(doing))?;
        match found {
            None => Err(AccountsError::broken(doing, "the session is over")),
            Some(Some(secret)) => Ok(Pending { secret }),
            Some(None) => {
                let secret: [u8; 20] = random()?;
                base.execute(
                    "UPDATE sessions SET pending_secret = ?2 WHERE hash = ?1",
                    params![hash(token), secret],
                )
                .map_err(broken(doing))?;
                Ok(Pending { secret })
            }
        }
    }

    /// Puts the secret of [`Accounts::pending_second_step`] in force after the password and a
    /// first code; other sessions of the person end. Gives the recovery codes, once.
    pub fn turn_second_step_on(
        &self,
        user: &User,
        token: &str,
        password: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Vec<Secret>, AccountsError> {
        let pending = self.pending_second_step(token)?;
        if !self.is_password_of(user, password, now)? {
            self.note(now, &user.name, EventKind::SecondStepOn, false, "")?;
            return Err(AccountsError::WrongPassword);
        }
        let step = step_of(&pending.secret, code, 0, now).ok_or(AccountsError::Code)?;
        let codes: Vec<Secret> =
            (0..RECOVERY_CODES).map(|_| Secret::short()).collect::<Result<_, _>>()?;
        let doing = "set up a second step";
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        writing
            .execute(
                "UPDATE users SET totp_secret = ?2, totp_step = ?3 WHERE id = ?1",
                params![user.id, pending.secret, i64::try_from(step).unwrap_or(i64::MAX)],
            )
            .map_err(broken(doing))?;
        writing
            .execute("DELETE FROM recovery_codes WHERE user = ?1", [user.id])
            .map_err(broken(doing))?;
        for code in &codes {
            writing
                .execute(
                    "INSERT INTO recovery_codes (user, hash) VALUES (?1, ?2)",
                    params![user.id, hash_typed(code.reveal())],
                )
                .map_err(broken(doing))?;
        }
        writing
            .execute(
                "DELETE FROM sessions WHERE user = ?1 AND hash <> ?2",
                params![user.id, hash(token)],
            )
            .map_err(broken(doing))?;
        writing
            .execute(
                "UPDATE sessions SET pending_secret = NULL WHERE hash = ?1",
                [hash(token)],
            )
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        drop(base);
        self.note(now, &user.name, EventKind::SecondStepOn, true, "")?;
        Ok(codes)
    }

    /// Takes the second step away after the password.
    pub fn turn_second_step_off(
        &self,
        user: &User,
        password: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        if !self.is_password_of(user, password, now)? {
            self.note(now, &user.name, EventKind::SecondStepOff, false, "")?;
            return Err(AccountsError::WrongPassword);
        }
        let doing = "take a second step away";
        let mut base = self.base();
        let writing = base.transaction().map_err(broken(doing))?;
        writing
            .execute("UPDATE users SET totp_secret = NULL WHERE id = ?1", [user.id])
            .map_err(broken(doing))?;
        writing
            .execute("DELETE FROM recovery_codes WHERE user = ?1", [user.id])
            .map_err(broken(doing))?;
        writing.commit().map_err(broken(doing))?;
        drop(base);
        self.note(now, &user.name, EventKind::SecondStepOff, true, "")
    }

    /// How many recovery codes somebody has left.
    pub fn recovery_codes_left(&self, user: &User) -> Result<usize, AccountsError> {
        self.base()
            .query_row(
                "SELECT count(*) FROM recovery_codes WHERE user = ?1",
                [user.id],
                |row| row.get::<_, u32>(0),
            )
            .map(|left| usize::try_from(left).unwrap_or(usize::MAX))
            .map_err(broken("count recovery codes"))
    }

    /// Whether a code is right; a right one is used up in the same moment.
    pub(crate) fn use_code(
        &self,
        user: &User,
        code: &str,
        now: Timestamp,
    ) -> Result<bool, AccountsError> {
        let doing = "judge a code";
        let base = self.base();
        let (secret, last): (Option<Vec<u8>>, i64) = base
            .query_row(
                "SELECT totp_secret, totp_step FROM users WHERE id = ?1",
                [user.id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(broken(doing))?;
        let last = u64::try_from(last).unwrap_or(0);
        if let Some(step) = secret.and_then(|secret| step_of(&secret, code, last, now)) {
            base.execute(
                "UPDATE users SET totp_step = ?2 WHERE id = ?1",
                params![user.id, i64::try_from(step).unwrap_or(i64::MAX)],
            )
            .map_err(broken(doing))?;
            return Ok(true);
        }
        let used = base
            .execute(
                "DELETE FROM recovery_codes WHERE user = ?1 AND hash = ?2",
                params![user.id, hash_typed(code)],
            )
            .map_err(broken(doing))?;
        Ok(used > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // appendix B, SHA-1, the last six of the eight digits
        let secret = b"12345678901234567890";
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = u64::try_from(second).unwrap() / 30;
            assert_eq!(step_of(secret, code, 0, at(second)), Some(step), "{code}");
            let (first, last) = code.split_at(3);
            let spaced = format!(" {first} {last} ");
            assert_eq!(step_of(secret, &spaced, 0, at(second)), Some(step), "{code}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_one_step_early_or_late() {
        let secret = b"12345678901234567890";
        let step = 1_111_111_109 / 30;
        assert_eq!(step_of(secret, "081804", step, at(1_111_111_109)), None, "used");
        assert!(step_of(secret, "081804", 0, at(1_111_111_109 + 30)).is_some());
        assert!(step_of(secret, "081804", 0, at(1_111_111_109 - 30)).is_some());
        assert!(step_of(secret, "081804", 0, at(1_111_111_109 + 90)).is_none());
        assert!(step_of(secret, "0818o4", 0, at(1_111_111_109)).is_none());
        assert!(step_of(secret, "", 0, at(1_111_111_109)).is_none());
    }

    #[test]
    fn the_address_escapes_names() {
        let pending = Pending { secret: *b"12345678901234567890" };
        assert_eq!(
            pending.address("Dijkwacht Dijkveen", "ada@dijkveen.example"),
            "otpauth://totp/Dijkwacht%20Dijkveen:ada%40dijkveen.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Dijkwacht%20Dijkveen&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(pending.typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
