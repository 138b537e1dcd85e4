//! The town as a whole: how much of everything, in which files.

use crate::case::{Case, Event};
use crate::clock::{FIRST, LAST, Office, Stamp, day_of};
use crate::csv_out::{self, From, Table};
use crate::dice::Dice;
use crate::flow::Ground;
use crate::made::{self, MADE, Made};
use crate::planted::{Planted, Planter};
use crate::plants::Field;
use crate::staff::Staff;
use crate::{noise, travel_documents, xes_out};
use model::{Date, Process};
use std::borrow::Cow;
use std::io::{self, Write};

/// What town is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The same seed gives the same town.
    pub seed: u64,
    /// About how many cases a year, over all processes together; `None`: as many as such a
    /// municipality has, about 45,000, look-ups and contacts included.
    pub cases_per_year: Option<u32>,
    /// Nothing is planted.
    pub clean: bool,
}

/// Cases in the list of look-ups for each session: the session and the contacts.
const CASES_A_SESSION: f64 = 1.9;

/// In what format a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogFormat {
    /// XES.
    Xes,
    /// XES, packed with gzip.
    XesGz,
    /// A table of text.
    Csv,
}

/// The log of one process.
#[derive(Clone, Debug)]
pub struct Log<'a> {
    /// Whose.
    pub process: Process,
    /// The name of the file.
    pub file_name: &'static str,
    /// How it is written.
    pub format: LogFormat,
    pub(crate) cases: Cow<'a, [Case]>,
}

impl Log<'_> {
    /// How many cases it holds.
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// How many events it holds.
    pub fn events(&self) -> usize {
        self.cases.iter().map(|case| case.events.len()).sum()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The writer takes no more.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self.format {
            LogFormat::Xes => xes_out::write(&self.cases, out),
            LogFormat::XesGz => {
                let mut packed =
                    flate2::write::GzEncoder::new(out, flate2::Compression::default());
                xes_out::write(&self.cases, &mut packed)?;
                packed.finish().map(|_| ())
            }
            LogFormat::Csv => csv_out::write(&self.cases, table(self.process), out),
        }
    }
}

const fn table(process: Process) -> Table {
    match process {
        Process::Information => {
            Table { columns: INFORMATION_COLUMNS, windows: false, by_time: true }
        }
        _ => Table { columns: PAYMENT_COLUMNS, windows: true, by_time: false },
    }
}

const PAYMENT_COLUMNS: &[(&str, From)] = &[
    ("Boekstuk", From::Case),
    ("Handeling", From::Activity),
    ("Tijdstip", From::Time),
    ("Medewerker", From::Who),
    ("Afdeling", From::Unit),
    ("Leverancier", From::Attribute("leverancier")),
    ("Kostensoort", From::Attribute("soort")),
    ("Factuurnummer", From::Attribute("factuurnummer")),
    ("Bedrag", From::Attribute("bedrag")),
    ("Betaalbatch", From::Attribute("batch")),
    ("Rekening", From::Attribute("rekening")),
    ("Gewijzigd veld", From::Attribute("veld")),
    ("KVK-nummer", From::Attribute("kvk")),
    ("KVK tot", From::Attribute("kvktot")),
    ("Opgericht", From::Attribute("opgericht")),
    ("Bezoekadres", From::Attribute("bezoekadres")),
    ("Telefoon", From::Attribute("telefoon")),
    ("Boekdatum", From::Attribute("ingangsdatum")),
    ("Grens", From::Attribute("grens")),
];

const INFORMATION_COLUMNS: &[(&str, From)] = &[
    ("Tijdstip", From::Time),
    ("Sessie of zaak", From::Case),
    ("Soort", From::Attribute("soort")),
    ("Handeling", From::Activity),
    ("Gebruiker", From::Who),
    ("Account", From::Attribute("account")),
    ("Afdeling", From::Unit),
    ("Systeem", From::Attribute("systeem")),
    ("Zoeksleutel", From::Attribute("sleutel")),
    ("Persoon", From::Attribute("persoon")),
    ("Resultaten", From::Attribute("resultaten")),
    ("Zaaknummer", From::Attribute("zaaknummer")),
    ("Doel", From::Attribute("doel")),
    ("Recht", From::Attribute("recht")),
    ("Bescherming", From::Attribute("bescherming")),
    ("Adres", From::Attribute("adres")),
    ("Huishouden", From::Attribute("huishouden")),
    ("Eigen nummer", From::Attribute("eigen_nummer")),
    ("Eigen adres", From::Attribute("eigen_adres")),
    ("Eigen huishouden", From::Attribute("eigen_huishouden")),
    ("Collega", From::Attribute("collega")),
    ("Document", From::Attribute("document")),
    ("Soort stuk", From::Attribute("soort_stuk")),
    ("In kring", From::Attribute("in_kring")),
];

/// The municipality with all its cases.
#[derive(Debug)]
pub struct Town {
    logs: Vec<(Process, Vec<Case>)>,
    planted: Vec<Planted>,
}

impl Town {
    /// Makes the town; holds some hundred thousand events in memory.
    pub fn build(settings: &Settings) -> Self {
        let office = Office::new();
        let staff = Staff::new(&mut Dice::new(settings.seed, 0), &office);
        let ground = Ground { office, staff };
        let mut town = Self { logs: Vec::new(), planted: Vec::new() };
        for (at, made) in (1..).zip(&MADE) {
            let process = made.process;
            let mut dice = Dice::new(settings.seed, at);
            let mut cases = (made.build)(&ground, &mut dice, count(settings, made));
            if !settings.clean {
                let mut planter =
                    Planter::new(Dice::new(settings.seed, at + 100), process);
                let mut field =
                    Field { ground: &ground, cases: &mut cases, planter: &mut planter };
                (made.plant)(&mut field);
                field.note_hands(made.apart);
                town.planted.extend(planter.done());
            }
            noise::forget_handlers(&mut cases, &mut Dice::new(settings.seed, at + 200));
            roster(&ground, &mut cases);
            if process == Process::TravelDocuments {
                travel_documents::surround(&mut cases, &town.planted);
            }
            town.logs.push((process, cases));
        }
        town
    }

    /// The logs, one for each process, in the order of the processes.
    pub fn logs(&self) -> Vec<Log<'_>> {
        self.logs
            .iter()
            .filter_map(|(process, cases)| {
                let Made { file_name, format, .. } = *made::of(*process)?;
                let cases = Cow::Borrowed(cases.as_slice());
                Some(Log { process: *process, file_name, format, cases })
            })
            .collect()
    }

    /// The log of a process as it stood at the end of a day; `None` where the town keeps
    /// none.
    ///
    /// What happened later is not in it, and a case that had not begun is absent. A case on
    /// its way lies still after the last event after which it may, so that a step is never
    /// missing only because the day was over. In the list of look-ups some of the last days
    /// stand without the contact that came after them, as in any export of a running office.
    pub fn log_until(&self, process: Process, day: Date) -> Option<Log<'_>> {
        let (_, cases) = self.logs.iter().find(|(of, _)| *of == process)?;
        let Made { file_name, format, .. } = *made::of(process)?;
        let end = Stamp::new(day_of(day) + 1, 0, 0).plus(-1);
        let begun =
            cases.iter().filter(|c| c.events.first().is_some_and(|e| e.at <= end));
        let cases = begun
            .filter_map(|case| {
                let mut case = case.clone();
                case.cut(end).then_some(case)
            })
            .collect();
        Some(Log { process, file_name, format, cases: Cow::Owned(cases) })
    }

    /// All logs as they stood at the end of a day, in the order of the processes. Each is a
    /// copy; where a few processes are enough, [`Town::log_until`] is the cheaper way.
    pub fn logs_until(&self, day: Date) -> Vec<Log<'_>> {
        let processes = self.logs.iter().map(|(process, _)| *process);
        processes.filter_map(|process| self.log_until(process, day)).collect()
    }

    /// Everything that was planted, by process, rule and subject; nothing in a clean town.
    pub fn planted(&self) -> &[Planted] {
        &self.planted
    }

    #[cfg(test)]
    pub(crate) fn cases(&self, process: Process) -> &[Case] {
        self.logs.iter().find(|(p, _)| *p == process).map_or(&[], |(_, cases)| cases)
    }
}

/// Cases of a process over the two years; for look-ups the number of sessions.
fn count(settings: &Settings, made: &Made) -> usize {
    let total: f64 = MADE.iter().map(|made| made.volume).sum();
    let factor = settings.cases_per_year.map_or(1.0, |wanted| f64::from(wanted) / total);
    let each = if made.process == Process::Information { CASES_A_SESSION } else { 1.0 };
    let cases = crate::dice::whole(2.0 * made.volume * factor / each + 0.5);
    usize::try_from(cases).unwrap_or(0).max(4)
}

/// Adds to a log when those whose employment began or ended within the two years came and
/// went, as far as they occur in it.
fn roster(ground: &Ground, cases: &mut Vec<Case>) {
    let mut added = Vec::new();
    for (number, (who, from, to)) in (1..).zip(ground.staff.changes()) {
        let unit =
            cases.iter().flat_map(|c| &c.events).find(|e| e.who == who).map(|e| e.unit);
        let Some(unit) = unit else { continue };
        let mut case = Case::new(format!("DIENST-{number:03}"));
        let event = |at, activity| Event {
            at,
            activity,
            who,
            unit,
            attributes: Vec::new(),
            rest: true,
        };
        if from > FIRST {
            case.events.push(event(Stamp::new(day_of(from), 7, 30), "In dienst"));
        }
        if let Some(last) = to.filter(|last| *last <= LAST) {
            case.events.push(event(Stamp::new(day_of(last), 18, 30), "Uit dienst"));
        }
        added.push(case);
    }
    cases.extend(added);
}

/// The attribute that stands in a column of a table of text, by the title of the column;
/// `None` for titles that stand for no attribute.
#[cfg(test)]
pub(crate) fn column_of(process: Process, title: &str) -> Option<&'static str> {
    let found = table(process).columns.iter().find(|(t, _)| *t == title)?;
    match found.1 {
        From::Attribute(name) => Some(name),
        From::Case | From::Activity | From::Time | From::Who | From::Unit => None,
    }
}
