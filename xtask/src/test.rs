//! Runs the tests, and says which of the optional things were not there.

use crate::failure::Failure;
use crate::say;
use crate::workspace::Workspace;

/// Data that are no part of the project: where they would lie, and what is not tested
/// without them.
const OPTIONAL_DATA: [(&str, &str); 2] = [
    ("../shared/data/eventlogs", "reading public process logs"),
    ("../shared/data/finance", "reading public payments, and their first digits"),
];

/// Where Debian puts the programs of a server of `PostgreSQL`, off the path.
const SERVER_FOLDER: &str = "/usr/lib/postgresql";

/// What a browser test and a provider need from elsewhere, pinned in its lock file.
const NODE_FOLDER: &str = "tests/browser";

/// Where Debian puts the browser; the variable `CHROMIUM` names another one.
const BROWSER: &str = "/usr/bin/chromium";

/// Runs all tests of all crates and all doc tests.
pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let nextest = workspace.answers("cargo", &["nextest", "--version"]);
    let node = prepare_node(workspace);
    if nextest {
        workspace.run("cargo", &["nextest", "run", "--workspace", "--no-fail-fast"])?;
    } else {
        workspace.run(
            "cargo",
            &["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"],
        )?;
    }
    workspace.run("cargo", &["test", "--workspace", "--doc"])?;
    say::line("");
    let server = workspace.answers("initdb", &["--version"])
        || std::path::Path::new(SERVER_FOLDER).is_dir();
    let is_there = |path: &str| workspace.root.join(path).is_dir();
    for remark in skipped(nextest, server, node, is_there) {
        say::line(&remark);
    }
    say::line("tests: all passed");
    Ok(())
}

/// Fetches what the tests that need Node need, where that was not done. Gives what cannot run,
/// and why.
fn prepare_node(workspace: &Workspace) -> Option<String> {
    let all = "the pages in a browser, and signing in at a provider";
    for program in ["node", "npm"] {
        if !workspace.answers(program, &["--version"]) {
            return Some(format!("{all}, because `{program}` is not installed"));
        }
    }
    let fetched = workspace.root.join(NODE_FOLDER).join("node_modules/oidc-provider");
    let arguments =
        ["ci", "--prefix", NODE_FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"];
    if !fetched.is_dir() && workspace.run("npm", &arguments).is_err() {
        return Some(format!("{all}, because npm could not fetch {NODE_FOLDER}"));
    }
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| BROWSER.to_owned());
    let is_there = workspace.answers(&browser, &["--version"]);
    (!is_there).then(|| format!("the pages in a browser, because there is no {browser}"))
}

/// What was not run, and why; one line each.
fn skipped(
    nextest: bool,
    server: bool,
    node: Option<String>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut remarks: Vec<String> = OPTIONAL_DATA
        .iter()
        .filter(|(path, _)| !is_there(path))
        .map(|(path, what)| format!("skipped: {what}, because {path} is not there"))
        .collect();
    if !server {
        remarks.push(
            "skipped: records in PostgreSQL, because `initdb` is not installed"
                .to_owned(),
        );
    }
    remarks.extend(node.map(|what| format!("skipped: {what}")));
    if !nextest {
        remarks.push(
            "note: cargo-nextest is not installed, so `cargo test` ran the tests"
                .to_owned(),
        );
    }
    remarks.push(
        "not part of this: tests/peers (Python; compares with other engines, run by hand)"
            .to_owned(),
    );
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_told_with_its_reason() {
        let told = skipped(false, false, Some("the pages, because".to_owned()), |path| {
            path.ends_with("finance")
        });
        assert_eq!(
            told.first().map(String::as_str),
            Some(
                "skipped: reading public process logs, because ../shared/data/eventlogs is \
                 not there"
            )
        );
        assert!(
            told.iter().any(|line| line == "skipped: the pages, because"),
            "{told:?}"
        );
        assert_eq!(told.len(), 5);
    }

    #[test]
    fn nothing_is_called_skipped_when_all_is_there() {
        assert!(
            !skipped(true, true, None, |_| true)
                .iter()
                .any(|line| line.starts_with("skipped"))
        );
    }
}
