//! An organisation: its title, and the roles somebody has in it.

use super::start::{own, roles};
use super::words::role;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{badges, data_list, heading, link, paragraph};
use crate::shell::parts;
use crate::visit::Visit;
use maud::html;

/// `GET /organisaties/{organisatie}`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let name = &visit.place()?.organisation;
    let lang = visit.lang;
    let title = title(visit)?;
    let held = roles(visit, name)?;
    let rows = [
        (lang.pick("Kenmerk", "Reference"), html! { (name) }),
        (
            lang.pick("Je rollen", "Your roles"),
            badges(held.into_iter().map(|held| role(lang, held))),
        ),
    ];
    let content = html! {
        (heading(1, &title))
        (data_list(&rows))
        (heading(2, lang.pick("Wat je hier kunt doen", "What you can do here")))
        ul class="dw-cards" {
            @for (path, title, about) in parts(visit) {
                li class="dw-card dw-stack dw-stack--close" {
                    h3 class="nl-heading nl-heading--level-3" { (link(&path, title)) }
                    (paragraph(about))
                }
            }
        }
        p class="nl-paragraph" {
            (link("/", lang.pick("Alle organisaties", "All organisations")))
        }
    };
    Ok(Answer::page(title, content))
}

/// The title of the organisation in the path.
pub(super) fn title(visit: &Visit) -> Result<String, Fault> {
    let name = visit.organisation()?;
    let kept = own(visit)?.into_iter().find(|kept| kept.organisation == name);
    Ok(kept.ok_or(Fault::NotFound)?.entry.title)
}
