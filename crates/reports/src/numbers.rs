//! Numbers, dates and durations as a reader of the language writes them.
//!
//! Dutch: `1.234,5`, `23 november 2026`, `7,5 %`; English: `1,234.5`, `23 November 2026`,
//! `7.5%`. A space inside a number and its unit does not break.

use crate::words::Word;
use model::{Date, Interval, Lang, Moment, Ppm};

const NBSP: char = '\u{a0}';

/// A whole number with marks at the thousands.
pub fn count(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mark = lang.pick('.', ',');
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

/// A number given in tenths, with one decimal.
fn tenths(number: u64, lang: Lang) -> String {
    format!("{}{}{}", count(number / 10, lang), lang.pick(',', '.'), number % 10)
}

/// A number given in tenths; the decimal is left out where it is 0.
fn short_tenths(number: u64, lang: Lang) -> String {
    if number.is_multiple_of(10) {
        count(number / 10, lang)
    } else {
        tenths(number, lang)
    }
}

/// An amount in tenths of a point: `12,3`, `−4`; the decimal is left out where it is 0.
pub fn short_points(tenths: i64, lang: Lang) -> String {
    let minus = if tenths < 0 { "−" } else { "" };
    format!("{minus}{}", short_tenths(tenths.unsigned_abs(), lang))
}

/// A share without its sign: `7,5`. A share that is not nothing but would round to 0,0 is
/// written `< 0,1`, one that is not all but would round to 100,0 `> 99,9`.
fn bare_percent(share: Ppm, lang: Lang) -> String {
    match share.0 {
        0 => "0".to_owned(),
        1_000_000.. => "100".to_owned(),
        1..500 => format!("<{NBSP}{}", tenths(1, lang)),
        999_500.. => format!(">{NBSP}{}", tenths(999, lang)),
        ppm => tenths(u64::from(ppm + 500) / 1000, lang),
    }
}

fn percent_sign(lang: Lang) -> &'static str {
    lang.pick("\u{a0}%", "%")
}

/// A share in percent with one decimal, rounded half up: `7,5 %`.
pub fn percent(share: Ppm, lang: Lang) -> String {
    format!("{}{}", bare_percent(share, lang), percent_sign(lang))
}

/// A share in percent without decimals, for the ends of scales: `50 %`.
pub fn whole_percent(share: Ppm, lang: Lang) -> String {
    format!("{}{}", (share.0 + 5_000) / 10_000, percent_sign(lang))
}

/// An interval in percent: `5,4–10,5 %`.
pub fn interval(interval: Interval, lang: Lang) -> String {
    let (low, high) =
        (bare_percent(interval.low, lang), bare_percent(interval.high, lang));
    format!("{low}–{high}{}", percent_sign(lang))
}

/// Both ends of an interval in a sentence: `tussen 5,4 en 10,5 %`.
pub fn between(interval: Interval, lang: Lang) -> String {
    let (low, high) = (bare_percent(interval.low, lang), percent(interval.high, lang));
    Word::Between.fill(lang, &[("low", &low), ("high", &high)])
}

/// A date with the name of the month: `23 november 2026`.
pub fn date(date: Date, lang: Lang) -> String {
    let month = model::lang::month(date, lang);
    format!("{}{NBSP}{month}{NBSP}{}", date.day(), date.year())
}

/// The date of a moment at the office.
pub fn day(moment: Moment, lang: Lang) -> String {
    date(moment.local_date(), lang)
}

/// A date or a date with a time in ISO 8601, as rows of evidence hold it; the text itself
/// where it is neither. Seconds are written only where they are not 0.
pub fn iso(text: &str, lang: Lang) -> String {
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
    {
        return date(day, lang);
    }
    let Ok(at) = text.parse::<jiff::civil::DateTime>() else { return text.to_owned() };
    let day = date(at.date(), lang);
    if at.second() == 0 {
        format!("{day} {:02}:{:02}", at.hour(), at.minute())
    } else {
        format!("{day} {:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
    }
}

/// A duration in words, in the largest unit that says enough: `45 seconden`, `1,5 uur`,
/// `2 dagen`. A duration below zero is written with a minus.
pub fn duration(seconds: i64, lang: Lang) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    const YEAR: u64 = 365 * DAY + DAY / 4;
    let length = seconds.unsigned_abs();
    let minus = if seconds < 0 { "−" } else { "" };
    if length == 0 {
        return Word::AtOnce.text(lang).to_owned();
    }
    // the limits lie where the smaller unit would round up to a whole larger one
    let (unit, one, more) = if length < MINUTE {
        (1, Word::Second, Word::Seconds)
    } else if length < HOUR - MINUTE / 2 {
        (MINUTE, Word::Minute, Word::Minutes)
    } else if length < DAY - HOUR / 2 {
        (HOUR, Word::Hour, Word::Hours)
    } else if length < 2 * YEAR {
        (DAY, Word::Day, Word::Days)
    } else {
        (YEAR, Word::Year, Word::Years)
    };
    let rounded =
        |parts: u64| length.saturating_mul(2 * parts).saturating_add(unit) / (2 * unit);
    // beyond ten, and for seconds and minutes, a decimal says nothing
    let whole = unit < HOUR || rounded(10) >= 100;
    let number = if whole { rounded(1) * 10 } else { rounded(10) };
    let word = if number == 10 { one } else { more };
    format!("{minus}{}{NBSP}{}", short_tenths(number, lang), word.text(lang))
}

/// An amount in euros, given in cents; cents are written only where there are any.
pub fn euro(cents: i64, lang: Lang) -> String {
    let minus = if cents < 0 { "−" } else { "" };
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let sign = lang.pick("€\u{a0}", "€");
    let whole = count(whole, lang);
    if rest == 0 {
        format!("{minus}{sign}{whole}")
    } else {
        format!("{minus}{sign}{whole}{}{rest:02}", lang.pick(',', '.'))
    }
}

/// A whole number with its sign.
fn signed(number: i64, lang: Lang) -> String {
    format!("{}{}", if number < 0 { "−" } else { "" }, count(number.unsigned_abs(), lang))
}

/// A whole number of units of which there are one or more.
fn of_unit(number: i64, one: Word, more: Word, lang: Lang) -> String {
    let word = if number == 1 { one } else { more };
    format!("{}{NBSP}{}", signed(number, lang), word.text(lang))
}

/// The value of a parameter in its unit (see `docs/rules.md`).
pub fn parameter(value: i64, unit: &str, lang: Lang) -> String {
    match unit {
        "cent" => euro(value, lang),
        "euro" => euro(value.saturating_mul(100), lang),
        "percent" => format!("{}{}", signed(value, lang), percent_sign(lang)),
        "tenth" => {
            let minus = if value < 0 { "−" } else { "" };
            format!("{minus}{}", short_tenths(value.unsigned_abs(), lang))
        }
        "thousandth" => {
            let (minus, size) = (if value < 0 { "−" } else { "" }, value.unsigned_abs());
            let rest = format!("{:03}", size % 1000);
            let rest = rest.trim_end_matches('0');
            let mark = if rest.is_empty() { "" } else { lang.pick(",", ".") };
            format!("{minus}{}{mark}{rest}", count(size / 1000, lang))
        }
        "day" => of_unit(value, Word::Day, Word::Days, lang),
        "working-day" => of_unit(value, Word::WorkingDay, Word::WorkingDays, lang),
        "hour" => of_unit(value, Word::Hour, Word::Hours, lang),
        "minute" => of_unit(value, Word::Minute, Word::Minutes, lang),
        "character" => of_unit(value, Word::Character, Word::Characters, lang),
        _ => signed(value, lang),
    }
}

/// A height in points, given in tenths: `−45,8`. The decimal is always written, so that
/// figures can be compared.
pub fn points(tenths_of_a_point: i64, lang: Lang) -> String {
    let minus = if tenths_of_a_point < 0 { "−" } else { "" };
    format!("{minus}{}", tenths(tenths_of_a_point.unsigned_abs(), lang))
}

/// One side of *observed beside expected*, in the unit of the finding.
pub fn measured(value: i64, unit: &str, lang: Lang) -> String {
    match unit {
        "ppm" => percent(Ppm(u32::try_from(value.max(0)).unwrap_or(u32::MAX)), lang),
        "seconds" => duration(value, lang),
        "cent" => euro(value, lang),
        _ => signed(value, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as on;

    fn plain(text: &str) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn thousands_are_marked_as_the_language_does() {
        assert_eq!(count(0, Lang::Nl), "0");
        assert_eq!(count(999, Lang::Nl), "999");
        assert_eq!(count(1_234_567, Lang::Nl), "1.234.567");
        assert_eq!(count(1_234_567, Lang::En), "1,234,567");
    }

    #[test]
    fn a_share_has_one_decimal_and_a_space_before_the_sign_in_dutch() {
        assert_eq!(plain(&percent(Ppm(75_243), Lang::Nl)), "7,5 %");
        assert_eq!(percent(Ppm(75_250), Lang::En), "7.5%");
        assert_eq!(percent(Ppm(75_500), Lang::En), "7.6%");
        assert_eq!(plain(&percent(Ppm(0), Lang::Nl)), "0 %");
        assert_eq!(plain(&percent(Ppm::ONE, Lang::Nl)), "100 %");
    }

    #[test]
    fn a_share_that_is_not_nothing_is_never_written_as_nothing() {
        assert_eq!(plain(&percent(Ppm(3), Lang::Nl)), "< 0,1 %");
        assert_eq!(plain(&percent(Ppm(999_999), Lang::Nl)), "> 99,9 %");
    }

    #[test]
    fn intervals_name_the_sign_once() {
        let both = Interval { low: Ppm(53_600), high: Ppm(104_900) };
        assert_eq!(plain(&interval(both, Lang::Nl)), "5,4–10,5 %");
        assert_eq!(plain(&between(both, Lang::Nl)), "tussen 5,4 en 10,5 %");
        assert_eq!(plain(&between(both, Lang::En)), "between 5.4 and 10.5%");
    }

    #[test]
    fn dates_name_the_month() {
        assert_eq!(plain(&date(on(2026, 11, 23), Lang::Nl)), "23 november 2026");
        assert_eq!(plain(&date(on(2026, 3, 2), Lang::En)), "2 March 2026");
        assert_eq!(plain(&iso("2026-03-02 09:05:00", Lang::Nl)), "2 maart 2026 09:05");
        assert_eq!(plain(&iso("2026-03-02 09:05:07", Lang::Nl)), "2 maart 2026 09:05:07");
        assert_eq!(plain(&iso("2026-03-02", Lang::Nl)), "2 maart 2026");
        assert_eq!(iso("yesterday", Lang::Nl), "yesterday");
    }

    #[test]
    fn durations_are_words() {
        for (seconds, words) in [
            (0, "direct"),
            (1, "1 seconde"),
            (45, "45 seconden"),
            (60, "1 minuut"),
            (150, "3 minuten"),
            (3_569, "59 minuten"),
            (3_590, "1 uur"),
            (5_400, "1,5 uur"),
            (10_800, "3 uur"),
            (86_000, "1 dag"),
            (86_400, "1 dag"),
            (172_800, "2 dagen"),
            (216_000, "2,5 dagen"),
            (86_400 * 84, "84 dagen"),
            (86_400 * 1096, "3 jaar"),
            (-7_200, "−2 uur"),
        ] {
            assert_eq!(plain(&duration(seconds, Lang::Nl)), words);
        }
        assert_eq!(plain(&duration(172_800, Lang::En)), "2 days");
        assert_eq!(plain(&duration(3_600, Lang::En)), "1 hour");
    }

    #[test]
    fn heights_always_have_their_decimal() {
        assert_eq!(points(-458, Lang::Nl), "−45,8");
        assert_eq!(points(1000, Lang::En), "100.0");
        assert_eq!(points(-3, Lang::Nl), "−0,3");
        assert_eq!(points(0, Lang::Nl), "0,0");
    }

    #[test]
    fn parameters_are_written_in_their_unit() {
        for (value, unit, words) in [
            (500_000, "cent", "€ 5.000"),
            (490_050, "cent", "€ 4.900,50"),
            (5_000, "euro", "€ 5.000"),
            (84, "day", "84 dagen"),
            (1, "working-day", "1 werkdag"),
            (50, "percent", "50 %"),
            (15, "tenth", "1,5"),
            (950, "tenth", "95"),
            (50, "thousandth", "0,05"),
            (1_000, "thousandth", "1"),
            (10, "character", "10 tekens"),
            (2, "count", "2"),
            (-3, "count", "−3"),
        ] {
            assert_eq!(plain(&parameter(value, unit, Lang::Nl)), words, "{value} {unit}");
        }
    }
}
