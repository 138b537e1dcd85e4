//! Pictures as text for a terminal.
//!
//! No line is wider than asked (at least 80 columns are used); colour only underlines what
//! words and signs already say.

pub(crate) mod layout;

use crate::numbers;
use crate::safe::one_line;
use crate::sentences::Told;
use crate::words::Word;
use catalogue::{Catalogue, EvidenceFor};
use layout::{Align, Column, Page, Tint};

pub(crate) use layout::wrap;
use model::Lang;
use picture::{Picture, Tested};
use rules::State;

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether signs for colour (ANSI) are written.
    pub colour: bool,
    /// The width of the terminal in columns; less than 80 counts as 80.
    pub width: usize,
}

/// How many transitions are named.
const EDGES: usize = 8;
/// How many activities without a step are named.
const UNPLACED: usize = 10;

/// Tells pictures, one after the other, in the order given. Ends with a line break.
pub fn pictures(
    catalogue: &Catalogue,
    pictures: &[Picture],
    lang: Lang,
    style: Style,
) -> String {
    let mut page = Page::new(style.width, style.colour);
    if pictures.is_empty() {
        page.paragraph(Word::NoPictures.text(lang));
    }
    for picture in pictures {
        let told = Told { catalogue, picture, lang };
        page.title(told.process());
        page.paragraph(&told.summary().join(" "));
        facts(&mut page, told);
        tests(&mut page, told);
        shown(&mut page, told);
        unjudged(&mut page, told);
        notes(&mut page, told);
        edges(&mut page, told);
    }
    page.finish()
}

fn facts(page: &mut Page, told: Told<'_>) {
    page.heading(told.say(Word::LogHead));
    let facts = told.facts();
    let rows: Vec<Vec<String>> = facts
        .into_iter()
        .map(|(label, text)| vec![told.say(label).to_owned(), text])
        .collect();
    page.table(&[Column::fixed(""), Column::flowing("")], &rows, &[]);
}

const fn mark(state: State) -> (&'static str, Tint) {
    match state {
        State::Found => ("!", Tint::Found),
        State::Clear => ("✓", Tint::Clear),
        State::NotAssessable => ("?", Tint::Unknown),
    }
}

fn tests(page: &mut Page, told: Told<'_>) {
    page.heading(told.say(Word::TestsHead));
    if told.picture.tests.is_empty() {
        page.paragraph(told.say(Word::TestsNone));
        return;
    }
    let groups = [
        (State::Found, Word::FoundHead),
        (State::Clear, Word::ClearHead),
        (State::NotAssessable, Word::NotAssessableHead),
    ];
    for (state, word) in groups {
        let tests: Vec<&Tested> =
            told.picture.tests.iter().filter(|test| test.state == state).collect();
        if tests.is_empty() {
            continue;
        }
        let (sign, tint) = mark(state);
        page.tinted(&format!("{sign} {} ({})", told.say(word), tests.len()), tint);
        if state == State::NotAssessable {
            let row = |test: &&Tested| vec![test.rule.clone(), told.title(test)];
            let columns = [Column::fixed(""), Column::flowing(told.say(Word::Test))];
            page.table(&columns, &tests.iter().map(row).collect::<Vec<_>>(), &[]);
        } else {
            measured(page, told, &tests);
        }
    }
}

fn measured(page: &mut Page, told: Told<'_>, tests: &[&Tested]) {
    let lang = told.lang;
    let columns = [
        Column::fixed(""),
        Column::flowing(told.say(Word::Test)),
        Column::right(told.say(Word::Counted)),
        Column::right(told.say(Word::Share)),
        Column::right(told.say(Word::Margin)),
        Column::right(told.say(Word::JudgedShort)),
    ];
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let row = |test: &&Tested| {
        vec![
            test.rule.clone(),
            told.title(test),
            told.found_of(test),
            or_dash(test.share.map(|share| numbers::percent(share, lang))),
            or_dash(test.interval.map(|interval| numbers::interval(interval, lang))),
            or_dash(test.coverage.map(|coverage| numbers::percent(coverage, lang))),
        ]
    };
    let rows: Vec<Vec<String>> = tests.iter().map(row).collect();
    let by_order = |test: &&Tested| (test.by_order > 0).then(|| told.by_order(test));
    let remarks: Vec<Option<String>> = tests.iter().map(by_order).collect();
    page.table(&columns, &rows, &remarks);
}

fn shown(page: &mut Page, told: Told<'_>) {
    page.heading(told.say(Word::ShownHead));
    if told.picture.shown.is_empty() {
        page.paragraph(told.say(Word::ShownNone));
        return;
    }
    page.paragraph(told.say(Word::ShownIntro));
    for (controls, word) in [(true, Word::ShownControl), (false, Word::ShownCircumstance)]
    {
        let rows: Vec<Vec<String>> = told
            .picture
            .shown
            .iter()
            .filter(|shown| matches!(shown.of, EvidenceFor::Control(_)) == controls)
            .map(|shown| vec![told.shown_title(&shown.of), told.shown_range(shown)])
            .collect();
        if !rows.is_empty() {
            let columns = [
                Column::flowing(told.say(word)),
                Column::flowing(told.say(Word::ShownRange)),
            ];
            page.gap();
            page.table(&columns, &rows, &[]);
        }
    }
}

fn unjudged(page: &mut Page, told: Told<'_>) {
    page.heading(told.say(Word::LackHead));
    let tests = told.unjudged();
    if tests.is_empty() {
        page.paragraph(told.say(Word::LackAll));
        return;
    }
    page.paragraph(told.say(Word::LackIntro));
    let rows: Vec<Vec<String>> = tests
        .iter()
        .map(|(test, reasons)| {
            vec![test.rule.clone(), told.title(test), reasons.join("; ")]
        })
        .collect();
    let columns = [
        Column::fixed(""),
        Column::flowing(told.say(Word::Test)),
        Column::flowing(told.say(Word::LackWhy)),
    ];
    page.table(&columns, &rows, &[]);
    let needs = told.needs();
    if needs.is_empty() {
        return;
    }
    page.heading(told.say(Word::NeedHead));
    let rows: Vec<Vec<String>> =
        needs.into_iter().map(|need| vec![need.what, need.tests.join(", ")]).collect();
    let columns =
        [Column::flowing(told.say(Word::Need)), Column::flowing(told.say(Word::NeedFor))];
    page.table(&columns, &rows, &[]);
}

fn notes(page: &mut Page, told: Told<'_>) {
    let log = &told.picture.log;
    page.heading(told.say(Word::NotesHead));
    if log.notes.is_empty() {
        page.paragraph(told.say(Word::NotesNone));
    } else {
        let rows: Vec<Vec<String>> = log
            .notes
            .iter()
            .map(|(kind, number)| {
                vec![told.count(*number), kind.phrase(told.lang).to_owned()]
            })
            .collect();
        page.table(&[Column::right(""), Column::flowing("")], &rows, &[]);
    }
    if log.unplaced.is_empty() {
        return;
    }
    page.heading(told.say(Word::UnplacedHead));
    page.paragraph(told.say(Word::UnplacedIntro));
    let rows: Vec<Vec<String>> = log
        .unplaced
        .iter()
        .take(UNPLACED)
        .map(|(activity, number)| {
            vec![told.count(*number), one_line(activity).into_owned()]
        })
        .collect();
    page.table(&[Column::right(""), Column::flowing("")], &rows, &[]);
    let more = log.unplaced.len().saturating_sub(UNPLACED) as u64;
    if more > 0 {
        page.paragraph(
            &Word::UnplacedMore.fill(told.lang, &[("count", &told.count(more))]),
        );
    }
}

fn edges(page: &mut Page, told: Told<'_>) {
    let map = &told.picture.map;
    page.heading(told.say(Word::CommonEdges));
    if map.edges.is_empty() {
        page.paragraph(told.say(Word::MapNone));
        return;
    }
    let name = |at: usize| {
        map.nodes
            .get(at)
            .map(|node| one_line(&node.activity).into_owned())
            .unwrap_or_default()
    };
    let row = |edge: &picture::Edge| {
        let time =
            edge.median_seconds.map(|seconds| numbers::duration(seconds, told.lang));
        let time = time.unwrap_or_else(|| told.say(Word::TimeUnknown).to_owned());
        vec![told.count(edge.count), name(edge.from), name(edge.to), time]
    };
    let rows: Vec<Vec<String>> = map.edges.iter().take(EDGES).map(row).collect();
    let columns = [
        Column::right(told.say(Word::Count)),
        Column::flowing(told.say(Word::From)),
        Column::flowing(told.say(Word::To)),
        Column { align: Align::Left, ..Column::right(told.say(Word::MedianTime)) },
    ];
    page.table(&columns, &rows, &[]);
    let all = map.edges.len();
    if all > EDGES {
        let (shown, all) = (told.count(EDGES as u64), told.count(all as u64));
        let values = [("shown", shown.as_str()), ("all", all.as_str())];
        page.paragraph(&format!("{}.", Word::MapEdgesSome.fill(told.lang, &values)));
    }
}
