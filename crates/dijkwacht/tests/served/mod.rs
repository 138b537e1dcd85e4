//! The demonstration, made and served by the program as it is installed.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The demonstration in a folder, smaller than usual.
pub(crate) fn demo(dir: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dijkwacht"));
    command.args(["demo", "--cases-per-year", "600", "--dir"]).arg(dir).args(more);
    command
}

/// A demonstration that is served; it stops when this is dropped.
pub(crate) struct Served {
    child: Child,
    /// Without `http://`.
    pub(crate) address: String,
    pub(crate) password: String,
    /// What the program printed.
    pub(crate) told: String,
}

impl Served {
    /// Makes one, and waits until it is served.
    pub(crate) fn start(dir: &Path) -> Self {
        let mut child = demo(dir, &["--port", "0", "--lang", "en"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let out = BufReader::new(child.stdout.take().expect("stdout"));
        let mut told = String::new();
        for line in out.lines().map_while(Result::ok) {
            told.push_str(&line);
            told.push('\n');
            if line.starts_with("Stop with") {
                break;
            }
        }
        let address = between(&told, "Open http://", "/ and").to_owned();
        let password = between(&told, "the password: ", "\n").to_owned();
        Self { child, address, password, told }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().expect("stopped");
        self.child.wait().expect("gone");
    }
}

/// What stands between two words in a text.
pub(crate) fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).expect("the first word");
    rest.split_once(to).expect("the second word").0
}
