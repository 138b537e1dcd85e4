//! Signals: what the control rules found in the logs, from the list down to the rows of a file that
//! prove a finding, and what was said of it.

use super::words::verdict;
use super::{case, names};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{
    Choice, Column, Faults, Field, Kind, Mood, alert, badge, button, data_list, form,
    heading, lead, link, paragraph, table,
};
use crate::visit::{Visit, query};
use access::{Action, Resource, Verb};
use app::Drawn;
use app::people::{Kept, Triage, Verdict, look, triage, triages};
use exchange::progress;
use findings::{Finding, FindingSet, Life};
use maud::{Markup, html};
use model::{Lang, Moment, Process};
use picture::{Picture, State, Tested};
use reports::{html as told, numbers};
use std::collections::BTreeMap;
use std::sync::Arc;

const READ_EVIDENCE: Action = Action::new(Verb::Read, Resource::Evidence);
const JUDGE: Action = Action::new(Verb::Change, Resource::Finding);
/// How many findings stand on a page.
const MOST: usize = 100;
const STATES: [State; 3] = [State::Found, State::Clear, State::NotAssessable];
const VERDICTS: [Verdict; 3] =
    [Verdict::Explained, Verdict::ToRepair, Verdict::ToLookInto];

fn here(visit: &Visit) -> Result<String, Fault> {
    Ok(format!("/organisaties/{}/signalen", visit.organisation()?))
}

fn drawn(visit: &Visit) -> Result<Arc<Drawn>, Fault> {
    Ok(visit.state.installation.drawn(visit.organisation()?, visit.now)?)
}

const fn state_code(state: State) -> &'static str {
    match state {
        State::Found => "gevonden",
        State::Clear => "niets",
        State::NotAssessable => "onbekend",
    }
}

fn state_title(lang: Lang, state: State) -> &'static str {
    match state {
        State::Found => lang.pick("Iets gevonden", "Something found"),
        State::Clear => lang.pick("Niets gevonden", "Nothing found"),
        State::NotAssessable => lang.pick("Niet te beoordelen", "Could not be judged"),
    }
}

/// `GET /organisaties/{organisatie}/signalen`, with `?proces=` and `?stand=` for some of them
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, here, drawn) = (visit.lang, here(visit)?, drawn(visit)?);
    let of: Option<Process> = visit.query.get("proces").parse().ok();
    let wanted = visit.query.get("stand");
    let state = STATES.into_iter().find(|state| state_code(*state) == wanted);
    let title = lang.pick("Signalen", "Signals");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wat de controleregels in de gegevens vonden. Een signaal is geen verwijt: het zegt waar iemand moet kijken.",
            "What the control rules found in the data. A signal is no reproach: it says where somebody should look.",
        )))
        @if drawn.pictures.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Er zijn nog geen gegevens ingelezen. Wie de installatie beheert doet dat met `dijkwacht read` en `dijkwacht evaluate`.",
                "No data were read yet. Whoever keeps the installation does so with `dijkwacht read` and `dijkwacht evaluate`.",
            ))))
        } @else {
            (filters(visit, &here, &drawn, (of, state)))
        }
        @for picture in drawn.pictures.iter().filter(|picture| of.is_none_or(|of| of == picture.process)) {
            @let tests: Vec<&Tested> = picture.tests.iter().filter(|test| state.is_none_or(|state| state == test.state)).collect();
            @if !tests.is_empty() { (list(visit, &here, picture, &tests)) }
        }
    };
    Ok(Answer::page(title, content))
}

fn filters(
    visit: &Visit,
    here: &str,
    drawn: &Drawn,
    (of, state): (Option<Process>, Option<State>),
) -> Markup {
    let lang = visit.lang;
    let at = |of: Option<Process>, state: Option<State>| {
        let mut parts = Vec::new();
        parts.extend(of.map(|of| query("proces", of.code())));
        parts.extend(state.map(|state| query("stand", state_code(state))));
        format!("{here}?{}", parts.join("&"))
    };
    let item = |title: &str, address: String, is_here: bool| {
        html! { li { a class="nl-link" href=(address) aria-current=[is_here.then_some("true")] { (title) } } }
    };
    html! {
        nav class="dw-screen-only" aria-label=(lang.pick("Uitkomst", "Outcome")) {
            ul class="dw-steps" {
                (item(lang.pick("Alle uitkomsten", "All outcomes"), at(of, None), state.is_none()))
                @for one in STATES { (item(state_title(lang, one), at(of, Some(one)), state == Some(one))) }
            }
        }
        nav class="dw-screen-only" aria-label=(lang.pick("Proces", "Process")) {
            ul class="dw-steps" {
                (item(lang.pick("Alle processen", "All processes"), at(None, state), of.is_none()))
                @for picture in &drawn.pictures {
                    (item(visit.process_title(picture.process), at(Some(picture.process), state), of == Some(picture.process)))
                }
            }
        }
    }
}

fn list(visit: &Visit, here: &str, picture: &Picture, tests: &[&Tested]) -> Markup {
    let (lang, catalogue) = (visit.lang, visit.catalogue());
    let columns = [
        Column::text(lang.pick("Signaal", "Signal")),
        Column::text(lang.pick("Uitkomst", "Outcome")),
        Column::text(lang.pick("In het kort", "In short")),
        Column { title: lang.pick("Nieuw", "New"), is_number: true },
    ];
    let rows: Vec<Vec<Markup>> = tests
        .iter()
        .map(|test| {
            vec![
                link(
                    &test_at(here, picture.process, test),
                    &told::signal_title(catalogue, picture, test, lang),
                ),
                told::signal_outcome(catalogue, picture, test, lang),
                html! { (told::in_short(catalogue, picture, test, lang)) },
                html! { (test.opened) },
            ]
        })
        .collect();
    let process = picture.process;
    let sorted = lang.pick("gevonden eerst", "found first");
    let caption = format!("{}: {sorted}", visit.process_title(process));
    html! {
        (heading(2, visit.process_title(process)))
        div class="dw-report" {
            (table(&format!("signalen-{process}"), &caption, &columns, &rows))
        }
    }
}

fn test_at(here: &str, process: Process, test: &Tested) -> String {
    let item = test
        .item
        .as_ref()
        .map_or_else(String::new, |item| format!("?{}", query("onderdeel", item)));
    format!("{here}/{process}/{}{item}", test.rule)
}

/// A test and the findings of it that the path names.
struct Seen {
    drawn: Arc<Drawn>,
    process: Process,
    rule: String,
    item: Option<String>,
}

impl Seen {
    fn of(visit: &Visit) -> Result<Self, Fault> {
        let param = |name: &str| visit.params.get(name).ok_or(Fault::NotFound);
        let process = param("proces")?.parse().ok().ok_or(Fault::NotFound)?;
        let rule = param("regel")?.clone();
        let item = Some(visit.query.get("onderdeel").to_owned());
        let item = item.filter(|item| !item.is_empty());
        Ok(Self { drawn: drawn(visit)?, process, rule, item })
    }

    fn test(&self) -> Result<(&Picture, &Tested), Fault> {
        let picture = self.drawn.picture(self.process).ok_or(Fault::NotFound)?;
        let test = picture
            .tests
            .iter()
            .find(|test| test.rule == self.rule && test.item == self.item);
        Ok((picture, test.ok_or(Fault::NotFound)?))
    }

    fn findings(&self) -> Vec<&Finding> {
        let set = self.drawn.findings(self.process);
        let all = set.map_or(&[][..], |set| set.findings.as_slice());
        all.iter()
            .filter(|one| one.rule == self.rule && one.item == self.item)
            .filter(|one| one.life != Life::Closed)
            .collect()
    }

    /// The snapshot on which the findings rest.
    fn snapshot(&self) -> &str {
        self.drawn.findings(self.process).map_or("", |set| set.snapshot.as_str())
    }

    fn files(&self) -> &[String] {
        self.drawn
            .findings(self.process)
            .map_or(&[], |set: &FindingSet| set.files.as_slice())
    }

    fn at(&self, here: &str) -> String {
        format!("{here}/{}/{}", self.process, self.rule)
    }

    fn query(&self) -> String {
        self.item
            .as_ref()
            .map_or_else(String::new, |item| format!("?{}", query("onderdeel", item)))
    }
}

/// `GET /organisaties/{organisatie}/signalen/{proces}/{regel}`
pub(crate) fn one(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, catalogue, seen) = (visit.lang, visit.catalogue(), Seen::of(visit)?);
    let here = here(visit)?;
    let (picture, test) = seen.test()?;
    let findings = seen.findings();
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let said = triages(&mut desk, visit.organisation()?, seen.process)?;
    drop(registry);
    let title = told::signal_title(catalogue, picture, test, lang);
    let in_catalogue = format!("/catalogus/rule/{}", test.rule.to_lowercase());
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&here, lang.pick("Signalen", "Signals"))) " · " (visit.process_title(seen.process)) }
        (heading(1, &title))
        div class="dw-report" {
            (told::signal(catalogue, picture, test, lang))
            (heading(2, lang.pick("De getallen", "The numbers")))
            (told::funnel(catalogue, picture, test, lang))
            (told::trend(&findings, lang))
        }
        p class="nl-paragraph dw-screen-only" {
            (link(&format!("{}/cijfers.csv{}", seen.at(&here), seen.query()), lang.pick("De getallen als CSV", "The numbers as CSV")))
            " · " (link(&in_catalogue, lang.pick("De regel in de catalogus", "The rule in the catalogue")))
        }
        (finding_list(visit, &seen, &here, (&findings, &said)))
    };
    Ok(Answer::page(title, content))
}

type SaidOf = BTreeMap<String, Vec<Kept<Triage>>>;

fn finding_list(
    visit: &Visit,
    seen: &Seen,
    here: &str,
    (findings, said): (&[&Finding], &SaidOf),
) -> Markup {
    let lang = visit.lang;
    if findings.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text(lang.pick("Bevinding", "Finding")),
        Column::text(lang.pick("Waarover", "About")),
        Column::text(lang.pick("Eerst gezien", "First seen")),
        Column::text(lang.pick("Oordeel", "Judgement")),
    ];
    let from = visit.query.get("vanaf").parse().unwrap_or(0).min(findings.len() - 1);
    let shown: Vec<&&Finding> = findings.iter().skip(from).take(MOST).collect();
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|finding| {
            let last = said.get(&finding.id).and_then(|all| all.last());
            let word = last.map_or("", |kept| verdict(lang, kept.entry.verdict));
            vec![
                link(&format!("{}/{}", seen.at(here), finding.id), &finding.id),
                html! {
                    // the subject may be a person behind a pseudonym: for those who may see rows
                    @if visit.may(READ_EVIDENCE) { (told::subject(finding, lang)) } @else { "–" }
                },
                html! { (numbers::date(finding.first_seen, lang)) },
                html! { @if !word.is_empty() { (badge(word)) } },
            ]
        })
        .collect();
    let (begin, end) = (from + 1, from + shown.len());
    let caption = match lang {
        Lang::Nl => format!("Open bevindingen {begin}–{end} van {}", findings.len()),
        Lang::En => format!("Open findings {begin}–{end} of {}", findings.len()),
    };
    let page = |from: usize| {
        let item = seen
            .item
            .as_ref()
            .map_or_else(String::new, |item| format!("&{}", query("onderdeel", item)));
        format!("{}?vanaf={from}{item}", seen.at(here))
    };
    html! {
        (heading(2, lang.pick("De bevindingen", "The findings")))
        (table("bevindingen", &caption, &columns, &rows))
        ul class="dw-steps dw-screen-only" {
            @if from > 0 { li { (link(&page(from.saturating_sub(MOST)), lang.pick("Vorige", "Previous"))) } }
            @if end < findings.len() { li { (link(&page(end), lang.pick("Volgende", "Next"))) } }
        }
        @if visit.may(READ_EVIDENCE) {
            p class="nl-paragraph dw-screen-only" { (link(&format!("{}/rijen.csv{}", seen.at(here), seen.query()), lang.pick("Alle bewijsrijen als CSV (dit komt in het logboek)", "All rows of evidence as CSV (this goes into the log)"))) }
        }
    }
}

/// `GET /organisaties/{organisatie}/signalen/{proces}/{regel}/cijfers.csv`
pub(crate) fn numbers_csv(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, seen) = (visit.lang, Seen::of(visit)?);
    let (picture, test) = seen.test()?;
    let title = told::signal_title(visit.catalogue(), picture, test, lang);
    let line = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![
        line(lang.pick("Wat", "What"), lang.pick("Waarde", "Value").to_owned()),
        line(lang.pick("Signaal", "Signal"), title),
        line(lang.pick("Regel", "Rule"), test.rule.clone()),
        line(lang.pick("Uitkomst", "Outcome"), state_title(lang, test.state).to_owned()),
        line(lang.pick("Alle", "All"), test.subjects.to_string()),
        line(lang.pick("Te beoordelen", "Could be judged"), test.assessable.to_string()),
        line(lang.pick("Gevonden", "Found"), test.found.to_string()),
    ];
    rows.extend(
        told::trend_rows(&seen.findings())
            .into_iter()
            .map(|(period, number)| vec![period, number.to_string()]),
    );
    let name = format!("{}-{}.csv", seen.process, test.rule);
    Ok(Answer::download("text/csv; charset=utf-8", &name, progress::table(&rows)))
}

/// `GET /organisaties/{organisatie}/signalen/{proces}/{regel}/rijen.csv`
pub(crate) fn rows_csv(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, seen) = (visit.lang, Seen::of(visit)?);
    let (_, test) = seen.test()?;
    log_look(visit, seen.process, &test.rule)?;
    let heads = [
        lang.pick("Bevinding", "Finding"),
        lang.pick("Bestand", "File"),
        lang.pick("Regel in het bestand", "Line in the file"),
        lang.pick("Zaak", "Case"),
        lang.pick("Activiteit", "Activity"),
        lang.pick("Tijd", "Time"),
        lang.pick("Wie (pseudoniem)", "Who (pseudonym)"),
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for finding in seen.findings() {
        for row in &finding.rows {
            rows.push(vec![
                finding.id.clone(),
                file_of(&seen, row.file),
                row.number.to_string(),
                row.case.clone(),
                row.activity.clone(),
                row.time.clone().unwrap_or_default(),
                row.who.clone().unwrap_or_default(),
            ]);
        }
    }
    let name = format!("{}-{}-rijen.csv", seen.process, test.rule);
    Ok(Answer::download("text/csv; charset=utf-8", &name, progress::table(&rows)))
}

fn file_of(seen: &Seen, file: u16) -> String {
    seen.files().get(usize::from(file)).cloned().unwrap_or_default()
}

/// Says in the log who looks at what, before it is shown.
fn log_look(visit: &Visit, process: Process, subject: &str) -> Result<(), Fault> {
    let mut registry = visit.state.installation.write(visit.now)?;
    let mut desk = visit.desk(&mut registry)?;
    Ok(look(&mut desk, visit.organisation()?, process, subject)?)
}

/// `GET /organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}`
pub(crate) fn finding(visit: &Visit) -> Result<Answer, Fault> {
    finding_page(visit, &Faults::default())
}

/// The finding of the path: its code is enough, whatever the item.
fn of_path(visit: &Visit) -> Result<(Seen, Finding), Fault> {
    let mut seen = Seen::of(visit)?;
    let id = visit.params.get("bevinding").ok_or(Fault::NotFound)?;
    let found = finding_of(&seen.drawn, seen.process, (&seen.rule, id))?;
    seen.item.clone_from(&found.item);
    Ok((seen, found))
}

fn finding_of(
    drawn: &Drawn,
    process: Process,
    (rule, id): (&str, &str),
) -> Result<Finding, Fault> {
    let set = drawn.findings(process).ok_or(Fault::NotFound)?;
    let found = set.findings.iter().find(|one| one.id == id && one.rule == rule);
    Ok(found.ok_or(Fault::NotFound)?.clone())
}

/// A finding by the names of its process and rule and its own code.
pub(super) fn named(
    visit: &Visit,
    (process, rule, id): (&str, &str, &str),
) -> Result<(Process, Finding), Fault> {
    let process = process.parse().ok().ok_or(Fault::NotFound)?;
    Ok((process, finding_of(&*drawn(visit)?, process, (rule, id))?))
}

fn finding_page(visit: &Visit, faults: &Faults) -> Result<Answer, Fault> {
    let (lang, catalogue) = (visit.lang, visit.catalogue());
    let (seen, found) = of_path(visit)?;
    let here = here(visit)?;
    let may_see = visit.may(READ_EVIDENCE);
    if may_see {
        log_look(visit, seen.process, &found.id)?;
    }
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let said = triages(&mut desk, visit.organisation()?, seen.process)?
        .remove(&found.id)
        .unwrap_or_default();
    drop(registry);
    let (picture, test) = seen.test()?;
    let signal = told::signal_title(catalogue, picture, test, lang);
    let title = match lang {
        Lang::Nl => format!("Bevinding {}", found.id),
        Lang::En => format!("Finding {}", found.id),
    };
    let mut facts = vec![
        (
            lang.pick("Signaal", "Signal"),
            link(&format!("{}{}", seen.at(&here), seen.query()), &signal),
        ),
        (lang.pick("Proces", "Process"), html! { (visit.process_title(seen.process)) }),
        (
            lang.pick("Eerst gezien", "First seen"),
            html! { (numbers::date(found.first_seen, lang)) },
        ),
        (
            lang.pick("Laatst gezien", "Last seen"),
            html! { (numbers::date(found.last_seen, lang)) },
        ),
    ];
    if may_see {
        facts.insert(
            2,
            (lang.pick("Waarover", "About"), html! { (told::subject(&found, lang)) }),
        );
    }
    let content = html! {
        p class="nl-paragraph dw-screen-only" { (link(&here, lang.pick("Signalen", "Signals"))) }
        (heading(1, &title))
        @if visit.query.get("gelukt") == "bewaard" {
            (alert(Mood::Done, &paragraph(lang.pick("Je oordeel is bewaard.", "Your judgement was kept."))))
        }
        (data_list(&facts))
        @if may_see {
            (rows(visit, &seen, &found)?)
            (case::events(visit, seen.snapshot(), &found)?)
        } @else {
            (alert(Mood::Info, &paragraph(lang.pick(
                "De rijen zelf zie je met de rol controller, integriteitsfunctionaris of auditor.",
                "The rows themselves are seen with the role of controller, integrity officer or auditor.",
            ))))
        }
        (judgements(visit, &said))
        @if visit.may(JUDGE) { (judge_form(visit, &format!("{}/{}", seen.at(&here), found.id), &said, faults)) }
    };
    Ok(Answer::form(title, content, faults))
}

fn rows(visit: &Visit, seen: &Seen, found: &Finding) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let at = format!("{}/{}", seen.at(&here(visit)?), found.id);
    let columns = [
        Column::text(lang.pick("Bestand", "File")),
        Column { title: lang.pick("Regel", "Line"), is_number: true },
        Column::text(lang.pick("Zaak", "Case")),
        Column::text(lang.pick("Activiteit", "Activity")),
        Column::text(lang.pick("Tijd", "Time")),
        Column::text(lang.pick("Wie (pseudoniem)", "Who (pseudonym)")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .rows
        .iter()
        .map(|row| {
            vec![
                html! { (file_of(seen, row.file)) },
                html! { (row.number) },
                case::of_row(row, &at),
                html! { (row.activity) },
                html! { span class="dw-nowrap" { (row.time.as_deref().unwrap_or(lang.pick("niet bekend", "not known"))) } },
                names::of_row(visit, (seen.process, found), row.who.as_deref()),
            ]
        })
        .collect();
    let caption = lang.pick(
        "De rijen van de bronbestanden die dit laten zien; dat je ze bekeek, staat in het logboek",
        "The rows of the source files that show this; that you looked at them stands in the log",
    );
    Ok(html! {
        (heading(2, lang.pick("Bewijs", "Evidence")))
        (table("rijen", caption, &columns, &rows))
    })
}

fn judgements(visit: &Visit, said: &[Kept<Triage>]) -> Markup {
    let lang = visit.lang;
    if said.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text(lang.pick("Op", "On")),
        Column::text(lang.pick("Oordeel", "Judgement")),
        Column::text(lang.pick("Waarom", "Why")),
        Column::text(lang.pick("Door", "By")),
    ];
    let rows: Vec<Vec<Markup>> = said
        .iter()
        .rev()
        .map(|kept| {
            let at = Moment::at(kept.recorded_at.as_microsecond());
            vec![
                html! { (numbers::day(at, lang)) },
                html! { (verdict(lang, kept.entry.verdict)) },
                html! { (kept.entry.reason) },
                html! { (kept.recorded_by) },
            ]
        })
        .collect();
    table(
        "oordelen",
        lang.pick(
            "Wat ervan is gezegd, het laatste eerst",
            "What was said of it, the last first",
        ),
        &columns,
        &rows,
    )
}

fn judge_form(
    visit: &Visit,
    here: &str,
    said: &[Kept<Triage>],
    faults: &Faults,
) -> Markup {
    let lang = visit.lang;
    let choices =
        VERDICTS.map(|one| Choice { value: one.code(), label: verdict(lang, one) });
    let stood = said.last().map_or("", |kept| kept.entry.verdict.code());
    let value = if faults.is_empty() { stood } else { visit.fields.get("oordeel") };
    let fields = [
        Field::new(
            "oordeel",
            lang.pick("Wat vind je ervan?", "What do you make of it?"),
            Kind::Radio(&choices),
        )
        .with_value(value),
        Field::new("waarom", lang.pick("Waarom?", "Why?"), Kind::Text)
            .with_help(
                lang.pick("Zonder namen van personen.", "Without names of persons."),
            )
            .with_value(visit.fields.trimmed("waarom")),
    ];
    html! {
        (heading(2, lang.pick("Oordelen", "Judge")))
        (form(visit, here, faults, &fields, &button(lang.pick("Bewaren", "Save"))))
    }
}

/// `POST /organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}`
pub(crate) fn judge(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, fields) = (visit.lang, &visit.fields);
    let (seen, found) = of_path(visit)?;
    let mut faults = Faults::default();
    let chosen = VERDICTS.into_iter().find(|one| one.code() == fields.get("oordeel"));
    if chosen.is_none() {
        faults.add("oordeel", lang.pick("Kies een oordeel", "Choose a judgement"));
    }
    let reason = fields.trimmed("waarom");
    if reason.is_empty() {
        faults.add("waarom", lang.pick("Vul in waarom", "Fill in why"));
    }
    let Some(verdict) = chosen.filter(|_| faults.is_empty()) else {
        return finding_page(visit, &faults);
    };
    let entry = Triage {
        process: seen.process.code().to_owned(),
        finding: found.id.clone(),
        verdict,
        reason: reason.to_owned(),
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    triage(&mut desk, visit.organisation()?, &entry)?;
    Ok(Answer::see(format!("{}/{}?gelukt=bewaard", seen.at(&here(visit)?), found.id)))
}
