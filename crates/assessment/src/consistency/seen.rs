//! A process as the checks look at it, and how they gather what they find.

use super::{ProcessRound, Question, Remark, Reply, Round, Verdict, Why};
use crate::said::{Answer, Combined, Given, Group, Side, combine};
use std::collections::BTreeMap;

/// A process with the answers on each question put together.
#[derive(Debug)]
pub(super) struct Seen<'r> {
    pub(super) round: &'r Round,
    pub(super) process: &'r ProcessRound,
    pub(super) asked: Vec<Asked<'r>>,
}

/// A question with its answers together.
#[derive(Debug)]
pub(super) struct Asked<'r> {
    pub(super) question: &'r Question,
    /// With what was agreed in the place of the median.
    pub(super) said: Combined,
    /// Without what was agreed.
    pub(super) median: Answer,
}

impl<'r> Seen<'r> {
    pub(super) fn of(round: &'r Round, process: &'r ProcessRound) -> Self {
        let groups: BTreeMap<&str, Group> =
            process.respondents.iter().map(|one| (one.id.as_str(), one.group)).collect();
        let asked = process.questions.iter().map(|question| {
            let given: Vec<Given> = question
                .replies
                .iter()
                .map(|reply| Given {
                    answer: reply.answer,
                    group: groups.get(reply.by.as_str()).copied().unwrap_or(Group::Other),
                })
                .collect();
            let agreed = question.agreed.as_ref().map(|agreed| agreed.answer);
            let together =
                |agreed| combine(question.side, &given, agreed, round.least_group);
            Asked { question, said: together(agreed), median: together(None).answer }
        });
        Self { round, process, asked: asked.collect() }
    }

    /// The controls.
    pub(super) fn controls(&self) -> impl Iterator<Item = &Asked<'r>> {
        self.asked.iter().filter(|asked| asked.question.side == Side::Control)
    }

    /// All answers that were given, with their questions.
    pub(super) fn given(&self) -> impl Iterator<Item = (&'r Question, &'r Reply)> {
        let questions = self.process.questions.iter();
        questions
            .flat_map(|question| {
                question.replies.iter().map(move |reply| (question, reply))
            })
            .filter(|(_, reply)| reply.answer != Answer::NotAnswered)
    }
}

impl Asked<'_> {
    /// The level that was said.
    pub(super) fn level(&self) -> Option<u8> {
        level(self.said.answer)
    }
}

/// The level of an answer.
pub(super) fn level(answer: Answer) -> Option<u8> {
    match answer {
        Answer::Level(level) => Some(level),
        Answer::NotApplicable | Answer::DontKnow | Answer::NotAnswered => None,
    }
}

/// What a check looked at so far.
#[derive(Default)]
pub(super) struct Looking {
    looked: bool,
    remarks: Vec<Remark>,
}

impl Looking {
    /// Looks at one thing: a question, or all of it. `figures` are those of the sentence.
    pub(super) fn at<const N: usize>(
        &mut self,
        question: Option<&Question>,
        found: bool,
        figures: [(&'static str, String); N],
    ) {
        self.looked = true;
        if found {
            let question = question.map(|question| question.code.clone());
            self.remarks.push(Remark { question, figures: figures.into() });
        }
    }

    /// What the check says; `why` where there was nothing to look at.
    pub(super) fn verdict(self, why: Why) -> Verdict {
        if !self.looked {
            Verdict::CannotSay(why)
        } else if self.remarks.is_empty() {
            Verdict::Clear
        } else {
            Verdict::Found(self.remarks)
        }
    }
}
