//! All events of one case: what lies around the rows that prove a finding.

use crate::{AppError, Installation};
use findings::{Row, Source, rows_of_case};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// How many rows are read at a time.
const BATCH_ROWS: usize = 65_536;

/// The events of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEvents {
    /// The files of the log; [`Row::file`] is a position in it.
    pub files: Vec<String>,
    /// The events, in the order of time; those without a time last.
    pub rows: Vec<Row>,
}

impl Installation {
    /// All events of a case in a snapshot of an organisation, with pseudonyms. Whoever calls this has
    /// said in the log who looks. Empty where the case is not in it.
    ///
    /// # Errors
    /// A snapshot that is gone or damaged.
    pub fn case_events(
        &self,
        (organisation, snapshot): (&str, &str),
        case: &str,
        now: Timestamp,
    ) -> Result<CaseEvents, AppError> {
        let snapshot = self.office(organisation, now)?.store.snapshot(snapshot)?;
        let files: Vec<String> =
            snapshot.manifest().files.iter().map(|file| file.name.clone()).collect();
        let source = Source { dictionaries: snapshot.dictionaries(), files: &files };
        let mut rows = Vec::new();
        if let Some(code) = source.dictionaries.case.code(case) {
            for batch in snapshot.scan(&BTreeSet::new(), BATCH_ROWS) {
                rows = rows_of_case(&batch?, code, &source);
                // a case lies in one batch
                if !rows.is_empty() {
                    break;
                }
            }
        }
        Ok(CaseEvents { files, rows })
    }
}
