//! One process of the picture: its reasons, what was said beside what was shown, its controls and
//! circumstances, what the log shows with the map, and the measures for it.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, heading, link, paragraph};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::people::{MeasureStatus, Taken, measures};
use maud::{Markup, html};
use model::Process;
use reports::weighing::{self, Material};

const READ_MEASURES: Action = Action::new(Verb::Read, Resource::Measure);

/// `GET /organisaties/{organisatie}/beeld/{proces}`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, name) = (visit.lang, visit.organisation()?);
    let process = visit.params.get("proces").and_then(|code| code.parse().ok());
    let process: Process = process.ok_or(Fault::NotFound)?;
    let item = visit.catalogue().processes.get(&process).ok_or(Fault::NotFound)?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let kept = visit.state.installation.last_picture(&mut desk, name)?;
    let taken =
        if visit.may(READ_MEASURES) { measures(&mut desk, name)? } else { Vec::new() };
    drop(registry);
    let drawn = visit.state.installation.drawn(name, visit.now)?;
    let title = item.texts.title(lang);
    let weighed = (*kept).as_ref().and_then(|(now, _)| now.weighings.process(process));
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&format!("/organisaties/{name}/beeld"), lang.pick("Beeld", "Picture"))) }
        (heading(1, title))
        @match (&*kept, weighed) {
            (Some((now, before)), Some(_)) => {
                (heading(2, lang.pick("Hoe het ervoor staat", "How it stands")))
                (weighing::process(&Material {
                    catalogue: visit.catalogue(),
                    weighings: &now.weighings,
                    before: before.as_ref().map(|before| &before.weighings),
                    remarks: &[],
                    region: None,
                    lang,
                }, process))
            }
            _ => (alert(Mood::Info, &paragraph(lang.pick(
                "Over dit proces is nog geen beeld bewaard.",
                "No picture of this process was kept yet.",
            )))),
        }
        (for_it(visit, name, process, &taken))
        @match drawn.picture(process) {
            Some(picture) => {
                p class="nl-paragraph dw-screen-only" {
                    (link(&format!("/organisaties/{name}/signalen?proces={process}"), lang.pick("Alle signalen van dit proces", "All signals of this process")))
                }
                div class="dw-report" { (reports::html::part(visit.catalogue(), picture, lang)) }
            }
            None => (alert(Mood::Info, &paragraph(lang.pick(
                "Van dit proces zijn geen gegevens ingelezen. Daarom staat hier alleen wat mensen zeiden.",
                "No data of this process were read. Therefore only what people said stands here.",
            )))),
        }
    };
    Ok(Answer::page(title, content))
}

/// The measures that are under way for this process, and what else helps it.
fn for_it(visit: &Visit, name: &str, process: Process, taken: &[Taken]) -> Markup {
    let lang = visit.lang;
    let is_for_it = |one: &&Taken| {
        let of = one.measure.process.as_deref();
        of.is_none_or(|of| of == process.code())
    };
    let open = |one: &&Taken| {
        one.state().is_none_or(|state| state.status != MeasureStatus::Stopped)
    };
    let some: Vec<&Taken> = taken.iter().filter(is_for_it).filter(open).collect();
    html! {
        @if !some.is_empty() {
            (heading(2, lang.pick("Maatregelen", "Measures")))
            ul class="dw-list" {
                @for one in some {
                    @let item = visit.catalogue().measures.get(&one.measure.code);
                    @let title = item.map_or("", |item| item.head.texts.title(lang));
                    li { (link(&format!("/organisaties/{name}/maatregelen/{}", one.id), &format!("{} {title}", one.measure.code))) }
                }
            }
        }
    }
}
