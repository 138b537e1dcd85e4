//! Who has still to answer what, for a reminder.

use super::asked::asked;
use super::desk::Desk;
use super::rounds::{counting, last_round};
use crate::AppError;
use model::{Lang, Process};
use records::Respondents;
use std::collections::BTreeMap;

/// By person: titles of processes, each with the titles of the questions that are open.
pub type Waiting = BTreeMap<String, Vec<(String, Vec<String>)>>;

/// The named people who have questions open, with the questions, by process in their order.
pub fn waiting(
    desk: &mut Desk<'_>,
    organisation: &str,
    round: i64,
    lang: Lang,
) -> Result<Waiting, AppError> {
    let place = last_round(desk, organisation, Some(round))?;
    let seats = counting(desk, organisation, &place)?;
    let mut people = Waiting::new();
    for seat in &seats {
        let Respondents::Named(person) = &seat.asked.respondents else { continue };
        let Ok(process) = seat.asked.process.parse::<Process>() else { continue };
        let title = |code: &String| {
            let control = desk.catalogue.controls.get(code).map(|item| &item.texts);
            let circumstance = desk.catalogue.circumstances.get(code);
            let texts = control.or(circumstance.map(|item| &item.texts));
            texts.map_or(code.as_str(), |texts| texts.title(lang)).to_owned()
        };
        let open: Vec<String> = asked(desk.catalogue, &place.round.profile, process)
            .into_iter()
            .filter(|question| matches!(seat.said.get(&question.code), Some(None)))
            .map(|question| title(&question.code))
            .collect();
        if !open.is_empty() {
            let item = desk.catalogue.processes.get(&process);
            let name = item.map_or(process.code(), |item| item.texts.title(lang));
            people.entry(person.clone()).or_default().push((name.to_owned(), open));
        }
    }
    Ok(people)
}
