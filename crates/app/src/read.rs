//! Reads files of one process into a snapshot.

use crate::bind::Names;
use crate::{AppError, Office, Progress, bind};
use catalogue::binding::{self, Binding};
use catalogue::{ColumnType, Secrecy, glob};
use columns::{RawEvent, Refusal, Sink, Value, WhoKind};
use model::{Note, NoteKind, Process};
use sha2::{Digest, Sha256};
use sources::{Limits, Mapping};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use store::{BuildOptions, Builder, Declared, Manifest, SourceFile};

/// What to read.
#[derive(Clone, Debug)]
pub struct ReadRequest {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// The process.
    pub process: Process,
    /// The mapping file.
    pub mapping: Option<PathBuf>,
    /// The binding file; without it one is proposed from the names of the activities.
    pub binding: Option<PathBuf>,
    /// Files of tables that are joined to the events, by the name of the table; they go
    /// before the file that the mapping names.
    pub tables: BTreeMap<String, PathBuf>,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct ReadReport {
    /// What the snapshot holds.
    pub manifest: Manifest,
    /// Whether the very same snapshot was there already.
    pub existed: bool,
    /// Whether the binding was proposed and not given.
    pub binding_proposed: bool,
    /// Activities that the binding joins to no step and does not put aside, with their
    /// events.
    pub unplaced: Vec<(String, u64)>,
}

/// Reads the files into a snapshot and makes it the latest of its process.
///
/// # Errors
/// Every fault of mapping and binding at once; else the first file that cannot be read, with
/// its place. Nothing is left behind.
pub fn read(
    office: &Office,
    request: &ReadRequest,
    progress: &mut dyn Progress,
) -> Result<ReadReport, AppError> {
    if request.files.is_empty() {
        return Err(AppError::Use("name at least one file to read".to_owned()));
    }
    let mapping = load_mapping(request.mapping.as_deref())?;
    let tables = crate::tables::files(office, &mapping, request)?;
    let given = match &request.binding {
        Some(path) => {
            let text = text_of(path)?;
            Some((load_binding(office, path, &text, request.process)?, text))
        }
        None => None,
    };
    let mut options = BuildOptions::new(request.process.code());
    options.binding = given.as_ref().map(|(_, text)| text.clone());
    declare(office, &mapping, given.as_ref().map(|(binding, _)| binding), &mut options);
    let (binding, text) = if let Some(given) = given {
        given
    } else {
        // the names of the activities are needed before the snapshot is written
        let names = bind::names(&request.files, &mapping, progress)?;
        let text = bind::propose(office, request.process, &names).text;
        let file = Path::new("proposed binding");
        (load_binding(office, file, &text, request.process)?, text)
    };
    let binding_proposed = options.binding.is_none();
    options.binding = Some(text);
    let builder = office.store.build(options)?;
    let builder = read_files(
        builder,
        &request.files,
        &mapping,
        &tables,
        &|of_file| euros(office, of_file, &binding),
        progress,
    )?;
    let built = builder.finish(&|name| kind_of(&binding, name))?;
    let unplaced = unplaced(&binding, &built.manifest);
    Ok(ReadReport {
        manifest: built.manifest,
        existed: built.existed,
        binding_proposed,
        unplaced,
    })
}

/// Attributes that hold euros and that no mapping has brought to cents.
pub(crate) type Euros = BTreeSet<String>;

/// Passes events on; names are counted where asked, euros become cents.
struct Through<'s> {
    sink: &'s mut dyn Sink,
    names: Option<&'s mut Names>,
    euros: &'s Euros,
}

impl Sink for Through<'_> {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        if let Some(names) = &mut self.names {
            names.event(event);
        }
        let holds = |list: &[(&str, Value<'_>)]| {
            list.iter().any(|(n, _)| self.euros.contains(*n))
        };
        if self.euros.is_empty()
            || !(holds(event.attributes) || holds(event.case_attributes))
        {
            return self.sink.event(event);
        }
        let mut unreadable = Vec::new();
        let mut cents = |list: &[(&'_ str, Value<'_>)]| -> Vec<usize> {
            let wrong = |at: &usize| {
                list.get(*at).is_some_and(|(name, value)| {
                    self.euros.contains(*name) && in_cents(*value).is_none()
                })
            };
            let wrong: Vec<usize> = (0..list.len()).filter(wrong).collect();
            unreadable.extend(
                wrong.iter().filter_map(|at| list.get(*at)).map(|(n, _)| (*n).to_owned()),
            );
            wrong
        };
        let (wrong_event, wrong_case) =
            (cents(event.attributes), cents(event.case_attributes));
        for name in unreadable {
            let place = Some(event.place);
            self.sink.note(Note { kind: NoteKind::UnreadableValue, place, detail: name });
        }
        let attributes = converted(event.attributes, &wrong_event, self.euros);
        let case_attributes = converted(event.case_attributes, &wrong_case, self.euros);
        self.sink.event(&RawEvent {
            attributes: &attributes,
            case_attributes: &case_attributes,
            ..*event
        })
    }

    fn note(&mut self, note: Note) {
        self.sink.note(note);
    }
}

/// The attributes with euros as cents, without those that cannot be read.
fn converted<'a>(
    list: &[(&'a str, Value<'a>)],
    wrong: &[usize],
    euros: &Euros,
) -> Vec<(&'a str, Value<'a>)> {
    list.iter()
        .enumerate()
        .filter(|(at, _)| !wrong.contains(at))
        .map(|(_, (name, value))| {
            match in_cents(*value).filter(|_| euros.contains(*name)) {
                Some(cents) => (*name, Value::Int(cents)),
                None => (*name, *value),
            }
        })
        .collect()
}

/// An amount in euros as cents; `None` where it cannot be read.
fn in_cents(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Int(euros) => euros.checked_mul(100),
        Value::Float(euros) => sources::mapping::cell::cents_of_float(euros),
        Value::Text(text) => sources::mapping::cell::money(text, false),
        Value::Bool(_) | Value::Time(_) => None,
    }
}

/// The attributes that the vocabulary or the binding calls money, less those that the mapping
/// already reads as such.
fn euros(office: &Office, mapping: &Mapping, binding: &Binding) -> Euros {
    let money = office.catalogue.columns.values().filter(|c| c.kind == ColumnType::Money);
    money
        .flat_map(|column| {
            let name = binding.attribute_of(&column.name);
            [name.to_owned(), format!("case:{name}")]
        })
        .filter(|name| {
            mapping.columns.get(name).is_none_or(|column| column.kind.is_none())
        })
        .collect()
}

fn read_files(
    mut builder: Builder,
    files: &[PathBuf],
    mapping: &Mapping,
    tables: &[crate::tables::TableFile],
    euros: &dyn Fn(&Mapping) -> Euros,
    progress: &mut dyn Progress,
) -> Result<Builder, AppError> {
    let joined = crate::tables::read(tables, mapping, &mut builder)?;
    for path in files {
        let name = file_name(path);
        let (bytes, sha256) = digest(path)?;
        let format = String::new();
        builder.start_file(SourceFile {
            name: name.clone(),
            bytes,
            sha256,
            format,
            ..SourceFile::default()
        })?;
        let euros = euros(&mapping.for_file(&name));
        let mut joining = joined.before(&mut builder);
        let summary = read_one(
            path,
            mapping,
            &mut joining,
            Extras { names: None, euros: &euros },
            progress,
        )?;
        builder.format(summary.format.code());
    }
    Ok(builder)
}

/// What happens to events on their way.
pub(crate) struct Extras<'a> {
    /// Counts names of activities and handlers.
    pub(crate) names: Option<&'a mut Names>,
    /// Attributes that become cents.
    pub(crate) euros: &'a Euros,
}

/// Reads one file into any sink, with progress.
pub(crate) fn read_one(
    path: &Path,
    mapping: &Mapping,
    sink: &mut dyn Sink,
    extras: Extras<'_>,
    progress: &mut dyn Progress,
) -> Result<sources::ReadSummary, AppError> {
    let name = file_name(path);
    let size = path.metadata().map_or(0, |meta| meta.len());
    progress.begin(&name, size);
    let mut through = Through { sink, names: extras.names, euros: extras.euros };
    let result = sources::read(
        path,
        None,
        &mapping.for_file(&name),
        &Limits::default(),
        &mut through,
        &mut |done| progress.at(done),
    );
    progress.end();
    result.map_err(|error| AppError::data(format!("{}: {error}", path.display())))
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

pub(crate) fn digest(path: &Path) -> Result<(u64, String), AppError> {
    let failed = |error: std::io::Error| {
        let what = match error.kind() {
            std::io::ErrorKind::NotFound => {
                "the file does not exist; check the path".to_owned()
            }
            _ => format!("the file cannot be read ({error})"),
        };
        AppError::data(format!("{}: {what}", path.display()))
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 18];
    let mut bytes = 0_u64;
    loop {
        let count = file.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        bytes += count as u64;
        hash.update(buffer.get(..count).unwrap_or_default());
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        // writing to a String cannot fail
        write!(hex, "{byte:02x}").unwrap_or_default();
    }
    Ok((bytes, hex))
}

fn text_of(path: &Path) -> Result<String, AppError> {
    std::fs::read_to_string(path).map_err(|error| {
        AppError::data(format!("{}: cannot be read ({error})", path.display()))
    })
}

/// The mapping of a file, or the plain one.
pub(crate) fn load_mapping(path: Option<&Path>) -> Result<Mapping, AppError> {
    let Some(path) = path else { return Ok(Mapping::default()) };
    let name = path.display().to_string();
    Mapping::parse(&text_of(path)?, &name).map_err(|faults| {
        let told = |fault: &sources::mapping::Fault| match fault.line {
            0 => format!("{name}: {}", fault.sentence),
            line => format!("{name}:{line}: {}", fault.sentence),
        };
        AppError::Data(faults.iter().map(told).collect())
    })
}

fn load_binding(
    office: &Office,
    path: &Path,
    text: &str,
    process: Process,
) -> Result<Binding, AppError> {
    let name = path.display().to_string();
    let binding = binding::read(&name, text, &office.catalogue)?;
    if binding.process.is_some_and(|named| named != process) {
        let named = binding.process.map_or("", Process::code);
        return Err(AppError::data(format!(
            "{name}: the binding is for `{named}`, but the file is read as `{process}`; give the right --process or another binding"
        )));
    }
    Ok(binding)
}

/// What stands behind the name of a handler, as the binding says.
fn kind_of(binding: &Binding, name: &str) -> WhoKind {
    let fits = |patterns: &[String]| {
        patterns.iter().any(|p| p == name || glob::matches(p, name))
    };
    if fits(&binding.service_accounts) {
        WhoKind::Service
    } else if fits(&binding.shared_desks) {
        WhoKind::Shared
    } else {
        WhoKind::Person
    }
}

/// Types and secrecy of columns, under the names they have in the log.
fn declare(
    office: &Office,
    mapping: &Mapping,
    binding: Option<&Binding>,
    options: &mut BuildOptions,
) {
    options.person_columns = mapping.person_columns();
    let mut declared: BTreeMap<String, Declared> = BTreeMap::new();
    for column in office.catalogue.columns.values() {
        let name = binding.map_or(column.name.as_str(), |b| b.attribute_of(&column.name));
        for name in [name.to_owned(), format!("case:{name}")] {
            if column.kind == ColumnType::Person {
                options.person_columns.insert(name.clone());
            }
            declared.insert(name, declaration(column));
        }
    }
    options.declared = declared;
}

fn declaration(column: &catalogue::Column) -> Declared {
    let column_type = match column.kind {
        ColumnType::Text | ColumnType::Code => Some(store::ColumnType::Text),
        ColumnType::Person => Some(store::ColumnType::Person),
        ColumnType::Int | ColumnType::Money => Some(store::ColumnType::Int),
        ColumnType::Float => Some(store::ColumnType::Float),
        ColumnType::Bool => Some(store::ColumnType::Bool),
        ColumnType::Date => Some(store::ColumnType::Date),
        ColumnType::Moment => Some(store::ColumnType::Moment),
    };
    let secrecy = match column.secrecy {
        Secrecy::Open => store::Secrecy::Open,
        Secrecy::Internal => store::Secrecy::Internal,
        Secrecy::Personal => store::Secrecy::Personal,
        Secrecy::Secret => store::Secrecy::Secret,
    };
    Declared { column_type, secrecy: Some(secrecy) }
}

/// Activities that the binding joins to no step and does not put aside, most events first.
pub(crate) fn unplaced(binding: &Binding, manifest: &Manifest) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = manifest
        .activities
        .iter()
        .filter(|activity| {
            binding.steps_of(&activity.name).is_empty()
                && !binding.ignores(&activity.name)
        })
        .map(|activity| (activity.name.clone(), activity.events))
        .collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
