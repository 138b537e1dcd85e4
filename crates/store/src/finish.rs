//! From the rows that were taken in to a snapshot with a name: merge, checks, final codes,
//! files, manifest, and one rename at the end.

use crate::attribute::Attribute;
use crate::builder::{Builder, too_much};
use crate::checks::{check_duplicates, check_rows, sort_cases};
use crate::content::{ColumnHashes, TextHash};
use crate::detect::find_persons;
use crate::error::{FileFault, WriteError, at};
use crate::intern::{Full, Interner};
use crate::keep::{sync_folder, write_json_atomic};
use crate::manifest::{
    ActivityCount, ColumnInfo, ColumnType, FORMAT, Manifest, Parts, Secrecy,
};
use crate::merge::{Merge, Source};
use crate::notes::Notes;
use crate::options::Built;
use crate::persons::{Pseudonyms, hex, normal};
use crate::read::read_manifest;
use crate::rows::{Cells, DAY_ONLY, HAS_TIME, Kind, NARROW_NULL, Rows, WIDE_NULL};
use crate::sealed;
use crate::write::{EventsWriter, attribute_column, write_dictionaries};
use columns::WhoKind;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The codes with which a column is stored: in order of first appearance in the sorted
/// rows, so that they do not depend on how the rows were written away in between.
struct FinalCodes {
    /// From a code to the code of what it stands for (its pseudonym).
    alias: Option<Vec<u32>>,
    /// From there to the final code; missing as long as it did not appear.
    given: Vec<u32>,
    /// Which code each final code was.
    order: Vec<u32>,
}

impl FinalCodes {
    fn new(distinct: usize, alias: Option<Vec<u32>>) -> Self {
        Self { alias, given: vec![NARROW_NULL; distinct], order: Vec::new() }
    }

    fn apply(&mut self, codes: &mut [u32]) {
        for code in codes {
            let mut old = *code;
            if let Some(alias) = &self.alias {
                old = alias.get(old as usize).copied().unwrap_or(NARROW_NULL);
            }
            let Some(given) = self.given.get_mut(old as usize) else {
                *code = NARROW_NULL;
                continue;
            };
            if *given == NARROW_NULL {
                *given = u32::try_from(self.order.len()).unwrap_or(NARROW_NULL);
                self.order.push(old);
            }
            *code = *given;
        }
    }
}

/// What is counted while the blocks go by.
struct Counts {
    events: u64,
    activities: Vec<u64>,
    first: Option<i64>,
    last: Option<i64>,
    missing: Vec<u64>,
}

impl Counts {
    fn add(&mut self, rows: &Rows) {
        self.events += rows.len() as u64;
        for &activity in &rows.activity {
            if let Some(count) = self.activities.get_mut(activity as usize) {
                *count += 1;
            }
        }
        let times = || rows.time.iter().copied().filter(|time| *time != i64::MIN);
        self.first = self.first.into_iter().chain(times().min()).min();
        self.last = self.last.into_iter().chain(times().max()).max();
        for (missing, cells) in self.missing.iter_mut().zip(&rows.attributes) {
            *missing += match cells {
                Cells::Narrow(cells) => count_of(cells, NARROW_NULL),
                Cells::Wide(cells) => count_of(cells, WIDE_NULL),
            };
        }
    }
}

fn count_of<T: Copy + PartialEq>(values: &[T], wanted: T) -> u64 {
    values.iter().filter(|value| **value == wanted).count() as u64
}

/// A column of texts as it will be stored.
struct Texts {
    codes: FinalCodes,
    pseudonyms: Option<Pseudonyms>,
}

impl Texts {
    fn of(
        column: &Interner,
        person: bool,
        builder: &Builder,
        classify: &dyn Fn(&str) -> WhoKind,
    ) -> Result<Self, Full> {
        if !person {
            return Ok(Self {
                codes: FinalCodes::new(column.len(), None),
                pseudonyms: None,
            });
        }
        let mut made = Pseudonyms::of(column, &builder.key, classify)?;
        let alias = std::mem::take(&mut made.alias);
        let codes = FinalCodes::new(made.names.len(), Some(alias));
        Ok(Self { codes, pseudonyms: Some(made) })
    }

    /// The texts in the order of their final codes.
    fn texts<'a>(&'a self, column: &'a Interner) -> Vec<&'a str> {
        let from = self.pseudonyms.as_ref().map_or(column, |made| &made.names);
        self.codes.order.iter().map(|code| from.text(*code)).collect()
    }

    /// The pseudonyms with their names; none where the column holds no persons.
    fn names<'a>(
        &'a self,
        column: &'a Interner,
    ) -> impl Iterator<Item = (String, String)> + 'a {
        let made = self.pseudonyms.as_ref().zip(self.codes.alias.as_ref());
        made.into_iter().flat_map(|(made, alias)| {
            let known = column.iter().zip(alias);
            let known = known.filter(|(_, code)| **code != NARROW_NULL);
            known.map(|(raw, code)| {
                (made.names.text(*code).to_owned(), normal(raw).into_owned())
            })
        })
    }

    /// What stands behind each text, as a word.
    fn kinds(&self) -> Vec<&'static str> {
        let kinds = self.pseudonyms.as_ref().map(|made| made.kinds.as_slice());
        let kind = |code: &u32| match kinds.and_then(|kinds| kinds.get(*code as usize)) {
            Some(WhoKind::Service) => "service",
            Some(WhoKind::Shared) => "shared",
            Some(WhoKind::Person) | None => "person",
        };
        self.codes.order.iter().map(kind).collect()
    }
}

/// Makes the snapshot.
pub(crate) fn finish(
    mut builder: Builder,
    classify: &dyn Fn(&str) -> WhoKind,
) -> Result<Built, WriteError> {
    if builder.events() == 0 {
        return Err(WriteError::Empty { dropped: builder.dropped });
    }
    find_persons(&mut builder)?;
    // a key that cannot be read is told before the work
    let recipient = sealed::recipient(&builder.layout.dir)?;
    let mut who = Texts::of(&builder.who, true, &builder, classify)
        .map_err(|_full| too_much("who"))?;
    let mut texts = Vec::with_capacity(builder.attributes.len());
    for attribute in &builder.attributes {
        let text = Texts::of(&attribute.dictionary, attribute.person, &builder, classify)
            .map_err(|_full| too_much(&attribute.name))?;
        texts.push(text);
    }
    let folder = builder.temporary.path().join("snapshot");
    std::fs::create_dir(&folder).map_err(at::<WriteError>("make", &folder))?;
    let (counts, hashes, parts) =
        write_events(&mut builder, &folder, &mut who, &mut texts)?;
    let mut manifest =
        manifest_of(&mut builder, counts, &texts, who.codes.order.len() as u64);
    manifest.parts = parts;
    write_texts(&builder, &folder, &who, &texts, &mut manifest)?;
    name_it(&mut manifest, hashes)?;
    if let Some(recipient) = recipient {
        let names = names_of(&builder, &who, &texts);
        sealed::seal(&builder.layout.dir, &manifest.name, &recipient, &names)?;
    }
    put_in_place(&builder, &folder, manifest)
}

/// Who stands behind each pseudonym, over all columns with persons.
fn names_of(builder: &Builder, who: &Texts, texts: &[Texts]) -> sealed::Names {
    let columns = builder.attributes.iter().map(|attribute| &attribute.dictionary);
    let columns = columns.zip(texts).chain([(&builder.who, who)]);
    columns.flat_map(|(column, text)| text.names(column)).collect()
}

/// How many rows make a row group full: fewer when there are many attributes, so that the
/// memory for a group stays what it is for 64 bytes a row.
fn rows_of_group(builder: &Builder) -> usize {
    let width = |attribute: &Attribute| if attribute.kind.is_narrow() { 4 } else { 8 };
    let bytes = 29 + builder.attributes.iter().map(width).sum::<usize>();
    builder.options.rows_per_group.saturating_mul(64) / bytes.max(64)
}

fn write_events(
    builder: &mut Builder,
    folder: &Path,
    who: &mut Texts,
    texts: &mut [Texts],
) -> Result<(Counts, ColumnHashes, Parts), WriteError> {
    let mut sources = Vec::new();
    for run in &builder.runs {
        sources.push(Source::File(run.read()?));
    }
    let rows = std::mem::take(&mut builder.rows);
    let order = rows.order_by_case(builder.case.len());
    sources.push(Source::Memory { rows, order, given: 0 });
    let full = rows_of_group(builder);
    let mut merge = Merge::new(sources, &mut builder.attributes, full)?;
    let columns: Vec<(String, Kind)> =
        builder.attributes.iter().map(|a| (a.name.clone(), a.kind)).collect();
    let mut writer = EventsWriter::new(&folder.join("events.parquet"), &columns)?;
    let mut hashes = ColumnHashes::new(columns.len());
    let mut counts = Counts {
        events: 0,
        activities: vec![0; builder.activity.len()],
        first: None,
        last: None,
        missing: vec![0; columns.len()],
    };
    while let Some(mut rows) = merge.next_block(&mut builder.attributes)? {
        who.codes.apply(&mut rows.who);
        for ((text, cells), (_, kind)) in
            texts.iter_mut().zip(&mut rows.attributes).zip(&columns)
        {
            if let (Kind::Text, Cells::Narrow(cells)) = (kind, cells) {
                text.codes.apply(cells);
            }
        }
        let rows = settle(rows, &builder.verdicts, &mut builder.notes);
        counts.add(&rows);
        hashes.add(&rows);
        writer.block(rows)?;
    }
    let (events_bytes, blocks) = writer.finish()?;
    Ok((counts, hashes, Parts { events_bytes, blocks, ..Parts::default() }))
}

/// Checks and sorts a block, and forgets what only the checks needed.
fn settle(
    mut rows: Rows,
    verdicts: &[crate::checks::Verdict],
    notes: &mut Notes,
) -> Rows {
    check_rows(&mut rows, verdicts, notes);
    let mut rows = sort_cases(rows, notes);
    check_duplicates(&rows, notes);
    for (time, flags) in rows.time.iter_mut().zip(&mut rows.flags) {
        if *flags & HAS_TIME == 0 {
            *time = i64::MIN;
        }
        *flags &= DAY_ONLY;
    }
    rows
}

fn manifest_of(
    builder: &mut Builder,
    counts: Counts,
    texts: &[Texts],
    handlers: u64,
) -> Manifest {
    let mut columns = BTreeMap::new();
    for ((attribute, text), missing) in
        builder.attributes.iter().zip(texts).zip(counts.missing)
    {
        let declared = builder.options.declared.get(&attribute.name);
        let secrecy = declared.and_then(|d| d.secrecy).unwrap_or_default();
        let column_type = match attribute.kind {
            Kind::Text if attribute.person => ColumnType::Person,
            Kind::Text => ColumnType::Text,
            Kind::Int => ColumnType::Int,
            Kind::Float => ColumnType::Float,
            Kind::Bool => ColumnType::Bool,
            Kind::Time if attribute.dates => ColumnType::Date,
            Kind::Time => ColumnType::Moment,
        };
        columns.insert(
            attribute.name.clone(),
            ColumnInfo {
                column_type,
                secrecy: if attribute.person {
                    secrecy.max(Secrecy::Personal)
                } else {
                    secrecy
                },
                distinct: (attribute.kind == Kind::Text)
                    .then_some(text.codes.order.len() as u64),
                missing,
            },
        );
    }
    let activities = builder.activity.iter().zip(counts.activities);
    Manifest {
        format: FORMAT,
        name: String::new(),
        process: builder.options.process.clone(),
        content: String::new(),
        files: std::mem::take(&mut builder.files),
        events: counts.events,
        dropped: builder.dropped,
        cases: builder.case.len() as u64,
        activities: activities
            .map(|(name, events)| ActivityCount { name: name.to_owned(), events })
            .collect(),
        handlers,
        first: counts.first,
        last: counts.last,
        columns,
        notes: std::mem::take(&mut builder.notes).into_counts(),
        key_id: builder.key.id(),
        binding: builder.options.binding.take(),
        parts: Parts::default(),
    }
}

fn write_texts(
    builder: &Builder,
    folder: &Path,
    who: &Texts,
    texts: &[Texts],
    manifest: &mut Manifest,
) -> Result<(), WriteError> {
    let mut all = vec![
        ("case".to_owned(), builder.case.iter().collect()),
        ("activity".to_owned(), builder.activity.iter().collect()),
        ("who".to_owned(), who.texts(&builder.who)),
        ("who-kind".to_owned(), who.kinds()),
    ];
    for (attribute, text) in builder.attributes.iter().zip(texts) {
        if attribute.kind == Kind::Text {
            all.push((
                attribute_column(&attribute.name),
                text.texts(&attribute.dictionary),
            ));
        }
    }
    let mut hash = TextHash::new();
    for (column, values) in all.iter().filter(|(_, values)| !values.is_empty()) {
        hash.add(column);
        for value in values {
            hash.add(value);
        }
    }
    manifest.parts.dictionaries_sum = hash.finish();
    manifest.parts.dictionaries_bytes =
        write_dictionaries(&folder.join("dictionaries.parquet"), all.into_iter())?;
    Ok(())
}

/// The name follows from the columns, the texts and what the manifest says, but not from how
/// they lie on disk.
fn name_it(manifest: &mut Manifest, columns: ColumnHashes) -> Result<(), WriteError> {
    let said = Manifest { parts: Parts::default(), ..manifest.clone() };
    let said =
        serde_json::to_vec(&said).map_err(|e| WriteError::Columns(e.to_string()))?;
    let mut hash = Sha256::new();
    hash.update(columns.finish());
    hash.update(manifest.parts.dictionaries_sum.as_bytes());
    hash.update(said);
    manifest.content = hex(&hash.finalize());
    let digits = manifest.content.get(..10).unwrap_or_default();
    manifest.name = format!("{}-{digits}", manifest.process);
    Ok(())
}

/// Moves the finished folder to its place in one step and makes it the latest.
fn put_in_place(
    builder: &Builder,
    folder: &Path,
    manifest: Manifest,
) -> Result<Built, WriteError> {
    let place = builder.layout.snapshot(&manifest.name);
    let existed = place.join("manifest.json").is_file();
    if existed {
        let there = read_manifest(&builder.layout, &manifest.name);
        if !there.is_ok_and(|there| there.content == manifest.content) {
            return Err(WriteError::SameName { name: manifest.name });
        }
    } else {
        write_json_atomic(&folder.join("manifest.json"), &manifest)
            .map_err(|error| WriteError::Columns(error.to_string()))?;
        sync_folder(folder)?;
        make_private(folder)?;
        std::fs::rename(folder, &place).map_err(at::<WriteError>("make", &place))?;
        sync_folder(&builder.layout.snapshots())?;
    }
    builder.layout.set_latest(&manifest.process, &manifest.name)?;
    Ok(Built { manifest, existed })
}

/// The folder of the snapshot is for the owner only, as its parent is.
#[cfg(unix)]
fn make_private(folder: &Path) -> Result<(), FileFault> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
        .map_err(at::<FileFault>("write", folder))
}

#[cfg(not(unix))]
fn make_private(_folder: &Path) -> Result<(), FileFault> {
    Ok(())
}
