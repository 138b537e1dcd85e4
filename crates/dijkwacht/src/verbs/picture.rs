//! `dijkwacht picture`.

use crate::args::people::Who;
use crate::terminal::Terminal;
use crate::verbs::{people, write_file};
use ::picture::Picture;
use ::picture::freeboard::Limits;
use ::picture::region::{Cell, Region, Standing, compare};
use ::picture::weighings::{WeighedProcess, Weighings};
use app::people::{
    Desk, Registry, RoundPicture, ShownByProcess, keep_picture, kept_before,
    kept_pictures, picture_of_round, size as people_size, standing, which,
};
use app::{AppError, Office};
use assessment::consistency::{Outcome, Size, Verdict};
use exchange::{PictureForm, WeighingForm};
use model::{Date, Process};
use serde_json::{Value, json};
use std::path::Path;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) process: Option<Process>,
    pub(super) as_of: Option<Date>,
    pub(super) round: Option<i64>,
    pub(super) keep: bool,
    pub(super) region: Option<&'a Path>,
    pub(super) html: Option<&'a Path>,
    pub(super) who: &'a Who,
}

/// What people said, weighed with what the data show, and the round before.
#[derive(Debug)]
pub(super) struct Weighed {
    pub(super) weighings: Weighings,
    pub(super) before: Option<Weighings>,
    pub(super) region: Option<Region>,
    /// How large the organisation is, where that is known.
    pub(super) size: Option<Size>,
    pub(super) remarks: Vec<Outcome>,
}

impl Weighed {
    /// One process, or all. How firm the order is stays that among all.
    fn only(mut self, process: Option<Process>) -> Self {
        let Some(process) = process else { return self };
        let keep = |weighings: &mut Weighings| {
            weighings.processes.retain(|one| one.weighing.process == process);
        };
        keep(&mut self.weighings);
        if let Some(before) = &mut self.before {
            keep(before);
        }
        self.remarks.retain(|outcome| outcome.process == Some(process));
        self
    }

    fn material<'a>(
        &'a self,
        office: &'a Office,
        terminal: &Terminal,
    ) -> reports::weighing::Material<'a> {
        reports::weighing::Material {
            catalogue: &office.catalogue,
            weighings: &self.weighings,
            before: self.before.as_ref(),
            remarks: &self.remarks,
            region: self.region.as_ref().zip(self.size),
            lang: terminal.lang,
        }
    }
}

pub(super) fn run(
    office: &Office,
    wanted: &Wanted<'_>,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let with_people =
        wanted.who.database.is_some() || Registry::is_there(&wanted.who.dir.dir);
    let pictures = if with_people && !app::has_logs(office)? {
        Vec::new()
    } else if with_people && wanted.process.is_some() {
        // the places of all processes rest on all logs
        app::pictures(office, None, wanted.as_of, &mut terminal.bar())?
    } else {
        app::pictures(office, wanted.process, wanted.as_of, &mut terminal.bar())?
    };
    let mut weighed = if with_people {
        weigh(&app::shown(&pictures), wanted, overlay, terminal)?
    } else {
        None
    };
    let judged_on = pictures.iter().map(|picture| picture.pedigree.as_of).max();
    if let (Some(weighed), Some(day)) = (&mut weighed, judged_on)
        && weighed.weighings.head.round.is_none()
    {
        // where nobody was asked the figures are of the day on which the data were judged
        weighed.weighings.head.as_of = day;
    }
    let weighed = weighed.map(|weighed| weighed.only(wanted.process));
    let shown: Vec<Picture> = pictures
        .into_iter()
        .filter(|picture| wanted.process.is_none_or(|process| picture.process == process))
        .collect();
    show(office, &shown, weighed.as_ref(), wanted, terminal)
}

/// Weighs, where the person is in an organisation.
fn weigh(
    shown: &ShownByProcess,
    wanted: &Wanted<'_>,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<Option<Weighed>, AppError> {
    let mut house = people::House::open(wanted.who, overlay)?;
    let region = match wanted.region {
        Some(path) => {
            let text = String::from_utf8_lossy(&people::read_file(path)?).into_owned();
            let region = exchange::region::read(&text, &house.catalogue.method);
            Some(region.map_err(|faults| {
                let name = path.display();
                AppError::Data(
                    faults.iter().map(|fault| format!("{name}: {fault}")).collect(),
                )
            })?)
        }
        None => None,
    };
    let mut desk = house.desk(wanted.who)?;
    let organisation = match which(&mut desk, wanted.who.organisation.as_deref()) {
        Ok(organisation) => organisation,
        // records are there, and this person is not in them: the data may still be looked at
        Err(_) if wanted.who.organisation.is_none() && wanted.round.is_none() => {
            terminal.remark(&terminal.choose(
                format!(
                    "`{}` heeft in geen organisatie een rol; alleen de gegevens spreken.",
                    wanted.who.name()
                ),
                format!(
                    "`{}` holds a role in no organisation; only the data speak.",
                    wanted.who.name()
                ),
            ));
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let picture = match picture_of_round(&mut desk, &organisation, wanted.round, shown) {
        Err(AppError::Refused(refusal)) => {
            return kept(&mut desk, &organisation, region, refusal).map(Some);
        }
        other => other?,
    };
    let before = before(&mut desk, &organisation, &picture)?;
    if wanted.keep {
        let id = keep_picture(&mut desk, &organisation, &picture)?;
        terminal.remark(&terminal.choose(
            format!("Bewaard als beeld {id}."),
            format!("Kept as picture {id}."),
        ));
    }
    let RoundPicture { standing, weighings, remarks, .. } = picture;
    let size = standing.organisation.size_class.map(people_size);
    Ok(Some(Weighed { weighings, before, region, size, remarks }))
}

/// The picture that was kept last, for whoever may read pictures and not answers.
fn kept(
    desk: &mut Desk<'_>,
    organisation: &str,
    region: Option<Region>,
    refusal: String,
) -> Result<Weighed, AppError> {
    let Some(last) = kept_pictures(desk, organisation)?.into_iter().next_back() else {
        return Err(AppError::Refused(refusal));
    };
    let before = kept_before(desk, organisation, last.weighings.head.as_of)?;
    let size = standing(desk, organisation)?.organisation.size_class.map(people_size);
    Ok(Weighed {
        size,
        weighings: last.weighings,
        before: before.map(|kept| kept.weighings),
        region,
        remarks: Vec::new(),
    })
}

/// What was kept of the round before.
fn before(
    desk: &mut Desk<'_>,
    organisation: &str,
    picture: &RoundPicture,
) -> Result<Option<Weighings>, AppError> {
    let kept = kept_before(desk, organisation, picture.weighings.head.as_of)?;
    Ok(kept.map(|kept| kept.weighings))
}

fn show(
    office: &Office,
    pictures: &[Picture],
    weighed: Option<&Weighed>,
    wanted: &Wanted<'_>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if let Some(path) = wanted.html {
        let organisation =
            weighed.map(|weighed| weighed.weighings.head.organisation.clone());
        let heading = reports::html::Heading {
            organisation: organisation
                .or_else(|| wanted.who.organisation.clone())
                .unwrap_or_default(),
            subtitle: String::new(),
        };
        let material = weighed.map(|one| one.material(office, terminal));
        let page = reports::html::whole(
            &office.catalogue,
            (pictures, material.as_ref()),
            terminal.lang,
            &heading,
        );
        write_file(path, page.as_bytes())?;
        terminal.remark(&terminal.choose(
            format!("Geschreven: {}", path.display()),
            format!("Written: {}", path.display()),
        ));
    }
    if terminal.json {
        return terminal.print_json(&as_json(office, pictures, weighed, terminal));
    }
    if wanted.html.is_none() {
        let style =
            reports::text::Style { colour: terminal.colour, width: terminal.width };
        if let Some(weighed) = weighed {
            let material = weighed.material(office, terminal);
            terminal.print(&reports::weighing::text(&material, style))?;
        }
        if !pictures.is_empty() {
            let text = reports::text::pictures(
                &office.catalogue,
                pictures,
                terminal.lang,
                style,
            );
            terminal.print(&text)?;
        }
    }
    Ok(())
}

fn as_json(
    office: &Office,
    pictures: &[Picture],
    weighed: Option<&Weighed>,
    terminal: &Terminal,
) -> Value {
    let limits = Limits::from(&office.catalogue.method);
    let forms: Vec<PictureForm> = pictures.iter().map(PictureForm::from).collect();
    let form = |weighings: &Weighings| WeighingForm::of(weighings, &limits);
    let before = weighed.and_then(|one| one.before.as_ref());
    let remarks: Vec<Value> = weighed
        .iter()
        .flat_map(|one| &one.remarks)
        .map(|outcome| outcome_json(outcome, terminal))
        .collect();
    json!({
        "form": "dijkwacht/pictures/1",
        "pictures": forms,
        "weighing": weighed.map(|one| form(&one.weighings)),
        "weighing_before": before.map(form),
        "compared": weighed.map(compared),
        "checks": remarks,
    })
}

/// Where each process lies among organisations of the same size, where figures were given.
fn compared(weighed: &Weighed) -> Vec<Value> {
    let Some(region) = &weighed.region else { return Vec::new() };
    let ends =
        |one: &WeighedProcess| one.weighing.freeboard.as_ref().map(|f| f.freeboard);
    let rows = weighed.weighings.processes.iter().filter_map(|one| {
        let cell = Cell { size: weighed.size?, process: one.weighing.process };
        let found = compare(ends(one)?, *region.figures.get(&cell)?);
        Some(json!({
            "process": one.weighing.process.code(),
            "organisations": found.spread.organisations,
            "lower": found.spread.lower,
            "median": found.spread.median,
            "upper": found.spread.upper,
            "standing": match found.standing {
                Standing::Lower => "lower",
                Standing::Within => "within",
                Standing::Higher => "higher",
            },
            "sure": found.sure,
        }))
    });
    rows.collect()
}

fn outcome_json(outcome: &Outcome, terminal: &Terminal) -> Value {
    let (verdict, remarks, why) = match &outcome.verdict {
        Verdict::Found(remarks) => ("found", remarks.as_slice(), None),
        Verdict::Clear => ("clear", &[][..], None),
        Verdict::CannotSay(why) => {
            ("not assessable", &[][..], Some(why.sentence(terminal.lang)))
        }
    };
    let check = outcome.check;
    json!({
        "check": check.code,
        "name": check.name,
        "process": outcome.process.map(Process::code),
        "verdict": verdict,
        "because": why,
        "remarks": remarks.iter().map(|remark| json!({
            "question": remark.question,
            "sentence": check.sentence(remark, terminal.lang),
            "repair": check.repair(remark, terminal.lang),
        })).collect::<Vec<_>>(),
    })
}
