//! Arrow arrays as cells.

use crate::ColumnKind;
use crate::mapping::rows::Cell;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type,
    Decimal128Type, Decimal256Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{DataType, TimeUnit};
use model::Moment;
use model::time::DAY_MICROS;
use std::sync::Arc;

/// Whether a cell can hold values of a type.
pub(super) fn holds(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => holds(values),
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::Boolean
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(_, _)
        | DataType::Float32
        | DataType::Float64 => true,
        other => other.is_integer() || decimal(other).is_some(),
    }
}

/// What kind of values a type holds.
pub(super) fn natural(kind: &DataType) -> ColumnKind {
    match kind {
        DataType::Dictionary(_, values) => natural(values),
        DataType::Boolean => ColumnKind::Bool,
        DataType::Float32 | DataType::Float64 => ColumnKind::Float,
        DataType::Timestamp(_, _) | DataType::Date32 | DataType::Date64 => {
            ColumnKind::Time
        }
        other if other.is_integer() => ColumnKind::Int,
        other => match decimal(other) {
            Some(scale) if scale <= 0 => ColumnKind::Int,
            Some(_) => ColumnKind::Float,
            None => ColumnKind::Text,
        },
    }
}

/// The scale of a decimal type.
fn decimal(kind: &DataType) -> Option<i8> {
    match kind {
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => Some(*scale),
        _ => None,
    }
}

/// The cells of an array; a type no cell can hold gives unreadable cells.
pub(super) fn cells(array: &dyn Array) -> Vec<Cell<'_>> {
    match array.data_type() {
        DataType::Null => vec![Cell::Missing; array.len()],
        DataType::Utf8 => texts(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter()),
        DataType::Utf8View => texts(array.as_string_view().iter()),
        DataType::Binary => bytes(array.as_binary::<i32>().iter()),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().iter()),
        DataType::BinaryView => bytes(array.as_binary_view().iter()),
        DataType::Boolean => {
            let all = array.as_boolean().iter();
            all.map(|v| v.map_or(Cell::Missing, Cell::Bool)).collect()
        }
        DataType::Dictionary(_, _) => dictionary(array),
        DataType::Timestamp(unit, zone) => timestamps(array, *unit, zone.is_some()),
        DataType::Date32 => primitive::<Date32Type>(array, |days| date(i64::from(days))),
        DataType::Date64 => {
            primitive::<Date64Type>(array, |millis| date(millis.div_euclid(86_400_000)))
        }
        DataType::Float32 => primitive::<Float32Type>(array, |x| Cell::Float(x.into())),
        DataType::Float64 => primitive::<Float64Type>(array, Cell::Float),
        other => match decimal(other) {
            Some(scale) => decimals(array, scale),
            None => integers(array),
        },
    }
}

fn texts<'a>(all: impl Iterator<Item = Option<&'a str>>) -> Vec<Cell<'a>> {
    all.map(|text| text.map_or(Cell::Missing, Cell::text)).collect()
}

/// Old writers store text without saying that it is text.
fn bytes<'a>(all: impl Iterator<Item = Option<&'a [u8]>>) -> Vec<Cell<'a>> {
    all.map(|bytes| match bytes.map(std::str::from_utf8) {
        None => Cell::Missing,
        Some(Ok(text)) => Cell::text(text),
        Some(Err(_)) => Cell::Unreadable,
    })
    .collect()
}

fn primitive<'a, T: ArrowPrimitiveType>(
    array: &'a dyn Array,
    cell: impl Fn(T::Native) -> Cell<'a>,
) -> Vec<Cell<'a>> {
    array.as_primitive::<T>().iter().map(|v| v.map_or(Cell::Missing, &cell)).collect()
}

fn integers(array: &dyn Array) -> Vec<Cell<'_>> {
    match array.data_type() {
        DataType::Int8 => primitive::<Int8Type>(array, |n| Cell::Int(n.into())),
        DataType::Int16 => primitive::<Int16Type>(array, |n| Cell::Int(n.into())),
        DataType::Int32 => primitive::<Int32Type>(array, |n| Cell::Int(n.into())),
        DataType::Int64 => primitive::<Int64Type>(array, Cell::Int),
        DataType::UInt8 => primitive::<UInt8Type>(array, |n| Cell::Int(n.into())),
        DataType::UInt16 => primitive::<UInt16Type>(array, |n| Cell::Int(n.into())),
        DataType::UInt32 => primitive::<UInt32Type>(array, |n| Cell::Int(n.into())),
        DataType::UInt64 => primitive::<UInt64Type>(array, |n| {
            i64::try_from(n).map_or(Cell::Decimal(n.into(), 0), Cell::Int)
        }),
        _ => vec![Cell::Unreadable; array.len()],
    }
}

fn decimals(array: &dyn Array, scale: i8) -> Vec<Cell<'_>> {
    let cell = |digits: Option<i128>| {
        let Some(digits) = digits else { return Cell::Unreadable };
        match u32::try_from(scale) {
            Ok(after) => Cell::Decimal(digits, after),
            Err(_) => 10_i128
                .checked_pow(u32::from(scale.unsigned_abs()))
                .and_then(|unit| digits.checked_mul(unit))
                .map_or(Cell::Unreadable, |whole| Cell::Decimal(whole, 0)),
        }
    };
    match array.data_type() {
        DataType::Decimal32(_, _) => {
            primitive::<Decimal32Type>(array, |n| cell(Some(n.into())))
        }
        DataType::Decimal64(_, _) => {
            primitive::<Decimal64Type>(array, |n| cell(Some(n.into())))
        }
        DataType::Decimal128(_, _) => {
            primitive::<Decimal128Type>(array, |n| cell(Some(n)))
        }
        _ => primitive::<Decimal256Type>(array, |n| cell(n.to_i128())),
    }
}

/// A date; the years beyond what can be counted are unreadable.
fn date<'a>(days: i64) -> Cell<'a> {
    let micros = days.checked_mul(DAY_MICROS);
    micros.map_or(Cell::Unreadable, |micros| {
        Cell::Moment(Moment { micros, day_only: true })
    })
}

fn timestamps(array: &dyn Array, unit: TimeUnit, zone: bool) -> Vec<Cell<'_>> {
    let cell = move |micros: Option<i64>| match micros {
        None => Cell::Unreadable,
        Some(micros) if zone => Cell::Moment(Moment::at(micros)),
        Some(micros) => Cell::Local(micros),
    };
    match unit {
        TimeUnit::Second => {
            primitive::<TimestampSecondType>(array, |t| cell(t.checked_mul(1_000_000)))
        }
        TimeUnit::Millisecond => {
            primitive::<TimestampMillisecondType>(array, |t| cell(t.checked_mul(1_000)))
        }
        TimeUnit::Microsecond => {
            primitive::<TimestampMicrosecondType>(array, |t| cell(Some(t)))
        }
        TimeUnit::Nanosecond => primitive::<TimestampNanosecondType>(array, |t| {
            cell(Some(t.div_euclid(1_000)))
        }),
    }
}

fn dictionary(array: &dyn Array) -> Vec<Cell<'_>> {
    let dictionary = array.as_any_dictionary();
    let values = dictionary.values();
    if values.is_empty() {
        return vec![Cell::Missing; array.len()];
    }
    let values = cells(values);
    let keys = dictionary.normalized_keys().into_iter().enumerate();
    keys.map(|(row, key)| {
        if array.is_null(row) {
            return Cell::Missing;
        }
        values.get(key).copied().unwrap_or(Cell::Unreadable)
    })
    .collect()
}

/// Numbers of identifiers as text; `None` for a type that is text already or has no one way
/// of writing. Whole numbers that stand as fractions, as tables with gaps have them, are
/// written whole.
pub(super) fn as_text(array: &ArrayRef) -> Option<ArrayRef> {
    fn number(kind: &DataType) -> bool {
        match kind {
            DataType::Dictionary(_, values) => number(values),
            DataType::Float32 | DataType::Float64 => true,
            other => other.is_integer() || decimal(other).is_some(),
        }
    }
    if !number(array.data_type()) {
        return None;
    }
    let texts = cells(array).into_iter().map(|cell| match cell {
        Cell::Int(n) => Some(n.to_string()),
        Cell::Float(x) if x.is_finite() => Some(x.to_string()),
        Cell::Decimal(digits, after) => Some(written(digits, after)),
        _ => None,
    });
    Some(Arc::new(texts.collect::<StringArray>()))
}

/// A decimal number with a full stop before its last digits.
fn written(digits: i128, after: u32) -> String {
    let unit = 10_u128.checked_pow(after).filter(|unit| *unit > 1);
    let Some(unit) = unit else { return digits.to_string() };
    let sign = if digits < 0 { "-" } else { "" };
    let size = digits.unsigned_abs();
    let width = after as usize;
    format!("{sign}{}.{:0width$}", size / unit, size % unit)
}
