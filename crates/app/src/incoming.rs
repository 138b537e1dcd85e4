//! Logs that somebody brings through a browser: kept aside, looked at, read with a binding or
//! thrown away. Until they are read nothing of them counts.
//!
//! What is brought lies as it is, names of people included, in the folder `incoming` of the data
//! directory, readable by its owner only, and for a day at most.

use crate::bind::{self, Names};
use crate::people::Desk;
use crate::{
    AppError, EvaluateRequest, Installation, Office, Proposal, Quiet, ReadReport,
    ReadRequest, evaluate, read,
};
use access::{Action, Resource, Verb};
use columns::{RawEvent, Refusal, Sink, TimeCell, Value};
use jiff::{SignedDuration, Timestamp};
use model::{Note, NoteKind, Process};
use serde::{Deserialize, Serialize};
use sources::Mapping;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use tempfile::NamedTempFile;

/// The file that says that a data directory was made by `dijkwacht demo`.
pub const DEMONSTRATION: &str = "DEMO";

/// How long a log that was brought waits to be read.
const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// How many logs of one organisation wait at most.
const MOST_WAITING: usize = 5;

/// How many events a preview shows.
const SHOWN: usize = 8;

/// To bring a log and read it.
const BRING: Action = Action::new(Verb::Add, Resource::Source);

/// The name of what is told about a log that was brought, beside it.
const ABOUT: &str = "about.json";

/// A log that was brought and not read yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// Its name in addresses: by chance, so that nobody guesses it.
    #[serde(skip)]
    pub id: String,
    /// Whose it is.
    pub organisation: String,
    /// Who brought it.
    pub person: String,
    /// The code of the process.
    pub process: String,
    /// The name of the file, as it is kept.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// When it was brought.
    #[serde(with = "second")]
    pub at: Timestamp,
}

/// A moment as seconds since the epoch.
mod second {
    use jiff::Timestamp;
    use serde::de::Error;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        at: &Timestamp,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_i64(at.as_second())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Timestamp, D::Error> {
        Timestamp::from_second(i64::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// One event as the file gives it, for a preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Where it stands in the file.
    pub place: Option<model::Place>,
    /// The case.
    pub case: Option<String>,
    /// What was done.
    pub activity: Option<String>,
    /// When, as an instant; `None` where there is no time or it cannot be read.
    pub at: Option<model::Moment>,
    /// Who did it, as the file writes it.
    pub who: Option<String>,
    /// The other values, by name.
    pub values: BTreeMap<String, String>,
}

/// What a log that was brought looks like.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The format that was recognised.
    pub format: String,
    /// The text of the mapping with which it was read; empty for none.
    pub mapping: String,
    /// How many events it gives.
    pub events: u64,
    /// How many of them name a case, an activity, a time, and somebody: in this order.
    pub filled: [u64; 4],
    /// The first events.
    pub samples: Vec<Sample>,
    /// Remarks of reading, by kind.
    pub notes: BTreeMap<NoteKind, u64>,
    /// The binding that is proposed.
    pub proposal: Proposal,
}

/// Counts what passes and keeps the first events.
#[derive(Debug, Default)]
struct Looking {
    events: u64,
    filled: [u64; 4],
    samples: Vec<Sample>,
    notes: BTreeMap<NoteKind, u64>,
}

impl Sink for Looking {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        self.events += 1;
        let at = match event.time {
            TimeCell::At(moment) => Some(moment),
            _ => None,
        };
        let there = [
            event.case.is_some(),
            event.activity.is_some(),
            at.is_some(),
            event.who.is_some(),
        ];
        for (count, is_there) in self.filled.iter_mut().zip(there) {
            *count += u64::from(is_there);
        }
        if self.samples.len() < SHOWN {
            let all = event.case_attributes.iter().chain(event.attributes);
            self.samples.push(Sample {
                place: Some(event.place),
                case: event.case.map(str::to_owned),
                activity: event.activity.map(str::to_owned),
                at,
                who: event.who.map(str::to_owned),
                values: all
                    .map(|(name, value)| ((*name).to_owned(), told(*value)))
                    .collect(),
            });
        }
        Ok(())
    }

    fn note(&mut self, note: Note) {
        *self.notes.entry(note.kind).or_default() += 1;
    }
}

fn told(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(is_so) => is_so.to_string(),
        Value::Time(moment) => moment.local().to_string(),
    }
}

/// The name of a file without folders and without signs that mean something to a shell or a
/// disk. Formats are found by looking into a file, so an odd ending does no harm.
fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |sign: char| {
        if sign.is_alphanumeric() || ".-_ ()".contains(sign) { sign } else { '_' }
    };
    let name: String = last.chars().map(plain).collect();
    let name = name.trim().trim_start_matches('.').trim();
    // what is cut off is the beginning: the ending says what it is
    let signs: Vec<char> = name.chars().collect();
    let kept: String = signs.iter().skip(signs.len().saturating_sub(100)).collect();
    if kept.is_empty() { "log".to_owned() } else { kept }
}

impl Incoming {
    /// The process.
    pub fn process(&self) -> Result<Process, AppError> {
        self.process.parse().ok().ok_or_else(|| {
            AppError::Broken(format!(
                "a log waits for the process `{}`, which there is not",
                self.process
            ))
        })
    }
}

impl Installation {
    fn incoming_folder(&self) -> Result<PathBuf, AppError> {
        let folder = self.dir().join("incoming");
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(|error| broken(&folder, &error))?;
        Ok(folder)
    }

    /// An empty file for what a browser sends; it is gone when it is dropped.
    pub fn place_for_upload(&self) -> Result<NamedTempFile, AppError> {
        let folder = self.incoming_folder()?;
        NamedTempFile::new_in(&folder).map_err(|error| broken(&folder, &error))
    }

    /// Keeps a log that was brought (`file`, from [`Installation::place_for_upload`]) until it is read or thrown away. What others left there for
    /// longer than a day is removed.
    ///
    /// # Errors
    /// Wrong use where five logs of the organisation wait already, where the file is empty, or
    /// in a demonstration.
    pub fn receive(&self, about: Incoming, file: &Path) -> Result<Incoming, AppError> {
        self.refuse_demonstration(&about)?;
        if about.bytes == 0 {
            return Err(AppError::Use(format!(
                "{}: the file is empty; choose the file with the log",
                plain_name(&about.name)
            )));
        }
        let folder = self.incoming_folder()?;
        clear(&folder, about.at)?;
        let waiting = self.waiting_logs(&about.organisation)?;
        if waiting.len() >= MOST_WAITING {
            return Err(AppError::Use(format!(
                "{MOST_WAITING} logs wait to be read already; read one of them or throw it away first"
            )));
        }
        let mut chance = [0_u8; 16];
        getrandom::fill(&mut chance)
            .map_err(|error| AppError::Broken(format!("no bytes by chance: {error}")))?;
        let id = format!("{:032x}", u128::from_be_bytes(chance));
        let kept = Incoming { id, name: plain_name(&about.name), ..about };
        let own = folder.join(&kept.id);
        fs::create_dir(&own).map_err(|error| broken(&own, &error))?;
        let target = own.join(&kept.name);
        // what the browser sent lies in the same folder, so this copies nothing
        fs::rename(file, &target).map_err(|error| broken(&target, &error))?;
        store::write_json_atomic(&own.join(ABOUT), &kept)?;
        Ok(kept)
    }

    /// Fiction and real logs are never mixed: the pseudonyms of a demonstration are no secret.
    fn refuse_demonstration(&self, about: &Incoming) -> Result<(), AppError> {
        let office = self.office(&about.organisation, about.at)?;
        if office.store.dir().join(DEMONSTRATION).exists() {
            return Err(AppError::Use(
                "this is a demonstration, whose pseudonyms are no secret; bring real logs to an installation of your own"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// The logs of an organisation that wait, oldest first.
    pub fn waiting_logs(&self, organisation: &str) -> Result<Vec<Incoming>, AppError> {
        let folder = self.incoming_folder()?;
        let mut all = Vec::new();
        for id in folders(&folder)? {
            if let Ok(kept) = self.incoming(organisation, &id) {
                all.push(kept);
            }
        }
        all.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
        Ok(all)
    }

    /// One log of an organisation that waits.
    pub fn incoming(&self, organisation: &str, id: &str) -> Result<Incoming, AppError> {
        let absent =
            || AppError::Absent("there is no such log that waits to be read".to_owned());
        // an address is not believed: only what this program makes is a name of a folder
        if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(absent());
        }
        let path = self.incoming_folder()?.join(id).join(ABOUT);
        let kept: Incoming = store::read_json(&path).ok().ok_or_else(absent)?;
        if kept.organisation != organisation {
            return Err(absent());
        }
        Ok(Incoming { id: id.to_owned(), ..kept })
    }

    fn path_of(&self, kept: &Incoming) -> Result<PathBuf, AppError> {
        Ok(self.incoming_folder()?.join(&kept.id).join(&kept.name))
    }

    /// What a log looks like that waits, read with the text of a mapping file (empty for none: a
    /// table is then read with the mapping that fits its header), and the binding that fits it.
    /// Reads the whole file; hold no connection here.
    ///
    /// # Errors
    /// Every fault of the mapping, or why the file cannot be read and where.
    pub fn preview(
        &self,
        kept: &Incoming,
        mapping: &str,
        now: Timestamp,
    ) -> Result<Preview, AppError> {
        match self.look_into(kept, mapping, now) {
            Err(AppError::Data(all)) if mapping.trim().is_empty() => {
                let proposed = all.iter().find_map(|one| sources::mapping::proposed(one));
                match proposed {
                    Some(mapping) => self.look_into(kept, mapping, now),
                    None => Err(AppError::Data(all)),
                }
            }
            other => other,
        }
    }

    fn look_into(
        &self,
        kept: &Incoming,
        text: &str,
        now: Timestamp,
    ) -> Result<Preview, AppError> {
        let mapping = parsed(text)?;
        let path = self.path_of(kept)?;
        let office = self.office(&kept.organisation, now)?;
        let (mut looking, mut names) = (Looking::default(), Names::default());
        let extras = read::Extras { names: Some(&mut names), euros: &read::Euros::new() };
        let summary = read::read_one(&path, &mapping, &mut looking, extras, &mut Quiet)
            .map_err(|error| without_folder(error, &path))?;
        Ok(Preview {
            format: summary.format.code().to_owned(),
            mapping: text.to_owned(),
            events: looking.events,
            filled: looking.filled,
            samples: looking.samples,
            notes: looking.notes,
            proposal: bind::propose(&office, kept.process()?, &names),
        })
    }

    /// Reads a log that waits into a snapshot, with the texts of a mapping (empty for none) and
    /// of a binding, evaluates it and removes what was brought. One log at a time.
    ///
    /// # Errors
    /// All faults of mapping and binding, or why the file cannot be read; the log then waits on.
    pub fn take_in(
        &self,
        kept: &Incoming,
        (mapping, binding): (&str, &str),
        now: Timestamp,
    ) -> Result<ReadReport, AppError> {
        self.refuse_demonstration(kept)?;
        parsed(mapping)?;
        let path = self.path_of(kept)?;
        let _turn = self.reading().lock().unwrap_or_else(PoisonError::into_inner);
        let office = self.office(&kept.organisation, now)?;
        let (mapping, binding) = (texts(mapping)?, texts(binding)?);
        let request = ReadRequest {
            files: vec![path.clone()],
            process: kept.process()?,
            mapping: mapping.as_ref().map(|file| file.path().to_owned()),
            binding: binding.as_ref().map(|file| file.path().to_owned()),
            tables: BTreeMap::new(),
        };
        let named = |error: AppError| {
            let error = without_folder(error, &path);
            let error = match &binding {
                Some(file) => renamed(error, file.path(), "binding"),
                None => error,
            };
            match &mapping {
                Some(file) => renamed(error, file.path(), "mapping"),
                None => error,
            }
        };
        let report = read(&office, &request, &mut Quiet).map_err(named)?;
        evaluate_one(&office, kept.process()?)?;
        self.throw_away(kept)?;
        Ok(report)
    }

    /// Removes a log that waits.
    pub fn throw_away(&self, kept: &Incoming) -> Result<(), AppError> {
        let own = self.incoming_folder()?.join(&kept.id);
        fs::remove_dir_all(&own).map_err(|error| broken(&own, &error))
    }
}

impl Desk<'_> {
    /// Asks whether this person may bring a log and read it.
    pub fn ask_to_bring(&mut self, organisation: &str) -> Result<(), AppError> {
        self.ask(BRING, organisation)
    }

    /// Says in the log of the organisation that a log of a process was read.
    pub fn note_brought(&mut self, organisation: &str) -> Result<(), AppError> {
        Ok(self.records.note(&self.actor, self.now, organisation, BRING)?)
    }
}

pub(crate) fn evaluate_one(office: &Office, process: Process) -> Result<(), AppError> {
    let request =
        EvaluateRequest { process: Some(process), ..EvaluateRequest::default() };
    evaluate(office, &request, &mut Quiet).map(drop)
}

/// A mapping of a form; empty for the plain one.
fn parsed(text: &str) -> Result<Mapping, AppError> {
    if text.trim().is_empty() {
        return Ok(Mapping::default());
    }
    Mapping::parse(text, "mapping").map_err(|faults| {
        let told = |fault: &sources::mapping::Fault| match fault.line {
            0 => format!("mapping: {}", fault.sentence),
            line => format!("mapping:{line}: {}", fault.sentence),
        };
        AppError::Data(faults.iter().map(told).collect())
    })
}

/// A text as a file, for a reader of files; `None` for an empty one.
fn texts(text: &str) -> Result<Option<NamedTempFile>, AppError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let failed =
        |error: std::io::Error| AppError::Broken(format!("no file can be made: {error}"));
    let file = NamedTempFile::new().map_err(failed)?;
    fs::write(file.path(), text).map_err(failed)?;
    Ok(Some(file))
}

/// The same error with the name of a file in the place of its path: where it lies is nobody's
/// business who looks at a page.
fn without_folder(error: AppError, path: &Path) -> AppError {
    renamed(error, path, &read::file_name(path))
}

fn renamed(error: AppError, path: &Path, name: &str) -> AppError {
    let path = path.display().to_string();
    let told = |sentence: String| sentence.replace(&path, name);
    match error {
        AppError::Data(all) => AppError::Data(all.into_iter().map(told).collect()),
        AppError::Use(one) => AppError::Use(told(one)),
        other => other,
    }
}

/// Removes what waited for longer than it may, and what broke off on its way here.
fn clear(folder: &Path, now: Timestamp) -> Result<(), AppError> {
    for id in folders(folder)? {
        let own = folder.join(&id);
        let kept: Result<Incoming, _> = store::read_json(&own.join(ABOUT));
        let is_old = kept.map_or(true, |kept| kept.at + WAITS < now);
        if is_old {
            fs::remove_dir_all(&own).map_err(|error| broken(&own, &error))?;
        }
    }
    Ok(())
}

fn folders(folder: &Path) -> Result<Vec<String>, AppError> {
    let entries = fs::read_dir(folder).map_err(|error| broken(folder, &error))?;
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| broken(folder, &error))?;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            all.extend(entry.file_name().into_string());
        }
    }
    all.sort();
    Ok(all)
}

fn broken(path: &Path, error: &std::io::Error) -> AppError {
    AppError::Broken(format!("{}: cannot be used ({error})", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_never_leads_anywhere() {
        for (given, kept) in [
            ("log.csv", "log.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\Zaken 2025 (1).xes.gz", "Zaken 2025 (1).xes.gz"),
            ("..", "log"),
            ("", "log"),
            (".ssh", "ssh"),
            ("a\0b<script>.csv", "a_b_script_.csv"),
            ("/", "log"),
        ] {
            assert_eq!(plain_name(given), kept, "{given}");
        }
        assert_eq!(plain_name(&"x".repeat(300)).chars().count(), 100);
    }
}
