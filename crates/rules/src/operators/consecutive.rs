//! `consecutive`: numbers of a series that follow each other without a gap, such as the
//! invoices of a supplier that seems to have no other client.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Slot};
use std::collections::BTreeSet;

#[derive(Debug)]
struct Consecutive {
    step: StepSet,
    field: Slot,
    percent: Number,
    least: Number,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    Some(Box::new(Consecutive {
        step: args.steps("step"),
        field: args.column("field"),
        percent: args.number_or("percent", 80),
        least: args.number_or("least", 6),
    }))
}

/// The number in a text: its last row of digits, without what stands around it (`2026-0012`
/// is 12). `None` where it holds no digit, or too many to be a number.
fn last_number(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let digits = text.rsplit(|sign: char| !sign.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The numbers of a group in the order of time, and how many are not known.
#[derive(Default)]
struct Series {
    numbers: Vec<i64>,
    rows: Vec<usize>,
    missing: usize,
    reason: Option<Reason>,
}

impl Consecutive {
    fn series(&self, group: &Group<'_, '_>) -> Series {
        let mut series = Series::default();
        let mut seen = BTreeSet::new();
        for row in group.rows_of(self.step) {
            let number = match group.view.cell(self.field, row) {
                Some(Cell::Int(number)) => Ok(number),
                Some(Cell::Text(text, _)) => {
                    last_number(text).ok_or(Reason::ValueMissing)
                }
                Some(_) => Err(Reason::ValueMissing),
                None => Err(group.view.why_missing(self.field)),
            };
            let number = match group.view.moment(row) {
                // where it belongs among the others is not known
                None => number.and(Err(Reason::TimeMissing)),
                Some(_) => number,
            };
            match number {
                Ok(number) if seen.insert(number) => {
                    series.numbers.push(number);
                    series.rows.push(row);
                }
                Ok(_) => {}
                Err(reason) => {
                    series.missing += 1;
                    series.reason.get_or_insert(reason);
                }
            }
        }
        series
    }

    /// Whether some steps rest on equal times, so that the file gave their order.
    fn by_order(group: &Group<'_, '_>, rows: &[usize]) -> bool {
        use crate::view::Apart;
        let ends = rows.iter().zip(rows.iter().skip(1));
        ends.into_iter().any(|(a, b)| group.apart(*a, *b) != Apart::Certain)
    }
}

impl Pattern for Consecutive {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.step) {
            return Answer::NO_SUBJECT;
        }
        let series = self.series(group);
        let least = usize::try_from(self.least.of(group)).unwrap_or(0).max(2);
        let known = series.numbers.len();
        if known + series.missing < least {
            return Answer::NO_SUBJECT;
        }
        let ends = series.numbers.iter().zip(series.numbers.iter().skip(1));
        let ones = ends.filter(|(a, b)| a.checked_add(1) == Some(**b)).count();
        // what is missing adds a step; it may part two neighbours, or join two others
        let (missing, steps) = (series.missing, known.saturating_sub(1) + series.missing);
        let percent = usize::try_from(self.percent.of(group)).unwrap_or(0);
        let enough = |ones: usize| ones > 0 && ones * 100 >= percent * steps;
        let by_order = Self::by_order(group, &series.rows);
        if known >= least && enough(ones.saturating_sub(missing)) {
            return Answer::found(series.rows).resting_on_order(by_order);
        }
        match series.reason {
            Some(reason) if enough((ones + 2 * missing).min(steps)) => {
                Answer::unknown(reason)
            }
            _ => Answer::CLEAR.resting_on_order(by_order),
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.field);
    }
}

#[cfg(test)]
mod tests {
    use super::last_number;

    #[test]
    fn the_number_is_the_last_row_of_digits() {
        assert_eq!(last_number("2026-0012"), Some(12));
        assert_eq!(last_number("F2026/17-B"), Some(17));
        assert_eq!(last_number("no number"), None);
        assert_eq!(last_number(""), None);
        assert_eq!(last_number("99999999999999999999"), None);
    }
}
