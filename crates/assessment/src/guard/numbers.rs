//! Numbers that belong to a person: citizen service number, account, telephone.

use super::scan::{Group, Text, digit, is_hyphen, is_space};
use std::ops::Range;

/// The weights of the eleven test of a citizen service number.
/// Source: what is generally known of the test; not held against the design of the register.
const BSN_WEIGHTS: [i32; 9] = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/// Lengths of account numbers, as banks publish them after ISO 13616: the countries of SEPA.
/// The tests hold only a few of them against published examples.
const IBAN_LENGTHS: [(&str, usize); 42] = [
    ("ad", 24),
    ("al", 28),
    ("at", 20),
    ("be", 16),
    ("bg", 22),
    ("ch", 21),
    ("cy", 28),
    ("cz", 24),
    ("de", 22),
    ("dk", 18),
    ("ee", 20),
    ("es", 24),
    ("fi", 18),
    ("fr", 27),
    ("gb", 22),
    ("gi", 23),
    ("gr", 27),
    ("hr", 21),
    ("hu", 28),
    ("ie", 22),
    ("is", 26),
    ("it", 27),
    ("li", 21),
    ("lt", 20),
    ("lu", 20),
    ("lv", 21),
    ("mc", 27),
    ("md", 24),
    ("me", 22),
    ("mk", 19),
    ("mt", 31),
    ("nl", 18),
    ("no", 15),
    ("pl", 28),
    ("pt", 25),
    ("ro", 24),
    ("rs", 22),
    ("se", 24),
    ("si", 19),
    ("sk", 24),
    ("sm", 27),
    ("va", 22),
];

/// What stands between two groups of one number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Space,
    Dot,
    Hyphen,
}

fn joint(text: &Text, left: &Group, right: &Group) -> Option<Joint> {
    if left.place.end.saturating_add(1) != right.place.start {
        return None;
    }
    match text.at(left.place.end)? {
        '.' => Some(Joint::Dot),
        char if is_space(char) => Some(Joint::Space),
        char if is_hyphen(char) => Some(Joint::Hyphen),
        _ => None,
    }
}

/// Nine digits that pass the eleven test, in one row or in groups. A row of exactly nine is
/// told wherever it stands, a case number included: a text that was refused wrongly can be
/// written anew, a number that was kept cannot be forgotten.
pub(super) fn find_bsns(text: &Text, telephones: &[Range<usize>]) -> Vec<Range<usize>> {
    let groups = text.groups();
    let mut found: Vec<Range<usize>> = Vec::new();
    for first in 0..groups.len() {
        let Some(row) = nine_digits(text, groups.get(first..).unwrap_or_default()) else {
            continue;
        };
        let digits: Vec<u8> =
            row.iter().flat_map(|group| group.digits.iter().copied()).collect();
        let (Some(begin), Some(end)) = (row.first(), row.last()) else { continue };
        let place = begin.place.start..end.place.end;
        let dialled = telephones
            .iter()
            .any(|telephone| telephone.start < place.start && place.end <= telephone.end);
        let good =
            passes_eleven(&digits) && !dialled && !is_other(text, &groups, first, row);
        if good && found.last().is_none_or(|last| last.end <= place.start) {
            found.push(place);
        }
    }
    found
}

/// The groups from the first on that hold nine digits together, with one kind of joint.
fn nine_digits<'g>(text: &Text, groups: &'g [Group]) -> Option<&'g [Group]> {
    let mut count = 0_usize;
    let mut joints: Option<Joint> = None;
    for (at, group) in groups.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).and_then(|before| groups.get(before)) {
            let this = joint(text, before, group)?;
            if joints.is_some_and(|all| all != this) {
                return None;
            }
            joints = Some(this);
        }
        count = count.saturating_add(group.digits.len());
        if count == 9 {
            return groups.get(..=at);
        }
        if count > 9 {
            return None;
        }
    }
    None
}

/// Whether nine digits in groups are something else: an amount, or a date or number with a
/// year in it.
fn is_other(text: &Text, all: &[Group], first: usize, row: &[Group]) -> bool {
    let [begin, second, rest @ ..] = row else { return false };
    let between = joint(text, begin, second);
    let lengths: Vec<usize> = row.iter().map(|group| group.digits.len()).collect();
    let usual = matches!(*lengths, [3, 3, 3] | [4, 2, 3]);
    if !usual && (between == Some(Joint::Hyphen) || row.iter().any(is_year)) {
        return true;
    }
    let ends = (begin, rest.last().unwrap_or(second));
    is_money(text, ends)
        || (between == Some(Joint::Dot) && goes_on(text, all, first, row))
}

/// Whether a number with dots goes on before or behind the groups.
fn goes_on(text: &Text, all: &[Group], first: usize, row: &[Group]) -> bool {
    let dotted = |left: Option<&Group>, right: Option<&Group>| {
        let both = left.zip(right);
        both.is_some_and(|(left, right)| joint(text, left, right) == Some(Joint::Dot))
    };
    let before = first.checked_sub(1).and_then(|at| all.get(at));
    dotted(before, row.first())
        || dotted(row.last(), all.get(first.saturating_add(row.len())))
}

/// Whether something before or behind a number says that it is money.
fn is_money(text: &Text, (begin, end): (&Group, &Group)) -> bool {
    let mut at = begin.place.start;
    while text.before(at).is_some_and(is_space) {
        at = at.saturating_sub(1);
    }
    let word = text.lower(&(at.saturating_sub(4)..at));
    if word.ends_with(['€', '$', '£']) || word.ends_with("eur") || word.ends_with("euro")
    {
        return true;
    }
    let mut at = end.place.end;
    if text.at(at) == Some(',') {
        // cents, or `,-`
        let next = text.at(at.saturating_add(1));
        return next.is_some_and(|char| digit(char).is_some() || is_hyphen(char));
    }
    while text.at(at).is_some_and(is_space) {
        at = at.saturating_add(1);
    }
    let word = text.lower(&(at..at.saturating_add(4)));
    word == "euro" || word.starts_with('€') || word.starts_with("eur")
}

fn is_year(group: &Group) -> bool {
    matches!(*group.digits, [1, 9, _, _] | [2, 0, _, _])
}

fn passes_eleven(digits: &[u8]) -> bool {
    let sum: i32 = BSN_WEIGHTS
        .iter()
        .zip(digits)
        .map(|(weight, digit)| weight * i32::from(*digit))
        .sum();
    digits.len() == BSN_WEIGHTS.len()
        && sum.rem_euclid(11) == 0
        && digits.iter().any(|digit| *digit != 0)
}

/// Account numbers with the length of their country that pass the test of ISO 13616.
pub(super) fn find_ibans(text: &Text) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for begin in 0..text.len() {
        let free = found.last().is_none_or(|last| last.end <= begin);
        if free && !text.glued_before(begin) {
            found.extend(iban_from(text, begin).map(|end| begin..end));
        }
    }
    found
}

/// Where an account number that begins at a place ends.
fn iban_from(text: &Text, begin: usize) -> Option<usize> {
    let country = text.lower(&(begin..begin.saturating_add(2)));
    let (_, length) = IBAN_LENGTHS.iter().find(|(code, _)| *code == country)?;
    let mut signs: Vec<char> = Vec::new();
    let mut at = begin;
    while signs.len() < *length {
        let char = text.at(at)?;
        let between =
            signs.len() >= 4 && (is_space(char) || is_hyphen(char) || char == '.');
        if char.is_ascii_alphanumeric() {
            signs.push(char);
        } else if !between || !text.glued_before(at) {
            return None;
        }
        at = at.saturating_add(1);
    }
    let control = signs.get(2..4)?.iter().all(char::is_ascii_digit);
    (control && !text.glued_at(at) && rest_of_97(&signs)? == 1).then_some(at)
}

/// What is left of an account number after division by 97: country and control digits go to
/// the end, letters become 10 to 35.
fn rest_of_97(signs: &[char]) -> Option<u32> {
    let (head, tail) = signs.split_at_checked(4)?;
    let mut rest = 0_u32;
    for char in tail.iter().chain(head) {
        let value = char.to_digit(36)?;
        let scale = if value < 10 { 10 } else { 100 };
        rest = rest.saturating_mul(scale).saturating_add(value) % 97;
    }
    Some(rest)
}

/// Telephone numbers as people in the Netherlands write them: ten digits that begin with one
/// zero, or a number with its country in front.
pub(super) fn find_telephones(text: &Text) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for begin in 0..text.len() {
        let free = found.last().is_none_or(|last| last.end <= begin);
        if free && may_begin(text, begin) {
            let end = abroad(text, begin).or_else(|| at_home(text, begin));
            found.extend(end.map(|end| begin..end));
        }
    }
    found
}

/// Whether a number may begin at a place: not inside a word, an amount or a case number.
fn may_begin(text: &Text, begin: usize) -> bool {
    let Some(before) = text.before(begin) else { return true };
    let word_before =
        begin.checked_sub(2).and_then(|at| text.at(at)).is_some_and(char::is_alphabetic);
    let inside = before.is_alphanumeric()
        || matches!(before, '/' | '_' | ',' | '+')
        || is_hyphen(before);
    !inside && (before != '.' || word_before)
}

fn abroad(text: &Text, begin: usize) -> Option<usize> {
    let from = if text.at(begin) == Some('+') {
        begin.saturating_add(1)
    } else {
        let head = text.lower(&(begin..begin.saturating_add(4)));
        ["0031", "0032", "0049"]
            .contains(&head.as_str())
            .then(|| begin.saturating_add(2))?
    };
    let country = text.at(from).and_then(digit).filter(|digit| *digit != 0)?;
    let (mut at, mut count, mut end) = (from, 0_usize, from);
    while let Some(char) =
        text.at(at).filter(|_| count < 16 && at < end.saturating_add(4))
    {
        if digit(char).is_some() {
            count = count.saturating_add(1);
            end = at.saturating_add(1);
            // a Dutch number is complete here; what follows is another number
            let dutch = country == 3 && text.at(from.saturating_add(1)) == Some('1');
            let zero = text.lower(&(from..end)).contains("(0)");
            if dutch && count == if zero { 12 } else { 11 } {
                break;
            }
        } else if !(is_space(char) || is_hyphen(char) || matches!(char, '(' | ')')) {
            break;
        }
        at = at.saturating_add(1);
    }
    ((10..=15).contains(&count) && !text.glued_at(end)).then_some(end)
}

fn at_home(text: &Text, begin: usize) -> Option<usize> {
    let open = text.at(begin) == Some('(');
    let from = if open { begin.saturating_add(1) } else { begin };
    text.at(from).filter(|char| *char == '0')?;
    let mut lengths: Vec<usize> = vec![0];
    let mut digits: Vec<u8> = Vec::new();
    let mut at = from;
    while digits.len() < 10 {
        let char = text.at(at)?;
        if let Some(value) = digit(char) {
            digits.push(value);
            if let Some(last) = lengths.last_mut() {
                *last = last.saturating_add(1);
            }
        } else if is_space(char) || is_hyphen(char) || matches!(char, '.' | ')') {
            if lengths.last() != Some(&0) {
                lengths.push(0);
            }
        } else {
            return None;
        }
        at = at.saturating_add(1);
    }
    let [0, second, third, ..] = *digits else { return None };
    let area = match lengths.first()? {
        2 => second == 6,
        3 | 4 | 10 => true,
        _ => false,
    };
    let service = matches!((second, third), (8 | 9, 0));
    let good = second != 0 && area && !service && !is_date(&lengths, &digits);
    (good && !text.glued_at(at)).then_some(at)
}

/// Whether groups begin with day, month and year.
fn is_date(lengths: &[usize], digits: &[u8]) -> bool {
    matches!(lengths, [2, 2, 4, ..])
        && matches!(digits, [_, _, 0 | 1, _, 1, 9, ..] | [_, _, 0 | 1, _, 2, 0, ..])
}
