//! `dijkwacht plan propose`, `adopt`, `effect`, and the list of measures as files.

use super::House;
use super::organisation::kept;
use crate::args::people::Who;
use crate::args::plan::Propose;
use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::people::{
    Capacity, Desk, RoundPicture, adopt, advise, effects, keep_plan, kept_pictures,
    measures, picture_of_round, progress_list,
};
use app::{AppError, Office};
use exchange::calendar::{self, About};
use exchange::effect::OutcomesForm;
use exchange::progress;
use exchange::proposal::ProposalForm;
use model::{Date, Moment};
use plan::{Advice, Budget, Wishes};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(super) fn propose(
    wanted: &Propose,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let capacity = capacity(wanted)?;
    let mut house = House::open(&wanted.who, overlay)?;
    let shown = shown(&wanted.who, overlay, terminal)?;
    let (mut desk, organisation) = house.at(&wanted.who)?;
    let picture = picture_of_round(&mut desk, &organisation, wanted.round, &shown)?;
    let advice = advise(&mut desk, &organisation, &picture.weighings, &capacity)?;
    if let Some(title) = &wanted.keep {
        let on = picture_under(&mut desk, &organisation, &picture)?;
        let id = keep_plan(&mut desk, &organisation, title, (&advice, on))?;
        terminal.remark(&terminal.choose(
            format!("Bewaard als plan {id}: {title}"),
            format!("Kept as plan {id}: {title}"),
        ));
    }
    let title = &picture.standing.organisation.title;
    show(desk.catalogue, (&advice, title), wanted.html.as_deref(), terminal)
}

/// The picture that was kept of the same round, which the plan then names.
fn picture_under(
    desk: &mut Desk<'_>,
    organisation: &str,
    picture: &RoundPicture,
) -> Result<Option<i64>, AppError> {
    let round = picture.place.as_ref().map(|place| place.id);
    let all = kept_pictures(desk, organisation)?;
    Ok(all.iter().rev().find(|kept| kept.round == round).map(|kept| kept.id))
}

/// What the data show, where logs were read.
fn shown(
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<app::people::ShownByProcess, AppError> {
    let office = Office::open(&who.dir.dir, overlay)?;
    if !app::has_logs(&office)? {
        return Ok(BTreeMap::new());
    }
    let pictures = app::pictures(&office, None, None, &mut terminal.bar())?;
    Ok(app::shown(&pictures))
}

fn capacity(wanted: &Propose) -> Result<Capacity, AppError> {
    let years = wanted.hours.len();
    for (name, list) in
        [("--hours-yearly", &wanted.hours_yearly), ("--euros", &wanted.euros)]
    {
        if !list.is_empty() && list.len() != years {
            return Err(AppError::Use(format!(
                "{name} has {} numbers and --hours {years}; give one for each year, or leave it out",
                list.len()
            )));
        }
    }
    let budgets = wanted.hours.iter().enumerate().map(|(year, hours)| Budget {
        hours_once: Some(*hours),
        hours_yearly: wanted.hours_yearly.get(year).copied(),
        euros: wanted.euros.get(year).copied(),
    });
    let mut not_before = BTreeMap::new();
    for text in &wanted.later {
        let pair = text.split_once('=');
        let pair = pair.and_then(|(code, year)| Some((code, year.parse().ok()?)));
        let Some((code, year)) = pair else {
            return Err(AppError::Use(format!(
                "`{text}` is no CODE=YEAR; the first year is 1, so write such as M044=2"
            )));
        };
        not_before.insert(code.to_owned(), year);
    }
    Ok(Capacity {
        years: budgets.collect(),
        partners: wanted.partners,
        wishes: Wishes {
            must_have: wanted.must.iter().cloned().collect(),
            must_not: wanted.not.iter().cloned().collect(),
            not_before,
            ..Wishes::default()
        },
        only: wanted.process.iter().copied().collect(),
    })
}

fn show(
    catalogue: &catalogue::Catalogue,
    (advice, title): (&Advice, &str),
    html: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if let Some(path) = html {
        let page = reports::plan::html::page(catalogue, advice, title, terminal.lang);
        write_file(path, page.as_bytes())?;
        terminal.remark(&terminal.choose(
            format!("Geschreven: {}", path.display()),
            format!("Written: {}", path.display()),
        ));
    }
    if terminal.json {
        return terminal.print_json(&ProposalForm::from(advice));
    }
    if html.is_some() {
        return Ok(());
    }
    let style = reports::text::Style { colour: terminal.colour, width: terminal.width };
    terminal.print(&reports::plan::text::plan(catalogue, advice, terminal.lang, style))
}

pub(super) fn take(
    title: &str,
    (owner, from): (&str, Date),
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let ids =
        super::with(who, overlay, |desk, of| adopt(desk, of, title, (owner, from)))?;
    if terminal.json {
        return terminal
            .print_json(&json!({ "form": "dijkwacht/taken-up/1", "measures": ids }));
    }
    match ids.as_slice() {
        [one] => kept(*one, terminal),
        _ => terminal.print(&terminal.choose(
            format!("{} maatregelen opgepakt.\n", ids.len()),
            format!("{} measures taken up.\n", ids.len()),
        )),
    }
}

pub(super) fn effect(
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let shown = shown(who, overlay, terminal)?;
    let (mut desk, organisation) = house.at(who)?;
    let today = match picture_of_round(&mut desk, &organisation, None, &shown) {
        Ok(picture) => Some(picture),
        // who may not read answers goes by the pictures that were kept
        Err(AppError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    let found = effects(&mut desk, &organisation, today.as_ref())?;
    if terminal.json {
        return terminal.print_json(&OutcomesForm::of(&found));
    }
    let style = reports::text::Style { colour: terminal.colour, width: terminal.width };
    terminal.print(&reports::plan::text::outcomes(
        desk.catalogue,
        &found,
        terminal.lang,
        style,
    ))
}

/// Writes the list of measures to the files that were asked for, and gives their names.
pub(super) fn write_measures(
    desk: &mut Desk<'_>,
    organisation: &str,
    (csv, xlsx, ics): (Option<&PathBuf>, Option<&PathBuf>, Option<&PathBuf>),
    terminal: &Terminal,
) -> Result<Vec<String>, AppError> {
    let taken = measures(desk, organisation)?;
    let list = progress_list(desk, &taken, terminal.lang);
    let mut files = Vec::new();
    if let Some(path) = csv {
        write_file(path, &progress::csv(&list, terminal.lang))?;
        files.push(path.display().to_string());
    }
    if let Some(path) = xlsx {
        let bytes = progress::workbook(&list, terminal.lang, desk.today())
            .map_err(|error| AppError::data(error.to_string()))?;
        write_file(path, &bytes)?;
        files.push(path.display().to_string());
    }
    if let Some(path) = ics {
        let about = About {
            organisation: organisation.to_owned(),
            made_at: Moment::at(desk.now.as_microsecond()),
            lang: terminal.lang,
        };
        let dates = calendar::measures(&list, &about);
        write_file(path, dates.text.as_bytes())?;
        files.push(path.display().to_string());
        if !dates.without_date.is_empty() {
            let codes = dates.without_date.join(", ");
            terminal.remark(&terminal.choose(
                format!("Zonder datum, dus niet in de agenda: {codes}"),
                format!("Without a date, so not in the calendar: {codes}"),
            ));
        }
    }
    Ok(files)
}
