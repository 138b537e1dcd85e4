//! Licence plates and e-mail addresses.

use super::scan::{Text, digit, is_hyphen};
use std::ops::Range;

/// The forms of Dutch plates since 1951 (RDW calls them side codes 1 to 14): `x` a letter, `9` a
/// digit.
const PLATES: [&str; 14] = [
    "xx-99-99", "99-99-xx", "99-xx-99", "xx-99-xx", "xx-xx-99", "99-xx-xx", "99-xxx-9",
    "9-xxx-99", "xx-999-x", "x-999-xx", "xxx-99-x", "x-99-xxx", "9-xx-999", "999-xx-9",
];

/// The first forms, in which vowels occur.
const WITH_VOWELS: [&str; 4] = ["xx-99-99", "99-99-xx", "99-xx-99", "xx-99-xx"];

/// Plates with hyphens, or closed up in capitals. A closed form is told only where letters and
/// digits change twice: `AB1234` is more often a code than a plate.
pub(super) fn find_plates(text: &Text) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    while begin < text.len() {
        let mut end = begin;
        while text.at(end).is_some_and(|char| char.is_alphanumeric() || is_hyphen(char)) {
            end = end.saturating_add(1);
        }
        if end == begin {
            begin = begin.saturating_add(1);
            continue;
        }
        if is_plate(text, &(begin..end)) {
            found.push(begin..end);
        }
        begin = end;
    }
    found
}

fn is_plate(text: &Text, place: &Range<usize>) -> bool {
    let mut form = String::new();
    let mut letters = String::new();
    let mut capitals = true;
    for char in place.clone().filter_map(|at| text.at(at)) {
        if digit(char).is_some() {
            form.push('9');
        } else if is_hyphen(char) {
            form.push('-');
        } else if char.is_ascii_alphabetic() {
            form.push('x');
            letters.push(char.to_ascii_lowercase());
            capitals &= char.is_ascii_uppercase();
        } else {
            return false;
        }
    }
    let vowels = letters.contains(['a', 'e', 'i', 'o', 'u']);
    // `1-mrt-25` is a day
    if letters == "mrt" {
        return false;
    }
    if PLATES.contains(&form.as_str()) {
        return !vowels || WITH_VOWELS.contains(&form.as_str());
    }
    let closed = |plate: &str| plate.replace('-', "") == form;
    let mut kinds: Vec<char> = form.chars().collect();
    kinds.dedup();
    capitals && !vowels && kinds.len() == 3 && PLATES.iter().any(|plate| closed(plate))
}

/// E-mail addresses.
pub(super) fn find_emails(text: &Text) -> Vec<Range<usize>> {
    let local = |char: char| char.is_alphanumeric() || "._%+-'".contains(char);
    let domain = |char: char| char.is_alphanumeric() || char == '.' || char == '-';
    let mut found: Vec<Range<usize>> = Vec::new();
    for sign in (0..text.len()).filter(|at| text.at(*at) == Some('@')) {
        let mut begin = sign;
        while text.before(begin).is_some_and(local) {
            begin = begin.saturating_sub(1);
        }
        let mut end = sign.saturating_add(1);
        while text.at(end).is_some_and(domain) {
            end = end.saturating_add(1);
        }
        // the full stop of the sentence is not part of it
        while text.before(end).is_some_and(|char| char == '.' || char == '-') {
            end = end.saturating_sub(1);
        }
        let host = text.lower(&(sign.saturating_add(1)..end));
        let top = host.rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty()
                && top.chars().count() >= 2
                && top.chars().all(char::is_alphabetic)
        });
        if begin < sign && top {
            found.push(begin..end);
        }
    }
    found
}
