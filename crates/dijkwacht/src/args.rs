//! The arguments. Others script against them: a verb or an option is never renamed.

pub(crate) mod people;
pub(crate) mod plan;
pub(crate) mod serve;

use clap::{Parser, Subcommand, ValueEnum};
use model::{Date, Lang, Process};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  dijkwacht demo
      make a demonstration municipality, evaluate it and show the result
  dijkwacht bind log.xes.gz --process permits --out binding.toml
      propose how the activities of a log join the steps of the catalogue
  dijkwacht read log.xes.gz --process permits --binding binding.toml
  dijkwacht evaluate
  dijkwacht picture --html picture.html

Exit codes: 0 done, 1 the data or the content has faults, 2 wrong use, 3 not allowed.";

/// Shows which processes of a public body can be undermined, how often, and with which rows
/// that is proved.
#[derive(Debug, Parser)]
#[command(name = "dijkwacht", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// One documented JSON value on standard output; everything else on standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The language of what is shown.
    #[arg(long, global = true, default_value = "nl", value_name = "nl|en")]
    pub(crate) lang: Lang,
    /// Content of the organisation, laid over that of the program (a folder shaped like `content/`).
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) content: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, global = true, default_value = "auto")]
    pub(crate) colour: Colour,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// Only on a terminal, and not where `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where the data directory lies.
#[derive(Debug, clap::Args)]
pub(crate) struct Dir {
    /// The data directory.
    #[arg(long, value_name = "DIR", default_value = "dijkwacht-data")]
    pub(crate) dir: PathBuf,
}

/// `NAME=FILE`.
fn table(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok((name.to_owned(), PathBuf::from(file)))
        }
        _ => Err("write the name of the table and its file, such as party=chamber.csv"
            .to_owned()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Read log files of one process into an immutable snapshot.
    #[command(after_help = "\
Examples:
  dijkwacht read permits.xes.gz --process permits --binding permits.toml
  dijkwacht read invoices.csv --process payments --mapping invoices-mapping.toml
  dijkwacht read access.csv contacts.csv --process information --mapping access.toml --json
  dijkwacht read grants.csv --process subsidies --mapping grants.toml --table party=chamber.csv

Formats: XES, XES.gz, CSV (also packed), Parquet, OCEL 2.0 (JSON, XML, SQLite). The format is
found by what stands in the file.")]
    Read {
        /// The files, in order; `-` reads standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The process the log belongs to.
        #[arg(long, value_name = "CODE")]
        process: Process,
        /// How columns of the file become columns of the vocabulary.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// How activities of the log become steps of the catalogue; proposed where absent.
        #[arg(long, value_name = "FILE")]
        binding: Option<PathBuf>,
        /// The file of a table that the mapping joins to the events; may be given more than once.
        #[arg(long = "table", value_name = "NAME=FILE", value_parser = table)]
        tables: Vec<(String, PathBuf)>,
        #[command(flatten)]
        dir: Dir,
    },
    /// Propose a binding for a log, and say what could not be placed.
    #[command(after_help = "\
Examples:
  dijkwacht bind permits.xes.gz --process permits > permits.toml
  dijkwacht bind --snapshot permits-0a1b2c3d4e --process permits --out permits.toml")]
    Bind {
        /// The log.
        #[arg(
            value_name = "FILE",
            required_unless_present = "snapshot",
            conflicts_with = "snapshot"
        )]
        file: Option<PathBuf>,
        /// A snapshot instead of a file.
        #[arg(long, value_name = "ID")]
        snapshot: Option<String>,
        /// The process the log belongs to.
        #[arg(long, value_name = "CODE")]
        process: Process,
        /// How columns of the file become columns of the vocabulary.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Write the binding to a file instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        dir: Dir,
    },
    /// Evaluate the rules on the latest snapshots and carry the findings forward.
    #[command(after_help = "\
Examples:
  dijkwacht evaluate
  dijkwacht evaluate --process permits --rule GEN-03 --rule VER-01 --json
  dijkwacht evaluate --as-of 2026-10-31 --set FIN-10.limit=2500000")]
    Evaluate {
        /// One process instead of all.
        #[arg(long, value_name = "CODE")]
        process: Option<Process>,
        /// Only this rule; may be given more than once.
        #[arg(long = "rule", value_name = "CODE")]
        rules: Vec<String>,
        /// The day on which the picture is drawn; terms that run on it are still open.
        /// Default: the day of the last event of the log.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// Change a parameter of a rule: RULE.PARAMETER=NUMBER; may be given more than once.
        #[arg(long = "set", value_name = "RULE.PARAMETER=NUMBER")]
        changes: Vec<String>,
        #[command(flatten)]
        dir: Dir,
    },
    /// List the findings of the last run with the rows that prove them.
    #[command(after_help = "\
Examples:
  dijkwacht findings --rule VER-01
  dijkwacht findings --new --json")]
    Findings {
        /// Only findings of this rule; may be given more than once.
        #[arg(long = "rule", value_name = "CODE")]
        rules: Vec<String>,
        /// Only findings that the last run saw for the first time.
        #[arg(long)]
        new: bool,
        /// Show closed findings too.
        #[arg(long, conflicts_with = "new")]
        closed: bool,
        #[command(flatten)]
        dir: Dir,
    },
    /// Draw the picture: water, dike and freeboard of each process, what people said beside what
    /// the data show; and of each log its control tests, what could not be judged, the map.
    #[command(after_help = "\
Examples:
  dijkwacht picture
  dijkwacht picture --process permits --lang en --html permits.html
  dijkwacht picture --round 3 --keep --as lies
  dijkwacht picture --region figures.json

Where an organisation has rounds, what people said is beside what the data show. Who may not read
answers sees the picture that was kept last.")]
    Picture {
        /// One process instead of all.
        #[arg(long, value_name = "CODE")]
        process: Option<Process>,
        /// The day on which the data are judged.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Date>,
        /// The round; without it the last one that was opened.
        #[arg(long, value_name = "N")]
        round: Option<i64>,
        /// Keep it in the records, so that the next one is laid beside it.
        #[arg(long)]
        keep: bool,
        /// Regional figures to compare with (`dijkwacht/region/1`).
        #[arg(long, value_name = "FILE")]
        region: Option<PathBuf>,
        /// Write one self-contained HTML file.
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Whose, and who asks. A name that the records do not know is the heading of the file.
        #[command(flatten)]
        who: people::Who,
    },
    /// Make the demonstration municipality Dijkveen, evaluate it and serve the result.
    #[command(after_help = "\
Examples:
  dijkwacht demo
  dijkwacht demo --clean --no-serve --dir clean-data
  dijkwacht demo --seed 7 --cases-per-year 2000 --lang en --port 8080")]
    Demo {
        /// The same seed gives the same bytes.
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        /// About how many cases a year, over all processes.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
        cases_per_year: Option<u32>,
        /// Without any planted weakness.
        #[arg(long)]
        clean: bool,
        /// Stop after the evaluation.
        #[arg(long)]
        no_serve: bool,
        /// The port on 127.0.0.1; 0 takes a free one.
        #[arg(long, default_value_t = 0, value_name = "N")]
        port: u16,
        /// The data directory; the demonstration is made anew in it.
        #[arg(long, value_name = "DIR", default_value = "dijkwacht-demo")]
        dir: PathBuf,
    },
    /// Organisations: begin one, say how it stands, give roles.
    #[command(subcommand)]
    Organisation(people::OrganisationVerb),
    /// Rounds of the self-scan: prepare, ask people, follow, agree.
    #[command(subcommand)]
    Round(people::RoundVerb),
    /// Answer what you are asked.
    #[command(subcommand)]
    Answer(people::AnswerVerb),
    /// What first within the hours there are; measures in progress; what was decided.
    #[command(subcommand)]
    Plan(plan::PlanVerb),
    /// The log of an organisation: who did what, whether it is whole, what our own rules say.
    #[command(subcommand)]
    Log(people::LogVerb),
    /// The records as a whole: an archive.
    #[command(subcommand)]
    Records(people::RecordsVerb),
    /// Write a backup of the records to a file that does not exist yet, while others work.
    Backup {
        /// The file.
        target: PathBuf,
        #[command(flatten)]
        who: people::Who,
    },
    /// Bring a backup back into a data directory that holds no records.
    Restore {
        /// The backup.
        from: PathBuf,
        #[command(flatten)]
        who: people::Who,
    },
    /// Serve the application to browsers.
    #[command(after_help = "\
Examples:
  dijkwacht serve
  dijkwacht serve --listen 127.0.0.1:8300 --address https://dijkwacht.dijkveen.example --owner \"Gemeente Dijkveen\"")]
    Serve(serve::Serve),
    /// Accounts with which people come in.
    #[command(subcommand)]
    Account(serve::AccountVerb),
    /// The key with which names behind pseudonyms are opened.
    #[command(subcommand)]
    Unlock(serve::UnlockVerb),
    /// Look into the catalogue.
    #[command(subcommand)]
    Catalogue(CatalogueVerb),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueVerb {
    /// Check all content: every fault with file, line and what to do; runs the examples.
    Check,
    /// List every item: code, kind, title.
    List {
        /// Only items of this kind, such as measure or rule.
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// How many items and texts there are of each kind, instead of the items.
        #[arg(long, conflicts_with = "kind")]
        summary: bool,
    },
    /// Show one item by its code.
    Show {
        /// The code, such as GEN-03, B02, C01 or permits.
        code: String,
    },
    /// Bring the whole catalogue out, as JSON or as a workbook to edit.
    #[command(after_help = "\
Examples:
  dijkwacht catalogue export > catalogue.json
  dijkwacht catalogue export --format xlsx --out catalogue.xlsx")]
    Export {
        /// In what form.
        #[arg(long, default_value = "json")]
        format: ExportFormat,
        /// The file; standard output without it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Bring an edited workbook back: shows what differs, and writes only with --write.
    #[command(after_help = "\
Examples:
  dijkwacht catalogue import catalogue.xlsx --into my-content
  dijkwacht catalogue import catalogue.xlsx --into my-content --write")]
    Import {
        /// The workbook.
        file: PathBuf,
        /// The folder shaped like `content/` that is laid over the content of the program; made when needed.
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// Write the changed files, if the content as a whole then has no fault.
        #[arg(long)]
        write: bool,
    },
    /// Tell what changed since an older content.
    Diff {
        /// A folder shaped like `content/`, or a file that `catalogue export` wrote.
        old: PathBuf,
    },
    /// Read figures of open tables (CSV: indicator;area;period;value) and tell what they suggest.
    Indicators {
        /// The file.
        file: PathBuf,
    },
}

/// In what form the catalogue is brought out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One documented JSON value.
    Json,
    /// A workbook.
    Xlsx,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_of_every_verb_fit_together() {
        Args::command().debug_assert();
    }
}
