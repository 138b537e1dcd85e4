//! A mapping laid on the header of one table: which column gives what. Shared by the
//! readers of text and of Parquet.

use super::cell::Kind;
use super::times::Times;
use super::{Constant, Keep, Mapping, PARTS, nearest, propose, xes_columns};
use crate::{ColumnKind, ColumnOf, ColumnSeen};
use columns::Sink;
use model::{Moment, Note, NoteKind, Place};
use std::collections::BTreeMap;

/// From where a text part of the event comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The column at this place.
    Column(usize),
    /// The same for every event.
    Constant(String),
    /// From nowhere; only `who` may.
    Nowhere,
}

/// From where the time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TimePart {
    /// The column at this place; whether a time of day is dropped.
    Column(usize, bool),
    /// The same for every event.
    Constant(Moment),
}

/// One attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) column: usize,
    pub(crate) kind: Option<Kind>,
    pub(crate) of_case: bool,
}

impl Attribute {
    /// Whether its values are handed over as text, whatever the source holds.
    pub(crate) fn text(&self) -> bool {
        matches!(self.kind, Some(Kind::Text | Kind::Code | Kind::Person))
    }
}

/// What every row gives.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) case: Part,
    pub(crate) activity: Part,
    pub(crate) time: TimePart,
    pub(crate) who: Part,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) constants: Vec<(String, Constant)>,
    pub(crate) decimal_comma: bool,
    /// The columns that are not taken over.
    pub(crate) left_out: Vec<String>,
}

/// After these words the sentence gives a whole mapping.
const ALONG: &str = "give it along:\n\n";

/// The mapping that is proposed in the sentence of an error, where a table was read without one
/// and it is only that which was missing.
pub fn proposed(sentence: &str) -> Option<&str> {
    sentence.split_once(ALONG).map(|(_, mapping)| mapping)
}

/// Lays a mapping on a header. `samples` serve the proposal where there is no mapping.
///
/// # Errors
/// One sentence that tells everything that is missing at once.
pub(crate) fn plan(
    mapping: &Mapping,
    header: &[String],
    samples: &[Vec<String>],
) -> Result<Plan, String> {
    let from_keys = xes_columns(header);
    let mut mapping = mapping.clone();
    if mapping.columns.is_empty() && mapping.constants.is_empty() {
        let Some(keys) = &from_keys else {
            return Err(format!(
                "a table needs a mapping that says which column is the case, the activity, \
                 the time and the handler; save this one as a .toml file, check it and {ALONG}{}",
                propose(header, samples)
            ));
        };
        mapping.columns.clone_from(&keys.columns);
        mapping.keep = mapping.keep.or(keys.keep);
    }
    // A mapping that names only what differs may leave the keys of XES to be found.
    for part in PARTS {
        let named =
            mapping.columns.contains_key(part) || mapping.constants.contains_key(part);
        if let Some(from) = from_keys.as_ref().and_then(|keys| keys.columns.get(part))
            && !named
        {
            mapping.columns.insert(part.to_owned(), from.clone());
        }
    }
    mapping.columns.retain(|name, _| !mapping.constants.contains_key(name));
    check(&mapping, header)?;
    resolve(&mapping, header)
}

/// Every part has a source, every named column is there, and once.
fn check(mapping: &Mapping, header: &[String]) -> Result<(), String> {
    let mut wrong = Vec::new();
    for part in ["case", "activity", "time"] {
        if !mapping.columns.contains_key(part) && !mapping.constants.contains_key(part) {
            wrong.push(format!(
                "the mapping says nothing about `{part}`: name its column in [columns] or \
                 its value in [constants]"
            ));
        }
    }
    for (name, from) in &mapping.columns {
        match header.iter().filter(|column| **column == from.column).count() {
            1 => {}
            0 => {
                let hint = nearest(&from.column, header.iter().map(String::as_str))
                    .map(|near| format!(" (did you mean `{}`?)", short(near)))
                    .unwrap_or_default();
                wrong.push(format!(
                    "there is no column `{}` for `{name}`{hint}",
                    short(&from.column)
                ));
            }
            times => wrong.push(format!(
                "the column `{}` for `{name}` stands there {times} times; give the columns \
                 different names",
                short(&from.column)
            )),
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let mut names: Vec<_> = header.iter().take(30).map(|name| short(name)).collect();
    if header.len() > names.len() {
        names.push(format!("and {} more", header.len() - names.len()));
    }
    Err(format!("{}; the columns are: {}", wrong.join("; "), names.join(", ")))
}

fn resolve(mapping: &Mapping, header: &[String]) -> Result<Plan, String> {
    let at = |name: &str| {
        let from = mapping.columns.get(name)?;
        header.iter().position(|column| *column == from.column)
    };
    let part = |name: &str| match mapping.constants.get(name) {
        Some(Constant::Text(text)) => Part::Constant(text.clone()),
        _ => at(name).map_or(Part::Nowhere, Part::Column),
    };
    let time = if let Some(Constant::Text(text)) = mapping.constants.get("time") {
        let time = Times::new(&mapping.time).read(text).ok_or_else(|| {
            format!(
                "the constant `time` of the mapping cannot be read: `{}`",
                short(text)
            )
        })?;
        TimePart::Constant(time.moment)
    } else {
        let kind = mapping.columns.get("time").and_then(|from| from.kind);
        let column = at("time").ok_or("the mapping says nothing about `time`")?;
        TimePart::Column(column, kind == Some(Kind::Date))
    };
    let mut attributes: Vec<Attribute> = mapping
        .columns
        .iter()
        .filter(|(name, _)| !PARTS.contains(&name.as_str()))
        .filter_map(|(name, from)| {
            let column = at(name)?;
            Some(Attribute {
                name: name.clone(),
                column,
                kind: from.kind,
                of_case: from.of_case,
            })
        })
        .collect();
    let left_out = others(mapping, header, &mut attributes);
    let constants =
        mapping.constants.iter().filter(|(name, _)| !PARTS.contains(&name.as_str()));
    Ok(Plan {
        case: part("case"),
        activity: part("activity"),
        time,
        who: part("who"),
        attributes,
        constants: constants.map(|(name, value)| (name.clone(), value.clone())).collect(),
        decimal_comma: mapping.csv.decimal_comma,
        left_out,
    })
}

/// Columns nobody named: kept under a name that is free, or left out and told.
fn others(
    mapping: &Mapping,
    header: &[String],
    attributes: &mut Vec<Attribute>,
) -> Vec<String> {
    let mut left_out = Vec::new();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let taken = PARTS.iter().map(|p| (*p).to_owned());
    let constants = mapping.constants.keys().cloned();
    for name in taken.chain(constants).chain(mapping.columns.keys().cloned()) {
        uses.insert(name, 1);
    }
    for (column, name) in header.iter().enumerate() {
        if mapping.columns.values().any(|from| from.column == *name) {
            continue;
        }
        if mapping.keep != Some(Keep::All) {
            left_out.push(name.clone());
            continue;
        }
        let mut free = name.clone();
        while let Some(count) = uses.get_mut(&free) {
            *count += 1;
            free = format!("{name}-{count}");
        }
        uses.insert(free.clone(), 1);
        let of_case = free.starts_with("case:");
        attributes.push(Attribute { name: free, column, kind: None, of_case });
    }
    left_out
}

impl Plan {
    /// The columns of the source that are needed, ascending, each once.
    pub(crate) fn needed(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.attributes.iter().map(|a| a.column).collect();
        for part in [&self.case, &self.activity, &self.who] {
            if let Part::Column(at) = part {
                all.push(*at);
            }
        }
        if let TimePart::Column(at, _) = self.time {
            all.push(at);
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Tells of the columns that are left out.
    pub(crate) fn tell(&self, place: Option<Place>, sink: &mut dyn Sink) {
        for name in &self.left_out {
            sink.note(Note { kind: NoteKind::ColumnLeftOut, place, detail: short(name) });
        }
    }

    /// The attributes as they will be seen, sorted. `natural` gives the kind of a column
    /// that has none in the mapping.
    pub(crate) fn seen(&self, natural: impl Fn(usize) -> ColumnKind) -> Vec<ColumnSeen> {
        let attributes = self.attributes.iter().map(|a| {
            let kind = match a.kind {
                None => natural(a.column),
                Some(Kind::Text | Kind::Person | Kind::Code) => ColumnKind::Text,
                Some(Kind::Int) => ColumnKind::Int,
                Some(Kind::Money) => ColumnKind::Money,
                Some(Kind::Float) => ColumnKind::Float,
                Some(Kind::Bool) => ColumnKind::Bool,
                Some(Kind::Date | Kind::Moment) => ColumnKind::Time,
            };
            let of = if a.of_case { ColumnOf::Case } else { ColumnOf::Event };
            ColumnSeen { name: a.name.clone(), kind, of }
        });
        let constants = self.constants.iter().map(|(name, value)| {
            let kind = match value {
                Constant::Text(_) => ColumnKind::Text,
                Constant::Int(_) => ColumnKind::Int,
                Constant::Float(_) => ColumnKind::Float,
                Constant::Bool(_) => ColumnKind::Bool,
            };
            ColumnSeen { name: name.clone(), kind, of: ColumnOf::Event }
        });
        let mut all: Vec<_> = attributes.chain(constants).collect();
        all.sort_by(|a, b| (a.of, &a.name).cmp(&(b.of, &b.name)));
        all
    }
}

/// A text of the source, fit for a sentence: at most forty signs, none that steer a screen.
pub(crate) fn short(text: &str) -> String {
    let mut out: String =
        text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}
