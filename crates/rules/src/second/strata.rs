//! Strata: what is compared with what.

use crate::args::Args;
use crate::view::{Cell, Group, Slot};

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

    /// The values at an event; where it has none, those of the first event of its group
    /// that has one (a column of the case may stand on one event only). A value that is
    /// missing in the whole group stands as `–` and so forms a stratum of its own; columns
    /// the log does not have are passed over.
    pub fn of(&self, group: &Group<'_, '_>, row: usize) -> Vec<String> {
        let date = || group.view.moment(row).map(model::Moment::local_date);
        let value = |part: &Part| match part {
            Part::Column(slot) if !group.view.has(*slot) => None,
            Part::Column(slot) => {
                Some(cell_of(group, *slot, row).map_or_else(|| "–".to_owned(), text))
            }
            Part::Quarter => Some(date().map_or_else(
                || "–".to_owned(),
                |date| format!("{}-Q{}", date.year(), (date.month() + 2) / 3),
            )),
            Part::Year => {
                Some(date().map_or_else(|| "–".to_owned(), |d| d.year().to_string()))
            }
        };
        self.0.iter().filter_map(value).collect()
    }

    /// The same values as numbers, for looking a stratum up: equal where they are equal.
    pub(crate) fn code(&self, group: &Group<'_, '_>, row: usize, code: &mut Vec<u64>) {
        for part in &self.0 {
            // a missing value has no second number, so that it equals no value
            let value = match part {
                Part::Column(slot) => cell_of(group, *slot, row).map(|cell| match cell {
                    Cell::Text(_, code) => u64::from(code),
                    Cell::Int(number) | Cell::Time(number) => number.cast_unsigned(),
                    Cell::Float(number) => number.to_bits(),
                    Cell::Bool(yes) => u64::from(yes),
                }),
                Part::Quarter | Part::Year => group.view.moment(row).map(|moment| {
                    let date = moment.local_date();
                    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
                    let quarter =
                        if matches!(part, Part::Quarter) { (month + 2) / 3 } else { 0 };
                    (year * 8 + quarter).cast_unsigned()
                }),
            };
            code.push(u64::from(value.is_some()));
            code.push(value.unwrap_or(0));
        }
    }
}

fn cell_of<'a>(group: &Group<'_, 'a>, slot: Slot, row: usize) -> Option<Cell<'a>> {
    let here = group.view.cell(slot, row);
    here.or_else(|| group.rows.clone().find_map(|row| group.view.cell(slot, row)))
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
