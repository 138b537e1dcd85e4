//! A log that was brought and waits: what it looks like, the binding that says what is what, and
//! whether it is read or thrown away.

use super::sources::{self, steps_told};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Column, Faults, Field, Kind, Mood, alert, button, data_list, deed, form, heading,
    hidden, lead, link, paragraph, table,
};
use crate::visit::Visit;
use app::{AppError, Incoming, Preview, Proposal, Sample};
use maud::{Markup, html};
use reports::numbers;

/// The texts that the form holds.
#[derive(Clone, Copy, Debug, Default)]
struct Texts<'a> {
    mapping: &'a str,
    /// `None` where the proposal stands there.
    binding: Option<&'a str>,
}

fn waiting(visit: &Visit) -> Result<Incoming, Fault> {
    let id = visit.params.get("log").map_or("", String::as_str);
    // names of people stand in it as they are: only whoever brought it sees it
    let log = visit.state.installation.incoming(visit.organisation()?, id)?;
    if log.person == visit.person()?.user.name { Ok(log) } else { Err(Fault::NotFound) }
}

fn at(visit: &Visit, log: &Incoming) -> Result<String, Fault> {
    Ok(format!("{}/inkomend/{}", sources::here(visit)?, log.id))
}

/// `GET /organisaties/{organisatie}/bronnen/inkomend/{log}`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &waiting(visit)?, Texts::default(), &Faults::default())
}

/// `POST /organisaties/{organisatie}/bronnen/inkomend/{log}`: looks again, reads, or throws away
pub(crate) fn decide(visit: &Visit) -> Result<Answer, Fault> {
    let (log, fields) = (waiting(visit)?, &visit.fields);
    let texts = Texts {
        mapping: fields.get("indeling"),
        binding: Some(fields.get("koppeling")).filter(|text| !text.trim().is_empty()),
    };
    match fields.get("doe") {
        "weg" => {
            visit.state.installation.throw_away(&log)?;
            Ok(Answer::see(format!("{}?gelukt=weg", sources::here(visit)?)))
        }
        "bekijk" => {
            let texts = Texts { binding: None, ..texts };
            page(visit, &log, texts, &Faults::default())
        }
        "lees" => read(visit, &log, texts),
        _ => Err(Fault::Unreadable),
    }
}

fn read(visit: &Visit, log: &Incoming, texts: Texts<'_>) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    visit.desk(&mut registry)?.note_brought(visit.organisation()?)?;
    drop(registry);
    let installation = &visit.state.installation;
    let binding = texts.binding.unwrap_or_default();
    match installation.take_in(log, (texts.mapping, binding), visit.now) {
        Ok(_) => Ok(Answer::see(format!(
            "{}/{}?gelukt=gelezen",
            sources::here(visit)?,
            log.process
        ))),
        Err(AppError::Data(sentences)) => {
            let mut faults = Faults::default();
            for sentence in sentences {
                let field = if sentence.starts_with("mapping") {
                    "indeling"
                } else {
                    "koppeling"
                };
                faults.add(field, sentence);
            }
            page(visit, log, texts, &faults)
        }
        Err(error) => Err(error.into()),
    }
}

fn page(
    visit: &Visit,
    log: &Incoming,
    texts: Texts<'_>,
    faults: &Faults,
) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let title = format!("{} {}", lang.pick("Voorbeeld van", "Preview of"), log.name);
    let looked = visit.state.installation.preview(log, texts.mapping, visit.now);
    let (inside, is_good) = match looked {
        Ok(preview) => (seen(visit, log, &preview, texts, faults)?, true),
        Err(AppError::Data(sentences)) => {
            (unreadable(visit, log, &sentences, texts.mapping)?, false)
        }
        Err(error) => return Err(error.into()),
    };
    let content = html! {
        (heading(1, &title))
        (inside)
        (deed(visit, &at(visit, log)?, ("doe", "weg"), lang.pick("Gooi dit bestand weg", "Throw this file away")))
        p class="nl-paragraph" { (link(&sources::here(visit)?, lang.pick("Naar alle bronnen", "To all sources"))) }
    };
    Ok(if is_good {
        Answer::form(title, content, faults)
    } else {
        Answer::faulty(title, content)
    })
}

/// Why a file cannot be read, and what to do.
fn unreadable(
    visit: &Visit,
    log: &Incoming,
    sentences: &[String],
    mapping: &str,
) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let why = html! {
        h2 class="nl-heading nl-heading--level-2" {
            (lang.pick("Dit bestand kan zo niet worden gelezen", "This file cannot be read like this"))
        }
        ul class="utrecht-unordered-list" {
            @for sentence in sentences {
                li class="utrecht-unordered-list__item dw-break" lang="en" { (sentence) }
            }
        }
        (paragraph(lang.pick(
            "Er is niets van gelezen. Herstel het bestand en breng het opnieuw. Is het een tabel, dan kun je hieronder ook zeggen welke kolom wat is.",
            "Nothing of it was read. Repair the file and bring it again. If it is a table, you can also say below which column is what.",
        )))
    };
    Ok(html! {
        (alert(Mood::Fault, &why))
        (mapping_form(visit, log, mapping, !mapping.is_empty())?)
    })
}

fn mapping_form(
    visit: &Visit,
    log: &Incoming,
    mapping: &str,
    is_open: bool,
) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let field =
        Field::new("indeling", lang.pick("Indeling", "Mapping"), Kind::Lines)
            .with_value(mapping)
            .optional()
            .with_help(lang.pick(
                "Welke kolom is de zaak, de activiteit, het moment en de behandelaar. Wat hier staat, is een voorstel: kijk het na. XES en OCEL kunnen zonder.",
                "Which column is the case, the activity, the moment and the handler. What stands here is a proposal: check it. XES and OCEL can do without.",
            ));
    let rest = html! {
        (hidden("doe", "bekijk"))
        (button(lang.pick("Bekijk opnieuw", "Look again")))
    };
    Ok(html! {
        details class="dw-details" open[is_open] {
            summary { (lang.pick("Welke kolom is wat?", "Which column is what?")) }
            (form(visit, &at(visit, log)?, &Faults::default(), &[field], &rest))
        }
    })
}

fn seen(
    visit: &Visit,
    log: &Incoming,
    preview: &Preview,
    texts: Texts<'_>,
    faults: &Faults,
) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let of_all = |count: u64| match lang {
        model::Lang::Nl => format!(
            "{} van {}",
            numbers::count(count, lang),
            numbers::count(preview.events, lang)
        ),
        model::Lang::En => format!(
            "{} of {}",
            numbers::count(count, lang),
            numbers::count(preview.events, lang)
        ),
    };
    let [cases, activities, times, handlers] = preview.filled.map(of_all);
    let facts = [
        (
            lang.pick("Proces", "Process"),
            html! { (log.process().map_or("", |process| visit.process_title(process))) },
        ),
        (lang.pick("Formaat", "Format"), html! { (preview.format) }),
        (
            lang.pick("Gebeurtenissen", "Events"),
            html! { (numbers::count(preview.events, lang)) },
        ),
        (lang.pick("Met een zaak", "With a case"), html! { (cases) }),
        (lang.pick("Met een activiteit", "With an activity"), html! { (activities) }),
        (lang.pick("Met een moment", "With a moment"), html! { (times) }),
        (lang.pick("Met een behandelaar", "With a handler"), html! { (handlers) }),
    ];
    Ok(html! {
        (lead(lang.pick(
            "Zo ziet het bestand eruit. Er is nog niets gelezen. Klopt het, kijk dan de koppeling na en kies voor lezen.",
            "This is what the file looks like. Nothing was read yet. If it is right, check the binding and choose to read it.",
        )))
        (data_list(&facts))
        (notes(visit, preview))
        (samples(visit, &preview.samples))
        (mapping_form(visit, log, &preview.mapping, false)?)
        (placed(visit, log, &preview.proposal))
        (read_form(visit, log, preview, texts.binding, faults)?)
    })
}

fn notes(visit: &Visit, preview: &Preview) -> Markup {
    let lang = visit.lang;
    html! {
        @if !preview.notes.is_empty() {
            (heading(2, lang.pick("Wat opvalt", "What is remarkable")))
            ul class="utrecht-unordered-list" {
                @for (kind, count) in &preview.notes {
                    li class="utrecht-unordered-list__item" { (numbers::count(*count, lang)) " × " (kind.phrase(lang)) }
                }
            }
        }
    }
}

fn samples(visit: &Visit, samples: &[Sample]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Plaats", "Place")),
        Column::text(lang.pick("Zaak", "Case")),
        Column::text(lang.pick("Activiteit", "Activity")),
        Column::text(lang.pick("Moment", "Moment")),
        Column::text(lang.pick("Behandelaar", "Handler")),
        Column::text(lang.pick("Andere kenmerken", "Other attributes")),
    ];
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<Vec<Markup>> = samples
        .iter()
        .map(|sample| {
            let moment = sample.at.map_or_else(
                || "–".to_owned(),
                |at| at.local().strftime("%Y-%m-%d %H:%M:%S").to_string(),
            );
            let values: Vec<String> = sample
                .values
                .iter()
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            vec![
                html! {
                    @if let Some(place) = sample.place {
                        (reports::listing::place_unit(place.unit(), lang)) " " (place.number())
                    }
                },
                html! { (dash(&sample.case)) },
                html! { (dash(&sample.activity)) },
                html! { (moment) },
                html! { (dash(&sample.who)) },
                html! { (values.join("; ")) },
            ]
        })
        .collect();
    let caption = lang.pick("De eerste gebeurtenissen", "The first events");
    html! {
        @if rows.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Het bestand is te lezen, maar geeft geen enkele gebeurtenis.",
                "The file can be read but gives no event at all.",
            ))))
        } @else {
            (table("voorbeeld", caption, &columns, &rows))
        }
    }
}

/// What the proposal makes of the activities.
fn placed(visit: &Visit, log: &Incoming, proposal: &Proposal) -> Markup {
    let lang = visit.lang;
    let Ok(process) = log.process() else { return html! {} };
    let columns = [
        Column::text(lang.pick("Stap", "Step")),
        Column::text(lang.pick("Activiteiten in het log", "Activities in the log")),
    ];
    let named = |all: &[(String, u64)]| {
        let one = |(name, events): &(String, u64)| {
            format!("{name} ({})", numbers::count(*events, lang))
        };
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let mut rows: Vec<Vec<Markup>> = proposal
        .placed
        .iter()
        .map(|(step, all)| {
            let title = steps_told(visit, process, std::slice::from_ref(step));
            vec![html! { (title) }, html! { (named(all)) }]
        })
        .collect();
    for step in &proposal.steps_without {
        let title = steps_told(visit, process, std::slice::from_ref(step));
        let none = lang.pick("niet gevonden", "not found");
        rows.push(vec![html! { (title) }, html! { (none) }]);
    }
    if !proposal.unplaced.is_empty() {
        let title = lang.pick("Bij geen stap", "With no step");
        rows.push(vec![html! { (title) }, html! { (named(&proposal.unplaced)) }]);
    }
    let caption =
        lang.pick("Voorstel: wat is welke stap", "Proposal: what is which step");
    table("voorstel", caption, &columns, &rows)
}

fn read_form(
    visit: &Visit,
    log: &Incoming,
    preview: &Preview,
    binding: Option<&str>,
    faults: &Faults,
) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let fields =
        [Field::new("koppeling", lang.pick("Koppeling", "Binding"), Kind::Lines)
            .with_value(binding.unwrap_or(&preview.proposal.text))
            .with_help(lang.pick(
                "Links de stappen van de catalogus, rechts de activiteiten van het log. Verplaats wat niet klopt.",
                "Steps of the catalogue on the left, activities of the log on the right. Move what is not right.",
            ))];
    let rest = html! {
        (hidden("doe", "lees"))
        (hidden("indeling", &preview.mapping))
        (button(lang.pick("Lees het log en draai de regels", "Read the log and run the rules")))
    };
    Ok(html! {
        (heading(2, lang.pick("Lezen", "Read")))
        (form(visit, &at(visit, log)?, faults, &fields, &rest))
    })
}
