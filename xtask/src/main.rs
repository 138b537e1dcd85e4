//! `cargo xtask`: the arguments of the house.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{Failure, Workspace, assets, ci, generated, new, say, test, tidy};

/// Keeps the house in order: checks, tests, derived files, skeletons of content.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run every check, cheapest first, and stop at the first that fails
    Ci,
    /// Run all tests and doc tests, and say which optional ones had nothing to run on
    Test,
    /// Check the agreements of the house: layers, headers, lengths, spelling, licences
    Tidy,
    /// Write the files that follow from others
    Gen {
        /// Write nothing; fail when a file is not as it would be written
        #[arg(long)]
        check: bool,
    },
    /// Fetch the style sheets of the NL Design System with npm and write what is used of them
    Assets,
    /// Compare every published expected answer with our own (release build; reads ../shared/data)
    Peers {
        /// Print our answers as one JSON value
        #[arg(long)]
        json: bool,
    },
    /// Hold planted weaknesses against findings and write docs/validation.md (release build)
    Validation {
        /// Passed on: --seed N, --seeds N, --towns N
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Let 200 respondents and 50 readers work at once for two minutes (ordinary build)
    Load {
        /// Passed on: --respondents N, --readers N, --seconds N, --pause MILLISECONDS
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Make the skeleton of an item of content
    New {
        /// What: rule, control, circumstance, indicator, measure, instrument, dilemma, norm or profile
        kind: String,
        /// Its name; for a rule AREA/NAME, for a dilemma PROCESS/NAME
        path: String,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments.task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    match task {
        Task::Ci => ci::run(&workspace),
        Task::Test => test::run(&workspace),
        Task::Tidy => tidy::run(&workspace),
        Task::Gen { check: true } => generated::check(&workspace),
        Task::Gen { check: false } => generated::write(&workspace),
        Task::Assets => assets::run(&workspace),
        Task::Peers { json } => {
            proof(&workspace, "peers", if *json { &["--json"] } else { &[] })
        }
        Task::Validation { options } => {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            proof(&workspace, "validation", &options)
        }
        Task::Load { options } => {
            let build = ["build", "--quiet", "-p", "dijkwacht", "-p", "proof"];
            workspace.run("cargo", &build)?;
            let mut arguments = vec!["load", "target/debug/dijkwacht"];
            arguments.extend(options.iter().map(String::as_str));
            workspace.run("target/debug/proof", &arguments)
        }
        Task::New { kind, path } => new::run(&workspace, kind, path),
    }
}

/// Runs a proof. It is a program of its own, so that the house builds without the readers.
fn proof(workspace: &Workspace, which: &str, options: &[&str]) -> Result<(), Failure> {
    let mut arguments = vec!["run", "--quiet", "--release", "-p", "proof", "--", which];
    arguments.extend(options);
    workspace.run("cargo", &arguments)
}
