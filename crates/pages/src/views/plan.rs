//! The plan: what first within the hours there are, kept plans, and taking one up.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Faults, Field, Kind, Mood, alert, button, form, heading, hidden, lead, link,
    paragraph,
};
use crate::visit::{Visit, query};
use access::{Action, Resource, Verb};
use app::people::{Capacity, KeptPicture, adopt, keep_plan, plan, plan_question, plans};
use maud::{Markup, html};
use model::{Date, Lang};
use plan::{Advice, Budget, PERCENTS};
use reports::plan::html as told;
use std::sync::Arc;

const ADD_PLAN: Action = Action::new(Verb::Add, Resource::Plan);
const ADD_MEASURE: Action = Action::new(Verb::Add, Resource::Measure);

/// What somebody asks: hours and euros of one year, and a share of the hours.
#[derive(Clone, Debug)]
struct Asked {
    hours: String,
    hours_yearly: String,
    euros: String,
    percent: u32,
}

impl Asked {
    /// From the address; `None` where nothing is asked yet.
    fn of(visit: &Visit) -> Option<Self> {
        let of = |name: &str| visit.query.trimmed(name).to_owned();
        let percent = visit.query.get("deel").parse().ok();
        let percent = percent.filter(|share| (10..=300).contains(share)).unwrap_or(100);
        let (hours, hours_yearly) = (of("uren"), of("jaarlijks"));
        let asked = Self { hours, hours_yearly, euros: of("euro"), percent };
        (!asked.hours.is_empty()).then_some(asked)
    }

    /// The fields that are no number.
    fn faults(&self, lang: Lang) -> Faults {
        let mut faults = Faults::default();
        let mut check = |name: &'static str, text: &str, label: &str| {
            if number(text).is_err() {
                let what = lang.pick(
                    "Vul een heel getal van 0 tot 1.000.000 in bij",
                    "Fill in a whole number from 0 to 1,000,000 for",
                );
                faults.add(name, format!("{what} “{label}”"));
            }
        };
        check("uren", &self.hours, hours_label(lang));
        check("jaarlijks", &self.hours_yearly, yearly_label(lang));
        check("euro", &self.euros, euros_label(lang));
        faults
    }

    /// What there is to spend with a share of the hours, in percent.
    fn capacity(&self, percent: u32) -> Capacity {
        let share = |text: &str| {
            let hours = number(text).ok().flatten();
            hours.map(|hours| hours.saturating_mul(u64::from(percent)) / 100)
        };
        let year = Budget {
            hours_once: share(&self.hours),
            hours_yearly: share(&self.hours_yearly),
            euros: number(&self.euros).ok().flatten(),
        };
        Capacity { years: vec![year], partners: 1, ..Capacity::default() }
    }

    /// The address that asks for another share.
    fn at(&self, here: &str, percent: u32) -> String {
        let mut parts = vec![query("uren", &self.hours)];
        for (name, text) in [("jaarlijks", &self.hours_yearly), ("euro", &self.euros)] {
            if !text.is_empty() {
                parts.push(query(name, text));
            }
        }
        parts.push(query("deel", &percent.to_string()));
        format!("{here}?{}", parts.join("&"))
    }
}

/// A number that may be left out.
fn number(text: &str) -> Result<Option<u64>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.replace('.', "").parse().ok();
    number.filter(|number| *number <= 1_000_000).map(Some).ok_or(())
}

fn hours_label(lang: Lang) -> &'static str {
    lang.pick("Uren om iets in te voeren", "Hours to bring something in")
}

fn yearly_label(lang: Lang) -> &'static str {
    lang.pick("Uren per jaar om het vol te houden", "Hours a year to keep it up")
}

fn euros_label(lang: Lang) -> &'static str {
    lang.pick("Euro's", "Euros")
}

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/plan", visit.organisation()?))
}

/// `GET /organisaties/{organisatie}/plan`, with `?uren=` for what is proposed
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let asked = Asked::of(visit);
    let faults = asked.as_ref().map(|asked| asked.faults(visit.lang)).unwrap_or_default();
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let picture =
        visit.state.installation.last_picture(&mut desk, visit.organisation()?)?;
    let kept: Vec<(i64, String)> = plans(&mut desk, visit.organisation()?)?
        .into_iter()
        .map(|(title, kept)| (kept.id, title))
        .collect();
    drop(registry);
    let advised = match (&asked, &*picture) {
        (Some(asked), Some((picture, _))) if faults.is_empty() => {
            Some(Advised::of(visit, picture, asked)?)
        }
        _ => None,
    };
    let title = visit.lang.pick("Plan", "Plan");
    let here = here(visit)?;
    let content = html! {
        (heading(1, title))
        (lead(visit.lang.pick(
            "Welke maatregelen helpen het meest binnen de uren die er zijn? Vul in wat er is, en bewaar het plan dat je wilt.",
            "Which measures help most within the hours there are? Fill in what there is, and keep the plan you want.",
        )))
        @match &*picture {
            None => (no_picture(visit)),
            Some(_) => (ask(visit, &here, asked.as_ref(), &faults)),
        }
        @if let (Some(advised), Some(asked)) = (&advised, &asked) {
            (proposed(visit, &here, asked, advised))
        }
        (kept_list(visit, &here, &kept))
        (further(visit)?)
    };
    Ok(Answer::form(title, content, &faults))
}

/// The plan that was asked for, and the one with all of the hours, whose frontier is shown.
struct Advised {
    whole: Arc<Advice>,
    chosen: Arc<Advice>,
}

impl Advised {
    /// Solves both; takes connections of its own and lets them go before solving.
    fn of(visit: &Visit, picture: &KeptPicture, asked: &Asked) -> Result<Self, Fault> {
        let solve = |percent| -> Result<Arc<Advice>, Fault> {
            let mut registry = visit.registry()?;
            let mut desk = visit.desk(&mut registry)?;
            let capacity = asked.capacity(percent);
            let of = (visit.organisation()?, &picture.weighings);
            let question = plan_question(&mut desk, of.0, of.1, &capacity)?;
            drop(registry);
            Ok(visit.state.installation.solve(question)?)
        };
        let whole = solve(100)?;
        let chosen =
            if asked.percent == 100 { Arc::clone(&whole) } else { solve(asked.percent)? };
        Ok(Self { whole, chosen })
    }
}

fn no_picture(visit: &Visit) -> Markup {
    let text = visit.lang.pick(
        "Een plan begint met een beeld, en er is nog geen beeld bewaard. De coördinator bewaart er een bij een ronde.",
        "A plan begins with a picture, and no picture was kept yet. The coordinator keeps one with a round.",
    );
    alert(Mood::Info, &paragraph(text))
}

/// The form that asks: it changes nothing, so it is sent with GET.
fn ask(visit: &Visit, here: &str, asked: Option<&Asked>, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let of = |get: fn(&Asked) -> &String| asked.map_or("", |asked| get(asked).as_str());
    let field = |name, label, help, value, is_optional| Field {
        name,
        label,
        help,
        value,
        kind: Kind::Digits,
        is_optional,
        autocomplete: "off",
    };
    let fields = [
        field(
            "uren",
            hours_label(lang),
            lang.pick(
                "Van de hele organisatie samen, voor wat in dit jaar begint.",
                "Of the whole organisation together, for what begins this year.",
            ),
            of(|asked| &asked.hours),
            false,
        ),
        field(
            "jaarlijks",
            yearly_label(lang),
            lang.pick("Leeg: geen grens.", "Empty: no limit."),
            of(|asked| &asked.hours_yearly),
            true,
        ),
        field(
            "euro",
            euros_label(lang),
            lang.pick("Leeg: geen grens.", "Empty: no limit."),
            of(|asked| &asked.euros),
            true,
        ),
    ];
    let percent = asked.map_or(100, |asked| asked.percent);
    let rest = html! {
        (slider(lang, percent))
        (button(lang.pick("Laat zien wat eerst kan", "Show what can come first")))
    };
    crate::parts::ask(visit, here, faults, &fields, &rest)
}

fn slider(lang: Lang, percent: u32) -> Markup {
    html! {
        div class="utrecht-form-field" {
            div class="utrecht-form-field__label" {
                label class="utrecht-form-label" for="veld-deel" {
                    (lang.pick("Met minder of meer uren: 50% tot 150%", "With fewer or more hours: 50% to 150%"))
                }
            }
            div class="utrecht-form-field__input" {
                input class="dw-slider" type="range" id="veld-deel" name="deel" min="50" max="150"
                    step="25" value=(percent) list="delen";
                datalist id="delen" { @for share in PERCENTS { option value=(share) label={ (share) "%" } {} } }
            }
        }
    }
}

fn proposed(visit: &Visit, here: &str, asked: &Asked, advised: &Advised) -> Markup {
    let (lang, catalogue) = (visit.lang, visit.catalogue());
    let chosen = &advised.chosen;
    html! {
        section class="dw-stack" id="voorstel" {
            (heading(2, lang.pick("Het voorstel", "The proposal")))
            nav aria-label=(lang.pick("Met minder of meer uren", "With fewer or more hours")) {
                ul class="dw-steps" {
                    @for percent in PERCENTS {
                        @let is_here = percent == asked.percent;
                        li { a class="nl-link" href={ (asked.at(here, percent)) "#voorstel" }
                            aria-current=[is_here.then_some("true")] { (percent) "%" } }
                    }
                }
            }
            div class="dw-report" {
                (told::summary(catalogue, chosen, lang))
                (told::measures(catalogue, chosen, lang, "plan"))
                (told::frontier(catalogue, &advised.whole, lang, "plan"))
                (told::missed(catalogue, chosen, lang, "plan"))
                (told::standings(catalogue, chosen, lang, "plan"))
                (told::assumed(catalogue, chosen, lang, "plan"))
            }
            @if visit.may(ADD_PLAN) { (keep_form(visit, here, asked, &Faults::default())) }
        }
    }
}

fn keep_form(visit: &Visit, here: &str, asked: &Asked, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let field = Field {
        name: "titel",
        label: lang.pick("Naam van het plan", "Name of the plan"),
        help: lang.pick(
            "Bijvoorbeeld: Plan 2027. Een plan met dezelfde naam komt in de plaats van het vorige.",
            "For instance: Plan 2027. A plan of the same name comes in the place of the one before.",
        ),
        value: visit.fields.trimmed("titel"),
        kind: Kind::Line,
        is_optional: false,
        autocomplete: "off",
    };
    let rest = html! {
        (hidden("uren", &asked.hours))
        (hidden("jaarlijks", &asked.hours_yearly))
        (hidden("euro", &asked.euros))
        (hidden("deel", &asked.percent.to_string()))
        (button(lang.pick("Bewaar dit plan", "Keep this plan")))
    };
    html! {
        (heading(2, lang.pick("Dit plan bewaren", "Keep this plan")))
        (form(visit, here, faults, &[field], &rest))
    }
}

/// `POST /organisaties/{organisatie}/plan`
pub(crate) fn keep(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let of = |name: &str| fields.trimmed(name).to_owned();
    let percent = fields.get("deel").parse().unwrap_or(100).clamp(10, 300);
    let (hours, hours_yearly) = (of("uren"), of("jaarlijks"));
    let asked = Asked { hours, hours_yearly, euros: of("euro"), percent };
    let (here, title) = (here(visit)?, fields.trimmed("titel"));
    if title.is_empty() || !asked.faults(lang).is_empty() {
        let text = lang.pick("Geef het plan een naam", "Give the plan a name");
        let faults = Faults::one("titel", text);
        let page = html! {
            (heading(1, lang.pick("Plan", "Plan")))
            (keep_form(visit, &here, &asked, &faults))
        };
        return Ok(Answer::faulty(lang.pick("Plan", "Plan"), page));
    }
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let organisation = visit.organisation()?;
    let last = visit.state.installation.last_picture(&mut desk, organisation)?;
    let Some((picture, _)) = &*last else {
        return Err(Fault::NotFound);
    };
    let capacity = asked.capacity(percent);
    let question = plan_question(&mut desk, organisation, &picture.weighings, &capacity)?;
    // what was shown is remembered, so nobody waits here for a plan to be solved anew
    let advice = visit.state.installation.solve(question)?;
    let id = keep_plan(&mut desk, organisation, title, (&advice, Some(picture.id)))?;
    Ok(Answer::see(format!("{here}/{id}?gelukt=bewaard")))
}

fn kept_list(visit: &Visit, here: &str, kept: &[(i64, String)]) -> Markup {
    let lang = visit.lang;
    html! {
        (heading(2, lang.pick("Bewaarde plannen", "Plans that were kept")))
        @if kept.is_empty() {
            (paragraph(lang.pick("Er is nog geen plan bewaard.", "No plan was kept yet.")))
        } @else {
            ul class="dw-list" {
                @for (id, title) in kept { li { (link(&format!("{here}/{id}"), title)) } }
            }
        }
    }
}

fn further(visit: &Visit) -> Result<Markup, Fault> {
    let (lang, name) = (visit.lang, visit.organisation()?);
    let at = |part: &str| format!("/organisaties/{name}/{part}");
    Ok(html! {
        (heading(2, lang.pick("Verder", "Further")))
        ul class="dw-list dw-screen-only" {
            li { (link(&at("maatregelen"), lang.pick("Maatregelen: wie doet wat, en hoe ver is het", "Measures: who does what, and how far it is"))) }
            li { (link(&at("effect"), lang.pick("Effect: heeft het geholpen", "Effect: did it help"))) }
            li { (link(&at("besluiten"), lang.pick("Besluiten", "Decisions"))) }
        }
    })
}

/// The title and the text of a kept plan by the number in the path.
fn of_path(visit: &Visit) -> Result<(i64, String, Advice), Fault> {
    let wanted = visit.params.get("plan").and_then(|text| text.parse::<i64>().ok());
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let organisation = visit.organisation()?;
    let found = plans(&mut desk, organisation)?
        .into_iter()
        .find(|(_, kept)| Some(kept.id) == wanted);
    let (title, _) = found.ok_or(Fault::NotFound)?;
    let (id, advice) = plan(&mut desk, organisation, &title)?;
    Ok((id, title, advice))
}

/// `GET /organisaties/{organisatie}/plan/{plan}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    let (id, title, advice) = of_path(visit)?;
    one_page(visit, (id, title, &advice), &Faults::default())
}

fn one_page(
    visit: &Visit,
    (id, title, advice): (i64, String, &Advice),
    faults: &Faults,
) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, here(visit)?);
    let done = (visit.query.get("gelukt") == "bewaard").then(|| {
        let text = lang.pick("Het plan is bewaard.", "The plan was kept.");
        alert(Mood::Done, &paragraph(text))
    });
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&here, lang.pick("Plan", "Plan"))) }
        (heading(1, &title))
        @if let Some(done) = done { (done) }
        div class="dw-report" { (told::section(visit.catalogue(), advice, lang, "plan")) }
        @if visit.may(ADD_MEASURE) { (adopt_form(visit, &format!("{here}/{id}"), faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn adopt_form(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let today = visit.today().to_string();
    let given = |name: &str, otherwise: &str| {
        let text = visit.fields.trimmed(name);
        if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
    };
    let (owner, from) = (given("eigenaar", ""), given("begin", &today));
    let fields = [
        Field {
            name: "eigenaar",
            label: lang.pick("Functie die eigenaar is", "Function that owns it"),
            help: lang.pick(
                "Een functie, geen naam van een persoon. Je kunt het per maatregel wijzigen.",
                "A function, no name of a person. You can change it for each measure.",
            ),
            value: &owner,
            kind: Kind::Line,
            is_optional: false,
            autocomplete: "off",
        },
        Field {
            name: "begin",
            label: lang.pick("Begin van het eerste jaar", "Beginning of the first year"),
            help: lang.pick("Als jjjj-mm-dd.", "As yyyy-mm-dd."),
            value: &from,
            kind: Kind::Date,
            is_optional: false,
            autocomplete: "off",
        },
    ];
    let rest = button(lang.pick("Pak de maatregelen op", "Take up the measures"));
    html! {
        (heading(2, lang.pick("Dit plan uitvoeren", "Carry out this plan")))
        (paragraph(lang.pick(
            "Elke maatregel van het plan komt op de lijst van maatregelen. Wat daar al staat, blijft zoals het is.",
            "Each measure of the plan comes onto the list of measures. What is there already stays as it is.",
        )))
        (form(visit, here, faults, &fields, &rest))
    }
}

/// `POST /organisaties/{organisatie}/plan/{plan}`
pub(crate) fn take_up(visit: &Visit) -> Result<Answer, Fault> {
    let (id, title, advice) = of_path(visit)?;
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut faults = Faults::default();
    let owner = fields.trimmed("eigenaar");
    if owner.is_empty() {
        faults.add("eigenaar", lang.pick("Vul een functie in", "Fill in a function"));
    }
    let from: Option<Date> = fields.trimmed("begin").parse().ok();
    let Some(from) = from.filter(|_| faults.is_empty()) else {
        if from.is_none() {
            faults.add("begin", super::words::date_fault(lang));
        }
        return one_page(visit, (id, title, &advice), &faults);
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    adopt(&mut desk, visit.organisation()?, &title, (owner, from))?;
    let name = visit.organisation()?;
    Ok(Answer::see(format!("/organisaties/{name}/maatregelen?gelukt=opgepakt")))
}
