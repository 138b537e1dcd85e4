//! Writing a log as a table of text, the Dutch way: semicolons, decimal comma, day first.

use crate::case::{Case, Event, Value};
use crate::clock::{Stamp, date_of};
use std::io::{self, Write};

/// From where a column takes its values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From {
    /// The number of the case.
    Case,
    /// What was done.
    Activity,
    /// When.
    Time,
    /// By whom.
    Who,
    /// The team.
    Unit,
    /// An attribute of the event or, where it has none, of the case.
    Attribute(&'static str),
}

/// A table: its columns and its encoding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// Title and contents of each column.
    pub(crate) columns: &'static [(&'static str, From)],
    /// Windows-1252 instead of UTF-8.
    pub(crate) windows: bool,
    /// Rows in order of time over all cases, instead of case by case.
    pub(crate) by_time: bool,
}

/// Writes the table.
pub(crate) fn write(cases: &[Case], table: Table, out: &mut dyn Write) -> io::Result<()> {
    let titles: Vec<&str> = table.columns.iter().map(|(title, _)| *title).collect();
    line(out, &titles.join(";"), table.windows)?;
    if table.by_time {
        let mut rows: Vec<(&Case, &Event)> =
            cases.iter().flat_map(|c| c.events.iter().map(move |e| (c, e))).collect();
        rows.sort_by_key(|(_, event)| event.at);
        return rows
            .into_iter()
            .try_for_each(|(case, event)| row(out, table, case, event));
    }
    for case in cases {
        for event in &case.events {
            row(out, table, case, event)?;
        }
    }
    Ok(())
}

fn row(out: &mut dyn Write, table: Table, case: &Case, event: &Event) -> io::Result<()> {
    let mut text = String::with_capacity(160);
    for (at, (_, from)) in table.columns.iter().enumerate() {
        if at > 0 {
            text.push(';');
        }
        match from {
            From::Case => text.push_str(&case.id),
            From::Activity => text.push_str(event.activity),
            From::Time => text.push_str(&time(event.at)),
            From::Who => text.push_str(event.who),
            From::Unit => text.push_str(event.unit),
            From::Attribute(name) => {
                if let Some(value) = event.get(name).or_else(|| case.get(name)) {
                    cell(&mut text, value);
                }
            }
        }
    }
    line(out, &text, table.windows)
}

fn cell(text: &mut String, value: &Value) {
    match value {
        Value::Word(word) => quoted(text, word),
        Value::Text(word) => quoted(text, word),
        Value::Int(n) => text.push_str(&n.to_string()),
        Value::Money(cents) => text.push_str(&money(*cents)),
        Value::Bool(yes) => text.push_str(if *yes { "ja" } else { "nee" }),
        Value::Day(day) => text.push_str(&day_first(*day)),
        Value::Moment(at) => text.push_str(&time(*at)),
    }
}

/// Euros with a decimal comma and a point between the thousands.
fn money(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (euros, rest) = (cents.abs() / 100, cents.abs() % 100);
    let digits = euros.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped},{rest:02}")
}

fn quoted(text: &mut String, word: &str) {
    if word.contains([';', '"', '\n']) {
        text.push('"');
        text.push_str(&word.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(word);
    }
}

fn day_first(day: i32) -> String {
    let date = date_of(day);
    format!("{:02}-{:02}-{}", date.day(), date.month(), date.year())
}

fn time(at: Stamp) -> String {
    let (hour, minute, second) = at.clock();
    format!("{} {hour:02}:{minute:02}:{second:02}", day_first(at.day()))
}

fn line(out: &mut dyn Write, text: &str, windows: bool) -> io::Result<()> {
    if !windows {
        out.write_all(text.as_bytes())?;
        return out.write_all(b"\r\n");
    }
    // Letters of Western Europe have the same number in Windows-1252 as in Unicode.
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap_or(b'?') })
        .collect();
    out.write_all(&bytes)?;
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_the_dutch_way() {
        assert_eq!(money(123_456_789), "1.234.567,89");
        assert_eq!(money(5), "0,05");
        assert_eq!(money(-100_000), "-1.000,00");
    }

    #[test]
    fn accents_become_one_byte_in_the_windows_encoding() {
        let mut out = Vec::new();
        line(&mut out, "Financiën", true).unwrap();
        assert_eq!(out, b"Financi\xEBn\r\n");
    }
}
