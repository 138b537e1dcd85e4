//! Any bytes read as XES.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::Format;

fuzz_target!(|bytes: &[u8]| {
    fuzz_common::read_as(bytes, Format::Xes, "format = 1\n");
});
