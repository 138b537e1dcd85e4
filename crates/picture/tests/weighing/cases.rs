//! The small catalogue of the tests, and answers as people give them.

use assessment::{Answer, Given, Group, Shown, Side, Silence};
use catalogue::{Catalogue, EvidenceFor};
use model::Process;
use picture::freeboard::{Attractiveness, Limits};
use picture::weighing::{Question, Replies, Weighing, weigh};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What is asked about: code, side, weight, key. These are the items of the example in
/// docs/method.md, with the weights they have there.
pub(crate) const ASKED: [(&str, Side, u8, bool); 5] = [
    ("C01", Side::Circumstance, 3, false),
    ("C05", Side::Circumstance, 1, false),
    ("B02", Side::Control, 3, true),
    ("B08", Side::Control, 2, false),
    ("B16", Side::Control, 1, false),
];

/// The catalogue with nothing but the items of [`ASKED`], so that what a test says does not
/// change with the content.
pub(crate) fn small() -> &'static Catalogue {
    static SMALL: OnceLock<Catalogue> = OnceLock::new();
    SMALL.get_or_init(|| {
        let mut all = catalogue::load(&catalogue::embedded()).unwrap();
        let known = |code: &str| ASKED.iter().find(|(known, ..)| *known == code);
        all.circumstances.retain(|code, _| known(code).is_some());
        all.controls.retain(|code, _| known(code).is_some());
        for (code, item) in &mut all.circumstances {
            item.weight = known(code).unwrap().2;
        }
        for (code, item) in &mut all.controls {
            (item.weight, item.key) = (known(code).unwrap().2, known(code).unwrap().3);
        }
        all
    })
}

/// The numbers of the content.
pub(crate) fn limits() -> Limits {
    Limits::from(&small().method)
}

pub(crate) type All = BTreeMap<String, Replies>;

/// What the work floor said, by code; nobody was asked about a code that is absent.
pub(crate) fn said(answers: &[(&str, &[Answer])]) -> All {
    let floor = |answer: &Answer| Given { answer: *answer, group: Group::Floor };
    let replies = |(code, answers): &(&str, &[Answer])| {
        let given = answers.iter().map(floor).collect();
        ((*code).to_owned(), Replies { given, agreed: None })
    };
    answers.iter().map(replies).collect()
}

/// What the data show of one item.
pub(crate) fn shown(code: &str, range: Result<(u8, u8), Silence>) -> Shown {
    let code = code.to_owned();
    let of = if code.starts_with('B') {
        EvidenceFor::Control(code)
    } else {
        EvidenceFor::Circumstance(code)
    };
    Shown { of, statements: Vec::new(), range }
}

/// Weighs the payments of a municipality that finds them as attractive as given.
pub(crate) fn weighed_at(
    attractiveness: Attractiveness,
    replies: &All,
    shown: &[Shown],
) -> Weighing {
    let question = Question {
        process: Process::Payments,
        attractiveness,
        replies,
        shown,
        least_group: 3,
    };
    weigh(small(), &question, &limits())
}

/// Weighs the payments as attractive as the method's example has them.
pub(crate) fn weighed(replies: &All, shown: &[Shown]) -> Weighing {
    weighed_at(Attractiveness::Middle, replies, shown)
}
