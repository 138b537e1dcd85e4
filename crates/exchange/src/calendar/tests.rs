use super::*;
use icalendar::DatePerhapsTime;
use jiff::civil::date;

fn about(lang: Lang) -> About {
    // 24 November 2026, 09:00 UTC
    let made_at = Moment::at(1_795_510_800_123_456);
    About { organisation: "Gemeente Waterdrecht".to_owned(), made_at, lang }
}

fn taken(code: &str, due_on: Option<Date>) -> Taken {
    Taken {
        id: format!("measure-{code}"),
        code: code.to_owned(),
        title: "Vier ogen, ook bij spoed; altijd".to_owned(),
        process: "Vergunningen".to_owned(),
        owner_role: "Teamleider".to_owned(),
        status: Status::Planned,
        starts_on: None,
        due_on,
        recurring_months: None,
        note: "Regel één\r\nRegel twee, met \\ en ;".to_owned(),
        hours_once: 1,
        hours_yearly: 1,
        euros_once: 0,
        euros_yearly: 0,
        loss_tenths: None,
    }
}

fn read(dates: &Dates) -> Vec<Event> {
    let calendar: Calendar = dates.text.parse().expect("a calendar");
    let events = calendar.components.iter();
    events.map(|one| one.as_event().expect("an event").clone()).collect()
}

#[test]
fn each_measure_stands_on_its_day_and_what_has_no_day_is_named() {
    let begins = Taken { starts_on: Some(date(2027, 3, 1)), ..taken("M002", None) };
    let list = [taken("M001", Some(date(2027, 2, 28))), begins, taken("M003", None)];
    let dates = measures(&list, &about(Lang::Nl));
    assert_eq!(dates.without_date, ["M003"]);
    let events = read(&dates);
    assert_eq!(events.len(), 2);
    let day = |event: &Event| match event.get_start() {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("a whole day was expected, found {other:?}"),
    };
    assert_eq!(day(&events[0]), "2027-02-28");
    assert!(dates.text.contains("DTEND;VALUE=DATE:20270301\r\n"), "{}", dates.text);
    assert_eq!(
        events[0].get_summary(),
        Some("Klaar: M001 Vier ogen, ook bij spoed; altijd")
    );
    assert_eq!(
        events[0].get_description(),
        Some(
            "Proces: Vergunningen\nEigenaar: Teamleider\nStatus: gepland\n\
             Regel één\nRegel twee, met \\ en ;"
        )
    );
    assert_eq!(day(&events[1]), "2027-03-01");
    assert_eq!(
        events[1].get_summary(),
        Some("Begint: M002 Vier ogen, ook bij spoed; altijd")
    );
}

#[test]
fn an_event_keeps_its_name_and_the_moment_is_the_one_given() {
    let list = [taken("M001", Some(date(2027, 2, 28)))];
    let first = measures(&list, &about(Lang::Nl));
    assert_eq!(first, measures(&list, &about(Lang::Nl)), "the same bytes");
    let moved =
        Taken { status: Status::Started, ..taken("M001", Some(date(2027, 4, 1))) };
    let later = measures(&[moved], &about(Lang::En));
    let name = |dates: &Dates| read(dates)[0].get_uid().map(str::to_owned);
    assert_eq!(
        name(&first).as_deref(),
        Some("measure-m001@gemeente-waterdrecht.dijkwacht")
    );
    assert_eq!(name(&first), name(&later));
    assert!(first.text.contains("DTSTAMP:20261124T090000Z\r\n"), "{}", first.text);
}

#[test]
fn lines_are_folded_at_75_octets_and_end_as_the_standard_asks() {
    let mut long = taken("M001", Some(date(2027, 2, 28)));
    long.note = "Één zin met accènten die lang is. ".repeat(40);
    let text = measures(&[long.clone()], &about(Lang::Nl)).text;
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let events = read(&Dates { text, without_date: Vec::new() });
    let told = events[0].get_description().expect("a description");
    assert!(told.ends_with(&long.note), "{told}");
}

#[test]
fn what_recurs_comes_on_the_same_day_or_the_last_of_a_shorter_month() {
    let rule = |day: Date, months: u32| {
        let taken = Taken { recurring_months: Some(months), ..taken("M001", Some(day)) };
        let events = read(&measures(&[taken], &about(Lang::Nl)));
        events[0].property_value("RRULE").map(str::to_owned)
    };
    assert_eq!(rule(date(2027, 1, 15), 3).as_deref(), Some("FREQ=MONTHLY;INTERVAL=3"));
    assert_eq!(
        rule(date(2027, 1, 31), 1).as_deref(),
        Some("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")
    );
    assert_eq!(rule(date(2027, 1, 15), 0), None, "every 0 months is never");
}

#[test]
fn a_stopped_measure_is_called_off() {
    let stopped =
        Taken { status: Status::Stopped, ..taken("M001", Some(date(2027, 2, 1))) };
    let events = read(&measures(&[stopped], &about(Lang::En)));
    assert_eq!(events[0].property_value("STATUS"), Some("CANCELLED"));
    assert!(events[0].get_summary().is_some_and(|text| text.starts_with("Stopped: ")));
}
