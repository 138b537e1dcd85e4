//! The questions of one respondent, whoever that is: an overview, one by one, or all on a list;
//! and what a form of them says.

use super::kept::warned_as;
use super::said::{level_of, sent};
use super::words::date_fault;
use crate::answer::Answer as Reply;
use crate::fault::Fault;
use crate::parts::{
    Choice, Faults, Field, Kind, Mood, alert, button, form, heading, hidden, lead, link,
    paragraph,
};
use crate::visit::Visit;
use app::people::{Answer, Evidence, GuardWarning, Line, RoundStatus, Said, Sheet};
use assessment::Answer as Level;
use assessment::guard::{find_personal, must_refuse};
use maud::{Markup, html};
use model::{Date, Lang};
use reports::numbers;

/// A sheet and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Paper<'a> {
    pub(super) sheet: &'a Sheet,
    /// The address of the overview, to which forms are sent too.
    pub(super) at: &'a str,
    /// What is to be told above it all.
    pub(super) notice: &'a Markup,
}

/// The page that the query asks for.
pub(super) fn show(visit: &Visit, paper: Paper<'_>) -> Result<Reply, Fault> {
    let wanted = visit.query.get("vraag");
    if visit.query.get("vorm") == "lijst" {
        return Ok(list_page(visit, paper, &Faults::default()));
    }
    if wanted.is_empty() {
        return Ok(overview(visit, paper));
    }
    let position = paper.sheet.lines.iter().position(|line| line.question.code == wanted);
    let position = position.ok_or(Fault::NotFound)?;
    one_page(visit, paper, position, &Faults::default())
}

fn is_open(sheet: &Sheet) -> bool {
    sheet.place.status == RoundStatus::Open
}

/// The first question that still has to be answered, from a place on and round to it.
fn next_open(sheet: &Sheet, from: usize) -> Option<&Line> {
    let lines = &sheet.lines;
    let (before, after) = lines.split_at(from.min(lines.len()));
    let mut all = after.iter().chain(before);
    all.find(|line| line.own.is_none() && line.follows.is_none())
}

fn progress(visit: &Visit, sheet: &Sheet) -> Markup {
    let (done, all) = (sheet.answered(), sheet.lines.len());
    let text = match visit.lang {
        Lang::Nl => format!("{done} van de {all} vragen beantwoord"),
        Lang::En => format!("{done} of {all} questions answered"),
    };
    html! {
        p class="nl-paragraph" {
            label for="voortgang" { (text) }
            " "
            progress class="dw-progress" id="voortgang" max=(all) value=(done) { (text) }
        }
    }
}

fn overview(visit: &Visit, paper: Paper<'_>) -> Reply {
    let (lang, sheet) = (visit.lang, paper.sheet);
    let title = visit.process_title(sheet.process);
    let next = next_open(sheet, 0);
    let content = html! {
        (heading(1, title))
        (paper.notice)
        (lead(lang.pick(
            "Vertel hoe het gaat, niet hoe het hoort. Je kunt stoppen wanneer je wilt: wat je bewaart, blijft staan.",
            "Tell how it goes, not how it should. You may stop whenever you like: what you save stays.",
        )))
        (about(visit, sheet))
        (progress(visit, sheet))
        @if !is_open(sheet) {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Deze ronde neemt nu geen antwoorden aan. Je kunt de vragen wel lezen.",
                "This round takes no answers now. You can read the questions.",
            ))))
        }
        @match next {
            Some(line) => {
                p class="nl-paragraph" {
                    a class="nl-button nl-button--primary" href=(question_at(paper.at, line)) {
                        span class="nl-button__label" { (if sheet.answered() == 0 { lang.pick("Begin", "Begin") } else { lang.pick("Ga verder", "Continue") }) }
                    }
                }
            }
            None => (alert(Mood::Done, &paragraph(lang.pick(
                "Alle vragen zijn beantwoord. Dank je wel. Je kunt een antwoord nog wijzigen zolang de ronde open is.",
                "All questions are answered. Thank you. You may still change an answer while the round is open.",
            )))),
        }
        p class="nl-paragraph" { (link(&format!("{}?vorm=lijst", paper.at), lang.pick("Alle vragen op één pagina", "All questions on one page"))) }
        (heading(2, lang.pick("De vragen", "The questions")))
        ol class="dw-list" {
            @for line in &sheet.lines {
                li { (link(&question_at(paper.at, line), &line.question.title)) " – " (state(lang, line)) }
            }
        }
    };
    Reply::page(title, content)
}

fn question_at(at: &str, line: &Line) -> String {
    format!("{at}?vraag={}", line.question.code)
}

fn about(visit: &Visit, sheet: &Sheet) -> Markup {
    let lang = visit.lang;
    let closes = sheet.place.closes_on.map(|day| numbers::date(day, lang));
    html! {
        p class="nl-paragraph dw-text" {
            (sheet.place.round.title) " · " (sheet.part)
            @if let Some(day) = closes { " · " (lang.pick("tot en met ", "until ")) (day) }
            @if sheet.anonymous { " · " (lang.pick("niemand ziet wie antwoordt", "nobody sees who answers")) }
        }
    }
}

fn state(lang: Lang, line: &Line) -> &'static str {
    match (&line.own, &line.follows) {
        (Some(_), _) => lang.pick("beantwoord", "answered"),
        (None, Some(_)) => lang.pick("hoeft niet", "not needed"),
        (None, None) => lang.pick("nog niet beantwoord", "not answered yet"),
    }
}

/// One question with its form, and the way to the others.
fn one_page(
    visit: &Visit,
    paper: Paper<'_>,
    position: usize,
    faults: &Faults,
) -> Result<Reply, Fault> {
    let (lang, sheet) = (visit.lang, paper.sheet);
    let line = sheet.lines.get(position).ok_or(Fault::NotFound)?;
    let title = &line.question.title;
    let number = match lang {
        Lang::Nl => format!("Vraag {} van {}", position + 1, sheet.lines.len()),
        Lang::En => format!("Question {} of {}", position + 1, sheet.lines.len()),
    };
    let content = html! {
        p class="nl-paragraph" { (link(paper.at, visit.process_title(sheet.process))) " · " (number) }
        (heading(1, title))
        (paper.notice)
        @if let Some((_, said)) = &line.follows {
            (alert(Mood::Info, &paragraph(&follows(lang, said))))
        }
        (before(lang, line))
        @if is_open(sheet) {
            (question_form(visit, paper, line, faults))
        } @else {
            (lead(&line.question.question))
        }
        (neighbours(lang, paper, position))
    };
    Ok(if faults.is_empty() {
        Reply::page(title.clone(), content)
    } else {
        Reply::faulty(title.clone(), content)
    })
}

fn follows(lang: Lang, said: &Said) -> String {
    let what = match said {
        Said::NotApplicable { .. } => lang.pick("niet van toepassing", "does not apply"),
        Said::Level(_) | Said::Unknown => {
            lang.pick("het laagste niveau", "the lowest level")
        }
    };
    match lang {
        Lang::Nl => format!(
            "Door een eerder antwoord hoef je deze vraag niet te beantwoorden: {what}. Het mag wel."
        ),
        Lang::En => format!(
            "By an earlier answer you need not answer this question: {what}. You may."
        ),
    }
}

/// What was said the time before.
fn before(lang: Lang, line: &Line) -> Markup {
    let Some((answer, day)) = &line.before else { return html! {} };
    let level = level_of(&answer.said);
    let text = line.question.choices.iter().find(|(choice, _)| *choice == level);
    let Some((_, text)) = text else { return html! {} };
    let day = numbers::date(*day, lang);
    html! {
        p class="nl-paragraph dw-text" { (lang.pick("De vorige keer (", "Last time (")) (day) "): " (text) }
    }
}

fn neighbours(lang: Lang, paper: Paper<'_>, position: usize) -> Markup {
    let lines = &paper.sheet.lines;
    let before = position.checked_sub(1).and_then(|at| lines.get(at));
    let after = lines.get(position + 1);
    html! {
        nav aria-label=(lang.pick("Andere vragen", "Other questions")) {
            ul class="dw-steps" {
                @if let Some(line) = before { li { (link(&question_at(paper.at, line), lang.pick("Vorige vraag", "Previous question"))) } }
                @if let Some(line) = after { li { (link(&question_at(paper.at, line), lang.pick("Volgende vraag", "Next question"))) } }
            }
        }
    }
}

/// What stands in the fields of a question: what was sent, or else what was said.
struct Stands {
    answer: String,
    words: String,
    place: String,
    from: String,
    to: String,
}

impl Stands {
    fn of(visit: &Visit, line: &Line, end: &str, is_sent: bool) -> Self {
        if is_sent {
            let of =
                |name: &str| visit.fields.trimmed(&format!("{name}{end}")).to_owned();
            return Self {
                answer: of("antwoord"),
                words: of("toelichting"),
                place: of("vindplaats"),
                from: of("van"),
                to: of("tot"),
            };
        }
        let own = line.own.as_ref();
        let words = own.map(|own| match &own.said {
            Said::NotApplicable { reason } => reason.clone(),
            Said::Level(_) | Said::Unknown => own.explanation.clone().unwrap_or_default(),
        });
        let evidence = own.and_then(|own| own.evidence.as_ref());
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            answer: own.map_or("", |own| sent(level_of(&own.said))).to_owned(),
            words: words.unwrap_or_default(),
            place: evidence.map_or_else(String::new, |evidence| evidence.link.clone()),
            from: day(evidence.map(|evidence| evidence.date)),
            to: day(evidence.and_then(|evidence| evidence.valid_to)),
        }
    }
}

fn question_form(
    visit: &Visit,
    paper: Paper<'_>,
    line: &Line,
    faults: &Faults,
) -> Markup {
    let lang = visit.lang;
    let stands = Stands::of(visit, line, "", !faults.is_empty());
    let choices: Vec<Choice<'_>> = line
        .question
        .choices
        .iter()
        .map(|(level, label)| Choice { value: sent(*level), label })
        .collect();
    let answer = Field {
        name: "antwoord",
        label: &line.question.question,
        help: &line.question.help,
        value: &stands.answer,
        kind: Kind::Radio(&choices),
        is_optional: false,
        autocomplete: "off",
    };
    let more = |name, label, help, value, kind| Field {
        name,
        label,
        help,
        value,
        kind,
        is_optional: true,
        autocomplete: "off",
    };
    let fields = [
        answer,
        more(
            "toelichting",
            lang.pick("Toelichting", "Explanation"),
            lang.pick(
                "In je eigen woorden, zonder namen of nummers van personen. Nodig als het niet van toepassing is.",
                "In your own words, without names or numbers of persons. Needed where it does not apply.",
            ),
            &stands.words,
            Kind::Text,
        ),
        more(
            "vindplaats",
            lang.pick("Waar is het te zien?", "Where can it be seen?"),
            lang.pick("Een adres of een zaaknummer.", "An address or a file number."),
            &stands.place,
            Kind::Line,
        ),
        more("van", lang.pick("Van welke dag is dat?", "Of which day is that?"), "", &stands.from, Kind::Date),
        more("tot", lang.pick("Tot wanneer geldt het?", "Until when does it hold?"), "", &stands.to, Kind::Date),
    ];
    let rest = html! {
        (hidden("vraag", &line.question.code))
        (button(lang.pick("Bewaar en ga verder", "Save and continue")))
    };
    form(visit, paper.at, faults, &fields, &rest)
}

/// All questions in one form; evidence is given one by one.
fn list_page(visit: &Visit, paper: Paper<'_>, faults: &Faults) -> Reply {
    let (lang, sheet) = (visit.lang, paper.sheet);
    let title = visit.process_title(sheet.process);
    let all: Vec<(String, String, Stands, Vec<Choice<'_>>)> = sheet
        .lines
        .iter()
        .map(|line| {
            let end = format!("-{}", line.question.code);
            let stands = Stands::of(visit, line, &end, !faults.is_empty());
            let choices = line.question.choices.iter();
            let choices =
                choices.map(|(level, label)| Choice { value: sent(*level), label });
            (
                format!("antwoord{end}"),
                format!("toelichting{end}"),
                stands,
                choices.collect(),
            )
        })
        .collect();
    let fields: Vec<Field<'_>> = sheet
        .lines
        .iter()
        .zip(&all)
        .flat_map(|(line, (answer, words, stands, choices))| {
            let answer = Field {
                name: answer,
                label: &line.question.question,
                help: &line.question.help,
                value: &stands.answer,
                kind: Kind::Radio(choices),
                is_optional: true,
                autocomplete: "off",
            };
            let words = Field {
                name: words,
                label: lang.pick("Toelichting", "Explanation"),
                help: "",
                value: &stands.words,
                kind: Kind::Text,
                ..answer
            };
            [answer, words]
        })
        .collect();
    let rest = html! {
        (hidden("vorm", "lijst"))
        (button(lang.pick("Bewaar alles", "Save everything")))
    };
    let content = html! {
        p class="nl-paragraph" { (link(paper.at, lang.pick("Terug naar het overzicht", "Back to the overview"))) }
        (heading(1, title))
        (paper.notice)
        (progress(visit, sheet))
        @if is_open(sheet) {
            (form(visit, paper.at, faults, &fields, &rest))
        } @else {
            @for line in &sheet.lines { (heading(2, &line.question.title)) (paragraph(&line.question.question)) }
        }
    };
    if faults.is_empty() {
        Reply::page(title, content)
    } else {
        Reply::faulty(title, content)
    }
}

/// What a form says: answers to keep, or what is to be repaired.
pub(super) enum Filled {
    Answers(Vec<Answer>),
    Faults(Faults),
}

/// Reads the form of one question or of the list.
pub(super) fn read(visit: &Visit, sheet: &Sheet) -> Result<Filled, Fault> {
    let is_list = visit.fields.get("vorm") == "lijst";
    let wanted = visit.fields.get("vraag");
    let mut faults = Faults::default();
    let mut answers = Vec::new();
    let mut is_known = is_list;
    for line in &sheet.lines {
        let code = &line.question.code;
        if !is_list && code != wanted {
            continue;
        }
        is_known = true;
        let end = if is_list { format!("-{code}") } else { String::new() };
        let answer = read_one(visit.lang, line, (visit, &end), &mut faults);
        answers.extend(answer.filter(|answer| line.own.as_ref() != Some(answer)));
    }
    if !is_known {
        return Err(Fault::NotFound);
    }
    Ok(if faults.is_empty() { Filled::Answers(answers) } else { Filled::Faults(faults) })
}

/// One answer; `None` where nothing was chosen on the list, or where a fault was found.
fn read_one(
    lang: Lang,
    line: &Line,
    (visit, end): (&Visit, &str),
    faults: &mut Faults,
) -> Option<Answer> {
    let stands = Stands::of(visit, line, end, true);
    let chosen =
        line.question.choices.iter().find(|(level, _)| {
            !stands.answer.is_empty() && sent(*level) == stands.answer
        });
    let at = |name: &str| format!("{name}{end}");
    if [&stands.words, &stands.place]
        .into_iter()
        .any(|text| must_refuse(&find_personal(text)))
    {
        faults.add(
            &at("toelichting"),
            lang.pick(
                "Haal het burgerservicenummer uit je tekst",
                "Take the citizen service number out of your text",
            ),
        );
        return None;
    }
    let Some((level, _)) = chosen else {
        if end.is_empty() || !stands.words.is_empty() {
            faults
                .add(&at("antwoord"), lang.pick("Kies een antwoord", "Choose an answer"));
        }
        return None;
    };
    let words = Some(stands.words.clone()).filter(|words| !words.is_empty());
    let (said, explanation) = match level {
        Level::Level(level) => (Said::Level(*level), words),
        Level::NotApplicable => {
            let Some(reason) = words else {
                faults.add(
                    &at("toelichting"),
                    lang.pick(
                        "Leg uit waarom het niet van toepassing is",
                        "Explain why it does not apply",
                    ),
                );
                return None;
            };
            (Said::NotApplicable { reason }, None)
        }
        Level::DontKnow | Level::NotAnswered => (Said::Unknown, words),
    };
    // on the list no evidence is asked for, so what was given stays
    let evidence = if end.is_empty() {
        read_evidence(lang, &stands, faults)
    } else {
        line.own.as_ref().and_then(|own| own.evidence.clone())
    };
    let question = line.question.code.clone();
    faults.is_empty().then_some(Answer { question, said, explanation, evidence })
}

fn read_evidence(lang: Lang, stands: &Stands, faults: &mut Faults) -> Option<Evidence> {
    let mut day = |name: &str, text: &str| -> Option<Date> {
        let read = text.parse().ok();
        if read.is_none() && !text.is_empty() {
            faults.add(name, date_fault(lang));
        }
        read
    };
    let (date, valid_to) = (day("van", &stands.from), day("tot", &stands.to));
    if stands.place.is_empty() {
        return None;
    }
    let Some(date) = date else {
        if stands.from.is_empty() {
            faults.add("van", date_fault(lang));
        }
        return None;
    };
    if valid_to.is_some_and(|last| last < date) {
        faults.add(
            "tot",
            lang.pick("Kies een dag na de eerste", "Choose a day after the first"),
        );
    }
    Some(Evidence { link: stands.place.clone(), date, valid_to })
}

/// The page again with what is to be repaired.
pub(super) fn faulty(
    visit: &Visit,
    paper: Paper<'_>,
    faults: &Faults,
) -> Result<Reply, Fault> {
    if visit.fields.get("vorm") == "lijst" {
        return Ok(list_page(visit, paper, faults));
    }
    let wanted = visit.fields.get("vraag");
    let position = paper.sheet.lines.iter().position(|line| line.question.code == wanted);
    one_page(visit, paper, position.ok_or(Fault::NotFound)?, faults)
}

/// Where to go after answers were kept: the next question, or the overview. What looks personal
/// is told there.
pub(super) fn after(
    visit: &Visit,
    (sheet, at): (&Sheet, &str),
    kept: &[Answer],
    warnings: &[GuardWarning],
) -> String {
    let warned = warnings.first().map(|warning| warned_as(warning.what));
    let told = warned.map_or_else(String::new, |what| format!("&let-op={what}"));
    if visit.fields.get("vorm") == "lijst" {
        return format!("{at}?vorm=lijst&gelukt=bewaard{told}");
    }
    let wanted = visit.fields.get("vraag");
    let position = sheet.lines.iter().position(|line| line.question.code == wanted);
    let rest = Sheet {
        lines: sheet
            .lines
            .iter()
            .map(|line| {
                let new = kept.iter().find(|one| one.question == line.question.code);
                Line { own: new.cloned().or_else(|| line.own.clone()), ..line.clone() }
            })
            .collect(),
        ..sheet.clone()
    };
    match next_open(&rest, position.map_or(0, |at| at + 1)) {
        Some(line) => format!("{}&gelukt=bewaard{told}", question_at(at, line)),
        None => format!("{at}?gelukt=bewaard{told}"),
    }
}
