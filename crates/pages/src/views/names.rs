//! Who stands behind a pseudonym: what was asked and why, what somebody else said of it, and the
//! name for the two of them while it is open.

use super::signals::named;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, button, data_list, deed,
    form, heading, hidden, lead, link, paragraph, table,
};
use crate::visit::{Visit, query};
use access::{Action, Resource, Verb};
use app::people::{
    AskedName, NameRequest, NameState, NameVerdict, USUAL_HOURS, ask_name, asked_name,
    asked_names, judge_name, see_name,
};
use findings::Finding;
use maud::{Markup, html};
use model::{Lang, Moment, Process};
use reports::numbers;

const ASK: Action = Action::new(Verb::Ask, Resource::Pseudonym);
const UNLOCK: Action = Action::new(Verb::Unlock, Resource::Pseudonym);

/// The most hours for which a name is opened: a week.
const MOST_HOURS: i64 = 168;

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/ontsluiten", visit.organisation()?))
}

fn moment(at: jiff::Timestamp, lang: Lang) -> String {
    let at = Moment::at(at.as_microsecond());
    let local = at.local();
    format!("{} {:02}:{:02}", numbers::day(at, lang), local.hour(), local.minute())
}

/// The pseudonym of a row of evidence, and for whoever may ask the way to the name behind it.
pub(super) fn of_row(
    visit: &Visit,
    (process, found): (Process, &Finding),
    who: Option<&str>,
) -> Markup {
    let lang = visit.lang;
    let Some(who) = who else {
        return html! { (lang.pick("niet bekend", "not known")) };
    };
    let name = visit.place.as_ref().map_or("", |place| place.organisation.as_str());
    let asked = [
        query("proces", process.code()),
        query("regel", &found.rule),
        query("bevinding", &found.id),
        query("wie", who),
    ];
    html! {
        span class="dw-break" { (who) }
        @if visit.may(ASK) {
            " "
            a class="nl-link" href={ "/organisaties/" (name) "/ontsluiten?" (asked.join("&")) } {
                (lang.pick("Wie is dit?", "Who is this?"))
            }
        }
    }
}

fn state(visit: &Visit, one: &AskedName) -> String {
    let lang = visit.lang;
    match one.state(visit.now) {
        NameState::Waiting => {
            lang.pick("wacht op een oordeel", "waits for a verdict").to_owned()
        }
        NameState::Refused => lang.pick("geweigerd", "refused").to_owned(),
        NameState::Open(until) => {
            format!("{} {}", lang.pick("open tot", "open until"), moment(until, lang))
        }
        NameState::Lapsed(until) => {
            format!(
                "{} {}",
                lang.pick("was open tot", "was open until"),
                moment(until, lang)
            )
        }
    }
}

/// `GET /organisaties/{organisatie}/ontsluiten`, with `?proces=`, `?regel=`, `?bevinding=` and
/// `?wie=` to ask for one
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default())
}

fn page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = asked_names(&mut desk, visit.organisation()?)?;
    drop(registry);
    let title = lang.pick("Namen ontsluiten", "Unlocking names");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wie iets deed, staat overal als pseudoniem. Is een naam echt nodig, dan vraagt de een en opent een ander. Alleen die twee zien hem, voor korte tijd, en elke keer staat in het logboek.",
            "Who did something stands everywhere as a pseudonym. If a name is really needed, one person asks and another opens it. Only these two see it, for a short while, and each time stands in the log.",
        )))
        @if visit.query.get("gelukt") == "gevraagd" {
            (alert(Mood::Done, &paragraph(lang.pick("Je vraag is bewaard. De integriteitsfunctionaris beslist.", "Your request was kept. The integrity officer decides."))))
        }
        @if all.is_empty() {
            (paragraph(lang.pick("Niemand heeft om een naam gevraagd.", "Nobody asked for a name.")))
        } @else {
            (list(visit, &here, &all))
        }
        @if visit.may(ASK) { (ask_part(visit, &here, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn list(visit: &Visit, here: &str, all: &[AskedName]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Vraag", "Request")),
        Column::text(lang.pick("Pseudoniem", "Pseudonym")),
        Column::text(lang.pick("Bevinding", "Finding")),
        Column::text(lang.pick("Gevraagd door", "Asked by")),
        Column::text(lang.pick("Op", "On")),
        Column::text(lang.pick("Stand", "Status")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .rev()
        .map(|one| {
            let request = &one.request;
            let number = format!("{} {}", lang.pick("Vraag", "Request"), request.id);
            vec![
                link(&format!("{here}/{}", request.id), &number),
                html! { span class="dw-break" { (request.entry.pseudonym) } },
                html! { span class="dw-break" { (request.entry.finding) } },
                html! { (request.recorded_by) },
                html! { (moment(request.recorded_at, lang)) },
                html! { (state(visit, one)) },
            ]
        })
        .collect();
    let caption = lang.pick(
        "Vragen om een naam, de laatste eerst",
        "Requests for a name, the last first",
    );
    table("namen", caption, &columns, &rows)
}

/// The form, where a finding led here; otherwise where to begin.
fn ask_part(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let given = |name| {
        let sent = visit.fields.get(name);
        if sent.is_empty() { visit.query.get(name) } else { sent }
    };
    let (finding, who) = (given("bevinding"), given("wie"));
    if finding.is_empty() || who.is_empty() {
        return paragraph(lang.pick(
            "Wil je een naam weten? Open de bevinding bij Signalen en kies daar ‘Wie is dit?’.",
            "Do you need a name? Open the finding under Signals and choose ‘Who is this?’ there.",
        ));
    }
    let fields = [Field::new(
        "reden",
        lang.pick("Waarom is de naam nodig?", "Why is the name needed?"),
        Kind::Text,
    )
    .with_help(lang.pick("Zonder namen van personen.", "Without names of persons."))
    .with_value(visit.fields.trimmed("reden"))];
    let rest = html! {
        @for name in ["proces", "regel", "bevinding", "wie"] { (hidden(name, given(name))) }
        (button(lang.pick("Vraag de naam", "Ask for the name")))
    };
    html! {
        (heading(2, lang.pick("Een naam vragen", "Ask for a name")))
        p class="nl-paragraph dw-break" {
            (lang.pick("Pseudoniem ", "Pseudonym ")) (who)
            (lang.pick(" in bevinding ", " in finding ")) (finding)
        }
        (form(visit, here, faults, &fields, &rest))
    }
}

/// `POST /organisaties/{organisatie}/ontsluiten`
pub(crate) fn ask(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let names = (fields.get("proces"), fields.get("regel"), fields.get("bevinding"));
    if names.2.is_empty() {
        return Err(Fault::Unreadable);
    }
    let (process, found) = named(visit, names)?;
    let who = fields.get("wie");
    if !found.rows.iter().any(|row| row.who.as_deref() == Some(who)) {
        return Err(Fault::NotFound);
    }
    let reason = fields.trimmed("reden");
    if reason.is_empty() {
        let text =
            lang.pick("Vul in waarom de naam nodig is", "Fill in why the name is needed");
        return page(visit, &Faults::one("reden", text));
    }
    let request = NameRequest {
        process: process.code().to_owned(),
        finding: found.id,
        snapshot: found.snapshot,
        pseudonym: who.to_owned(),
        reason: reason.to_owned(),
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    ask_name(&mut desk, visit.organisation()?, &request)?;
    Ok(Answer::see(format!("{}?gelukt=gevraagd", here(visit)?)))
}

fn of_path(visit: &Visit) -> Result<AskedName, Fault> {
    let id = visit.params.get("verzoek").and_then(|text| text.parse().ok());
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    Ok(asked_name(&mut desk, visit.organisation()?, id.ok_or(Fault::NotFound)?)?)
}

/// `GET /organisaties/{organisatie}/ontsluiten/{verzoek}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    one_page(visit, &of_path(visit)?, &Faults::default(), None)
}

fn one_page(
    visit: &Visit,
    asked: &AskedName,
    faults: &Faults,
    name: Option<&str>,
) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let at = format!("{here}/{}", asked.request.id);
    let person = &visit.person()?.actor.name;
    let stands = asked.state(visit.now);
    let is_open = matches!(stands, NameState::Open(_));
    let title = format!("{} {}", lang.pick("Vraag", "Request"), asked.request.id);
    let content = html! {
        p class="nl-paragraph" { (link(&here, lang.pick("Namen ontsluiten", "Unlocking names"))) }
        (heading(1, &title))
        @if visit.query.get("gelukt") == "bewaard" {
            (alert(Mood::Done, &paragraph(lang.pick("Je oordeel is bewaard.", "Your verdict was kept."))))
        }
        @if let Some(name) = name {
            (alert(Mood::Info, &html! {
                h2 class="nl-heading nl-heading--level-2" { (lang.pick("De naam", "The name")) }
                p class="nl-paragraph dw-break" { strong { (name) } }
                (paragraph(lang.pick(
                    "Dat je hem zag, staat in het logboek. Schrijf hem niet in een toelichting. Een bevinding is geen verwijt: hoor eerst wie het betreft.",
                    "That you saw it stands in the log. Do not write it in an explanation. A finding is no reproach: hear whom it concerns first.",
                )))
            }))
        }
        (data_list(&facts(visit, asked)))
        @if is_open && asked.is_of(person) {
            (deed(visit, &format!("{at}/naam"), ("doe", "toon"), lang.pick("Toon de naam", "Show the name")))
        }
        @if stands == NameState::Waiting && visit.may(UNLOCK) {
            @if !is_for_another(visit, asked)? {
                (alert(Mood::Info, &paragraph(lang.pick("Je vroeg dit zelf. Iemand anders moet beslissen.", "You asked this yourself. Somebody else must decide."))))
            } @else {
                (verdict_form(visit, &at, faults))
            }
        }
        (looks(lang, asked))
    };
    Ok(Answer::form(&title, content, faults))
}

fn facts(visit: &Visit, asked: &AskedName) -> Vec<(&'static str, Markup)> {
    let (lang, request) = (visit.lang, &asked.request);
    let process = request.entry.process.parse().ok();
    let process = process.map_or("", |process| visit.process_title(process));
    let mut facts = vec![
        (lang.pick("Stand", "Status"), badge(&state(visit, asked))),
        (
            lang.pick("Pseudoniem", "Pseudonym"),
            html! { span class="dw-break" { (request.entry.pseudonym) } },
        ),
        (lang.pick("Proces", "Process"), html! { (process) }),
        (lang.pick("Bevinding", "Finding"), html! { (request.entry.finding) }),
        (
            lang.pick("Gevraagd", "Asked"),
            html! { (request.recorded_by) ", " (moment(request.recorded_at, lang)) },
        ),
        (lang.pick("Waarom", "Why"), html! { (request.entry.reason) }),
    ];
    if let Some(verdict) = &asked.verdict {
        let by = html! { (verdict.recorded_by) ", " (moment(verdict.recorded_at, lang)) };
        facts.push((lang.pick("Beslist", "Decided"), by));
        let reason = html! { (verdict.entry.reason) };
        facts
            .push((lang.pick("Reden van het besluit", "Reason of the decision"), reason));
    }
    facts
}

fn verdict_form(visit: &Visit, at: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let choices = [
        Choice { value: "open", label: lang.pick("Open de naam", "Open the name") },
        Choice { value: "weiger", label: lang.pick("Weiger", "Refuse") },
    ];
    let usual = USUAL_HOURS.to_string();
    let hours = fields.trimmed("uren");
    let all = [
        Field::new(
            "besluit",
            lang.pick("Wat besluit je?", "What do you decide?"),
            Kind::Radio(&choices),
        )
        .with_value(fields.get("besluit")),
        Field::new(
            "uren",
            lang.pick("Voor hoeveel uur?", "For how many hours?"),
            Kind::Digits,
        )
        .with_help(lang.pick("Van 1 tot 168.", "From 1 to 168."))
        .with_value(if hours.is_empty() { &usual } else { hours }),
        Field::new("reden", lang.pick("Waarom?", "Why?"), Kind::Text)
            .with_help(
                lang.pick("Zonder namen van personen.", "Without names of persons."),
            )
            .with_value(fields.trimmed("reden")),
    ];
    html! {
        (heading(2, lang.pick("Beslissen", "Decide")))
        (form(visit, at, faults, &all, &button(lang.pick("Bewaren", "Save"))))
    }
}

fn looks(lang: Lang, asked: &AskedName) -> Markup {
    if asked.looks.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text(lang.pick("Wie", "Who")),
        Column::text(lang.pick("Wanneer", "When")),
    ];
    let rows: Vec<Vec<Markup>> = asked
        .looks
        .iter()
        .map(|look| {
            vec![html! { (look.recorded_by) }, html! { (moment(look.recorded_at, lang)) }]
        })
        .collect();
    table("gezien", lang.pick("Wie de naam zag", "Who saw the name"), &columns, &rows)
}

/// `POST /organisaties/{organisatie}/ontsluiten/{verzoek}`
pub(crate) fn judge(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields, asked) = (visit.lang, &visit.fields, of_path(visit)?);
    let mut faults = Faults::default();
    let granted = match fields.get("besluit") {
        "open" => Some(true),
        "weiger" => Some(false),
        _ => None,
    };
    if granted.is_none() {
        faults.add("besluit", lang.pick("Kies wat je besluit", "Choose what you decide"));
    }
    let hours = fields.trimmed("uren").parse().ok();
    let hours = hours.filter(|hours| (1..=MOST_HOURS).contains(hours));
    if hours.is_none() {
        faults.add(
            "uren",
            lang.pick(
                "Geef een heel getal van 1 tot 168",
                "Give a whole number from 1 to 168",
            ),
        );
    }
    if fields.trimmed("reden").is_empty() {
        faults.add("reden", lang.pick("Vul in waarom", "Fill in why"));
    }
    let (Some(granted), Some(hours), true) = (granted, hours, faults.is_empty()) else {
        return one_page(visit, &asked, &faults, None);
    };
    let verdict = NameVerdict {
        request: asked.request.id,
        granted,
        hours,
        reason: fields.trimmed("reden").to_owned(),
    };
    let of = visit.organisation()?;
    // before a connection is taken: it waits for a disk or a program
    let is_asked = granted && is_for_another(visit, &asked)?;
    let opened = if is_asked { open(visit, &asked)? } else { String::new() };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    judge_name(&mut desk, of, &verdict, |_| Ok(opened))?;
    Ok(Answer::see(format!("{}/{}?gelukt=bewaard", here(visit)?, asked.request.id)))
}

/// Whether somebody still has to say something of it, and this person may.
fn is_for_another(visit: &Visit, asked: &AskedName) -> Result<bool, Fault> {
    let is_own = asked.request.recorded_by == visit.person()?.actor.name;
    Ok(asked.verdict.is_none() && !is_own)
}

fn open(visit: &Visit, asked: &AskedName) -> Result<String, Fault> {
    let (state, of) = (&visit.state, visit.organisation()?);
    let (request, key) = (&asked.request.entry, &state.settings.names_key);
    Ok(state.installation.open_name(of, request, key, visit.now)?)
}

/// `POST /organisaties/{organisatie}/ontsluiten/{verzoek}/naam`
pub(crate) fn see(visit: &Visit) -> Result<Answer, Fault> {
    let asked = of_path(visit)?;
    let (id, of) = (asked.request.id, visit.organisation()?);
    let is_open = matches!(asked.state(visit.now), NameState::Open(_));
    let is_ours = is_open && asked.is_of(&visit.person()?.actor.name);
    let opened = if is_ours { open(visit, &asked)? } else { String::new() };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let name = see_name(&mut desk, of, id, |_| Ok(opened))?;
    let asked = asked_name(&mut desk, of, id)?;
    drop(registry);
    one_page(visit, &asked, &Faults::default(), Some(&name))
}
