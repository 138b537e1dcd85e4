//! Rows that somebody edited, held against the files: what would change, and the files as
//! they would be. Comments and order of the files stay.

use super::rows::{self, FactRow, TextRow};
use ::catalogue::Files;
use std::collections::BTreeMap;
use toml_edit::{Array, DocumentMut, Item, Value};

/// One text or value that would change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Difference {
    /// The file.
    pub file: String,
    /// Where in it.
    pub key: String,
    /// What stands there.
    pub was: String,
    /// What would stand there.
    pub is: String,
}

/// Rows as they were brought back, each with its place in the workbook.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Texts.
    pub texts: Vec<(String, TextRow)>,
    /// Values.
    pub facts: Vec<(String, FactRow)>,
}

/// What would change, and every sentence that says why a row cannot be used.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// In the order of files and keys.
    pub differences: Vec<Difference>,
    /// One for each row that cannot be used.
    pub faults: Vec<String>,
}

/// Holds rows against files.
pub fn compare(files: &Files, brought: &Brought) -> Changes {
    let mut changes = Changes::default();
    let texts: BTreeMap<_, _> = rows::texts(files)
        .into_iter()
        .map(|row| ((row.folder.clone(), row.key.clone()), row))
        .collect();
    for (place, row) in &brought.texts {
        let Some(old) = texts.get(&(row.folder.clone(), row.key.clone())) else {
            changes.faults.push(format!(
                "{place}: the catalogue has no text `{}` in `{}`; rows cannot be added here, only changed",
                row.key, row.folder
            ));
            continue;
        };
        for (lang, was, is) in [("nl", &old.nl, &row.nl), ("en", &old.en, &row.en)] {
            let file = format!("{}/text.{lang}.toml", row.folder);
            note(&mut changes, place, file, &row.key, was, is.trim());
        }
    }
    let facts: BTreeMap<_, _> = rows::facts(files)
        .into_iter()
        .map(|row| ((row.file.clone(), row.key.clone()), row.value))
        .collect();
    for (place, row) in &brought.facts {
        match facts.get(&(row.file.clone(), row.key.clone())) {
            Some(was) => {
                let file = row.file.clone();
                note(&mut changes, place, file, &row.key, was, row.value.trim());
            }
            None => changes.faults.push(format!(
                "{place}: the catalogue has no value `{}` in `{}`; rows cannot be added here, only changed",
                row.key, row.file
            )),
        }
    }
    changes.differences.sort();
    changes
}

fn note(
    changes: &mut Changes,
    place: &str,
    file: String,
    key: &str,
    was: &str,
    is: &str,
) {
    if was == is {
        return;
    }
    if is.is_empty() {
        changes.faults.push(format!(
            "{place}: `{key}` is empty; write something, or leave the row as it was"
        ));
        return;
    }
    changes.differences.push(Difference {
        file,
        key: key.to_owned(),
        was: was.to_owned(),
        is: is.to_owned(),
    });
}

/// The files with all differences, or every sentence that says which cannot be written.
pub fn apply(files: &Files, differences: &[Difference]) -> Result<Files, Vec<String>> {
    let mut changed = Files::new();
    let mut faults = Vec::new();
    let mut by_file: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        by_file.entry(&difference.file).or_default().push(difference);
    }
    for (file, differences) in by_file {
        let text = files.get(file).map(String::as_str).unwrap_or_default();
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            faults.push(format!("{file}: the file is no TOML"));
            continue;
        };
        for difference in differences {
            if let Err(why) = write(&mut document, difference) {
                faults.push(format!("{file}: `{}`: {why}", difference.key));
            }
        }
        changed.insert(file.to_owned(), document.to_string());
    }
    if faults.is_empty() { Ok(changed) } else { Err(faults) }
}

/// Puts one value in its place, of the type that stands there.
fn write(document: &mut DocumentMut, difference: &Difference) -> Result<(), String> {
    let mut item: &mut Item = document.as_item_mut();
    for part in difference.key.split('.') {
        let next = match part.parse::<usize>() {
            Ok(at) if item.is_array_of_tables() || item.is_array() => item.get_mut(at),
            _ => item.get_mut(part),
        };
        item = next.ok_or_else(|| format!("there is no `{part}`"))?;
    }
    let Some(value) = item.as_value_mut() else {
        return Err("it has parts of its own and cannot be written in a cell".to_owned());
    };
    let decor = value.decor().clone();
    *value = typed(value, &difference.is)?;
    *value.decor_mut() = decor;
    Ok(())
}

fn typed(old: &Value, text: &str) -> Result<Value, String> {
    match old {
        Value::String(_) => Ok(Value::from(text)),
        Value::Integer(_) => text.parse::<i64>().map(Value::from).map_err(|error| {
            format!("expected a whole number, found `{text}` ({error})")
        }),
        Value::Boolean(_) => match text.to_lowercase().as_str() {
            "true" | "waar" | "ja" | "yes" | "1" => Ok(Value::from(true)),
            "false" | "onwaar" | "nee" | "no" | "0" => Ok(Value::from(false)),
            _ => Err(format!("expected true or false, found `{text}`")),
        },
        Value::Array(list) => {
            let numbers = list.iter().any(Value::is_integer);
            let mut new = Array::new();
            for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                if numbers {
                    let number = part.parse::<i64>().map_err(|error| {
                        format!("expected whole numbers, found `{part}` ({error})")
                    })?;
                    new.push(number);
                } else {
                    new.push(part);
                }
            }
            Ok(Value::Array(new))
        }
        Value::Float(_) | Value::Datetime(_) | Value::InlineTable(_) => {
            Err("values of this type are not changed here".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::catalogue::embedded;

    fn brought(files: &Files) -> Brought {
        let place = |at: usize| format!("row {at}");
        Brought {
            texts: rows::texts(files)
                .into_iter()
                .enumerate()
                .map(|(at, row)| (place(at), row))
                .collect(),
            facts: rows::facts(files)
                .into_iter()
                .enumerate()
                .map(|(at, row)| (place(at), row))
                .collect(),
        }
    }

    #[test]
    fn rows_that_nobody_edited_change_nothing() {
        let files = embedded();
        let changes = compare(&files, &brought(&files));
        assert!(changes.differences.is_empty(), "{:#?}", changes.differences);
        assert!(changes.faults.is_empty(), "{:#?}", changes.faults);
    }

    #[test]
    fn an_edited_text_and_an_edited_number_are_written_and_the_rest_of_the_file_stays() {
        let files = embedded();
        let mut brought = brought(&files);
        for (_, row) in &mut brought.texts {
            if row.folder == "controls/four-eyes" && row.key == "title" {
                "Four eyes, always".clone_into(&mut row.en);
            }
        }
        for (_, row) in &mut brought.facts {
            if row.file == "controls/four-eyes/control.toml" && row.key == "weight" {
                "2".clone_into(&mut row.value);
            }
        }
        let changes = compare(&files, &brought);
        assert_eq!(changes.differences.len(), 2, "{:#?}", changes.differences);
        let changed = apply(&files, &changes.differences).unwrap();
        let control = &changed["controls/four-eyes/control.toml"];
        assert_eq!(
            *control,
            files["controls/four-eyes/control.toml"].replace("weight = 3", "weight = 2")
        );
        assert!(changed["controls/four-eyes/text.en.toml"].contains("Four eyes, always"));
    }

    #[test]
    fn an_emptied_cell_and_a_row_of_nothing_are_told_with_their_place() {
        let files = embedded();
        let empty = TextRow {
            folder: "controls/four-eyes".to_owned(),
            key: "title".to_owned(),
            nl: String::new(),
            en: "Four eyes, for real".to_owned(),
        };
        let stray = TextRow { key: "titel".to_owned(), ..empty.clone() };
        let brought = Brought {
            texts: vec![
                ("sheet 2, row 3".to_owned(), empty),
                ("row 4".to_owned(), stray),
            ],
            facts: Vec::new(),
        };
        let faults = compare(&files, &brought).faults;
        assert_eq!(faults.len(), 2);
        assert!(faults[0].starts_with("sheet 2, row 3: `title` is empty"), "{faults:?}");
        assert!(faults[1].contains("no text `titel`"), "{faults:?}");
    }

    #[test]
    fn a_number_that_is_no_number_is_refused() {
        let files = embedded();
        let difference = Difference {
            file: "controls/four-eyes/control.toml".to_owned(),
            key: "weight".to_owned(),
            was: "3".to_owned(),
            is: "heavy".to_owned(),
        };
        let faults = apply(&files, &[difference]).unwrap_err();
        assert!(faults[0].contains("expected a whole number"), "{faults:?}");
    }
}
