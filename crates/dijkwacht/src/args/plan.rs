//! The arguments of `dijkwacht plan`.

use super::people::{Who, measure_status};
use clap::{Args, Subcommand};
use model::{Date, Process};
use records::MeasureStatus;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum PlanVerb {
    /// Find the measures that lower the shortfall most within the hours there are.
    #[command(after_help = "\
Examples:
  dijkwacht plan propose --hours 60 --hours-yearly 30 --euros 10000
  dijkwacht plan propose --hours 60,40 --must M012 --not M031 --later M044=2
  dijkwacht plan propose --hours 60 --keep \"Plan 2026\"

Several years are separated by commas; what is left out has no limit.")]
    Propose(Propose),
    /// List the plans that were kept.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Take up the measures of a plan that was kept: each gets an owner and dates afterwards.
    Adopt {
        /// The plan, by its title.
        title: String,
        /// The function that owns them until another is named.
        #[arg(long, default_value = "coordinator")]
        owner: String,
        /// When the first year begins.
        #[arg(long, value_name = "DATE")]
        from: Date,
        #[command(flatten)]
        who: Who,
    },
    /// Take up one measure by hand.
    Add {
        /// The measure, by its code.
        code: String,
        /// The process; without it for all.
        #[arg(long)]
        process: Option<Process>,
        /// The function that owns it.
        #[arg(long)]
        owner: String,
        /// When it begins.
        #[arg(long, value_name = "DATE")]
        starts: Option<Date>,
        /// When it should be done.
        #[arg(long, value_name = "DATE")]
        due: Option<Date>,
        /// After how many months it comes again.
        #[arg(long, value_name = "N")]
        every_months: Option<i64>,
        #[command(flatten)]
        who: Who,
    },
    /// Say how far a measure is.
    Set {
        /// The measure, by its number in `plan measures`.
        measure: i64,
        /// planned, started, done or stopped; as it was where left out.
        #[arg(long, value_parser = measure_status)]
        status: Option<MeasureStatus>,
        /// The function that owns it from now on.
        #[arg(long)]
        owner: Option<String>,
        /// When it begins.
        #[arg(long, value_name = "DATE")]
        starts: Option<Date>,
        /// When it should be done, or was done.
        #[arg(long, value_name = "DATE")]
        due: Option<Date>,
        /// What there is to say.
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// List the measures that were taken up, or write them as CSV, workbook or iCalendar.
    #[command(after_help = "\
Examples:
  dijkwacht plan measures
  dijkwacht plan measures --csv measures.csv --xlsx measures.xlsx --calendar measures.ics")]
    Measures {
        /// Write a CSV that opens right in a Dutch spreadsheet.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// Write a workbook.
        #[arg(long, value_name = "FILE")]
        xlsx: Option<PathBuf>,
        /// Write an iCalendar.
        #[arg(long, value_name = "FILE")]
        calendar: Option<PathBuf>,
        #[command(flatten)]
        who: Who,
    },
    /// Show what measures that are done should bring, beside what was said and shown since.
    Effect {
        #[command(flatten)]
        who: Who,
    },
    /// Keep what a body decided.
    #[command(after_help = "\
Examples:
  dijkwacht plan decide --plan \"Plan 2026\" --body college --on 2026-03-17 --wording \"vastgesteld\"")]
    Decide {
        /// About a plan that was kept, by its title.
        #[arg(long, value_name = "TITLE")]
        plan: Option<String>,
        /// About a round.
        #[arg(long, value_name = "N")]
        round: Option<i64>,
        /// Who decided.
        #[arg(long)]
        body: String,
        /// On which day.
        #[arg(long, value_name = "DATE")]
        on: Date,
        /// In its own words.
        #[arg(long)]
        wording: String,
        #[command(flatten)]
        who: Who,
    },
    /// List what was decided.
    Decisions {
        #[command(flatten)]
        who: Who,
    },
}

/// What there is to spend, and what must and must not be in.
#[derive(Debug, Args)]
pub(crate) struct Propose {
    /// Hours for what starts, one number a year.
    #[arg(long, value_name = "N,…", value_delimiter = ',', required = true)]
    pub(crate) hours: Vec<u64>,
    /// Hours a year for what runs, one number a year.
    #[arg(long, value_name = "N,…", value_delimiter = ',')]
    pub(crate) hours_yearly: Vec<u64>,
    /// Whole euros, one number a year.
    #[arg(long, value_name = "N,…", value_delimiter = ',')]
    pub(crate) euros: Vec<u64>,
    /// How many organisations carry a shared measure together, your own included.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) partners: u32,
    /// A measure that must be in; may be given more than once.
    #[arg(long, value_name = "CODE")]
    pub(crate) must: Vec<String>,
    /// A measure that must not.
    #[arg(long, value_name = "CODE")]
    pub(crate) not: Vec<String>,
    /// A measure not before a year: CODE=YEAR, the first year being 1.
    #[arg(long, value_name = "CODE=YEAR")]
    pub(crate) later: Vec<String>,
    /// The round; without it the last one.
    #[arg(long, value_name = "N")]
    pub(crate) round: Option<i64>,
    /// Only these processes; may be given more than once.
    #[arg(long, value_name = "CODE")]
    pub(crate) process: Vec<Process>,
    /// Keep it in the records under this name.
    #[arg(long, value_name = "TITLE")]
    pub(crate) keep: Option<String>,
    /// Write it as one HTML file.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) who: Who,
}
