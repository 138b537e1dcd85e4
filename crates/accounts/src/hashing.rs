//! Hashing passwords: argon2id with the parameters OWASP gives as its first choice (19 MiB,
//! two passes, one lane), and never more at once than the machine can bear.

use crate::AccountsError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Condvar, Mutex, PoisonError};

/// OWASP Password Storage Cheat Sheet: m = 19456 KiB, t = 2, p = 1.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many hashes are computed at once, so that a flood of attempts takes at most this many
/// times the memory.
const AT_ONCE: u32 = 4;

/// How many may wait for their turn; who comes then is asked to come again, or a flood would
/// keep everybody else waiting too.
const MOST_WAITING: u32 = 24;

/// In how many seconds to come again.
const COME_AGAIN: i64 = 2;

/// A hasher with its limit.
pub(crate) struct Hashing {
    argon: Argon2<'static>,
    /// Verified when there is no account, so that the answer takes as long as with one.
    decoy: String,
    turns: Mutex<Turns>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Turns {
    busy: u32,
    waiting: u32,
}

impl std::fmt::Debug for Hashing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hashing").finish_non_exhaustive()
    }
}

impl Hashing {
    pub(crate) fn new() -> Result<Self, AccountsError> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
            .map_err(|cause| AccountsError::broken("prepare hashing", cause))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hashing = Self {
            argon,
            decoy: String::new(),
            turns: Mutex::default(),
            freed: Condvar::new(),
        };
        hashing.decoy = hashing.hash("nobody has this password")?;
        Ok(hashing)
    }

    /// The hash of a password with a salt of its own, as a PHC string.
    pub(crate) fn hash(&self, password: &str) -> Result<String, AccountsError> {
        self.in_turn(|| self.argon.hash_password(password.as_bytes()))?
            .map(|hash| hash.to_string())
            .map_err(|cause| AccountsError::broken("hash a password", cause))
    }

    /// Whether a password belongs to a hash; takes as long where there is no hash, and says no.
    pub(crate) fn verify(
        &self,
        password: &str,
        hash: Option<&str>,
    ) -> Result<bool, AccountsError> {
        // an account without a password is judged as none is, in the same time
        let hash = hash.filter(|hash| !hash.is_empty());
        let against = hash.unwrap_or(&self.decoy);
        let Ok(parsed) = PasswordHash::new(against) else { return Ok(false) };
        let judged =
            self.in_turn(|| self.argon.verify_password(password.as_bytes(), &parsed))?;
        Ok(judged.is_ok() && hash.is_some())
    }

    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> Result<T, AccountsError> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.busy >= AT_ONCE {
            if turns.waiting >= MOST_WAITING {
                return Err(AccountsError::Wait(COME_AGAIN));
            }
            turns.waiting += 1;
            while turns.busy >= AT_ONCE {
                turns = self.freed.wait(turns).unwrap_or_else(PoisonError::into_inner);
            }
            turns.waiting -= 1;
        }
        turns.busy += 1;
        drop(turns);
        let done = work();
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).busy -= 1;
        self.freed.notify_one();
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_are_those_of_owasp_and_every_hash_has_its_own_salt() {
        let hashing = Hashing::new().unwrap();
        let hash = hashing.hash("fiets wolk kaas dinsdag").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hashing.hash("fiets wolk kaas dinsdag").unwrap());
        assert!(hashing.verify("fiets wolk kaas dinsdag", Some(&hash)).unwrap());
        assert!(!hashing.verify("fiets wolk kaas woensdag", Some(&hash)).unwrap());
    }

    #[test]
    fn a_hash_of_another_program_is_understood() {
        // from the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
        let hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let hashing = Hashing::new().unwrap();
        assert!(hashing.verify("password", Some(hash)).unwrap());
        assert!(!hashing.verify("passw0rd", Some(hash)).unwrap());
    }

    #[test]
    fn nobody_has_the_password_of_the_decoy() {
        let hashing = Hashing::new().unwrap();
        assert!(!hashing.verify("nobody has this password", None).unwrap());
        assert!(!hashing.verify("nobody has this password", Some("")).unwrap());
    }

    #[test]
    fn a_flood_is_asked_to_come_again_and_what_was_taken_on_is_done() {
        let hashing = Hashing::new().unwrap();
        let until = |is_so: &dyn Fn(&Turns) -> bool| {
            while !is_so(&hashing.turns.lock().unwrap()) {
                std::thread::yield_now();
            }
        };
        let gate = std::sync::RwLock::new(());
        let closed = gate.write().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| hashing.in_turn(|| drop(gate.read())).unwrap());
            }
            until(&|turns| turns.busy == AT_ONCE);
            for _ in 0..MOST_WAITING {
                scope.spawn(|| hashing.in_turn(|| ()).unwrap());
            }
            until(&|turns| turns.waiting == MOST_WAITING);
            let refused = hashing.verify("x", None).unwrap_err();
            assert_eq!(refused, AccountsError::Wait(COME_AGAIN));
            drop(closed);
        });
        let turns = hashing.turns.lock().unwrap();
        assert_eq!((turns.busy, turns.waiting), (0, 0));
    }
}
