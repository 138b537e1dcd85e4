//! Writing and re-opening a synthetic log of a municipality: 14 activities, 600 handlers,
//! about ten events a case, cases interleaved, rows in the order of time.
//!
//! `cargo bench -p store`; `EVENTS=10000000 cargo bench -p store` for another size.
#![expect(clippy::unwrap_used, reason = "a benchmark that fails may stop")]

use columns::{RawEvent, Sink, TimeCell, WhoKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use model::{Moment, Place};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use store::{BuildOptions, Manifest, SourceFile, Store};

/// 2020-01-01T00:00:00Z.
const START: i64 = 1_577_836_800_000_000;

/// How long the identifier of a case is.
const CASE: usize = 14;

/// The rows of the log, as positions in the lists of texts.
struct Log {
    /// The case of each row behind each other, as in a file: a reader has its text at hand.
    cases: String,
    activities: Vec<String>,
    handlers: Vec<String>,
    rows: Vec<(u8, u16)>,
}

fn log(events: u32) -> Log {
    let cases = (events / 10).max(1);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u32::try_from((state >> 33) % u64::from(below)).unwrap()
    };
    let window = (cases / 20).max(1);
    let mut texts = String::with_capacity(events as usize * CASE);
    let rows = (0..events)
        .map(|row| {
            // a case begins, and its events come within a window of later cases
            let first =
                u32::try_from(u64::from(row) * u64::from(cases) / u64::from(events))
                    .unwrap();
            let case = first.saturating_sub(chance(window));
            write!(texts, "Z-2024-{case:07}").unwrap();
            (u8::try_from(chance(14)).unwrap(), u16::try_from(chance(600)).unwrap())
        })
        .collect();
    Log {
        cases: texts,
        activities: (0..14).map(|n| format!("Aanvraag beoordeeld {n}")).collect(),
        handlers: (0..600).map(|n| format!("medewerker {n:04}")).collect(),
        rows,
    }
}

fn write(log: &Log, dir: &Path) -> Manifest {
    let mut builder =
        Store::open(dir).unwrap().build(BuildOptions::new("permits")).unwrap();
    builder.start_file(SourceFile::default()).unwrap();
    for ((line, at), (activity, who)) in (1_u64..).zip((0..).step_by(CASE)).zip(&log.rows)
    {
        builder
            .event(&RawEvent {
                case: log.cases.get(at..at + CASE),
                activity: log.activities.get(usize::from(*activity)).map(String::as_str),
                time: TimeCell::At(Moment::at(START + line.cast_signed() * 7_000_000)),
                who: log.handlers.get(usize::from(*who)).map(String::as_str),
                case_attributes: &[],
                attributes: &[],
                place: Place::Line(line),
            })
            .unwrap();
    }
    builder.finish(&|_| WhoKind::Person).unwrap().manifest
}

fn reopen(dir: &Path, name: &str) -> usize {
    let snapshot = Store::open(dir).unwrap().snapshot(name).unwrap();
    snapshot.scan(&BTreeSet::new(), usize::MAX).map(|events| events.unwrap().len()).sum()
}

fn benches(criterion: &mut Criterion) {
    let events =
        std::env::var("EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let log = log(events);
    let mut group = criterion.benchmark_group("store");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(events)));
    group.bench_function("write", |bencher| {
        bencher.iter_with_large_drop(|| {
            let dir = tempfile::tempdir().unwrap();
            black_box(write(&log, dir.path()));
            dir
        });
    });
    let dir = tempfile::tempdir().unwrap();
    let name = write(&log, dir.path()).name;
    group.bench_function("re-open", |bencher| {
        bencher.iter(|| black_box(reopen(dir.path(), &name)));
    });
    group.finish();
}

criterion_group!(store, benches);
criterion_main!(store);
