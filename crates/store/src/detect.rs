//! Finds columns that hold people without saying so: their values are names or numbers of
//! handlers. Such a column becomes pseudonyms, with a reading note.

use crate::builder::{Builder, too_much};
use crate::error::{FileFault, WriteError};
use crate::intern::{Full, Interner};
use crate::persons::{in_normal_form, looks_like_persons};
use crate::rows::{Cells, Kind, Rows, WIDE_NULL};
use crate::spill::Run;
use model::NoteKind;
use std::collections::BTreeSet;

/// A column of whole numbers that may be personnel numbers.
struct Suspect {
    /// Which attribute.
    at: usize,
    /// Its values; `None` when there are too many to be handlers.
    values: Option<BTreeSet<i64>>,
}

impl Suspect {
    fn look(&mut self, rows: &Rows, most: usize) {
        let Some(values) = &mut self.values else { return };
        let Some(Cells::Wide(cells)) = rows.attributes.get(self.at) else { return };
        let mut before = WIDE_NULL;
        for &cell in cells {
            if cell != WIDE_NULL && cell != before {
                before = cell;
                values.insert(cell.cast_signed());
                if values.len() > most {
                    self.values = None;
                    return;
                }
            }
        }
    }
}

/// Completes the dictionaries of columns that became text after rows were written away, and
/// marks the columns whose values are those of handlers.
pub(crate) fn find_persons(builder: &mut Builder) -> Result<(), WriteError> {
    let handlers = in_normal_form(&builder.who).map_err(|_full| too_much("who"))?;
    for suspect in look_back(builder, &handlers)? {
        if let Some(values) = suspect.values {
            turn_to_text(builder, suspect.at, &values, &handlers)?;
        }
    }
    for attribute in &mut builder.attributes {
        if attribute.kind == Kind::Text
            && !attribute.person
            && looks_like_persons(&attribute.dictionary, &handlers)
        {
            attribute.person = true;
            builder.notes.add_whole(NoteKind::PersonColumn, &attribute.name);
        }
    }
    Ok(())
}

/// Reads what was written away once more, if a column became text since or if numbers must
/// be compared with those of handlers; gives the columns of numbers with their values.
fn look_back(
    builder: &mut Builder,
    handlers: &Interner,
) -> Result<Vec<Suspect>, WriteError> {
    let numbered = handlers.iter().any(|name| name.parse::<i64>().is_ok());
    let most = handlers.len().saturating_mul(2);
    let open = (0..).zip(&builder.attributes).filter(|(_, attribute)| {
        numbered && attribute.kind == Kind::Int && !attribute.fixed && !attribute.person
    });
    let mut suspects: Vec<Suspect> =
        open.map(|(at, _)| Suspect { at, values: Some(BTreeSet::new()) }).collect();
    for suspect in &mut suspects {
        suspect.look(&builder.rows, most);
    }
    let late = |run: &&Run| {
        let mut all = (0..).zip(&builder.attributes);
        all.any(|(at, attribute)| run.turns_to_text(at, attribute))
    };
    let any = suspects.iter().any(|suspect| suspect.values.is_some());
    let readers: Result<Vec<_>, FileFault> =
        builder.runs.iter().filter(|run| any || late(run)).map(Run::read).collect();
    for mut reader in readers? {
        while let Some(rows) = reader.next(&mut builder.attributes)? {
            for suspect in &mut suspects {
                suspect.look(&rows, most);
            }
        }
    }
    Ok(suspects)
}

/// Makes a column of numbers one of text when its values look like those of handlers.
fn turn_to_text(
    builder: &mut Builder,
    at: usize,
    values: &BTreeSet<i64>,
    handlers: &Interner,
) -> Result<(), WriteError> {
    let texts = as_texts(values).map_err(|_full| too_much("who"))?;
    if !looks_like_persons(&texts, handlers) {
        return Ok(());
    }
    if let (Some(attribute), Some(cells)) =
        (builder.attributes.get_mut(at), builder.rows.attributes.get_mut(at))
    {
        let raised = attribute.raise(Kind::Text, cells);
        // also the values that were written away
        let known = raised.and_then(|()| {
            texts
                .iter()
                .try_for_each(|text| attribute.dictionary.intern(text).map(|_code| ()))
        });
        known.map_err(|_full| too_much(&attribute.name))?;
    }
    Ok(())
}

fn as_texts(values: &BTreeSet<i64>) -> Result<Interner, Full> {
    let mut texts = Interner::new();
    for value in values {
        texts.intern(&value.to_string())?;
    }
    Ok(texts)
}
