//! `component`: parties that hang together by whatever they share (a director, an address,
//! an account), and what they got together.

use super::{Aggregate, Conclusion, Fact, Hit, Keep, Key, Second, Strata, evidence};
use crate::answer::Reason;
use crate::args::Args;
use crate::number::Number;
use crate::pattern::Needs;
use crate::result::{EvidenceRow, Measure};
use crate::steps::StepSet;
use crate::view::{Cell, Group, Log, Slot};
use std::collections::BTreeMap;

#[derive(Debug)]
struct Component {
    step: StepSet,
    node: Slot,
    fields: Vec<Slot>,
    strata: Strata,
    least: Number,
    /// A value that more parties than this share links nobody: an office building, a bank.
    most: Option<Number>,
    amount: Option<Slot>,
    limit: Option<Limit>,
}

/// What the parties may have together.
#[derive(Debug)]
enum Limit {
    Fixed(Number),
    Column(Slot),
}

pub(super) fn read(args: &mut Args<'_, '_, '_, '_>) -> Option<Box<dyn Second>> {
    let fields = args.columns("fields");
    if fields.is_empty() {
        let hint = "name at least one column";
        args.reader.fault("fields", "`fields` is missing or empty", hint);
    }
    let amount = args.column_opt("amount");
    let fixed = args.number_opt("limit").map(Limit::Fixed);
    let limit = fixed.or_else(|| args.column_opt("limit_field").map(Limit::Column));
    if amount.is_some() != limit.is_some() {
        let hint = "name `amount` with `limit` or `limit_field`, or none of them";
        args.reader.fault("amount", "an amount and a limit belong together", hint);
    }
    Some(Box::new(Component {
        step: args.steps("step"),
        node: args.column("node"),
        fields,
        strata: Strata::read(args),
        least: args.number_or("least", 3),
        most: args.number_opt("most"),
        amount,
        limit,
    }))
}

/// Between the parts of a key: node, limit, values of the fields.
const BORDER: char = '\u{1f}';

/// At most so many rows prove one finding; a chain of hundreds is not read anyway.
const ROWS: usize = 50;

/// One party in one stratum.
#[derive(Default)]
struct Party<'f> {
    facts: Vec<&'f Fact>,
    /// For each field the values known, in lower case.
    values: Vec<Vec<String>>,
    cents: i64,
    limit: Option<i64>,
    doubt: Option<Reason>,
}

/// Parties joined with each other: each points to one it hangs on, in the end to a root.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&self, mut at: usize) -> usize {
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            at = up;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // the earlier stays the root, whatever the order of joining
        if let Some(up) = self.0.get_mut(a.max(b)) {
            *up = a.min(b);
        }
    }
}

impl Component {
    fn value<'a>(group: &Group<'_, 'a>, slot: Slot, row: usize) -> Option<Cell<'a>> {
        let here = group.view.cell(slot, row);
        here.or_else(|| group.rows.clone().find_map(|row| group.view.cell(slot, row)))
    }

    /// The parties of one stratum, by name.
    fn parties<'f>(&self, facts: &[&'f Fact]) -> Vec<Party<'f>> {
        let mut parties: BTreeMap<&str, Party<'f>> = BTreeMap::new();
        for fact in facts {
            let Key::Text(text) = &fact.key else { continue };
            let mut parts = text.split(BORDER);
            let party = parties.entry(parts.next().unwrap_or_default()).or_default();
            let limit = parts.next().and_then(|limit| limit.parse().ok());
            party.limit = party.limit.max(limit);
            party.values.resize(self.fields.len(), Vec::new());
            for (known, value) in party.values.iter_mut().zip(parts) {
                let value = value.to_lowercase();
                if !value.is_empty() && !known.contains(&value) {
                    known.push(value);
                }
            }
            party.cents = party.cents.saturating_add(fact.number);
            party.doubt = party.doubt.or(fact.doubt);
            party.facts.push(fact);
        }
        parties.into_values().collect()
    }

    fn join(&self, parties: &[Party<'_>]) -> Joined {
        let mut sharing: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (at, party) in parties.iter().enumerate() {
            for (field, values) in party.values.iter().enumerate() {
                for value in values {
                    sharing.entry((field, value)).or_default().push(at);
                }
            }
        }
        let most = self.most.as_ref().map_or(u64::MAX, Number::count);
        let mut joined = Joined((0..parties.len()).collect());
        for together in sharing.into_values() {
            if together.len() as u64 > most {
                continue;
            }
            for pair in together.windows(2) {
                if let [a, b] = pair {
                    joined.join(*a, *b);
                }
            }
        }
        joined
    }

    /// What is said of parties that hang together.
    fn judge(&self, group: &[&Party<'_>], conclusion: &mut Conclusion) {
        let sum = group.iter().fold(0_i64, |sum, party| sum.saturating_add(party.cents));
        let doubt = group.iter().find_map(|party| party.doubt);
        let lacks = |party: &&&Party<'_>| party.values.iter().any(Vec::is_empty);
        let unlinked = group.iter().find(lacks).map(|_| Reason::ValueMissing);
        let limit = match &self.limit {
            None => None,
            Some(Limit::Fixed(limit)) => Some(Ok(limit.fixed())),
            Some(Limit::Column(_)) => Some(
                group
                    .iter()
                    .filter_map(|party| party.limit)
                    .max()
                    .ok_or(Reason::ValueMissing),
            ),
        };
        let many = group.len() as u64 >= self.least.count().max(2);
        let verdict = match limit {
            None => Ok(many),
            Some(Ok(limit)) if many && sum > limit => Ok(true),
            Some(Ok(_)) if many => doubt.map_or(Ok(false), Err),
            Some(Err(reason)) if many => Err(reason),
            Some(_) => Ok(false),
        };
        // what is missing might have linked them to others
        let verdict = match (verdict, unlinked) {
            (Ok(false), Some(reason)) => Err(reason),
            (verdict, _) => verdict,
        };
        let mut facts: Vec<&Fact> =
            group.iter().flat_map(|party| party.facts.iter().copied()).collect();
        facts.sort_by_key(|fact| (fact.row.moment, fact.row.place));
        let measure = match limit {
            Some(Ok(limit)) => (sum, limit, "cent"),
            Some(Err(_)) | None => (
                i64::try_from(group.len()).unwrap_or(i64::MAX),
                self.least.fixed(),
                "count",
            ),
        };
        tell(&facts, verdict, measure, conclusion);
    }
}

/// Gives every case of the parties the verdict of the whole.
fn tell(
    facts: &[&Fact],
    verdict: Result<bool, Reason>,
    (observed, expected, unit): (i64, i64, &'static str),
    conclusion: &mut Conclusion,
) {
    let rows: Vec<EvidenceRow> =
        facts.iter().take(ROWS).map(|fact| fact.row.clone()).collect();
    for fact in facts {
        let subject = Aggregate::Case(fact.row.case);
        match verdict {
            Ok(true) => {
                let mut rows = rows.clone();
                if !rows.contains(&fact.row) {
                    rows.push(fact.row.clone());
                }
                let measure =
                    Some(Measure { observed, expected, unit, probability: None });
                conclusion.hit(Hit { subject, rows, measure });
            }
            Ok(false) => conclusion.clear(|| subject),
            Err(reason) => conclusion.doubt_one(reason, || subject),
        }
    }
}

impl Second for Component {
    fn note(&self, group: &Group<'_, '_>, keep: &mut Keep) {
        let Some(row) = group.first(self.step) else { return };
        let Some(node) = Self::value(group, self.node, row) else {
            return keep.doubt_case(group.view.why_missing(self.node), group);
        };
        if let Some(slot) = self.fields.iter().find(|slot| !group.view.has(**slot)) {
            return keep.doubt_case(group.view.why_missing(*slot), group);
        }
        let text = |slot: &Slot| {
            Self::value(group, *slot, row).map_or_else(String::new, super::strata::text)
        };
        let limit = match &self.limit {
            Some(Limit::Column(slot)) => text(slot),
            Some(Limit::Fixed(_)) | None => String::new(),
        };
        let mut key = format!("{}{BORDER}{limit}", super::strata::text(node));
        for slot in &self.fields {
            key.push(BORDER);
            key.push_str(&text(slot));
        }
        // all amounts of the case count, such as a grant that was raised
        let (mut number, mut doubt) = (0_i64, None);
        for row in group.rows_of(self.step) {
            match self.amount.map(|slot| (slot, group.view.cell(slot, row))) {
                Some((_, Some(Cell::Int(cents)))) => {
                    number = number.saturating_add(cents);
                }
                Some((slot, _)) => doubt = Some(group.view.why_missing(slot)),
                None => {}
            }
        }
        let stratum = keep.stratum(&self.strata, group, row);
        let row = evidence(group.view, row);
        keep.facts.push(Fact { stratum, key: Key::Text(key), number, doubt, row });
    }

    fn conclude(&self, keep: &Keep, _: &Log<'_>) -> Conclusion {
        let mut conclusion =
            Conclusion { unknown: keep.unknown.clone(), ..Conclusion::of(keep) };
        for (_, facts) in keep.by_stratum() {
            let parties = self.parties(&facts);
            let joined = self.join(&parties);
            let mut groups: BTreeMap<usize, Vec<&Party<'_>>> = BTreeMap::new();
            for (at, party) in parties.iter().enumerate() {
                groups.entry(joined.root(at)).or_default().push(party);
            }
            for group in groups.values() {
                self.judge(group, &mut conclusion);
            }
        }
        conclusion
    }

    fn needs(&self, needs: &mut Needs) {
        needs.steps.push(self.step);
        needs.slots.push(self.node);
        needs.slots.extend(self.fields.iter().copied().chain(self.strata.slots()));
        needs.slots.extend(self.amount);
        if let Some(Limit::Column(slot)) = self.limit {
            needs.slots.push(slot);
        }
    }

    fn triggers(&self) -> StepSet {
        self.step
    }
}
