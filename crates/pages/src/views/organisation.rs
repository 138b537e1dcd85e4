//! An organisation: its title, and the roles somebody has in it.

use super::start::roles;
use super::words::role;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{badges, data_list, heading, link};
use crate::visit::Visit;
use access::{Action, Place, Resource, Verb};
use maud::html;

const READ_PICTURE: Action = Action::new(Verb::Read, Resource::Picture);

/// `GET /organisaties/{organisatie}`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let name = &visit.place()?.organisation;
    let lang = visit.lang;
    let organisations = visit.state.registrar.organisations(&visit.person()?.actor)?;
    let organisation = organisations
        .into_iter()
        .find(|organisation| organisation.name == *name)
        .ok_or(Fault::NotFound)?;
    let own = roles(visit, name)?;
    let rows = [
        (lang.pick("Kenmerk", "Reference"), html! { (organisation.name) }),
        (
            lang.pick("Je rollen", "Your roles"),
            badges(own.into_iter().map(|own| role(lang, own))),
        ),
    ];
    let content = html! {
        (heading(1, &organisation.title))
        (data_list(&rows))
        @if visit.person()?.actor.may(READ_PICTURE, &Place::of(name)) {
            p class="nl-paragraph" {
                (link(&format!("/organisaties/{name}/beeld"), lang.pick("Het beeld: waar staat het water, waar is de dijk laag?", "The picture: where does the water stand, where is the dike low?")))
            }
        }
        p class="nl-paragraph" {
            (link("/", lang.pick("Alle organisaties", "All organisations")))
        }
    };
    Ok(Answer::page(organisation.title, content))
}
