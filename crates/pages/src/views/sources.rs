//! The logs that were read: which there are, what each holds, and a form to bring another.

use super::readings;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, button, data_list, form,
    heading, lead, link, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::{ColumnType, Incoming, Manifest, Reading, Secrecy, SourceRead};
use maud::{Markup, html};
use model::{Lang, Moment, NoteKind, Process};
use reports::numbers;

const BRING: Action = Action::new(Verb::Add, Resource::Source);

/// The endings that the window for choosing a file shows first.
const ENDINGS: &str =
    ".csv,.tsv,.txt,.xes,.xml,.json,.jsonl,.parquet,.xlsx,.xaf,.gz,.zip,.log";

pub(super) fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/bronnen", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/bronnen`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default())
}

fn page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here, of) = (visit.lang, here(visit)?, visit.organisation()?);
    let installation = &visit.state.installation;
    let sources = installation.sources(of, visit.now)?;
    let own = &visit.person()?.user.name;
    let mut waiting = installation.waiting_logs(of)?;
    waiting.retain(|log| log.person == *own);
    let title = lang.pick("Bronnen", "Sources");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "De logs van jullie processen: welke gelezen zijn, en wat erin staat. De regels van Signalen draaien over deze gegevens.",
            "The logs of your processes: which were read, and what they hold. The rules of Signals run over these data.",
        )))
        (news(visit))
        @if sources.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Er is nog geen log gelezen. Zonder log laat Dijkwacht zien wat er is gezegd, en bij gebleken: niet te beoordelen.",
                "No log was read yet. Without a log Dijkwacht shows what was said, and for shown: not assessable.",
            ))))
        } @else {
            (read_table(visit, &here, &sources))
        }
        @if visit.may(BRING) {
            (waiting_list(visit, &here, &waiting))
            (bring_form(visit, &here, faults))
        }
    };
    Ok(Answer::form(title, content, faults))
}

fn news(visit: &Visit) -> Markup {
    let text = match visit.query.get("gelukt") {
        "weg" => visit.lang.pick(
            "Het bestand is weggegooid. Er is niets van bewaard.",
            "The file was thrown away. Nothing of it was kept.",
        ),
        "lezing-weg" => visit.lang.pick(
            "De lezing is weggegooid. Dat staat in het logboek.",
            "The reading was thrown away. That stands in the log.",
        ),
        _ => return html! {},
    };
    alert(Mood::Done, &paragraph(text))
}

fn read_table(visit: &Visit, here: &str, sources: &[SourceRead]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Proces", "Process")),
        Column::number(lang.pick("Gebeurtenissen", "Events")),
        Column::number(lang.pick("Zaken", "Cases")),
        Column::text(lang.pick("Periode", "Period")),
        Column::number(lang.pick("Leesnotities", "Reading notes")),
    ];
    let rows: Vec<Vec<Markup>> = sources
        .iter()
        .map(|source| {
            let manifest = &source.manifest;
            let address = format!("{here}/{}", source.process);
            let notes: u64 = manifest.notes.iter().map(|note| note.count).sum();
            vec![
                link(&address, visit.process_title(source.process)),
                html! { (numbers::count(manifest.events, lang)) },
                html! { (numbers::count(manifest.cases, lang)) },
                html! { (period(lang, manifest)) },
                html! { (numbers::count(notes, lang)) },
            ]
        })
        .collect();
    let caption = lang.pick("Logs die zijn gelezen", "Logs that were read");
    table("bronnen", caption, &columns, &rows)
}

pub(super) fn period(lang: Lang, manifest: &Manifest) -> String {
    let day = |micros: Option<i64>| {
        micros.map_or_else(|| "–".to_owned(), |at| numbers::day(Moment::at(at), lang))
    };
    format!("{} – {}", day(manifest.first), day(manifest.last))
}

fn waiting_list(visit: &Visit, here: &str, waiting: &[Incoming]) -> Markup {
    let lang = visit.lang;
    html! {
        @if !waiting.is_empty() {
            (heading(2, lang.pick("Wacht om gelezen te worden", "Waits to be read")))
            ul class="utrecht-unordered-list" {
                @for one in waiting {
                    li class="utrecht-unordered-list__item dw-break" {
                        (link(&format!("{here}/inkomend/{}", one.id), &one.name))
                        " (" (one.process().map_or("", |process| visit.process_title(process))) ")"
                    }
                }
            }
        }
    }
}

fn bring_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let choose = lang.pick("Kies een proces", "Choose a process");
    let mut choices = vec![Choice { value: "", label: choose }];
    choices.extend(Process::ALL.into_iter().map(|process| Choice {
        value: process.code(),
        label: visit.process_title(process),
    }));
    let fields = [
        Field::new("proces", lang.pick("Proces", "Process"), Kind::Select(&choices))
            .with_value(visit.fields.get("proces")),
        Field::new("bestand", lang.pick("Bestand", "File"), Kind::File(ENDINGS)).with_help(
            lang.pick(
                "Een log met per regel een gebeurtenis: CSV, XES, OCEL, Parquet, Excel, XAF en andere. Mag ingepakt zijn (.gz). Ten hoogste 1 GB.",
                "A log with one event a row: CSV, XES, OCEL, Parquet, Excel, XAF and others. May be packed (.gz). At most 1 GB.",
            ),
        ),
    ];
    html! {
        (heading(2, lang.pick("Breng een log", "Bring a log")))
        (paragraph(lang.pick(
            "Je ziet eerst een voorbeeld. Pas als je daarna kiest voor lezen, telt het mee. Namen van medewerkers worden bij het lezen pseudoniemen; het bestand zelf wordt dan gewist.",
            "You see a preview first. It counts only when you choose to read it after that. Names of employees become pseudonyms at reading; the file itself is then removed.",
        )))
        (form(visit, here, faults, &fields, &button(lang.pick("Bekijk het bestand", "Look at the file"))))
    }
}

/// `POST /organisaties/{organisatie}/bronnen`
pub(crate) fn bring(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let process: Option<Process> = visit.fields.get("proces").parse().ok();
    let mut faults = Faults::default();
    if process.is_none() {
        faults.add("proces", lang.pick("Kies een proces", "Choose a process"));
    }
    let uploaded = visit.uploaded.as_ref().filter(|one| one.bytes > 0);
    if uploaded.is_none() {
        faults.add(
            "bestand",
            lang.pick(
                "Kies een bestand dat niet leeg is",
                "Choose a file that is not empty",
            ),
        );
    }
    let (Some(process), Some(uploaded)) = (process, uploaded) else {
        return page(visit, &faults);
    };
    let mut registry = visit.registry()?;
    visit.desk(&mut registry)?.ask_to_bring(visit.organisation()?)?;
    drop(registry);
    let about = Incoming {
        id: String::new(),
        organisation: visit.organisation()?.to_owned(),
        person: visit.person()?.user.name.clone(),
        process: process.code().to_owned(),
        name: uploaded.name.clone(),
        bytes: uploaded.bytes,
        at: visit.now,
    };
    let kept = visit.state.installation.receive(about, uploaded.file.path())?;
    Ok(Answer::see(format!("{here}/inkomend/{}", kept.id)))
}

/// `GET /organisaties/{organisatie}/bronnen/{proces}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    one_with(visit, &Faults::default())
}

/// The page of one log, with what is to be repaired in its form.
pub(super) fn one_with(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, of) = (visit.lang, visit.organisation()?);
    let wanted = visit.params.get("proces").map_or("", String::as_str);
    let wanted: Process = wanted.parse().ok().ok_or(Fault::NotFound)?;
    let installation = &visit.state.installation;
    let sources = installation.sources(of, visit.now)?;
    let source = sources.into_iter().find(|source| source.process == wanted);
    let source = source.ok_or(Fault::NotFound)?;
    let manifest = &source.manifest;
    let title = format!(
        "{}: {}",
        lang.pick("Bron", "Source"),
        visit.process_title(source.process)
    );
    let facts = [
        (
            lang.pick("Gebeurtenissen", "Events"),
            html! { (numbers::count(manifest.events, lang)) },
        ),
        (lang.pick("Zaken", "Cases"), html! { (numbers::count(manifest.cases, lang)) }),
        (
            lang.pick(
                "Rijen weggelaten (zonder zaak of activiteit)",
                "Rows left out (without case or activity)",
            ),
            html! { (numbers::count(manifest.dropped, lang)) },
        ),
        (
            lang.pick("Behandelaars", "Handlers"),
            html! { (numbers::count(manifest.handlers, lang)) },
        ),
        (lang.pick("Periode", "Period"), html! { (period(lang, manifest)) }),
        (
            lang.pick("Momentopname", "Snapshot"),
            html! { code class="dw-code dw-break" { (manifest.name) } },
        ),
    ];
    let content = html! {
        (heading(1, &title))
        @if visit.query.get("gelukt") == "gelezen" {
            (alert(Mood::Done, &html! {
                (paragraph(lang.pick(
                    "Het log is gelezen en de regels hebben erover gedraaid.",
                    "The log was read and the rules ran over it.",
                )))
                p class="nl-paragraph" { (link(&format!("/organisaties/{of}/signalen"), lang.pick("Bekijk de signalen", "Look at the signals"))) }
            }))
        }
        (news(visit))
        (data_list(&facts))
        (files(lang, manifest))
        (notes(lang, manifest))
        (activities(visit, &source)?)
        (columns(lang, manifest))
        @if let Some(binding) = &manifest.binding {
            (heading(2, lang.pick("De koppeling", "The binding")))
            (paragraph(lang.pick(
                "Zo zijn de activiteiten van het log aan de stappen gekoppeld. Wijzigen? Breng het log opnieuw en pas de koppeling in het voorbeeld aan.",
                "This is how the activities of the log were joined to the steps. Change it? Bring the log again and edit the binding in the preview.",
            )))
            section class="dw-table" tabindex="0" aria-label=(lang.pick("Tekst van de koppeling", "Text of the binding")) {
                pre class="dw-code" { (binding) }
            }
        }
        (readings::list(visit, source.process, faults)?)
        p class="nl-paragraph" { (link(&here(visit)?, lang.pick("Naar alle bronnen", "To all sources"))) }
    };
    Ok(Answer::form(title, content, faults))
}

fn files(lang: Lang, manifest: &Manifest) -> Markup {
    let titles = [
        Column::text(lang.pick("Bestand", "File")),
        Column::text(lang.pick("Formaat", "Format")),
        Column::number(lang.pick("Gebeurtenissen", "Events")),
        Column::text("SHA-256"),
    ];
    let rows: Vec<Vec<Markup>> = manifest
        .files
        .iter()
        .map(|file| {
            vec![
                html! { span class="dw-break" { (file.name) } },
                html! { (file.format) },
                html! { (numbers::count(file.events, lang)) },
                html! { span class="dw-break" { (file.sha256) } },
            ]
        })
        .collect();
    table("bestanden", lang.pick("Bestanden", "Files"), &titles, &rows)
}

/// What was remarked while reading: kind, how often, and the first places.
fn notes(lang: Lang, manifest: &Manifest) -> Markup {
    let titles = [
        Column::text(lang.pick("Leesnotitie", "Reading note")),
        Column::number(lang.pick("Aantal", "Number")),
        Column::text(lang.pick("De eerste plaatsen", "The first places")),
    ];
    let rows: Vec<Vec<Markup>> = NoteKind::ALL
        .iter()
        .filter(|kind| manifest.notes_of(**kind) > 0)
        .map(|kind| {
            let of_kind = manifest.notes.iter().filter(|note| note.kind == kind.code());
            let places: Vec<String> = of_kind
                .flat_map(|note| {
                    let file = note.file.and_then(|at| manifest.files.get(at as usize));
                    let unit = file.map_or("", |file| file.place_unit.as_str());
                    let word = reports::listing::place_unit(unit, lang);
                    let places = note.samples.iter().filter_map(|sample| sample.place);
                    places.map(move |place| format!("{word} {place}"))
                })
                .take(5)
                .collect();
            vec![
                html! { (kind.phrase(lang)) },
                html! { (numbers::count(manifest.notes_of(*kind), lang)) },
                html! { (places.join(", ")) },
            ]
        })
        .collect();
    let title = lang.pick("Leesnotities", "Reading notes");
    html! {
        @if rows.is_empty() {
            (paragraph(lang.pick("Bij het lezen viel niets op.", "Nothing was remarked at reading.")))
        } @else {
            (table("leesnotities", title, &titles, &rows))
        }
    }
}

fn activities(visit: &Visit, source: &SourceRead) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let readings = visit.state.installation.readings(source)?;
    let titles = [
        Column::text(lang.pick("Activiteit in het log", "Activity in the log")),
        Column::number(lang.pick("Gebeurtenissen", "Events")),
        Column::text(lang.pick("Gelezen als stap", "Read as step")),
    ];
    let rows: Vec<Vec<Markup>> = readings
        .into_iter()
        .map(|(name, events, reading)| {
            vec![
                html! { span class="dw-break" { (name) } },
                html! { (numbers::count(events, lang)) },
                match reading {
                    Reading::Steps(steps) => {
                        html! { (steps_told(visit, source.process, &steps)) }
                    }
                    Reading::Ignored => {
                        html! { (lang.pick("bewust geen stap", "no step, on purpose")) }
                    }
                    Reading::Unplaced => badge(lang.pick("niet geplaatst", "not placed")),
                },
            ]
        })
        .collect();
    Ok(table("activiteiten", lang.pick("Activiteiten", "Activities"), &titles, &rows))
}

/// The titles of steps.
pub(super) fn steps_told(visit: &Visit, process: Process, steps: &[String]) -> String {
    let (catalogue, lang) = (visit.catalogue(), visit.lang);
    let titles = steps.iter().map(|step| catalogue.step_title(process, step, lang));
    titles.collect::<Vec<_>>().join(", ")
}

fn columns(lang: Lang, manifest: &Manifest) -> Markup {
    let titles = [
        Column::text(lang.pick("Kenmerk", "Attribute")),
        Column::text(lang.pick("Soort", "Type")),
        Column::text(lang.pick("Voor wie", "For whom")),
        Column::number(lang.pick("Leeg", "Empty")),
    ];
    let rows: Vec<Vec<Markup>> = manifest
        .columns
        .iter()
        .map(|(name, info)| {
            vec![
                html! { span class="dw-break" { (name) } },
                html! { (kind_of(lang, info.column_type)) },
                html! { (secrecy(lang, info.secrecy)) },
                html! { (numbers::count(info.missing, lang)) },
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (table("kenmerken", lang.pick("Kenmerken van de gebeurtenissen", "Attributes of the events"), &titles, &rows))
        }
    }
}

const fn kind_of(lang: Lang, kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => lang.pick("tekst", "text"),
        ColumnType::Person => {
            lang.pick("persoon, als pseudoniem", "person, as a pseudonym")
        }
        ColumnType::Int => lang.pick("geheel getal", "whole number"),
        ColumnType::Float => lang.pick("getal", "number"),
        ColumnType::Bool => lang.pick("ja of nee", "yes or no"),
        ColumnType::Moment => lang.pick("moment", "moment"),
        ColumnType::Date => lang.pick("dag", "day"),
    }
}

const fn secrecy(lang: Lang, secrecy: Secrecy) -> &'static str {
    match secrecy {
        Secrecy::Open => lang.pick("iedereen", "anybody"),
        Secrecy::Internal => lang.pick("de organisatie", "the organisation"),
        Secrecy::Personal => lang.pick("gaat over een persoon", "about a person"),
        Secrecy::Secret => lang.pick("weinig mensen", "few people"),
    }
}
