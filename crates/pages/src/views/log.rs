//! The log of an organisation: who did what, when, from where, with what outcome; and whether it is
//! whole.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Column, Mood, alert, deed, heading, lead, link, paragraph, table};
use crate::visit::{Visit, query};
use access::{Action, Resource, Verb};
use app::people::{LogEntry, Verified, log, verify};
use maud::{Markup, html};
use model::Lang;
use std::str::FromStr;

const VERIFY: Action = Action::new(Verb::Verify, Resource::Log);
/// How many entries stand on a page.
const MOST: usize = 100;

/// `GET /organisaties/{organisatie}/logboek`, with `?wie=`, `?wat=` and `?vanaf=`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, None)
}

/// `POST /organisaties/{organisatie}/logboek`: checks that the log is whole
pub(crate) fn check(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let outcome =
        verify(&mut desk, visit.organisation()?, None).map_err(|error| error.to_string());
    drop(registry);
    page(visit, Some(outcome))
}

fn page(
    visit: &Visit,
    checked: Option<Result<Verified, String>>,
) -> Result<Answer, Fault> {
    let (lang, name) = (visit.lang, visit.organisation()?);
    let here = format!("/organisaties/{name}/logboek");
    // that the log was read is written into it, so this too changes something
    let mut registry = visit.state.installation.write(visit.now)?;
    let mut desk = visit.desk(&mut registry)?;
    let all = log(&mut desk, name)?;
    drop(registry);
    let (who, what) = (visit.query.trimmed("wie"), visit.query.trimmed("wat"));
    let some: Vec<&LogEntry> = all
        .iter()
        .rev()
        .filter(|entry| who.is_empty() || entry.who == who)
        .filter(|entry| what.is_empty() || entry.resource == what)
        .collect();
    let title = lang.pick("Logboek", "Log");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Elke wijziging en elke blik op bewijs staat hier. Niets kan worden gewijzigd zonder dat het te zien is.",
            "Every change and every look at evidence stands here. Nothing can be changed unseen.",
        )))
        @if let Some(outcome) = checked { (told(lang, &outcome)) }
        @if visit.may(VERIFY) {
            div class="nl-paragraph" { (deed(visit, &here, ("doe", "controleer"), lang.pick("Controleer of het logboek heel is", "Check whether the log is whole"))) }
        }
        p class="nl-paragraph" { (link(&format!("{here}/regels"), lang.pick("Wat onze eigen regels van dit logboek zeggen", "What our own rules say of this log"))) }
        (filter_form(visit, &here, &all, (who, what)))
        (entries(visit, &here, &some, (who, what)))
    };
    Ok(Answer::page(title, content))
}

fn told(lang: Lang, outcome: &Result<Verified, String>) -> Markup {
    match outcome {
        Ok(verified) => {
            let (named, anonymous) = (verified.named.entries, verified.anonymous.entries);
            let text = match lang {
                Lang::Nl => format!(
                    "Het logboek is heel: {named} regels met naam en {anonymous} zonder, en {} rijen zijn zoals ze zijn ingevoerd.",
                    verified.rows
                ),
                Lang::En => format!(
                    "The log is whole: {named} entries with a name and {anonymous} without, and {} rows are as they were entered.",
                    verified.rows
                ),
            };
            alert(
                Mood::Done,
                &html! {
                    (paragraph(&text))
                    p class="nl-paragraph dw-break" {
                        (lang.pick("Schrijf op, dan valt later op als er iets is weggehaald: ", "Write down, so that it shows later if something was taken away: "))
                        code class="dw-code" { (verified.named.hash) }
                    }
                },
            )
        }
        Err(why) => alert(
            Mood::Fault,
            &html! {
                (paragraph(lang.pick("Het logboek is niet heel. Bewaar de installatie zoals ze is en waarschuw de auditor.", "The log is not whole. Keep the installation as it is and warn the auditor.")))
                p class="nl-paragraph" { (why) }
            },
        ),
    }
}

fn filter_form(
    visit: &Visit,
    here: &str,
    all: &[LogEntry],
    (who, what): (&str, &str),
) -> Markup {
    let lang = visit.lang;
    let mut people: Vec<&str> = all
        .iter()
        .map(|entry| entry.who.as_str())
        .filter(|who| !who.is_empty())
        .collect();
    people.sort_unstable();
    people.dedup();
    let option = |value: &str, label: &str, chosen: &str| html! { option value=(value) selected[value == chosen] { (label) } };
    html! {
        form class="utrecht-form dw-form dw-screen-only" method="get" action=(here) {
            div class="utrecht-form-field" {
                div class="utrecht-form-field__label" { label class="utrecht-form-label" for="wie" { (lang.pick("Wie", "Who")) } }
                div class="utrecht-form-field__input" {
                    select class="utrecht-select utrecht-select--html-select" id="wie" name="wie" {
                        (option("", lang.pick("Iedereen", "Everybody"), who))
                        @for one in people { (option(one, one, who)) }
                    }
                }
            }
            div class="utrecht-form-field" {
                div class="utrecht-form-field__label" { label class="utrecht-form-label" for="wat" { (lang.pick("Waarvan", "Of what")) } }
                div class="utrecht-form-field__input" {
                    select class="utrecht-select utrecht-select--html-select" id="wat" name="wat" {
                        (option("", lang.pick("Alles", "Everything"), what))
                        @for one in Resource::ALL { (option(one.code(), resource(lang, *one), what)) }
                    }
                }
            }
            (crate::parts::button(lang.pick("Toon", "Show")))
        }
    }
}

fn entries(
    visit: &Visit,
    here: &str,
    some: &[&LogEntry],
    (who, what): (&str, &str),
) -> Markup {
    let lang = visit.lang;
    if some.is_empty() {
        let text = lang.pick("Geen regels gevonden.", "No entries found.");
        return paragraph(text);
    }
    let from = visit.query.get("vanaf").parse().unwrap_or(0).min(some.len() - 1);
    let shown: Vec<&&LogEntry> = some.iter().skip(from).take(MOST).collect();
    let columns = [
        Column::text(lang.pick("Nr.", "No.")),
        Column::text(lang.pick("Wanneer", "When")),
        Column::text(lang.pick("Wie", "Who")),
        Column::text(lang.pick("Wat", "What")),
        Column::text(lang.pick("Waarvan", "Of what")),
        Column::text(lang.pick("Uitkomst", "Outcome")),
        Column::text(lang.pick("Vanaf", "From")),
        Column::text(lang.pick("Kenmerk", "Trace")),
    ];
    let rows: Vec<Vec<Markup>> = shown.iter().map(|entry| row(lang, entry)).collect();
    let end = from + shown.len();
    let caption = match lang {
        Lang::Nl => format!(
            "Regels van het logboek, het laatste eerst: {}–{end} van {}",
            from + 1,
            some.len()
        ),
        Lang::En => format!(
            "Entries of the log, the last first: {}–{end} of {}",
            from + 1,
            some.len()
        ),
    };
    let at = |from: usize| {
        format!("{here}?{}&{}&vanaf={from}", query("wie", who), query("wat", what))
    };
    html! {
        (table("logboek", &caption, &columns, &rows))
        ul class="dw-steps dw-screen-only" {
            @if from > 0 { li { (link(&at(from.saturating_sub(MOST)), lang.pick("Nieuwer", "Newer"))) } }
            @if end < some.len() { li { (link(&at(end), lang.pick("Ouder", "Older"))) } }
        }
    }
}

fn row(lang: Lang, entry: &LogEntry) -> Vec<Markup> {
    let time = model::time::local(entry.at.as_microsecond());
    let when = if entry.anonymous {
        time.date().to_string()
    } else {
        time.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let what =
        Verb::from_str(&entry.what).map_or(entry.what.as_str(), |one| verb(lang, one));
    let of = Resource::from_str(&entry.resource)
        .map_or(entry.resource.as_str(), |one| resource(lang, one));
    let who = if entry.anonymous {
        lang.pick("iemand zonder naam", "somebody without a name")
    } else {
        &entry.who
    };
    vec![
        html! { (entry.seq) },
        html! { span class="dw-nowrap" { (when) } },
        html! { (who) },
        html! { (what) },
        html! { (of) @if let Some((table, id)) = &entry.row { " (" (table) " " (id) ")" } },
        html! { (if entry.refused { lang.pick("geweigerd", "refused") } else { lang.pick("gedaan", "done") }) },
        html! { (entry.origin) },
        html! { span class="dw-break" { (entry.trace) } },
    ]
}

fn verb(lang: Lang, verb: Verb) -> &'static str {
    match verb {
        Verb::Read | Verb::ReadOwn => lang.pick("gelezen", "read"),
        Verb::Numbers => lang.pick("getallen gelezen", "read numbers"),
        Verb::Add => lang.pick("toegevoegd", "added"),
        Verb::Change => lang.pick("gewijzigd", "changed"),
        Verb::Remove => lang.pick("weggegooid", "thrown away"),
        Verb::Ask => lang.pick("gevraagd", "asked"),
        Verb::Unlock => lang.pick("ontsloten", "unlocked"),
        Verb::Verify => lang.pick("gecontroleerd", "checked"),
        Verb::Export => lang.pick("uitgevoerd naar een bestand", "exported"),
        Verb::Restore => lang.pick("teruggezet", "restored"),
    }
}

fn resource(lang: Lang, resource: Resource) -> &'static str {
    match resource {
        Resource::Organisation => lang.pick("organisatie", "organisation"),
        Resource::Grant => lang.pick("rol", "role"),
        Resource::Round => lang.pick("ronde", "round"),
        Resource::Assignment => lang.pick("vraag aan iemand", "assignment"),
        Resource::Answer => lang.pick("antwoord", "answer"),
        Resource::AgreedAnswer => lang.pick("afgesproken antwoord", "agreed answer"),
        Resource::Picture => lang.pick("beeld", "picture"),
        Resource::Plan => lang.pick("plan", "plan"),
        Resource::Measure => lang.pick("maatregel", "measure"),
        Resource::Decision => lang.pick("besluit", "decision"),
        Resource::Finding => lang.pick("bevinding", "finding"),
        Resource::Evidence => lang.pick("bewijs", "evidence"),
        Resource::Source => lang.pick("bron", "source"),
        Resource::Pseudonym => lang.pick("pseudoniem", "pseudonym"),
        Resource::Log => lang.pick("logboek", "log"),
        Resource::Settings => lang.pick("instelling", "setting"),
        Resource::Archive => lang.pick("archief", "archive"),
    }
}
