//! Times as they really stand in logs.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn utc(text: &str) -> Option<String> {
    let parsed = parse_iso(text)?;
    let stamp = jiff::Timestamp::from_microsecond(parsed.moment.micros).ok()?;
    let day = if parsed.moment.day_only { " day" } else { "" };
    let zone = if parsed.zone == Zone::Given { "" } else { " assumed" };
    let certain = if parsed.certain { "" } else { " uncertain" };
    Some(format!("{stamp}{day}{zone}{certain}"))
}

#[test]
fn iso_times_with_and_without_zone() {
    for (text, expected) in [
        ("2011-10-11T11:45:40.276+02:00", "2011-10-11T09:45:40.276Z"),
        ("2006-07-24T00:00:00.000+02:00", "2006-07-23T22:00:00Z"),
        ("2022-02-03T06:30:00Z", "2022-02-03T06:30:00Z"),
        ("2022-02-03 07:30:00", "2022-02-03T06:30:00Z assumed"),
        ("2022-07-03T07:30", "2022-07-03T05:30:00Z assumed"),
        ("2022-07-03", "2022-07-03T00:00:00Z day"),
        ("2022-07-03T24:00:00Z", "2022-07-04T00:00:00Z"),
        ("2022-07-03T10:00:00.1234567899-0130", "2022-07-03T11:30:00.123456Z"),
        ("2022-07-03T10:00:00,5+02", "2022-07-03T08:00:00.5Z"),
        ("2022-07-03 10:00:00 +0200", "2022-07-03T08:00:00Z"),
        (" 2022-07-03t10:00:00z ", "2022-07-03T10:00:00Z"),
        ("20220703T100000Z", "2022-07-03T10:00:00Z"),
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z assumed uncertain"),
        ("2025-10-26T02:30:00", "2025-10-26T00:30:00Z assumed uncertain"),
        ("2025-10-26T03:30:00", "2025-10-26T02:30:00Z assumed"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ] {
        assert_eq!(utc(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_time_is_not_read_as_one() {
    for text in [
        "",
        "x",
        "2022",
        "20220703",
        "2022-13-01",
        "2022-02-30",
        "2022-07-03T25:00:00",
        "2022-07-03T10:60:00Z",
        "2022-07-03T10:00:00+25:00",
        "2022-07-03T10:00:00 CET",
        "2022-07-03T10:00:00.",
        "03-07-2022",
        "2022-07-03T",
        "12345678901234567890",
    ] {
        assert_eq!(utc(text), None, "{text}");
    }
}

#[test]
fn patterns_read_what_they_say_and_nothing_else() {
    for (pattern, text, expected) in [
        ("%d-%m-%Y %H:%M:%S", "3-7-2022 7:30:00", "2022-07-03T05:30:00Z"),
        ("%d/%m/%y", "31/12/69", "1969-12-31T00:00:00Z"),
        ("%d/%m/%y", "31/12/68", "2068-12-31T00:00:00Z"),
        ("%d %B %Y", "3 maart 2022", "2022-03-03T00:00:00Z"),
        ("%d %b %Y %R", "3 mrt. 2022  08:00", "2022-03-03T07:00:00Z"),
        ("%A %d %b %Y", "Thursday 3 Mar 2022", "2022-03-03T00:00:00Z"),
        ("%m/%d/%Y %I:%M %p", "7/3/2022 12:05 AM", "2022-07-02T22:05:00Z"),
        ("%F %T.%f%z", "2022-07-03 10:00:00.25+0200", "2022-07-03T08:00:00.25Z"),
        ("%Y%m%d", "20220703", "2022-07-03T00:00:00Z"),
        ("%s", "1656835200", "2022-07-03T08:00:00Z"),
        ("iso", "2022-07-03T10:00:00Z", "2022-07-03T10:00:00Z"),
    ] {
        let read = Pattern::parse(pattern)
            .unwrap()
            .read(text)
            .unwrap_or_else(|| panic!("{text}"));
        let stamp = jiff::Timestamp::from_microsecond(read.moment.micros).unwrap();
        assert_eq!(stamp.to_string(), expected, "{pattern} {text}");
        assert_eq!(
            read.moment.day_only,
            expected.ends_with("T00:00:00Z") && !pattern.contains('s')
        );
    }
    let day = Pattern::parse("%d-%m-%Y").unwrap();
    for text in ["3-7-2022 10:00", "2022-07-03", "30-2-2022", "3-7-22", ""] {
        assert_eq!(day.read(text), None, "{text}");
    }
    for pattern in ["%d-%m", "%q", "%", "%d-%m-%Y %I:%M", ""] {
        assert!(Pattern::parse(pattern).is_err(), "{pattern}");
    }
}

#[test]
fn zones_are_known_by_name_or_offset() {
    let text = "2022-07-03 10:00:00";
    for (zone, expected) in [("UTC", 10), ("+05:30", 4), ("Europe/Amsterdam", 8)] {
        let read = parse_iso_in(text, &mut LocalZone::named(zone).unwrap()).unwrap();
        let hour = (read.moment.micros / 3_600_000_000).rem_euclid(24);
        assert_eq!(hour, expected, "{zone}");
    }
    assert!(LocalZone::named("Mars/Olympus").is_err());
}

proptest! {
    /// Against the library, over the changes of the clock of four centuries.
    #[test]
    fn local_times_agree_with_the_zone_itself(
        year in 1700_i16..2100, month in 1_i8..13, day in 1_i8..29,
        hour in 0_i8..24, minute in 0_i8..60, second in 0_i8..60,
    ) {
        let local = date(year, month, day).at(hour, minute, second, 0);
        let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let read = parse_iso(&text).unwrap();
        let (micros, certain) = model::time::from_local(local).unwrap();
        prop_assert_eq!((read.moment.micros, read.certain), (micros, certain));
        prop_assert_eq!(read.zone, Zone::Assumed);
        let pattern = Pattern::parse("%d-%m-%Y %H:%M:%S").unwrap();
        let written = local.strftime("%d-%m-%Y %H:%M:%S").to_string();
        prop_assert_eq!(pattern.read(&written), Some(read));
    }

    #[test]
    fn the_days_around_a_change_of_the_clocks_agree(year in 1980_i16..2040, minutes in 0_i64..8640) {
        for month in [3, 10] {
            let local = date(year, month, 25).at(0, 0, 0, 0)
                .saturating_add(jiff::Span::new().minutes(minutes));
            let read = parse_iso(&local.strftime("%FT%T").to_string()).unwrap();
            let (micros, certain) = model::time::from_local(local).unwrap();
            prop_assert_eq!((read.moment.micros, read.certain), (micros, certain));
        }
    }

    #[test]
    fn no_text_makes_it_fall_over(text in ".{0,40}", pattern in "[%a-zA-Z: -]{0,12}") {
        let _ = parse_iso(&text);
        if let Ok(pattern) = Pattern::parse(&pattern) {
            let _ = pattern.read(&text);
        }
    }
}
