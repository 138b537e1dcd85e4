//! Any text read as a mapping, and a small table read with it where it is one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::Format;

fuzz_target!(|text: &str| {
    let table = "a;b;c;d\n1;open;2024-01-02 10:00;jan\n2;\"x;y\";03-04-2024;\n";
    fuzz_common::read_as(table.as_bytes(), Format::Csv, text);
    let log = "<log><trace><string key='concept:name' value='1'/><event>\
               <string key='a' value='b'/></event></trace></log>";
    fuzz_common::read_as(log.as_bytes(), Format::Xes, text);
});
