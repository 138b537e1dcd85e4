//! OCEL 2.0 as JSON, read in two passes: objects, then events, in whatever order they stand.
//!
//! Neither list stands in memory as a whole. Where the types of attributes stand behind the
//! objects, a pass for the types comes first.

mod guard;
mod visit;

use crate::ocel::{Flattener, Of};
use crate::{Job, ReadError, Seen};
use guard::{Guard, Position};
use model::Place;
use serde::de::DeserializeSeed as _;
use visit::{State, Top};

/// Reads a log; see [`crate::read`].
///
/// # Errors
/// The file is not JSON, not OCEL 2.0, ends early or breaks a bound; the mapping chooses no
/// object type of it; the sink refuses.
pub fn read(job: &mut Job<'_>) -> Result<Seen, ReadError> {
    let mapping = job.mapping.for_file(&job.input.name());
    let mut flat = Flattener::new(&mapping, job.limits, job.sink);
    let mut state = State::default();
    let mut by_line = false;
    let mut passes = vec![Of::Event, Of::Object];
    while let Some(pass) = passes.pop() {
        let position = Position::new(by_line);
        let from = job.input.open(job.progress)?;
        let guard = Guard::new(from, job.limits.piece, &position);
        let mut json = serde_json::Deserializer::from_reader(guard);
        let top = Top { flat: &mut flat, pass, position: &position, state: &mut state };
        let read = top.deserialize(&mut json).and_then(|()| json.end());
        if let Some(error) = state.failed.take() {
            return Err(error);
        }
        read.map_err(|error| sentence(&error))?;
        if !state.met {
            return Err(ReadError::whole(
                "the file is JSON but holds neither `objects` nor `events`; expected OCEL 2.0",
            ));
        }
        by_line = position.has_lines();
        state.types_known = true;
        if std::mem::take(&mut state.postponed) {
            passes.push(Of::Object);
        } else if pass == Of::Object {
            flat.objects_done()?;
        }
    }
    Ok(flat.finish())
}

/// The sentence for what the JSON reader says.
fn sentence(error: &serde_json::Error) -> ReadError {
    let place = Place::Line(error.line() as u64);
    if let Some(kind) = error.io_error_kind() {
        if kind == std::io::ErrorKind::FileTooLarge {
            return ReadError::at(
                place,
                "a single text or number is longer than this program takes; the file is broken \
                 or no log",
            );
        }
        return ReadError::io(Some(place), &std::io::Error::new(kind, error.to_string()));
    }
    let text = error.to_string();
    // The place stands before the sentence already.
    let text = text.split(" at line ").next().unwrap_or_default();
    ReadError::at(
        place,
        if error.is_eof() {
            "the file ends in the middle of the log; copy or export it again".to_owned()
        } else {
            format!("not sound OCEL 2.0 JSON: {text}; export the file again")
        },
    )
}
