//! What the house says to the person at the keyboard; the only place where it prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "xtask is a program for developers; printing is what it is for"
)]

use crate::failure::Failure;

/// One line of news.
pub fn line(text: &str) {
    println!("{text}");
}

/// The beginning of a stage.
pub fn stage(name: &str, what: &str) {
    println!("\n== {name}: {what}");
}

/// Why the task did not succeed.
pub fn failure(failure: &Failure) {
    eprintln!("{failure}");
}
