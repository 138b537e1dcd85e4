//! The self-scan on paper, so to say: a workbook for whoever answers without the program. It
//! goes out for one profile, process and language, and comes back as answers or as all that
//! is wrong with it.
//!
//! Each row carries the code of its question, so that sorting does no harm. A hidden sheet
//! holds the form, the version of the catalogue and the answers that were offered: an answer
//! is read against what its writer saw, not against a text that changed since.

mod faults;
mod make;
mod read;

#[cfg(test)]
mod tests;

pub use faults::{Fault, FaultKind, Warning};
pub use make::make;
pub use read::{Brought, ReadError, read};

use ::catalogue::Catalogue;
use ::catalogue::texts::Texts;
use assessment::{Answer, Side};
use model::{Date, Lang, Process};

/// The name and version of the form.
pub const FORM: &str = "dijkwacht/questionnaire/1";

/// The name of the hidden sheet.
const CODES: &str = "codes";

/// A column of the sheet with questions: the headings and its width.
struct Column {
    nl: &'static str,
    en: &'static str,
    width: u8,
}

const CODE: Column = Column { nl: "code", en: "code", width: 8 };
const SUBJECT: Column = Column { nl: "onderwerp", en: "subject", width: 24 };
const QUESTION: Column = Column { nl: "vraag", en: "question", width: 44 };
const HELP: Column = Column { nl: "hulp", en: "help", width: 44 };
const ANSWER: Column = Column { nl: "antwoord", en: "answer", width: 44 };
const EXPLANATION: Column = Column { nl: "uitleg", en: "explanation", width: 44 };
const EVIDENCE: Column =
    Column { nl: "verwijzing naar bewijs", en: "link to evidence", width: 30 };
const EVIDENCE_FROM: Column =
    Column { nl: "bewijs van (jjjj-mm-dd)", en: "evidence of (yyyy-mm-dd)", width: 18 };
const VALID_UNTIL: Column = Column {
    nl: "bewijs geldig tot (jjjj-mm-dd)",
    en: "evidence valid until (yyyy-mm-dd)",
    width: 18,
};
const LAST: Column = Column { nl: "vorige keer", en: "last time", width: 36 };

/// In the order in which they stand.
const COLUMNS: [&Column; 10] = [
    &CODE,
    &SUBJECT,
    &QUESTION,
    &HELP,
    &ANSWER,
    &EXPLANATION,
    &EVIDENCE,
    &EVIDENCE_FROM,
    &VALID_UNTIL,
    &LAST,
];

impl Column {
    fn head(&self, lang: Lang) -> &'static str {
        lang.pick(self.nl, self.en)
    }
}

/// The name of the sheet with questions.
fn sheet_name(lang: Lang) -> &'static str {
    lang.pick("Vragen", "Questions")
}

/// What is asked: a profile, of one process, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    /// The profile, by code.
    pub profile: String,
    /// The process.
    pub process: Process,
    /// The language of all texts.
    pub lang: Lang,
    /// The version of the catalogue.
    pub version: String,
    /// The titles of process and profile.
    pub title: String,
    /// How to go about it.
    pub how: String,
    /// In the order in which it is asked.
    pub asked: Vec<Asked>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The control or circumstance, by code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// What helps to answer it.
    pub help: String,
    /// The answers that may be chosen, with their texts.
    pub choices: Vec<(Answer, String)>,
}

/// One question as somebody filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The control or circumstance, by code.
    pub code: String,
    /// The answer; `NotAnswered` where something else was filled in.
    pub answer: Answer,
    /// The explanation, without blanks around it; may be empty.
    pub explanation: String,
    /// The link to evidence, without blanks around it; may be empty.
    pub evidence: String,
    /// The day the evidence is from.
    pub evidence_from: Option<Date>,
    /// The last day on which the evidence counts.
    pub valid_until: Option<Date>,
}

/// The answer of the round before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The answer.
    pub answer: Answer,
    /// When.
    pub on: Option<Date>,
}

impl Questionnaire {
    /// What a profile asks of a process, in its order; without a list of its own all
    /// circumstances and then all controls of the process. `None` where there is no such
    /// profile or process, or where the profile is not for the process.
    pub fn of(
        catalogue: &Catalogue,
        profile: &str,
        process: Process,
        lang: Lang,
    ) -> Option<Self> {
        let profile = catalogue.profiles.get(profile)?;
        let item = catalogue.processes.get(&process)?;
        if !profile.processes.contains(&process) {
            return None;
        }
        let all: Vec<&String> = if profile.questions.is_empty() {
            catalogue.circumstances.keys().chain(catalogue.controls.keys()).collect()
        } else {
            profile.questions.iter().collect()
        };
        let asked =
            all.into_iter().filter_map(|code| asked(catalogue, code, process, lang));
        let texts = &profile.head.texts;
        Some(Self {
            profile: profile.head.code.clone(),
            process,
            lang,
            version: catalogue.version.clone(),
            title: format!("{} – {}", item.texts.title(lang), texts.title(lang)),
            how: texts.get(lang, "how").to_owned(),
            asked: asked.collect(),
        })
    }
}

/// A question, where it concerns the process.
fn asked(
    catalogue: &Catalogue,
    code: &str,
    process: Process,
    lang: Lang,
) -> Option<Asked> {
    let control = catalogue.controls.get(code);
    let circumstance = catalogue.circumstances.get(code);
    let (side, processes, texts) = match (control, circumstance) {
        (Some(control), _) => (Side::Control, &control.processes, &control.texts),
        (None, Some(item)) => (Side::Circumstance, &item.processes, &item.texts),
        (None, None) => return None,
    };
    processes.contains(&process).then(|| Asked {
        code: code.to_owned(),
        title: texts.title(lang).to_owned(),
        question: texts.get(lang, "question").to_owned(),
        help: texts.get(lang, "help").to_owned(),
        choices: choices(side, texts, lang),
    })
}

/// The levels with what each looks like here, and the two answers without a level.
fn choices(side: Side, texts: &Texts, lang: Lang) -> Vec<(Answer, String)> {
    let keys: &[&str] = match side {
        Side::Control => &[
            "maturity.absent",
            "maturity.on-paper",
            "maturity.applied",
            "maturity.checked",
        ],
        Side::Circumstance => {
            &["severity.none", "severity.somewhat", "severity.strongly"]
        }
    };
    let levels = (0_u8..).zip(keys).map(|(level, key)| {
        let answer = Answer::Level(level);
        (answer, choice(answer, lang, texts.get(lang, key)))
    });
    let no =
        lang.pick("niet van toepassing; leg uit waarom", "does not apply; explain why");
    let unsure = lang.pick("weet ik niet", "I don't know");
    let others = [(Answer::NotApplicable, no), (Answer::DontKnow, unsure)]
        .map(|(answer, text)| (answer, choice(answer, lang, text)));
    levels.chain(others).collect()
}

fn choice(answer: Answer, lang: Lang, text: &str) -> String {
    format!("{}{MARK_END}{text}", mark(answer, lang))
}

/// What stands between the mark of an answer and its text.
const MARK_END: &str = " · ";

/// The short form of an answer, which may be typed in its place.
fn mark(answer: Answer, lang: Lang) -> String {
    match answer {
        Answer::Level(level) => level.to_string(),
        Answer::NotApplicable => lang.pick("n.v.t.", "n/a").to_owned(),
        Answer::DontKnow => "?".to_owned(),
        Answer::NotAnswered => String::new(),
    }
}

impl Filled {
    /// Whether nothing was filled in.
    fn is_empty(&self) -> bool {
        self.answer == Answer::NotAnswered
            && self.explanation.is_empty()
            && self.evidence.is_empty()
            && self.evidence_from.is_none()
            && self.valid_until.is_none()
    }
}
