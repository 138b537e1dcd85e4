//! Another organisation in the same installation, such as for those who work together in a region.

use super::management::{SIZES, kind_title, size_title};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Faults, Field, Kind, button, form, heading, lead, link, paragraph,
};
use crate::visit::Visit;
use app::people::{Organisation, OrganisationKind, SizeClass, found_beside};
use maud::{Markup, html};
use model::Lang;

/// The longest reference; it becomes part of addresses and of the names of folders.
const LONGEST: usize = 40;

const fn title(lang: Lang) -> &'static str {
    lang.pick("Een organisatie erbij", "Another organisation")
}

fn above(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/beheer", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/beheer/erbij`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default())
}

fn page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, above) = (visit.lang, above(visit)?);
    let content = html! {
        (heading(1, title(lang)))
        (lead(lang.pick(
            "Begin een organisatie naast deze, in dezelfde installatie. Elke organisatie ziet alleen wat van haarzelf is.",
            "Begin an organisation beside this one, in the same installation. Each organisation sees only what is its own.",
        )))
        (paragraph(lang.pick(
            "Je wordt er beheerder en coördinator. Geef die rollen daarna aan wie er werkt, en neem ze van jezelf af.",
            "You become its administrator and coordinator. Give these roles to whoever works there, and take them from yourself.",
        )))
        (ask(visit, &above, faults))
        p class="nl-paragraph" { (link(&above, lang.pick("Naar het beheer", "To the management"))) }
    };
    Ok(Answer::form(title(lang), content, faults))
}

fn ask(visit: &Visit, above: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let kinds: Vec<Choice<'_>> = OrganisationKind::ALL
        .iter()
        .map(|kind| Choice { value: kind.code(), label: kind_title(lang, *kind) })
        .collect();
    let sizes: Vec<Choice<'_>> = SIZES
        .into_iter()
        .map(|size| Choice { value: size.code(), label: size_title(lang, size) })
        .collect();
    let all = [
        Field::new("kenmerk", lang.pick("Kenmerk", "Reference"), Kind::Line)
            .with_value(fields.get("kenmerk"))
            .with_help(lang.pick(
                "Kleine letters, cijfers en streepjes, zoals gemeente-dijkveen. Dit komt in adressen en blijft altijd zo.",
                "Small letters, digits and hyphens, such as gemeente-dijkveen. It stands in addresses and stays for good.",
            )),
        Field::new("titel", lang.pick("Naam op het scherm", "Name on the screen"), Kind::Line)
            .with_value(fields.trimmed("titel")),
        Field::new("soort", lang.pick("Soort", "Kind"), Kind::Radio(&kinds))
            .with_value(fields.get("soort")),
        Field::new(
            "omvang",
            lang.pick("Omvang (alleen bij een gemeente)", "Size (of a municipality only)"),
            Kind::Radio(&sizes),
        )
        .optional()
        .with_value(fields.get("omvang")),
    ];
    let end = button(lang.pick("Begin de organisatie", "Begin the organisation"));
    form(visit, &format!("{above}/erbij"), faults, &all, &end)
}

/// `POST /organisaties/{organisatie}/beheer/erbij`
pub(crate) fn found(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let (name, title) = (fields.trimmed("kenmerk"), fields.trimmed("titel"));
    let kind = OrganisationKind::find(fields.get("soort"));
    let size_class = SizeClass::find(fields.get("omvang"));
    let mut faults = Faults::default();
    let is_plain =
        |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_plain) {
        faults.add(
            "kenmerk",
            lang.pick(
                "Vul een kenmerk in van 1 tot 40 kleine letters, cijfers of streepjes",
                "Fill in a reference of 1 to 40 small letters, digits or hyphens",
            ),
        );
    }
    if title.is_empty() || title.chars().count() > 100 {
        faults.add(
            "titel",
            lang.pick(
                "Vul een naam in van 1 tot 100 tekens",
                "Fill in a name of 1 to 100 signs",
            ),
        );
    }
    if kind.is_none() {
        faults.add("soort", lang.pick("Kies een soort", "Choose a kind"));
    }
    let Some(kind) = kind.filter(|_| faults.is_empty()) else {
        return page(visit, &faults);
    };
    let first = Organisation {
        title: title.to_owned(),
        kind,
        size_class,
        valid_from: visit.today(),
        valid_to: None,
        successor: None,
    };
    let mut registry = visit.registry()?;
    registry.settle_logs(visit.state.installation.dir())?;
    let mut desk = visit.desk(&mut registry)?;
    let begun = found_beside(&mut desk, visit.organisation()?, name, &first)?;
    drop(registry);
    if begun.is_none() {
        let text = lang.pick(
            "Dit kenmerk is al in gebruik. Kies een ander",
            "This reference is in use. Choose another",
        );
        return page(visit, &Faults::one("kenmerk", text));
    }
    Ok(Answer::see(format!("/organisaties/{name}/beheer")))
}
