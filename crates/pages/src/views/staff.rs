//! Who holds which role in an organisation, and who may come in.

use super::words::role as role_title;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badges, button, data_list, form,
    heading, hidden, lead, link, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Role, Scope, Verb};
use accounts::{AccountsError, Invitation};
use app::people::{grant, standing};
use maud::{Markup, html};
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

const CHANGE: Action = Action::new(Verb::Change, Resource::Grant);

pub(super) fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/beheer/mensen", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/beheer/mensen`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default(), None)
}

fn page(visit: &Visit, faults: &Faults, made: Option<&Markup>) -> Result<Answer, Fault> {
    let (lang, of) = (visit.lang, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let held = standing(&mut desk, of)?.grants;
    drop(registry);
    let title = lang.pick("Mensen en rollen", "People and roles");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wie wat mag. Een rol geldt alleen in deze organisatie.",
            "Who may do what. A role holds in this organisation only.",
        )))
        @if let Some(made) = made { (made) }
        (news(visit))
        (list(visit, &held)?)
        @if visit.may(CHANGE) {
            (grant_form(visit, &held, faults)?)
            (invite_form(visit, faults)?)
            (close_form(visit, faults)?)
        }
        (what_roles_may(lang))
        p class="nl-paragraph" {
            (link(&format!("/organisaties/{of}/beheer"), lang.pick("Naar het beheer", "To the management")))
        }
    };
    Ok(Answer::form(title, content, faults))
}

fn news(visit: &Visit) -> Markup {
    let text = match visit.query.get("gelukt") {
        "rol" => {
            visit.lang.pick("De rol is bijgewerkt.", "The role was brought up to date.")
        }
        "afgesloten" => visit.lang.pick(
            "Het account is afgesloten. Wie ermee binnen was, is uitgelogd.",
            "The account was closed. Whoever was in with it is signed out.",
        ),
        _ => return html! {},
    };
    alert(Mood::Done, &paragraph(text))
}

fn list(visit: &Visit, held: &BTreeMap<String, BTreeSet<Role>>) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let accounts = visit.state.accounts.users()?;
    let columns = [
        Column::text(lang.pick("Accountnaam", "Account name")),
        Column::text(lang.pick("Naam", "Name")),
        Column::text(lang.pick("Rollen", "Roles")),
        Column::text(lang.pick("Account", "Account")),
        Column::text(lang.pick("Tweede stap", "Second step")),
    ];
    let rows: Vec<Vec<Markup>> = held
        .iter()
        .map(|(name, roles)| {
            let account = accounts.iter().find(|user| user.name == *name);
            let state = match account {
                None => lang.pick("nog geen", "none yet"),
                Some(user) if user.is_closed => lang.pick("afgesloten", "closed"),
                Some(_) => lang.pick("open", "open"),
            };
            let step = match account {
                Some(user) if user.has_second_step => lang.pick("aan", "on"),
                Some(_) => lang.pick("uit", "off"),
                None => "–",
            };
            let badges = badges(roles.iter().map(|one| role_title(lang, *one)));
            vec![
                html! { span class="dw-break" { (name) } },
                html! { (account.map_or("–", |user| user.display.as_str())) },
                badges,
                html! { (state) },
                html! { (step) },
            ]
        })
        .collect();
    let caption = lang.pick("Mensen met een rol", "People with a role");
    Ok(table("mensen", caption, &columns, &rows))
}

/// The roles as choices; the first one asks to choose.
fn role_choices(lang: Lang) -> Vec<Choice<'static>> {
    let first = Choice { value: "", label: lang.pick("Kies een rol", "Choose a role") };
    let all = Role::ALL
        .iter()
        .map(|role| Choice { value: role.code(), label: role_title(lang, *role) });
    std::iter::once(first).chain(all).collect()
}

fn grant_form(
    visit: &Visit,
    held: &BTreeMap<String, BTreeSet<Role>>,
    faults: &Faults,
) -> Result<Markup, Fault> {
    let (lang, fields, here) = (visit.lang, &visit.fields, here(visit)?);
    let names: Vec<&str> = held.keys().map(String::as_str).collect();
    let help = lang.pick(
        "De naam waarmee deze persoon inlogt. Dat mag ook iemand zijn die nog geen account heeft.",
        "The name with which this person signs in. It may be somebody without an account yet.",
    );
    let roles = role_choices(lang);
    let deeds = [
        Choice { value: "geef", label: lang.pick("Geef de rol", "Give the role") },
        Choice {
            value: "neem",
            label: lang.pick("Neem de rol af", "Take the role away"),
        },
    ];
    let deed = if fields.get("wat") == "neem" { "neem" } else { "geef" };
    let all = [
        Field::new("wie", lang.pick("Accountnaam", "Account name"), Kind::Name)
            .with_value(fields.trimmed("wie"))
            .with_help(help),
        Field::new("rol", lang.pick("Rol", "Role"), Kind::Select(&roles))
            .with_value(fields.get("rol")),
        Field::new(
            "wat",
            lang.pick("Wat wil je doen?", "What do you want to do?"),
            Kind::Radio(&deeds),
        )
        .with_value(deed),
    ];
    let rest = html! { (hidden("formulier", "rol")) (button(lang.pick("Bewaar de rol", "Keep the role"))) };
    let of_form = only(visit, "rol", faults);
    Ok(html! {
        (heading(2, lang.pick("Rol geven of afnemen", "Give a role or take it away")))
        @if names.is_empty() { (paragraph(lang.pick("Nog niemand heeft een rol.", "Nobody has a role yet."))) }
        (form(visit, &here, &of_form, &all, &rest))
    })
}

fn invite_form(visit: &Visit, faults: &Faults) -> Result<Markup, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let of_form = only(visit, "uitnodigen", faults);
    // what was typed stands there again where it is to be repaired
    let typed = |name| if of_form.is_empty() { "" } else { visit.fields.trimmed(name) };
    let all = [
        Field::new("naam", lang.pick("Accountnaam", "Account name"), Kind::Name)
            .with_value(typed("naam"))
            .with_help(lang.pick(
                "Bijvoorbeeld het werkadres. Kleine letters, geen spaties.",
                "For example the address at work. Small letters, no blanks.",
            )),
        Field::new(
            "weergave",
            lang.pick("Naam op het scherm", "Name on the screen"),
            Kind::Line,
        )
        .with_value(typed("weergave")),
    ];
    let rest = html! {
        (hidden("formulier", "uitnodigen"))
        (button(lang.pick("Maak een uitnodiging", "Make an invitation")))
    };
    Ok(html! {
        (heading(2, lang.pick("Uitnodigen", "Invite")))
        (paragraph(lang.pick(
            "Je krijgt een code die je zelf doorgeeft. Voor iemand met een account is het een nieuw wachtwoord: het oude werkt tot de code is gebruikt, en de tweede stap moet opnieuw worden ingesteld.",
            "You get a code that you pass on yourself. For somebody with an account it is a new password: the old one works until the code was used, and the second step has to be set up anew.",
        )))
        (form(visit, &here, &of_form, &all, &rest))
    })
}

fn close_form(visit: &Visit, faults: &Faults) -> Result<Markup, Fault> {
    let (lang, fields, here) = (visit.lang, &visit.fields, here(visit)?);
    let all = [Field::new(
        "afsluiten",
        lang.pick("Accountnaam om af te sluiten", "Account name to close"),
        Kind::Name,
    )
    .with_value(fields.trimmed("afsluiten"))];
    let rest = html! {
        (hidden("formulier", "afsluiten"))
        (button(lang.pick("Sluit het account af", "Close the account")))
    };
    let of_form = only(visit, "afsluiten", faults);
    Ok(html! {
        (heading(2, lang.pick("Account afsluiten", "Close an account")))
        (paragraph(lang.pick(
            "Wie weggaat, komt niet meer binnen. De naam blijft in het logboek staan.",
            "Whoever leaves no longer comes in. The name stays in the log.",
        )))
        (form(visit, &here, &of_form, &all, &rest))
    })
}

/// The faults of the form that was sent; none for the other forms on the page.
fn only(visit: &Visit, name: &str, faults: &Faults) -> Faults {
    if visit.fields.get("formulier") == name { faults.clone() } else { Faults::default() }
}

/// What each role may, in words of the table.
fn what_roles_may(lang: Lang) -> Markup {
    let about = |role: Role| match role {
        Role::Administrator => lang.pick(
            "geeft rollen, stelt in, bewaart het archief; leest geen antwoorden",
            "gives roles, sets up, keeps the archive; reads no answers",
        ),
        Role::Coordinator => lang.pick(
            "leidt de rondes, het plan en de besluiten",
            "leads the rounds, the plan and the decisions",
        ),
        Role::ProcessOwner => lang.pick(
            "beantwoordt vragen en werkt maatregelen bij",
            "answers questions and keeps measures up to date",
        ),
        Role::Respondent => {
            lang.pick("beantwoordt wat is gevraagd", "answers what was asked")
        }
        Role::Reader => lang.pick("leest de uitkomsten", "reads the results"),
        Role::Controller => lang.pick(
            "brengt logs, leest de rijen achter een bevinding, vraagt om ontsluiten",
            "brings logs, reads the rows behind a finding, asks for unlocking",
        ),
        Role::IntegrityOfficer => lang.pick(
            "ontsluit pseudoniemen nadat een ander erom vroeg; leest het logboek",
            "unlocks pseudonyms after somebody else asked; reads the log",
        ),
        Role::RegionAnalyst => lang.pick("ziet alleen getallen", "sees numbers only"),
        Role::Auditor => {
            lang.pick("leest alles, met het logboek", "reads everything, with the log")
        }
    };
    html! {
        (heading(2, lang.pick("Wat een rol mag", "What a role may do")))
        (data_list(&Role::ALL.iter().map(|one| (role_title(lang, *one), html! { (about(*one)) })).collect::<Vec<_>>()))
    }
}

/// `POST /organisaties/{organisatie}/beheer/mensen`
pub(crate) fn change(visit: &Visit) -> Result<Answer, Fault> {
    match visit.fields.get("formulier") {
        "rol" => change_role(visit),
        "uitnodigen" => invite(visit),
        "afsluiten" => close(visit),
        _ => Err(Fault::Unreadable),
    }
}

fn change_role(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let name = fields.trimmed("wie").to_lowercase();
    let role: Option<Role> = fields.get("rol").parse().ok();
    let mut faults = Faults::default();
    if name.is_empty() || name.contains(char::is_whitespace) {
        faults.add("wie", name_fault(lang));
    }
    if role.is_none() {
        faults.add("rol", lang.pick("Kies een rol", "Choose a role"));
    }
    let (Some(role), true) = (role, faults.is_empty()) else {
        return page(visit, &faults, None);
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let is_given = fields.get("wat") != "neem";
    grant(&mut desk, visit.organisation()?, &name, role, is_given)?;
    Ok(Answer::see(format!("{}?gelukt=rol", here(visit)?)))
}

fn name_fault(lang: Lang) -> &'static str {
    lang.pick(
        "Vul een accountnaam in, zonder spaties",
        "Fill in an account name, without blanks",
    )
}

/// Whether whoever is in may decide about the account of a person: an account serves a whole
/// installation, so only where that person has no role outside the organisations that one
/// administers.
fn is_mine(visit: &Visit, name: &str) -> Result<bool, Fault> {
    let own: BTreeSet<&Scope> = visit
        .person()?
        .actor
        .grants
        .iter()
        .filter(|grant| grant.role == Role::Administrator)
        .map(|grant| &grant.scope)
        .collect();
    let other = visit.registry()?.actor(name)?;
    Ok(other.grants.iter().all(|grant| own.contains(&grant.scope)))
}

fn not_mine(lang: Lang) -> &'static str {
    lang.pick(
        "Deze persoon heeft ook een rol in een organisatie die je niet beheert. Vraag het de beheerder daarvan",
        "This person also has a role in an organisation that you do not administer. Ask its administrator",
    )
}

fn invite(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let (name, display) =
        (fields.trimmed("naam").to_lowercase(), fields.trimmed("weergave"));
    let mut faults = Faults::default();
    if display.is_empty() {
        faults.add("weergave", lang.pick("Vul een naam in", "Fill in a name"));
    }
    if !name.is_empty() && !is_mine(visit, &name)? {
        faults.add("naam", not_mine(lang));
    }
    if !faults.is_empty() {
        return page(visit, &faults, None);
    }
    let by = &visit.person()?.user.name;
    match visit.state.accounts.invite(&name, display, by, visit.now) {
        Ok(invitation) => {
            page(visit, &Faults::default(), Some(&invited(visit, display, &invitation)))
        }
        Err(AccountsError::Name(_)) => {
            page(visit, &Faults::one("naam", name_fault(lang)), None)
        }
        Err(AccountsError::Display(_)) => {
            let text = lang.pick(
                "Vul een naam in van hoogstens 100 tekens",
                "Fill in a name of at most 100 signs",
            );
            page(visit, &Faults::one("weergave", text), None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The code, once.
fn invited(visit: &Visit, display: &str, invitation: &Invitation) -> Markup {
    let lang = visit.lang;
    let until = model::time::local(invitation.ends_at.as_microsecond());
    let address = format!("{}/uitnodiging", visit.state.settings.address.origin());
    alert(
        Mood::Done,
        &html! {
            h2 class="nl-heading nl-heading--level-2" { (lang.pick("Uitnodiging voor ", "Invitation for ")) (display) }
            p class="nl-paragraph" {
                (lang.pick("Geef deze code zelf door, en nooit samen met het adres in één bericht. Hij staat nergens anders en werkt tot ", "Pass this code on yourself, and never with the address in one message. It stands nowhere else and works until "))
                (until.strftime("%Y-%m-%d %H:%M").to_string()) "."
            }
            p class="nl-paragraph" { code class="dw-code dw-break" { (invitation.code.reveal()) } }
            (paragraph(lang.pick("Een account alleen is niet genoeg: geef hieronder ook een rol.", "An account alone is not enough: give a role below too.")))
            p class="nl-paragraph" { (lang.pick("De pagina: ", "The page: ")) span class="dw-break" { (address) } }
        },
    )
}

fn close(visit: &Visit) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let name = visit.fields.trimmed("afsluiten").to_lowercase();
    let own = &visit.person()?.user.name;
    let fault = if name.is_empty() {
        Some(name_fault(lang))
    } else if name == *own {
        Some(lang.pick(
            "Je kunt je eigen account niet afsluiten. Laat een andere beheerder het doen",
            "You cannot close your own account. Have another administrator do it",
        ))
    } else if !is_mine(visit, &name)? || !is_here(visit, &name)? {
        Some(not_here(lang))
    } else {
        None
    };
    if let Some(fault) = fault {
        return page(visit, &Faults::one("afsluiten", fault), None);
    }
    match visit.state.accounts.close(&name, own, visit.now) {
        Ok(()) => Ok(Answer::see(format!("{}?gelukt=afgesloten", here(visit)?))),
        Err(AccountsError::Unknown(_) | AccountsError::Name(_)) => {
            page(visit, &Faults::one("afsluiten", not_here(lang)), None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a person has a role in this organisation.
fn is_here(visit: &Visit, name: &str) -> Result<bool, Fault> {
    let here = Scope::Organisation(visit.organisation()?.to_owned());
    let other = visit.registry()?.actor(name)?;
    Ok(other.grants.iter().any(|grant| grant.scope == here))
}

fn not_here(lang: Lang) -> &'static str {
    lang.pick(
        "Er is geen open account van die naam dat je kunt afsluiten: kijk in de lijst hierboven, en of die persoon ook elders een rol heeft",
        "There is no open account of that name that you can close: look in the list above, and whether that person has a role elsewhere too",
    )
}
