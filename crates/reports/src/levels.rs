//! Levels of controls and circumstances in words, and why data make no statement.

use crate::numbers;
use crate::words::Word;
use assessment::{Side, Silence};
use catalogue::Method;
use model::Lang;

/// One level: maturity of a control, severity of a circumstance.
pub(crate) const fn level(side: Side, level: u8, lang: Lang) -> &'static str {
    let word = match (side, level) {
        (Side::Control, 0) => Word::Maturity0,
        (Side::Control, 1) => Word::Maturity1,
        (Side::Control, 2) => Word::Maturity2,
        (Side::Control, _) => Word::Maturity3,
        (Side::Circumstance, 0) => Word::Severity0,
        (Side::Circumstance, 1) => Word::Severity1,
        (Side::Circumstance, _) => Word::Severity2,
    };
    word.text(lang)
}

/// The levels that are possible, from the lowest to the highest.
pub(crate) fn range(side: Side, (low, high): (u8, u8), lang: Lang) -> String {
    let (from, to) = (level(side, low, lang), level(side, high, lang));
    let values = [("low", from), ("high", to)];
    match (low, high) {
        (low, high) if low == high => from.to_owned(),
        (0, high) if high >= side.most() => Word::RangeOpen.fill(lang, &values),
        _ => Word::RangeTo.fill(lang, &values),
    }
}

/// Why the data make no statement.
pub(crate) fn silence(why: Silence, method: &Method, lang: Lang) -> String {
    let least = |word: Word, least: u64| {
        word.fill(lang, &[("least", &numbers::count(least, lang))])
    };
    match why {
        Silence::NotAssessable => Word::SilentNot.text(lang).to_owned(),
        Silence::OnlySignals => Word::SilentSignals.text(lang).to_owned(),
        Silence::TooFewSubjects => least(Word::SilentFew, method.least_subjects),
        Silence::LowCoverage => {
            least(Word::SilentLow, method.least_coverage_percent.into())
        }
    }
}
