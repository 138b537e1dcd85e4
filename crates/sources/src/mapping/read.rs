//! The text of a mapping file becomes a [`Mapping`], or all its faults.

use super::tree::{Faults, Table, int, kind};
use super::{
    Constant, CsvOverrides, CsvShape, Fault, ForFiles, Keep, Kind, Mapping, Ocel,
    OcelWho, Overrides, PARTS, Sign, SourceColumn, TableMapping, VALID_FROM, VALID_UNTIL,
};
use crate::time::{LocalZone, Pattern};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file with its line.
type Found<'t> = (u32, &'t Spanned<DeValue<'t>>);

pub(super) fn mapping(text: &str, file: &str) -> Result<Mapping, Vec<Fault>> {
    let mut faults = Faults::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map_or(0, |span| faults.line(span.start));
        let message = error.message().replace('\n', "; ");
        faults.add(line, format!("{message} (see https://toml.io for the syntax)"));
    }
    if !errors.is_empty() {
        return Err(faults.sorted());
    }
    let mut top = Table::top(table.get_ref());
    check_format(&mut top, file, &mut faults);
    let mut found = Mapping {
        title: top.text("title", &mut faults).map(|(_, text)| text.to_owned()),
        ..Mapping::default()
    };
    let over = overrides(&mut top, &mut faults);
    found.lay_over(&over);
    found.csv = shape(&over.csv);
    found.classifier = top.table("classifier", &mut faults).and_then(|mut table| {
        let name = table.text("name", &mut faults).map(|(_, name)| name.to_owned());
        if name.is_none() {
            faults.add(table.line, "[classifier] needs `name`, the name of a classifier");
        }
        table.done(&mut faults);
        name
    });
    if let Some(table) = top.table("ocel", &mut faults) {
        found.ocel = ocel(table, &mut faults);
    }
    if let Some(mut table) = top.table("person", &mut faults) {
        let names = table.texts("columns", &mut faults).unwrap_or_default();
        found.people = names.into_iter().map(|(_, name)| name.to_owned()).collect();
        table.done(&mut faults);
    }
    if let Some(table) = top.table("files", &mut faults) {
        for (pattern, line, value) in table.entries(&faults) {
            let name = format!("files.\"{pattern}\"");
            let mut table = Table::of(name, line, value, &mut faults);
            let over = overrides(&mut table, &mut faults);
            table.done(&mut faults);
            found.files.push(ForFiles { pattern: pattern.to_owned(), over });
        }
        // TOML has no order of keys that means anything; patterns apply by name.
        found.files.sort_by(|a, b| a.pattern.cmp(&b.pattern));
    }
    if let Some(table) = top.table("tables", &mut faults) {
        for (name, line, value) in table.entries(&faults) {
            let mut table = Table::of(format!("tables.{name}"), line, value, &mut faults);
            let found_table = joined(&mut table, &found, &mut faults);
            table.done(&mut faults);
            found.tables.insert(name.to_owned(), found_table);
        }
    }
    top.done(&mut faults);
    if faults.is_empty() { Ok(found) } else { Err(faults.sorted()) }
}

/// `[tables.NAME]`: a table that is joined to the events.
fn joined(table: &mut Table<'_>, whole: &Mapping, faults: &mut Faults) -> TableMapping {
    let line = table.line;
    let file = table.text("file", faults).map(|(_, file)| file.to_owned());
    let joins: Vec<String> = table
        .texts("joins", faults)
        .unwrap_or_default()
        .into_iter()
        .map(|(_, name)| name.to_owned())
        .collect();
    if joins.is_empty() {
        let sentence = "`joins` is missing or empty; name the columns of the event that hold the key, such as [\"supplier\"]";
        faults.add(line, sentence);
    }
    let mut mapping = Mapping {
        time: whole.time.clone(),
        csv: whole.csv.clone(),
        keep: Some(Keep::Named),
        ..Mapping::default()
    };
    let plain = |column: &str, kind| SourceColumn {
        column: column.to_owned(),
        kind,
        of_case: false,
    };
    let key = table.text("key", faults);
    match key {
        Some((_, column)) => {
            mapping.columns.insert("case".to_owned(), plain(column, None));
        }
        None => faults.add(
            line,
            "`key` is missing; name the column of the table that holds the key",
        ),
    }
    for (key, name) in [("from", VALID_FROM), ("until", VALID_UNTIL)] {
        if let Some((_, column)) = table.text(key, faults) {
            let column = plain(column, Some(Kind::Date));
            mapping.columns.insert(name.to_owned(), column);
        }
    }
    let over = overrides(table, faults);
    for name in over.columns.keys().filter(|name| PARTS.contains(&name.as_str())) {
        faults.add(
            line,
            format!("`{name}` is a part of an event and cannot come from a table"),
        );
    }
    mapping.lay_over(&over);
    // a table has no activity and no time, which a log must have
    for (part, text) in [("activity", "row"), ("time", "2000-01-01")] {
        mapping.constants.insert(part.to_owned(), Constant::Text(text.to_owned()));
    }
    TableMapping { line, file, joins, mapping }
}

fn check_format(top: &mut Table<'_>, file: &str, faults: &mut Faults) {
    match top.get("format", faults) {
        None => faults.add(0, format!("`{file}` must begin with `format = 1`")),
        Some((line, value)) if int(value.get_ref()) != Some(1) => {
            faults.add(line, "`format` must be 1, the only format this program knows");
        }
        Some(_) => {}
    }
}

/// What was written of `[csv]`, over what holds when nothing is written.
fn shape(over: &CsvOverrides) -> CsvShape {
    let base = CsvShape::default();
    CsvShape {
        delimiter: over.delimiter,
        quote: over.quote.map_or(base.quote, Sign::byte),
        encoding: over.encoding,
        decimal_comma: over.decimal_comma.unwrap_or(base.decimal_comma),
        header: over.header.unwrap_or(base.header),
        skip_lines: over.skip_lines.unwrap_or(base.skip_lines),
        comment: over.comment,
    }
}

/// The sections that stand at the top and under `[files."…"]` alike.
fn overrides(table: &mut Table<'_>, faults: &mut Faults) -> Overrides {
    let mut over = Overrides::default();
    if let Some(section) = table.table("csv", faults) {
        over.csv = csv(section, faults);
    }
    if let Some(section) = table.table("time", faults) {
        time(section, &mut over, faults);
    }
    if let Some(section) = table.table("columns", faults) {
        for (name, line, value) in section.entries(faults) {
            if let Some(from) = column(name, (line, value), faults) {
                over.columns.insert(name.to_owned(), from);
            }
        }
    }
    if let Some(section) = table.table("constants", faults) {
        for (name, line, value) in section.entries(faults) {
            if let Some(value) = constant(name, (line, value), faults) {
                if over.columns.contains_key(name) {
                    faults.add(
                        line,
                        format!(
                            "`{name}` stands in [columns] and in [constants]; keep one"
                        ),
                    );
                }
                over.constants.insert(name.to_owned(), value);
            }
        }
    }
    if let Some(mut section) = table.table("keep", faults) {
        let words = [("all", Keep::All), ("named", Keep::Named)];
        over.keep = section.choice("columns", &words, faults);
        section.done(faults);
    }
    over
}

fn csv(mut table: Table<'_>, faults: &mut Faults) -> CsvOverrides {
    let encodings = [
        ("utf-8", super::Encoding::Utf8),
        ("windows-1252", super::Encoding::Windows1252),
    ];
    let skip_lines = table.get("skip_lines", faults).and_then(|(line, value)| {
        let number = int(value.get_ref()).and_then(|n| u64::try_from(n).ok());
        if number.is_none() {
            table.wrong(line, "skip_lines", "a whole number of lines, 0 or more", faults);
        }
        number
    });
    let quote_line = table.get("quote", faults).map_or(table.line, |(line, _)| line);
    let over = CsvOverrides {
        delimiter: sign(&mut table, "delimiter", faults).and_then(Sign::byte),
        quote: sign(&mut table, "quote", faults),
        encoding: table.choice("encoding", &encodings, faults),
        decimal_comma: table.choice("decimal", &[(",", true), (".", false)], faults),
        header: table.flag("header", faults),
        skip_lines,
        comment: sign(&mut table, "comment", faults).and_then(Sign::byte),
    };
    let quote = over.quote.map_or(Some(b'"'), Sign::byte);
    if quote.is_some() && (over.delimiter == quote || over.comment == quote) {
        faults.add(
            quote_line,
            "`delimiter`, `quote` and `comment` must be different signs",
        );
    }
    table.done(faults);
    over
}

/// One sign of ASCII; only a quote may be empty.
fn sign(table: &mut Table<'_>, key: &'static str, faults: &mut Faults) -> Option<Sign> {
    let (line, text) = table.text(key, faults)?;
    match text.as_bytes() {
        [] if key == "quote" => Some(Sign::Nothing),
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => {
            Some(Sign::Byte(*byte))
        }
        _ => {
            let expected = format!("one sign such as `,`, `;` or `\\t`, found `{text}`");
            table.wrong(line, key, &expected, faults);
            None
        }
    }
}

fn time(mut table: Table<'_>, over: &mut Overrides, faults: &mut Faults) {
    if let Some((line, zone)) = table.text("zone", faults) {
        match LocalZone::named(zone) {
            Ok(_) => over.zone = Some(zone.to_owned()),
            Err(error) => faults.add(line, error.sentence),
        }
    }
    if let Some(texts) = table.texts("formats", faults) {
        let mut formats = Vec::new();
        for (line, text) in texts {
            match Pattern::parse(text) {
                Ok(pattern) => formats.push(pattern),
                Err(error) => faults.add(line, error.sentence),
            }
        }
        over.formats = Some(formats);
    }
    table.done(faults);
}

/// `name = "Column"` or `name = { column = "Column", type = "…", of = "…" }`.
fn column(
    name: &str,
    (line, value): Found<'_>,
    faults: &mut Faults,
) -> Option<SourceColumn> {
    let mut of_case = name.starts_with("case:");
    if let Some(column) = value.get_ref().as_str() {
        if column.is_empty() {
            faults.add(line, format!("`{name}` in [columns] names no column"));
            return None;
        }
        return Some(SourceColumn { column: column.to_owned(), kind: None, of_case });
    }
    let mut table = Table::of(format!("columns.{name}"), line, value, faults);
    let column = table.text("column", faults).map(|(_, text)| text.to_owned());
    let kinds = Kind::ALL.map(|kind| (kind.code(), kind));
    let kind = table.choice("type", &kinds, faults);
    if let Some(of) = table.choice("of", &[("case", true), ("event", false)], faults) {
        of_case = of;
    }
    if column.is_none() && value.get_ref().is_table() {
        faults.add(
            line,
            format!("`{name}` in [columns] needs `column`, a column of the source"),
        );
    }
    check_part(name, kind, of_case, line, faults);
    table.done(faults);
    Some(SourceColumn { column: column?, kind, of_case })
}

/// The four parts of an event have their own types.
fn check_part(
    name: &str,
    kind: Option<Kind>,
    of_case: bool,
    line: u32,
    faults: &mut Faults,
) {
    if !PARTS.contains(&name) {
        return;
    }
    let fits: &[Kind] = match name {
        "time" => &[Kind::Moment, Kind::Date],
        "who" => &[Kind::Text, Kind::Code, Kind::Person],
        _ => &[Kind::Text, Kind::Code],
    };
    if let Some(kind) = kind.filter(|kind| !fits.contains(kind)) {
        let known: Vec<_> = fits.iter().map(|kind| kind.code()).collect();
        faults.add(
            line,
            format!(
                "`{name}` cannot be of the type {}; leave `type` out or write {}",
                kind.code(),
                known.join(" or ")
            ),
        );
    }
    if of_case {
        faults.add(
            line,
            format!("`{name}` is a part of the event; leave out `of = \"case\"`"),
        );
    }
}

fn constant(
    name: &str,
    (line, value): Found<'_>,
    faults: &mut Faults,
) -> Option<Constant> {
    let part = PARTS.contains(&name);
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => {
            Some(Constant::Text(text.trim().to_owned()))
        }
        number @ DeValue::Integer(_) if !part && int(number).is_some() => {
            int(number).map(Constant::Int)
        }
        DeValue::Boolean(yes) if !part => Some(Constant::Bool(*yes)),
        DeValue::Float(number) if !part => {
            let number = number.as_str().replace('_', "").parse::<f64>();
            number.ok().filter(|n| n.is_finite()).map(Constant::Float).or_else(|| {
                faults.add(
                    line,
                    format!("`{name}` in [constants] must be a finite number"),
                );
                None
            })
        }
        other => {
            let expected =
                if part { "a text" } else { "a text, a number, true or false" };
            let found = match other {
                DeValue::String(_) => "an empty text",
                other => kind(other),
            };
            let sentence =
                format!("`{name}` in [constants] must be {expected}, found {found}");
            faults.add(line, sentence);
            None
        }
    }
}

fn ocel(mut table: Table<'_>, faults: &mut Faults) -> Ocel {
    let case = table.text("case", faults).map(|(_, text)| text.to_owned());
    let who = table.get("who", faults).and_then(|(line, value)| {
        let mut who = Table::of("ocel.who".to_owned(), line, value, faults);
        let object =
            who.text("object", faults).map(|(_, t)| OcelWho::Object(t.to_owned()));
        let attribute =
            who.text("attribute", faults).map(|(_, t)| OcelWho::Attribute(t.to_owned()));
        who.done(faults);
        if value.get_ref().is_table() && object.is_some() == attribute.is_some() {
            faults.add(
                line,
                "`who` in [ocel] must be { object = \"…\" } or { attribute = \"…\" }",
            );
        }
        object.or(attribute)
    });
    let qualifiers = table.texts("qualifiers", faults).unwrap_or_default();
    table.done(faults);
    Ocel {
        case,
        who,
        qualifiers: qualifiers.into_iter().map(|(_, q)| q.to_owned()).collect(),
    }
}
