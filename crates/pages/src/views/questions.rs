//! The questions of whoever is in.

use super::kept;
use super::sheet::{self, Filled, Paper};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, heading, lead, link, paragraph};
use crate::visit::Visit;
use app::people::{Sheet, answer, own_sheets};
use maud::html;
use model::Lang;

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/vragen", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/vragen`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let sheets = own_sheets(&mut desk, visit.organisation()?, lang)?;
    drop(registry);
    let title = lang.pick("Mijn vragen", "My questions");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat je wordt gevraagd, per proces. Je antwoorden tellen mee in het beeld; niemand wordt erop beoordeeld.",
            "What you are asked, by process. Your answers count in the picture; nobody is judged by them.",
        )))
        @if sheets.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Je hebt nu geen vragen. De coördinator vraagt je als er een ronde is.",
                "You have no questions now. The coordinator asks you when there is a round.",
            ))))
        }
        ul class="dw-cards" {
            @for one in sheets.iter().rev() {
                li class="dw-card dw-stack dw-stack--close" {
                    h2 class="nl-heading nl-heading--level-3" {
                        (link(&format!("{here}/{}", one.assignment), visit.process_title(one.process)))
                    }
                    (paragraph(&format!("{} · {}", one.place.round.title, one.part)))
                    (paragraph(&match lang {
                        Lang::Nl => format!("{} van de {} vragen beantwoord", one.answered(), one.lines.len()),
                        Lang::En => format!("{} of {} questions answered", one.answered(), one.lines.len()),
                    }))
                }
            }
        }
    };
    Ok(Answer::page(title, content))
}

fn of_path(visit: &Visit) -> Result<Sheet, Fault> {
    let id = visit.params.get("toewijzing").and_then(|text| text.parse().ok());
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let of = visit.organisation()?;
    Ok(app::people::sheet(&mut desk, of, id.ok_or(Fault::NotFound)?, visit.lang)?)
}

/// `GET /organisaties/{organisatie}/vragen/{toewijzing}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    let sheet = of_path(visit)?;
    let at = format!("{}/{}", here(visit)?, sheet.assignment);
    let notice = kept::notice(visit);
    sheet::show(visit, Paper { sheet: &sheet, at: &at, notice: &notice })
}

/// `POST /organisaties/{organisatie}/vragen/{toewijzing}`
pub(crate) fn save(visit: &Visit) -> Result<Answer, Fault> {
    let sheet = of_path(visit)?;
    let at = format!("{}/{}", here(visit)?, sheet.assignment);
    let answers = match sheet::read(visit, &sheet)? {
        Filled::Answers(answers) => answers,
        Filled::Faults(faults) => {
            let paper = Paper { sheet: &sheet, at: &at, notice: &html! {} };
            return sheet::faulty(visit, paper, &faults);
        }
    };
    let mut warnings = Vec::new();
    if !answers.is_empty() {
        let mut registry = visit.registry()?;
        let mut desk = visit.desk(&mut registry)?;
        warnings = answer(&mut desk, visit.organisation()?, &sheet, &answers)?.warnings;
    }
    Ok(Answer::see(sheet::after(visit, (&sheet, &at), &answers, &warnings)))
}
