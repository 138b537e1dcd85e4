//! What can be wrong with a questionnaire that comes back. No sentence repeats what somebody
//! typed: a fault about a personal number would become the place where it is kept.

use assessment::guard::Personal;
use model::Lang;
use std::fmt;

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The sheet.
    pub sheet: String,
    /// The row as the spreadsheet counts it; 0 for the sheet as a whole.
    pub row: u32,
    /// What.
    pub what: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The hidden sheet is not there.
    NoCodes,
    /// The hidden sheet does not name the form that this program reads.
    OtherForm,
    /// The hidden sheet names no profile, process or language of this program.
    UnknownHead(&'static str),
    /// The sheet with questions is not there.
    NoSheet,
    /// A heading is not there.
    NoColumn(&'static str),
    /// The code is none of the catalogue.
    UnknownCode,
    /// The code is not asked in this questionnaire.
    NotAsked,
    /// The code stands in an earlier row too.
    Twice {
        /// That row.
        first: u32,
    },
    /// The answer is none of those offered.
    NotOffered,
    /// The date cannot be read.
    NoDate,
    /// The text holds something that is not kept.
    Personal {
        /// The heading of the column.
        column: &'static str,
        /// What it looks like.
        what: Personal,
    },
}

/// Something that may stand, but should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The sheet.
    pub sheet: String,
    /// The row as the spreadsheet counts it.
    pub row: u32,
    /// The heading of the column.
    pub column: &'static str,
    /// What it looks like.
    pub what: Personal,
}

impl Warning {
    /// The warning in one or two sentences, with its place.
    pub fn sentence(&self, lang: Lang) -> String {
        let place = place(&self.sheet, self.row, lang);
        format!("{place}, `{}`: {}", self.column, self.what.sentence(lang))
    }
}

impl Fault {
    /// The fault with its place and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        format!("{}: {}", place(&self.sheet, self.row, lang), self.what.sentence(lang))
    }
}

fn place(sheet: &str, row: u32, lang: Lang) -> String {
    match (row, lang) {
        (0, Lang::Nl) => format!("blad `{sheet}`"),
        (0, Lang::En) => format!("sheet `{sheet}`"),
        (_, Lang::Nl) => format!("blad `{sheet}`, rij {row}"),
        (_, Lang::En) => format!("sheet `{sheet}`, row {row}"),
    }
}

impl FaultKind {
    fn sentence(&self, lang: Lang) -> String {
        let (nl, en) = match self {
            Self::NoCodes => (
                "het verborgen blad ontbreekt; begin met een nieuwe vragenlijst uit het programma",
                "the hidden sheet is missing; begin with a new questionnaire from the program",
            ),
            Self::OtherForm => (
                "dit is geen vragenlijst die deze versie kan lezen; maak een nieuwe",
                "this is no questionnaire that this version can read; make a new one",
            ),
            Self::UnknownHead(key) => {
                return match lang {
                    Lang::Nl => {
                        format!("`{key}` is onbekend; maak een nieuwe vragenlijst")
                    }
                    Lang::En => format!("`{key}` is unknown; make a new questionnaire"),
                };
            }
            Self::NoSheet => (
                "het blad met vragen ontbreekt of kreeg een andere naam; zet de naam terug",
                "the sheet with questions is missing or has another name; put the name back",
            ),
            Self::NoColumn(head) => {
                return match lang {
                    Lang::Nl => {
                        format!("de kolom `{head}` ontbreekt; zet het opschrift terug")
                    }
                    Lang::En => {
                        format!("the column `{head}` is missing; put the heading back")
                    }
                };
            }
            Self::UnknownCode => (
                "de code is onbekend; neem haar over uit de vragenlijst die je kreeg",
                "the code is unknown; take it from the questionnaire that you were given",
            ),
            Self::NotAsked => (
                "deze vraag staat niet in deze vragenlijst; haal de rij weg",
                "this question is not asked in this questionnaire; take the row out",
            ),
            Self::Twice { first } => {
                return match lang {
                    Lang::Nl => {
                        format!("deze vraag staat ook in rij {first}; houd één van beide")
                    }
                    Lang::En => {
                        format!(
                            "this question also stands in row {first}; keep one of them"
                        )
                    }
                };
            }
            Self::NotOffered => (
                "dit antwoord staat niet in de lijst; kies een antwoord uit de lijst",
                "this answer is not in the list; choose an answer from the list",
            ),
            Self::NoDate => (
                "de datum is niet te lezen; schrijf haar als 2026-12-31",
                "the date cannot be read; write it as 2026-12-31",
            ),
            Self::Personal { column, what } => {
                return format!("`{column}`: {}", what.sentence(lang));
            }
        };
        lang.pick(nl, en).to_owned()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}
