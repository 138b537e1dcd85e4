//! An organisation: its title, and the roles somebody has in it.

use super::start::{own, roles};
use super::words::role;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{badges, data_list, heading, link};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use maud::html;

const READ_PICTURE: Action = Action::new(Verb::Read, Resource::Picture);

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
        @if visit.may(READ_PICTURE) {
            p class="nl-paragraph" {
                (link(&format!("/organisaties/{name}/beeld"), lang.pick("Het beeld: waar staat het water, waar is de dijk laag?", "The picture: where does the water stand, where is the dike low?")))
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
