//! Measures that were taken up: as a board, as a list, and one of them with what became of it.

use super::words::{date_fault, measure_status};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, button, data_list, form,
    heading, lead, link, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::people::{
    Desk, Measure, MeasureState, MeasureStatus, Taken, measure, measures, move_measure,
    progress_list, take_up,
};
use exchange::calendar::{self, About};
use exchange::progress;
use maud::{Markup, html};
use model::{Date, Lang, Moment, Process};
use reports::numbers;

const CHANGE: Action = Action::new(Verb::Change, Resource::Measure);
const ADD: Action = Action::new(Verb::Add, Resource::Measure);
const STATUSES: [MeasureStatus; 4] = [
    MeasureStatus::Planned,
    MeasureStatus::Started,
    MeasureStatus::Done,
    MeasureStatus::Stopped,
];

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/maatregelen", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/maatregelen`, with `?vorm=lijst` for a list
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = measures(&mut desk, visit.organisation()?)?;
    drop(registry);
    page(visit, &all, &Faults::default())
}

fn page(visit: &Visit, all: &[Taken], faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let is_list = visit.query.get("vorm") == "lijst";
    let title = lang.pick("Maatregelen", "Measures");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat is opgepakt, van wie het is en wanneer het klaar moet zijn. Open een maatregel om te zeggen hoe ver hij is.",
            "What was taken up, whose it is and when it should be done. Open a measure to say how far it is.",
        )))
        @if visit.query.get("gelukt") == "opgepakt" {
            (alert(Mood::Done, &paragraph(lang.pick("De maatregelen staan op de lijst.", "The measures are on the list."))))
        }
        @if all.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Er is nog geen maatregel opgepakt. Dat doe je bij een bewaard plan, of hieronder met de hand.",
                "No measure was taken up yet. You do that with a plan that was kept, or below by hand.",
            ))))
        } @else {
            nav aria-label=(lang.pick("Vorm", "Form")) {
                ul class="dw-steps" {
                    li { a class="nl-link" href=(here) aria-current=[(!is_list).then_some("true")] { (lang.pick("Bord", "Board")) } }
                    li { a class="nl-link" href={ (here) "?vorm=lijst" } aria-current=[is_list.then_some("true")] { (lang.pick("Lijst", "List")) } }
                }
            }
            @if is_list { (list(visit, &here, all)) } @else { (board(visit, &here, all)) }
            (files(lang, &here))
        }
        @if visit.may(ADD) { (add_form(visit, &here, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn title_of(visit: &Visit, taken: &Taken) -> String {
    let item = visit.catalogue().measures.get(&taken.measure.code);
    let title = item.map_or("", |item| item.head.texts.title(visit.lang));
    format!("{} {title}", taken.measure.code)
}

fn status_of(taken: &Taken) -> MeasureStatus {
    taken.state().map_or(MeasureStatus::Planned, |state| state.status)
}

fn process_of<'v>(visit: &'v Visit, taken: &Taken) -> &'v str {
    let process = taken.measure.process.as_ref().and_then(|code| code.parse().ok());
    let all = visit.lang.pick("Alle processen", "All processes");
    process.map_or(all, |process| visit.process_title(process))
}

/// The day on which it should be done, and whether that is past while it is not.
fn due_of(visit: &Visit, taken: &Taken) -> Option<(String, bool)> {
    let state = taken.state()?;
    let due = state.due_on?;
    let is_open = matches!(state.status, MeasureStatus::Planned | MeasureStatus::Started);
    Some((numbers::date(due, visit.lang), is_open && due < visit.today()))
}

fn board(visit: &Visit, here: &str, all: &[Taken]) -> Markup {
    let lang = visit.lang;
    html! {
        div class="dw-board" {
            @for status in STATUSES {
                @let some: Vec<&Taken> = all.iter().filter(|taken| status_of(taken) == status).collect();
                section class="dw-board__column" {
                    h2 class="nl-heading nl-heading--level-3" { (measure_status(lang, status)) " (" (some.len()) ")" }
                    @if some.is_empty() { p class="nl-paragraph" { (lang.pick("Niets", "Nothing")) } }
                    ul class="dw-board__items" {
                        @for taken in some {
                            li class="dw-card" {
                                p class="nl-paragraph" { (link(&format!("{here}/{}", taken.id), &title_of(visit, taken))) }
                                p class="nl-paragraph" { (process_of(visit, taken)) }
                                (due(visit, taken))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn due(visit: &Visit, taken: &Taken) -> Markup {
    html! {
        @if let Some((day, is_late)) = due_of(visit, taken) {
            p class="nl-paragraph" {
                (visit.lang.pick("Klaar op ", "Done by ")) (day)
                @if is_late { " " (badge(visit.lang.pick("te laat", "late"))) }
            }
        }
    }
}

fn list(visit: &Visit, here: &str, all: &[Taken]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Maatregel", "Measure")),
        Column::text(lang.pick("Proces", "Process")),
        Column::text(lang.pick("Stand", "Status")),
        Column::text(lang.pick("Eigenaar", "Owner")),
        Column::text(lang.pick("Klaar op", "Done by")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|taken| {
            let owner = taken.state().map_or("", |state| state.owner_role.as_str());
            vec![
                link(&format!("{here}/{}", taken.id), &title_of(visit, taken)),
                html! { (process_of(visit, taken)) },
                html! { (measure_status(lang, status_of(taken))) },
                html! { (owner) },
                html! {
                    @if let Some((day, is_late)) = due_of(visit, taken) {
                        (day) @if is_late { " " (badge(lang.pick("te laat", "late"))) }
                    }
                },
            ]
        })
        .collect();
    let caption =
        lang.pick("Maatregelen die zijn opgepakt", "Measures that were taken up");
    table("maatregelen", caption, &columns, &rows)
}

fn files(lang: Lang, here: &str) -> Markup {
    html! {
        ul class="dw-list dw-screen-only" {
            li { (link(&format!("{here}/lijst.csv"), lang.pick("Lijst als CSV", "List as CSV"))) }
            li { (link(&format!("{here}/lijst.xlsx"), lang.pick("Lijst voor Excel", "List for Excel"))) }
            li { (link(&format!("{here}/agenda.ics"), lang.pick("Data voor je agenda", "Dates for your calendar"))) }
        }
    }
}

/// `GET /organisaties/{organisatie}/maatregelen/lijst.csv`
pub(crate) fn csv(visit: &Visit) -> Result<Answer, Fault> {
    let list = listed(visit)?;
    let bytes = progress::csv(&list, visit.lang);
    Ok(Answer::download("text/csv; charset=utf-8", "maatregelen.csv", bytes))
}

/// `GET /organisaties/{organisatie}/maatregelen/lijst.xlsx`
pub(crate) fn workbook(visit: &Visit) -> Result<Answer, Fault> {
    let list = listed(visit)?;
    let bytes = progress::workbook(&list, visit.lang, visit.today())
        .map_err(|error| Fault::Broken(error.to_string()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(Answer::download(media, "maatregelen.xlsx", bytes))
}

/// `GET /organisaties/{organisatie}/maatregelen/agenda.ics`
pub(crate) fn agenda(visit: &Visit) -> Result<Answer, Fault> {
    let list = listed(visit)?;
    let about = About {
        organisation: visit.organisation()?.to_owned(),
        made_at: Moment::at(visit.now.as_microsecond()),
        lang: visit.lang,
    };
    let dates = calendar::measures(&list, &about);
    let bytes = dates.text.into_bytes();
    Ok(Answer::download("text/calendar; charset=utf-8", "maatregelen.ics", bytes))
}

fn listed(visit: &Visit) -> Result<Vec<progress::Taken>, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = measures(&mut desk, visit.organisation()?)?;
    Ok(progress_list(&desk, &all, visit.lang))
}

fn add_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let titles: Vec<(&String, String)> = visit
        .catalogue()
        .measures
        .iter()
        .map(|(code, item)| (code, format!("{code} {}", item.head.texts.title(lang))))
        .collect();
    let mut choices = vec![Choice {
        value: "",
        label: lang.pick("Kies een maatregel", "Choose a measure"),
    }];
    choices.extend(titles.iter().map(|(code, label)| Choice { value: code, label }));
    let processes: Vec<(&str, &str)> = visit
        .catalogue()
        .processes
        .iter()
        .map(|(process, item)| (process.code(), item.texts.title(lang)))
        .collect();
    let mut of =
        vec![Choice { value: "", label: lang.pick("Alle processen", "All processes") }];
    of.extend(processes.iter().map(|(value, label)| Choice { value, label }));
    let code = Field {
        name: "maatregel",
        label: lang.pick("Maatregel", "Measure"),
        help: "",
        value: fields.trimmed("maatregel"),
        kind: Kind::Select(&choices),
        is_optional: false,
        autocomplete: "off",
    };
    let process = Field {
        name: "proces",
        label: lang.pick("Proces", "Process"),
        value: fields.trimmed("proces"),
        kind: Kind::Select(&of),
        ..code
    };
    let mut all = vec![code, process];
    all.extend(owner_and_dates(
        lang,
        [fields.trimmed("eigenaar"), fields.trimmed("begin"), fields.trimmed("klaar")],
    ));
    html! {
        (heading(2, lang.pick("Zelf een maatregel oppakken", "Take up a measure by hand")))
        (form(visit, here, faults, &all, &button(lang.pick("Pak op", "Take up"))))
    }
}

fn owner_and_dates(lang: Lang, [owner, begin, due]: [&str; 3]) -> [Field<'_>; 3] {
    let owner = Field {
        name: "eigenaar",
        label: lang.pick("Functie die eigenaar is", "Function that owns it"),
        help: lang.pick(
            "Een functie, geen naam van een persoon.",
            "A function, no name of a person.",
        ),
        value: owner,
        kind: Kind::Line,
        is_optional: false,
        autocomplete: "off",
    };
    let day = |name, label, value| Field {
        name,
        label,
        help: "",
        value,
        kind: Kind::Date,
        is_optional: true,
        autocomplete: "off",
    };
    [
        owner,
        day("begin", lang.pick("Begint op", "Begins on"), begin),
        day("klaar", lang.pick("Klaar op", "Done by"), due),
    ]
}

/// The owner and the dates that a form gives, or what is wrong with them.
fn read_state(visit: &Visit, faults: &mut Faults) -> Option<MeasureState> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut day = |name: &'static str| -> Option<Date> {
        let text = fields.trimmed(name);
        let read = text.parse().ok();
        if read.is_none() && !text.is_empty() {
            faults.add(name, date_fault(lang));
        }
        read
    };
    let (starts_on, due_on) = (day("begin"), day("klaar"));
    let owner = fields.trimmed("eigenaar");
    if owner.is_empty() {
        faults.add("eigenaar", lang.pick("Vul een functie in", "Fill in a function"));
    }
    if let (Some(from), Some(to)) = (starts_on, due_on)
        && to < from
    {
        let text = lang.pick(
            "Kies een dag op of na de dag waarop hij begint",
            "Choose a day on or after the day on which it begins",
        );
        faults.add("klaar", text);
    }
    faults.is_empty().then(|| MeasureState {
        measure: 0,
        status: MeasureStatus::Planned,
        owner_role: owner.to_owned(),
        starts_on,
        due_on,
        note: fields.trimmed("toelichting").to_owned(),
    })
}

/// `POST /organisaties/{organisatie}/maatregelen`
pub(crate) fn add(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut faults = Faults::default();
    let code = fields.trimmed("maatregel");
    if !visit.catalogue().measures.contains_key(code) {
        faults.add("maatregel", lang.pick("Kies een maatregel", "Choose a measure"));
    }
    let process = fields.trimmed("proces");
    if !process.is_empty() && process.parse::<Process>().is_err() {
        faults.add("proces", lang.pick("Kies een proces", "Choose a process"));
    }
    let state = read_state(visit, &mut faults);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let organisation = visit.organisation()?;
    let Some(state) = state.filter(|_| faults.is_empty()) else {
        let all = measures(&mut desk, organisation)?;
        return page(visit, &all, &faults);
    };
    let entry = Measure {
        plan: None,
        code: code.to_owned(),
        process: (!process.is_empty()).then(|| process.to_owned()),
        recurring_months: None,
    };
    take_up(&mut desk, organisation, &entry, |_| state)?;
    Ok(Answer::see(format!("{}?gelukt=opgepakt", here(visit)?)))
}

/// The measure of the number in the path.
fn of_path(visit: &Visit, desk: &mut Desk<'_>) -> Result<Taken, Fault> {
    let id = visit.params.get("maatregel").and_then(|text| text.parse().ok());
    Ok(measure(desk, visit.organisation()?, id.ok_or(Fault::NotFound)?)?)
}

/// `GET /organisaties/{organisatie}/maatregelen/{maatregel}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let taken = of_path(visit, &mut desk)?;
    drop(registry);
    one_page(visit, &taken, &Faults::default())
}

fn one_page(visit: &Visit, taken: &Taken, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let title = title_of(visit, taken);
    let owner = taken.state().map_or("", |state| state.owner_role.as_str());
    let rows = [
        (lang.pick("Proces", "Process"), html! { (process_of(visit, taken)) }),
        (lang.pick("Stand", "Status"), badge(measure_status(lang, status_of(taken)))),
        (lang.pick("Eigenaar", "Owner"), html! { (owner) }),
        (lang.pick("Wanneer", "When"), due(visit, taken)),
    ];
    let in_catalogue =
        format!("/catalogus/measure/{}", taken.measure.code.to_lowercase());
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&here, lang.pick("Maatregelen", "Measures"))) }
        (heading(1, &title))
        @if visit.query.get("gelukt") == "bewaard" {
            (alert(Mood::Done, &paragraph(lang.pick("Bewaard.", "Kept."))))
        }
        (data_list(&rows))
        p class="nl-paragraph" { (link(&in_catalogue, lang.pick("Wat je doet, de eerste stappen en wanneer het klaar is", "What you do, the first steps and when it is done"))) }
        (history(visit, taken))
        @if visit.may(CHANGE) { (move_form(visit, &format!("{here}/{}", taken.id), taken, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn history(visit: &Visit, taken: &Taken) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Op", "On")),
        Column::text(lang.pick("Stand", "Status")),
        Column::text(lang.pick("Eigenaar", "Owner")),
        Column::text(lang.pick("Toelichting", "Note")),
    ];
    let rows: Vec<Vec<Markup>> = taken
        .states
        .iter()
        .rev()
        .map(|kept| {
            let at = Moment::at(kept.recorded_at.as_microsecond());
            vec![
                html! { (numbers::day(at, lang)) },
                html! { (measure_status(lang, kept.entry.status)) },
                html! { (kept.entry.owner_role) },
                html! { (kept.entry.note) },
            ]
        })
        .collect();
    let caption =
        lang.pick("Wat er is gezegd, het laatste eerst", "What was said, the last first");
    table("verloop", caption, &columns, &rows)
}

fn move_form(visit: &Visit, here: &str, taken: &Taken, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let is_sent = !faults.is_empty();
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let state = taken.state();
    let stood = [
        state.map_or_else(String::new, |state| state.owner_role.clone()),
        day(state.and_then(|state| state.starts_on)),
        day(state.and_then(|state| state.due_on)),
    ];
    let given = |name: &str, stood: &str| {
        if is_sent { visit.fields.trimmed(name).to_owned() } else { stood.to_owned() }
    };
    let [owner, begin, due] = &stood;
    let (owner, begin, due) =
        (given("eigenaar", owner), given("begin", begin), given("klaar", due));
    let status = given("stand", status_of(taken).code());
    let choices = STATUSES.map(|status| Choice {
        value: status.code(),
        label: measure_status(lang, status),
    });
    let mut fields = vec![Field {
        name: "stand",
        label: lang.pick("Hoe ver is het?", "How far is it?"),
        help: "",
        value: &status,
        kind: Kind::Radio(&choices),
        is_optional: false,
        autocomplete: "off",
    }];
    fields.extend(owner_and_dates(lang, [&owner, &begin, &due]));
    fields.push(Field {
        name: "toelichting",
        label: lang.pick("Toelichting", "Note"),
        help: lang.pick("Zonder namen van personen.", "Without names of persons."),
        value: visit.fields.trimmed("toelichting"),
        kind: Kind::Text,
        is_optional: true,
        autocomplete: "off",
    });
    html! {
        (heading(2, lang.pick("Hoe staat het ervoor?", "How does it stand?")))
        (form(visit, here, faults, &fields, &button(lang.pick("Bewaren", "Save"))))
    }
}

/// `POST /organisaties/{organisatie}/maatregelen/{maatregel}`
pub(crate) fn set(visit: &Visit) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let mut faults = Faults::default();
    let status = STATUSES.into_iter().find(|one| one.code() == visit.fields.get("stand"));
    if status.is_none() {
        faults.add("stand", lang.pick("Kies hoe ver het is", "Choose how far it is"));
    }
    let state = read_state(visit, &mut faults);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let taken = of_path(visit, &mut desk)?;
    let (Some(status), Some(state)) = (status, state) else {
        return one_page(visit, &taken, &faults);
    };
    let state = MeasureState { measure: taken.id, status, ..state };
    move_measure(&mut desk, visit.organisation()?, &state)?;
    Ok(Answer::see(format!("{}/{}?gelukt=bewaard", here(visit)?, taken.id)))
}
