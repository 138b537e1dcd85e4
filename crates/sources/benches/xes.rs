//! How fast XES is read, on the largest real log there is at hand.

use columns::{RawEvent, Refusal, Sink};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use model::Note;
use sources::{Format, Limits, Mapping, read};
use std::hint::black_box;
use std::path::Path;

/// Looks at everything and keeps nothing.
#[derive(Default)]
struct Counter {
    events: u64,
    attributes: u64,
}

impl Sink for Counter {
    fn event(&mut self, event: &RawEvent<'_>) -> Result<(), Refusal> {
        self.events += 1;
        self.attributes += (event.attributes.len() + event.case_attributes.len()) as u64;
        black_box(event);
        Ok(())
    }

    fn note(&mut self, note: Note) {
        black_box(note);
    }
}

fn logs(criterion: &mut Criterion) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/eventlogs");
    let mut group = criterion.benchmark_group("xes");
    group.sample_size(10);
    for (name, events) in
        [("receipt", 8_577_u64), ("bpic2012", 262_200), ("road_traffic_fines", 561_470)]
    {
        let path = folder.join(format!("{name}.xes.gz"));
        if !path.exists() {
            continue;
        }
        group.throughput(Throughput::Elements(events));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut sink = Counter::default();
                let done = read(
                    &path,
                    Some(Format::Xes),
                    &Mapping::default(),
                    &Limits::default(),
                    &mut sink,
                    &mut |_| {},
                );
                assert!(done.is_ok() && sink.events == events);
                sink.attributes
            });
        });
    }
    group.finish();
}

criterion_group!(benches, logs);
criterion_main!(benches);
