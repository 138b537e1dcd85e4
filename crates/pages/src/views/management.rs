//! What an organisation decides: what it is, which processes are looked at, how they are weighed,
//! and its archive.

use super::organisation;
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, button, data_list, deed, form,
    heading, hidden, lead, link, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::AppError;
use app::people::{
    Organisation, OrganisationKind, ProcessInScope, SizeClass, Standing, attractiveness,
    export, standing,
};
use maud::{Markup, html};
use model::{Lang, Process};
use picture::freeboard::Attractiveness;

const SET: Action = Action::new(Verb::Change, Resource::Settings);
const CHANGE: Action = Action::new(Verb::Change, Resource::Organisation);
const READ_GRANTS: Action = Action::new(Verb::Read, Resource::Grant);
const FOUND: Action = Action::new(Verb::Add, Resource::Organisation);
const EXPORT: Action = Action::new(Verb::Export, Resource::Archive);

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/beheer", visit.organisation()?))
}

/// How the organisation stands, with what each process is worth to a criminal.
struct Seen {
    standing: Standing,
    worth: Vec<(Process, Attractiveness, Option<String>)>,
}

fn seen(visit: &Visit) -> Result<Seen, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let standing = standing(&mut desk, visit.organisation()?)?;
    let worth = Process::ALL
        .into_iter()
        .map(|process| {
            let (step, reason) = attractiveness(&desk, &standing, process);
            (process, step, reason)
        })
        .collect();
    Ok(Seen { standing, worth })
}

/// `GET /organisaties/{organisatie}/beheer`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &Faults::default())
}

fn page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, here, seen) = (visit.lang, here(visit)?, seen(visit)?);
    let title = lang.pick("Beheer", "Management");
    let of_form = |name: &str| {
        if visit.fields.get("formulier") == name {
            faults.clone()
        } else {
            Faults::default()
        }
    };
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat jullie organisatie zelf bepaalt. Elke wijziging staat in het logboek; wat er stond, blijft bewaard.",
            "What your organisation decides itself. Every change stands in the log; what stood there is kept.",
        )))
        (news(visit))
        @if visit.may(READ_GRANTS) {
            p class="nl-paragraph" { (link(&format!("{here}/mensen"), lang.pick("Mensen en rollen", "People and roles"))) }
        }
        (facts(visit, &seen.standing)?)
        @if visit.may(CHANGE) { (organisation_form(visit, &here, &seen.standing, &of_form("organisatie"))?) }
        (processes(visit, &seen))
        @if visit.may(SET) {
            (scope_form(visit, &here, &of_form("bereik")))
            (worth_form(visit, &here, &of_form("waarde")))
            (group_form(visit, &here, &seen.standing, &of_form("groep")))
        }
        @if visit.may(FOUND) {
            p class="nl-paragraph" { (link(&format!("{here}/erbij"), lang.pick("Een organisatie erbij", "Another organisation"))) }
        }
        (keeping(visit, &here))
    };
    Ok(Answer::form(title, content, faults))
}

fn news(visit: &Visit) -> Markup {
    html! {
        @if visit.query.get("gelukt") == "bewaard" {
            (alert(Mood::Done, &paragraph(visit.lang.pick("De wijziging is bewaard.", "The change was kept."))))
        }
    }
}

pub(super) const fn kind_title(lang: Lang, kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Municipality => lang.pick("gemeente", "municipality"),
        OrganisationKind::Province => lang.pick("provincie", "province"),
        OrganisationKind::WaterBoard => lang.pick("waterschap", "water board"),
        OrganisationKind::Riec => "RIEC",
        OrganisationKind::Joint => {
            lang.pick("gemeenschappelijke regeling", "joint body of several")
        }
    }
}

pub(super) const fn size_title(lang: Lang, size: SizeClass) -> &'static str {
    match size {
        SizeClass::UpTo20000 => {
            lang.pick("tot en met 20.000 inwoners", "up to 20,000 inhabitants")
        }
        SizeClass::From20000 => {
            lang.pick("20.000 tot en met 50.000 inwoners", "20,000 to 50,000 inhabitants")
        }
        SizeClass::From50000 => lang
            .pick("50.000 tot en met 100.000 inwoners", "50,000 to 100,000 inhabitants"),
        SizeClass::Over100000 => {
            lang.pick("meer dan 100.000 inwoners", "more than 100,000 inhabitants")
        }
    }
}

fn facts(visit: &Visit, standing: &Standing) -> Result<Markup, Fault> {
    let (lang, own) = (visit.lang, &standing.organisation);
    let regions: Vec<&str> = standing.regions.iter().map(String::as_str).collect();
    let none = lang.pick("geen", "none");
    let rows = [
        (lang.pick("Naam", "Name"), html! { (organisation::title(visit)?) }),
        (lang.pick("Kenmerk", "Reference"), html! { (standing.name) }),
        (lang.pick("Soort", "Kind"), html! { (kind_title(lang, own.kind)) }),
        (
            lang.pick("Omvang", "Size"),
            html! { (own.size_class.map_or(none, |size| size_title(lang, size))) },
        ),
        (
            lang.pick("Regio's", "Regions"),
            html! { (if regions.is_empty() { none.to_owned() } else { regions.join(", ") }) },
        ),
    ];
    Ok(data_list(&rows))
}

fn organisation_form(
    visit: &Visit,
    here: &str,
    standing: &Standing,
    faults: &Faults,
) -> Result<Markup, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let is_sent = fields.get("formulier") == "organisatie";
    let title =
        if is_sent { fields.trimmed("titel") } else { &standing.organisation.title };
    let sizes: Vec<Choice<'_>> = SIZES
        .into_iter()
        .map(|size| Choice { value: size.code(), label: size_title(lang, size) })
        .collect();
    let size = standing.organisation.size_class.map_or("", SizeClass::code);
    let size = if is_sent { fields.get("omvang") } else { size };
    let all = [
        Field::new(
            "titel",
            lang.pick("Naam op het scherm", "Name on the screen"),
            Kind::Line,
        )
        .with_value(title),
        Field::new("omvang", lang.pick("Omvang", "Size"), Kind::Radio(&sizes))
            .with_value(size),
    ];
    let rest = html! {
        (hidden("formulier", "organisatie"))
        (button(lang.pick("Bewaar de organisatie", "Keep the organisation")))
    };
    Ok(html! {
        (heading(2, lang.pick("De organisatie wijzigen", "Change the organisation")))
        (form(visit, here, faults, &all, &rest))
    })
}

pub(super) const SIZES: [SizeClass; 4] = [
    SizeClass::UpTo20000,
    SizeClass::From20000,
    SizeClass::From50000,
    SizeClass::Over100000,
];

const fn worth_title(lang: Lang, worth: Attractiveness) -> &'static str {
    match worth {
        Attractiveness::Low => lang.pick("laag", "low"),
        Attractiveness::Middle => lang.pick("midden", "middle"),
        Attractiveness::High => lang.pick("hoog", "high"),
    }
}

fn processes(visit: &Visit, seen: &Seen) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Proces", "Process")),
        Column::text(lang.pick("Wordt bekeken", "Is looked at")),
        Column::text(lang.pick("Aantrekkelijkheid", "Attractiveness")),
        Column::text(lang.pick("Waarom", "Why")),
    ];
    let rows: Vec<Vec<Markup>> = seen
        .worth
        .iter()
        .map(|(process, worth, reason)| {
            let scope = seen.standing.scope.get(process);
            let (inside, why) =
                scope.map_or((true, ""), |(inside, why)| (*inside, why.as_str()));
            let reasons: Vec<&str> = [why, reason.as_deref().unwrap_or_default()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            vec![
                html! { (visit.process_title(*process)) },
                html! { (if inside { lang.pick("ja", "yes") } else { lang.pick("nee", "no") }) },
                html! { (worth_title(lang, *worth)) },
                html! { (reasons.join("; ")) },
            ]
        })
        .collect();
    html! {
        (heading(2, lang.pick("Processen", "Processes")))
        (table("processen", lang.pick("Welke processen, en wat ze waard zijn voor een crimineel", "Which processes, and what they are worth to a criminal"), &columns, &rows))
    }
}

fn process_choices(visit: &Visit) -> Vec<Choice<'_>> {
    let first = visit.lang.pick("Kies een proces", "Choose a process");
    let first = Choice { value: "", label: first };
    let all = Process::ALL.into_iter().map(|process| Choice {
        value: process.code(),
        label: visit.process_title(process),
    });
    std::iter::once(first).chain(all).collect()
}

fn scope_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let processes = process_choices(visit);
    let deeds = [
        Choice { value: "ja", label: lang.pick("Ja", "Yes") },
        Choice { value: "nee", label: lang.pick("Nee", "No") },
    ];
    let all = [
        Field::new("proces", lang.pick("Proces", "Process"), Kind::Select(&processes))
            .with_value(fields.get("proces")),
        Field::new(
            "bekijken",
            lang.pick("Wordt dit proces bekeken?", "Is this process looked at?"),
            Kind::Radio(&deeds),
        )
        .with_value(fields.get("bekijken")),
        Field::new("reden", lang.pick("Waarom?", "Why?"), Kind::Line)
            .with_value(fields.trimmed("reden")),
    ];
    let rest = html! {
        (hidden("formulier", "bereik"))
        (button(lang.pick("Bewaar of het wordt bekeken", "Keep whether it is looked at")))
    };
    html! {
        (heading(2, lang.pick("Een proces wel of niet bekijken", "Look at a process or not")))
        (form(visit, here, faults, &all, &rest))
    }
}

fn worth_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let processes = process_choices(visit);
    let steps = [
        Choice { value: "low", label: worth_title(lang, Attractiveness::Low) },
        Choice { value: "middle", label: worth_title(lang, Attractiveness::Middle) },
        Choice { value: "high", label: worth_title(lang, Attractiveness::High) },
    ];
    let all = [
        Field::new("waarvan", lang.pick("Proces", "Process"), Kind::Select(&processes))
            .with_value(fields.get("waarvan")),
        Field::new(
            "waarde",
            lang.pick("Aantrekkelijkheid", "Attractiveness"),
            Kind::Radio(&steps),
        )
        .with_value(fields.get("waarde")),
        Field::new("waarom", lang.pick("Waarom?", "Why?"), Kind::Line)
            .with_value(fields.trimmed("waarom"))
            .with_help(lang.pick(
                "Bijvoorbeeld: een haven met veel opslag.",
                "For example: a harbour with many storage sheds.",
            )),
    ];
    let rest = html! {
        (hidden("formulier", "waarde"))
        (button(lang.pick("Bewaar de aantrekkelijkheid", "Keep the attractiveness")))
    };
    html! {
        (heading(2, lang.pick("Aantrekkelijkheid wijzigen", "Change attractiveness")))
        (form(visit, here, faults, &all, &rest))
    }
}

fn group_form(visit: &Visit, here: &str, standing: &Standing, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let now = standing.least_group().to_string();
    let is_sent = visit.fields.get("formulier") == "groep";
    let shown = if is_sent { visit.fields.trimmed("groep") } else { now.as_str() };
    let all = [Field::new(
        "groep",
        lang.pick("Kleinste groep", "Least group"),
        Kind::Digits,
    )
    .with_value(shown)
    .with_help(lang.pick(
        "Zoveel antwoorden moeten er zijn voordat twee groepen naast elkaar worden getoond. Hoger mag, lager niet.",
        "So many answers must be there before two groups are shown beside each other. Higher is allowed, lower is not.",
    ))];
    let rest = html! {
        (hidden("formulier", "groep"))
        (button(lang.pick("Bewaar de kleinste groep", "Keep the least group")))
    };
    html! {
        (heading(2, lang.pick("Kleinste groep", "Least group")))
        (form(visit, here, faults, &all, &rest))
    }
}

/// What is kept for how long, and the archive.
fn keeping(visit: &Visit, here: &str) -> Markup {
    let lang = visit.lang;
    let terms = visit.state.accounts.terms();
    let idle = terms.idle.as_mins();
    let rows = [
        (
            lang.pick(
                "Een log dat is gebracht en nog niet gelezen",
                "A log that was brought and not read yet",
            ),
            html! { (lang.pick("24 uur", "24 hours")) },
        ),
        (
            lang.pick(
                "Een gelezen log (met pseudoniemen)",
                "A log that was read (with pseudonyms)",
            ),
            html! { (lang.pick("tot iemand de lezing weggooit, op de pagina van de bron", "until somebody throws the reading away, on the page of the source")) },
        ),
        (
            lang.pick(
                "Rondes, antwoorden, beelden, maatregelen, logboek",
                "Rounds, answers, pictures, measures, log",
            ),
            html! { (lang.pick("blijven; zet ze in het archief en begin een nieuwe installatie om ze weg te doen", "stay; put them into the archive and begin a new installation to be rid of them")) },
        ),
        (
            lang.pick(
                "Een sessie waarin niets gebeurt",
                "A session in which nothing happens",
            ),
            html! { (idle) (lang.pick(" minuten", " minutes")) },
        ),
        (
            lang.pick(
                "Wie wanneer inlogde, en wat er met accounts gebeurde",
                "Who came in when, and what happened to accounts",
            ),
            html! { (visit.state.settings.keep_days) (lang.pick(" dagen", " days")) },
        ),
        (
            lang.pick("Een uitnodiging", "An invitation"),
            html! { (lang.pick("7 dagen", "7 days")) },
        ),
    ];
    html! {
        (heading(2, lang.pick("Hoe lang iets blijft", "How long something stays")))
        (data_list(&rows))
        @if visit.may(EXPORT) {
            (heading(2, lang.pick("Archief", "Archive")))
            (paragraph(lang.pick(
                "Alles van deze installatie in één bestand, om te bewaren of elders terug te zetten. Het bestand bevat namen: bewaar het achter slot.",
                "Everything of this installation in one file, to keep or to bring back elsewhere. The file holds names: keep it locked away.",
            )))
            (deed(visit, &format!("{here}/archief"), ("doe", "haal"), lang.pick("Haal het archief op", "Fetch the archive")))
        }
    }
}

/// `POST /organisaties/{organisatie}/beheer`: a setting, or which processes are looked at
pub(crate) fn set(visit: &Visit) -> Result<Answer, Fault> {
    match visit.fields.get("formulier") {
        "organisatie" => change(visit),
        "bereik" => set_scope(visit),
        "waarde" => set_worth(visit),
        "groep" => set_group(visit),
        _ => Err(Fault::Unreadable),
    }
}

fn kept(visit: &Visit) -> Result<Answer, Fault> {
    Ok(Answer::see(format!("{}?gelukt=bewaard", here(visit)?)))
}

/// The organisation itself is changed by fewer people than its settings; the use case asks again.
fn change(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let title = fields.trimmed("titel");
    let size = SIZES.into_iter().find(|size| size.code() == fields.get("omvang"));
    if !visit.may(CHANGE) {
        return Err(Fault::Forbidden);
    }
    if title.is_empty() || title.chars().count() > 100 {
        let text = lang.pick(
            "Vul een naam in van 1 tot 100 tekens",
            "Fill in a name of 1 to 100 signs",
        );
        return page(visit, &Faults::one("titel", text));
    }
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let of = visit.organisation()?;
    let old = standing(&mut desk, of)?.organisation;
    let new = Organisation {
        title: title.to_owned(),
        size_class: size.or(old.size_class),
        ..old
    };
    desk.keep(of, &new)?;
    drop(registry);
    kept(visit)
}

fn why_fault(lang: Lang) -> &'static str {
    lang.pick("Schrijf in een paar woorden waarom", "Write in a few words why")
}

fn set_scope(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let process: Option<Process> = fields.get("proces").parse().ok();
    let inside = match fields.get("bekijken") {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    };
    let reason = fields.trimmed("reden");
    let mut faults = Faults::default();
    if process.is_none() {
        faults.add("proces", lang.pick("Kies een proces", "Choose a process"));
    }
    if inside.is_none() {
        faults.add("bekijken", lang.pick("Kies ja of nee", "Choose yes or no"));
    }
    if reason.is_empty() {
        faults.add("reden", why_fault(lang));
    }
    let (Some(process), Some(in_scope), true) = (process, inside, faults.is_empty())
    else {
        return page(visit, &faults);
    };
    let entry = ProcessInScope {
        process: process.code().to_owned(),
        in_scope,
        reason: reason.to_owned(),
    };
    let mut registry = visit.registry()?;
    visit.desk(&mut registry)?.keep(visit.organisation()?, &entry)?;
    drop(registry);
    kept(visit)
}

fn set_worth(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let process: Option<Process> = fields.get("waarvan").parse().ok();
    let worth = Attractiveness::named(fields.get("waarde"));
    let reason = fields.trimmed("waarom");
    let mut faults = Faults::default();
    if process.is_none() {
        faults.add("waarvan", lang.pick("Kies een proces", "Choose a process"));
    }
    if worth.is_none() {
        let text = lang.pick("Kies laag, midden of hoog", "Choose low, middle or high");
        faults.add("waarde", text);
    }
    if reason.is_empty() {
        faults.add("waarom", why_fault(lang));
    }
    let (Some(process), Some(_), true) = (process, worth, faults.is_empty()) else {
        return page(visit, &faults);
    };
    let name = format!("attractiveness.{process}");
    let text = format!("{}: {reason}", fields.get("waarde"));
    let mut registry = visit.registry()?;
    visit.desk(&mut registry)?.set(visit.organisation()?, &name, &text)?;
    drop(registry);
    kept(visit)
}

fn set_group(visit: &Visit) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let wanted = visit.fields.trimmed("groep");
    let outcome = desk.set(visit.organisation()?, "least-group", wanted);
    drop(registry);
    match outcome {
        Ok(_) => kept(visit),
        Err(AppError::Use(_)) => {
            let least = assessment::said::LEAST_GROUP;
            let text = match visit.lang {
                Lang::Nl => format!("Vul een heel getal in van ten minste {least}"),
                Lang::En => format!("Fill in a whole number of at least {least}"),
            };
            page(visit, &Faults::one("groep", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /organisaties/{organisatie}/beheer/archief`
pub(crate) fn archive(visit: &Visit) -> Result<Answer, Fault> {
    let mut bytes = Vec::new();
    let mut registry = visit.registry()?;
    export(&mut visit.desk(&mut registry)?, &mut bytes)?;
    drop(registry);
    let name = format!("dijkwacht-{}.json", visit.today());
    Ok(Answer::download("application/json", &name, bytes))
}
