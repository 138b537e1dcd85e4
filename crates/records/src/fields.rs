//! Between our types and the values of columns: a type knows how it is put into columns and
//! how it is taken out again.

use crate::database::{Row, Value};
use crate::error::RecordsError;
use jiff::Timestamp;
use model::Date;

/// The values of one row, taken from left to right.
#[derive(Debug)]
pub(crate) struct Fields {
    table: &'static str,
    values: std::vec::IntoIter<Value>,
}

impl Fields {
    pub(crate) fn new(table: &'static str, row: Row) -> Self {
        Self { table, values: row.into_iter() }
    }

    /// The next field.
    pub(crate) fn take<T: Field>(&mut self) -> Result<T, RecordsError> {
        T::take(self)
    }

    fn next(&mut self) -> Result<Value, RecordsError> {
        self.values.next().ok_or_else(|| self.damaged("a column is missing"))
    }

    /// An error about this row.
    pub(crate) fn damaged(&self, why: impl Into<String>) -> RecordsError {
        RecordsError::Damaged { table: self.table, why: why.into() }
    }

    fn text_of<T>(
        &mut self,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, RecordsError> {
        match self.next()? {
            Value::Absent => Ok(None),
            Value::Text(text) => match read(&text) {
                Some(value) => Ok(Some(value)),
                None => Err(self.damaged(format!("`{text}` is not expected"))),
            },
            Value::Int(number) => {
                Err(self.damaged(format!("{number} where text is expected")))
            }
        }
    }

    fn some<T>(&self, found: Option<T>) -> Result<T, RecordsError> {
        found.ok_or_else(|| self.damaged("a value is missing"))
    }
}

/// A type that fills one or more columns.
pub(crate) trait Field: Sized {
    fn put(&self, into: &mut Row);
    fn take(from: &mut Fields) -> Result<Self, RecordsError>;
}

/// A type whose column holds text.
pub(crate) trait TextField: Sized {
    fn text(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl TextField for String {
    fn text(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl TextField for Date {
    fn text(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl<T: TextField> Field for T {
    fn put(&self, into: &mut Row) {
        into.push(Value::Text(self.text()));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let found = from.text_of(T::read)?;
        from.some(found)
    }
}

impl<T: TextField> Field for Option<T> {
    fn put(&self, into: &mut Row) {
        into.push(self.as_ref().map_or(Value::Absent, |value| Value::Text(value.text())));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        from.text_of(T::read)
    }
}

impl Field for i64 {
    fn put(&self, into: &mut Row) {
        into.push(Value::Int(*self));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let found = from.take::<Option<Self>>()?;
        from.some(found)
    }
}

impl Field for [i64; 4] {
    fn put(&self, into: &mut Row) {
        into.extend(self.iter().map(|number| Value::Int(*number)));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        Ok([from.take()?, from.take()?, from.take()?, from.take()?])
    }
}

impl Field for Option<i64> {
    fn put(&self, into: &mut Row) {
        into.push((*self).into());
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        match from.next()? {
            Value::Absent => Ok(None),
            Value::Int(number) => Ok(Some(number)),
            Value::Text(text) => {
                Err(from.damaged(format!("`{text}` where a number is expected")))
            }
        }
    }
}

impl Field for bool {
    fn put(&self, into: &mut Row) {
        into.push(Value::Int(i64::from(*self)));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        match from.take::<i64>()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(from.damaged(format!("{other} where 0 or 1 is expected"))),
        }
    }
}

impl Field for Timestamp {
    fn put(&self, into: &mut Row) {
        into.push(Value::Int(self.as_microsecond()));
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let micros = from.take::<i64>()?;
        Self::from_microsecond(micros).map_err(|error| from.damaged(error.to_string()))
    }
}

/// Makes an enum whose variants are words in a column.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident: $($(#[$doc:meta])* $item:ident = $code:literal),+;)+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $item,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$item,)+];

            /// The word in files and records.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$item => $code,)+
                }
            }

            /// The one with this word, if there is one.
            pub fn find(code: &str) -> Option<Self> {
                Self::ALL.iter().find(|item| item.code() == code).copied()
            }
        }

        impl $crate::fields::TextField for $name {
            fn text(&self) -> String {
                self.code().to_owned()
            }

            fn read(text: &str) -> Option<Self> {
                Self::find(text)
            }
        }
    )+};
}
pub(crate) use words;
