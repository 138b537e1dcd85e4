//! The readings of one process that are still there, and throwing one away.

use super::sources;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, button, form, heading, hidden, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::Manifest;
use maud::{Markup, html};
use model::Process;
use reports::numbers;

const REMOVE: Action = Action::new(Verb::Remove, Resource::Source);

/// The readings of a process, the latest first, with a form to throw one away for whoever may.
pub(super) fn list(
    visit: &Visit,
    process: Process,
    faults: &Faults,
) -> Result<Markup, Fault> {
    let (lang, of) = (visit.lang, visit.organisation()?);
    let all = visit.state.installation.readings_of(of, process, visit.now)?;
    let columns = [
        Column::text(lang.pick("Momentopname", "Snapshot")),
        Column::text(lang.pick("Bestanden", "Files")),
        Column::number(lang.pick("Gebeurtenissen", "Events")),
        Column::text(lang.pick("Periode", "Period")),
    ];
    let row = |manifest: &Manifest| {
        let files: Vec<&str> =
            manifest.files.iter().map(|file| file.name.as_str()).collect();
        vec![
            html! { code class="dw-code dw-break" { (manifest.name) } },
            html! { span class="dw-break" { (files.join(", ")) } },
            html! { (numbers::count(manifest.events, lang)) },
            html! { (sources::period(lang, manifest)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let caption = lang.pick(
        "Lezingen die er nog zijn, de laatste bovenaan; alleen de laatste telt mee",
        "Readings that are still there, the latest first; only the latest counts",
    );
    Ok(html! {
        (heading(2, lang.pick("Lezingen", "Readings")))
        (table("lezingen", caption, &columns, &rows))
        @if visit.may(REMOVE) { (remove_form(visit, process, &all, faults)?) }
    })
}

fn remove_form(
    visit: &Visit,
    process: Process,
    all: &[Manifest],
    faults: &Faults,
) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let mut choices = vec![Choice {
        value: "",
        label: lang.pick("Kies een lezing", "Choose a reading"),
    }];
    choices.extend(
        all.iter()
            .map(|manifest| Choice { value: &manifest.name, label: &manifest.name }),
    );
    let fields =
        [Field::new("lezing", lang.pick("Lezing", "Reading"), Kind::Select(&choices))
            .with_value(visit.fields.get("lezing"))];
    let end = html! {
        (hidden("doe", "weg"))
        (button(lang.pick("Gooi deze lezing weg", "Throw this reading away")))
    };
    Ok(html! {
        (heading(3, lang.pick("Een lezing weggooien", "Throw a reading away")))
        (paragraph(lang.pick(
            "Doe dit als een log niet meer nodig is. De gebeurtenissen, de pseudoniemen en de verzegelde namen gaan weg en komen niet terug. Was het de laatste, dan gaan ook de bevindingen weg en telt de lezing ervoor weer. Antwoorden, bewaarde beelden en het logboek blijven.",
            "Do this when a log is needed no longer. The events, the pseudonyms and the sealed names go and do not come back. If it was the latest, the findings go too and the reading before it counts again. Answers, pictures that were kept and the log stay.",
        )))
        (form(visit, &format!("{}/{process}", sources::here(visit)?), faults, &fields, &end))
    })
}

/// `POST /organisaties/{organisatie}/bronnen/{proces}`
pub(crate) fn remove(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, of) = (visit.lang, visit.organisation()?);
    let process = visit.params.get("proces").and_then(|code| code.parse().ok());
    let process: Process = process.ok_or(Fault::NotFound)?;
    let installation = &visit.state.installation;
    let wanted = visit.fields.get("lezing");
    let all = installation.readings_of(of, process, visit.now)?;
    if all.is_empty() {
        return Err(Fault::NotFound);
    }
    if !all.iter().any(|manifest| manifest.name == wanted) {
        let text = lang.pick(
            "Kies een lezing die er nog is",
            "Choose a reading that is still there",
        );
        return sources::one_with(visit, &Faults::one("lezing", text));
    }
    let mut registry = visit.registry()?;
    visit.desk(&mut registry)?.note_removed(of)?;
    drop(registry);
    installation.remove_reading((of, process), wanted, visit.now)?;
    let here = sources::here(visit)?;
    Ok(Answer::see(if all.len() == 1 {
        format!("{here}?gelukt=lezing-weg")
    } else {
        format!("{here}/{process}?gelukt=lezing-weg")
    }))
}
