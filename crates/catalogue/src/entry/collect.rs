//! From the items of each kind to entries.

use super::{Entry, Kind, Label, Link, Value};
use crate::items::{Catalogue, EvidenceFor, ProcessItem, Rule};
use crate::library::{Head, Range3};
use model::Process;

const fn label(code: &'static str, nl: &'static str, en: &'static str) -> Label {
    Label { code, nl, en }
}

const PROCESS: (Label, Label) = (
    label("process", "hoort bij proces", "belongs to process"),
    label("of-process", "hoort bij dit proces", "belongs to this process"),
);
const SHOWS: (Label, Label) =
    (label("shows", "laat zien", "shows"), label("shown-by", "blijkt uit", "shown by"));
const RAISES: (Label, Label) = (
    label("raises", "verhoogt", "raises"),
    label("raised-by", "wordt hoger door", "raised by"),
);
const LOWERS: (Label, Label) = (
    label("lowers", "verlaagt", "lowers"),
    label("lowered-by", "wordt lager door", "lowered by"),
);
const REQUIRES: (Label, Label) = (
    label("requires", "vraagt eerst", "requires first"),
    label("required-by", "is eerst nodig voor", "required by"),
);
const USES: (Label, Label) = (
    label("uses", "gebruikt", "uses"),
    label("used-by", "wordt gebruikt bij", "used by"),
);
const ABOUT: (Label, Label) = (
    label("about", "gaat over", "is about"),
    label("discussed-in", "komt terug in", "discussed in"),
);
const HOLDS: (Label, Label) = (
    label("helps", "helpt bij", "helps to hold"),
    label("helped-by", "staat op de kaart", "stands on the card"),
);
const ANSWERED: (Label, Label) = (
    label("answered-by", "wordt beantwoord door", "answered by"),
    label("answers", "beantwoordt de norm", "answers the norm"),
);
const ASKS: (Label, Label) = (
    label("asks", "vraagt naar", "asks"),
    label("asked-in", "wordt gevraagd in", "asked in"),
);

fn link((to_other, back): (Label, Label), code: &str) -> Link {
    noted((to_other, back), code, String::new())
}

fn noted((label, back): (Label, Label), code: &str, note: String) -> Link {
    Link { label, back, to: code.to_owned(), note }
}

/// Links to processes; none where an item belongs to all of them.
fn processes(all: &[Process]) -> Vec<Link> {
    if all.len() == Process::ALL.len() {
        return Vec::new();
    }
    all.iter().map(|process| link(PROCESS, process.code())).collect()
}

fn every(all: &[Process]) -> Option<(Label, Value)> {
    let label = label("processes", "processen", "processes");
    (all.len() == Process::ALL.len()).then(|| (label, Value::Word("all".to_owned())))
}

fn asked_when(asked_when: Option<&(String, u8)>) -> Option<(Label, Value)> {
    let (code, least) = asked_when?;
    let label = label("asked_when", "alleen gevraagd bij", "only asked when");
    Some((label, Value::Text(format!("{code} ≥ {least}"))))
}

fn named(label: Label, word: &str) -> (Label, Value) {
    (label, Value::Word(word.to_owned()))
}

fn range(label: Label, range: Range3) -> (Label, Value) {
    (label, Value::Range([range.low, range.likely, range.high]))
}

/// An entry of the library.
fn of_head<'c>(
    kind: Kind,
    place: &str,
    head: &'c Head,
    facts: Vec<(Label, Value)>,
    links: Vec<Link>,
) -> Entry<'c> {
    Entry {
        kind,
        code: head.code.clone(),
        folder: format!("{place}/{}", head.name),
        texts: &head.texts,
        facts,
        links,
        sources: &head.sources,
        review: &head.review,
    }
}

/// All items, kind by kind.
pub(super) fn all(catalogue: &Catalogue) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = catalogue.processes.values().map(process).collect();
    all.extend(circumstances(catalogue));
    all.extend(indicators(catalogue));
    all.extend(controls(catalogue));
    all.extend(catalogue.rules.values().map(rule));
    all.extend(measures(catalogue));
    all.extend(instruments(catalogue));
    all.extend(dilemmas(catalogue));
    all.extend(cards(catalogue));
    all.extend(norms(catalogue));
    all.extend(profiles(catalogue));
    if !catalogue.glossary.terms.is_empty() {
        all.push(Entry {
            kind: Kind::Glossary,
            code: "glossary".to_owned(),
            folder: "glossary".to_owned(),
            texts: &catalogue.glossary.texts,
            facts: Vec::new(),
            links: Vec::new(),
            sources: &[],
            review: "proposal",
        });
    }
    all
}

fn process(item: &ProcessItem) -> Entry<'_> {
    let steps = item.steps.iter().map(|step| step.name.clone()).collect();
    let attractiveness = label("attractiveness", "aantrekkelijkheid", "attractiveness");
    let facts = vec![
        (
            label("letters", "letters", "letters"),
            Value::Text(item.process.letters().to_owned()),
        ),
        named(attractiveness, &item.attractiveness),
        (label("steps", "stappen", "steps"), Value::Names(steps)),
        (label("gemma", "GEMMA", "GEMMA"), Value::Names(item.links.gemma.clone())),
        (
            label("case-types", "zaaktypen", "case types"),
            Value::Names(item.links.case_types.clone()),
        ),
        (
            label("areas", "kwetsbare gebieden", "areas of vulnerability"),
            Value::Words(item.links.areas.clone()),
        ),
    ];
    Entry {
        kind: Kind::Process,
        code: item.process.code().to_owned(),
        folder: format!("processes/{}", item.process),
        texts: &item.texts,
        facts,
        links: Vec::new(),
        sources: &item.sources,
        review: &item.review,
    }
}

const WEIGHT: Label = label("weight", "gewicht", "weight");

fn circumstances(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.circumstances.values().map(|item| {
        let kind = if item.inside { "inside" } else { "outside" };
        let mut facts = vec![
            named(label("kind", "soort", "kind"), kind),
            named(label("group", "groep", "group"), &item.group),
            (WEIGHT, Value::Number(i64::from(item.weight))),
        ];
        facts.extend(asked_when(item.asked_when.as_ref()));
        facts.extend(every(&item.processes));
        Entry {
            kind: Kind::Circumstance,
            code: item.code.clone(),
            folder: format!("circumstances/{}", item.name),
            texts: &item.texts,
            facts,
            links: processes(&item.processes),
            sources: &item.sources,
            review: &item.review,
        }
    })
}

fn controls(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.controls.values().map(|item| {
        let mut facts = vec![
            (label("key", "sleutelbeheersing", "key control"), Value::Yes(item.key)),
            (WEIGHT, Value::Number(i64::from(item.weight))),
        ];
        facts.extend(asked_when(item.asked_when.as_ref()));
        facts.extend(every(&item.processes));
        Entry {
            kind: Kind::Control,
            code: item.code.clone(),
            folder: format!("controls/{}", item.name),
            texts: &item.texts,
            facts,
            links: processes(&item.processes),
            sources: &item.sources,
            review: &item.review,
        }
    })
}

fn rule(item: &Rule) -> Entry<'_> {
    let parameters = item.parameters.iter().map(|(name, p)| {
        format!("{name} = {} {} ({} – {})", p.default, p.unit, p.least, p.most)
    });
    let mut facts = vec![
        named(label("class", "klasse", "class"), &item.class),
        named(label("level", "oordeelt over", "judges"), &item.level),
        named(label("stage", "rijpheid", "stage"), &item.stage),
        (label("version", "versie", "version"), Value::Number(i64::from(item.version))),
        (label("needs", "leest", "reads"), Value::Names(item.needs.clone())),
        (
            label("parameters", "instelbaar", "parameters"),
            Value::Names(parameters.collect()),
        ),
    ];
    facts.extend(every(&item.processes));
    let mut links = processes(&item.processes);
    links.extend(item.evidence.iter().map(|evidence| match evidence {
        EvidenceFor::Control(code) | EvidenceFor::Circumstance(code) => link(SHOWS, code),
    }));
    let folder = item.file.strip_suffix("/rule.toml").unwrap_or(&item.file);
    Entry {
        kind: Kind::Rule,
        code: item.code.clone(),
        folder: folder.to_owned(),
        texts: &item.texts,
        facts,
        links,
        sources: &item.sources,
        review: &item.review,
    }
}

fn indicators(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.indicators.values().map(|item| {
        let mut facts = vec![
            (
                label("provider", "aanbieder", "provider"),
                Value::Text(item.provider.clone()),
            ),
            (label("table", "tabel", "table"), Value::Text(item.table.clone())),
            (label("url", "adres", "address"), Value::Address(item.url.clone())),
            named(label("unit", "eenheid", "unit"), &item.unit),
            named(label("area", "per", "by"), &item.area),
            named(label("every", "verschijnt per", "published each"), &item.every),
        ];
        let limits = [
            (
                label("somewhat-from", "enigszins vanaf", "somewhat from"),
                item.somewhat_from,
            ),
            (label("strongly-from", "sterk vanaf", "strongly from"), item.strongly_from),
        ];
        for (label, tenths) in limits {
            if let Some(tenths) = tenths {
                facts.push((label, Value::Text(tenths_text(tenths))));
            }
        }
        let links = item.circumstances.iter().map(|code| link(SHOWS, code)).collect();
        of_head(Kind::Indicator, "indicators", &item.head, facts, links)
    })
}

/// A number of tenths with a point, as it is written in a file.
fn tenths_text(tenths: i64) -> String {
    format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10))
}

fn measures(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.measures.values().map(|item| {
        let mut facts = vec![
            named(label("theme", "thema", "theme"), &item.theme),
            range(label("hours-once", "uren eenmalig", "hours once"), item.hours_once),
            range(
                label("hours-yearly", "uren per jaar", "hours yearly"),
                item.hours_yearly,
            ),
            range(label("euros-once", "euro eenmalig", "euros once"), item.euros_once),
            range(
                label("euros-yearly", "euro per jaar", "euros yearly"),
                item.euros_yearly,
            ),
            (
                label(
                    "small",
                    "geschikt voor kleine organisatie",
                    "fit for a small organisation",
                ),
                Value::Yes(item.small),
            ),
            (
                label("shared", "kan samen in de regio", "can be shared in the region"),
                Value::Yes(item.shared),
            ),
            named(label("proof", "bewijs", "evidence"), &item.proof),
        ];
        facts.extend(every(&item.processes));
        let mut links = processes(&item.processes);
        links.extend(item.raises.iter().map(|raise| {
            noted(RAISES, &raise.control, format!("{} → {}", raise.from, raise.to))
        }));
        links.extend(
            item.lowers.iter().map(|lower| {
                noted(LOWERS, &lower.circumstance, format!("−{}", lower.by))
            }),
        );
        links.extend(item.requires.iter().map(|code| link(REQUIRES, code)));
        links.extend(item.instruments.iter().map(|code| link(USES, code)));
        of_head(Kind::Measure, "measures", &item.head, facts, links)
    })
}

fn instruments(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.instruments.values().map(|item| {
        let mut facts = vec![
            named(label("kind", "soort", "kind"), &item.kind),
            (label("giver", "van", "given by"), Value::Text(item.giver.clone())),
            (label("url", "adres", "address"), Value::Address(item.url.clone())),
            named(label("cost", "kosten", "cost"), &item.cost),
            (
                label("languages", "talen", "languages"),
                Value::Names(item.languages.clone()),
            ),
        ];
        facts.extend(every(&item.processes));
        let links = processes(&item.processes);
        of_head(Kind::Instrument, "instruments", &item.head, facts, links)
    })
}

fn dilemmas(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.dilemmas.values().map(|item| {
        let mut links = vec![link(PROCESS, item.process.code())];
        let about = item.circumstances.iter().chain(&item.controls);
        links.extend(about.map(|code| link(ABOUT, code)));
        let facts = vec![
            (label("options", "keuzes", "options"), Value::Names(item.options.clone())),
            (
                label("wise", "past bij de regels", "fits the rules"),
                Value::Names(item.wise.clone()),
            ),
        ];
        let place = format!("dilemmas/{}", item.process);
        of_head(Kind::Dilemma, &place, &item.head, facts, links)
    })
}

fn cards(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.cards.values().map(|item| {
        let mut links = vec![link(PROCESS, item.process.code())];
        links.extend(item.controls.iter().map(|code| link(HOLDS, code)));
        of_head(Kind::Card, "cards", &item.head, Vec::new(), links)
    })
}

fn norms(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.norms.values().map(|item| {
        let facts = vec![
            (label("giver", "van", "given by"), Value::Text(item.giver.clone())),
            (label("url", "adres", "address"), Value::Address(item.url.clone())),
            (label("version", "versie", "version"), Value::Text(item.version.clone())),
        ];
        let links = item.items.iter().flat_map(|norm| {
            let all = norm.controls.iter().chain(&norm.circumstances);
            all.map(|(code, fits)| {
                let note = format!("{} {} ({})", norm.number, norm.name, fits.code());
                noted(ANSWERED, code, note)
            })
        });
        of_head(Kind::Norm, "norms", &item.head, facts, links.collect())
    })
}

fn profiles(catalogue: &Catalogue) -> impl Iterator<Item = Entry<'_>> {
    catalogue.profiles.values().map(|item| {
        let track = if item.short { "short" } else { "full" };
        let mut facts = vec![
            named(label("organisation", "voor", "for"), &item.organisation),
            named(label("track", "route", "track"), track),
            (
                label("minutes", "minuten", "minutes"),
                Value::Number(i64::from(item.minutes)),
            ),
            (label("people", "mensen", "people"), Value::Number(i64::from(item.people))),
        ];
        if item.questions.is_empty() {
            let questions = label("questions", "vragen", "questions");
            facts.push(named(questions, "all-of-process"));
        }
        facts.extend(every(&item.processes));
        let mut links = processes(&item.processes);
        links.extend(item.questions.iter().map(|code| link(ASKS, code)));
        of_head(Kind::Profile, "profiles", &item.head, facts, links)
    })
}
