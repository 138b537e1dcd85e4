//! Everything the program is built from may be given on under the licence of the program.

use super::House;

/// Licences that may stand in a package we use.
const ALLOWED: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "NCSA",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Ours must have this one.
const OURS: &str = "EUPL-1.2";

/// Packages whose licence is absent or not allowed.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    for package in &house.packages {
        let name = format!("{} {}", package.name, package.version);
        let ours = package.folder.is_some();
        match package.licence.as_deref() {
            None => remarks.push(format!("{name}: declares no licence")),
            Some(licence) if ours && licence != OURS => {
                remarks.push(format!("{name}: `{licence}`, where ours is {OURS}"));
            }
            Some(licence) if !allowed(licence) => {
                remarks.push(format!(
                    "{name}: the licence `{licence}` is not among the allowed"
                ));
            }
            Some(_) => {}
        }
    }
    remarks
}

/// Whether an SPDX expression can be met with allowed licences: one side of an `OR`, both
/// sides of an `AND`. What cannot be read is not allowed.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { tokens: &tokens };
    reader.either() == Some(true) && reader.tokens.is_empty()
}

struct Reader<'t> {
    tokens: &'t [&'t str],
}

impl Reader<'_> {
    fn either(&mut self) -> Option<bool> {
        let mut met = self.both()?;
        while self.take("OR") {
            met |= self.both()?;
        }
        Some(met)
    }

    fn both(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.take("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.either()?;
            return self.take(")").then_some(met);
        }
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        if !self.take("WITH") {
            return Some(ALLOWED.contains(first));
        }
        let (exception, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(ALLOWED.contains(&format!("{first} WITH {exception}").as_str()))
    }

    fn take(&mut self, token: &str) -> bool {
        let Some((first, rest)) = self.tokens.split_first() else { return false };
        if *first == token {
            self.tokens = rest;
        }
        *first == token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    #[test]
    fn an_expression_is_met_by_one_side_of_or_and_both_sides_of_and() {
        assert!(allowed("MIT OR GPL-3.0"));
        assert!(allowed("MIT/Apache-2.0"));
        assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
        assert!(!allowed("MIT AND GPL-3.0"));
        assert!(!allowed("GPL-3.0"));
        assert!(!allowed("(MIT"));
        assert!(!allowed(""));
    }

    #[test]
    fn a_package_without_a_licence_and_one_of_ours_with_another_are_told() {
        let package = |name: &str, folder: Option<&str>, licence: Option<&str>| Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            folder: folder.map(str::to_owned),
            licence: licence.map(str::to_owned),
            imports: Vec::new(),
        };
        let house = House {
            packages: vec![
                package("rules", Some("crates/rules"), Some("MIT")),
                package("store", Some("crates/store"), Some("EUPL-1.2")),
                package("foreign", None, None),
                package("copyleft", None, Some("AGPL-3.0-only")),
            ],
            ..House::default()
        };
        assert_eq!(
            check(&house),
            [
                "rules 1.0.0: `MIT`, where ours is EUPL-1.2",
                "foreign 1.0.0: declares no licence",
                "copyleft 1.0.0: the licence `AGPL-3.0-only` is not among the allowed",
            ]
        );
    }
}
