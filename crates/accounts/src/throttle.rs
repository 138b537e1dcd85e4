//! A growing delay after wrong attempts, which cannot be used to shut somebody else out.
//!
//! An account is never locked. What grows is the delay for one account *from one source*, and
//! more slowly that for a source with many accounts. A browser that came in before carries a
//! device cookie and has a count of its own (OWASP, "device cookies"): wrong attempts of
//! others, also from behind the same address, do not touch it.
//!
//! The counts stand in memory: a restart forgets them, which gives an attacker a few attempts
//! and keeps addresses out of the file.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More counts than this are not kept; the oldest go first.
const MOST_COUNTS: usize = 100_000;

/// A count that nothing was added to for so long is forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(6);

/// Where an attempt comes from: an address, or for IPv6 the network of a customer (64 bits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source(IpAddr);

impl Source {
    /// The source of an address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What is counted apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// Attempts on an account from a source that is not known to it.
    AccountFrom(String, Source),
    /// Attempts from a source, whatever the account.
    From(Source),
    /// Attempts on an account from a browser that came in before.
    Device([u8; 32]),
    /// Attempts with the second step of an account from a source.
    SecondStep(i64, Source),
    /// Attempts with codes of invitations from a source.
    Invitation(Source),
    /// Links by which somebody answers, tried from a source.
    Link(Source),
    /// Passwords given to confirm a change, by somebody who is in.
    Confirmation(i64),
}

impl Key {
    /// How many attempts are free, and the longest delay in seconds.
    fn allowance(&self) -> (u32, i64) {
        match self {
            Self::AccountFrom(..) | Self::SecondStep(..) => (5, 15 * 60),
            Self::From(_) => (50, 60),
            Self::Device(_) => (10, 60),
            // many people behind one address may mistype at the same time
            Self::Link(_) => (100, 60),
            Self::Invitation(_) => (10, 5 * 60),
            Self::Confirmation(_) => (5, 60),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Count {
    attempts: u32,
    last: Timestamp,
}

/// The counts of wrong attempts.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<Key, Count>>);

impl Throttle {
    /// Counts an attempt before it is judged, so that many at once gain nothing.
    ///
    /// Gives the seconds to wait where it comes too early; then it is not counted.
    pub(crate) fn begin(&self, keys: &[Key], now: Timestamp) -> Result<(), i64> {
        let mut counts = self.counts();
        let wait = keys.iter().filter_map(|key| wait(key, counts.get(key)?, now)).max();
        if let Some(seconds) = wait {
            return Err(seconds);
        }
        if counts.len() + keys.len() > MOST_COUNTS {
            forget(&mut counts, now);
        }
        for key in keys {
            let count =
                counts.entry(key.clone()).or_insert(Count { attempts: 0, last: now });
            if now.duration_since(count.last) > FORGOTTEN {
                count.attempts = 0;
            }
            count.attempts = count.attempts.saturating_add(1);
            count.last = now;
        }
        Ok(())
    }

    /// Takes back what [`Throttle::begin`] counted, after the attempt was right. Counts of one
    /// account go; that of a source only loses this attempt, or somebody with an account of
    /// their own could wipe it clean.
    pub(crate) fn forgive(&self, keys: &[Key]) {
        let mut counts = self.counts();
        for key in keys {
            if let Key::From(_) | Key::Invitation(_) | Key::Link(_) = key {
                if let Some(count) = counts.get_mut(key) {
                    count.attempts = count.attempts.saturating_sub(1);
                }
            } else {
                counts.remove(key);
            }
        }
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<Key, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The seconds that are left to wait: 1 after the first attempt that is not free, doubled with
/// each further one.
fn wait(key: &Key, count: &Count, now: Timestamp) -> Option<i64> {
    let passed = now.duration_since(count.last);
    if passed > FORGOTTEN {
        return None;
    }
    let (free, longest) = key.allowance();
    let beyond = count.attempts.checked_sub(free)?;
    let delay = 1_i64.checked_shl(beyond.min(20)).unwrap_or(longest).min(longest);
    let left = delay - passed.as_secs();
    (left > 0).then_some(left)
}

/// Forgets what is old, and if that is not enough the older half of the rest.
fn forget(counts: &mut BTreeMap<Key, Count>, now: Timestamp) {
    counts.retain(|_, count| now.duration_since(count.last) <= FORGOTTEN);
    if counts.len() * 2 > MOST_COUNTS {
        let mut moments: Vec<Timestamp> =
            counts.values().map(|count| count.last).collect();
        moments.sort();
        if let Some(middle) = moments.get(moments.len() / 2).copied() {
            let mut kept = 0;
            counts.retain(|_, count| {
                let stays = count.last >= middle && kept < MOST_COUNTS / 2;
                kept += usize::from(stays);
                stays
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    fn source(last: u8) -> Source {
        Source::of(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn the_delay_doubles_after_five_attempts_and_ends_at_a_quarter_of_an_hour() {
        let throttle = Throttle::default();
        let keys = [Key::AccountFrom("ada".to_owned(), source(1))];
        let mut now = 0;
        for _ in 0..5 {
            assert_eq!(throttle.begin(&keys, at(now)), Ok(()));
        }
        for delay in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            assert_eq!(throttle.begin(&keys, at(now)), Err(delay));
            assert_eq!(throttle.begin(&keys, at(now + delay - 1)), Err(1));
            now += delay;
            assert_eq!(throttle.begin(&keys, at(now)), Ok(()));
        }
        now += FORGOTTEN.as_secs() + 1;
        for _ in 0..5 {
            assert_eq!(throttle.begin(&keys, at(now)), Ok(()));
        }
    }

    #[test]
    fn somebody_elsewhere_does_not_shut_the_owner_out() {
        let throttle = Throttle::default();
        let attacker =
            [Key::AccountFrom("ada".to_owned(), source(1)), Key::From(source(1))];
        while throttle.begin(&attacker, at(0)).is_ok() {}
        let owner = [Key::AccountFrom("ada".to_owned(), source(2)), Key::From(source(2))];
        assert_eq!(throttle.begin(&owner, at(0)), Ok(()));
    }

    #[test]
    fn a_known_browser_behind_the_same_address_is_not_touched() {
        let throttle = Throttle::default();
        for account in 0..1_000 {
            let name = format!("account {account}");
            let keys = [Key::AccountFrom(name, source(1)), Key::From(source(1))];
            if throttle.begin(&keys, at(0)).is_err() {
                break;
            }
        }
        assert!(throttle.begin(&[Key::From(source(1))], at(0)).is_err());
        assert_eq!(throttle.begin(&[Key::Device([7; 32])], at(0)), Ok(()));
    }

    #[test]
    fn what_was_right_is_forgiven_but_a_source_keeps_its_wrong_attempts() {
        let throttle = Throttle::default();
        let keys = [Key::AccountFrom("ada".to_owned(), source(1)), Key::From(source(1))];
        for _ in 0..200 {
            assert_eq!(throttle.begin(&keys, at(0)), Ok(()));
            throttle.forgive(&keys);
        }
        for _ in 0..50 {
            assert_eq!(throttle.begin(&[Key::From(source(1))], at(0)), Ok(()));
        }
        throttle.forgive(&keys);
        throttle.forgive(&keys);
        assert_eq!(throttle.begin(&[Key::From(source(1))], at(0)), Ok(()));
        assert!(throttle.begin(&[Key::From(source(1))], at(0)).is_ok());
        assert!(throttle.begin(&[Key::From(source(1))], at(0)).is_err());
    }

    #[test]
    fn the_counts_stay_bounded() {
        let mut counts = BTreeMap::new();
        for id in 0..MOST_COUNTS {
            let second = i64::try_from(id).unwrap() / 100;
            let count = Count { attempts: 1, last: at(second) };
            counts.insert(Key::SecondStep(i64::try_from(id).unwrap(), source(1)), count);
        }
        forget(&mut counts, at(1_000));
        assert!(counts.len() <= MOST_COUNTS / 2);
        assert!(
            counts.values().all(|count| count.last >= at(500)),
            "the oldest went first"
        );
    }

    #[test]
    fn one_customer_of_ipv6_is_one_source() {
        let source = |text: &str| Source::of(text.parse().unwrap());
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::9"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
        assert_eq!(source("::ffff:192.0.2.1"), source("192.0.2.1"));
    }
}
