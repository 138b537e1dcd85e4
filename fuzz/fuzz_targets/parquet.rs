//! Any bytes read as Parquet. The reader catches panics of the foreign code it guards and
//! holds back their report, so those are no crash here; every other panic is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::Format;

fuzz_target!(|bytes: &[u8]| {
    fuzz_common::read_as(
        bytes,
        Format::Parquet,
        "format = 1\n[columns]\ncase = \"a\"\nactivity = \"b\"\ntime = \"c\"\nwho = \"d\"\n[keep]\ncolumns = \"all\"\n",
    );
});
