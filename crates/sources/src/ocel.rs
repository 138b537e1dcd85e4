//! Object-centric logs (OCEL 2.0) become cases: the flattening all three forms share.
//!
//! The objects of one type are the cases. An event belongs to every object of that type it
//! is related to, so it may appear in several cases; related twice with two qualifiers, it
//! appears once. Attributes of the event keep their names; attributes of the object are
//! attributes of the case (`case:NAME`) with the value they had at the time of the event: the
//! last one set at or before it. For an event without a time only what never changes is
//! known. The handler is the related object of the type the mapping names (its identifier)
//! or an attribute of the event. The qualifiers of the mapping choose among the relations to
//! cases.
//!
//! A log is read twice: objects first, then events. What stands in memory is the identifier
//! of every object and the attributes of the cases.

mod history;

use crate::attributes::{Declared, Defaults, Emitter, Record, Scope, note};
use crate::mapping::OcelWho;
use crate::{Limits, Mapping, ReadError, Seen};
use columns::{Sink, TimeCell};
use history::History;
use model::{Note, NoteKind, Place};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Most relations of one event.
const RELATIONS: usize = 1_000_000;

/// An attribute as it stands in the source.
#[derive(Debug, Default)]
pub(crate) struct RowAttribute {
    pub(crate) name: String,
    /// Since when an object has the value.
    pub(crate) time: Option<String>,
    pub(crate) text: String,
    /// What the form itself says of the value; the type in the head of the log goes first.
    pub(crate) native: Option<Declared>,
}

/// An event or object as it stands in the source.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) time: Option<String>,
    pub(crate) attributes: Vec<RowAttribute>,
    /// Identifiers of related objects with their qualifiers.
    pub(crate) relations: Vec<(String, String)>,
    bytes: usize,
}

impl Row {
    pub(crate) fn clear(&mut self) {
        self.id.clear();
        self.kind.clear();
        self.time = None;
        self.attributes.clear();
        self.relations.clear();
        self.bytes = 0;
    }

    /// Adds an attribute.
    ///
    /// # Errors
    /// The row grows beyond a bound.
    pub(crate) fn attribute(
        &mut self,
        attribute: RowAttribute,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        self.bytes += attribute.name.len() + attribute.text.len();
        self.attributes.push(attribute);
        if self.attributes.len() > limits.attributes || self.bytes > limits.piece {
            return Err(ReadError::whole(format!(
                "`{}` has more than {} attributes or {} bytes; the file is no sound log",
                crate::xml::shorten(&self.id),
                limits.attributes,
                limits.piece
            )));
        }
        Ok(())
    }

    /// Adds a relation.
    ///
    /// # Errors
    /// The row grows beyond a bound.
    pub(crate) fn relation(
        &mut self,
        object: String,
        qualifier: String,
        limits: &Limits,
    ) -> Result<(), ReadError> {
        self.bytes += object.len() + qualifier.len();
        self.relations.push((object, qualifier));
        if self.relations.len() > RELATIONS.min(limits.objects)
            || self.bytes > limits.piece.saturating_mul(4)
        {
            return Err(ReadError::whole(format!(
                "`{}` has more than {RELATIONS} relations; the file is no sound log",
                crate::xml::shorten(&self.id)
            )));
        }
        Ok(())
    }
}

/// Whether something is said of objects or of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Of {
    Object,
    Event,
}

/// Takes objects, then events, and hands over cases.
pub(crate) struct Flattener<'m, 's> {
    mapping: &'m Mapping,
    pub(crate) limits: &'m Limits,
    pub(crate) sink: &'s mut dyn Sink,
    emitter: Emitter<'m>,
    declared: BTreeMap<(Of, String), BTreeMap<String, Declared>>,
    declarations: usize,
    /// Object types with how many objects there are.
    types: BTreeMap<String, u64>,
    objects: HashMap<Box<str>, Object>,
    histories: Vec<History>,
    events: HashSet<u64>,
    case: Record,
    event: Record,
    without_case: u64,
    several_who: u64,
}

/// What is remembered of an object.
#[derive(Clone, Copy, Debug)]
enum Object {
    /// A case, with the place of its attributes.
    Case(usize),
    /// Of the type that acts.
    Who,
    Other,
}

impl<'m, 's> Flattener<'m, 's> {
    pub(crate) fn new(
        mapping: &'m Mapping,
        limits: &'m Limits,
        sink: &'s mut dyn Sink,
    ) -> Self {
        Self {
            mapping,
            limits,
            sink,
            emitter: Emitter::new(mapping, limits, Defaults::None),
            declared: BTreeMap::new(),
            declarations: 0,
            types: BTreeMap::new(),
            objects: HashMap::new(),
            histories: Vec::new(),
            events: HashSet::new(),
            case: Record::new(),
            event: Record::new(),
            without_case: 0,
            several_who: 0,
        }
    }

    /// Takes the type of an attribute from the head of the log. With a type the standard does
    /// not know, the form of each value decides.
    ///
    /// # Errors
    /// Too many of them.
    pub(crate) fn declare(
        &mut self,
        of: Of,
        kind: &str,
        name: &str,
        written: &str,
    ) -> Result<(), ReadError> {
        let declared = match written.to_ascii_lowercase().as_str() {
            "integer" | "int" => Declared::Int,
            "float" | "double" | "real" => Declared::Float,
            "boolean" | "bool" => Declared::Bool,
            "time" | "timestamp" | "date" | "datetime" => Declared::Time,
            "string" | "text" => Declared::Text,
            kind if kind.starts_with("varchar") => Declared::Text,
            _ => return Ok(()),
        };
        self.declarations += 1;
        if self.declarations > self.limits.names || kind.len() + name.len() > 4096 {
            return Err(ReadError::whole(format!(
                "the log declares more than {} attributes, or one with a very long name",
                self.limits.names
            )));
        }
        let of_kind = self.declared.entry((of, kind.to_owned())).or_default();
        of_kind.insert(name.to_owned(), declared);
        Ok(())
    }

    /// Takes the name of an object type, so that a type without objects is known.
    pub(crate) fn object_type(&mut self, kind: &str) {
        if self.types.len() < self.limits.names && !kind.is_empty() && kind.len() <= 4096
        {
            self.types.entry(kind.to_owned()).or_default();
        }
    }

    /// Takes an object.
    ///
    /// # Errors
    /// Too many objects, types or names.
    pub(crate) fn object(&mut self, row: &Row, place: Place) -> Result<(), ReadError> {
        if self.objects.len() >= self.limits.objects {
            return Err(ReadError::at(
                place,
                format!(
                    "the log holds more than {} objects; split it",
                    self.limits.objects
                ),
            ));
        }
        if row.id.is_empty() {
            self.sink.note(note(NoteKind::UnreadableValue, place, "object"));
            return Ok(());
        }
        if self.objects.contains_key(row.id.as_str()) {
            self.sink.note(note(NoteKind::DuplicateId, place, &row.kind));
            return Ok(());
        }
        self.object_type(&row.kind);
        if let Some(count) = self.types.get_mut(&row.kind) {
            *count += 1;
        }
        let object = if self.mapping.ocel.case.as_ref() == Some(&row.kind) {
            let declared = self.declared.get(&(Of::Object, row.kind.clone()));
            let history =
                History::of(row, declared, &mut self.emitter, place, &mut *self.sink)?;
            self.histories.push(history);
            Object::Case(self.histories.len() - 1)
        } else if self.mapping.ocel.who == Some(OcelWho::Object(row.kind.clone())) {
            Object::Who
        } else {
            Object::Other
        };
        self.objects.insert(row.id.as_str().into(), object);
        Ok(())
    }

    /// Checks, once all objects are known, that the mapping chooses a type that exists.
    ///
    /// # Errors
    /// It chooses none, or one the log does not have; the sentence lists what there is.
    pub(crate) fn objects_done(&self) -> Result<(), ReadError> {
        let mut types: Vec<_> =
            self.types.iter().map(|(name, count)| (*count, name)).collect();
        types.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let known = |name: &String| self.types.contains_key(name);
        let mut listed: Vec<_> = types
            .iter()
            .take(30)
            .map(|(count, name)| format!("{} ({count})", crate::xml::shorten(name)))
            .collect();
        if types.len() > listed.len() {
            listed.push("…".to_owned());
        }
        let listed =
            if listed.is_empty() { "none".to_owned() } else { listed.join(", ") };
        match (&self.mapping.ocel.case, &self.mapping.ocel.who) {
            (None, _) => Err(ReadError::whole(format!(
                "the log is object-centric and the mapping does not say which objects are the \
                 cases; write `case = \"…\"` under [ocel] with one of its object types: {listed}"
            ))),
            (Some(case), _) if !known(case) => Err(ReadError::whole(format!(
                "the log has no object type `{case}`; it has {listed}"
            ))),
            (_, Some(OcelWho::Object(who))) if !known(who) => {
                Err(ReadError::whole(format!(
                    "the log has no object type `{who}` for who acts; it has {listed}"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Takes an event and hands it over once for each of its cases.
    ///
    /// # Errors
    /// Too many names or attributes; the sink refuses.
    pub(crate) fn event(&mut self, row: &Row, place: Place) -> Result<(), ReadError> {
        self.check_id(row, place);
        let (cases, who) = self.related(row, place);
        if cases.is_empty() {
            self.without_case += 1;
            return Ok(());
        }
        let Self { emitter, event, case, sink, .. } = self;
        emitter.begin(event);
        let who_attribute = match &self.mapping.ocel.who {
            Some(OcelWho::Attribute(name)) => Some(name),
            Some(OcelWho::Object(_)) | None => None,
        };
        let declared = self.declared.get(&(Of::Event, row.kind.clone()));
        for attribute in &row.attributes {
            let name = &attribute.name;
            let text = attribute.text.as_str();
            if Some(name) == who_attribute {
                if !text.trim_ascii().is_empty() {
                    event.set_part(crate::attributes::Part::Who, text);
                }
                continue;
            }
            let kind = declared.and_then(|d| d.get(name)).copied().or(attribute.native);
            let given = (name.as_str(), kind.unwrap_or(Declared::Text), text);
            emitter.put(event, Scope::Event, given, &|| place, *sink)?;
        }
        if let Some(who) = who {
            event.set_part(crate::attributes::Part::Who, who);
        }
        if !row.kind.is_empty() {
            event.set_part(crate::attributes::Part::Activity, &row.kind);
        }
        if let (TimeCell::Missing, Some(time)) = (event.time, &row.time)
            && !time.trim_ascii().is_empty()
        {
            emitter.put_time(event, time, &|| place, *sink);
        }
        for (id, history) in cases {
            emitter.begin(case);
            case.set_part(crate::attributes::Part::Case, id);
            if let Some(history) = self.histories.get(history) {
                history.at(event.time, case);
            }
            emitter.event(case, event, place, *sink)?;
        }
        Ok(())
    }

    /// Notes an identifier that stands there twice. Hashes of 64 bits are kept, so that
    /// long identifiers cost no memory.
    fn check_id(&mut self, row: &Row, place: Place) {
        if row.id.is_empty() || self.events.len() >= self.limits.objects {
            return;
        }
        // Without a random key: the same file gives the same notes.
        let mut hasher = DefaultHasher::new();
        row.id.hash(&mut hasher);
        if !self.events.insert(hasher.finish()) {
            self.sink.note(note(NoteKind::DuplicateId, place, &row.kind));
        }
    }

    /// The cases of an event, each once and in the order of the file, and who acts.
    fn related<'r>(
        &mut self,
        row: &'r Row,
        place: Place,
    ) -> (Vec<(&'r str, usize)>, Option<&'r str>) {
        let qualifiers = &self.mapping.ocel.qualifiers;
        let mut cases: Vec<(&str, usize)> = Vec::new();
        let mut known = HashSet::new();
        let mut who: Option<&str> = None;
        for (id, qualifier) in &row.relations {
            match self.objects.get(id.as_str()) {
                None => {
                    // The identifier may be a person's name; the activity is not.
                    self.sink.note(note(NoteKind::UnknownReference, place, &row.kind));
                }
                Some(Object::Case(at)) => {
                    let counts = qualifiers.is_empty() || qualifiers.contains(qualifier);
                    if counts && known.insert(*at) {
                        cases.push((id, *at));
                    }
                }
                Some(Object::Who) => match who {
                    None => who = Some(id),
                    Some(first) => self.several_who += u64::from(first != id),
                },
                Some(Object::Other) => {}
            }
        }
        (cases, who)
    }

    /// Gives the closing notes.
    pub(crate) fn finish(self) -> Seen {
        let parts = [
            (self.without_case, self.mapping.ocel.case.as_deref().unwrap_or_default()),
            (self.several_who, "who"),
        ];
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let detail = format!("{} ({count}×)", crate::xml::shorten(what));
            self.sink.note(Note { kind: NoteKind::PassedOver, place: None, detail });
        }
        Seen { classifiers: Vec::new(), columns: self.emitter.finish(self.sink) }
    }
}
