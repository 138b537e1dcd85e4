//! Every arrow points down: ARCHITECTURE.md says which crate lies where and which arrows
//! are forbidden by name; here the graph of the crates is held to it.
//!
//! Three things are read from the page: table rows that begin with a number or `beside` and
//! name a crate; the line that begins with `The middle is`; and list items with an arrow,
//! such as ``- `pages` → `store`, `rules` ``. What only tests import is left out.

use super::House;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "ARCHITECTURE.md";

/// From this layer on a crate may import one that stands beside the way.
const TOP: u32 = 8;

/// Where a crate lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    /// On the way of the data, counted from below.
    Way(u32),
    /// Beside it: simulation, tools for tests, the house.
    Beside,
}

/// What the page says.
#[derive(Debug, Default)]
struct Plan {
    layers: BTreeMap<String, Layer>,
    middle: BTreeSet<String>,
    /// Who (empty: every crate) may not import what.
    forbidden: Vec<(BTreeSet<String>, BTreeSet<String>)>,
}

/// Crates without a layer, layers without a crate, and arrows that may not be.
pub(super) fn check(house: &House) -> Vec<String> {
    let mut remarks = Vec::new();
    let plan = Plan::read(house.text(PAGE, &mut remarks));
    let ours: BTreeSet<&str> =
        house.ours().map(|(package, _)| package.name.as_str()).collect();
    let planned = plan.layers.keys().chain(&plan.middle);
    let absent: BTreeSet<&String> =
        planned.filter(|name| !ours.contains(name.as_str())).collect();
    remarks
        .extend(absent.iter().map(|name| format!("{PAGE}: there is no crate `{name}`")));
    for (package, _) in house.ours() {
        let Some(layer) = plan.layers.get(&package.name) else {
            remarks.push(format!("{PAGE}: the crate `{}` has no layer", package.name));
            continue;
        };
        for import in &package.imports {
            if let Some(why) = plan.refuses(&package.name, *layer, import) {
                remarks.push(format!("`{}` -> `{import}`: {why}", package.name));
            }
        }
    }
    remarks
}

impl Plan {
    fn read(page: &str) -> Self {
        let mut plan = Self::default();
        for line in page.lines() {
            if let Some((layer, name)) = table_row(line) {
                plan.layers.insert(name, layer);
            } else if line.starts_with("The middle is") {
                plan.middle = quoted(line);
            }
        }
        for line in page.lines().filter_map(|line| line.strip_prefix("- ")) {
            let Some((from, to)) = line.split_once(" → ") else { continue };
            let from = match from {
                "every crate" => BTreeSet::new(),
                "the middle" => plan.middle.clone(),
                named => quoted(named),
            };
            plan.forbidden.push((from, quoted(to)));
        }
        plan
    }

    /// Why a crate may not import another, if it may not.
    fn refuses(&self, from: &str, layer: Layer, to: &str) -> Option<String> {
        let by_name = self.forbidden.iter().any(|(who, what)| {
            (who.is_empty() || who.contains(from)) && what.contains(to)
        });
        if by_name {
            return Some("this arrow is forbidden by name".to_owned());
        }
        match (layer, self.layers.get(to)?) {
            (Layer::Beside, _) => None,
            (Layer::Way(own), Layer::Beside) => (own < TOP).then(|| {
                format!("a crate beside the way may be imported from layer {TOP} on")
            }),
            (Layer::Way(own), Layer::Way(other)) => (*other >= own).then(|| {
                format!(
                    "layer {own} may import only lower layers, and this is layer {other}"
                )
            }),
        }
    }
}

/// The layer and the crate of a row of the table of crates.
fn table_row(line: &str) -> Option<(Layer, String)> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let layer = match cells.next()? {
        "beside" => Layer::Beside,
        number => Layer::Way(number.parse().ok()?),
    };
    let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
    Some((layer, name.to_owned()))
}

/// The words between backticks.
pub(super) fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    const PLAN: &str = "\
| layer | crate | takes → gives |
| ---: | --- | --- |
| 0 | `model` | the words |
| 2 | `rules` | judges |
| 2 | `store` | keeps |
| 9 | `pages` | shows |
| beside | `simulate` | plays |
| beside | `xtask` | the house |

The middle is `model` and `rules`.

- `pages` → `store`, `rules`
- every crate → `xtask`
- the middle → `serde`
";

    fn house(arrows: &[(&str, &[&str])]) -> House {
        let packages =
            ["model", "rules", "store", "pages", "simulate", "xtask"].map(|name| {
                let imports = arrows
                    .iter()
                    .find(|(from, _)| *from == name)
                    .map_or(&[][..], |a| a.1);
                Package {
                    name: name.to_owned(),
                    folder: Some(format!("crates/{name}")),
                    imports: imports.iter().map(|import| (*import).to_owned()).collect(),
                    ..Package::default()
                }
            });
        House {
            texts: BTreeMap::from([(PAGE.to_owned(), PLAN.to_owned())]),
            packages: packages.to_vec(),
        }
    }

    #[test]
    fn arrows_that_point_down_are_good() {
        let arrows: &[(&str, &[&str])] = &[
            ("rules", &["model", "jiff"]),
            ("store", &["model", "serde"]),
            ("pages", &["model", "simulate"]),
            ("xtask", &["rules", "pages"]),
        ];
        assert!(check(&house(arrows)).is_empty());
    }

    #[test]
    fn every_arrow_that_may_not_be_is_told_with_its_reason() {
        let arrows: &[(&str, &[&str])] = &[
            ("model", &["rules"]),
            ("rules", &["serde", "store"]),
            ("store", &["simulate"]),
            ("pages", &["store", "xtask"]),
        ];
        assert_eq!(
            check(&house(arrows)),
            [
                "`model` -> `rules`: layer 0 may import only lower layers, and this is layer 2",
                "`rules` -> `serde`: this arrow is forbidden by name",
                "`rules` -> `store`: layer 2 may import only lower layers, and this is layer 2",
                "`store` -> `simulate`: a crate beside the way may be imported from layer 8 on",
                "`pages` -> `store`: this arrow is forbidden by name",
                "`pages` -> `xtask`: this arrow is forbidden by name",
            ]
        );
    }

    #[test]
    fn a_crate_without_a_layer_and_a_layer_without_a_crate_are_told() {
        let mut house = house(&[]);
        house.packages.retain(|package| package.name != "store");
        house.packages.push(Package {
            name: "plan".to_owned(),
            folder: Some("crates/plan".to_owned()),
            ..Package::default()
        });
        assert_eq!(
            check(&house),
            [
                "ARCHITECTURE.md: there is no crate `store`",
                "ARCHITECTURE.md: the crate `plan` has no layer",
            ]
        );
    }
}
