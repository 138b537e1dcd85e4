//! One round: how far it is, who is asked, links, and keeping its picture.

use super::rounds::here;
use super::words::{round_status, side};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, button, data_list, deed,
    form, heading, link, paragraph, qr, table,
};
use crate::visit::{Visit, query};
use access::{Action, Resource, Verb};
use app::people::{
    Assignment, Place, Progress, Respondents, RoundStatus, Side, assign, hand_over,
    keep_picture, last_round, make_link, picture_of_round, progress, read_assignments,
    set_status,
};
use jiff::ToSpan as _;
use maud::{Markup, html};
use model::{Lang, Process};
use reports::numbers;

const CHANGE: Action = Action::new(Verb::Change, Resource::Round);
const ASSIGN: Action = Action::new(Verb::Add, Resource::Assignment);
const READ_ASSIGNMENTS: Action = Action::new(Verb::Read, Resource::Assignment);
const KEEP_PICTURE: Action = Action::new(Verb::Add, Resource::Picture);
const READ_ANSWERS: Action = Action::new(Verb::Read, Resource::Answer);
const SIDES: [Side; 3] = [Side::Management, Side::WorkFloor, Side::Other];

/// The round of the number in the path, with who is asked where that may be known.
struct Seen {
    place: Place,
    asked: Vec<Progress>,
}

pub(super) fn number(visit: &Visit) -> Result<i64, Fault> {
    let id = visit.params.get("ronde").and_then(|text| text.parse().ok());
    id.ok_or(Fault::NotFound)
}

fn seen(visit: &Visit) -> Result<Seen, Fault> {
    let (id, of) = (number(visit)?, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let place = last_round(&mut desk, of, Some(id))?;
    let asked = if visit.may(READ_ASSIGNMENTS) {
        progress(&mut desk, of, id)?
    } else {
        Vec::new()
    };
    Ok(Seen { place, asked })
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    page(visit, &seen(visit)?, &Faults::default(), None)
}

fn page(
    visit: &Visit,
    seen: &Seen,
    faults: &Faults,
    made: Option<&Markup>,
) -> Result<Answer, Fault> {
    let (lang, place) = (visit.lang, &seen.place);
    let here = format!("{}/{}", here(visit)?, place.id);
    let title = &place.round.title;
    let profile = visit.catalogue().profiles.get(&place.round.profile);
    let profile = profile.map_or("", |item| item.head.texts.title(lang));
    let mut rows = vec![
        (lang.pick("Stand", "Status"), badge(round_status(lang, place.status))),
        (
            lang.pick("Peildatum", "Date"),
            html! { (numbers::date(place.round.held_on, lang)) },
        ),
        (lang.pick("Vragen", "Questions"), html! { (profile) }),
    ];
    if let Some(day) = place.closes_on {
        let day = numbers::date(day, lang);
        rows.push((lang.pick("Antwoorden tot en met", "Answers until"), html! { (day) }));
    }
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&super::rounds::here(visit)?, lang.pick("Rondes", "Rounds"))) }
        (heading(1, title))
        (notice(visit))
        @if let Some(made) = made { (made) }
        (data_list(&rows))
        (next_step(visit, seen, &here))
        @if !seen.asked.is_empty() { (people(visit, seen, &here)) }
        @if visit.may(ASSIGN) && can_ask(place) { (assign_forms(visit, &here, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

const fn can_ask(place: &Place) -> bool {
    matches!(place.status, RoundStatus::Prepared | RoundStatus::Open)
}

fn notice(visit: &Visit) -> Markup {
    let lang = visit.lang;
    let text = match visit.query.get("gelukt") {
        "stand" => lang.pick(
            "De stand van de ronde is gewijzigd.",
            "The status of the round was changed.",
        ),
        "gevraagd" => lang.pick(
            "Bewaard. Stuur wie geen account heeft een link.",
            "Saved. Send a link to whoever has no account.",
        ),
        "overgedragen" => lang.pick(
            "De vragen zijn overgedragen of ingetrokken.",
            "The questions were handed over or withdrawn.",
        ),
        "beeld" => lang.pick(
            "Het beeld is bewaard. Je vindt het bij Beeld.",
            "The picture was kept. You find it under Picture.",
        ),
        _ => return html! {},
    };
    alert(Mood::Done, &paragraph(text))
}

/// What to do now, with the forms for it.
fn next_step(visit: &Visit, seen: &Seen, here: &str) -> Markup {
    let (lang, status) = (visit.lang, seen.place.status);
    let text = match status {
        RoundStatus::Prepared if seen.asked.is_empty() => lang.pick("Vraag eerst mensen. Open daarna de ronde.", "Ask people first. Then open the round."),
        RoundStatus::Prepared => lang.pick("Staat iedereen erbij? Open dan de ronde.", "Is everybody there? Then open the round."),
        RoundStatus::Open => lang.pick("Mensen kunnen antwoorden. Sluit de ronde als er genoeg antwoorden zijn.", "People can answer. Close the round when there are enough answers."),
        RoundStatus::Closed => lang.pick("Bespreek de antwoorden, stel vast waar jullie het over eens zijn, en bewaar het beeld.", "Talk the answers over, agree where you can, and keep the picture."),
        RoundStatus::Agreed => lang.pick("De antwoorden zijn vastgesteld. Bewaar het beeld en maak een plan.", "The answers are agreed. Keep the picture and make a plan."),
    };
    let steps: &[(RoundStatus, &str)] = match status {
        RoundStatus::Prepared => {
            &[(RoundStatus::Open, lang.pick("Open de ronde", "Open the round"))]
        }
        RoundStatus::Open => {
            &[(RoundStatus::Closed, lang.pick("Sluit de ronde", "Close the round"))]
        }
        RoundStatus::Closed => &[
            (
                RoundStatus::Agreed,
                lang.pick("Stel de antwoorden vast", "Settle the answers"),
            ),
            (RoundStatus::Open, lang.pick("Open weer", "Open again")),
        ],
        RoundStatus::Agreed => &[],
    };
    html! {
        (heading(2, lang.pick("Wat nu?", "What now?")))
        @if visit.may(CHANGE) { (paragraph(text)) }
        div class="utrecht-action-group dw-screen-only" {
            @if visit.may(CHANGE) {
                @for (to, label) in steps { (deed(visit, &format!("{here}/stand"), ("stand", to.code()), label)) }
            }
            @if visit.may(KEEP_PICTURE) && status != RoundStatus::Prepared {
                (deed(visit, &format!("{here}/beeld"), ("beeld", "bewaar"), lang.pick("Bewaar het beeld", "Keep the picture")))
            }
        }
        @if visit.may(READ_ANSWERS) && status != RoundStatus::Prepared {
            ul class="dw-list dw-screen-only" {
                li { (link(&format!("{here}/antwoorden"), lang.pick("Spreiding van de antwoorden, en wat is afgesproken", "Spread of the answers, and what was agreed"))) }
                li { (link(&format!("{here}/bijeenkomst"), lang.pick("Bijeenkomst: vraag voor vraag op een groot scherm", "Meeting: question by question on a large screen"))) }
            }
        }
    }
}

fn people(visit: &Visit, seen: &Seen, here: &str) -> Markup {
    let lang = visit.lang;
    let column = |title, is_number| Column { title, is_number };
    let columns = [
        column(lang.pick("Proces", "Process"), false),
        column(lang.pick("Onderdeel", "Part"), false),
        column(lang.pick("Kant", "Side"), false),
        column(lang.pick("Wie", "Who"), false),
        column(lang.pick("Beantwoord", "Answered"), true),
        column(lang.pick("Verder", "Further"), false),
    ];
    let rows: Vec<Vec<Markup>> =
        seen.asked.iter().map(|one| row(visit, seen, one, here)).collect();
    let (done, all) = seen
        .asked
        .iter()
        .fold((0, 0), |(done, all), one| (done + one.answered, all + one.questions));
    let sentence = match lang {
        Lang::Nl => format!("Van de {all} vragen zijn er {done} beantwoord."),
        Lang::En => format!("Of the {all} questions {done} are answered."),
    };
    html! {
        (heading(2, lang.pick("Wie is gevraagd", "Who is asked")))
        (paragraph(&sentence))
        (table("gevraagd", lang.pick("Wie is gevraagd en hoe ver het is; niet wat iemand zei", "Who is asked and how far it is; not what anybody said"), &columns, &rows))
    }
}

/// The title of a process by its code.
fn process_title<'v>(visit: &'v Visit, code: &'v str) -> &'v str {
    code.parse().map_or(code, |process| visit.process_title(process))
}

fn row(visit: &Visit, seen: &Seen, one: &Progress, here: &str) -> Vec<Markup> {
    let lang = visit.lang;
    let who = match &one.asked.respondents {
        Respondents::Named(name) => name.clone(),
        Respondents::Anonymous { seats } => match lang {
            Lang::Nl => format!("{} van {seats} plaatsen begonnen", one.started),
            Lang::En => format!("{} of {seats} seats begun", one.started),
        },
    };
    let is_gone = one.withdrawn.is_some();
    let more = html! {
        @if is_gone {
            (badge(lang.pick("ingetrokken", "withdrawn")))
        } @else if visit.may(ASSIGN) && can_ask(&seen.place) {
            (deed(visit, &format!("{here}/link"), ("toewijzing", &one.assignment.to_string()), lang.pick("Maak link", "Make link")))
            " "
            (link(&format!("{here}/toewijzingen/{}", one.assignment), lang.pick("Draag over", "Hand over")))
        }
    };
    vec![
        html! { (process_title(visit, &one.asked.process)) },
        html! { (one.asked.part) },
        html! { (side(lang, one.asked.side)) },
        html! { (who) },
        if is_gone {
            html! {}
        } else {
            html! { (one.answered) "/" (one.questions) }
        },
        more,
    ]
}

fn assign_forms(visit: &Visit, here: &str, faults: &Faults) -> Markup {
    let (lang, fields) = (visit.lang, &visit.fields);
    let titles: Vec<(&str, &str)> = visit
        .catalogue()
        .processes
        .iter()
        .map(|(process, item)| (process.code(), item.texts.title(lang)))
        .collect();
    let processes: Vec<Choice<'_>> =
        titles.iter().map(|(value, label)| Choice { value, label }).collect();
    let sides = SIDES.map(|one| Choice { value: one.code(), label: side(lang, one) });
    let line = |name, label, kind| {
        Field::new(name, label, kind).with_value(fields.trimmed(name))
    };
    let team = lang.pick(
        "Team of functie, bijvoorbeeld: Team vergunningen.",
        "Team or function, for instance: Permits team.",
    );
    let nobody = lang.pick(
        "Laat leeg als niemand mag weten wie antwoordt.",
        "Leave empty where nobody may know who answers.",
    );
    let seats = lang.pick(
        "Aantal mensen, als niemand mag weten wie",
        "Number of people, where nobody may know who",
    );
    let one = [
        line("proces", lang.pick("Proces", "Process"), Kind::Select(&processes)),
        line("onderdeel", lang.pick("Onderdeel", "Part"), Kind::Line).with_help(team),
        line(
            "kant",
            lang.pick("Van welke kant?", "From which side?"),
            Kind::Radio(&sides),
        ),
        line("wie", lang.pick("Accountnaam", "Account name"), Kind::Name)
            .with_help(nobody)
            .optional(),
        line("plaatsen", seats, Kind::Digits).optional(),
    ];
    let table = [line("lijst", lang.pick("Lijst", "List"), Kind::Text)
        .with_help(lang.pick(
        "Een regel per vraag aan iemand, met bovenaan: process;part;side;person;seats",
        "One line for each person asked, with at the top: process;part;side;person;seats",
    ))];
    html! {
        (heading(2, lang.pick("Iemand vragen", "Ask somebody")))
        (form(visit, &format!("{here}/toewijzingen"), faults, &one, &button(lang.pick("Voeg toe", "Add"))))
        details class="dw-prose" open[!faults.is_empty() && !fields.trimmed("lijst").is_empty()] {
            summary { (lang.pick("Veel mensen tegelijk, uit een lijst", "Many people at once, from a list")) }
            (form(visit, &format!("{here}/lijst"), &Faults::default(), &table, &button(lang.pick("Voeg de lijst toe", "Add the list"))))
        }
    }
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/stand`
pub(crate) fn set(visit: &Visit) -> Result<Answer, Fault> {
    let wanted = visit.fields.get("stand");
    let all = [RoundStatus::Open, RoundStatus::Closed, RoundStatus::Agreed];
    let status = all.into_iter().find(|one| one.code() == wanted);
    let (id, of) = (number(visit)?, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    set_status(&mut desk, of, id, status.ok_or(Fault::Unreadable)?)?;
    Ok(Answer::see(format!("{}/{id}?gelukt=stand", here(visit)?)))
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/toewijzingen`
pub(crate) fn ask(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields, seen) = (visit.lang, &visit.fields, seen(visit)?);
    let mut faults = Faults::default();
    if fields.get("proces").parse::<Process>().is_err() {
        faults.add("proces", lang.pick("Kies een proces", "Choose a process"));
    }
    let part = fields.trimmed("onderdeel");
    if part.is_empty() {
        faults.add(
            "onderdeel",
            lang.pick("Vul een team of functie in", "Fill in a team or function"),
        );
    }
    let side = SIDES.into_iter().find(|side| side.code() == fields.get("kant"));
    if side.is_none() {
        faults.add("kant", lang.pick("Kies een kant", "Choose a side"));
    }
    let (who, seats) = (fields.trimmed("wie"), fields.trimmed("plaatsen"));
    let respondents = match (who.is_empty(), seats.is_empty()) {
        (false, true) => Some(Respondents::Named(who.to_lowercase())),
        (true, false) => seats
            .parse()
            .ok()
            .filter(|seats| (1..=10_000).contains(seats))
            .map(|seats| Respondents::Anonymous { seats }),
        _ => None,
    };
    if respondents.is_none() {
        faults.add("wie", lang.pick(
            "Vul een accountnaam in, of een aantal mensen van 1 tot 10.000; niet allebei",
            "Fill in an account name, or a number of people from 1 to 10,000; not both",
        ));
    }
    let (Some(side), Some(respondents), true) = (side, respondents, faults.is_empty())
    else {
        return page(visit, &seen, &faults, None);
    };
    let entry = Assignment {
        round: seen.place.id,
        process: fields.get("proces").to_owned(),
        part: part.to_owned(),
        side,
        respondents,
    };
    keep_all(visit, &[entry])
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/lijst`
pub(crate) fn ask_list(visit: &Visit) -> Result<Answer, Fault> {
    let all = read_assignments(number(visit)?, visit.fields.get("lijst"))?;
    keep_all(visit, &all)
}

fn keep_all(visit: &Visit, all: &[Assignment]) -> Result<Answer, Fault> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    assign(&mut desk, visit.organisation()?, all)?;
    Ok(Answer::see(format!("{}/{}?gelukt=gevraagd", here(visit)?, number(visit)?)))
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/link`: the link is shown once, on the answer.
pub(crate) fn give_link(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, seen) = (visit.lang, seen(visit)?);
    let wanted: Option<i64> = visit.fields.get("toewijzing").parse().ok();
    let wanted = wanted.ok_or(Fault::Unreadable)?;
    let known = seen.asked.iter().find(|one| one.assignment == wanted);
    let known = known.ok_or(Fault::NotFound)?;
    let until = seen.place.closes_on.filter(|day| *day >= visit.today());
    let until = until.or_else(|| visit.today().checked_add(30.days()).ok());
    let until = until.ok_or(Fault::Unreadable)?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let secret = make_link(&mut desk, visit.organisation()?, known.assignment, until)?;
    drop(registry);
    let origin = visit.state.settings.address.origin();
    let address = format!("{origin}/invullen?{}", query("code", &secret));
    let made = alert(
        Mood::Done,
        &html! {
            h2 class="nl-heading nl-heading--level-2" { (lang.pick("Link voor ", "Link for ")) (known.asked.part) }
            p class="nl-paragraph" { (lang.pick("Kopieer hem nu: hij wordt nergens bewaard. Hij werkt tot en met ", "Copy it now: it is kept nowhere. It works until ")) (numbers::date(until, lang)) "." }
            p class="nl-paragraph" { code class="dw-code dw-break" { (address) } }
            (qr(&address, lang.pick("QR-code van de link", "QR code of the link")))
        },
    );
    page(visit, &seen, &Faults::default(), Some(&made))
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/beeld`
pub(crate) fn keep(visit: &Visit) -> Result<Answer, Fault> {
    let (id, of) = (number(visit)?, visit.organisation()?);
    let shown = visit.state.installation.shown(of, visit.now)?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let picture = picture_of_round(&mut desk, of, Some(id), &shown)?;
    keep_picture(&mut desk, of, &picture)?;
    Ok(Answer::see(format!("{}/{id}?gelukt=beeld", here(visit)?)))
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}/toewijzingen/{toewijzing}`
pub(crate) fn show_hand_over(visit: &Visit) -> Result<Answer, Fault> {
    hand_over_page(visit, &Faults::default())
}

fn hand_over_page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, seen) = (visit.lang, seen(visit)?);
    let wanted = visit.params.get("toewijzing").and_then(|text| text.parse().ok());
    let known = seen.asked.iter().find(|one| Some(one.assignment) == wanted);
    let known = known.ok_or(Fault::NotFound)?;
    let at = format!("{}/{}", here(visit)?, seen.place.id);
    let empty = lang
        .pick("Leeg: de vraag wordt ingetrokken.", "Empty: the question is withdrawn.");
    let who = lang
        .pick("Accountnaam van wie het overneemt", "Account name of whoever takes over");
    let of = |name| visit.fields.trimmed(name);
    let fields = [
        Field::new("naar", who, Kind::Name)
            .with_value(of("naar"))
            .with_help(empty)
            .optional(),
        Field::new("reden", lang.pick("Waarom?", "Why?"), Kind::Line)
            .with_value(of("reden")),
    ];
    let title = lang.pick("Overdragen of intrekken", "Hand over or withdraw");
    let content = html! {
        p class="nl-paragraph" { (link(&at, &seen.place.round.title)) }
        (heading(1, title))
        (paragraph(&format!("{} · {}", process_title(visit, &known.asked.process), known.asked.part)))
        (paragraph(lang.pick(
            "Antwoorden die er al zijn, blijven leesbaar en tellen niet meer mee.",
            "Answers that are there stay readable and no longer count.",
        )))
        (form(visit, &format!("{at}/toewijzingen/{}", known.assignment), faults, &fields, &button(lang.pick("Bewaren", "Save"))))
    };
    Ok(Answer::form(title, content, faults))
}

/// `POST /organisaties/{organisatie}/rondes/{ronde}/toewijzingen/{toewijzing}`
pub(crate) fn take_over(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields, of) = (visit.lang, &visit.fields, visit.organisation()?);
    let seen = seen(visit)?;
    let wanted = visit.params.get("toewijzing").and_then(|text| text.parse().ok());
    let known = seen.asked.iter().find(|one| Some(one.assignment) == wanted);
    let known = known.ok_or(Fault::NotFound)?;
    let reason = fields.trimmed("reden");
    if reason.is_empty() {
        let text = lang.pick("Vul in waarom", "Fill in why");
        return hand_over_page(visit, &Faults::one("reden", text));
    }
    let to = Some(fields.trimmed("naar").to_lowercase()).filter(|to| !to.is_empty());
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    hand_over(&mut desk, of, known.assignment, to.as_deref(), reason)?;
    Ok(Answer::see(format!("{}/{}?gelukt=overgedragen", here(visit)?, seen.place.id)))
}
