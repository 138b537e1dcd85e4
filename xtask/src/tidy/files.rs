//! The form of text files: an end of line at the end, no trailing blanks, no tabs, no marks
//! of unfinished work, and no path of somebody's machine.

use super::{House, ending};

/// Files written by people. Others are data, kept byte for byte as they came.
const WRITTEN: [&str; 13] = [
    "rs", "toml", "md", "py", "sh", "yml", "yaml", "html", "css", "js", "txt", "xsl",
    "svg",
];

/// Files without an ending that people write.
const WRITTEN_BY_NAME: [&str; 6] =
    [".ci/run", ".editorconfig", ".gitattributes", ".gitignore", "Makefile", "VERSION"];

/// Whether the form of a file is ours to keep: sample data of tests and the text of a
/// licence are not.
fn is_written(path: &str) -> bool {
    let ending = ending(path);
    let last = path.rsplit('/').next().unwrap_or_default();
    let by_name = WRITTEN_BY_NAME.iter().any(|known| *known == path || *known == last);
    let sample =
        path.contains("/tests/") && ending != "rs" && ending != "py" && ending != "md";
    (WRITTEN.contains(&ending) || by_name) && !sample && !path.starts_with("LICENSES/")
}

/// Remarks on the form of every written file, and on paths of a machine in any file.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    for (path, text) in &house.texts {
        for (line, folder) in machine_paths(text) {
            remarks
                .push(format!("{path}:{line}: names the folder `{folder}` of a machine"));
        }
        if is_written(path) {
            check_form(path, text, &mut remarks);
        }
    }
    remarks
}

fn check_form(path: &str, text: &str, remarks: &mut Vec<String>) {
    if !text.is_empty() && !text.ends_with('\n') {
        remarks.push(format!("{path}: does not end with a newline"));
    }
    if text.ends_with("\n\n") {
        remarks.push(format!("{path}: ends with an empty line"));
    }
    let tabs_belong = path.rsplit('/').next() == Some("Makefile");
    for (at, line) in (1_usize..).zip(text.split('\n')) {
        if line.ends_with([' ', '\t', '\r']) {
            remarks.push(format!("{path}:{at}: a blank or carriage return at the end"));
        }
        if line.contains('\t') && !tabs_belong {
            remarks.push(format!("{path}:{at}: a tab; use spaces"));
        }
        for mark in unfinished_marks() {
            if line.contains(&mark) {
                remarks
                    .push(format!("{path}:{at}: `{mark}`; finish it or write an issue"));
            }
        }
    }
}

/// Marks of unfinished work; put together here so that this file does not hold them.
fn unfinished_marks() -> [String; 4] {
    [["TO", "DO"], ["FIX", "ME"], ["to", "do!("], ["db", "g!("]]
        .map(|parts| parts.concat())
}

/// Lines that name a folder at the root of somebody's machine.
fn machine_paths(text: &str) -> Vec<(usize, String)> {
    let folders = ["work", "tmp", "home", "root"].map(|name| format!("/{name}/"));
    let mut found = Vec::new();
    for (at, line) in (1_usize..).zip(text.lines()) {
        for folder in &folders {
            // inside a longer path or address it is not at the root
            let at_root = line.match_indices(folder.as_str()).any(|(begin, _)| {
                let before = line.get(..begin).and_then(|head| head.chars().next_back());
                before.is_none_or(|c| !c.is_alphanumeric() && !"./-_}~*".contains(c))
            });
            if at_root {
                found.push((at, folder.clone()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn told(path: &str, text: &str) -> Vec<String> {
        let texts = BTreeMap::from([(path.to_owned(), text.to_owned())]);
        check(&House { texts, packages: Vec::new() })
    }

    #[test]
    fn a_plain_file_is_good() {
        assert!(
            told("docs/a.md", "# A\n\nhttps://example.org/home/page ../shared/tmp/x\n")
                .is_empty()
        );
        assert!(told("crates/x/Makefile", "all:\n\tcargo build\n").is_empty());
    }

    #[test]
    fn each_fault_of_form_has_its_line() {
        assert_eq!(told("a.rs", "fn a() {}"), ["a.rs: does not end with a newline"]);
        assert_eq!(told("a.md", "x\n\n"), ["a.md: ends with an empty line"]);
        assert_eq!(
            told("a.md", "x \n"),
            ["a.md:1: a blank or carriage return at the end"]
        );
        assert_eq!(told("a.md", "x\n\ty\n"), ["a.md:2: a tab; use spaces"]);
        let mark = ["TO", "DO"].concat();
        assert_eq!(told("a.rs", &format!("// {mark}: later\n")).len(), 1);
    }

    #[test]
    fn a_path_of_a_machine_is_found_in_data_too() {
        let text = format!("read from {}x.csv\n", ["/ho", "me/"].concat());
        assert_eq!(told("crates/x/tests/files/a.json", &text).len(), 1);
    }

    #[test]
    fn the_form_of_sample_data_is_left_alone() {
        assert!(told("crates/sources/tests/files/a.toml", "x = 1\t").is_empty());
    }
}
