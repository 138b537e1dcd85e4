//! Weighings as text for a terminal.

use super::Material;
use super::subjects::{DIRECTIONS, in_order};
use super::told::State;
use super::words::Phrase;
use crate::safe::one_line;
use crate::text::Style;
use crate::text::layout::{Column, Page, Tint};
use crate::words::Word;
use assessment::Side;
use picture::weighings::WeighedProcess;

/// Tells weighings to a terminal.
///
/// The processes in the order of their places, where said and shown part, what changed, how
/// the answers agree, and what weighs most in each process. No line is wider than asked, with
/// 80 columns as the least. Ends with a line break.
pub fn text(material: &Material<'_>, style: Style) -> String {
    let mut page = Page::new(style.width, style.colour);
    let organisation = one_line(&material.weighings.head.organisation);
    let title = material.say(Phrase::Title);
    if organisation.is_empty() {
        page.title(title);
    } else {
        page.title(&format!("{title} – {organisation}"));
    }
    page.paragraph(&material.origin());
    if material.weighings.processes.is_empty() {
        page.paragraph(material.say(Phrase::NothingWeighed));
        return page.finish();
    }
    page.paragraph(&material.headline());
    overview(&mut page, material);
    partings(&mut page, material);
    changes(&mut page, material);
    remarks(&mut page, material);
    for one in material.weighings.in_order() {
        process(&mut page, material, one);
    }
    page.finish()
}

const fn mark(state: State) -> (&'static str, Tint) {
    match state {
        State::Overflows => ("▼", Tint::Found),
        State::StaysDry => ("△", Tint::Clear),
        State::Either | State::TooLittle => ("?", Tint::Unknown),
        State::NoFigure => ("–", Tint::Quiet),
    }
}

fn overview(page: &mut Page, material: &Material<'_>) {
    let say = |phrase| material.say(phrase);
    page.heading(say(Phrase::DikeHead));
    let places = material.weighings.places();
    let order = material.weighings.in_order();
    let dash = || "–".to_owned();
    let row = |one: &&WeighedProcess| {
        let weighing = &one.weighing;
        let found = weighing.freeboard.as_ref();
        let place = places.get(&weighing.process).copied();
        vec![
            mark(State::of(weighing)).0.to_owned(),
            material.place(place),
            material.process_title(weighing.process),
            found.map_or_else(dash, |found| material.ends(found.freeboard)),
            found.map_or_else(
                || say(Phrase::NoFigure).to_owned(),
                |found| material.class(found.classes),
            ),
            found.map_or_else(dash, |found| material.unknown(found)),
        ]
    };
    let remark = |one: &&WeighedProcess| {
        let found = one.weighing.freeboard.as_ref()?;
        let values = [
            ("water", &*material.ends(found.water)),
            ("dike", &*material.ends(found.dike)),
        ];
        Some(Phrase::FiguresShort.fill(material.lang, &values))
    };
    let rows: Vec<Vec<String>> = order.iter().map(row).collect();
    let remarks: Vec<Option<String>> = order.iter().map(remark).collect();
    let columns = [
        Column::fixed(""),
        Column::fixed(say(Phrase::Place)),
        Column::flowing(Word::Process.text(material.lang)),
        Column::right(say(Phrase::Freeboard)),
        Column::flowing(say(Phrase::Class)),
        Column::right(say(Phrase::Unknown)),
    ];
    page.table(&columns, &rows, &remarks);
    page.gap();
    for sentence in material.sensitivity() {
        page.paragraph(&sentence);
    }
}

fn partings(page: &mut Page, material: &Material<'_>) {
    page.heading(material.say(Phrase::SaidHead));
    let mut any = false;
    for (direction, head) in DIRECTIONS {
        let some = material.apart(direction);
        if some.is_empty() {
            continue;
        }
        any = true;
        page.tinted(&format!("{} ({})", material.say(head), some.len()), Tint::Strong);
        let rows: Vec<Vec<String>> = some
            .iter()
            .map(|apart| {
                vec![
                    material.process_title(apart.process),
                    format!(
                        "{} ({})",
                        material.title(&apart.subject.code),
                        apart.subject.code
                    ),
                    material.parting_line(apart.subject),
                ]
            })
            .collect();
        let columns = [Column::flowing(""), Column::flowing(""), Column::flowing("")];
        page.table(&columns, &rows, &[]);
    }
    if !any {
        page.paragraph(material.say(material.nothing_apart()));
    }
}

fn changes(page: &mut Page, material: &Material<'_>) {
    let Some(found) = material.since() else { return };
    page.heading(material.say(Phrase::ChangesHead));
    for sentence in material.changes_in_general(&found) {
        page.paragraph(&sentence);
    }
    for change in found.both.iter().filter(|change| !change.is_none()) {
        page.tinted(&material.process_title(change.process), Tint::Strong);
        list(page, material.change(change));
    }
}

fn remarks(page: &mut Page, material: &Material<'_>) {
    // no check was run, so nothing may be said of what they brought up
    if material.remarks.is_empty() {
        return;
    }
    page.heading(material.say(Phrase::RemarksHead));
    let all = material.remarks_told();
    if all.is_empty() {
        page.paragraph(material.say(Phrase::RemarksNone));
    } else {
        page.paragraph(material.say(Phrase::RemarksIntro));
        let rows: Vec<Vec<String>> = all
            .iter()
            .map(|told| {
                let about = match &told.subject {
                    Some(subject) => format!("{}: {subject}", told.about),
                    None => told.about.clone(),
                };
                vec![about, format!("{} {}", told.sentence, told.repair)]
            })
            .collect();
        page.table(&[Column::flowing(""), Column::flowing("")], &rows, &[]);
    }
    if let Some(silent) = material.remarks_silent() {
        page.paragraph(&silent);
    }
}

/// One process in sentences, and what the data show of it.
fn process(page: &mut Page, material: &Material<'_>, one: &WeighedProcess) {
    let weighing = &one.weighing;
    page.heading(&material.process_title(weighing.process));
    let (sign, tint) = mark(State::of(weighing));
    let word = material.say(State::of(weighing).phrase());
    page.tinted(&format!("{sign} {word}"), tint);
    page.paragraph(&material.figures(one).join(" "));
    for sentence in
        material.reasons(weighing).into_iter().chain(material.compared(weighing))
    {
        page.paragraph(&sentence);
    }
    list(page, material.caps(weighing));
    for (side, head) in
        [(Side::Control, Phrase::Control), (Side::Circumstance, Phrase::Circumstance)]
    {
        let shown = in_order(weighing, side).into_iter().filter(|s| s.shown.is_some());
        let rows: Vec<Vec<String>> = shown
            .map(|subject| {
                vec![
                    format!("{} ({})", material.title(&subject.code), subject.code),
                    material.answer(subject).to_owned(),
                    material.shown(subject),
                    material.beside(subject).to_owned(),
                ]
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        page.gap();
        let columns = [
            Column::flowing(material.say(head)),
            Column::flowing(material.say(Phrase::Said)),
            Column::flowing(material.say(Phrase::Shown)),
            Column::flowing(material.say(Phrase::Beside)),
        ];
        page.table(&columns, &rows, &[]);
    }
}

fn list(page: &mut Page, sentences: Vec<String>) {
    let rows: Vec<Vec<String>> =
        sentences.into_iter().map(|sentence| vec!["-".to_owned(), sentence]).collect();
    if !rows.is_empty() {
        page.table(&[Column::fixed(""), Column::flowing("")], &rows, &[]);
    }
}
