//! One control test on a page of its own: the card, how many subjects are left at each step, and
//! when what was found took place.

use super::table::Table;
use super::{Part, test_card};
use crate::numbers;
use crate::sentences::Told;
use crate::svg::px;
use crate::words::Word;
use catalogue::Catalogue;
use findings::Finding;
use maud::{Markup, html};
use model::Lang;
use picture::{Picture, Tested};
use std::collections::BTreeMap;

const WIDTH: f64 = 360.0;
const STEP: f64 = 34.0;
const TREND_HEIGHT: f64 = 150.0;
const TREND_FLOOR: f64 = 118.0;
/// More months than this are told by quarter.
const MOST_MONTHS: usize = 24;

/// The title of a test in words.
pub fn signal_title(
    catalogue: &Catalogue,
    picture: &Picture,
    test: &Tested,
    lang: Lang,
) -> String {
    Told { catalogue, picture, lang }.title(test)
}

/// The sentence of an outcome: how many were found, that nothing was, or why it is not known.
pub fn signal_outcome(
    catalogue: &Catalogue,
    picture: &Picture,
    test: &Tested,
    lang: Lang,
) -> Markup {
    let told = Told { catalogue, picture, lang };
    super::process::badge(told, test.state)
}

/// The card of a test, without its samples.
pub fn signal(
    catalogue: &Catalogue,
    picture: &Picture,
    test: &Tested,
    lang: Lang,
) -> Markup {
    let told = Told { catalogue, picture, lang };
    test_card::whole(Part { told, id: "signal" }, test)
}

/// From all subjects over those that could be judged to those that were found: a sentence, a
/// drawing and the same as a table.
pub fn funnel(
    catalogue: &Catalogue,
    picture: &Picture,
    test: &Tested,
    lang: Lang,
) -> Markup {
    let told = Told { catalogue, picture, lang };
    let steps = [
        (lang.pick("Alle", "All"), test.subjects),
        (lang.pick("Te beoordelen", "Could be judged"), test.assessable),
        (lang.pick("Gevonden", "Found"), test.found),
    ];
    let count = |number| told.count(number);
    let sentence = match lang {
        Lang::Nl => format!(
            "Van de {} waren er {} te beoordelen; bij {} is iets gevonden.",
            count(test.subjects),
            count(test.assessable),
            count(test.found)
        ),
        Lang::En => format!(
            "Of {} {} could be judged; in {} something was found.",
            count(test.subjects),
            count(test.assessable),
            count(test.found)
        ),
    };
    let table = Table {
        id: "funnel-table",
        caption: lang
            .pick("Hoeveel er bij elke stap over zijn", "How many are left at each step")
            .to_owned(),
        columns: &[
            (lang.pick("Stap", "Step"), false),
            (lang.pick("Aantal", "Number"), true),
        ],
    };
    let rows = html! {
        @for (name, number) in steps {
            tr { th scope="row" { (name) } td class="number" { (count(number)) } }
        }
    };
    html! {
        h3 id="funnel" { (lang.pick("Van alle naar gevonden", "From all to found")) }
        p { (sentence) }
        div class="plan-frontier" {
            (funnel_drawing(told, &steps, &sentence))
            (table.with(&rows))
        }
    }
}

fn funnel_drawing(told: Told<'_>, steps: &[(&str, u64); 3], title: &str) -> Markup {
    let most = steps.iter().map(|(_, number)| *number).max().unwrap_or(0).max(1);
    let height = STEP * 3.0;
    // what is there is never drawn as nothing
    let wide = |number: u64| {
        let share = number as f64 / most as f64;
        if number == 0 { 0.0 } else { (share * WIDTH).max(2.0) }
    };
    html! {
        svg class="frontier funnel" role="img" aria-label=(title)
            viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } {
            @for (at, (name, number)) in (0_u8..).zip(steps) {
                @let top = f64::from(at) * STEP;
                @let width = wide(*number);
                rect class="bar-track" x="0" y=(px(top + 14.0)) width=(px(WIDTH)) height="14" {}
                rect class="bar-share" x=(px((WIDTH - width) / 2.0)) y=(px(top + 14.0))
                    width=(px(width)) height="14" {}
                text class="frontier-axis" x="0" y=(px(top + 10.0)) { (name) }
                text class="frontier-value" x=(px(WIDTH)) y=(px(top + 10.0)) text-anchor="end" {
                    (told.count(*number))
                }
            }
        }
    }
}

/// When what was found took place: by month, or by quarter where there are many months. A
/// finding counts in the month of its last row; those without a time are told apart.
pub fn trend(findings: &[&Finding], lang: Lang) -> Markup {
    let (by_period, without) = periods(findings);
    if by_period.is_empty() {
        return html! {};
    }
    let (peak, most) = by_period
        .iter()
        .max_by_key(|(_, number)| **number)
        .map(|(period, number)| (period.clone(), *number))
        .unwrap_or_default();
    let all: u64 = by_period.values().sum();
    let count = |number: u64| numbers::count(number, lang);
    let of_time = match lang {
        _ if without == 0 => String::new(),
        Lang::Nl => format!(" Van {} is de tijd niet bekend.", count(without)),
        Lang::En => format!(" Of {} the time is not known.", count(without)),
    };
    let sentence = match lang {
        Lang::Nl => format!(
            "{} bevindingen; de meeste ({}) in {peak}.{of_time}",
            count(all),
            count(most)
        ),
        Lang::En => format!(
            "{} findings; most of them ({}) in {peak}.{of_time}",
            count(all),
            count(most)
        ),
    };
    let table = Table {
        id: "trend-table",
        caption: lang
            .pick(
                "Bevindingen naar de tijd van hun laatste rij",
                "Findings by the time of their last row",
            )
            .to_owned(),
        columns: &[
            (lang.pick("Periode", "Period"), false),
            (lang.pick("Aantal", "Number"), true),
        ],
    };
    let rows = html! {
        @for (period, number) in &by_period {
            tr { th scope="row" { (period) } td class="number" { (count(*number)) } }
        }
    };
    html! {
        h3 id="trend" { (lang.pick("Wanneer", "When")) }
        p { (sentence) }
        (columns_drawing(&by_period, &sentence))
        details {
            summary { (lang.pick("Dezelfde getallen als tabel", "The same numbers as a table")) }
            div class="details-body" { (table.with(&rows)) }
        }
    }
}

/// Findings by period as numbers; those without a time are left out.
pub fn trend_rows(findings: &[&Finding]) -> Vec<(String, u64)> {
    periods(findings).0.into_iter().collect()
}

/// Findings by period, with those in between at 0, and how many have no time.
fn periods(findings: &[&Finding]) -> (BTreeMap<String, u64>, u64) {
    let mut months: BTreeMap<(i32, u32), u64> = BTreeMap::new();
    let mut without = 0;
    for finding in findings {
        let time = finding.rows.iter().filter_map(|row| row.time.as_deref()).max();
        let month = time.and_then(|time| {
            Some((time.get(0..4)?.parse().ok()?, time.get(5..7)?.parse().ok()?))
        });
        match month {
            Some(month) => *months.entry(month).or_default() += 1,
            None => without += 1,
        }
    }
    let (Some((first, _)), Some((last, _))) =
        (months.first_key_value(), months.last_key_value())
    else {
        return (BTreeMap::new(), without);
    };
    let (mut at, last) = (*first, *last);
    let span = usize::try_from((last.0 - at.0) * 12).unwrap_or(0) + last.1 as usize
        - (at.1 as usize).min(last.1 as usize);
    let by_quarter = span > MOST_MONTHS;
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    while at <= last {
        let (year, month) = at;
        let name = if by_quarter {
            format!("{year}-Q{}", month.saturating_sub(1) / 3 + 1)
        } else {
            format!("{year}-{month:02}")
        };
        *all.entry(name).or_default() += months.get(&at).copied().unwrap_or(0);
        at = if month >= 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (all, without)
}

fn columns_drawing(by_period: &BTreeMap<String, u64>, title: &str) -> Markup {
    let most = by_period.values().copied().max().unwrap_or(0).max(1);
    let wide = WIDTH / by_period.len().max(1) as f64;
    let first = by_period.first_key_value().map_or("", |(period, _)| period.as_str());
    let last = by_period.last_key_value().map_or("", |(period, _)| period.as_str());
    html! {
        svg class="frontier trend" role="img" aria-label=(title)
            viewBox={ "0 0 " (px(WIDTH)) " " (px(TREND_HEIGHT)) } {
            line class="frontier-grid" x1="0" x2=(px(WIDTH)) y1=(px(TREND_FLOOR)) y2=(px(TREND_FLOOR)) {}
            @for (at, number) in by_period.values().enumerate() {
                @let tall = *number as f64 / most as f64 * (TREND_FLOOR - 18.0);
                @let tall = if *number == 0 { 0.0 } else { tall.max(2.0) };
                rect class="bar-share" x=(px(at as f64 * wide + wide * 0.1)) width=(px(wide * 0.8))
                    y=(px(TREND_FLOOR - tall)) height=(px(tall)) {}
            }
            text class="frontier-value" x="0" y="12" { (most) }
            text class="frontier-axis" x="0" y=(px(TREND_FLOOR + 16.0)) { (first) }
            text class="frontier-axis" x=(px(WIDTH)) y=(px(TREND_FLOOR + 16.0)) text-anchor="end" { (last) }
        }
    }
}

/// The words for what a finding is about: the kind of its subject and the subject.
pub fn subject(finding: &Finding, lang: Lang) -> String {
    let kind = match finding.kind.as_str() {
        "case" => lang.pick("zaak", "case"),
        "event" => lang.pick("gebeurtenis", "event"),
        "actor" => lang.pick("behandelaar", "handler"),
        "pair" => lang.pick("paar", "pair"),
        "process" => lang.pick("proces", "process"),
        other => other,
    };
    format!("{kind} {}", crate::safe::one_line(&finding.subject))
}

/// What an interval and a share say, in the words of the report.
pub fn in_short(
    catalogue: &Catalogue,
    picture: &Picture,
    test: &Tested,
    lang: Lang,
) -> String {
    let told = Told { catalogue, picture, lang };
    match test.state {
        rules::State::Found => told.found_in_words(test),
        rules::State::Clear => told.clear_in_words(test),
        rules::State::NotAssessable => {
            let reasons = told.reasons(test);
            let none = told.say(Word::LackNothing).to_owned();
            reasons.into_iter().next().unwrap_or(none)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings::{Life, Row};
    use model::Date;

    fn finding(times: &[Option<&str>]) -> Finding {
        let row = |time: Option<&str>| Row {
            file: 0,
            number: 1,
            case: "1".to_owned(),
            activity: "a".to_owned(),
            time: time.map(str::to_owned),
            who: None,
        };
        Finding {
            id: "F-1".to_owned(),
            rule: "FIN-01".to_owned(),
            item: None,
            kind: "case".to_owned(),
            subject: "1".to_owned(),
            life: Life::Opened,
            first_seen: Date::constant(2026, 1, 1),
            last_seen: Date::constant(2026, 1, 1),
            snapshot: "s".to_owned(),
            version: 1,
            by_order: false,
            rows: times.iter().copied().map(row).collect(),
            measure: None,
        }
    }

    #[test]
    fn a_finding_counts_in_the_month_of_its_last_row_and_empty_months_are_told() {
        let all = [
            finding(&[Some("2026-01-05"), Some("2026-03-02 10:00")]),
            finding(&[Some("2026-01-31")]),
            finding(&[None]),
        ];
        let (by_period, without) = periods(&all.iter().collect::<Vec<_>>());
        let told: Vec<(&str, u64)> =
            by_period.iter().map(|(period, number)| (period.as_str(), *number)).collect();
        assert_eq!(told, [("2026-01", 1), ("2026-02", 0), ("2026-03", 1)]);
        assert_eq!(without, 1);
    }

    #[test]
    fn many_months_are_told_by_quarter() {
        let all = [finding(&[Some("2020-12-31")]), finding(&[Some("2026-03-02")])];
        let (by_period, _) = periods(&all.iter().collect::<Vec<_>>());
        assert_eq!(by_period.first_key_value(), Some((&"2020-Q4".to_owned(), &1)));
        assert_eq!(by_period.values().sum::<u64>(), 2);
        assert_eq!(by_period.len(), 22);
    }
}
