//! What is kept in one table, as a type: how it is written and read, and who may.

use crate::database::Row;
use crate::error::RecordsError;
use crate::fields::Fields;
use crate::tables::Table;
use access::Action;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something that is added to an organisation and stays: a round, a plan, a decision. Where
/// things change, the newest entry says how they stand; see [`latest`].
///
/// Only types of this crate are entries.
#[expect(private_bounds, reason = "sealed: rows and tables are nobody else's matter")]
pub trait Entry: Stored {}

impl<T: Stored> Entry for T {}

pub(crate) trait Stored: Sized {
    const ADD: Action;
    const READ: Action;
    fn table() -> &'static Table;
    /// The values of the columns between the organisation and the moment.
    fn put(&self, into: &mut Row);
    fn take(from: &mut Fields) -> Result<Self, RecordsError>;
    /// What is wrong with it, before the database is asked.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// An entry as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// Its number; counted over all organisations.
    pub id: i64,
    /// Whose it is.
    pub organisation: String,
    /// What was said or decided.
    pub entry: T,
    /// When it was written down, UTC.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: String,
}

/// Reads a row of the table of an entry.
pub(crate) fn read_kept<T: Stored>(row: Row) -> Result<Kept<T>, RecordsError> {
    let mut fields = Fields::new(T::table().name, row);
    Ok(Kept {
        id: fields.take()?,
        organisation: fields.take()?,
        entry: T::take(&mut fields)?,
        recorded_at: fields.take()?,
        recorded_by: fields.take()?,
    })
}

/// The newest entry for each key: how things stand. The entries come in the order in which
/// [`crate::Records::list`] gives them, oldest first.
pub fn latest<T, K: Ord>(
    entries: impl IntoIterator<Item = Kept<T>>,
    key: impl Fn(&T) -> K,
) -> BTreeMap<K, Kept<T>> {
    entries.into_iter().map(|kept| (key(&kept.entry), kept)).collect()
}

/// Makes the struct of an entry and says how it is stored.
macro_rules! entry {
    (
        $(#[$about:meta])*
        $name:ident in $table:ident, add $add:ident, read $read:ident, of $resource:ident
        $(, wrong $wrong:expr)?;
        $($(#[$doc:meta])* $field:ident: $kind:ty,)+
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $kind,)+
        }

        impl $crate::entry::Stored for $name {
            const ADD: access::Action =
                access::Action::new(access::Verb::$add, access::Resource::$resource);
            const READ: access::Action =
                access::Action::new(access::Verb::$read, access::Resource::$resource);

            fn table() -> &'static $crate::tables::Table {
                &$crate::tables::$table
            }

            fn put(&self, into: &mut $crate::database::Row) {
                $($crate::fields::Field::put(&self.$field, into);)+
            }

            fn take(
                from: &mut $crate::fields::Fields,
            ) -> Result<Self, $crate::error::RecordsError> {
                Ok(Self { $($field: from.take()?,)+ })
            }

            $(fn fault(&self) -> Option<String> {
                ($wrong)(self)
            })?
        }
    };
}
pub(crate) use entry;
