//! The page after coming in: the organisations in which somebody has a role.

use super::words::role;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Mood, alert, badges, heading, lead, link, paragraph};
use crate::visit::Visit;
use access::{Role, Scope};
use app::people::{Kept, Organisation};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// `GET /`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let organisations = own(visit)?;
    let title = lang.pick("Je organisaties", "Your organisations");
    let content = html! {
        (heading(1, title))
        @if organisations.is_empty() {
            (alert(Mood::Info, &nothing(visit)))
        } @else {
            (lead(lang.pick(
                "Kies de organisatie waarvoor je werkt.",
                "Choose the organisation for which you work.",
            )))
            ul class="dw-cards" {
                @for organisation in &organisations {
                    li class="dw-card dw-stack dw-stack--close" {
                        h2 class="nl-heading nl-heading--level-3" {
                            (link(&format!("/organisaties/{}", organisation.organisation), &organisation.entry.title))
                        }
                        (badges(roles(visit, &organisation.organisation)?.into_iter().map(|own| role(lang, own))))
                    }
                }
            }
        }
    };
    Ok(Answer::page(title, content))
}

/// The organisations that may be seen, by title.
pub(crate) fn own(visit: &Visit) -> Result<Vec<Kept<Organisation>>, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let mut all = desk.organisations()?;
    all.sort_by(|one, other| one.entry.title.cmp(&other.entry.title));
    Ok(all)
}

/// The roles of the person in an organisation, in the order of the table of rights.
pub(crate) fn roles(visit: &Visit, organisation: &str) -> Result<BTreeSet<Role>, Fault> {
    let grants = &visit.person()?.actor.grants;
    Ok(grants
        .iter()
        .filter(|grant| {
            matches!(&grant.scope, Scope::Organisation(name) if name == organisation)
        })
        .map(|grant| grant.role)
        .collect())
}

fn nothing(visit: &Visit) -> Markup {
    let lang = visit.lang;
    html! {
        (heading(2, lang.pick("Je hebt nog geen rol", "You have no role yet")))
        (paragraph(lang.pick(
            "Je account werkt, maar hoort nog niet bij een organisatie. Vraag de beheerder om een rol, en laad deze pagina daarna opnieuw.",
            "Your account works, but belongs to no organisation yet. Ask the administrator for a role, and load this page anew after that.",
        )))
    }
}
