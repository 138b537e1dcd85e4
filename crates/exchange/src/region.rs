//! The figures of a region, which an organisation may lay beside its own.
//!
//! They hold sizes, processes and counts, and no field in which a name of an organisation could stand; so a
//! field that is not known is refused, as are figures behind which too few stand.

use crate::fields::{Fields, parse};
use ::catalogue::Method;
use assessment::consistency::Size;
use model::Process;
use picture::region::{Cell, Region, Spread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/region/1";

/// The figures of a region. Heights are in tenths of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionForm {
    /// [`FORM`].
    pub form: String,
    /// The name of the region.
    pub region: String,
    /// The day for which the figures hold.
    pub as_of: String,
    /// The version of the method with which all were weighed.
    pub method: u32,
    /// The least number of organisations behind each figure.
    pub least_organisations: u32,
    /// The figures, by size and process.
    pub figures: Vec<FigureForm>,
}

/// How the middles of the freeboards of one process lie among organisations of one size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureForm {
    /// `small`, `middle` or `large`.
    pub size: String,
    /// The code of the process.
    pub process: String,
    /// How many organisations stand behind it.
    pub organisations: u32,
    /// The lower quartile.
    pub lower: i64,
    /// The median.
    pub median: i64,
    /// The upper quartile.
    pub upper: i64,
}

const SIZES: [(&str, Size); 3] =
    [("small", Size::Small), ("middle", Size::Middle), ("large", Size::Large)];

impl From<&Region> for RegionForm {
    fn from(region: &Region) -> Self {
        let size = |size: Size| {
            let found = SIZES.iter().find(|(_, known)| *known == size);
            found.map_or("", |(word, _)| word).to_owned()
        };
        let figures = region.figures.iter().map(|(cell, spread)| FigureForm {
            size: size(cell.size),
            process: cell.process.code().to_owned(),
            organisations: spread.organisations,
            lower: spread.lower,
            median: spread.median,
            upper: spread.upper,
        });
        Self {
            form: FORM.to_owned(),
            region: region.name.clone(),
            as_of: region.as_of.to_string(),
            method: region.method,
            least_organisations: region.least_organisations,
            figures: figures.collect(),
        }
    }
}

/// Reads a document with the numbers of the method that the reader itself uses.
///
/// # Errors
/// Everything that is wrong with it, one sentence each, with the field; figures of another
/// version of the method and figures behind which fewer stand than the method asks for among
/// it.
pub fn read(text: &str, method: &Method) -> Result<Region, Vec<String>> {
    let value = parse(text)?;
    let mut faults = Vec::new();
    let found = document(&mut Fields::of("", &value, &mut faults), method);
    match found {
        Some(region) if faults.is_empty() => Ok(region),
        _ => Err(faults),
    }
}

fn document(fields: &mut Fields<'_, '_>, method: &Method) -> Option<Region> {
    // what has another form is not judged by the rules of this one
    fields.named("form", &format!("`{FORM}`"), |form| (form == FORM).then_some(()))?;
    let name = fields.text("region");
    let as_of = fields.date("as_of");
    let version: u32 = fields.number("method", COUNT);
    if version != method.version {
        let own = method.version;
        fields.fault("method", &format!("the figures are of method {version}, yours of method {own}; they cannot be compared"));
    }
    let asked = method.freeboard.least_organisations;
    let least: u32 = fields.number("least_organisations", COUNT);
    if least < asked {
        fields.fault(
            "least_organisations",
            &format!("{least} is less than the {asked} that the method asks for"),
        );
    }
    let mut figures = BTreeMap::new();
    let least = least.max(asked);
    for (place, cell, spread) in fields.each("figures", |fields| figure(fields, least)) {
        if figures.insert(cell, spread).is_some() {
            let code = cell.process.code();
            fields
                .faults()
                .push(format!("{place}: `{code}` stands in it twice for this size"));
        }
    }
    refuse_others(fields);
    let as_of = as_of?;
    Some(Region { name, as_of, method: version, least_organisations: least, figures })
}

fn figure(fields: &mut Fields<'_, '_>, least: u32) -> Option<(String, Cell, Spread)> {
    let size = fields.word("size", &SIZES);
    let process: Option<Process> = fields.process("process");
    let organisations: u32 = fields.number("organisations", COUNT);
    if organisations < least {
        fields.fault(
            "organisations",
            &format!("{organisations} are too few; a figure needs at least {least}"),
        );
    }
    let mut height = |key| fields.number::<i64>(key, -1000..=1000);
    let (lower, median, upper) = (height("lower"), height("median"), height("upper"));
    if lower > median || median > upper {
        fields.fault(
            "median",
            &format!(
                "{median} does not lie between `lower`, {lower}, and `upper`, {upper}"
            ),
        );
    }
    refuse_others(fields);
    let (size, process) = size.zip(process)?;
    let spread = Spread { organisations, lower, median, upper };
    Some((fields.path(), Cell { size, process }, spread))
}

/// A field that is not known might name an organisation.
fn refuse_others(fields: &mut Fields<'_, '_>) {
    for key in fields.unasked() {
        fields.fault(
            &key,
            "this field is not known, and a figure of a region may hold nothing else",
        );
    }
}

const COUNT: std::ops::RangeInclusive<i64> = 0..=4_294_967_295;

#[cfg(test)]
mod tests {
    use super::*;
    use model::Date;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::sync::OnceLock;

    fn method() -> &'static Method {
        static METHOD: OnceLock<Method> = OnceLock::new();
        METHOD.get_or_init(|| ::catalogue::load(&::catalogue::embedded()).unwrap().method)
    }

    fn document() -> Value {
        json!({
            "form": FORM,
            "region": "Oostkust",
            "as_of": "2026-11-23",
            "method": method().version,
            "least_organisations": 5,
            "figures": [
                { "size": "small", "process": "permits", "organisations": 7, "lower": -312, "median": -101, "upper": 44 },
                { "size": "large", "process": "permits", "organisations": 5, "lower": -90, "median": 0, "upper": 120 },
            ],
        })
    }

    fn told(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut document = document();
        change(&mut document);
        read(&document.to_string(), method()).unwrap_err()
    }

    #[test]
    fn figures_are_read_by_size_and_process() {
        let region = read(&document().to_string(), method()).unwrap();
        let cell = Cell { size: Size::Small, process: Process::Permits };
        let spread = Spread { organisations: 7, lower: -312, median: -101, upper: 44 };
        assert_eq!(region.figures[&cell], spread);
        assert_eq!(region.figures.len(), 2);
    }

    #[test]
    fn a_figure_behind_which_too_few_stand_is_refused() {
        assert_eq!(
            told(|document| document["figures"][0]["organisations"] = json!(4)),
            ["figures[0].organisations: 4 are too few; a figure needs at least 5"]
        );
        // a region that asks for more is held to it
        assert_eq!(
            told(|document| document["least_organisations"] = json!(6)),
            ["figures[1].organisations: 5 are too few; a figure needs at least 6"]
        );
    }

    #[test]
    fn a_region_that_asks_for_fewer_than_the_method_is_refused() {
        assert_eq!(
            told(|document| document["least_organisations"] = json!(3)),
            ["least_organisations: 3 is less than the 5 that the method asks for"]
        );
    }

    #[test]
    fn a_name_has_no_place_in_it() {
        let told = told(|document| {
            document["organisations"] = json!(["Waterdrecht"]);
            document["figures"][1]["lowest"] = json!("Waterdrecht");
        });
        let sentence =
            "this field is not known, and a figure of a region may hold nothing else";
        assert_eq!(
            told,
            [
                format!("figures[1].lowest: {sentence}"),
                format!("organisations: {sentence}")
            ]
        );
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let told = told(|document| {
            document["as_of"] = json!("2026");
            document["method"] = json!(99);
            document["figures"][0]["size"] = json!("tiny");
            document["figures"][0]["process"] = json!("parking");
            document["figures"][1]["median"] = json!(200);
            document["figures"][1]["upper"] = json!(1200);
        });
        let own = method().version;
        assert_eq!(
            told,
            [
                "as_of: expected a date such as 2026-11-23, found `2026`".to_owned(),
                format!(
                    "method: the figures are of method 99, yours of method {own}; they cannot be compared"
                ),
                "figures[0].size: `tiny` is none of `small`, `middle`, `large`".to_owned(),
                "figures[0].process: expected the code of a process, found `parking`"
                    .to_owned(),
                "figures[1].upper: expected a whole number from -1000 to 1000, found 1200"
                    .to_owned(),
                "figures[1].median: 200 does not lie between `lower`, -90, and `upper`, 0"
                    .to_owned(),
            ]
        );
    }

    #[test]
    fn a_cell_that_stands_in_it_twice_is_refused() {
        let told = told(|document| document["figures"][1]["size"] = json!("small"));
        assert_eq!(told, ["figures[1]: `permits` stands in it twice for this size"]);
    }

    proptest! {
        #[test]
        fn figures_come_back_as_they_were(
            all in prop::collection::btree_map(
                (0_usize..3, prop::sample::select(Process::ALL.to_vec())),
                (5_u32..400, -1000_i64..=1000, -1000_i64..=1000, -1000_i64..=1000),
                0..9,
            ),
        ) {
            let figures = all.into_iter().map(|((size, process), (organisations, a, b, c))| {
                let mut three = [a, b, c];
                three.sort_unstable();
                let [lower, median, upper] = three;
                let cell = Cell { size: SIZES[size].1, process };
                (cell, Spread { organisations, lower, median, upper })
            });
            let region = Region {
                name: "Oostkust".to_owned(),
                as_of: Date::constant(2026, 11, 23),
                method: method().version,
                least_organisations: 5,
                figures: figures.collect(),
            };
            let text = serde_json::to_string(&RegionForm::from(&region)).unwrap();
            prop_assert_eq!(read(&text, method()), Ok(region));
        }
    }
}
