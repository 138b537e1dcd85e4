//! Reads the items that teach: dilemmas, cards, the glossary; and two short lists: signals
//! that are no rule, and codes that are retired.

use crate::fault::Faults;
use crate::library::{Card, Dilemma, Glossary, Head, Retired, Unexpressed};
use crate::load::Loader;
use crate::read_items::{sources_of, titles};
use crate::read_library::head;
use crate::tree::Reader;
use model::Process;
use std::collections::BTreeMap;

/// The process an item names, which must be that of its folder and of its code.
fn process(
    reader: &mut Reader<'_, '_>,
    folder: &str,
    code: &str,
    letter: char,
) -> Option<Process> {
    let text = reader.text("process");
    if text.is_empty() {
        return None;
    }
    let process = match text.parse::<Process>() {
        Ok(process) => process,
        Err(unknown) => {
            reader.fault("process", unknown.to_string(), "");
            return None;
        }
    };
    if folder.split('/').nth(1) != Some(process.code()) {
        let sentence = format!("the item belongs in the folder `{process}`");
        reader.fault("process", sentence, "move it, or name the other process");
    }
    let begin = format!("{letter}-{}", process.letters());
    if !code.starts_with(&begin) && !code.is_empty() {
        let sentence = format!("the code `{code}` must begin with `{begin}`");
        reader.fault("code", sentence, "");
    }
    Some(process)
}

/// One folder under `dilemmas/<process>/`.
pub(crate) fn dilemma(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Dilemma> {
    let file = format!("{folder}/dilemma.toml");
    let tree = loader.tree(&file, faults)?;
    let mut reader = Reader::new(&file, &tree, faults);
    let mut head = head(&mut reader, folder);
    let process = process(&mut reader, folder, &head.code, 'D');
    let options = reader.texts("options");
    if !(2..=4).contains(&options.len()) {
        let sentence =
            format!("a dilemma has two to four options, here {}", options.len());
        reader.fault("options", sentence, "");
    }
    let wise = reader.texts("wise");
    if wise.is_empty() || wise.iter().any(|option| !options.contains(option)) {
        let hint = format!("at least one of {}", options.join(", "));
        reader.fault("wise", "`wise` must name options of this dilemma", hint);
    }
    let circumstances = reader.texts("circumstances");
    let controls = reader.texts("controls");
    reader.done();
    let mut keys: Vec<String> = ["title", "situation", "question", "rules", "talk_to"]
        .map(str::to_owned)
        .to_vec();
    for option in &options {
        keys.push(format!("options.{option}.choice"));
        keys.push(format!("options.{option}.consequence"));
    }
    head.texts = loader.texts(folder, &keys, faults);
    Some(Dilemma { head, process: process?, options, wise, circumstances, controls })
}

/// One folder under `cards/`.
pub(crate) fn card(
    loader: &Loader<'_>,
    folder: &str,
    faults: &mut Faults,
) -> Option<Card> {
    let file = format!("{folder}/card.toml");
    let tree = loader.tree(&file, faults)?;
    let keys =
        ["title", "why", "signs", "do", "never", "ask", "script"].map(str::to_owned);
    let texts = loader.texts(folder, &keys, faults);
    let mut reader = Reader::new(&file, &tree, faults);
    let sources = sources_of(&mut reader);
    let code = reader.text("code");
    let process = process(&mut reader, folder, &code, 'K');
    let review = crate::read_items::review(&mut reader);
    let controls = reader.texts("controls");
    reader.done();
    let process = process?;
    let head = Head { code, name: process.code().to_owned(), review, sources, texts };
    Some(Card { head, process, controls })
}

/// `glossary/`; empty where the content has none.
pub(crate) fn glossary(loader: &Loader<'_>, faults: &mut Faults) -> Glossary {
    let file = "glossary/glossary.toml";
    if !loader.has(file) {
        return Glossary::default();
    }
    let Some(tree) = loader.tree(file, faults) else { return Glossary::default() };
    let mut reader = Reader::new(file, &tree, faults);
    let terms = reader.texts("terms");
    reader.done();
    let mut keys = vec!["title".to_owned(), "intro".to_owned()];
    for term in &terms {
        keys.extend(["title", "means", "example"].map(|k| format!("terms.{term}.{k}")));
    }
    Glossary { texts: loader.texts("glossary", &keys, faults), terms }
}

/// `rules/unexpressed.toml`; empty where the content has none.
pub(crate) fn unexpressed(
    loader: &Loader<'_>,
    faults: &mut Faults,
) -> BTreeMap<String, Unexpressed> {
    let file = "rules/unexpressed.toml";
    let mut items = BTreeMap::new();
    if !loader.has(file) {
        return items;
    }
    let Some(tree) = loader.tree(file, faults) else { return items };
    for (code, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        let texts = titles(file, &mut reader);
        reader.done();
        items.insert(code.to_owned(), Unexpressed { code: code.to_owned(), texts });
    }
    items
}

/// `retired.toml`; empty where the content has none.
pub(crate) fn retired(
    loader: &Loader<'_>,
    faults: &mut Faults,
) -> BTreeMap<String, Retired> {
    let file = "retired.toml";
    let mut items = BTreeMap::new();
    if !loader.has(file) {
        return items;
    }
    let Some(tree) = loader.tree(file, faults) else { return items };
    for (code, entry) in Reader::new(file, &tree, faults).entries() {
        let mut reader = Reader::new(file, entry, faults);
        let item = Retired {
            code: code.to_owned(),
            successor: reader.text_opt("successor").unwrap_or_default().to_owned(),
            why: reader.text("why"),
        };
        reader.done();
        items.insert(code.to_owned(), item);
    }
    items
}
