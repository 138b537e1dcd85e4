//! Strata: what is compared with what.

use crate::args::Args;
use crate::view::{Cell, Group, Slot};
use model::Date;

#[derive(Clone, Copy, Debug)]
enum Part {
    Column(Slot),
    Quarter,
    Year,
}

/// The columns and periods by which groups are kept apart.
#[derive(Clone, Debug, Default)]
pub struct Strata(Vec<Part>);

impl Strata {
    /// Reads `strata`; absent means one stratum for all.
    pub(crate) fn read(args: &mut Args<'_, '_, '_, '_>) -> Self {
        let names = args.reader.texts("strata");
        let parts = names.iter().filter_map(|name| match name.as_str() {
            "quarter" => Some(Part::Quarter),
            "year" => Some(Part::Year),
            column => args.known_column("strata", column).map(Part::Column),
        });
        Self(parts.collect())
    }

    /// The columns among them.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.0.iter().filter_map(|part| match part {
            Part::Column(slot) => Some(*slot),
            Part::Quarter | Part::Year => None,
        })
    }

    /// The values of a group; a value that is missing anywhere in the group stands as `–`
    /// and so forms a stratum of its own. Columns the log does not have are passed over.
    pub fn of(&self, group: &Group<'_, '_>, date: Option<Date>) -> Vec<String> {
        let value = |part: &Part| match part {
            Part::Column(slot) if !group.view.has(*slot) => None,
            Part::Column(slot) => {
                let cell = group.rows.clone().find_map(|row| group.view.cell(*slot, row));
                Some(cell.map_or_else(|| "–".to_owned(), text))
            }
            Part::Quarter => Some(date.map_or_else(
                || "–".to_owned(),
                |date| format!("{}-Q{}", date.year(), (date.month() + 2) / 3),
            )),
            Part::Year => Some(date.map_or_else(|| "–".to_owned(), |d| d.year().to_string())),
        };
        self.0.iter().filter_map(value).collect()
    }
}

/// A cell as text; moments as a date.
pub fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text, _) => text.to_owned(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Bool(yes) => yes.to_string(),
        Cell::Time(micros) => model::time::local(micros).date().to_string(),
    }
}
