//! Lists for a terminal: the results of an evaluation, the findings with their rows.

use crate::numbers;
use catalogue::Catalogue;
use findings::{Finding, FindingSet, Life};
use model::{Lang, Process};
use rules::{Evaluation, Lack, State, TestResult};
use std::fmt::Write as _;

/// The word for a place in a source: `line`, `byte` or `row`.
pub fn place_unit(unit: &str, lang: Lang) -> &'static str {
    match unit {
        "byte" => "byte",
        "row" => lang.pick("rij", "row"),
        _ => lang.pick("regel", "line"),
    }
}

/// The title of a test: that of its rule, and under a list that of the item.
pub fn test_title(
    catalogue: &Catalogue,
    process: Process,
    rule: &str,
    item: Option<&str>,
    lang: Lang,
) -> String {
    let Some(found) = catalogue.rules.get(rule) else { return rule.to_owned() };
    let title = found.texts.title(lang);
    let Some(item) = item else { return title.to_owned() };
    let named = found
        .for_each
        .and_then(|kind| {
            let texts = &catalogue.processes.get(&process)?.texts;
            texts.find(lang, &format!("{}.{item}", kind.code()))
        })
        .unwrap_or_else(|| catalogue.step_title(process, item, lang));
    if title.contains("{item}") {
        title.replace("{item}", named)
    } else {
        format!("{title}: {named}")
    }
}

/// The results of one process, one line a test, found first; control signs in names of the
/// log are replaced, so that they cannot move the cursor.
pub fn evaluation(catalogue: &Catalogue, evaluation: &Evaluation, lang: Lang) -> String {
    let mut out = String::new();
    let process = evaluation.process;
    let title =
        catalogue.processes.get(&process).map_or(process.code(), |p| p.texts.title(lang));
    let pedigree = &evaluation.pedigree;
    // writing to a String cannot fail
    writeln!(
        out,
        "{title} — {}, {} {}\n",
        pedigree.snapshot,
        lang.pick("peildatum", "as of"),
        numbers::date(pedigree.as_of, lang)
    )
    .unwrap_or_default();
    let mut results: Vec<&TestResult> = evaluation.results.iter().collect();
    results.sort_by_key(|r| {
        (r.state(), std::cmp::Reverse(r.share.unwrap_or_default()), r.name())
    });
    for result in results {
        writeln!(out, "{}", line(catalogue, process, result, lang)).unwrap_or_default();
    }
    out
}

/// One result as one line: code, figures, title, and why where nothing could be judged.
pub fn line(
    catalogue: &Catalogue,
    process: Process,
    result: &TestResult,
    lang: Lang,
) -> String {
    let title =
        test_title(catalogue, process, &result.rule, result.item.as_deref(), lang);
    let number = |n: u64| numbers::count(n, lang);
    let figures = match result.state() {
        State::NotAssessable => {
            format!("{:>22}", lang.pick("niet te beoordelen", "not assessable"))
        }
        State::Found | State::Clear => {
            let of = format!(
                "{} {} {}",
                number(result.found),
                lang.pick("van", "of"),
                number(result.assessable)
            );
            let share = result
                .share
                .map_or_else(String::new, |share| numbers::percent(share, lang));
            format!("{of:>15} {share:>6}")
        }
    };
    let mut text = format!("{:<7} {figures}  {title}", result.rule);
    let interval = result.interval.filter(|_| result.found > 0);
    if let Some(interval) = interval {
        write!(text, " ({})", numbers::interval(interval, lang)).unwrap_or_default();
    }
    if result.by_order > 0 {
        let count = number(result.by_order);
        let words = lang.pick(
            "rusten op de volgorde in het bestand",
            "rest on the order in the file",
        );
        write!(text, "; {count} {words}").unwrap_or_default();
    }
    let unknown: u64 = result.not_assessable.values().sum();
    if unknown > 0 && result.state() != State::NotAssessable {
        let words = lang.pick("niet te beoordelen", "not assessable");
        write!(text, "; {} {words}", number(unknown)).unwrap_or_default();
    }
    if result.state() == State::NotAssessable {
        write!(text, " — {}", because(catalogue, process, result, lang))
            .unwrap_or_default();
    }
    text
}

/// Why a test could not be judged.
pub fn because(
    catalogue: &Catalogue,
    process: Process,
    result: &TestResult,
    lang: Lang,
) -> String {
    let lacks: Vec<String> = result
        .lacks
        .iter()
        .map(|lack| match lack {
            Lack::Steps(steps) => {
                let titles: Vec<&str> = steps
                    .iter()
                    .map(|s| catalogue.step_title(process, s, lang))
                    .collect();
                let or = lang.pick(" of ", " or ");
                format!("{} {}", lang.pick("stap", "step"), titles.join(or))
            }
            Lack::Column(name) => {
                let title = catalogue
                    .columns
                    .get(name)
                    .map_or(name.as_str(), |c| c.titles.title(lang));
                format!("{} {title}", lang.pick("kolom", "column"))
            }
        })
        .collect();
    if !lacks.is_empty() {
        return format!(
            "{} {}",
            lang.pick("het logboek mist:", "the log lacks:"),
            lacks.join("; ")
        );
    }
    let reasons: Vec<&str> =
        result.not_assessable.keys().map(|r| r.phrase(lang)).collect();
    if reasons.is_empty() {
        return lang
            .pick("geen zaak waarop de regel slaat", "no case to which the rule applies")
            .to_owned();
    }
    reasons.join("; ")
}

/// The findings of one process with the rows that prove them.
pub fn findings(catalogue: &Catalogue, set: &FindingSet, lang: Lang) -> String {
    let mut out = String::new();
    let mut last = None;
    for finding in &set.findings {
        let test = (finding.rule.clone(), finding.item.clone());
        if last.as_ref() != Some(&test) {
            let title = test_title(
                catalogue,
                set.process,
                &finding.rule,
                finding.item.as_deref(),
                lang,
            );
            // writing to a String cannot fail
            writeln!(out, "\n{} {title}", finding.rule).unwrap_or_default();
            last = Some(test);
        }
        one(&mut out, finding, &set.files, lang);
    }
    out
}

fn one(out: &mut String, finding: &Finding, files: &[String], lang: Lang) {
    let life = match finding.life {
        Life::Opened => lang.pick("nieuw", "new"),
        Life::Carried => lang.pick("bekend", "carried"),
        Life::Closed => lang.pick("gesloten", "closed"),
    };
    let since = lang.pick("sinds", "since");
    let order = if finding.by_order {
        lang.pick(
            ", rust op de volgorde in het bestand",
            ", rests on the order in the file",
        )
    } else {
        ""
    };
    let subject = plain(&finding.subject);
    let seen = numbers::date(finding.first_seen, lang);
    // writing to a String cannot fail
    writeln!(out, "  {}  {subject}  ({life}, {since} {seen}{order})", finding.id)
        .unwrap_or_default();
    for row in &finding.rows {
        let file = files.get(usize::from(row.file)).map_or("", String::as_str);
        let (time, who) =
            (row.time.as_deref().unwrap_or("–"), row.who.as_deref().unwrap_or("–"));
        writeln!(
            out,
            "      {}:{}  {time}  {who}  {}",
            plain(file),
            row.number,
            plain(&row.activity)
        )
        .unwrap_or_default();
    }
}

/// Names out of a log without control signs.
fn plain(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}
