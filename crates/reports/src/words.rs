//! Every fixed phrase of a report, in both languages, in one place.
//!
//! Dutch at level B1 with `je`; English in British spelling. `{name}` is filled in by the
//! code that uses the phrase. Texts about rules, controls and steps come from the catalogue.

use model::Lang;

/// A list of phrases, as an enum with a text in each language.
macro_rules! words {
    ($(#[$about:meta])* $list:ident: $($name:ident = $nl:literal, $en:literal;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $list {
            $($name,)*
        }

        impl $list {
            /// Every phrase.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The phrase in a language.
            pub(crate) const fn text(self, lang: model::Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($nl, $en),)* }
            }

            /// The phrase with its `{names}` filled in; a name that has no value stays as it
            /// is. What is filled in is never looked at again.
            pub(crate) fn fill(self, lang: model::Lang, values: &[(&str, &str)]) -> String {
                $crate::words::fill(self.text(lang), values)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// A phrase.
    Word:
    // --- Units
    AtOnce = "direct", "at once";
    Second = "seconde", "second";
    Seconds = "seconden", "seconds";
    Minute = "minuut", "minute";
    Minutes = "minuten", "minutes";
    Hour = "uur", "hour";
    Hours = "uur", "hours";
    Day = "dag", "day";
    Days = "dagen", "days";
    WorkingDay = "werkdag", "working day";
    WorkingDays = "werkdagen", "working days";
    Year = "jaar", "year";
    Years = "jaar", "years";
    Character = "teken", "character";
    Characters = "tekens", "characters";
    Between = "tussen {low} en {high}", "between {low} and {high}";
    And = "en", "and";
    Or = "of", "or";

    // --- What is counted
    Case = "zaak", "case";
    Cases = "zaken", "cases";
    Event = "gebeurtenis", "event";
    Events = "gebeurtenissen", "events";
    Actor = "medewerker", "employee";
    Actors = "medewerkers", "employees";
    Pair = "koppel", "pair";
    Pairs = "koppels", "pairs";
    Part = "onderdeel", "part";
    Parts = "onderdelen", "parts";
    Group = "groep", "group";
    Groups = "groepen", "groups";
    Time = "keer", "time";
    Times = "keer", "times";

    // --- The page as a whole
    Product = "Dijkwacht", "Dijkwacht";
    InThisPart = "In dit deel", "In this part";
    BackToOverview = "Terug naar het overzicht", "Back to the overview";
    TestsFoundMore = "Meer toetsen die iets vonden", "More tests that found something";
    TestsClear = "Toetsen die niets vonden", "Tests that found nothing";
    TestsUnknown = "Toetsen die niet te beoordelen waren", "Tests that could not be judged";
    FoundInWords = "{found} van de {all} {noun}: {share}, {between}.", "{found} of {all} {noun}: {share}, {between}.";
    RowsCaption = "Regels uit het logboek bij: {subject}", "Rows of the log for: {subject}";
    SubjectOf = "{kind} {subject}", "{kind} {subject}";
    SubjectWhole = "Het hele proces", "The whole process";
    SkipLink = "Naar de inhoud", "Skip to content";
    PageTitle = "Beeld van kwetsbare processen", "Picture of vulnerable processes";
    PageTitleOne = "{process}: wat de gegevens laten zien", "{process}: what the data show";
    Intro = "Dit beeld laat zien wat de gegevens van een proces zeggen over de toetsen die erop zijn gedaan. Het gaat over het proces, niet over mensen.",
        "This picture shows what the data of a process say about the tests that were run on it. It is about the process, not about people.";
    NoPictures = "Er zijn geen processen om te laten zien. Lees eerst een logboek in.",
        "There are no processes to show. Read a log first.";
    Overview = "Overzicht", "Overview";
    OverviewCaption = "De processen in dit beeld, met de uitkomst van hun toetsen",
        "The processes in this picture, with the outcome of their tests";
    BackToTop = "Terug naar boven", "Back to top";
    HowToRead = "Zo lees je dit beeld", "How to read this picture";
    ReadFound = "Een toets heeft drie uitkomsten. Gevonden: de regel zag het ten minste één keer. Niets gevonden: de regel kon oordelen en zag niets. Niet te beoordelen: het logboek zegt te weinig. Dat laatste is geen goed nieuws en geen slecht nieuws.",
        "A test has three outcomes. Found: the rule saw it at least once. Nothing found: the rule could judge and saw nothing. Not assessable: the log says too little. That last one is neither good news nor bad news.";
    ReadInterval = "Bij elk aandeel staat een marge. Die zegt hoe zeker het aandeel is: met weinig zaken is de marge breed. We rekenen met 95 % zekerheid (methode van Wilson).",
        "Each share has a margin. It says how certain the share is: with few cases the margin is wide. We use 95% certainty (Wilson's method).";
    ReadHarmless = "Wat gevonden is, hoeft niet fout te zijn. Bij elke toets staat wanneer het onschuldig is en hoe je het uitzoekt.",
        "What was found need not be wrong. Each test says when it is harmless and how to look into it.";
    ReadPersons = "Mensen staan er alleen in met een schuilnaam (pseudoniem). De sleutel blijft bij je organisatie.",
        "People appear only under a pseudonym. The key stays with your organisation.";
    Confidential = "Dit stuk bevat regels uit je logboek. Geef het alleen aan wie die mag zien.",
        "This document holds rows of your log. Give it only to those who may see them.";
    MadeBy = "Gemaakt met Dijkwacht, inhoud {content}, stand van {date}.",
        "Made with Dijkwacht, content {content}, as of {date}.";

    // --- A process
    InShort = "In het kort", "In short";
    Process = "Proces", "Process";
    FoundHead = "Gevonden", "Found";
    ClearHead = "Niets gevonden", "Nothing found";
    NotAssessableHead = "Niet te beoordelen", "Not assessable";
    Found = "gevonden", "found";
    Clear = "niets gevonden", "nothing found";
    NotAssessable = "niet te beoordelen", "not assessable";
    CasesHead = "Zaken", "Cases";
    SummaryTests = "Op {cases} deden we {tests}.", "We ran {tests} on {cases}.";
    TestOne = "toets", "test";
    TestMore = "toetsen", "tests";
    SummaryOutcome = "De uitkomst: {parts}.", "The outcome: {parts}.";
    SummaryFound = "bij {count} is iets gevonden", "{count} found something";
    SummaryClear = "bij {count} is niets gevonden", "{count} found nothing";
    SummarySilent = "{count} kon niet worden beoordeeld", "{count} could not be judged";
    SummarySilentMore = "{count} konden niet worden beoordeeld", "{count} could not be judged";
    SummaryMost = "Het duidelijkst is de toets ‘{title}’: {found} van de {all} {noun} ({share}, {between}).",
        "The clearest is the test ‘{title}’: {found} of {all} {noun} ({share}, {between}).";
    SummaryNothing = "Niets gevonden betekent: met deze regels en dit logboek. Het betekent niet dat er niets is.",
        "Nothing found means: with these rules and this log. It does not mean that there is nothing.";
    SummaryUnknown = "Het logboek zegt te weinig om iets te kunnen toetsen. Hieronder staat wat het nodig heeft.",
        "The log says too little to test anything. Below is what it needs.";
    ClearSentence = "Niets gevonden bij {all} {noun}. Het echte aandeel kan dan nog tot {high} zijn.",
        "Nothing found in {all} {noun}. The true share may still be up to {high}.";
    FoundOf = "{found} van {all}", "{found} of {all}";

    // --- The log
    LogHead = "Waar dit beeld op rust", "What this picture rests on";
    LogTitle = "Logboek", "Log";
    LogFiles = "Bestanden", "Files";
    LogPeriod = "Periode", "Period";
    LogUntil = "{first} tot en met {last}", "{first} to {last}";
    LogActivities = "Activiteiten", "Activities";
    LogHandlers = "Behandelaars", "Handlers";
    LogWithHandler = "Met behandelaar", "With a handler";
    LogWithHandlerOf = "{share} van de gebeurtenissen", "{share} of the events";
    LogVariants = "Verschillende volgordes", "Different sequences";
    LogEvents = "Gebeurtenissen", "Events";
    PedigreeSnapshot = "Momentopname", "Snapshot";
    PedigreeContent = "Inhoud", "Content";
    PedigreeAsOf = "Stand van", "As of";
    PedigreeParameters = "Aangepaste grenzen", "Changed limits";
    PedigreeUnchanged = "geen", "none";
    Unknown = "onbekend", "unknown";

    // --- The tests
    TestsHead = "Wat de toetsen laten zien", "What the tests show";
    TestsCaption = "De toetsen op dit proces, de duidelijkste eerst",
        "The tests on this process, the clearest first";
    TestsNone = "Er zijn geen toetsen voor dit proces.", "There are no tests for this process.";
    Outcome = "Uitkomst", "Outcome";
    Test = "Toets", "Test";
    Counted = "Gevonden", "Found";
    Share = "Aandeel", "Share";
    ShareWithMargin = "Aandeel en marge", "Share and margin";
    Margin = "Marge (95 %)", "Margin (95%)";
    Judged = "Beoordeeld", "Judged";
    JudgedShort = "Beoord.", "Judged";
    BarScale = "De balk loopt van 0 tot {most}. De streep is de marge.",
        "The bar runs from 0 to {most}. The line is the margin.";
    BarTitle = "Aandeel {share}, {between}", "Share {share}, {between}";
    NoShare = "geen aandeel", "no share";
    WhatItSees = "Wat de toets ziet", "What the test sees";
    WhyItMatters = "Waarom het ertoe doet", "Why it matters";
    Story = "Voorbeeld", "Example";
    WhenHarmless = "Wanneer het onschuldig is", "When it is harmless";
    HowToCheck = "Zo zoek je het uit", "How to look into it";
    Basis = "Waar de toets op rust", "What the test is based on";
    AboutTheTest = "Uitleg en hoe je het uitzoekt", "Explanation and how to look into it";
    Particulars = "Cijfers en grenzen van de toets", "Figures and limits of the test";
    RuleAndVersion = "Regel", "Rule";
    VersionOf = "{rule}, versie {version}", "{rule}, version {version}";
    Stage = "Stadium", "Stage";
    StageTrial = "proef: nog niet in de praktijk bewezen", "trial: not yet proven in practice";
    StageProven = "in de praktijk bewezen", "proven in practice";
    StageRetired = "niet meer in gebruik", "no longer in use";
    Parameters = "Grenzen", "Limits";
    TestsRun = "Aantal keer getoetst", "Number of tests run";
    JudgedOf = "{judged} van {all} {noun} ({share})", "{judged} of {all} {noun} ({share})";
    JudgedNone = "er was niets om te beoordelen", "there was nothing to judge";
    ByOrder = "Volgorde", "Order";
    ByOrderSome = "{count} uitkomsten rusten op de volgorde van de regels in het bestand, omdat tijden gelijk zijn",
        "{count} outcomes rest on the order of the rows in the file, because times are equal";
    ByOrderOne = "1 uitkomst rust op de volgorde van de regels in het bestand, omdat tijden gelijk zijn",
        "1 outcome rests on the order of the rows in the file, because times are equal";
    ByOrderNone = "geen uitkomst rust op de volgorde in het bestand", "no outcome rests on the order in the file";
    SpeaksFor = "Zegt iets over", "Speaks for";
    NewFindings = "Nieuw in deze run", "New in this run";
    ClosedFindings = "Gesloten", "Closed";
    NotJudged = "Niet beoordeeld", "Not judged";
    Because = "{count} {noun}: {reason}", "{count} {noun}: {reason}";

    // --- Findings
    FindingsFirst = "De eerste {shown} van {all} bevindingen", "The first {shown} of {all} findings";
    FindingsFirstOne = "De eerste van {all} bevindingen", "The first of {all} findings";
    FindingsOne = "De bevinding", "The finding";
    FindingsAll = "De bevindingen ({all})", "The findings ({all})";
    FindingNoRows = "Bij deze bevinding horen geen losse regels.", "No single rows belong to this finding.";
    FindingMeasure = "Gezien: {observed}. Te verwachten: {expected}.", "Seen: {observed}. Expected: {expected}.";
    FindingChance = "Uitkomst van de toets (p of kans): {chance}.", "Result of the test (p or probability): {chance}.";
    FindingOpened = "nieuw in deze run", "new in this run";
    FindingCarried = "al eerder gezien, sinds {date}", "seen before, since {date}";
    FindingClosed = "gesloten", "closed";
    FindingOrder = "Rust op de volgorde van de regels in het bestand.", "Rests on the order of the rows in the file.";
    File = "Bestand", "File";
    Line = "Regel", "Line";
    Activity = "Activiteit", "Activity";
    When = "Wanneer", "When";
    Who = "Wie (pseudoniem)", "Who (pseudonym)";
    TimeUnknown = "tijd onbekend", "time unknown";
    WhoUnknown = "niet genoemd", "not named";
    KindCase = "Zaak", "Case";
    KindEvent = "Gebeurtenis", "Event";
    KindValue = "Waarde", "Value";
    KindActor = "Pseudoniem", "Pseudonym";
    KindPair = "Koppel", "Pair";
    KindStratum = "Onderdeel", "Part";

    // --- Controls and circumstances
    ShownHead = "Wat dit zegt over je beheersing", "What this says about your controls";
    ShownIntro = "Zo sterk kan een beheersing zijn als je alleen naar de gegevens kijkt. Een beheersing is zo sterk als de zwakste toets.",
        "This is how strong a control can be if you look only at the data. A control is as strong as its weakest test.";
    ShownControls = "Beheersing", "Controls";
    ShownControl = "Beheersing", "Control";
    ShownCircumstances = "Omstandigheden", "Circumstances";
    ShownCircumstance = "Omstandigheid", "Circumstance";
    ShownRange = "De gegevens wijzen op", "The data point to";
    ShownTests = "Volgens", "According to";
    ShownNone = "Geen toets zegt iets over een beheersing of een omstandigheid.",
        "No test speaks for a control or a circumstance.";
    KeyControl = "sleutelbeheersing", "key control";
    Maturity0 = "ontbreekt", "absent";
    Maturity1 = "op papier", "on paper";
    Maturity2 = "toegepast", "applied";
    Maturity3 = "toegepast en gecontroleerd", "applied and checked";
    Severity0 = "komt niet voor", "does not occur";
    Severity1 = "enigszins", "somewhat";
    Severity2 = "sterk", "strongly";
    RangeTo = "{low} – {high}", "{low} – {high}";
    RangeOpen = "alles is nog mogelijk ({low} – {high})", "everything is still possible ({low} – {high})";
    SilentNot = "geen uitspraak: niet te beoordelen", "no statement: not assessable";
    RowsFirst = "Dit zijn de eerste {shown} van {all} rijen. `dijkwacht findings` geeft ze allemaal.", "These are the first {shown} of {all} rows. `dijkwacht findings` gives them all.";
    SilentSignals = "geen uitspraak: alleen signalen uit statistiek", "no statement: only statistical signals";
    SilentFew = "geen uitspraak: minder dan {least} beoordeeld", "no statement: fewer than {least} judged";
    SilentLow = "geen uitspraak: minder dan {least} % te beoordelen", "no statement: less than {least}% could be judged";

    // --- What could not be judged
    LackHead = "Wat niet te beoordelen was", "What could not be judged";
    LackIntro = "Deze toetsen konden niet worden gedaan, of maar voor een deel. Dat zegt niets over het proces, wel over het logboek.",
        "These tests could not be run, or only in part. That says nothing about the process, but it does about the log.";
    LackAll = "Alle toetsen konden helemaal worden gedaan.", "All tests could be run in full.";
    LackCaption = "Toetsen die niet of niet helemaal konden, en waarom", "Tests that could not be run in full, and why";
    LackWhy = "Waarom", "Why";
    LackNothing = "er was niets waarover de regel gaat", "there was nothing the rule speaks about";
    NeedHead = "Wat het logboek nodig heeft", "What the log needs";
    NeedCaption = "Wat je kunt toevoegen aan het logboek of de koppeling, en welke toetsen er dan bij komen",
        "What you can add to the log or the binding, and which tests that would allow";
    Need = "Voeg toe", "Add";
    NeedFor = "Voor de toets", "For the test";
    NeedStep = "de stap {steps}", "the step {steps}";
    NeedSteps = "een van de stappen {steps}", "one of the steps {steps}";
    NeedColumn = "de kolom {column}", "the column {column}";
    Quoted = "‘{text}’", "‘{text}’";

    // --- Reading notes
    NotesHead = "Wat opviel bij het inlezen", "What stood out while reading";
    NotesNone = "Bij het inlezen viel niets op.", "Nothing stood out while reading.";
    NotesCaption = "Opmerkingen bij het inlezen", "Reading notes";
    Note = "Opmerking", "Note";
    HowOften = "Hoe vaak", "How often";
    UnplacedHead = "Activiteiten zonder stap", "Activities without a step";
    UnplacedIntro = "Deze activiteiten staan in het logboek, maar de koppeling verbindt ze met geen enkele stap. De toetsen zien ze niet.",
        "These activities stand in the log, but the binding joins them to no step. The tests do not see them.";
    UnplacedCaption = "Activiteiten die de koppeling nergens plaatst", "Activities that the binding places nowhere";
    UnplacedMore = "En nog {count} andere activiteiten.", "And {count} other activities.";

    // --- The map
    MapHead = "De kaart van het proces", "The map of the process";
    MapIntro = "De kaart laat zien welke activiteit op welke volgt. Hoe dikker de lijn, hoe vaker. Bij elke lijn staat hoe vaak, en de middelste tijd ertussen (de helft ging sneller).",
        "The map shows which activity follows which. The thicker the line, the more often. Each line says how often, and the median time between them (half went faster).";
    MapMarks = "Een driehoek met een regelcode staat bij een activiteit waarover een toets iets vond. Een gestippelde lijn gaat terug in het proces.",
        "A triangle with the code of a rule stands at an activity about which a test found something. A dashed line goes back in the process.";
    MapAll = "De kaart laat alle {edges} overgangen zien.", "The map shows all {edges} transitions.";
    MapAllOne = "De kaart laat de enige overgang zien.", "The map shows the only transition.";
    MapPart = "De kaart laat {edges} van de {all} soorten overgangen zien. Samen zijn dat {share} van alle overgangen.",
        "The map shows {edges} of the {all} kinds of transitions. Together they are {share} of all transitions.";
    MapHidden = "{count} activiteiten staan niet op de kaart.", "{count} activities are not on the map.";
    MapHiddenOne = "1 activiteit staat niet op de kaart.", "1 activity is not on the map.";
    MapNodesSome = "De {shown} vaakste van {all} activiteiten", "The {shown} most frequent of {all} activities";
    MapNone = "Er is geen kaart: in dit logboek volgt geen activiteit op een andere.",
        "There is no map: in this log no activity follows another.";
    MapTitle = "Kaart van het proces {process}", "Map of the process {process}";
    MapDesc = "Schema van boven naar beneden met {nodes} activiteiten en {edges} lijnen. De vaakste overgang is van {from} naar {to}: {count} keer. Dezelfde gegevens staan in de tabellen onder de kaart.",
        "Diagram from top to bottom with {nodes} activities and {edges} lines. The most frequent transition is from {from} to {to}: {count} times. The same data stand in the tables below the map.";
    MapRegion = "Kaart, schuif om alles te zien", "Map, scroll to see everything";
    MapTables = "De kaart als tabel", "The map as tables";
    MapNodesCaption = "Activiteiten, de vaakste eerst", "Activities, the most frequent first";
    MapEdgesCaption = "Overgangen, de vaakste eerst", "Transitions, the most frequent first";
    MapEdgesSome = "De {shown} vaakste van {all} soorten overgangen", "The {shown} most frequent of {all} kinds of transitions";
    MapStart = "Begin", "Start";
    MapEnd = "Einde", "End";
    MapRepeats = "{count}× direct herhaald", "{count}× repeated at once";
    MapTimes = "{count}×", "{count}×";
    MapInCases = "In zaken", "In cases";
    MapStarts = "Begint", "Starts";
    MapEnds = "Eindigt", "Ends";
    MapSteps = "Stap", "Step";
    MapFoundBy = "Gevonden door", "Found by";
    MapNoStep = "geen", "none";
    From = "Van", "From";
    To = "Naar", "To";
    Count = "Aantal", "Count";
    MedianTime = "Middelste tijd", "Median time";
    CommonEdges = "De meest voorkomende overgangen", "The most common transitions";
}

/// Fills in the `{names}` of a template.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let value = values.iter().find(|(key, _)| *key == name)?.1;
            Some((value, tail))
        });
        if let Some((value, tail)) = known {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// `a, b of c`: a list as it stands in a sentence.
pub(crate) fn listed(items: &[String], last: Word, lang: Lang) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {} {end}", first.join(", "), last.text(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::words::Say;
    use crate::weighing::words::Phrase;
    use std::collections::BTreeSet;

    fn names(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
    }

    /// What holds for every phrase, as it stands in Dutch and in English.
    fn check(name: &str, nl: &str, en: &str) {
        assert!(!nl.trim().is_empty() && !en.trim().is_empty(), "{name}");
        assert_eq!(names(nl), names(en), "{name}");
        for sentence in [nl, en].iter().flat_map(|text| text.split(['.', ':', ';'])) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 25, "{name} has a sentence of {words} words: {sentence}");
        }
    }

    #[test]
    fn every_phrase_stands_in_both_languages_in_short_sentences_with_the_same_names() {
        for word in Word::ALL {
            check(&format!("{word:?}"), word.text(Lang::Nl), word.text(Lang::En));
        }
        for word in Phrase::ALL {
            check(&format!("{word:?}"), word.text(Lang::Nl), word.text(Lang::En));
        }
        for word in Say::ALL {
            check(&format!("{word:?}"), word.text(Lang::Nl), word.text(Lang::En));
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_in_again() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&items, Word::Or, Lang::Nl), "a, b of c");
        assert_eq!(listed(&items[..2], Word::Or, Lang::En), "a or b");
        assert_eq!(listed(&items[..1], Word::Or, Lang::En), "a");
    }
}
