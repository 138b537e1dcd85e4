//! Reminders for a round: one mail for each respondent who has questions open, and the day on
//! which the round closes for a calendar.
//!
//! The program sends nothing. The mails are files (RFC 5322) that a person opens in a mail
//! program, reads, and sends, or that the office hands to its own mail server. Who gets them
//! is for the caller to say: here is no list of people.

mod mail;

pub use mail::{Mail, mails};

use crate::calendar::{About, empty, one_text, whole_day};
use icalendar::Component as _;
use model::{Date, Lang};

/// A round that is about to close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// What the round is called between machines.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The last day on which it takes answers.
    pub closes_on: Date,
    /// Who sends the reminder: a name, which may be empty, and an address.
    pub sender: (String, String),
    /// Where questions are answered; empty where that is not at an address.
    pub link: String,
}

/// A respondent with questions open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// What the respondent is called between machines; part of the name of the file.
    pub id: String,
    /// How the mail begins; empty where no name is known.
    pub name: String,
    /// Where it goes; nothing where the sender fills that in.
    pub address: Option<String>,
    /// What is open, process by process.
    pub open: Vec<Open>,
}

/// What is open of one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The title of the process.
    pub process: String,
    /// The questions without an answer.
    pub questions: Vec<String>,
}

impl Reminded {
    /// How many questions are open.
    pub fn count(&self) -> usize {
        self.open.iter().map(|open| open.questions.len()).sum()
    }
}

/// The day on which the round closes, for the calendar of whoever leads it. It says how many
/// still have questions open, and names nobody.
pub fn calendar(closing: &Closing, reminded: &[Reminded], about: &About) -> String {
    let lang = about.lang;
    let waiting = reminded.iter().filter(|one| one.count() > 0).count();
    let summary = match lang {
        Lang::Nl => format!("Ronde sluit: {}", closing.title),
        Lang::En => format!("Round closes: {}", closing.title),
    };
    let state = match (lang, waiting) {
        (Lang::Nl, 0) => "Alle vragen zijn beantwoord.".to_owned(),
        (Lang::Nl, 1) => "1 deelnemer heeft nog vragen open.".to_owned(),
        (Lang::Nl, many) => format!("{many} deelnemers hebben nog vragen open."),
        (Lang::En, 0) => "All questions have been answered.".to_owned(),
        (Lang::En, 1) => "1 respondent still has questions open.".to_owned(),
        (Lang::En, many) => format!("{many} respondents still have questions open."),
    };
    let mut calendar = empty(lang.pick("Rondes", "Rounds"));
    let mut event = whole_day(&format!("round-{}", closing.id), closing.closes_on, about);
    event.summary(&one_text(&summary)).description(&one_text(&state));
    calendar.push(event);
    calendar.to_string()
}

#[cfg(test)]
mod tests;
