//! Dates for a calendar (iCalendar, RFC 5545): when measures are due, and when a round
//! closes.
//!
//! Each measure is an event that takes a whole day, not a task: the calendars of most offices
//! read tasks from no file. An event has the same name (`UID`) whenever it is written, so a
//! file that is read again brings the calendar up to date and puts nothing in it twice.

use crate::progress::{Status, Taken};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use model::{Date, Lang, Moment};

/// What a file of events needs to know beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The organisation, by name; part of the name of each event.
    pub organisation: String,
    /// When the file is made.
    pub made_at: Moment,
    /// The language of the texts.
    pub lang: Lang,
}

/// A file of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The file.
    pub text: String,
    /// Codes of measures without a date, in the order given: they have no place in a calendar.
    pub without_date: Vec<String>,
}

/// The measures, each on the day on which it should be done, or else on the day on which it
/// begins. One that comes again is repeated from there on; one that was stopped is called
/// off.
pub fn measures(list: &[Taken], about: &About) -> Dates {
    let mut calendar = empty(about.lang.pick("Maatregelen", "Measures"));
    let mut without_date = Vec::new();
    for taken in list {
        match taken.due_on.or(taken.starts_on) {
            Some(day) => {
                calendar.push(measure(taken, day, about));
            }
            None => without_date.push(taken.code.clone()),
        }
    }
    Dates { text: calendar.to_string(), without_date }
}

/// A calendar without events.
pub(crate) fn empty(name: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Dijkwacht//Dijkwacht//NL"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"))
        .append_property(("X-WR-CALNAME", name));
    calendar
}

/// An event of a whole day, with its name and moment.
pub(crate) fn whole_day(id: &str, day: Date, about: &About) -> Event {
    let next = day.tomorrow().unwrap_or(day);
    let mut event = Event::new();
    event
        .uid(&format!("{}@{}.dijkwacht", plain(id), plain(&about.organisation)))
        .add_property("DTSTAMP", stamp(about.made_at))
        .append_property(dated("DTSTART", day))
        .append_property(dated("DTEND", next))
        // a day on which something is due is not a day on which nobody can be asked
        .add_property("TRANSP", "TRANSPARENT");
    event
}

fn measure(taken: &Taken, day: Date, about: &About) -> Event {
    let lang = about.lang;
    let due = taken.due_on.is_some();
    let head = match (taken.status, due) {
        (Status::Done, _) => lang.pick("Gedaan", "Done"),
        (Status::Stopped, _) => lang.pick("Gestopt", "Stopped"),
        (Status::Planned | Status::Started, true) => lang.pick("Klaar", "Due"),
        (Status::Planned | Status::Started, false) => lang.pick("Begint", "Begins"),
    };
    let process = match taken.process.as_str() {
        "" => lang.pick("alle processen", "all processes"),
        process => process,
    };
    let mut lines = vec![
        format!("{}: {process}", lang.pick("Proces", "Process")),
        format!("{}: {}", lang.pick("Eigenaar", "Owner"), taken.owner_role),
        format!("{}: {}", lang.pick("Status", "Status"), taken.status.word(lang)),
    ];
    if !taken.note.trim().is_empty() {
        lines.push(taken.note.clone());
    }
    let mut event = whole_day(&taken.id, day, about);
    event
        .summary(&one_text(&format!("{head}: {} {}", taken.code, taken.title)))
        .description(&one_text(&lines.join("\n")))
        .add_property(
            "STATUS",
            match taken.status {
                Status::Stopped => "CANCELLED",
                Status::Planned | Status::Started | Status::Done => "CONFIRMED",
            },
        );
    event.categories([one_text(process)]);
    if let Some(months) = taken.recurring_months.filter(|months| *months > 0) {
        event.add_property("RRULE", recurrence(day, months));
    }
    event
}

/// Every so many months on the same day; where a month is too short for it, on its last day.
/// A plain monthly rule would leave such months out.
fn recurrence(day: Date, months: u32) -> String {
    let every = format!("FREQ=MONTHLY;INTERVAL={months}");
    match day.day() {
        29 => format!("{every};BYMONTHDAY=28,29;BYSETPOS=-1"),
        30 => format!("{every};BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        31 => format!("{every};BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        _ => every,
    }
}

fn dated(name: &str, day: Date) -> Property {
    let value = format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    Property::new(name, value).add_parameter("VALUE", "DATE").done()
}

/// A moment as iCalendar writes it: UTC, whole seconds.
fn stamp(moment: Moment) -> String {
    let at = jiff::Timestamp::from_microsecond(moment.micros).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text for a property: line breaks of one kind and no other signs that steer.
pub(crate) fn one_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|sign| *sign == '\n' || !sign.is_control()).collect()
}

/// A part of a name between machines: letters, digits and hyphens.
pub(crate) fn plain(text: &str) -> String {
    let letter = |sign: char| {
        if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' }
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests;
