//! What stands where in the JSON of OCEL 2.0.

use super::guard::Position;
use crate::attributes::{Declared, note};
use crate::ocel::{Flattener, Of, Row, RowAttribute};
use crate::{Limits, ReadError};
use model::{NoteKind, Place};
use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;

/// The outermost object.
pub(super) struct Top<'a, 'm, 's> {
    pub(super) flat: &'a mut Flattener<'m, 's>,
    pub(super) pass: Of,
    pub(super) position: &'a Position,
    pub(super) state: &'a mut State,
}

/// What is known across the passes.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Our own error, which says more than the parser can carry.
    pub(super) failed: Option<ReadError>,
    /// Whether there is a list of objects or events.
    pub(super) met: bool,
    /// Whether the types of attributes are known, or known to be absent.
    pub(super) types_known: bool,
    /// Whether the objects were left for another pass because their types follow.
    pub(super) postponed: bool,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `objectTypes`, `eventTypes`, `objects` and `events`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { flat, pass, position, state } = self;
        let first = !state.types_known;
        while let Some(key) = map.next_key::<String>()? {
            let failed = &mut state.failed;
            match (key.as_str(), pass) {
                ("objectTypes" | "eventTypes", Of::Object) if first => {
                    let of = if key == "objectTypes" { Of::Object } else { Of::Event };
                    map.next_value_seed(Types { flat: &mut *flat, of, failed })?;
                    state.types_known |= of == Of::Object;
                }
                ("objects", Of::Object) | ("events", Of::Event) if state.types_known => {
                    state.met = true;
                    map.next_value_seed(Rows {
                        flat: &mut *flat,
                        of: pass,
                        position,
                        failed,
                    })?;
                }
                ("objectTypes" | "eventTypes" | "objects" | "events", _) => {
                    state.met |= matches!(key.as_str(), "objects" | "events");
                    state.postponed |= pass == Of::Object && key == "objects";
                    map.next_value::<IgnoredAny>()?;
                }
                (other, _) if other.starts_with("ocel:") => {
                    state.failed = Some(ReadError::at(
                        position.place(),
                        "the file is OCEL 1.0; expected OCEL 2.0, export it again as that",
                    ));
                    return Err(A::Error::custom("OCEL 1.0"));
                }
                (other, _) => {
                    if first {
                        flat.sink.note(note(
                            NoteKind::PassedOver,
                            position.place(),
                            other,
                        ));
                    }
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A type with its attributes.
#[derive(Deserialize)]
struct TypeHead {
    name: String,
    #[serde(default)]
    attributes: Vec<TypeAttribute>,
}

#[derive(Deserialize)]
struct TypeAttribute {
    name: String,
    #[serde(default, rename = "type")]
    written: String,
}

struct Types<'a, 'm, 's> {
    flat: &'a mut Flattener<'m, 's>,
    of: Of,
    failed: &'a mut Option<ReadError>,
}

impl<'de> DeserializeSeed<'de> for Types<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Types<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of types")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(head) = list.next_element::<TypeHead>()? {
            if self.of == Of::Object {
                self.flat.object_type(&head.name);
            }
            for attribute in head.attributes {
                let done = self.flat.declare(
                    self.of,
                    &head.name,
                    &attribute.name,
                    &attribute.written,
                );
                keep(done, self.failed)?;
            }
        }
        Ok(())
    }
}

/// Sets our own error aside and stops the parser.
fn keep<T, E: Error>(
    done: Result<T, ReadError>,
    failed: &mut Option<ReadError>,
) -> Result<T, E> {
    done.map_err(|error| {
        let carried = E::custom(&error);
        *failed = Some(error);
        carried
    })
}

/// The list of objects or events.
struct Rows<'a, 'm, 's> {
    flat: &'a mut Flattener<'m, 's>,
    of: Of,
    position: &'a Position,
    failed: &'a mut Option<ReadError>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut row = Row::default();
        loop {
            row.clear();
            let fill = RowFill {
                row: &mut row,
                position: self.position,
                limits: self.flat.limits,
                failed: &mut *self.failed,
            };
            let Some(place) = list.next_element_seed(fill)? else { return Ok(()) };
            let done = match self.of {
                Of::Object => self.flat.object(&row, place),
                Of::Event => self.flat.event(&row, place),
            };
            keep(done, self.failed)?;
        }
    }
}

/// One object or event; gives its place.
struct RowFill<'a> {
    row: &'a mut Row,
    position: &'a Position,
    limits: &'a Limits,
    failed: &'a mut Option<ReadError>,
}

impl<'de> DeserializeSeed<'de> for RowFill<'_> {
    type Value = Place;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Place, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowFill<'_> {
    type Value = Place;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `id` and `type`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Place, A::Error> {
        let place = self.position.place();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => self.row.id = map.next_value::<Scalar>()?.text,
                "type" => self.row.kind = map.next_value::<Scalar>()?.text,
                "time" => self.row.time = Some(map.next_value::<Scalar>()?.text),
                "attributes" | "relationships" => map.next_value_seed(Members {
                    row: &mut *self.row,
                    limits: self.limits,
                    failed: &mut *self.failed,
                    relations: key == "relationships",
                })?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(place)
    }
}

/// One attribute or relation.
#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    name: String,
    #[serde(default)]
    time: Option<String>,
    #[serde(default)]
    value: Scalar,
    #[serde(default, rename = "objectId")]
    object: Scalar,
    #[serde(default)]
    qualifier: Option<String>,
}

/// The attributes or relations of one object or event.
struct Members<'a> {
    row: &'a mut Row,
    limits: &'a Limits,
    failed: &'a mut Option<ReadError>,
    relations: bool,
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of attributes or relationships")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(member) = list.next_element::<Member>()? {
            let done = if self.relations {
                let qualifier = member.qualifier.unwrap_or_default();
                self.row.relation(member.object.text, qualifier, self.limits)
            } else {
                let Scalar { text, native } = member.value;
                let Member { name, time, .. } = member;
                self.row.attribute(RowAttribute { name, time, text, native }, self.limits)
            };
            keep(done, self.failed)?;
        }
        Ok(())
    }
}

/// A text, number or truth value, as text with its kind; null is an empty text.
#[derive(Default)]
struct Scalar {
    text: String,
    native: Option<Declared>,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl ScalarVisitor {
    fn of(value: impl fmt::Display, native: Declared) -> Scalar {
        Scalar { text: value.to_string(), native: Some(native) }
    }
}

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, true, false or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar { text: text.to_owned(), native: None })
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar { text, native: None })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Self::of(value, Declared::Int))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Self::of(value, Declared::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Self::of(value, Declared::Float))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Self::of(value, Declared::Bool))
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::default())
    }
}
