//! Writing a log as XES (IEEE 1849).

use crate::case::{Case, Event, Value};
use crate::clock::{Stamp, date_of};
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <classifier name="Activity" keys="concept:name"/>
"#;

/// Writes the log of a process.
pub(crate) fn write(cases: &[Case], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for case in cases {
        out.write_all(b"  <trace>\n")?;
        string(out, "    ", "concept:name", &case.id)?;
        for (name, value) in &case.attributes {
            attribute(out, "    ", name, value)?;
        }
        for event in &case.events {
            write_event(out, event)?;
        }
        out.write_all(b"  </trace>\n")?;
    }
    out.write_all(b"</log>\n")
}

fn write_event(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let pad = "      ";
    out.write_all(b"    <event>\n")?;
    string(out, pad, "concept:name", event.activity)?;
    let time = iso(event.at);
    writeln!(out, r#"{pad}<date key="time:timestamp" value="{time}"/>"#)?;
    string(out, pad, "lifecycle:transition", "complete")?;
    if !event.who.is_empty() {
        string(out, pad, "org:resource", event.who)?;
    }
    string(out, pad, "org:group", event.unit)?;
    for (name, value) in &event.attributes {
        attribute(out, pad, name, value)?;
    }
    out.write_all(b"    </event>\n")
}

fn attribute(out: &mut dyn Write, pad: &str, key: &str, value: &Value) -> io::Result<()> {
    match value {
        Value::Word(text) => string(out, pad, key, text),
        Value::Text(text) => string(out, pad, key, text),
        Value::Int(n) => writeln!(out, r#"{pad}<int key="{key}" value="{n}"/>"#),
        Value::Money(cents) => {
            let (euros, rest) = (cents / 100, (cents % 100).abs());
            writeln!(out, r#"{pad}<float key="{key}" value="{euros}.{rest:02}"/>"#)
        }
        Value::Bool(yes) => writeln!(out, r#"{pad}<boolean key="{key}" value="{yes}"/>"#),
        Value::Moment(at) => {
            writeln!(out, r#"{pad}<date key="{key}" value="{}"/>"#, iso(*at))
        }
        Value::Day(day) => {
            let time = iso(Stamp::new(*day, 0, 0));
            writeln!(out, r#"{pad}<date key="{key}" value="{time}"/>"#)
        }
    }
}

fn string(out: &mut dyn Write, pad: &str, key: &str, text: &str) -> io::Result<()> {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    writeln!(out, r#"{pad}<string key="{key}" value="{text}"/>"#)
}

/// Local time with its distance to UTC.
fn iso(at: Stamp) -> String {
    let (hour, minute, second) = at.clock();
    let ahead = at.offset() / 3_600;
    let date = date_of(at.day());
    format!("{date}T{hour:02}:{minute:02}:{second:02}+{ahead:02}:00")
}
