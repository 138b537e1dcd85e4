//! Figures of open tables that a user brings as CSV: `indicator;area;period;value`. Nothing
//! is fetched by the program. Every line is read; what cannot be used is told with its line.

use ::catalogue::Catalogue;
use ::catalogue::library::Indicator;
use serde::Serialize;

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/indicators/1";

/// The headings, in any order.
const HEAD: [&str; 4] = ["indicator", "area", "period", "value"];

/// All figures of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FiguresForm {
    /// [`FORM`].
    pub form: String,
    /// In the order of the file.
    pub figures: Vec<Figure>,
}

/// One figure with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The code of the indicator.
    pub indicator: String,
    /// The municipality, district or address.
    pub area: String,
    /// The period, as the table writes it.
    pub period: String,
    /// The value in tenths of the unit.
    pub tenths: i64,
    /// The severity it suggests: 0, 1 or 2; nothing where the indicator has no limits.
    pub severity: Option<u8>,
    /// The circumstances of which it speaks, by code.
    pub circumstances: Vec<String>,
}

/// Reads a file; every sentence that says why a line cannot be used.
///
/// # Errors
/// One sentence for each line that cannot be used; nothing is kept then.
pub fn read(text: &str, catalogue: &Catalogue) -> Result<FiguresForm, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let places = head(&mut reader)?;
    let mut figures = Vec::new();
    let mut faults = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(format!("the file cannot be read further: {error}"));
                break;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let at = |place: usize| record.get(place).unwrap_or_default().trim();
        let [code, area, period, value] = places.map(at);
        let Some(indicator) = catalogue.indicators.get(code) else {
            let known = catalogue.indicators.keys().map(String::as_str);
            let hint = ::catalogue::fault::nearest(code, known);
            let more = if hint.is_empty() { hint } else { format!(" ({hint})") };
            faults.push(format!("line {line}: there is no indicator `{code}`{more}"));
            continue;
        };
        let Some(tenths) = tenths(value) else {
            faults.push(format!(
                "line {line}: `{value}` is no number; write it as 12,5 or 12.5 without marks of thousands"
            ));
            continue;
        };
        figures.push(Figure {
            indicator: code.to_owned(),
            area: area.to_owned(),
            period: period.to_owned(),
            tenths,
            severity: severity(indicator, tenths),
            circumstances: indicator.circumstances.clone(),
        });
    }
    if faults.is_empty() {
        Ok(FiguresForm { form: FORM.to_owned(), figures })
    } else {
        Err(faults)
    }
}

/// Where each heading stands.
fn head(reader: &mut csv::Reader<&[u8]>) -> Result<[usize; 4], Vec<String>> {
    let names: Vec<String> = reader
        .headers()
        .map(|names| names.iter().map(|name| name.trim().to_lowercase()).collect())
        .unwrap_or_default();
    let mut missing = Vec::new();
    let places = HEAD.map(|name| {
        let place = names.iter().position(|known| known == name);
        if place.is_none() {
            missing.push(format!(
                "line 1: the column `{name}` is missing; expected indicator;area;period;value"
            ));
        }
        place.unwrap_or(0)
    });
    if missing.is_empty() { Ok(places) } else { Err(missing) }
}

/// A number in tenths, rounded half away from zero; nothing where it is no number.
fn tenths(text: &str) -> Option<i64> {
    let text = text.replace(',', ".");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let mut digits = part.chars().filter_map(|c| c.to_digit(10)).map(i64::from);
    let tenth = digits.next().unwrap_or(0);
    let round = i64::from(digits.next().unwrap_or(0) >= 5);
    whole.checked_mul(10)?.checked_add(tenth + round)?.checked_mul(sign)
}

/// What a figure suggests of the severity of the circumstance.
fn severity(indicator: &Indicator, tenths: i64) -> Option<u8> {
    let (somewhat, strongly) = (indicator.somewhat_from?, indicator.strongly_from?);
    let reached = |limit: i64| {
        if indicator.higher_is_worse { tenths >= limit } else { tenths <= limit }
    };
    Some(if reached(strongly) { 2 } else { u8::from(reached(somewhat)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_a_dutch_spreadsheet_writes_them() {
        assert_eq!(tenths("12,5"), Some(125));
        assert_eq!(tenths("12.54"), Some(125));
        assert_eq!(tenths("12,55"), Some(126));
        assert_eq!(tenths("-3"), Some(-30));
        assert_eq!(tenths("1.234,5"), None);
        assert_eq!(tenths(""), None);
        assert_eq!(tenths("veel"), None);
    }
}
