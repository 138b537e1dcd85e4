//! The arguments of the verbs with which people work together: organisations, rounds, answers,
//! plans and records.

use super::Dir;
use access::Role;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use model::{Date, Process};
use records::{
    MeasureStatus, OrganisationKind, RoundStatus, Said, Side, SizeClass, Track,
};
use std::path::PathBuf;

/// Whose records, and who acts.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// The organisation, by its name in commands; may be left out where you are in one only.
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,
    /// Who acts: a reference to a person, as the log shall show it.
    #[arg(
        long = "as",
        value_name = "PERSON",
        env = "DIJKWACHT_AS",
        hide_env_values = true
    )]
    pub(crate) acting: Option<String>,
    /// The connection string of a `PostgreSQL` database, in the place of the file in the data
    /// directory. Better given in the environment: arguments are seen by others.
    #[arg(long, value_name = "URL", env = "DIJKWACHT_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    #[command(flatten)]
    pub(crate) dir: Dir,
}

impl Who {
    /// The person who acts: as named, or as the operating system names them.
    pub(crate) fn name(&self) -> String {
        let system = || {
            ["USER", "LOGNAME", "USERNAME"]
                .iter()
                .find_map(|name| std::env::var(name).ok())
        };
        self.acting.clone().or_else(system).unwrap_or_else(|| "keeper".to_owned())
    }

    /// This very moment.
    pub(crate) fn now() -> Timestamp {
        Timestamp::now()
    }
}

/// A word out of a closed list of the records.
macro_rules! word {
    ($name:ident, $kind:ty) => {
        pub(super) fn $name(text: &str) -> Result<$kind, String> {
            <$kind>::ALL.iter().copied().find(|word| word.code() == text).ok_or_else(
                || {
                    let all: Vec<&str> =
                        <$kind>::ALL.iter().map(|word| word.code()).collect();
                    format!("choose one of {}", all.join(", "))
                },
            )
        }
    };
}
word!(kind, OrganisationKind);
word!(size, SizeClass);
word!(track, Track);
word!(status, RoundStatus);
word!(side, Side);
word!(measure_status, MeasureStatus);
word!(role, Role);

/// `0` to `3`, `?`, or `n/a: reason` (`nvt: reden`).
pub(crate) fn said(text: &str) -> Result<Said, String> {
    let reason =
        ["n/a:", "nvt:", "n.v.t.:"].iter().find_map(|mark| text.strip_prefix(mark));
    match (text, reason) {
        ("?", _) => Ok(Said::Unknown),
        (_, Some(reason)) if !reason.trim().is_empty() => {
            Ok(Said::NotApplicable { reason: reason.trim().to_owned() })
        }
        (_, Some(_)) => {
            Err("say why it does not apply: \"n/a: we have no passports\"".to_owned())
        }
        (level, None) => match level.parse() {
            Ok(level @ 0..=3) => Ok(Said::Level(level)),
            Ok(_) | Err(_) => {
                Err("give a level 0 to 3, `?`, or \"n/a: reason\"".to_owned())
            }
        },
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum OrganisationVerb {
    /// Begin an organisation; you become its administrator and coordinator.
    #[command(after_help = "\
Examples:
  dijkwacht organisation add dijkveen --title \"Gemeente Dijkveen\" --kind municipality --size 20000-50000 --as lies")]
    Add {
        /// Its name in commands: small letters, digits and hyphens; stays for good.
        name: String,
        /// Its name on screens.
        #[arg(long)]
        title: String,
        /// municipality, province, water-board, riec or joint.
        #[arg(long, value_parser = kind)]
        kind: OrganisationKind,
        /// up-to-20000, 20000-50000, 50000-100000 or over-100000.
        #[arg(long, value_parser = size)]
        size: Option<SizeClass>,
        /// Its first day.
        #[arg(long, value_name = "DATE", default_value = "2000-01-01")]
        from: Date,
        #[command(flatten)]
        who: Who,
    },
    /// List the organisations you are in.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Show how an organisation stands: regions, processes, settings, who holds which role.
    Show {
        #[command(flatten)]
        who: Who,
    },
    /// Write down a new name, size, or last day.
    Change {
        /// A new name on screens.
        #[arg(long)]
        title: Option<String>,
        /// A new size class.
        #[arg(long, value_parser = size)]
        size: Option<SizeClass>,
        /// Its last day.
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
        /// The organisation it went on as.
        #[arg(long, value_name = "NAME")]
        successor: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Say that it is in a region: a province, a RIEC, a safety region, a norm group.
    Join {
        /// The region.
        region: String,
        /// First day.
        #[arg(long, value_name = "DATE")]
        from: Date,
        /// Last day.
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
        #[command(flatten)]
        who: Who,
    },
    /// Say whether a process is looked at, and why.
    Scope {
        /// The process.
        process: Process,
        /// Leave it out from now on; without it the process is looked at.
        #[arg(long)]
        out: bool,
        /// Why, or why not.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
    /// Set something: `least-group` or `attractiveness.PROCESS`.
    #[command(after_help = "\
Examples:
  dijkwacht organisation set least-group 5
  dijkwacht organisation set attractiveness.permits \"high: a harbour with many storage sheds\"")]
    Set {
        /// What.
        name: String,
        /// To what.
        value: String,
        #[command(flatten)]
        who: Who,
    },
    /// Give a role to a person.
    Grant {
        /// The reference to the person.
        to: String,
        /// The role; `organisation roles` lists them.
        #[arg(value_parser = role)]
        role: Role,
        #[command(flatten)]
        who: Who,
    },
    /// Take a role from a person.
    Revoke {
        /// The reference to the person.
        from: String,
        /// The role.
        #[arg(value_parser = role)]
        role: Role,
        #[command(flatten)]
        who: Who,
    },
    /// Print who may do what: the table of access.
    Roles,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RoundVerb {
    /// Prepare a round.
    #[command(after_help = "\
Examples:
  dijkwacht round add \"Voorjaar 2026\" --held-on 2026-04-14 --profile P-SHORT --track short --closes-on 2026-04-30")]
    Add {
        /// Its name on screens.
        title: String,
        /// The day it is about.
        #[arg(long, value_name = "DATE")]
        held_on: Date,
        /// full or short.
        #[arg(long, value_parser = track, default_value = "full")]
        track: Track,
        /// The profile of the catalogue that says which questions are asked.
        #[arg(long, value_name = "CODE", default_value = "P-FULL")]
        profile: String,
        /// Until when it takes answers, as respondents are told.
        #[arg(long, value_name = "DATE")]
        closes_on: Option<Date>,
        #[command(flatten)]
        who: Who,
    },
    /// List the rounds.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Show how far a round is, assignment by assignment.
    Show {
        /// The round; without it the last one.
        round: Option<i64>,
        #[command(flatten)]
        who: Who,
    },
    /// Let it go on: open, closed, agreed; or open again after closed.
    Set {
        /// The round.
        round: i64,
        /// open, closed or agreed.
        #[arg(value_parser = status)]
        status: RoundStatus,
        #[command(flatten)]
        who: Who,
    },
    /// Ask somebody about a process, or many people at once from a file.
    #[command(after_help = "\
Examples:
  dijkwacht round assign 1 --process permits --part team-leader --side management --person kees
  dijkwacht round assign 1 --process permits --part desk --side work-floor --seats 6
  dijkwacht round assign 1 --file people.csv

The file is a CSV with the columns process;part;side;person;seats (person or seats filled in).")]
    Assign(Assign),
    /// Hand an assignment over to somebody else, or withdraw it.
    HandOver {
        /// The assignment.
        assignment: i64,
        /// Who takes over; without it the assignment is withdrawn.
        #[arg(long, value_name = "PERSON")]
        to: Option<String>,
        /// Why.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
    /// Make a link with which an assignment can be answered without an account.
    Link {
        /// The assignment.
        assignment: i64,
        /// The last day on which it works.
        #[arg(long, value_name = "DATE")]
        until: Date,
        #[command(flatten)]
        who: Who,
    },
    /// Write reminders for whoever has still to answer: a mail each in a folder, or an iCalendar
    /// with the closing day. Nothing is sent.
    #[command(after_help = "\
Examples:
  dijkwacht round remind 2 --mails reminders --sender \"Lies <lies@dijkveen.example>\" --addresses addresses.csv
  dijkwacht round remind 2 --calendar closing.ics

The file of addresses is a CSV with the columns person;address. It is read and not kept. A mail
without an address is a draft.")]
    Remind(Remind),
    /// Show how the answers lie, for the meeting; counts only above the least group.
    Spread {
        /// The round.
        round: i64,
        /// One process instead of all.
        #[arg(long)]
        process: Option<Process>,
        #[command(flatten)]
        who: Who,
    },
    /// Keep a count of hands in the meeting.
    #[command(after_help = "\
Examples:
  dijkwacht round tally 2 permits B01 --votes 0=1,1=4,2=2,?=1")]
    Tally {
        /// The round.
        round: i64,
        /// The process.
        process: Process,
        /// The question, by its code.
        question: String,
        /// How many for each answer: levels 0 to 3, `?` and `n/a`.
        #[arg(long, value_name = "ANSWER=N,…")]
        votes: String,
        #[command(flatten)]
        who: Who,
    },
    /// Keep what was agreed in the meeting; it takes the place of the median.
    #[command(after_help = "\
Examples:
  dijkwacht round agree 2 permits B01 1 --because \"four eyes stands in the mandate and is skipped in summer\"")]
    Agree {
        /// The round.
        round: i64,
        /// The process.
        process: Process,
        /// The question, by its code.
        question: String,
        /// A level 0 to 3, `?`, or "n/a: reason".
        #[arg(value_parser = said)]
        said: Said,
        /// Why.
        #[arg(long)]
        because: String,
        #[command(flatten)]
        who: Who,
    },
}

/// What reminders are written.
#[derive(Debug, Args)]
pub(crate) struct Remind {
    /// The round.
    pub(crate) round: i64,
    /// Addresses by person.
    #[arg(long, value_name = "FILE", requires = "mails")]
    pub(crate) addresses: Option<PathBuf>,
    /// The folder of mails (.eml); made where it is absent.
    #[arg(
        long,
        value_name = "DIR",
        required_unless_present = "calendar",
        requires = "sender"
    )]
    pub(crate) mails: Option<PathBuf>,
    /// Who sends them: an address, or a name with the address in angle brackets.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) sender: Option<String>,
    /// Where questions are answered, for in the mail.
    #[arg(long, value_name = "URL", default_value = "")]
    pub(crate) link: String,
    /// The iCalendar with the closing day.
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Who is asked about what.
#[derive(Debug, Args)]
pub(crate) struct Assign {
    /// The round.
    pub(crate) round: i64,
    /// The process.
    #[arg(long, required_unless_present = "file")]
    pub(crate) process: Option<Process>,
    /// The function or group that is asked.
    #[arg(long, required_unless_present = "file")]
    pub(crate) part: Option<String>,
    /// management, work-floor or other.
    #[arg(long, value_parser = side, required_unless_present = "file")]
    pub(crate) side: Option<Side>,
    /// The reference to one person.
    #[arg(long, conflicts_with = "seats")]
    pub(crate) person: Option<String>,
    /// So many people of whom nothing is written down.
    #[arg(long)]
    pub(crate) seats: Option<u32>,
    /// All assignments of a CSV file, or none where one of them is wrong.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["process", "part", "side", "person", "seats"])]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AnswerVerb {
    /// List what you are asked, and how far you are.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Show the questions of an assignment with your answers and those of last time.
    Show {
        /// The assignment.
        assignment: i64,
        /// Only what is still open.
        #[arg(long)]
        open: bool,
        #[command(flatten)]
        who: Who,
    },
    /// Answer a question. A later answer counts in the place of an earlier one, which stays.
    #[command(after_help = "\
Examples:
  dijkwacht answer give 4 B01 2 --explanation \"a second colleague signs\" --as kees
  dijkwacht answer give 4 B12 3 --evidence Z-2026-0114 --evidence-of 2026-03-01 --valid-to 2027-03-01
  dijkwacht answer give 4 C07 \"n/a: we issue no passports\"
  dijkwacht answer give --link 7hq… --code 2mk… C07 ?")]
    Give {
        /// The assignment (with --link left out), the question and the answer: a level 0 to 3,
        /// `?`, or "n/a: reason".
        #[arg(required = true, num_args = 2..=3, value_name = "ASSIGNMENT QUESTION ANSWER")]
        what: Vec<String>,
        /// In own words: how it works, without people.
        #[arg(long)]
        explanation: Option<String>,
        /// Where it can be seen: an address or a file number.
        #[arg(long, requires = "evidence_of")]
        evidence: Option<String>,
        /// The day the evidence is from.
        #[arg(long, value_name = "DATE", requires = "evidence")]
        evidence_of: Option<Date>,
        /// The last day on which the evidence counts.
        #[arg(long, value_name = "DATE", requires = "evidence")]
        valid_to: Option<Date>,
        /// The secret of a link, in the place of an account.
        #[arg(long, value_name = "SECRET")]
        link: Option<String>,
        /// Your own code, given with your first anonymous answer.
        #[arg(long, value_name = "CODE", requires = "link")]
        code: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Write the questions of an assignment as a workbook to fill in without the program.
    Export {
        /// The assignment.
        assignment: i64,
        /// The workbook.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        who: Who,
    },
    /// Bring in a workbook that was filled in: all of it, or nothing and every fault.
    Import {
        /// The assignment.
        assignment: i64,
        /// The workbook.
        file: PathBuf,
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum LogVerb {
    /// Show the log of an organisation: who did what, and what was refused.
    List {
        #[command(flatten)]
        who: Who,
    },
    /// Check that the log is whole and that every row is as it was when it was entered.
    Verify {
        /// The ends that an earlier check gave: ENTRIES:HASH of the chain with names.
        #[arg(long, value_name = "N:HASH")]
        named: Option<String>,
        /// The same of the chain of anonymous answers.
        #[arg(long, value_name = "N:HASH", requires = "named")]
        anonymous: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Judge our own rules over the log: look-ups without a case, or out of hours.
    Rules {
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordsVerb {
    /// Write everything as one JSON archive.
    Export {
        /// The file; standard output without it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        who: Who,
    },
    /// Bring an archive into records that are empty.
    Import {
        /// The archive; `-` reads standard input.
        file: PathBuf,
        #[command(flatten)]
        who: Who,
    },
}
