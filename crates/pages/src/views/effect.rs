//! Whether measures that are done help: what they should do beside what was said and shown, before
//! and since.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{heading, lead, link};
use crate::visit::Visit;
use app::people::effects;
use maud::html;

/// `GET /organisaties/{organisatie}/effect`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, organisation) = (visit.lang, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let found = effects(&mut desk, organisation, None)?;
    drop(registry);
    let title = lang.pick("Effect", "Effect");
    let at = format!("/organisaties/{organisation}/maatregelen");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat klaar is, moet te zien zijn: in een volgende ronde, of in de gegevens. Dit gaat over de beelden die zijn bewaard.",
            "What is done must show: in a later round, or in the data. This goes by the pictures that were kept.",
        )))
        (heading(2, lang.pick("Maatregelen die klaar zijn", "Measures that are done")))
        div class="dw-report" {
            (reports::plan::html::outcomes(visit.catalogue(), &found, lang, "effect"))
        }
        p class="nl-paragraph" { (link(&at, lang.pick("Alle maatregelen", "All measures"))) }
    };
    Ok(Answer::page(title, content))
}
