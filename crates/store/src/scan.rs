//! Batches of whole cases, decoded by two threads ahead of the one that asks, in order.

use crate::decode::Decoder;
use crate::error::StoreError;
use columns::{Attribute, Events, Values};
use std::fmt;
use std::ops::Range;
use std::sync::mpsc::{Receiver, sync_channel};

/// How many threads decode.
const THREADS: usize = 2;

/// The events of a snapshot; made by [`crate::Snapshot::scan`].
pub struct Scan {
    decoder: Decoder,
    /// One channel a thread; block `n` comes from thread `n % THREADS`.
    channels: Vec<Receiver<Result<Events, StoreError>>>,
    next_block: usize,
    batch_rows: usize,
    block: Option<Events>,
    /// Where the next batch begins in `block`.
    at: usize,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan")
            .field("next_block", &self.next_block)
            .finish_non_exhaustive()
    }
}

impl Scan {
    pub(crate) fn new(decoder: Decoder, batch_rows: usize) -> Self {
        let blocks = decoder.blocks();
        let mut channels = Vec::new();
        if blocks > 1 {
            for thread in 0..THREADS {
                // one block waits while the next is decoded
                let (give, take) = sync_channel(1);
                let decoder = decoder.clone();
                std::thread::spawn(move || {
                    for block in (thread..blocks).step_by(THREADS) {
                        let events = decoder.decode(block);
                        let last = events.is_err();
                        // nobody listens any more: the scan was dropped
                        if give.send(events).is_err() || last {
                            return;
                        }
                    }
                });
                channels.push(take);
            }
        }
        Self { decoder, channels, next_block: 0, batch_rows, block: None, at: 0 }
    }

    fn next_block(&mut self) -> Option<Result<Events, StoreError>> {
        let block = self.next_block;
        if block >= self.decoder.blocks() {
            return None;
        }
        self.next_block += 1;
        let events = match self.channels.get(block % THREADS) {
            None => self.decoder.decode(block),
            // the thread died while decoding: the bytes make no sense
            Some(channel) => channel.recv().unwrap_or_else(|_died| {
                Err(self.decoder.damaged("a row group cannot be decoded"))
            }),
        };
        if events.is_err() {
            self.next_block = usize::MAX;
            self.channels.clear();
        }
        Some(events)
    }

    /// As many whole cases from `at` on as fit, and at least one.
    fn batch(&mut self) -> Option<Events> {
        let block = self.block.as_ref()?;
        let codes: &[u32] = block.case.values();
        let rest = codes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let mut rows = rest.len().min(self.batch_rows.max(1));
        if let (Some(last), Some(next)) = (rest.get(rows - 1), rest.get(rows))
            && last == next
        {
            // codes ascend: back to where the case begins, or on to its end if it is alone
            let begin = rest.partition_point(|code| code < last);
            rows =
                if begin > 0 { begin } else { rest.partition_point(|code| code <= last) };
        }
        let range = self.at..self.at + rows;
        self.at = range.end;
        Some(slice(block, range))
    }
}

impl Iterator for Scan {
    type Item = Result<Events, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.batch() {
                return Some(Ok(batch));
            }
            match self.next_block()? {
                Ok(events) => (self.block, self.at) = (Some(events), 0),
                Err(error) => {
                    self.block = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Some rows of a table; nothing is copied.
fn slice(events: &Events, range: Range<usize>) -> Events {
    let (at, len) = (range.start, range.len());
    if at == 0 && len == events.len() {
        return events.clone();
    }
    let attributes = events.attributes.iter().map(|(name, attribute)| {
        let values = match &attribute.values {
            Values::Text(array) => Values::Text(array.slice(at, len)),
            Values::Int(array) => Values::Int(array.slice(at, len)),
            Values::Float(array) => Values::Float(array.slice(at, len)),
            Values::Bool(array) => Values::Bool(array.slice(at, len)),
            Values::Time(array) => Values::Time(array.slice(at, len)),
        };
        (name.clone(), Attribute { values })
    });
    Events {
        case: events.case.slice(at, len),
        activity: events.activity.slice(at, len),
        time: events.time.slice(at, len),
        day_only: events.day_only.slice(at, len),
        who: events.who.slice(at, len),
        place: events.place.slice(at, len),
        attributes: attributes.collect(),
    }
}
