//! Patterns for times, in the notation of `strftime`.

use super::{LocalZone, OFFICE, ParsedTime, Parts, fraction, iso_offset, parse_iso_in};
use crate::ReadError;

/// A pattern such as `%d-%m-%Y %H:%M:%S`, or `iso`.
///
/// Known: `%Y` (four digits), `%y` (two; 69 to 99 lie before 2000), `%m`, `%d`, `%H`, `%M`,
/// `%S`, `%I` with `%p`, `%f` (fraction, one to nine digits), `%b` and `%B` (months in Dutch
/// or English), `%a` and `%A` (days of the week, passed over), `%z` (`Z` or `±HH[:]MM`), `%F`
/// (`%Y-%m-%d`), `%T` (`%H:%M:%S`), `%R` (`%H:%M`), `%s` (seconds since 1970 UTC), `%%`.
/// White space matches any white space. Day, month and hour may be one digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    items: Vec<Item>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Iso,
    Literal(u8),
    Space,
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    DayName,
    Hour,
    Hour12,
    HalfDay,
    Minute,
    Second,
    Fraction,
    Offset,
    Epoch,
}

impl Pattern {
    /// Reads a pattern; `iso` stands for [`super::parse_iso`].
    ///
    /// # Errors
    /// A letter after `%` that is not known, or a pattern that does not give a whole date.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        if text == "iso" {
            return Ok(Self { items: vec![Item::Iso] });
        }
        let mut items = Vec::new();
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            if byte == b'%' {
                let letter = bytes.next().unwrap_or(b' ');
                if !conversion(letter, &mut items) {
                    return Err(ReadError::whole(format!(
                        "`%{}` in the time format `{text}` is not known; use %Y %y %m %d %H \
                         %M %S %I %p %f %b %B %a %A %z %F %T %R %s or %%",
                        letter.escape_ascii()
                    )));
                }
            } else if byte.is_ascii_whitespace() {
                if items.last() != Some(&Item::Space) {
                    items.push(Item::Space);
                }
            } else {
                items.push(Item::Literal(byte));
            }
        }
        let has = |wanted: &[Item]| items.iter().any(|i| wanted.contains(i));
        let whole = has(&[Item::Epoch])
            || (has(&[Item::Year, Item::ShortYear])
                && has(&[Item::Month, Item::MonthName])
                && has(&[Item::Day]));
        if !whole {
            return Err(ReadError::whole(format!(
                "the time format `{text}` gives no whole date; it needs a year, a month and \
                 a day, such as %d-%m-%Y"
            )));
        }
        if has(&[Item::Hour12]) != has(&[Item::HalfDay]) {
            return Err(ReadError::whole(format!(
                "the time format `{text}` needs %I and %p together"
            )));
        }
        Ok(Self { items })
    }

    /// Reads a time; what has no zone is local time at the office. `None` where the text
    /// does not follow the pattern to its end.
    pub fn read(&self, text: &str) -> Option<ParsedTime> {
        OFFICE.with_borrow_mut(|office| self.read_in(text, office))
    }

    /// As [`Self::read`], with the zone of times that name none.
    pub fn read_in(&self, text: &str, zone: &mut LocalZone) -> Option<ParsedTime> {
        let text = text.trim();
        if self.items.first() == Some(&Item::Iso) {
            return parse_iso_in(text, zone);
        }
        let mut rest = text.as_bytes();
        let mut found = Found::default();
        for item in &self.items {
            rest = found.take(*item, rest)?;
        }
        if !rest.is_empty() {
            return None;
        }
        found.parts()?.moment(zone)
    }
}

fn conversion(letter: u8, items: &mut Vec<Item>) -> bool {
    let one = match letter {
        b'Y' => Item::Year,
        b'y' => Item::ShortYear,
        b'm' => Item::Month,
        b'b' | b'B' | b'h' => Item::MonthName,
        b'd' | b'e' => Item::Day,
        b'a' | b'A' => Item::DayName,
        b'H' => Item::Hour,
        b'I' => Item::Hour12,
        b'p' | b'P' => Item::HalfDay,
        b'M' => Item::Minute,
        b'S' => Item::Second,
        b'f' => Item::Fraction,
        b'z' => Item::Offset,
        b's' => Item::Epoch,
        b'%' => Item::Literal(b'%'),
        b'F' => {
            let dash = Item::Literal(b'-');
            items.extend([Item::Year, dash, Item::Month, dash, Item::Day]);
            return true;
        }
        b'T' | b'R' => {
            let colon = Item::Literal(b':');
            items.extend([Item::Hour, colon, Item::Minute]);
            if letter == b'T' {
                items.extend([colon, Item::Second]);
            }
            return true;
        }
        _ => return false,
    };
    items.push(one);
    true
}

#[derive(Debug, Default)]
struct Found {
    year: i64,
    month: i64,
    day: i64,
    hour: Option<i64>,
    afternoon: Option<bool>,
    minute: Option<i64>,
    second: Option<i64>,
    micros: i64,
    offset: Option<i32>,
    epoch: Option<i64>,
}

impl Found {
    fn take<'t>(&mut self, item: Item, text: &'t [u8]) -> Option<&'t [u8]> {
        let (value, rest) = match item {
            Item::Year => digits(text, 4, 4)?,
            Item::ShortYear | Item::Minute | Item::Second => digits(text, 2, 2)?,
            Item::Month | Item::Day | Item::Hour | Item::Hour12 => digits(text, 1, 2)?,
            Item::MonthName => month_name(text)?,
            Item::Fraction => fraction(text)?,
            Item::Epoch => signed(text)?,
            Item::DayName | Item::HalfDay => letters(text).map(|(_, rest)| (0, rest))?,
            Item::Space => (0, text.trim_ascii_start()),
            Item::Literal(byte) => (0, super::literal(text, byte)?),
            Item::Offset => return self.take_offset(text),
            Item::Iso => return None,
        };
        match item {
            Item::Year => self.year = value,
            Item::ShortYear => self.year = if value >= 69 { 1900 } else { 2000 } + value,
            Item::Month | Item::MonthName => self.month = value,
            Item::Day => self.day = value,
            Item::Hour | Item::Hour12 => self.hour = Some(value),
            Item::Minute => self.minute = Some(value),
            Item::Second => self.second = Some(value),
            Item::Fraction => self.micros = value,
            Item::Epoch => self.epoch = Some(value),
            Item::HalfDay => {
                let (word, _) = letters(text)?;
                self.afternoon = Some(match word.to_ascii_lowercase().as_slice() {
                    b"am" => false,
                    b"pm" => true,
                    _ => return None,
                });
            }
            Item::Space if rest.len() == text.len() => return None,
            Item::Space | Item::Literal(_) | Item::DayName | Item::Offset | Item::Iso => {
            }
        }
        Some(rest)
    }

    fn take_offset<'t>(&mut self, text: &'t [u8]) -> Option<&'t [u8]> {
        let end = text
            .iter()
            .position(|b| !matches!(b, b'0'..=b'9' | b'+' | b'-' | b':' | b'Z' | b'z'));
        let (written, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
        self.offset = Some(iso_offset(written)?);
        Some(rest)
    }

    fn parts(&self) -> Option<Parts> {
        if let Some(epoch) = self.epoch {
            // Years 0 to 9999, as everywhere else.
            if !(-62_167_219_200..=253_402_300_799).contains(&epoch) {
                return None;
            }
            let of_day = epoch.rem_euclid(86_400) * 1_000_000 + self.micros;
            let date = jiff::Timestamp::from_second(epoch).ok()?;
            let date = jiff::tz::Offset::UTC.to_datetime(date);
            return Some(Parts {
                year: date.year().into(),
                month: date.month().into(),
                day: date.day().into(),
                of_day: Some(of_day),
                offset: Some(0),
            });
        }
        let hour = match (self.hour, self.afternoon) {
            (Some(12), Some(afternoon)) => Some(if afternoon { 12 } else { 0 }),
            (Some(hour @ 1..=11), Some(afternoon)) => {
                Some(if afternoon { hour + 12 } else { hour })
            }
            (Some(_), Some(_)) => return None,
            (hour, None) => hour,
            (None, Some(_)) => None,
        };
        let (minute, second) = (self.minute.unwrap_or(0), self.second.unwrap_or(0));
        let micros = self.micros;
        let of_day = match hour {
            None => None,
            Some(24) if minute == 0 && second == 0 && micros == 0 => {
                Some(model::time::DAY_MICROS)
            }
            Some(hour @ 0..=23) if minute <= 59 && second <= 59 => Some(
                hour * 3_600_000_000 + minute * 60_000_000 + second * 1_000_000 + micros,
            ),
            Some(_) => return None,
        };
        Some(Parts {
            year: self.year,
            month: self.month,
            day: self.day,
            of_day,
            offset: self.offset,
        })
    }
}

fn digits(text: &[u8], least: usize, most: usize) -> Option<(i64, &[u8])> {
    let count = text.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    if count < least {
        return None;
    }
    let (digits, rest) = text.split_at_checked(count)?;
    Some((digits.iter().fold(0, |n, d| n * 10 + i64::from(d - b'0')), rest))
}

fn signed(text: &[u8]) -> Option<(i64, &[u8])> {
    let (sign, text) = match text {
        [b'-', rest @ ..] => (-1, rest),
        _ => (1, text),
    };
    let (value, rest) = digits(text, 1, 15)?;
    Some((sign * value, rest))
}

/// The letters at the start, with the full stop of an abbreviation, and the rest.
fn letters(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let count = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (word, rest) =
        text.split_at_checked(count).filter(|(word, _)| !word.is_empty())?;
    Some((word, rest.strip_prefix(b".").unwrap_or(rest)))
}

/// A month by its name in Dutch or English, whole or cut off after three letters.
fn month_name(text: &[u8]) -> Option<(i64, &[u8])> {
    const NAMES: [(&str, &str); 12] = [
        ("januari", "january"),
        ("februari", "february"),
        ("maart", "march"),
        ("april", "april"),
        ("mei", "may"),
        ("juni", "june"),
        ("juli", "july"),
        ("augustus", "august"),
        ("september", "september"),
        ("oktober", "october"),
        ("november", "november"),
        ("december", "december"),
    ];
    let (word, rest) = letters(text)?;
    let word = std::str::from_utf8(word).ok()?.to_ascii_lowercase();
    let fits = |name: &str| name == word || (word.len() == 3 && name.starts_with(&word));
    let month = match word.as_str() {
        "mrt" => 3,
        "sept" => 9,
        _ => {
            let at = NAMES.iter().position(|(nl, en)| fits(nl) || fits(en))?;
            i64::try_from(at).ok()? + 1
        }
    };
    Some((month, rest))
}
