//! Rounds: all of them, and making one.

use super::words::{date_fault, round_status};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, button, form, heading, lead, link,
    paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::people::{Place, Round, Track, add_round, rounds};
use maud::{Markup, html};
use model::Date;
use reports::numbers;

const ADD: Action = Action::new(Verb::Add, Resource::Round);

pub(super) fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/rondes", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/rondes`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = rounds(&mut desk, visit.organisation()?)?;
    drop(registry);
    page(visit, &all, &Faults::default())
}

fn page(visit: &Visit, all: &[Place], faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let title = lang.pick("Rondes", "Rounds");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Een ronde is één zelfscan: je vraagt mensen hoe het gaat, bespreekt de antwoorden en bewaart het beeld.",
            "A round is one self-scan: you ask people how it goes, talk the answers over and keep the picture.",
        )))
        @if all.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Er is nog geen ronde. De coördinator maakt hieronder de eerste.",
                "There is no round yet. The coordinator makes the first one below.",
            ))))
        } @else {
            (list(visit, &here, all))
        }
        @if visit.may(ADD) { (add_form(visit, &here, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn list(visit: &Visit, here: &str, all: &[Place]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Ronde", "Round")),
        Column::text(lang.pick("Peildatum", "Date")),
        Column::text(lang.pick("Stand", "Status")),
        Column::text(lang.pick("Antwoorden tot en met", "Answers until")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .rev()
        .map(|place| {
            let closes = place.closes_on.map(|day| numbers::date(day, lang));
            vec![
                link(&format!("{here}/{}", place.id), &place.round.title),
                html! { (numbers::date(place.round.held_on, lang)) },
                html! { (round_status(lang, place.status)) },
                html! { (closes.unwrap_or_default()) },
            ]
        })
        .collect();
    table(
        "rondes",
        lang.pick("Rondes, de laatste eerst", "Rounds, the last first"),
        &columns,
        &rows,
    )
}

fn add_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let profiles: Vec<(&str, &str)> = visit
        .catalogue()
        .profiles
        .iter()
        .map(|(code, item)| (code.as_str(), item.head.texts.title(lang)))
        .collect();
    let choices: Vec<Choice<'_>> =
        profiles.iter().map(|(value, label)| Choice { value, label }).collect();
    let tracks = [
        Choice {
            value: "short",
            label: lang.pick("Kort: een middag", "Short: an afternoon"),
        },
        Choice {
            value: "full",
            label: lang.pick("Volledig: enkele weken", "Full: a few weeks"),
        },
    ];
    let today = visit.today().to_string();
    let day = fields.trimmed("peildatum");
    let line = |name, label, kind| {
        Field::new(name, label, kind).with_value(fields.trimmed(name))
    };
    let example =
        lang.pick("Bijvoorbeeld: nulmeting 2027.", "For instance: baseline 2027.");
    let about = lang
        .pick("De dag waarover de antwoorden gaan.", "The day the answers are about.");
    let until = lang.pick(
        "Dit staat bij de vragen. Sluiten doe je zelf.",
        "This stands with the questions. You close the round yourself.",
    );
    let day = if day.is_empty() { &today } else { day };
    let all = [
        line("titel", lang.pick("Naam van de ronde", "Name of the round"), Kind::Line)
            .with_help(example),
        line("peildatum", lang.pick("Peildatum", "Date"), Kind::Date)
            .with_help(about)
            .with_value(day),
        line(
            "spoor",
            lang.pick("Hoe uitgebreid?", "How extensive?"),
            Kind::Radio(&tracks),
        ),
        line(
            "profiel",
            lang.pick("Welke vragen?", "Which questions?"),
            Kind::Select(&choices),
        ),
        line("sluit", lang.pick("Antwoorden tot en met", "Answers until"), Kind::Date)
            .with_help(until)
            .optional(),
    ];
    html! {
        (heading(2, lang.pick("Nieuwe ronde", "New round")))
        (form(visit, here, faults, &all, &button(lang.pick("Maak de ronde", "Make the round"))))
    }
}

/// `POST /organisaties/{organisatie}/rondes`
pub(crate) fn add(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut faults = Faults::default();
    let title = fields.trimmed("titel");
    if title.is_empty() {
        faults.add("titel", lang.pick("Geef de ronde een naam", "Give the round a name"));
    }
    let held_on: Option<Date> = fields.trimmed("peildatum").parse().ok();
    if held_on.is_none() {
        faults.add("peildatum", date_fault(lang));
    }
    let track = match fields.get("spoor") {
        "short" => Some(Track::Short),
        "full" => Some(Track::Full),
        _ => None,
    };
    if track.is_none() {
        faults.add("spoor", lang.pick("Kies hoe uitgebreid", "Choose how extensive"));
    }
    if !visit.catalogue().profiles.contains_key(fields.get("profiel")) {
        faults.add("profiel", lang.pick("Kies welke vragen", "Choose which questions"));
    }
    let closes: Option<Date> = fields.trimmed("sluit").parse().ok();
    if closes.is_none() && !fields.trimmed("sluit").is_empty() {
        faults.add("sluit", date_fault(lang));
    }
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let of = visit.organisation()?;
    let (Some(held_on), Some(track), true) = (held_on, track, faults.is_empty()) else {
        let all = rounds(&mut desk, of)?;
        return page(visit, &all, &faults);
    };
    let profile = fields.get("profiel").to_owned();
    let round = Round { title: title.to_owned(), held_on, track, profile };
    let id = add_round(&mut desk, of, &round, closes)?;
    Ok(Answer::see(format!("{}/{id}", here(visit)?)))
}
