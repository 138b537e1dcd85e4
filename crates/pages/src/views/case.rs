//! The whole case around a finding, for whoever may see its rows.

use crate::fault::Fault;
use crate::parts::{Column, badge, heading, link, paragraph, table};
use crate::visit::{Visit, query};
use app::CaseEvents;
use findings::{Finding, Row};
use maud::{Markup, html};
use reports::numbers;

/// The most events of a case on a page.
const MOST: usize = 500;

/// The case of a row, with the way to all its events; `at` is the address of the finding.
pub(super) fn of_row(row: &Row, at: &str) -> Markup {
    link(&format!("{at}?{}#zaak-titel", query("zaak", &row.case)), &row.case)
}

/// All events of the case that the address names. Nothing where it names none, or one that the
/// finding has no row of: whoever sees a finding does not see every case by that.
pub(super) fn events(
    visit: &Visit,
    snapshot: &str,
    found: &Finding,
) -> Result<Markup, Fault> {
    let case = visit.query.get("zaak");
    if !found.rows.iter().any(|row| row.case == case) {
        return Ok(html! {});
    }
    let of = (visit.organisation()?, snapshot);
    let all = visit.state.installation.case_events(of, case, visit.now)?;
    Ok(shown(visit, found, case, &all))
}

fn shown(visit: &Visit, found: &Finding, case: &str, all: &CaseEvents) -> Markup {
    let lang = visit.lang;
    let unknown = lang.pick("niet bekend", "not known");
    let columns = [
        Column::text(lang.pick("Tijd", "Time")),
        Column::text(lang.pick("Activiteit", "Activity")),
        Column::text(lang.pick("Wie (pseudoniem)", "Who (pseudonym)")),
        Column::text(lang.pick("Bestand", "File")),
        Column::number(lang.pick("Regel", "Line")),
        Column::text(lang.pick("Bewijs", "Evidence")),
    ];
    let is_evidence = |row: &Row| {
        let same = |one: &Row| {
            (&one.case, &one.activity, &one.time, &one.who, one.number)
                == (&row.case, &row.activity, &row.time, &row.who, row.number)
        };
        found.rows.iter().any(same)
    };
    let rows: Vec<Vec<Markup>> = all
        .rows
        .iter()
        .take(MOST)
        .map(|row| {
            let file = all.files.get(usize::from(row.file)).map_or("", String::as_str);
            vec![
                html! { span class="dw-nowrap" { (row.time.as_deref().unwrap_or(unknown)) } },
                html! { (row.activity) },
                html! { span class="dw-break" { (row.who.as_deref().unwrap_or(unknown)) } },
                html! { span class="dw-break" { (file) } },
                html! { (row.number) },
                html! { @if is_evidence(row) { (badge(lang.pick("bewijs", "evidence"))) } },
            ]
        })
        .collect();
    let caption = format!(
        "{} {case}",
        lang.pick("Alle gebeurtenissen van zaak", "All events of case")
    );
    html! {
        (heading(2, lang.pick("De hele zaak", "The whole case")))
        @if all.rows.len() > MOST {
            (paragraph(&format!(
                "{} {} {} {}.",
                lang.pick("Dit zijn de eerste", "These are the first"),
                numbers::count(MOST as u64, lang),
                lang.pick("van", "of"),
                numbers::count(all.rows.len() as u64, lang),
            )))
        }
        (table("zaak", &caption, &columns, &rows))
    }
}
