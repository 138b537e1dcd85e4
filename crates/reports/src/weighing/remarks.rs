//! What the checks on the answers found, as sentences.

use super::Material;
use super::words::Phrase;
use crate::words::Word;
use assessment::consistency::{Outcome, Remark, Verdict};

/// A remark in words.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The process, or the whole round.
    pub(super) about: String,
    /// The control or circumstance between quotes; nothing where it is about the whole.
    pub(super) subject: Option<String>,
    /// What does not agree.
    pub(super) sentence: String,
    /// What you can do about it.
    pub(super) repair: String,
}

impl Material<'_> {
    /// Every remark, in the order of the checks: the round first, then each process.
    pub(super) fn remarks_told(&self) -> Vec<Told> {
        let found = self.remarks.iter().flat_map(|outcome| {
            let remarks: &[Remark] = match &outcome.verdict {
                Verdict::Found(remarks) => remarks,
                Verdict::Clear | Verdict::CannotSay(_) => &[],
            };
            remarks.iter().map(|remark| self.remark(outcome, remark))
        });
        found.collect()
    }

    fn remark(&self, outcome: &Outcome, remark: &Remark) -> Told {
        let about = outcome.process.map_or_else(
            || self.say(Phrase::WholeRound).to_owned(),
            |process| self.process_title(process),
        );
        let subject = remark
            .question
            .as_ref()
            .map(|code| Word::Quoted.fill(self.lang, &[("text", &self.title(code))]));
        Told {
            about,
            subject,
            sentence: outcome.check.sentence(remark, self.lang),
            repair: outcome.check.repair(remark, self.lang),
        }
    }

    /// How many times there was nothing to check; nothing where that never was so.
    pub(super) fn remarks_silent(&self) -> Option<String> {
        let silent =
            |outcome: &&Outcome| matches!(outcome.verdict, Verdict::CannotSay(_));
        let count = self.remarks.iter().filter(silent).count();
        let values =
            [("count", &*self.count(count)), ("all", &*self.count(self.remarks.len()))];
        (count > 0).then(|| Phrase::RemarksSilent.fill(self.lang, &values))
    }
}
