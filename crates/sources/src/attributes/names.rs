//! Keys of the source and the names under which their values are handed over.

use crate::mapping::{Constant, Keep, Kind, PARTS};
use crate::{ColumnKind, ColumnOf, ColumnSeen, Limits, Mapping, ReadError};
use columns::{Sink, Value};
use model::{Note, NoteKind};
use std::collections::{BTreeMap, BTreeSet};

/// Of what an attribute speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Case,
    Event,
}

/// A part of an event that is no attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Case,
    Activity,
    Time,
    Who,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Activity => "activity",
            Self::Time => "time",
            Self::Who => "who",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Case, Self::Activity, Self::Time, Self::Who]
            .into_iter()
            .find(|part| part.name() == name)
    }

    /// Where its text stands in a record; the time is no text.
    pub(super) const fn index(self) -> Option<usize> {
        match self {
            Self::Case => Some(0),
            Self::Activity => Some(1),
            Self::Who => Some(2),
            Self::Time => None,
        }
    }
}

/// Most bytes of a key, with those of the attributes around it.
const LONGEST: usize = 4096;

/// What keys mean where the mapping says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defaults {
    /// The keys of the standard extensions of XES.
    Xes,
    /// Every key is an attribute.
    None,
}

/// Where the values of a key go.
#[derive(Debug)]
pub(crate) struct Target {
    /// The part, or `None` for an attribute.
    pub(crate) part: Option<Part>,
    /// The name under which it is handed over.
    pub(crate) name: Box<str>,
    /// What the mapping says the values are.
    pub(crate) kind: Option<Kind>,
    of: ColumnOf,
    met: [bool; 5],
    /// The record that holds a value of it already.
    serial: u64,
}

impl Target {
    /// Notes that a record gets a value; false where it has one.
    pub(crate) const fn claim(&mut self, serial: u64) -> bool {
        let free = self.serial != serial;
        self.serial = serial;
        free
    }

    /// Whether a record holds a value of it.
    pub(crate) const fn claimed(&self, serial: u64) -> bool {
        self.serial == serial
    }

    pub(crate) const fn meet(&mut self, value: &Value<'_>) {
        let [text, int, float, truth, time] = &mut self.met;
        *match value {
            Value::Text(_) => text,
            Value::Int(_) => int,
            Value::Float(_) => float,
            Value::Bool(_) => truth,
            Value::Time(_) => time,
        } = true;
    }

    fn seen(&self) -> Option<ColumnSeen> {
        let kind = match self.met {
            _ if self.part.is_some() => return None,
            [false, false, false, false, false] => return None,
            [true, false, false, false, false] => ColumnKind::Text,
            [false, true, false, false, false] if self.kind == Some(Kind::Money) => {
                ColumnKind::Money
            }
            [false, true, false, false, false] => ColumnKind::Int,
            [false, false, true, false, false] => ColumnKind::Float,
            [false, false, false, true, false] => ColumnKind::Bool,
            [false, false, false, false, true] => ColumnKind::Time,
            _ => ColumnKind::Mixed,
        };
        Some(ColumnSeen { name: self.name.to_string(), kind, of: self.of })
    }
}

/// A key of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The first of its targets, and how many there are.
    first: u32,
    count: u32,
    /// Its place in the classifier.
    pub(crate) classifier: Option<usize>,
}

impl Entry {
    /// The numbers of its targets.
    pub(crate) fn targets(self) -> std::ops::Range<u32> {
        self.first..self.first + self.count
    }
}

/// The entries of one scope, with a memory of those met last.
#[derive(Debug, Default)]
struct Keys {
    ids: BTreeMap<Box<str>, u32>,
    entries: Vec<(Box<str>, Entry)>,
    recent: Vec<u32>,
}

/// Places in the memory of recent keys; a power of two.
const RECENT: usize = 256;

impl Keys {
    fn find(&mut self, key: &str) -> Option<Entry> {
        let slot = slot(key);
        if let Some(id) = self.recent.get(slot)
            && let Some((known, entry)) = self.entries.get(*id as usize)
            && **known == *key
        {
            return Some(*entry);
        }
        let id = *self.ids.get(key)?;
        self.recent.resize(RECENT, u32::MAX);
        if let Some(place) = self.recent.get_mut(slot) {
            *place = id;
        }
        self.entries.get(id as usize).map(|(_, entry)| *entry)
    }

    fn add(&mut self, key: &str, entry: Entry) {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.ids.insert(key.into(), id);
        self.entries.push((key.into(), entry));
    }
}

/// A place for a key from its length and its outer bytes; two keys may share one.
fn slot(key: &str) -> usize {
    let bytes = key.as_bytes();
    let first = bytes.first().copied().unwrap_or(0) as usize;
    let middle = bytes.get(bytes.len() / 2).copied().unwrap_or(0) as usize;
    let last = bytes.last().copied().unwrap_or(0) as usize;
    (bytes.len() ^ (first << 1) ^ (middle << 3) ^ (last << 4) ^ (last >> 2)) % RECENT
}

/// All keys and targets of one reading.
#[derive(Debug)]
pub(crate) struct Names<'m> {
    mapping: &'m Mapping,
    most: usize,
    defaults: Defaults,
    classifier: Vec<String>,
    case: Keys,
    event: Keys,
    targets: Vec<Target>,
    taken: BTreeSet<String>,
    used: BTreeSet<&'m str>,
}

impl<'m> Names<'m> {
    pub(crate) fn new(mapping: &'m Mapping, limits: &Limits, defaults: Defaults) -> Self {
        let reserved = mapping.columns.keys().chain(mapping.constants.keys()).cloned();
        Self {
            mapping,
            most: limits.names,
            defaults,
            classifier: Vec::new(),
            case: Keys::default(),
            event: Keys::default(),
            targets: Vec::new(),
            taken: reserved.chain(PARTS.map(str::to_owned)).collect(),
            used: BTreeSet::new(),
        }
    }

    /// Sets the keys that name the activity; before the first event.
    pub(crate) fn classify_by(&mut self, keys: Vec<String>) {
        self.classifier = keys;
    }

    /// How many keys the classifier has; 0 where none was chosen.
    pub(crate) fn classifier_keys(&self) -> usize {
        self.classifier.len()
    }

    /// The entry of a key.
    pub(crate) fn entry(
        &mut self,
        scope: Scope,
        key: &str,
        sink: &mut dyn Sink,
    ) -> Result<Entry, ReadError> {
        let keys = match scope {
            Scope::Case => &mut self.case,
            Scope::Event => &mut self.event,
        };
        match keys.find(key) {
            Some(entry) => Ok(entry),
            None => self.register(scope, key, sink),
        }
    }

    pub(crate) fn target(&self, number: u32) -> Option<&Target> {
        self.targets.get(number as usize)
    }

    pub(crate) fn target_mut(&mut self, number: u32) -> Option<&mut Target> {
        self.targets.get_mut(number as usize)
    }

    fn register(
        &mut self,
        scope: Scope,
        key: &str,
        sink: &mut dyn Sink,
    ) -> Result<Entry, ReadError> {
        if key.len() > LONGEST {
            return Err(ReadError::whole(format!(
                "the key `{}` is longer than {LONGEST} bytes; the file is broken or no log",
                crate::xml::shorten(key)
            )));
        }
        if self.case.entries.len() + self.event.entries.len() >= self.most {
            return Err(ReadError::whole(format!(
                "the log has more than {} different attributes; expected a key to be a name \
                 and not a value, export it differently",
                self.most
            )));
        }
        let first = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        self.add_mapped(scope, key);
        let mapped = self.targets.len() as u64 > u64::from(first);
        match self.default_part(scope, key) {
            Some(part) => self.add(Some(part), part.name().to_owned(), None, scope),
            None if mapped => {}
            None if self.mapping.keep == Some(Keep::Named) => sink.note(Note {
                kind: NoteKind::ColumnLeftOut,
                place: None,
                detail: crate::xml::shorten(key),
            }),
            None => self.add_own(scope, key, sink),
        }
        let last = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        let classifier = match scope {
            Scope::Event => self.classifier.iter().position(|k| k == key),
            Scope::Case => None,
        };
        let entry = Entry { first, count: last - first, classifier };
        match scope {
            Scope::Case => self.case.add(key, entry),
            Scope::Event => self.event.add(key, entry),
        }
        Ok(entry)
    }

    /// The targets the mapping names. A key of the case is written in it with `case:` before
    /// it, or with `of = "case"`; `case = "concept:name"` always means the case's.
    fn add_mapped(&mut self, scope: Scope, key: &str) {
        let of_case = format!("case:{key}");
        for (name, from) in &self.mapping.columns {
            let own = from.column == key;
            let xes_case =
                self.defaults == Defaults::Xes && name == "case" && key == "concept:name";
            let fits = match scope {
                Scope::Case => {
                    from.column == of_case || (own && (from.of_case || xes_case))
                }
                Scope::Event => own && !from.of_case && !xes_case,
            };
            if fits && !self.mapping.constants.contains_key(name) {
                self.used.insert(name);
                self.add(Part::named(name), name.clone(), from.kind, scope);
            }
        }
    }

    /// The part a key stands for, unless the mapping takes that part from elsewhere.
    fn default_part(&self, scope: Scope, key: &str) -> Option<Part> {
        let part = match (self.defaults, scope, key) {
            (Defaults::Xes, Scope::Case, "concept:name") => Part::Case,
            (Defaults::Xes, Scope::Event, "concept:name")
                if self.classifier.is_empty() =>
            {
                Part::Activity
            }
            (Defaults::Xes, Scope::Event, "time:timestamp") => Part::Time,
            (Defaults::Xes, Scope::Event, "org:resource") => Part::Who,
            _ => return None,
        };
        let elsewhere = self.mapping.columns.contains_key(part.name())
            || self.mapping.constants.contains_key(part.name());
        (!elsewhere).then_some(part)
    }

    /// A target under the key's own name, or the word of the vocabulary for it. Where the
    /// name is taken already, the key stands behind `event:`.
    fn add_own(&mut self, scope: Scope, key: &str, sink: &mut dyn Sink) {
        let known = match (self.defaults, scope, key) {
            (Defaults::Xes, Scope::Event, "org:group") => Some("unit"),
            (Defaults::Xes, Scope::Event, "org:role") => Some("role"),
            (Defaults::Xes, Scope::Event, "lifecycle:transition") => Some("lifecycle"),
            _ => None,
        };
        let own = match scope {
            Scope::Case => format!("case:{key}"),
            Scope::Event => key.to_owned(),
        };
        let candidates =
            [known.map(str::to_owned), Some(own), Some(format!("event:{key}"))];
        match candidates.into_iter().flatten().find(|name| !self.taken.contains(name)) {
            Some(name) => self.add(None, name, None, scope),
            None => sink.note(Note {
                kind: NoteKind::PassedOver,
                place: None,
                detail: crate::xml::shorten(key),
            }),
        }
    }

    fn add(
        &mut self,
        part: Option<Part>,
        name: String,
        kind: Option<Kind>,
        scope: Scope,
    ) {
        let of = if scope == Scope::Case { ColumnOf::Case } else { ColumnOf::Event };
        self.taken.insert(name.clone());
        self.targets.push(Target {
            part,
            name: name.into(),
            kind,
            of,
            met: [false; 5],
            serial: 0,
        });
    }

    /// The constants as values: those of the case and those of the event. Parts are not
    /// among them.
    pub(crate) fn constants(&self, scope: Scope) -> Vec<(&'m str, Value<'m>)> {
        let of_scope = |name: &str| name.starts_with("case:") == (scope == Scope::Case);
        let constants = self.mapping.constants.iter();
        constants
            .filter(|(name, _)| of_scope(name) && Part::named(name).is_none())
            .map(|(name, constant)| (name.as_str(), constant_value(constant)))
            .collect()
    }

    /// The constant of a part.
    pub(crate) fn constant_part(&self, part: Part) -> Option<&'m str> {
        match self.mapping.constants.get(part.name())? {
            Constant::Text(text) => Some(text),
            Constant::Int(_) | Constant::Float(_) | Constant::Bool(_) => None,
        }
    }

    /// The columns that were met, and a note for each the mapping names and no event had.
    pub(crate) fn finish(&self, sink: &mut dyn Sink) -> Vec<ColumnSeen> {
        for (name, from) in &self.mapping.columns {
            if !self.used.contains(name.as_str())
                && !self.mapping.constants.contains_key(name)
            {
                sink.note(Note {
                    kind: NoteKind::UnknownReference,
                    place: None,
                    detail: crate::xml::shorten(&from.column),
                });
            }
        }
        let mut seen: Vec<_> = self.targets.iter().filter_map(Target::seen).collect();
        for (name, constant) in &self.mapping.constants {
            if Part::named(name).is_none() {
                seen.push(constant_seen(name, constant));
            }
        }
        seen.sort_by(|a, b| (a.of, &a.name).cmp(&(b.of, &b.name)));
        seen
    }
}

fn constant_value(constant: &Constant) -> Value<'_> {
    match constant {
        Constant::Text(text) => Value::Text(text),
        Constant::Int(n) => Value::Int(*n),
        Constant::Float(x) => Value::Float(*x),
        Constant::Bool(b) => Value::Bool(*b),
    }
}

fn constant_seen(name: &str, constant: &Constant) -> ColumnSeen {
    let kind = match constant {
        Constant::Text(_) => ColumnKind::Text,
        Constant::Int(_) => ColumnKind::Int,
        Constant::Float(_) => ColumnKind::Float,
        Constant::Bool(_) => ColumnKind::Bool,
    };
    let of = if name.starts_with("case:") { ColumnOf::Case } else { ColumnOf::Event };
    ColumnSeen { name: name.to_owned(), kind, of }
}
