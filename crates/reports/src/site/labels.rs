//! The headings under which the texts of an item stand, in reading order.

use model::Lang;

/// The first part of a key, in Dutch, in English.
const SECTIONS: &[(&str, &str, &str)] = &[
    ("purpose", "Waarvoor het proces is", "What the process is for"),
    ("wanted", "Wat een crimineel hier zoekt", "What a criminal wants here"),
    ("example", "Voorbeeld", "Example"),
    ("attractiveness_reason", "Waarom zo aantrekkelijk", "Why this attractive"),
    ("situation", "De situatie", "The situation"),
    ("question", "Vraag", "Question"),
    ("what", "Wat het is", "What it is"),
    ("intro", "Het begrip in één bladzijde", "The concept on one page"),
    ("why", "Waarom het ertoe doet", "Why it matters"),
    ("effect", "Waarom het helpt", "Why it helps"),
    ("story", "Uit de praktijk", "A story"),
    ("help", "Toelichting", "Explanation"),
    ("severity", "Hoe sterk het speelt", "How strongly it occurs"),
    ("maturity", "Vier stappen", "Four steps"),
    ("evidence", "Waaruit blijkt het", "What would show it"),
    ("options", "Wat kun je doen", "What can you do"),
    ("rules", "Wat de regels zeggen", "What the rules say"),
    ("talk_to", "Met wie praat je", "Whom to talk to"),
    ("signs", "Wat je kunt merken", "What you may notice"),
    ("do", "Wat je altijd doet", "What you always do"),
    ("never", "Wat je nooit alleen doet", "What you never do alone"),
    ("ask", "Naar wie je gaat", "Whom you go to"),
    (
        "script",
        "Script voor een video van vijf minuten",
        "Script for a five-minute video",
    ),
    ("how_to_check", "Hoe ga je het na", "How to look into it"),
    ("harmless", "Wanneer is het onschuldig", "When it is harmless"),
    ("basis", "Waarop het berust", "On what it is based"),
    ("owner", "Wie doet het", "Who does it"),
    ("first_steps", "De eerste drie stappen", "The first three steps"),
    ("done_when", "Klaar als", "Done when"),
    ("use", "Waarvoor en wanneer", "For what and when"),
    ("how_to_get", "Hoe kom je eraan", "How to get it"),
    ("reading", "Hoe lees je het", "How to read it"),
    ("how", "Zo pak je het aan", "How to go about it"),
    ("who", "Wie doen mee", "Who takes part"),
    ("steps", "Stappen", "Steps"),
    ("functions", "Functies", "Functions"),
    ("separations", "Wat niet in één hand hoort", "What does not belong in one hand"),
    ("orders", "Wat eerst moet", "What must come first"),
    ("effects", "Goedkeuring vóór het gevolg", "Approval before the effect"),
    ("themes", "Thema's", "Themes"),
    ("items", "Normen", "Norms"),
    ("terms", "Woorden", "Words"),
];

/// Parts below a heading that are words of their own.
const PARTS: &[(&str, &str, &str)] = &[
    ("absent", "0 – ontbreekt", "0 – absent"),
    ("on-paper", "1 – op papier", "1 – on paper"),
    ("applied", "2 – toegepast", "2 – applied"),
    ("checked", "3 – toegepast en gecontroleerd", "3 – applied and checked"),
    ("none", "Komt niet voor", "Does not occur"),
    ("somewhat", "Enigszins", "Somewhat"),
    ("strongly", "Sterk", "Strongly"),
    ("one", "1", "1"),
    ("two", "2", "2"),
    ("three", "3", "3"),
];

/// The place of a heading; those that are not listed come last.
pub(super) fn place(section: &str) -> usize {
    SECTIONS.iter().position(|(key, _, _)| *key == section).unwrap_or(SECTIONS.len())
}

/// The heading of a section.
pub(super) fn heading(section: &str, lang: Lang) -> &str {
    SECTIONS
        .iter()
        .find(|(key, _, _)| *key == section)
        .map_or(section, |(_, nl, en)| lang.pick(*nl, *en))
}

/// The place of a part within its section, where parts have an order of their own.
pub(super) fn part_place(part: &str) -> usize {
    PARTS.iter().position(|(key, _, _)| *key == part).unwrap_or(PARTS.len())
}

/// The name of a part; nothing where it has no words of its own.
pub(super) fn part(part: &str, lang: Lang) -> Option<&'static str> {
    PARTS.iter().find(|(key, _, _)| *key == part).map(|(_, nl, en)| lang.pick(*nl, *en))
}
