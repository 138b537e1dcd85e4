//! The rule for passwords: long enough, and not one that everybody tries first. No rule on
//! kinds of characters: those make passwords people forget and programs guess (NIST SP
//! 800-63B, 3.1.1.2).

use std::collections::BTreeSet;
use std::fmt;

/// The fewest characters a password has.
pub const LEAST_CHARACTERS: usize = 12;

/// The most bytes a password has; beyond this the work of hashing would be somebody's weapon.
const MOST_BYTES: usize = 1024;

/// Fewer different characters than this are a pattern.
const LEAST_DIFFERENT: usize = 5;

/// Passwords of at least twelve characters that stand in lists of stolen ones.
const COMMON: &str = include_str!("common.txt");

/// Words that are tried first at a Dutch public body, with any digits and signs around them.
const WORDS: [&str; 40] = [
    "welkom",
    "wachtwoord",
    "geheim",
    "gemeente",
    "provincie",
    "beheerder",
    "beheer",
    "dijkwacht",
    "inloggen",
    "toegang",
    "nederland",
    "holland",
    "password",
    "admin",
    "administrator",
    "qwerty",
    "azerty",
    "welcome",
    "letmein",
    "login",
    "lente",
    "zomer",
    "herfst",
    "winter",
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "test",
    "demo",
    "de",
    "het",
];

/// Rows that fingers follow.
const ROWS: [&str; 5] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    /// It has fewer than [`LEAST_CHARACTERS`] characters.
    Short,
    /// It has more than 1024 bytes.
    Long,
    /// It is one that is tried first: a known one, a pattern, or common words with digits.
    Common,
    /// It consists of the name of the person and little else.
    Name,
    /// It is the one that is to be replaced.
    Same,
}

impl fmt::Display for PasswordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => {
                write!(f, "a password has at least {LEAST_CHARACTERS} characters")
            }
            Self::Long => write!(f, "a password has at most {MOST_BYTES} bytes"),
            Self::Common => f.write_str(
                "this password is one that is tried first; use a few words that do not belong together",
            ),
            Self::Name => f.write_str("a password is more than the name of the account"),
            Self::Same => f.write_str("the new password is the present one"),
        }
    }
}

/// Checks a new password; `names` are the names of the person.
pub fn check_password(password: &str, names: &[&str]) -> Result<(), PasswordFault> {
    if password.chars().count() < LEAST_CHARACTERS {
        return Err(PasswordFault::Short);
    }
    if password.len() > MOST_BYTES {
        return Err(PasswordFault::Long);
    }
    let lower = password.to_lowercase();
    let known = COMMON.lines().any(|common| common == lower);
    let different: BTreeSet<char> = lower.chars().collect();
    let repeated = (1..=lower.len() / 2).any(|length| {
        lower.get(..length).is_some_and(|part| {
            part.chars().count() < LEAST_DIFFERENT
                && lower.split(part).all(|rest| part.starts_with(rest))
        })
    });
    if known || different.len() < LEAST_DIFFERENT || repeated || is_row(&lower) {
        return Err(PasswordFault::Common);
    }
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    if !letters.is_empty() && without(&letters, WORDS.iter().copied()).is_empty() {
        return Err(PasswordFault::Common);
    }
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|part| part.chars().count() > 2)
        .collect();
    let rest = without(&letters, names.iter().map(String::as_str));
    if !names.is_empty() && rest.len() < letters.len() && rest.chars().count() < 4 {
        return Err(PasswordFault::Name);
    }
    Ok(())
}

/// What is left of a text when words are taken out, longest first.
fn without<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(text.to_owned(), |left, word| left.replace(word, ""))
}

/// Whether a text is made of runs of at least four along a row, in either direction.
fn is_row(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let step = ROWS
            .iter()
            .flat_map(|row| [(*row).to_owned(), row.chars().rev().collect()])
            .map(|row: String| run_along(rest, &row))
            .max()
            .unwrap_or(0);
        if step < 4 {
            return false;
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    true
}

/// How many bytes at the beginning of a text run along a row.
fn run_along(text: &str, row: &str) -> usize {
    (1..=text.len().min(row.len()))
        .rev()
        .find(|length| text.get(..*length).is_some_and(|part| row.contains(part)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_are_good_without_digits_or_signs() {
        for good in [
            "fiets wolk kaas dinsdag",
            "correct horse battery staple",
            "het regent in dijkveen",
            "ΩΩ grieks mag ook αβγ",
            "vK3$-kq!9wPz",
        ] {
            assert_eq!(
                check_password(good, &["ada@dijkveen.example", "Ada de Vries"]),
                Ok(()),
                "{good}"
            );
        }
    }

    #[test]
    fn too_short_and_too_long_are_refused() {
        assert_eq!(check_password("elf tekens!", &[]), Err(PasswordFault::Short));
        let long = "lange zin ".repeat(110);
        assert_eq!(check_password(&long, &[]), Err(PasswordFault::Long));
        assert_eq!(
            check_password("é".repeat(11).as_str(), &[]),
            Err(PasswordFault::Short)
        );
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "Welkom123456",
            "Gemeente2026!",
            "WelkomGemeente1",
            "wachtwoord!!!",
            "administrator",
            "123456789012",
            "qwertyuiop1234",
            "aaaaaaaaaaaa",
            "abababababab",
            "Zomer2026-2026",
            "1q2w3e4r5t6y",
            "9876543210987654",
        ] {
            assert_eq!(
                check_password(common, &[]),
                Err(PasswordFault::Common),
                "{common}"
            );
        }
    }

    #[test]
    fn the_own_name_is_no_password() {
        let names = ["ada@dijkveen.example", "Ada de Vries"];
        assert_eq!(check_password("Vries-dijkveen-26", &names), Err(PasswordFault::Name));
    }
}
