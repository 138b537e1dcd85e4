//! What forms send for an answer, in one place for the scan and the meeting.

use app::people::Said;
use assessment::Answer;

/// What is sent for an answer; nothing where none was given.
pub(super) const fn sent(answer: Answer) -> &'static str {
    match answer {
        Answer::Level(0) => "0",
        Answer::Level(1) => "1",
        Answer::Level(2) => "2",
        Answer::Level(_) => "3",
        Answer::NotApplicable => "nvt",
        Answer::DontKnow => "weet-niet",
        Answer::NotAnswered => "",
    }
}

/// An answer without its words.
pub(super) const fn level_of(said: &Said) -> Answer {
    match said {
        Said::Level(level) => Answer::Level(*level),
        Said::NotApplicable { .. } => Answer::NotApplicable,
        Said::Unknown => Answer::DontKnow,
    }
}
