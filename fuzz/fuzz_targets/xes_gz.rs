//! Any bytes read as packed XES: once packed here, so that what is inside is reached, and
//! once as they are behind the sign of gzip, so that damaged packing is reached.
#![no_main]

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use sources::Format;
use std::io::Write as _;

fuzz_target!(|bytes: &[u8]| {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    if packed.write_all(bytes).is_ok()
        && let Ok(packed) = packed.finish()
    {
        fuzz_common::read_as(&packed, Format::Xes, "format = 1\n");
    }
    let damaged = [&[0x1f, 0x8b, 8, 0], bytes].concat();
    fuzz_common::read_as(&damaged, Format::Xes, "format = 1\n");
});
