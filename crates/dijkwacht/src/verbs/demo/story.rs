//! The two years of the demonstration: at each round the logs as they stood then are read and
//! evaluated, so that what people say lies beside what the data showed on that day.

use super::{Wanted, people};
use crate::terminal::Terminal;
use crate::verbs::write_file;
use app::people::Registry;
use app::people::{
    Capacity, Desk, RoundPicture, ShownByProcess, advise, keep_picture, keep_plan,
    kept_before, picture_of_round,
};
use app::{AppError, EvaluateRequest, Office, Progress as _, ReadRequest};
use catalogue::Catalogue;
use model::{Date, Process};
use picture::Picture;
use picture::weighings::Weighings;
use plan::{Budget, Wishes};
use simulate::Town;
use simulate::people as told;
use std::path::PathBuf;

/// Hours, in a year, that the coordinators of the demonstration have beside what was decided.
const SPARE_HOURS: u64 = 20;

/// Makes both organisations with their rounds, pictures and plan.
pub(super) fn write(
    office: &Office,
    town: &Town,
    wanted: &Wanted<'_>,
    requests: &[ReadRequest],
    terminal: &Terminal,
) -> Result<(), AppError> {
    let catalogue = &office.catalogue;
    let seed = wanted.settings.seed;
    let dijkveen = told::dijkveen(seed, catalogue);
    let first = dijkveen.rounds.first().and_then(|round| round.states.first());
    let now = first.map_or(jiff::Timestamp::UNIX_EPOCH, |state| people::at(state.at));
    let mut registry = Registry::open(wanted.dir, None, now)?;
    let mut shown = Vec::new();
    for round in &dijkveen.rounds {
        shown.push(shown_on(office, town, requests, round.held_on, terminal)?);
    }
    let mut bar = terminal.bar();
    bar.begin(terminal.say("rondes", "rounds"), 2);
    let mut with_data = Desks { organisation: dijkveen.slug, shown };
    people::write(&mut registry, catalogue, &dijkveen, &mut with_data)?;
    bar.at(1);
    let kwelderstad = told::kwelderstad(seed, catalogue);
    let mut without = Desks { organisation: kwelderstad.slug, shown: Vec::new() };
    people::write(&mut registry, catalogue, &kwelderstad, &mut without)?;
    bar.end();
    Ok(())
}

/// What the data showed on a day: the logs cut there, read, and evaluated.
fn shown_on(
    office: &Office,
    town: &Town,
    requests: &[ReadRequest],
    day: Date,
    terminal: &Terminal,
) -> Result<ShownByProcess, AppError> {
    for request in requests {
        let Some(log) = town.log_until(request.process, day) else { continue };
        if log.cases() == 0 {
            continue;
        }
        let files: Vec<PathBuf> = request
            .files
            .iter()
            .take(1)
            .map(|path| {
                let name = path.file_name().unwrap_or_default();
                path.with_file_name(day.to_string()).join(name)
            })
            .collect();
        for path in &files {
            write_log(&log, path)?;
        }
        let request = ReadRequest { files, ..request.clone() };
        app::read(office, &request, &mut terminal.bar())?;
    }
    let request = EvaluateRequest { as_of: Some(day), ..EvaluateRequest::default() };
    let evaluated = app::evaluate(office, &request, &mut terminal.bar())?;
    Ok(evaluated
        .iter()
        .map(|one| {
            let process: Process = one.evaluation.process;
            let shown = assessment::shown(&office.catalogue, process, &one.evaluation);
            (process, shown)
        })
        .collect())
}

fn write_log(log: &simulate::Log<'_>, path: &std::path::Path) -> Result<(), AppError> {
    let failed = |error: std::io::Error| {
        AppError::data(format!("{}: cannot be written ({error})", path.display()))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut bytes = Vec::new();
    log.write(&mut bytes).map_err(failed)?;
    write_file(path, &bytes)
}

/// The last round as its coordinator sees it, and the one before.
pub(super) struct Said {
    pub(super) now: RoundPicture,
    pub(super) before: Option<Weighings>,
}

/// Weighs the last round with what the whole logs show.
pub(super) fn last_round(
    office: &Office,
    wanted: &Wanted<'_>,
    pictures: &[Picture],
) -> Result<Said, AppError> {
    let told = told::dijkveen(wanted.settings.seed, &office.catalogue);
    let last = told.rounds.iter().flat_map(|round| &round.states).map(|state| state.at);
    let last = last.max_by_key(|at| at.micros);
    let now = last.map_or(jiff::Timestamp::UNIX_EPOCH, people::at);
    let mut registry = Registry::open(wanted.dir, None, now)?;
    let mut desk = registry.desk(&office.catalogue, told.coordinator, now)?;
    let shown = app::shown(pictures);
    let now = picture_of_round(&mut desk, told.slug, None, &shown)?;
    let day = now.weighings.head.as_of;
    let before = kept_before(&mut desk, told.slug, day)?;
    Ok(Said { now, before: before.map(|kept| kept.weighings) })
}

/// What the offices of an organisation do with what people said.
struct Desks {
    organisation: &'static str,
    /// What the data showed at each round; empty where there are no logs.
    shown: Vec<ShownByProcess>,
}

impl Desks {
    fn draw(
        &self,
        desk: &mut Desk<'_>,
        (round, id): (usize, i64),
    ) -> Result<RoundPicture, AppError> {
        let none = ShownByProcess::new();
        let shown = self.shown.get(round).unwrap_or(&none);
        picture_of_round(desk, self.organisation, Some(id), shown)
    }
}

impl people::Office for Desks {
    fn picture(
        &mut self,
        desk: &mut Desk<'_>,
        round: usize,
        id: i64,
    ) -> Result<(), AppError> {
        let picture = self.draw(desk, (round, id))?;
        keep_picture(desk, self.organisation, &picture).map(drop)
    }

    fn plan(
        &mut self,
        desk: &mut Desk<'_>,
        plan: &told::Plan,
        id: i64,
    ) -> Result<i64, AppError> {
        let picture = self.draw(desk, (plan.round, id))?;
        let capacity = capacity(desk.catalogue, plan);
        let advice = advise(desk, self.organisation, &picture.weighings, &capacity)?;
        keep_plan(desk, self.organisation, plan.title, (&advice, None))
    }
}

/// Room for what was decided with what it requires, and a little more.
fn capacity(catalogue: &Catalogue, plan: &told::Plan) -> Capacity {
    let mut wanted: Vec<String> =
        plan.measures.iter().map(|one| one.code.to_owned()).collect();
    let mut next = 0;
    while let Some(code) = wanted.get(next).cloned() {
        let required = catalogue.measures.get(&code).map(|item| item.requires.clone());
        for code in required.unwrap_or_default() {
            if !wanted.contains(&code) {
                wanted.push(code);
            }
        }
        next += 1;
    }
    let items = || wanted.iter().filter_map(|code| catalogue.measures.get(code));
    let sum = |of: fn(&catalogue::library::Measure) -> u32| -> u64 {
        items().map(|item| u64::from(of(item))).sum()
    };
    Capacity {
        years: vec![Budget {
            hours_once: Some(sum(|item| item.hours_once.likely) + SPARE_HOURS),
            hours_yearly: Some(sum(|item| item.hours_yearly.likely) + SPARE_HOURS),
            euros: Some(
                sum(|item| item.euros_once.likely) + sum(|item| item.euros_yearly.likely),
            ),
        }],
        partners: 1,
        wishes: Wishes {
            must_have: plan.measures.iter().map(|one| one.code.to_owned()).collect(),
            ..Wishes::default()
        },
        ..Capacity::default()
    }
}
