//! Any bytes brought back as a workbook of the catalogue.
#![no_main]

use exchange::catalogue::{change, workbook};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((brought, _)) = workbook::read(bytes) {
        let files = catalogue::embedded();
        let changes = change::compare(&files, &brought);
        if let Err(faults) = change::apply(&files, &changes.differences) {
            assert!(faults.iter().all(|fault| !fault.is_empty()), "a fault says something");
        }
    }
});
