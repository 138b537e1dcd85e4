//! What our own rules say of our own log.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Column, Mood, alert, heading, lead, link, paragraph, table};
use crate::visit::Visit;
use app::people::{OwnRule, own_rules};
use maud::{Markup, html};
use model::Process;
use picture::State;
use reports::{listing, numbers};

/// How many entries of a rule are named.
const MOST: usize = 30;

/// `GET /organisaties/{organisatie}/logboek/regels`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let (lang, of) = (visit.lang, visit.organisation()?);
    let installation = &visit.state.installation;
    // that the log was read is written into it, so this changes something
    let mut registry = installation.write(visit.now)?;
    let mut desk = visit.desk(&mut registry)?;
    let judged = own_rules(&mut desk, of, installation.shared_catalogue())?;
    drop(registry);
    let title = lang.pick("Onze regels over ons logboek", "Our rules over our log");
    let content = html! {
        (heading(1, title))
        (lead(lang.pick(
            "Wie in Dijkwacht rijen bekijkt, zoekt iets op. Daarom gelden hier dezelfde regels als voor elk ander systeem waarin mensen iets opzoeken.",
            "Whoever looks at rows in Dijkwacht looks something up. So the same rules hold here as for every other system in which people look things up.",
        )))
        (paragraph(lang.pick(
            "Een blik op bewijs hoort bij een zaak: een oordeel over dezelfde bevinding, binnen 30 dagen ervoor of erna. Wat hieronder staat, is een vraag en geen verwijt.",
            "A look at evidence belongs to a case: a judgement of the same finding, within 30 days before or after. What stands below is a question and no reproach.",
        )))
        @if judged.is_empty() {
            (alert(Mood::Info, &paragraph(lang.pick("Er staat nog niets in het logboek.", "Nothing stands in the log yet."))))
        } @else {
            (answers(visit, &judged))
        }
        p class="nl-paragraph" { (link(&format!("/organisaties/{of}/logboek"), lang.pick("Naar het logboek", "To the log"))) }
    };
    Ok(Answer::page(title, content))
}

fn answers(visit: &Visit, judged: &[OwnRule]) -> Markup {
    let lang = visit.lang;
    let columns = [
        Column::text(lang.pick("Regel", "Rule")),
        Column::text(lang.pick("Antwoord", "Answer")),
        Column::number(lang.pick("Gevonden", "Found")),
        Column::number(lang.pick("Beoordeeld", "Judged")),
        Column::text(lang.pick("Regels van het logboek", "Entries of the log")),
    ];
    let rows: Vec<Vec<Markup>> = judged.iter().map(|one| row(visit, one)).collect();
    let caption = lang.pick("Wat de regels zeggen", "What the rules say");
    table("eigen-regels", caption, &columns, &rows)
}

fn row(visit: &Visit, one: &OwnRule) -> Vec<Markup> {
    let (lang, result) = (visit.lang, &one.result);
    let (catalogue, process) = (visit.catalogue(), Process::Information);
    let title = listing::test_title(
        catalogue,
        process,
        &result.rule,
        result.item.as_deref(),
        lang,
    );
    let answer = match result.state() {
        State::Found => lang.pick("gevonden", "found").to_owned(),
        State::Clear => lang.pick("niets gevonden", "clear").to_owned(),
        State::NotAssessable => format!(
            "{}: {}",
            lang.pick("niet te beoordelen", "not assessable"),
            listing::because(catalogue, process, result, lang)
        ),
    };
    let named: Vec<String> =
        one.entries.iter().take(MOST).map(ToString::to_string).collect();
    let more = one.entries.len().saturating_sub(MOST);
    vec![
        html! { (link(&format!("/catalogus/rule/{}", result.rule.to_lowercase()), &format!("{} {title}", result.rule))) },
        html! { (answer) },
        html! { (numbers::count(result.found, lang)) },
        html! { (numbers::count(result.assessable, lang)) },
        html! {
            (if named.is_empty() { "–".to_owned() } else { named.join(", ") })
            @if more > 0 { " + " (more) }
        },
    ]
}
