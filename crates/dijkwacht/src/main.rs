//! The program: arguments, words, exit codes. What happens is decided in `app`.
//!
//! Exit codes: 0 done, 1 the data or the content has faults, 2 wrong use. With `--json`
//! exactly one JSON value goes to standard output and everything else to standard error.

mod args;
mod terminal;
mod verbs;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let terminal = terminal::Terminal::new(&args);
    match verbs::run(&args, &terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.fail(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
