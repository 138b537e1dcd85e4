//! The files held against the reader of the product: they are what they say, every event
//! arrives, and nothing in them needs a reading note but that a table of text names no zone.

use super::SMALL;
use crate::{Town, mapping};
use columns::intake::Collected;
use columns::{TimeCell, Value};
use model::{NoteKind, Process};
use sources::{Limits, Mapping, read_bytes};

fn mapping_of(process: Process) -> Mapping {
    let parsed = Mapping::parse(mapping(process).unwrap(), "mapping.toml");
    parsed.unwrap_or_else(|faults| panic!("{process}: {faults:?}"))
}

#[test]
fn every_file_is_read_without_a_fault_and_every_event_arrives() {
    let town = Town::build(&SMALL);
    for log in town.logs() {
        let mut bytes = Vec::new();
        log.write(&mut bytes).unwrap();
        let mut sink = Collected::default();
        let mapping = mapping_of(log.process);
        let summary = read_bytes(&bytes, None, &mapping, &Limits::default(), &mut sink);
        let summary = summary.unwrap_or_else(|error| panic!("{}: {error}", log.process));
        // A Dutch table names no zone; that is told once, and nothing else.
        let more = sink.notes.iter().find(|note| note.kind != NoteKind::TimeWithoutZone);
        assert!(more.is_none(), "{}: {more:?}", log.process);
        assert_eq!(sink.events.len(), log.events(), "{}", log.process);
        let named: Vec<&str> = summary.columns.iter().map(|c| c.name.as_str()).collect();
        for name in mapping
            .columns
            .keys()
            .filter(|n| !sources::mapping::PARTS.contains(&n.as_str()))
        {
            let rare =
                matches!(name.as_str(), "mandate_limit" | "override_reason" | "purpose");
            assert!(rare || named.contains(&name.as_str()), "{}: {name}", log.process);
        }
    }
}

/// Takes the first amount, date and time that come by.
#[derive(Default)]
struct First {
    amount: Option<i64>,
    day: Option<String>,
    time: Option<String>,
}

impl columns::Sink for First {
    fn event(&mut self, event: &columns::RawEvent<'_>) -> Result<(), columns::Refusal> {
        for (name, value) in event.case_attributes.iter().chain(event.attributes) {
            match (*name, value) {
                ("amount", Value::Int(cents)) => {
                    self.amount = self.amount.or(Some(*cents));
                }
                ("effective_on", Value::Time(moment)) if self.day.is_none() => {
                    assert!(moment.day_only);
                    self.day = Some(moment.local_date().to_string());
                }
                _ => {}
            }
        }
        if let (TimeCell::At(moment), None) = (event.time, &self.time) {
            self.time = Some(moment.local().to_string());
        }
        Ok(())
    }

    fn note(&mut self, _: model::Note) {}
}

#[test]
fn amounts_dates_and_times_arrive_as_they_were_meant() {
    use crate::case::Value as Made;
    let town = Town::build(&SMALL);
    for log in town.logs() {
        let (mut bytes, mut first) = (Vec::new(), First::default());
        log.write(&mut bytes).unwrap();
        let mapping = mapping_of(log.process);
        read_bytes(&bytes, None, &mapping, &Limits::default(), &mut first).unwrap();
        let values = || {
            log.cases.iter().flat_map(|c| {
                c.events.iter().flat_map(|e| c.attributes.iter().chain(&e.attributes))
            })
        };
        let amount = values().find_map(|(name, value)| match value {
            Made::Money(cents) if *name == "bedrag" => Some(*cents),
            _ => None,
        });
        let day = values().find_map(|(name, value)| match value {
            Made::Day(day) if *name == "ingangsdatum" => {
                Some(crate::clock::date_of(*day).to_string())
            }
            _ => None,
        });
        if log.process != Process::Information {
            assert_eq!(first.amount, amount, "{}", log.process);
            let at = log.cases.first().unwrap().events.first().unwrap().at;
            let (hour, minute, second) = at.clock();
            let time = format!("{}T{hour:02}:{minute:02}:{second:02}", at.date());
            assert_eq!(first.time, Some(time), "{}", log.process);
        }
        assert_eq!(first.day, day, "{}", log.process);
    }
}
