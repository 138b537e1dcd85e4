//! Proofs that take real logs or many runs; `cargo xtask peers` and `cargo xtask validation`
//! call it.
#![expect(clippy::print_stdout, reason = "a command whose result is what it prints")]

mod peers;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match names.as_slice() {
        ["peers"] => show_peers(false),
        ["peers", "--json"] => show_peers(true),
        _ => Err("use: proof peers [--json]".into()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Prints every log with its number of equal answers, and every difference.
fn show_peers(json: bool) -> Result<bool, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(all) = peers::run(&root.join("../shared/data"))? else {
        println!("skipped: ../shared/data/eventlogs/expected.json is absent");
        return Ok(true);
    };
    if json {
        let ours: serde_json::Map<_, _> =
            all.iter().map(|log| (log.name.clone(), log.ours.clone())).collect();
        println!("{:#}", serde_json::Value::Object(ours));
    } else {
        for log in &all {
            let equal = log.compared - log.differences.len();
            println!("{:<24} {equal} of {} numbers equal", log.name, log.compared);
        }
    }
    let mut equal = true;
    for difference in all.iter().flat_map(|log| &log.differences) {
        equal = false;
        println!("{difference}");
    }
    Ok(equal)
}
