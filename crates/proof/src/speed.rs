//! `proof synthetic` writes a large log; `proof six` answers six questions about a log and
//! says how long each took. `tests/peers/performance.sh` calls both and the peers.
//!
//! The log has the shape of the published comparison: 14 activities, 600 handlers, about ten
//! events a case, rows in the order of time, cases interleaved.

use catalogue::Catalogue;
use catalogue::binding::{Binding, Shows};
use columns::{Events, WhoKind};
use model::{Pedigree, Process};
use picture::MapBuilder;
use rules::{Changes, Evaluator};
use sources::{Limits, Mapping};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;
use store::{BuildOptions, Snapshot, SourceFile, Store};

const ACTIVITIES: [&str; 14] = [
    "Aanvraag ontvangen",
    "Aanvraag geregistreerd",
    "Ontvangst bevestigd",
    "Aanvulling gevraagd",
    "Aanvulling ontvangen",
    "Aanvraag beoordeeld",
    "Advies gevraagd",
    "Advies ontvangen",
    "Concept opgesteld",
    "Concept gecontroleerd",
    "Besluit genomen",
    "Besluit verzonden",
    "Besluit gepubliceerd",
    "Zaak gesloten",
];

/// A small generator of numbers (`SplitMix64`), so that the same count gives the same file.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most.max(1)
    }
}

/// Writes so many events as CSV.
pub(crate) fn synthetic(events: u64, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "case,activity,time,who")?;
    let mut dice = Dice(1);
    // cases under way: number, next activity, the handler who assessed
    let mut under_way: Vec<(u64, usize)> = Vec::new();
    let mut next_case = 0_u64;
    let start = jiff::civil::date(2023, 1, 1).at(8, 0, 0, 0);
    for n in 0..events {
        let fresh = under_way.len() < 2_000;
        let at = if fresh {
            next_case += 1;
            under_way.push((next_case, 0));
            under_way.len() - 1
        } else {
            usize::try_from(dice.below(under_way.len() as u64))?
        };
        let Some((case, step)) = under_way.get(at).copied() else { continue };
        let activity = ACTIVITIES.get(step).copied().unwrap_or_default();
        let seconds = i64::try_from(n)? * 20;
        let time = start.saturating_add(jiff::Span::new().seconds(seconds));
        let who = dice.below(600);
        if dice.below(1000) < 2 {
            writeln!(out, "Z-2023-{case:07},{activity},{time},")?;
        } else {
            writeln!(out, "Z-2023-{case:07},{activity},{time},medewerker{who:03}")?;
        }
        let next = step + 1 + usize::from(dice.below(3) == 0);
        if next >= ACTIVITIES.len() {
            under_way.swap_remove(at);
        } else if let Some(entry) = under_way.get_mut(at) {
            entry.1 = next;
        }
    }
    out.flush()?;
    Ok(())
}

/// Reads a file into a snapshot of a folder and says how long that took.
pub(crate) fn read(path: &Path, folder: &Path) -> Result<String, Box<dyn Error>> {
    let begun = Instant::now();
    let store = Store::open(folder)?;
    let mut builder = store.build(BuildOptions::new("permits"))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    builder.start_file(SourceFile {
        name: name.unwrap_or_default(),
        ..SourceFile::default()
    })?;
    let text = "format = 1\n[columns]\ncase = \"case\"\nactivity = \"activity\"\ntime = \"time\"\nwho = \"who\"\n";
    let plain = path.to_string_lossy().contains(".xes");
    let mapping = if plain {
        Mapping::default()
    } else {
        Mapping::parse(text, "mapping").map_err(|faults| format!("{faults:?}"))?
    };
    sources::read(path, None, &mapping, &Limits::default(), &mut builder, &mut |_| {})?;
    let handed = begun.elapsed();
    let built = builder.finish(&|_| WhoKind::Person)?;
    crate::say(&format!(
        "read {:.3} s, sort and write {:.3} s: {} events, {} cases",
        handed.as_secs_f64(),
        begun.elapsed().saturating_sub(handed).as_secs_f64(),
        built.manifest.events,
        built.manifest.cases
    ));
    Ok(built.manifest.name)
}

const LOGIC: [(&str, &str); 5] = [
    (
        "four eyes",
        "operator = \"different_person\"\na = [\"draft\"]\nb = [\"mandate-decision\"]",
    ),
    (
        "response",
        "operator = \"responds_within\"\nafter = [\"draft\"]\nby = [\"mandate-decision\"]\nmode = \"last\"",
    ),
    (
        "precedence",
        "operator = \"precedes\"\nfirst = [\"draft\"]\nthen = [\"mandate-decision\"]",
    ),
    (
        "within 14 days",
        "operator = \"responds_within\"\nafter = [\"draft\"]\nby = [\"mandate-decision\"]\ndays = 14\ncount = \"elapsed\"",
    ),
    ("concentration", "operator = \"concentration\"\nstep = [\"mandate-decision\"]"),
];

/// Opens a snapshot and answers six questions, each apart and all together.
pub(crate) fn six(folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder)?;
    let begun = Instant::now();
    let snapshot = store.snapshot(name)?;
    let batches: Vec<Events> =
        snapshot.scan(&BTreeSet::new(), 1_000_000).collect::<Result<_, _>>()?;
    crate::say(&format!("open {:.3} s", begun.elapsed().as_secs_f64()));
    let begun = Instant::now();
    let mut map = MapBuilder::new();
    for batch in &batches {
        map.push(batch);
    }
    crate::say(&format!("directly-follows {:.3} s", begun.elapsed().as_secs_f64()));
    drop(map);
    let catalogue = catalogue::load(&catalogue::embedded())?;
    for at in 0..LOGIC.len() {
        let (found, assessable, seconds) =
            ask(&snapshot, &batches, &catalogue, at..at + 1)?;
        let name = LOGIC.get(at).map_or("", |(name, _)| *name);
        crate::say(&format!("{name} {seconds:.3} s: {found} of {assessable}"));
    }
    let (.., seconds) = ask(&snapshot, &batches, &catalogue, 0..LOGIC.len())?;
    crate::say(&format!("all five in one pass {seconds:.3} s"));
    Ok(())
}

fn ask(
    snapshot: &Snapshot,
    batches: &[Events],
    catalogue: &Catalogue,
    which: std::ops::Range<usize>,
) -> Result<(u64, u64, f64), Box<dyn Error>> {
    let mut asked = catalogue.clone();
    let pattern =
        asked.rules.values().next().cloned().ok_or("the catalogue has no rules")?;
    asked.rules.clear();
    for (n, (_, logic)) in LOGIC.iter().enumerate().filter(|(n, _)| which.contains(n)) {
        let code = format!("ASK-{n:02}");
        let who = n == 0 || n == 4;
        asked
            .rules
            .insert(code.clone(), crate::peers::rule(&pattern, &code, logic, who)?);
    }
    let set =
        rules::compile(&asked, Process::Permits, &Changes::new(), &BTreeSet::new())?;
    let mut binding = Binding::default();
    for (step, activity) in
        [("draft", "Aanvraag beoordeeld"), ("mandate-decision", "Besluit genomen")]
    {
        let shows = Shows { activity: activity.to_owned(), only: None };
        binding.steps.insert(step.to_owned(), vec![shows]);
    }
    let as_of = jiff::civil::date(2100, 1, 1);
    let log = rules::log::bind(
        &set,
        &binding,
        snapshot.dictionaries(),
        &BTreeSet::new(),
        as_of,
    );
    let begun = Instant::now();
    let mut evaluator = Evaluator::new(&set, &log);
    for batch in batches {
        evaluator.push(batch);
    }
    let evaluation = evaluator.finish(Pedigree {
        snapshot: String::new(),
        content: String::new(),
        parameters: Vec::new(),
        as_of,
    });
    let seconds = begun.elapsed().as_secs_f64();
    let result = evaluation.results.first().ok_or("no result")?;
    Ok((result.found, result.assessable, seconds))
}
