//! What people said and decided, kept for good: organisations, rounds, answers, pictures,
//! plans, measures, decisions and the log of who did what. Small, precious, relational, and
//! never overwritten: a new row says how things stand now, the old one stays.
//!
//! The same tables stand in `SQLite` (one file in the data folder) or in `PostgreSQL`. Every
//! read and write takes an [`access::Actor`] and asks [`access::allowed`]; a refusal is
//! written into the log of the organisation that was asked for. Time is an argument.
//!
//! Start reading at [`Records`].

mod answers;
mod archive;
mod audit;
mod backup;
mod database;
mod entries;
mod entry;
mod error;
mod fields;
mod migrate;
mod postgresql;
mod records;
mod sqlite;
mod tables;
mod writing;

pub use answers::{Answer, Evidence, Given, Progress, Said, When};
pub use archive::{FORM, FORM_VERSION, organisations_in};
pub use audit::{Head, LogEntry, Verified};
pub use backup::{organisations_of_backup, restore};
pub use database::{DatabaseFault, Kind};
pub use entries::{
    AgreedAnswer, Assignment, Decision, Grant, Link, Look, Measure, MeasureState,
    MeasureStatus, Membership, NameLook, NameRequest, NameVerdict, Organisation,
    OrganisationKind, Picture, Plan, ProcessInScope, Respondents, Round, RoundState,
    RoundStatus, RoundTerm, Setting, Side, SizeClass, Tally, Track, Triage, Verdict,
    Withdrawal,
};
pub use entry::{Entry, Kept, latest};
pub use error::RecordsError;
pub use records::{Linked, Records, hash_of_link, is_there};
