//! Surnames behind initials or a form of address.

use super::scan::{Text, is_hyphen, is_space};
use std::ops::Range;

/// Forms of address behind which a surname stands, without their full stop.
const ADDRESS: [&str; 13] = [
    "mw", "mevr", "mevrouw", "dhr", "heer", "meneer", "mijnheer", "fam", "familie",
    "mrs", "ms", "miss", "mister",
];

/// Titles that English writes without a full stop.
const BARE_TITLES: [&str; 3] = ["mr", "dr", "prof"];

/// Titles, which also stand in names of streets and schools.
const TITLES: [&str; 9] = ["mr", "dr", "drs", "ir", "ing", "prof", "ds", "burg", "bc"];

/// Words between initials and surname.
const PARTICLES: [&str; 24] = [
    "de", "den", "der", "van", "von", "ten", "ter", "te", "het", "'t", "’t", "op", "in",
    "aan", "bij", "la", "le", "du", "da", "di", "el", "al", "ben", "uit",
];

/// Initials together that are a legal form.
const LEGAL_FORMS: [&str; 6] = ["bv", "nv", "vof", "cv", "ua", "wa"];

/// What may stand before a single letter that is no initial.
const LETTERED: [&str; 25] = [
    "bijlage",
    "artikel",
    "art",
    "optie",
    "variant",
    "onderdeel",
    "categorie",
    "groep",
    "type",
    "plan",
    "klasse",
    "punt",
    "team",
    "deel",
    "kolom",
    "scenario",
    "stap",
    "appendix",
    "annex",
    "option",
    "part",
    "group",
    "category",
    "class",
    "column",
];

/// Words with which a sentence begins; behind `bijlage B.` they are no surname.
const STARTERS: [&str; 60] = [
    "de", "het", "een", "er", "in", "op", "bij", "dit", "dat", "die", "deze", "we",
    "wij", "je", "ze", "zij", "hij", "ik", "jij", "voor", "als", "na", "wie", "wat",
    "waar", "alle", "elke", "iedere", "daarna", "daar", "iedereen", "niemand", "ook",
    "maar", "dus", "of", "en", "nee", "ja", "zie", "per", "sinds", "vanaf", "volgens",
    "the", "it", "this", "that", "these", "there", "they", "he", "she", "if", "for",
    "on", "at", "and", "no", "see",
];

/// Ends of names of streets and buildings.
const STREETS: [&str; 12] = [
    "straat", "laan", "weg", "plein", "kade", "gracht", "singel", "dreef", "park", "hof",
    "school", "huis",
];

/// A surname with the initials, title or form of address before it.
pub(super) fn find_names(text: &Text) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if found.last().is_some_and(|last| word.start < last.end) {
            continue;
        }
        let rest = words.get(at.saturating_add(1)..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let lower = text.lower(word);
        let end = if is_address(text, word, &lower) {
            surname(text, past_initials(text, word, rest))
        } else if is_title(text, word, &lower) {
            surname(text, past_initials(text, word, rest))
                .filter(|end| !is_street(text, rest, *end))
        } else if is_initial(text, word) && !before.is_some_and(|b| is_initial(text, b)) {
            behind_initials(text, before, word, rest)
        } else {
            None
        };
        found.extend(end.map(|end| word.start..end));
    }
    found
}

/// Words: letters, with hyphens and apostrophes between or before them.
fn words(text: &Text) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let begin = at;
        while text
            .at(at)
            .is_some_and(|char| char.is_alphanumeric() || is_inside(text, at))
        {
            at = at.saturating_add(1);
        }
        if at == begin {
            at = at.saturating_add(1);
        } else {
            words.push(begin..at);
        }
    }
    words
}

/// Whether a hyphen or apostrophe belongs to a word.
fn is_inside(text: &Text, at: usize) -> bool {
    text.at(at).is_some_and(|char| is_hyphen(char) || matches!(char, '\'' | '’'))
        && text.at(at.saturating_add(1)).is_some_and(char::is_alphabetic)
}

/// `MW` and `MS` in capitals are megawatts and a brand.
fn is_address(text: &Text, word: &Range<usize>, lower: &str) -> bool {
    let capitals = word.clone().all(|at| text.at(at).is_some_and(char::is_uppercase));
    ADDRESS.contains(&lower) && (dotted(text, word) || !capitals)
}

fn is_title(text: &Text, word: &Range<usize>, lower: &str) -> bool {
    let capital = text.at(word.start).is_some_and(char::is_uppercase);
    TITLES.contains(&lower)
        && (dotted(text, word) || (capital && BARE_TITLES.contains(&lower)))
}

fn dotted(text: &Text, word: &Range<usize>) -> bool {
    text.at(word.end) == Some('.')
}

/// A capital, or a capital with one or two small letters without vowel (`Th.`), and a full stop.
fn is_initial(text: &Text, word: &Range<usize>) -> bool {
    let lower = text.lower(word);
    let short = word.len() == 1
        || ["th", "ch", "chr", "ph", "ij", "fr", "tj"].contains(&lower.as_str());
    let capital = text.at(word.start).is_some_and(char::is_uppercase);
    short && capital && dotted(text, word)
}

/// Where a word and the initials behind it end, and the words behind those.
fn past_initials<'w>(
    text: &Text,
    word: &Range<usize>,
    rest: &'w [Range<usize>],
) -> (usize, &'w [Range<usize>]) {
    let count = rest.iter().take_while(|word| is_initial(text, word)).count();
    let last = count.checked_sub(1).and_then(|at| rest.get(at)).unwrap_or(word);
    (last.end, rest.get(count..).unwrap_or_default())
}

/// Where the surname behind initials ends.
fn behind_initials(
    text: &Text,
    before: Option<&Range<usize>>,
    first: &Range<usize>,
    rest: &[Range<usize>],
) -> Option<usize> {
    let (last, behind) = past_initials(text, first, rest);
    let more = rest.get(..rest.len().saturating_sub(behind.len())).unwrap_or_default();
    let initials: String =
        [first].into_iter().chain(more).map(|word| text.lower(word)).collect();
    let lettered = before.is_some_and(|word| {
        let word = text.lower(word);
        LETTERED.contains(&word.as_str()) || word.chars().all(char::is_numeric)
    });
    if LEGAL_FORMS.contains(&initials.as_str()) || (more.is_empty() && lettered) {
        return None;
    }
    let end = surname(text, (last, behind))?;
    let word = behind.iter().find(|word| word.end == end)?;
    let starts = STARTERS.contains(&text.lower(word).as_str());
    (!starts && !is_street(text, behind, end)).then_some(end)
}

/// Where the surname ends that begins behind a place: small words, then one with a capital.
/// Between them stand a full stop and spaces at most.
fn surname(text: &Text, (behind, words): (usize, &[Range<usize>])) -> Option<usize> {
    let mut last = behind;
    for next in words.iter().take(4) {
        let mut gap = (last..next.start).filter_map(|at| text.at(at));
        if gap.any(|char| !is_space(char) && char != '.') {
            return None;
        }
        if text.at(next.start).is_some_and(char::is_uppercase) {
            return (next.len() > 1).then_some(next.end);
        }
        if !PARTICLES.contains(&text.lower(next).as_str()) || dotted(text, next) {
            return None;
        }
        last = next.end;
    }
    None
}

fn is_street(text: &Text, words: &[Range<usize>], end: usize) -> bool {
    let word = words.iter().find(|word| word.end == end).map(|word| text.lower(word));
    word.is_some_and(|word| {
        STREETS.iter().any(|street| word.len() > street.len() && word.ends_with(street))
    })
}
