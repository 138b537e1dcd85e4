//! One attribute while it is taken in: its type, its dictionary, and what happens to a value
//! of another type.
//!
//! The first value decides the type. Whole numbers become fractions and those become text
//! when a later value asks for it; where the type was declared, nothing is raised: a value
//! that cannot be converted without loss becomes a reading note and is missing.

use crate::intern::{Full, Interner};
use crate::rows::{Cell, Cells, Kind, NARROW_NULL, WIDE_NULL};
use columns::Value;
use model::Moment;
use std::fmt::Write as _;

/// What became of a value.
pub(crate) enum Taken {
    /// It is this cell.
    Cell(Cell),
    /// It is blank: missing.
    Blank,
    /// The column must become of this kind first.
    Raise(Kind),
    /// It does not fit the column.
    Unreadable,
}

/// One attribute of the events.
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Every kind the column has been of, the present one last.
    pub(crate) kinds: Vec<Kind>,
    /// The type was declared and is not raised.
    pub(crate) fixed: bool,
    /// It holds persons: from the first row or, found at the end, by its values.
    pub(crate) person: bool,
    /// Every moment in it is a date.
    pub(crate) dates: bool,
    pub(crate) dictionary: Interner,
    scratch: String,
}

impl Attribute {
    pub(crate) fn new(name: &str, kind: Kind, fixed: bool, person: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            kinds: vec![kind],
            fixed,
            person,
            dates: true,
            dictionary: Interner::new(),
            scratch: String::new(),
        }
    }

    /// The kind a value would give its column.
    pub(crate) const fn kind_of(value: Value<'_>) -> Kind {
        match value {
            Value::Text(_) => Kind::Text,
            Value::Int(_) => Kind::Int,
            Value::Float(_) => Kind::Float,
            Value::Bool(_) => Kind::Bool,
            Value::Time(_) => Kind::Time,
        }
    }

    /// Makes a cell of a value.
    pub(crate) fn take(&mut self, value: Value<'_>) -> Result<Taken, Full> {
        match self.kind {
            Kind::Text => self.take_text(value),
            Kind::Int => Ok(self.take_int(value)),
            Kind::Float => Ok(self.take_float(value)),
            Kind::Bool => Ok(take_bool(value)),
            Kind::Time => Ok(match value {
                Value::Time(moment) if moment.micros != i64::MIN => {
                    self.dates &= moment.day_only;
                    Taken::Cell(Cell::Wide(moment.micros.cast_unsigned()))
                }
                _ => Taken::Unreadable,
            }),
        }
    }

    fn take_text(&mut self, value: Value<'_>) -> Result<Taken, Full> {
        let code = match value {
            Value::Text(text) if text.trim().is_empty() => return Ok(Taken::Blank),
            Value::Text(text) => self.dictionary.intern(text)?,
            other => {
                self.scratch.clear();
                write_value(&mut self.scratch, other);
                self.dictionary.intern(&self.scratch)?
            }
        };
        Ok(Taken::Cell(Cell::Narrow(code)))
    }

    fn take_int(&self, value: Value<'_>) -> Taken {
        match value {
            Value::Int(number) if number != i64::MIN => int(number),
            Value::Float(number) if self.fixed => {
                exact_int(number).map_or(Taken::Unreadable, int)
            }
            Value::Float(_) => Taken::Raise(Kind::Float),
            Value::Text(text) => match text.trim().parse::<i64>() {
                Ok(number)
                    if number != i64::MIN && (self.fixed || is_plain(number, text)) =>
                {
                    int(number)
                }
                _ if text.trim().is_empty() => Taken::Blank,
                _ if self.fixed => Taken::Unreadable,
                _ => Taken::Raise(Kind::Text),
            },
            // the lowest whole number cannot be told from a missing one
            Value::Int(_) | Value::Bool(_) | Value::Time(_) => Taken::Unreadable,
        }
    }

    fn take_float(&self, value: Value<'_>) -> Taken {
        match value {
            Value::Float(number) => float(number),
            Value::Int(number) => float(number as f64),
            Value::Text(text) if text.trim().is_empty() => Taken::Blank,
            Value::Text(text) if self.fixed => {
                text.trim().parse::<f64>().map_or(Taken::Unreadable, float)
            }
            Value::Text(_) => Taken::Raise(Kind::Text),
            Value::Bool(_) | Value::Time(_) => Taken::Unreadable,
        }
    }

    /// Makes the column of another kind, with the cells it has so far.
    pub(crate) fn raise(&mut self, to: Kind, cells: &mut Cells) -> Result<(), Full> {
        let from = self.kind;
        self.kind = to;
        self.kinds.push(to);
        self.convert_step(from, to, cells)
    }

    /// Brings cells that were written when the column was of kind `kinds[step]` to the kind
    /// it has now, over the same steps, so that the outcome is the same.
    pub(crate) fn convert_from(
        &mut self,
        step: usize,
        cells: &mut Cells,
    ) -> Result<(), Full> {
        let later: Vec<Kind> = self.kinds.iter().skip(step).copied().collect();
        for pair in later.windows(2) {
            if let [from, to] = pair {
                self.convert_step(*from, *to, cells)?;
            }
        }
        Ok(())
    }

    fn convert_step(
        &mut self,
        from: Kind,
        to: Kind,
        cells: &mut Cells,
    ) -> Result<(), Full> {
        let Cells::Wide(wide) = &mut *cells else { return Ok(()) };
        match (from, to) {
            (Kind::Int, Kind::Float) => {
                for cell in wide.iter_mut().filter(|cell| **cell != WIDE_NULL) {
                    *cell = (cell.cast_signed() as f64).to_bits();
                }
            }
            (Kind::Int | Kind::Float, Kind::Text) => {
                let mut codes = Vec::with_capacity(wide.len());
                for &cell in wide.iter() {
                    codes.push(if cell == WIDE_NULL {
                        NARROW_NULL
                    } else {
                        self.scratch.clear();
                        write_value(
                            &mut self.scratch,
                            if from == Kind::Int {
                                Value::Int(cell.cast_signed())
                            } else {
                                Value::Float(f64::from_bits(cell))
                            },
                        );
                        self.dictionary.intern(&self.scratch)?
                    });
                }
                *cells = Cells::Narrow(codes);
            }
            _ => {}
        }
        Ok(())
    }
}

const fn int(number: i64) -> Taken {
    Taken::Cell(Cell::Wide(number.cast_unsigned()))
}

fn float(number: f64) -> Taken {
    if number.is_finite() {
        // minus zero is zero: its bits stand for "missing"
        Taken::Cell(Cell::Wide(if number == 0.0 { 0 } else { number.to_bits() }))
    } else {
        Taken::Unreadable
    }
}

fn take_bool(value: Value<'_>) -> Taken {
    match value {
        Value::Bool(yes) => Taken::Cell(Cell::Narrow(u32::from(yes))),
        Value::Text(text) if text.trim().is_empty() => Taken::Blank,
        Value::Text(text) if text.trim().eq_ignore_ascii_case("true") => {
            Taken::Cell(Cell::Narrow(1))
        }
        Value::Text(text) if text.trim().eq_ignore_ascii_case("false") => {
            Taken::Cell(Cell::Narrow(0))
        }
        _ => Taken::Unreadable,
    }
}

/// A fraction that is a whole number below 2^53, as such.
#[expect(clippy::cast_possible_truncation, reason = "checked to be whole and below 2^53")]
fn exact_int(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0)
        .then_some(number as i64)
}

/// Whether the text is how the number is written, so that nothing is lost (no leading
/// zero, no plus, no blank).
fn is_plain(number: i64, text: &str) -> bool {
    number.to_string() == text
}

/// Writes a value as text: moments as local date and time at the office, dates as dates.
fn write_value(into: &mut String, value: Value<'_>) {
    let written = match value {
        Value::Text(text) => into.write_str(text),
        Value::Int(number) => write!(into, "{number}"),
        Value::Float(number) => write!(into, "{number}"),
        Value::Bool(yes) => write!(into, "{yes}"),
        Value::Time(moment @ Moment { day_only: true, .. }) => {
            write!(into, "{}", moment.local_date())
        }
        Value::Time(moment) => write!(into, "{}", moment.local()),
    };
    debug_assert!(written.is_ok(), "writing into memory does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(attribute: &mut Attribute, value: Value<'_>) -> Option<Cell> {
        match attribute.take(value).unwrap() {
            Taken::Cell(cell) => Some(cell),
            Taken::Blank | Taken::Raise(_) | Taken::Unreadable => None,
        }
    }

    #[test]
    fn numbers_become_text_over_the_same_steps_whether_early_or_late() {
        let mut column = Attribute::new("amount", Kind::Int, false, false);
        let mut early = Cells::new(Kind::Int);
        for (row, value) in [5, 9_007_199_254_740_993].into_iter().enumerate() {
            early.put(row, cell(&mut column, Value::Int(value)).unwrap());
        }
        let mut late = early.clone();
        column.raise(Kind::Float, &mut early).unwrap();
        column.raise(Kind::Text, &mut early).unwrap();
        column.convert_from(0, &mut late).unwrap();
        assert_eq!(early, late);
        assert_eq!(
            column.dictionary.iter().collect::<Vec<_>>(),
            ["5", "9007199254740992"]
        );
    }

    #[test]
    fn a_declared_number_is_not_raised_by_dirt() {
        let mut column = Attribute::new("amount", Kind::Int, true, false);
        assert!(matches!(column.take(Value::Text("n.v.t.")), Ok(Taken::Unreadable)));
        assert_eq!(cell(&mut column, Value::Text(" 0012 ")), Some(Cell::Wide(12)));
        assert_eq!(cell(&mut column, Value::Float(3.0)), Some(Cell::Wide(3)));
        assert!(matches!(column.take(Value::Float(3.5)), Ok(Taken::Unreadable)));
    }

    #[test]
    fn a_code_with_leading_zero_turns_a_column_of_numbers_into_text() {
        let mut column = Attribute::new("postcode", Kind::Int, false, false);
        assert!(matches!(column.take(Value::Text("0123")), Ok(Taken::Raise(Kind::Text))));
        assert_eq!(cell(&mut column, Value::Text("123")), Some(Cell::Wide(123)));
    }

    #[test]
    fn minus_zero_is_zero_and_not_missing() {
        let mut column = Attribute::new("x", Kind::Float, false, false);
        assert_eq!(cell(&mut column, Value::Float(-0.0)), Some(Cell::Wide(0)));
    }

    #[test]
    fn a_blank_text_is_missing() {
        let mut column = Attribute::new("x", Kind::Text, false, false);
        assert!(matches!(column.take(Value::Text("  ")), Ok(Taken::Blank)));
    }
}
