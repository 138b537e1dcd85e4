//! Words out of closed lists, in both languages.

use super::Kind;
use model::Lang;

/// What one and several items of a kind are called.
pub(super) fn kind(kind: Kind, lang: Lang) -> (&'static str, &'static str) {
    let (nl, en) = match kind {
        Kind::Process => (("proces", "processen"), ("process", "processes")),
        Kind::Circumstance => {
            (("omstandigheid", "omstandigheden"), ("circumstance", "circumstances"))
        }
        Kind::Indicator => (("indicator", "indicatoren"), ("indicator", "indicators")),
        Kind::Control => (("beheersing", "beheersing"), ("control", "controls")),
        Kind::Rule => (("regel", "regels"), ("rule", "rules")),
        Kind::Measure => (("maatregel", "maatregelen"), ("measure", "measures")),
        Kind::Instrument => {
            (("instrument", "instrumenten"), ("instrument", "instruments"))
        }
        Kind::Dilemma => (("dilemma", "dilemma's"), ("dilemma", "dilemmas")),
        Kind::Card => (("kaart", "kaarten"), ("card", "cards")),
        Kind::Norm => (("norm", "normen"), ("norm set", "norm sets")),
        Kind::Profile => (("vragenlijst", "vragenlijsten"), ("profile", "profiles")),
        Kind::Glossary => (("begrippen", "begrippen"), ("glossary", "glossary")),
    };
    lang.pick(nl, en)
}

/// Every word: as written in files, in Dutch, in English.
const WORDS: &[(&str, &str, &str)] = &[
    ("absent", "ontbreekt", "absent"),
    ("actor", "een pseudoniem", "a pseudonym"),
    ("address", "adres", "address"),
    ("all", "alle", "all"),
    ("all-of-process", "alle die bij het proces horen", "all that concern the process"),
    ("any", "elke organisatie", "any organisation"),
    ("applied", "toegepast", "applied"),
    ("awareness", "bewustwording", "awareness"),
    ("case", "een zaak", "a case"),
    ("checked", "toegepast en gecontroleerd", "applied and checked"),
    ("contracting", "inkopen en contracten", "contracting"),
    ("control", "toont beheersing", "control"),
    ("count", "aantal", "count"),
    ("data", "gegevens", "data"),
    ("desk", "loket of steunpunt", "desk"),
    ("district", "wijk", "district"),
    ("economy", "economie", "economy"),
    ("enforcement", "handhaven", "enforcement"),
    ("euro", "euro", "euro"),
    ("event", "een gebeurtenis", "an event"),
    ("expectation", "verwachting", "expectation"),
    ("free", "gratis", "free"),
    ("full", "volledig", "full"),
    ("functions", "functies", "functions"),
    ("game", "spel", "game"),
    ("good-practice", "goed voorbeeld", "good practice"),
    ("goods", "goederen", "goods"),
    ("granting", "verlenen en uitgeven", "granting"),
    ("guide", "handreiking", "guide"),
    ("high", "hoog", "high"),
    ("information", "informatie", "information"),
    ("inside", "binnen", "inside"),
    ("inspection", "toezicht", "inspection"),
    ("instruments", "praktische instrumenten", "practical instruments"),
    ("irregular", "onregelmatig", "irregular"),
    ("knowledge", "kennis", "knowledge"),
    ("locations", "locaties", "locations"),
    ("low", "laag", "low"),
    ("measured-elsewhere", "elders gemeten", "measured elsewhere"),
    ("measured-here", "hier gemeten", "measured here"),
    ("members", "voor leden", "for members"),
    ("middle", "midden", "middle"),
    ("money", "geld", "money"),
    ("month", "maand", "month"),
    ("municipality", "gemeente", "municipality"),
    ("network", "netwerk", "network"),
    ("none", "komt niet voor", "does not occur"),
    ("norm", "norm", "norm"),
    ("on-paper", "op papier", "on paper"),
    ("organisation", "organisatie", "organisation"),
    ("outside", "buiten", "outside"),
    ("paid", "betaald", "paid"),
    ("pair", "een paar", "a pair"),
    ("part", "voor een deel", "in part"),
    ("partners", "Rijk, RIEC en provincie", "state, RIEC and province"),
    ("payment", "betalen", "payment"),
    ("people", "personeel", "people"),
    ("per-1000", "per 1.000 inwoners", "per 1,000 inhabitants"),
    ("percent", "procent", "per cent"),
    ("persons", "personen", "persons"),
    ("pool", "regionale pool", "regional pool"),
    ("practice", "praktijk", "practice"),
    ("process", "het proces", "the process"),
    (
        "proposal",
        "voorstel, nog te toetsen door een deskundige",
        "proposal, to be reviewed by an expert",
    ),
    ("protocol", "protocol", "protocol"),
    ("proven", "bewezen", "proven"),
    ("province", "provincie", "province"),
    ("quarter", "kwartaal", "quarter"),
    ("real-estate", "vastgoed", "real estate"),
    ("regulating", "regels stellen", "regulating"),
    ("retired", "uit gebruik", "retired"),
    ("reviewed", "getoetst door een deskundige", "reviewed by an expert"),
    ("riec", "RIEC", "RIEC"),
    ("rule", "feit tegen norm", "fact against norm"),
    ("same", "hetzelfde", "the same"),
    ("scan", "scan", "scan"),
    ("score", "score", "score"),
    ("sectors", "bedrijfstakken", "sectors"),
    ("share", "aandeel", "share"),
    ("short", "kort", "short"),
    ("somewhat", "enigszins", "somewhat"),
    ("statistic", "statistiek", "statistic"),
    ("strongly", "sterk", "strongly"),
    ("tool", "hulpmiddel", "tool"),
    ("touches", "raakt eraan", "touches"),
    ("training", "training", "training"),
    ("trial", "op proef", "on trial"),
    ("unknown", "onbekend", "unknown"),
    ("video", "video", "video"),
    ("water-board", "waterschap", "water board"),
    ("waterbed", "waterbed", "waterbed"),
    ("way-of-working", "manier van werken", "way of working"),
    ("year", "jaar", "year"),
];

/// A word of a closed list in a language; the word itself where it stands in no list.
pub fn word(code: &str, lang: Lang) -> &str {
    WORDS
        .binary_search_by(|(known, _, _)| (*known).cmp(code))
        .ok()
        .and_then(|at| WORDS.get(at))
        .map_or(code, |(_, nl, en)| lang.pick(*nl, *en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_order_so_that_each_is_found() {
        assert!(WORDS.is_sorted_by_key(|(code, _, _)| code));
        assert_eq!(word("inside", Lang::Nl), "binnen");
        assert_eq!(word("not-in-it", Lang::Nl), "not-in-it");
    }
}
