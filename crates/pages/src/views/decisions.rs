//! What a body decided about a picture or a plan, in its own words.

use super::words::date_fault;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, button, form, heading, lead,
    paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::people::{Decision, Desk, Kept, Plan, decide, decisions, last_picture, plans};
use maud::{Markup, html};
use model::Date;
use reports::numbers;
use std::collections::BTreeMap;

const ADD: Action = Action::new(Verb::Add, Resource::Decision);

/// What a decision may be about, and what was decided.
struct Known {
    decisions: Vec<Kept<Decision>>,
    plans: BTreeMap<String, Kept<Plan>>,
    picture: Option<i64>,
}

impl Known {
    fn of(desk: &mut Desk<'_>, organisation: &str) -> Result<Self, Fault> {
        let picture = last_picture(desk, organisation)?;
        Ok(Self {
            decisions: decisions(desk, organisation)?,
            plans: plans(desk, organisation)?,
            picture: picture.map(|(picture, _)| picture.id),
        })
    }

    /// What a decision is about, in words.
    fn about(&self, visit: &Visit, decision: &Decision) -> String {
        let lang = visit.lang;
        let plan = decision.plan.map(|id| {
            let known = self.plans.iter().find(|(_, kept)| kept.id == id);
            known.map_or_else(|| format!("plan {id}"), |(title, _)| title.clone())
        });
        let picture =
            decision.picture.map(|id| format!("{} {id}", lang.pick("beeld", "picture")));
        let round =
            decision.round.map(|id| format!("{} {id}", lang.pick("ronde", "round")));
        let parts: Vec<String> = [plan, picture, round].into_iter().flatten().collect();
        parts.join(", ")
    }
}

/// `GET /organisaties/{organisatie}/besluiten`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let known = Known::of(&mut desk, visit.organisation()?)?;
    drop(registry);
    page(visit, &known, &Faults::default())
}

fn page(visit: &Visit, known: &Known, faults: &Faults) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let title = lang.pick("Besluiten", "Decisions");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat het college, de raad of de directie besloot over een beeld of een plan, in hun eigen woorden.",
            "What the executive, the council or the management decided about a picture or a plan, in their own words.",
        )))
        @if visit.query.get("gelukt") == "bewaard" {
            (alert(Mood::Done, &paragraph(lang.pick("Het besluit is bewaard.", "The decision was kept."))))
        }
        @if known.decisions.is_empty() {
            (paragraph(lang.pick("Er is nog geen besluit bewaard.", "No decision was kept yet.")))
        } @else {
            (list(visit, known))
        }
        @if visit.may(ADD) { (add_form(visit, known, faults)?) }
    };
    Ok(Answer::form(title, content, faults))
}

fn list(visit: &Visit, known: &Known) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Op", "On")),
        Column::text(lang.pick("Wie", "Who")),
        Column::text(lang.pick("Over", "About")),
        Column::text(lang.pick("Besluit", "Decision")),
    ];
    let rows: Vec<Vec<Markup>> = known
        .decisions
        .iter()
        .rev()
        .map(|kept| {
            vec![
                html! { (numbers::date(kept.entry.decided_on, lang)) },
                html! { (kept.entry.body) },
                html! { (known.about(visit, &kept.entry)) },
                html! { (kept.entry.wording) },
            ]
        })
        .collect();
    let caption = lang.pick("Besluiten, het laatste eerst", "Decisions, the last first");
    table("besluiten", caption, &columns, &rows)
}

fn add_form(visit: &Visit, known: &Known, faults: &Faults) -> Result<Markup, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut subjects: Vec<(String, String)> = known
        .plans
        .iter()
        .map(|(title, kept)| (format!("plan-{}", kept.id), format!("Plan: {title}")))
        .collect();
    if let Some(id) = known.picture {
        let label = lang.pick("Het laatste beeld", "The last picture");
        subjects.push((format!("beeld-{id}"), label.to_owned()));
    }
    if subjects.is_empty() {
        return Ok(paragraph(lang.pick(
            "Een besluit gaat over een plan of een beeld. Bewaar er eerst een.",
            "A decision is about a plan or a picture. Keep one first.",
        )));
    }
    let choices: Vec<Choice<'_>> =
        subjects.iter().map(|(value, label)| Choice { value, label }).collect();
    let line = |name, label, help, kind| Field {
        name,
        label,
        help,
        value: fields.trimmed(name),
        kind,
        is_optional: false,
        autocomplete: "off",
    };
    let all = [
        line("over", lang.pick("Waarover?", "About what?"), "", Kind::Select(&choices)),
        line(
            "wie",
            lang.pick("Wie besloot?", "Who decided?"),
            lang.pick("Bijvoorbeeld: college.", "For instance: executive."),
            Kind::Line,
        ),
        line("op", lang.pick("Op welke dag?", "On which day?"), "", Kind::Date),
        line(
            "besluit",
            lang.pick("Besluit", "Decision"),
            lang.pick("Zonder namen van personen.", "Without names of persons."),
            Kind::Text,
        ),
    ];
    let here = format!("/organisaties/{}/besluiten", visit.organisation()?);
    Ok(html! {
        (heading(2, lang.pick("Een besluit bewaren", "Keep a decision")))
        (form(visit, &here, faults, &all, &button(lang.pick("Bewaren", "Save"))))
    })
}

/// `POST /organisaties/{organisatie}/besluiten`
pub(crate) fn add(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let organisation = visit.organisation()?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let known = Known::of(&mut desk, organisation)?;
    let mut faults = Faults::default();
    let (about, id) = fields.get("over").split_once('-').unwrap_or_default();
    let id: Option<i64> = id.parse().ok();
    let plan = id
        .filter(|id| about == "plan" && known.plans.values().any(|kept| kept.id == *id));
    let picture = id.filter(|id| about == "beeld" && known.picture == Some(*id));
    if plan.is_none() && picture.is_none() {
        faults
            .add("over", lang.pick("Kies waarover het gaat", "Choose what it is about"));
    }
    if fields.trimmed("wie").is_empty() {
        faults.add("wie", lang.pick("Vul in wie besloot", "Fill in who decided"));
    }
    let day: Option<Date> = fields.trimmed("op").parse().ok();
    if day.is_none() {
        faults.add("op", date_fault(lang));
    }
    if fields.trimmed("besluit").is_empty() {
        faults.add("besluit", lang.pick("Vul het besluit in", "Fill in the decision"));
    }
    let (Some(decided_on), true) = (day, faults.is_empty()) else {
        return page(visit, &known, &faults);
    };
    let decision = Decision {
        round: None,
        picture,
        plan,
        body: fields.trimmed("wie").to_owned(),
        decided_on,
        wording: fields.trimmed("besluit").to_owned(),
    };
    decide(&mut desk, organisation, &decision)?;
    Ok(Answer::see(format!("/organisaties/{organisation}/besluiten?gelukt=bewaard")))
}
