//! How fast a large table of text passes, with a sink that only counts.

use columns::{RawEvent, Refusal, Sink};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use model::Note;
use sources::{Format, Limits, Mapping, read_bytes};
use std::hint::black_box;

const ROWS: u64 = 200_000;

/// Touches what it receives and keeps nothing.
#[derive(Debug, Default)]
struct Counter {
    events: u64,
    signs: u64,
}

impl Sink for Counter {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        self.events += 1;
        let parts = [event.case, event.activity, event.who];
        self.signs += parts.iter().flatten().map(|text| text.len() as u64).sum::<u64>();
        Ok(())
    }

    fn note(&mut self, _: Note) {}
}

/// Four columns, 86 bytes a row.
fn table(quoted: bool) -> String {
    let q = if quoted { "\"" } else { "" };
    let header = format!("{q}zaak{q},{q}stap{q},{q}tijd{q},{q}wie{q}\n");
    let rows = (0..ROWS).map(|row| {
        let (case, day, minute) = (row / 7, 1 + row % 28, row % 60);
        let (step, who) = (row % 27, row % 48);
        format!(
            "{q}zaak-2024-{case:09}{q},{q}T{step:02} controle ontvangst{q},\
             {q}2024-03-{day:02}T09:{minute:02}:11.250+01:00{q},{q}medewerker-{who:03}{q}\n"
        )
    });
    std::iter::once(header).chain(rows).collect()
}

fn speed(criterion: &mut Criterion) {
    let mapping = "format = 1\n[columns]\ncase = \"zaak\"\nactivity = \"stap\"\n\
                   time = \"tijd\"\nwho = \"wie\"\n";
    let mapping = Mapping::parse(mapping, "mapping.toml").unwrap_or_default();
    let mut group = criterion.benchmark_group("csv");
    group.sample_size(10);
    for (name, text) in [("plain", table(false)), ("quoted", table(true))] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut counter = Counter::default();
                let limits = Limits::default();
                let bytes = text.as_bytes();
                let read =
                    read_bytes(bytes, Some(Format::Csv), &mapping, &limits, &mut counter);
                assert!(read.is_ok() && counter.events == ROWS, "{read:?}");
                black_box(counter.signs)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, speed);
criterion_main!(benches);
