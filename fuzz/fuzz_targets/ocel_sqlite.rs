//! Any bytes read as an OCEL 2.0 database with the types A and B.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::Format;

fuzz_target!(|bytes: &[u8]| {
    fuzz_common::read_as(
        bytes,
        Format::OcelSqlite,
        "format = 1\n[ocel]\ncase = \"A\"\nwho = { object = \"B\" }\n",
    );
});
