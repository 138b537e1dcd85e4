//! How the answers of a round lie, and what was agreed: as a list, and question by question for a
//! meeting with a large screen. Never a count that points at people.

use super::round::number;
use super::rounds::here;
use super::said::{level_of, sent};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, button, form, heading, hidden,
    lead, link, paragraph, table,
};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use app::people::{
    AgreedAnswer, Place, Said, Spread, Tally, agree, last_round, spread, standing, tally,
};
use exchange::questionnaire::Questionnaire;
use maud::{Markup, html};
use model::{Lang, Process};
use std::collections::BTreeMap;

const AGREE: Action = Action::new(Verb::Add, Resource::AgreedAnswer);

/// A question of the round with its texts.
struct Asked {
    spread: Spread,
    title: String,
    question: String,
    /// What may be agreed: what is sent, and what it says.
    choices: Vec<(&'static str, String)>,
}

struct Seen {
    place: Place,
    asked: Vec<Asked>,
}

fn seen(visit: &Visit) -> Result<Seen, Fault> {
    let (id, of) = (number(visit)?, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let place = last_round(&mut desk, of, Some(id))?;
    let least = standing(&mut desk, of)?.least_group();
    let all = spread(&mut desk, of, id, None, least)?;
    let mut texts: BTreeMap<Process, Vec<exchange::questionnaire::Asked>> =
        BTreeMap::new();
    let asked = all
        .into_iter()
        .filter_map(|spread| {
            let known = texts.entry(spread.process).or_insert_with(|| {
                let form = Questionnaire::of(
                    visit.catalogue(),
                    &place.round.profile,
                    spread.process,
                    visit.lang,
                );
                form.map_or_else(Vec::new, |form| form.asked)
            });
            let text = known.iter().find(|one| one.code == spread.question)?;
            Some(Asked {
                title: text.title.clone(),
                question: text.question.clone(),
                choices: text
                    .choices
                    .iter()
                    .map(|(level, label)| (sent(*level), label.clone()))
                    .collect(),
                spread,
            })
        })
        .collect();
    Ok(Seen { place, asked })
}

fn at(visit: &Visit, part: &str) -> Result<String, Fault> {
    Ok(format!("{}/{}/{part}", here(visit)?, number(visit)?))
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}/antwoorden`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, seen) = (visit.lang, seen(visit)?);
    let title = lang.pick("Spreiding van de antwoorden", "Spread of the answers");
    let meeting = at(visit, "bijeenkomst")?;
    let round = format!("{}/{}", here(visit)?, seen.place.id);
    let mut by_process: BTreeMap<Process, Vec<&Asked>> = BTreeMap::new();
    for one in &seen.asked {
        by_process.entry(one.spread.process).or_default().push(one);
    }
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&round, &seen.place.round.title)) }
        (heading(1, title))
        (lead(lang.pick(
            "Waar liggen antwoorden ver uit elkaar? Daar zit het gesprek. Waar te weinig mensen antwoordden, staat geen getal.",
            "Where are answers far apart? There is the talk. Where too few people answered, no number stands.",
        )))
        @if seen.asked.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick("Er is nog niemand gevraagd.", "Nobody was asked yet."))))
        }
        @for (process, asked) in &by_process {
            (heading(2, visit.process_title(*process)))
            (spread_table(visit, *process, asked, &meeting))
        }
    };
    Ok(Answer::page(title, content))
}

fn spread_table(
    visit: &Visit,
    process: Process,
    asked: &[&Asked],
    meeting: &str,
) -> Markup {
    let lang = visit.lang;
    let number = |title| Column { title, is_number: true };
    let columns = [
        Column { title: lang.pick("Vraag", "Question"), is_number: false },
        number("0"),
        number("1"),
        number("2"),
        number("3"),
        number(lang.pick("n.v.t.", "n/a")),
        number("?"),
        Column { title: lang.pick("Afgesproken", "Agreed"), is_number: false },
    ];
    let rows: Vec<Vec<Markup>> = asked
        .iter()
        .map(|one| {
            let spread = &one.spread;
            let most = usize::from(spread.side.most());
            let few = || html! { span title=(lang.pick("te weinig antwoorden", "too few answers")) { "–" } };
            let level = |level: usize| match spread.levels {
                _ if level > most => html! {},
                Some(levels) => html! { (levels.get(level).copied().unwrap_or_default()) },
                None => few(),
            };
            let count = |count: Option<u32>| count.map_or_else(few, |count| html! { (count) });
            vec![
                link(&format!("{meeting}?vraag={process}:{}", spread.question), &one.title),
                level(0),
                level(1),
                level(2),
                level(3),
                count(spread.not_applicable),
                count(spread.unknown),
                html! { @if let Some((said, _)) = &spread.agreed { (agreed_word(lang, said)) } },
            ]
        })
        .collect();
    let what = lang.pick(
        "hoeveel mensen welk antwoord gaven; – is te weinig antwoorden",
        "how many people gave which answer; – is too few answers",
    );
    let caption = format!("{}: {what}", visit.process_title(process));
    table(&format!("spreiding-{process}"), &caption, &columns, &rows)
}

fn agreed_word(lang: Lang, said: &Said) -> String {
    match said {
        Said::Level(level) => level.to_string(),
        Said::NotApplicable { .. } => lang.pick("n.v.t.", "n/a").to_owned(),
        Said::Unknown => "?".to_owned(),
    }
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}/bijeenkomst`, with `?vraag=PROCESS:CODE`
pub(crate) fn meeting(visit: &Visit) -> Result<Answer, Fault> {
    let seen = seen(visit)?;
    let wanted = visit.query.get("vraag");
    meeting_page(visit, &seen, wanted, &Faults::default())
}

fn key(one: &Asked) -> String {
    format!("{}:{}", one.spread.process, one.spread.question)
}

fn meeting_page(
    visit: &Visit,
    seen: &Seen,
    wanted: &str,
    faults: &Faults,
) -> Result<Answer, Fault> {
    let (lang, here) = (visit.lang, at(visit, "bijeenkomst")?);
    let position = match wanted {
        "" => 0,
        wanted => {
            seen.asked.iter().position(|one| key(one) == wanted).ok_or(Fault::NotFound)?
        }
    };
    let Some(one) = seen.asked.get(position) else {
        return Ok(Answer::see(at(visit, "antwoorden")?));
    };
    let number = match lang {
        Lang::Nl => format!("Vraag {} van {}", position + 1, seen.asked.len()),
        Lang::En => format!("Question {} of {}", position + 1, seen.asked.len()),
    };
    let before = position.checked_sub(1).and_then(|at| seen.asked.get(at));
    let after = seen.asked.get(position + 1);
    let content = html! {
        p class="nl-paragraph" {
            (visit.process_title(one.spread.process)) " · " (number) " · "
            (link(&at(visit, "antwoorden")?, lang.pick("Stop de bijeenkomst", "Leave the meeting")))
        }
        (heading(1, &one.title))
        @if visit.query.get("gelukt") == "bewaard" {
            div class="dw-saved" role="status" { (lang.pick("Bewaard.", "Saved.")) }
        }
        (lead(&one.question))
        (bars(lang, one))
        @if let Some((said, why)) = &one.spread.agreed {
            (alert(Mood::Done, &html! { p class="nl-paragraph" {
                (lang.pick("Afgesproken: ", "Agreed: ")) strong { (agreed_word(lang, said)) } " – " (why)
            } }))
        }
        nav aria-label=(lang.pick("Andere vragen", "Other questions")) {
            ul class="dw-steps" {
                @if let Some(other) = before { li { a class="nl-link" rel="prev" href={ (here) "?vraag=" (key(other)) } { (lang.pick("Vorige vraag", "Previous question")) } } }
                @if let Some(other) = after { li { a class="nl-link" rel="next" href={ (here) "?vraag=" (key(other)) } { (lang.pick("Volgende vraag", "Next question")) } } }
            }
        }
        @if visit.may(AGREE) {
            div class="dw-columns" {
                div class="dw-stack" { (tally_form(visit, &here, one)) }
                div class="dw-stack" { (agree_form(visit, &here, one, faults)) }
            }
        }
    };
    let title = one.title.clone();
    let answer = if faults.is_empty() {
        Answer::page(title, content)
    } else {
        Answer::faulty(title, content)
    };
    Ok(answer.on_large_screen())
}

/// How the answers lie, as bars with their numbers.
fn bars(lang: Lang, one: &Asked) -> Markup {
    let spread = &one.spread;
    let hands = spread.tally.as_ref();
    let Some(levels) = spread.levels else {
        let text = lang.pick(
            "Te weinig mensen antwoordden om te laten zien hoe de antwoorden liggen.",
            "Too few people answered to show how the answers lie.",
        );
        return paragraph(text);
    };
    let count = |value: &str| match value {
        "nvt" => spread.not_applicable.unwrap_or_default(),
        "weet-niet" => spread.unknown.unwrap_or_default(),
        level => level
            .parse::<usize>()
            .ok()
            .and_then(|at| levels.get(at).copied())
            .unwrap_or_default(),
    };
    let all: u32 = one.choices.iter().map(|(value, _)| count(value)).sum();
    html! {
        ul class="dw-bars" {
            @for (value, label) in &one.choices {
                @let number = count(value);
                li {
                    span class="dw-bars__label" { (label) }
                    meter class="dw-bars__bar" min="0" max=(all.max(1)) value=(number) aria-label=(label) { (number) }
                    span class="dw-bars__number" { (number) }
                }
            }
        }
        @if let Some(hands) = hands {
            p class="nl-paragraph" {
                (lang.pick("Handen: ", "Hands: "))
                (hands.levels.iter().enumerate().map(|(level, count)| format!("{level}: {count}")).collect::<Vec<_>>().join(" · "))
                " · " (lang.pick("n.v.t.", "n/a")) ": " (hands.not_applicable) " · ?: " (hands.unknown)
            }
        }
    }
}

/// The names of the fields for hands.
const HANDS: [&str; 6] =
    ["hand-0", "hand-1", "hand-2", "hand-3", "hand-nvt", "hand-weet-niet"];

fn tally_form(visit: &Visit, here: &str, one: &Asked) -> Markup {
    let lang = visit.lang;
    let fields: Vec<Field<'_>> = one
        .choices
        .iter()
        .filter_map(|(value, label)| {
            let name = HANDS
                .into_iter()
                .find(|name| name.strip_prefix("hand-") == Some(*value))?;
            Some(Field {
                name,
                label,
                help: "",
                value: visit.fields.trimmed(name),
                kind: Kind::Digits,
                is_optional: true,
                autocomplete: "off",
            })
        })
        .collect();
    let rest = html! {
        (hidden("vraag", &key(one)))
        (button(lang.pick("Bewaar de telling", "Save the count")))
    };
    html! {
        (heading(2, lang.pick("Handen tellen", "Count hands")))
        (form(visit, &format!("{here}/handen"), &Faults::default(), &fields, &rest))
    }
}

fn agree_form(visit: &Visit, here: &str, one: &Asked, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let choices: Vec<Choice<'_>> =
        one.choices.iter().map(|(value, label)| Choice { value, label }).collect();
    let stood = one.spread.agreed.as_ref();
    let (answer, why) = if faults.is_empty() {
        let why = stood.map_or("", |(_, why)| why.as_str());
        (stood.map_or("", |(said, _)| sent(level_of(said))), why)
    } else {
        (visit.fields.get("antwoord"), visit.fields.trimmed("waarom"))
    };
    let fields = [
        Field {
            name: "antwoord",
            label: lang.pick("Waar zijn jullie het over eens?", "On what do you agree?"),
            help: "",
            value: answer,
            kind: Kind::Radio(&choices),
            is_optional: false,
            autocomplete: "off",
        },
        Field {
            name: "waarom",
            label: lang.pick("Waarom?", "Why?"),
            help: lang.pick("Zonder namen van personen.", "Without names of persons."),
            value: why,
            kind: Kind::Text,
            is_optional: false,
            autocomplete: "off",
        },
    ];
    let rest = html! {
        (hidden("vraag", &key(one)))
        (button(lang.pick("Spreek af", "Agree")))
    };
    html! {
        (heading(2, lang.pick("Afspreken", "Agree")))
        (form(visit, here, faults, &fields, &rest))
    }
}

/// The question that a form is about.
fn of_form<'s>(visit: &Visit, seen: &'s Seen) -> Result<&'s Asked, Fault> {
    let wanted = visit.fields.get("vraag");
    if wanted.is_empty() {
        return Err(Fault::Unreadable);
    }
    seen.asked.iter().find(|one| key(one) == wanted).ok_or(Fault::NotFound)
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/bijeenkomst`
pub(crate) fn settle(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields, seen) = (visit.lang, &visit.fields, seen(visit)?);
    let one = of_form(visit, &seen)?;
    let mut faults = Faults::default();
    let why = fields.trimmed("waarom");
    if why.is_empty() {
        faults.add("waarom", lang.pick("Vul in waarom", "Fill in why"));
    }
    let said = one.choices.iter().find(|(value, _)| *value == fields.get("antwoord"));
    let said = said.map(|(value, _)| match *value {
        "nvt" => Said::NotApplicable { reason: why.to_owned() },
        "weet-niet" => Said::Unknown,
        level => Said::Level(level.parse().unwrap_or_default()),
    });
    let Some(said) = said.filter(|_| faults.is_empty()) else {
        if fields.get("antwoord").is_empty() {
            faults.add("antwoord", lang.pick("Kies een antwoord", "Choose an answer"));
        }
        return meeting_page(visit, &seen, &key(one), &faults);
    };
    let entry = AgreedAnswer {
        round: seen.place.id,
        process: one.spread.process.code().to_owned(),
        question: one.spread.question.clone(),
        said,
        agreed_because: why.to_owned(),
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    agree(&mut desk, visit.organisation()?, &entry)?;
    Ok(Answer::see(format!(
        "{}?vraag={}&gelukt=bewaard",
        at(visit, "bijeenkomst")?,
        key(one)
    )))
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/bijeenkomst/handen`
pub(crate) fn count(visit: &Visit) -> Result<Answer, Fault> {
    let seen = seen(visit)?;
    let one = of_form(visit, &seen)?;
    let [a, b, c, d, not_applicable, unknown] =
        HANDS.map(|name| visit.fields.trimmed(name).parse::<i64>().unwrap_or_default());
    let entry = Tally {
        round: seen.place.id,
        process: one.spread.process.code().to_owned(),
        question: one.spread.question.clone(),
        levels: [a, b, c, d],
        not_applicable,
        unknown,
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    tally(&mut desk, visit.organisation()?, &entry)?;
    Ok(Answer::see(format!(
        "{}?vraag={}&gelukt=bewaard",
        at(visit, "bijeenkomst")?,
        key(one)
    )))
}
