//! `alike`: two events of one group that should have nothing in common share a value, such
//! as two tenderers with one telephone number.

use crate::answer::{Answer, Reason};
use crate::args::Args;
use crate::number::Number;
use crate::pattern::{Needs, Pattern};
use crate::steps::StepSet;
use crate::view::{Group, Slot};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
struct Alike {
    step: StepSet,
    fields: Vec<Slot>,
    differ: Vec<Slot>,
    ignore: Vec<String>,
    known: Option<Number>,
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Pattern>> {
    let pattern = Alike {
        step: args.steps("step"),
        fields: args.columns("fields"),
        differ: args.columns("differ"),
        ignore: args.reader.texts("ignore").iter().map(|t| t.to_lowercase()).collect(),
        known: args.number_opt("known"),
    };
    for (key, columns) in [("fields", &pattern.fields), ("differ", &pattern.differ)] {
        if columns.is_empty() || columns.len() > 32 {
            let sentence = format!("`{key}` is missing, empty or too long");
            args.reader.fault(key, sentence, "name one to thirty-two columns");
        }
    }
    Some(Box::new(pattern))
}

/// One event: who it is of, and its values by field.
struct Entry {
    row: usize,
    own: Vec<String>,
    values: Vec<Option<String>>,
}

impl Entry {
    /// Which fields are known, as bits.
    fn known(&self) -> u32 {
        let bits = self.values.iter().enumerate().filter(|(_, value)| value.is_some());
        bits.fold(0, |all, (bit, _)| all | 1_u32.checked_shl(small(bit)).unwrap_or(0))
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Alike {
    /// The events whose own values are known, and why others are not.
    fn entries(&self, group: &Group<'_, '_>) -> (Vec<Entry>, Option<Reason>) {
        let (mut entries, mut nameless) = (Vec::new(), None);
        let text = |slot: &Slot, row: usize| {
            let cell = group.view.cell(*slot, row);
            cell.map(|cell| crate::second::text(cell).to_lowercase())
        };
        for row in group.rows_of(self.step) {
            let own: Option<Vec<String>> =
                self.differ.iter().map(|slot| text(slot, row)).collect();
            let Some(own) = own else {
                let missing = |slot: &&Slot| group.view.cell(**slot, row).is_none();
                let slot = self.differ.iter().find(missing);
                nameless = nameless.or(slot.map(|slot| group.view.why_missing(*slot)));
                continue;
            };
            let values = self.fields.iter().map(|slot| text(slot, row)).collect();
            entries.push(Entry { row, own, values });
        }
        (entries, nameless)
    }

    /// The rows of events that share a value while what must differ differs.
    fn shared(&self, entries: &[Entry]) -> Vec<usize> {
        let mut by_value: BTreeMap<(usize, &str), Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            for (field, value) in entry.values.iter().enumerate() {
                let value = value.as_deref().filter(|v| !v.trim().is_empty());
                if let Some(value) = value.filter(|v| !self.ignore.iter().any(|i| i == v))
                {
                    by_value.entry((field, value)).or_default().push(entry);
                }
            }
        }
        let several = |alike: &&Vec<&Entry>| {
            let owners: BTreeSet<&[String]> =
                alike.iter().map(|entry| entry.own.as_slice()).collect();
            owners.len() > 1
        };
        let alike = by_value.values().filter(several);
        alike.flatten().map(|entry| entry.row).collect()
    }

    /// Whether every two events can be compared on enough fields.
    fn comparable(&self, group: &Group<'_, '_>, entries: &[Entry]) -> bool {
        let all = small(self.fields.len());
        let need = self.known.as_ref().map_or(all, |n| {
            u32::try_from(n.of(group)).unwrap_or(0).clamp(1, all.max(1))
        });
        let mut masks: BTreeMap<u32, usize> = BTreeMap::new();
        for entry in entries {
            *masks.entry(entry.known()).or_default() += 1;
        }
        masks.iter().all(|(a, times)| {
            let others = masks.keys().filter(|b| *times > 1 || *b != a);
            others.into_iter().all(|b| (a & b).count_ones() >= need)
        })
    }
}

impl Pattern for Alike {
    fn judge(&self, group: &Group<'_, '_>) -> Answer {
        if !group.present.meets(self.step) {
            return Answer::NO_SUBJECT;
        }
        let (entries, nameless) = self.entries(group);
        let rows = self.shared(&entries);
        if !rows.is_empty() {
            return Answer::found(rows);
        }
        if let Some(reason) = nameless {
            return Answer::unknown(reason);
        }
        let owners: BTreeSet<&[String]> =
            entries.iter().map(|entry| entry.own.as_slice()).collect();
        if owners.len() < 2 {
            return Answer::NO_SUBJECT;
        }
        if self.comparable(group, &entries) {
            return Answer::CLEAR;
        }
        let missing = |slot: &&Slot| !group.view.has(**slot);
        let column = self.fields.iter().any(|slot| missing(&slot));
        let whole = entries.iter().all(|entry| {
            let fields = self.fields.iter().zip(&entry.values);
            fields.into_iter().all(|(slot, v)| v.is_some() || !group.view.has(*slot))
        });
        let reason =
            if column && whole { Reason::ColumnMissing } else { Reason::ValueMissing };
        Answer::unknown(reason)
    }

    fn triggers(&self) -> StepSet {
        self.step
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.extend(self.fields.iter().chain(&self.differ));
    }
}
