//! Any bytes read as a table of text whose columns are called a, b, c and d.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::Format;

fuzz_target!(|bytes: &[u8]| {
    fuzz_common::read_as(
        bytes,
        Format::Csv,
        "format = 1\n[columns]\ncase = \"a\"\nactivity = \"b\"\ntime = \"c\"\nwho = \"d\"\n[keep]\ncolumns = \"all\"\n",
    );
});
