//! Reads the items that strengthen: indicators, measures, instruments, norm sets, profiles.

use crate::fault::Faults;
use crate::library::{
    Fits, Head, Indicator, Instrument, Lower, Measure, NormItem, NormSet, Profile, Raise,
    Range3,
};
use crate::load::Loader;
use crate::read_items::{chosen, name, processes, review, sources_of};
use crate::tree::{Node, Reader, Tree};
use std::collections::BTreeSet;

/// What every item has, but its texts.
pub(crate) fn head(reader: &mut Reader<'_, '_>, folder: &str) -> Head {
    let sources = sources_of(reader);
    Head {
        code: reader.text("code"),
        name: name(reader, folder),
        review: review(reader),
        sources,
        texts: crate::Texts::default(),
    }
}

fn keys(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// One folder under `indicators/`.
pub(crate) fn indicator(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Indicator> {
    const UNITS: [&str; 6] = ["percent", "count", "per-1000", "euro", "score", "share"];
    const EVERY: [&str; 4] = ["year", "quarter", "month", "irregular"];
    let file = format!("{folder}/indicator.toml");
    let tree = loader.tree(&file, faults)?;
    let texts =
        loader.texts(folder, &keys(&["title", "what", "how_to_get", "reading"]), faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let item = Indicator {
        head: Head { texts, ..head(&mut reader, folder) },
        provider: reader.text("provider"),
        table: reader.text_opt("table").unwrap_or_default().to_owned(),
        url: reader.text_opt("url").unwrap_or_default().to_owned(),
        unit: reader.choice("unit", &UNITS).unwrap_or_default().to_owned(),
        area: reader
            .choice("area", &["municipality", "district", "address"])
            .unwrap_or_default()
            .to_owned(),
        every: reader.choice("every", &EVERY).unwrap_or_default().to_owned(),
        circumstances: reader.texts("circumstances"),
        higher_is_worse: reader.flag("higher_is_worse", true),
        somewhat_from: reader.int_opt("somewhat_from"),
        strongly_from: reader.int_opt("strongly_from"),
    };
    if item.circumstances.is_empty() {
        let hint = "name the circumstance of which it speaks";
        reader.fault("circumstances", "`circumstances` is missing or empty", hint);
    }
    if item.somewhat_from.is_some() != item.strongly_from.is_some() {
        let sentence = "`somewhat_from` and `strongly_from` go together";
        reader.fault("somewhat_from", sentence, "give both or neither");
    }
    reader.done();
    Some(item)
}

/// `[low, likely, high]`.
fn range(reader: &mut Reader<'_, '_>, key: &'static str) -> Range3 {
    let hint = "three whole numbers: low, likely, high";
    let Some(tree) = reader.tree(key) else {
        reader.fault(key, format!("`{key}` is missing"), hint);
        return Range3::default();
    };
    let numbers: Vec<Option<u32>> = match &tree.node {
        Node::List(items) => items
            .iter()
            .map(|item| match item.node {
                Node::Int(number) => u32::try_from(number).ok(),
                Node::Text(_)
                | Node::Other(_)
                | Node::Bool(_)
                | Node::List(_)
                | Node::Table(_) => None,
            })
            .collect(),
        Node::Text(_)
        | Node::Int(_)
        | Node::Other(_)
        | Node::Bool(_)
        | Node::Table(_) => Vec::new(),
    };
    if let [Some(low), Some(likely), Some(high)] = numbers.as_slice()
        && low <= likely
        && likely <= high
    {
        return Range3 { low: *low, likely: *likely, high: *high };
    }
    let sentence = format!("`{key}` must be three whole numbers that do not fall");
    reader.fault(key, sentence, hint);
    Range3::default()
}

/// A level between two bounds.
fn level(reader: &mut Reader<'_, '_>, key: &'static str, least: i64, most: i64) -> u8 {
    let number = reader.int(key);
    if !(least..=most).contains(&number) {
        let sentence = format!("`{key}` must lie between {least} and {most}");
        reader.fault(key, sentence, "");
    }
    u8::try_from(number.clamp(least, most)).unwrap_or(0)
}

fn raise(file: &str, tree: &Tree, faults: &mut Faults) -> Raise {
    let mut reader = Reader::new(file, tree, faults);
    let raise = Raise {
        control: reader.text("control"),
        from: level(&mut reader, "from", 0, 2),
        to: level(&mut reader, "to", 1, 3),
    };
    if raise.from >= raise.to {
        reader.fault("to", "`to` must be more than `from`", "");
    }
    reader.done();
    raise
}

fn lower(file: &str, tree: &Tree, faults: &mut Faults) -> Lower {
    let mut reader = Reader::new(file, tree, faults);
    let lower = Lower {
        circumstance: reader.text("circumstance"),
        by: level(&mut reader, "by", 1, 2),
    };
    reader.done();
    lower
}

/// One folder under `measures/`.
pub(crate) fn measure(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Measure> {
    const THEMES: [&str; 4] = ["knowledge", "awareness", "partners", "instruments"];
    const PROOFS: [&str; 4] =
        ["measured-here", "measured-elsewhere", "practice", "expectation"];
    const TEXTS: [&str; 8] = [
        "title",
        "what",
        "effect",
        "owner",
        "done_when",
        "first_steps.one",
        "first_steps.two",
        "first_steps.three",
    ];
    let file = format!("{folder}/measure.toml");
    let tree = loader.tree(&file, faults)?;
    let texts = loader.texts(folder, &keys(&TEXTS), faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let (raises, lowers) = (reader.tables("raises"), reader.tables("lowers"));
    if raises.is_empty() && lowers.is_empty() {
        let hint = "add [[raises]] or [[lowers]]";
        reader.fault("raises", "the measure changes nothing", hint);
    }
    let item = Measure {
        head: Head { texts, ..head(&mut reader, folder) },
        theme: reader.choice("theme", &THEMES).unwrap_or_default().to_owned(),
        processes: processes(&mut reader).0,
        small: reader.flag("small", false),
        shared: reader.flag("shared", false),
        hours_once: range(&mut reader, "hours_once"),
        hours_yearly: range(&mut reader, "hours_yearly"),
        euros_once: range(&mut reader, "euros_once"),
        euros_yearly: range(&mut reader, "euros_yearly"),
        proof: reader.choice("proof", &PROOFS).unwrap_or_default().to_owned(),
        requires: reader.texts("requires"),
        instruments: reader.texts("instruments"),
        raises: raises.into_iter().map(|t| raise(&file, t, reader.faults())).collect(),
        lowers: lowers.into_iter().map(|t| lower(&file, t, reader.faults())).collect(),
    };
    reader.done();
    Some(item)
}

/// One folder under `instruments/`.
pub(crate) fn instrument(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Instrument> {
    const KINDS: [&str; 12] = [
        "scan",
        "norm",
        "game",
        "training",
        "protocol",
        "pool",
        "video",
        "guide",
        "data",
        "tool",
        "desk",
        "good-practice",
    ];
    let file = format!("{folder}/instrument.toml");
    let tree = loader.tree(&file, faults)?;
    let texts = loader.texts(folder, &keys(&["title", "what", "use"]), faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let item = Instrument {
        head: Head { texts, ..head(&mut reader, folder) },
        kind: reader.choice("kind", &KINDS).unwrap_or_default().to_owned(),
        giver: reader.text("giver"),
        url: reader.text_opt("url").unwrap_or_default().to_owned(),
        cost: reader
            .choice("cost", &["free", "members", "paid", "unknown"])
            .unwrap_or_default()
            .to_owned(),
        languages: reader.texts("languages"),
        processes: processes(&mut reader).0,
    };
    reader.done();
    Some(item)
}

fn mapped(
    file: &str,
    reader: &mut Reader<'_, '_>,
    list: &'static str,
    key: &'static str,
) -> Vec<(String, Fits)> {
    let mut all = Vec::new();
    for tree in reader.tables(list) {
        let mut inner = Reader::new(file, tree, reader.faults());
        let code = inner.text(key);
        let fits = chosen(&mut inner, "fits", &Fits::ALL).unwrap_or(Fits::Touches);
        inner.done();
        all.push((code, fits));
    }
    all
}

fn norm_item(
    file: &str,
    tree: &Tree,
    themes: &[String],
    faults: &mut Faults,
) -> NormItem {
    let mut reader = Reader::new(file, tree, faults);
    let item = NormItem {
        name: reader.text("name"),
        number: reader.text("number"),
        theme: reader.text("theme"),
        controls: mapped(file, &mut reader, "controls", "control"),
        circumstances: mapped(file, &mut reader, "circumstances", "circumstance"),
    };
    if !themes.contains(&item.theme) && !item.theme.is_empty() {
        let hint = crate::fault::nearest(&item.theme, themes.iter().map(String::as_str));
        reader.fault("theme", format!("there is no theme `{}`", item.theme), hint);
    }
    if item.controls.is_empty() && item.circumstances.is_empty() {
        let sentence = format!("nothing answers the norm `{}`", item.name);
        reader.fault("name", sentence, "add [[items.controls]]");
    }
    reader.done();
    item
}

/// One folder under `norms/`.
pub(crate) fn norm_set(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<NormSet> {
    let file = format!("{folder}/norm.toml");
    let tree = loader.tree(&file, faults)?;
    let mut reader = Reader::new(&file, &tree, faults);
    let themes = reader.texts("themes");
    let tables = reader.tables("items");
    let mut item = NormSet {
        head: head(&mut reader, folder),
        giver: reader.text("giver"),
        url: reader.text_opt("url").unwrap_or_default().to_owned(),
        version: reader.text("version"),
        items: tables
            .into_iter()
            .map(|tree| norm_item(&file, tree, &themes, reader.faults()))
            .collect(),
        themes,
    };
    let mut names = BTreeSet::new();
    for norm in &item.items {
        if !names.insert(&norm.name) {
            let sentence = format!("the norm `{}` stands there twice", norm.name);
            reader.fault("items", sentence, "names are unique in a set");
        }
    }
    reader.done();
    let mut expected = keys(&["title", "what"]);
    expected.extend(item.themes.iter().map(|name| format!("themes.{name}")));
    expected.extend(item.items.iter().map(|norm| format!("items.{}", norm.name)));
    item.head.texts = loader.texts(folder, &expected, faults);
    Some(item)
}

/// One folder under `profiles/`.
pub(crate) fn profile(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Profile> {
    const KINDS: [&str; 5] = ["municipality", "province", "water-board", "riec", "any"];
    let file = format!("{folder}/profile.toml");
    let tree = loader.tree(&file, faults)?;
    let texts = loader.texts(folder, &keys(&["title", "what", "how", "who"]), faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let mut questions = reader.texts("questions");
    if questions.is_empty() {
        let hint = "[\"*\"] for all that concern the process";
        reader.fault("questions", "`questions` is missing or empty", hint);
    }
    if questions == ["*"] {
        questions.clear();
    }
    let item = Profile {
        head: Head { texts, ..head(&mut reader, folder) },
        organisation: reader
            .choice("organisation", &KINDS)
            .unwrap_or_default()
            .to_owned(),
        short: reader.choice("track", &["short", "full"]) == Some("short"),
        minutes: u32::try_from(reader.int("minutes")).unwrap_or(0),
        people: u32::try_from(reader.int("people")).unwrap_or(0),
        processes: processes(&mut reader).0,
        questions,
    };
    reader.done();
    Some(item)
}
