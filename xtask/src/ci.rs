//! All checks in one go, cheapest first, so that the quickest answer comes first.

use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{content, generated, say, test, tidy};
use std::time::Instant;

type Check = fn(&Workspace) -> Result<(), Failure>;

/// The stages: name, what is done, and the doing.
const STAGES: [(&str, &str, Check); 7] = [
    ("fmt", "cargo fmt --all --check", fmt),
    ("tidy", "layers, headers, lengths, spelling, licences", tidy::run),
    ("content", "the catalogue is read whole and every rule compiled", content),
    ("gen", "derived files are as they would be written", generated::check),
    ("clippy", "cargo clippy --workspace --all-targets, warnings are errors", clippy),
    ("test", "all tests and doc tests", test::run),
    ("docs", "cargo doc --no-deps --workspace, warnings are errors", docs),
];

/// Runs all stages; stops at the first that fails and says which.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let begin = Instant::now();
    for (name, what, check) in STAGES {
        say::stage(name, what);
        let stage_begin = Instant::now();
        check(workspace).map_err(|failure| {
            Failure::new(format!("{failure}\nci: stopped at the stage `{name}`"))
        })?;
        say::line(&format!("{name}: good ({} s)", stage_begin.elapsed().as_secs()));
    }
    let seconds = begin.elapsed().as_secs();
    say::line(&format!("\nci: all {} stages are good ({seconds} s)", STAGES.len()));
    Ok(())
}

fn fmt(workspace: &Workspace) -> Result<(), Failure> {
    workspace.run("cargo", &["fmt", "--all", "--check"])
}

fn content(_: &Workspace) -> Result<(), Failure> {
    say::line(&content::check()?);
    Ok(())
}

fn clippy(workspace: &Workspace) -> Result<(), Failure> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    workspace.run("cargo", &arguments)
}

fn docs(workspace: &Workspace) -> Result<(), Failure> {
    workspace.run_with(
        "cargo",
        &["doc", "--no-deps", "--workspace"],
        &[("RUSTDOCFLAGS", "-Dwarnings")],
    )
}
