//! What was said of a control or circumstance beside what was shown, in words.

use super::Material;
use super::words::Phrase;
use crate::levels;
use assessment::{Answer, Parting, Side};
use model::Process;
use picture::weighing::{Subject, Weighing};

/// Something in which said and shown part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Apart<'a> {
    /// The process.
    pub(super) process: Process,
    /// The control or circumstance.
    pub(super) subject: &'a Subject,
}

/// The directions in which said and shown part, the worst first.
pub(super) const DIRECTIONS: [(Parting, Phrase); 3] = [
    (Parting::SaidBetter, Phrase::PartingWorse),
    (Parting::SaidNotApplicable, Phrase::PartingDenied),
    (Parting::SaidWorse, Phrase::PartingBetter),
];

impl<'a> Material<'a> {
    /// Everything in which said and shown part in one direction, in the order of the
    /// processes.
    pub(super) fn apart(&self, direction: Parting) -> Vec<Apart<'a>> {
        let all = self.weighings.processes.iter().flat_map(|one| {
            let process = one.weighing.process;
            one.weighing.partings().map(move |subject| Apart { process, subject })
        });
        all.filter(|apart| apart.subject.parting == Some(direction)).collect()
    }

    /// What is said where said and shown part nowhere: that they agree, or that one of them is
    /// silent.
    pub(super) fn nothing_apart(&self) -> Phrase {
        let mut subjects =
            self.weighings.processes.iter().flat_map(|one| &one.weighing.subjects);
        if !self.has_data() {
            Phrase::PartingsNoData
        } else if subjects.all(|subject| subject.said.answer == Answer::NotAnswered) {
            Phrase::PartingsNobody
        } else {
            Phrase::PartingsNone
        }
    }

    /// Whether the data say anything at all.
    pub(super) fn has_data(&self) -> bool {
        let mut subjects =
            self.weighings.processes.iter().flat_map(|one| &one.weighing.subjects);
        subjects.any(|subject| subject.shown.is_some())
    }

    /// The combined answer alone.
    pub(super) fn answer(&self, subject: &Subject) -> &'static str {
        match subject.said.answer {
            Answer::Level(level) => levels::level(subject.side, level, self.lang),
            Answer::NotApplicable => self.say(Phrase::NotApplicable),
            Answer::DontKnow => self.say(Phrase::NotKnown),
            Answer::NotAnswered => self.say(Phrase::NotAnswered),
        }
    }

    /// What stands beside the answer: how many, how far apart, who did not know.
    pub(super) fn answers(&self, subject: &Subject) -> Vec<String> {
        let said = &subject.said;
        let level = |level: u8| levels::level(subject.side, level, self.lang);
        let number = |number: u32| crate::numbers::count(number.into(), self.lang);
        let counted = |phrase: Phrase, count: u32| {
            phrase.fill(self.lang, &[("count", &number(count))])
        };
        let mut parts = Vec::new();
        if said.agreed {
            parts.push(self.say(Phrase::AgreedTogether).to_owned());
        }
        match (said.levels, said.spread) {
            (0, _) => {}
            (1, _) => parts.push(self.say(Phrase::AnswersOne).to_owned()),
            (count, Some((low, high))) if low != high => {
                let count = number(count);
                let values =
                    [("count", &*count), ("low", level(low)), ("high", level(high))];
                parts.push(Phrase::AnswersSpread.fill(self.lang, &values));
            }
            (count, _) => parts.push(counted(Phrase::Answers, count)),
        }
        match said.dont_know {
            0 => {}
            1 => parts.push(self.say(Phrase::UnsureOne).to_owned()),
            more => parts.push(counted(Phrase::Unsure, more)),
        }
        for (phrase, count) in
            [(Phrase::NotForMe, said.not_applicable), (Phrase::Silent, said.not_answered)]
        {
            if count > 0 {
                parts.push(counted(phrase, count));
            }
        }
        if let Some((management, floor)) = said.groups.filter(|(a, b)| a != b) {
            let values = [("management", level(management)), ("floor", level(floor))];
            parts.push(Phrase::Groups.fill(self.lang, &values));
        }
        parts
    }

    /// What the data show, or why they make no statement.
    pub(super) fn shown(&self, subject: &Subject) -> String {
        match (subject.shown, subject.silence) {
            (Some(range), _) => levels::range(subject.side, range, self.lang),
            (None, Some(why)) => levels::silence(why, &self.catalogue.method, self.lang),
            (None, None) => self.say(Phrase::NoRule).to_owned(),
        }
    }

    /// The levels that count.
    pub(super) fn counts(&self, subject: &Subject) -> String {
        let judged = subject.judged.map(|judged| (judged.low, judged.high));
        self.levels(subject.side, judged)
    }

    /// Levels, or that it does not count.
    pub(super) fn levels(&self, side: Side, levels: Option<(u8, u8)>) -> String {
        levels.map_or_else(
            || self.say(Phrase::NotCounted).to_owned(),
            |range| levels::range(side, range, self.lang),
        )
    }

    /// How said and shown lie to each other, in two or three words.
    pub(super) fn beside(&self, subject: &Subject) -> &'static str {
        self.say(match subject.parting {
            Some(Parting::Agree) => Phrase::AgreeWord,
            Some(Parting::SaidBetter) => Phrase::WorseWord,
            Some(Parting::SaidWorse) => Phrase::BetterWord,
            Some(Parting::SaidNotApplicable) => Phrase::DeniedWord,
            None => Phrase::NothingBeside,
        })
    }

    /// Said and shown in one line.
    pub(super) fn parting_line(&self, subject: &Subject) -> String {
        let values = [("said", self.answer(subject)), ("shown", &*self.shown(subject))];
        Phrase::PartingLine.fill(self.lang, &values)
    }
}

/// The subjects of one side: those in which said and shown part first, then those of which
/// the data say something, then the others; each by code.
pub(super) fn in_order(weighing: &Weighing, side: Side) -> Vec<&Subject> {
    let mut of_side: Vec<&Subject> =
        weighing.subjects.iter().filter(|subject| subject.side == side).collect();
    of_side.sort_by_key(|subject| match subject.parting {
        Some(Parting::Agree) => 1,
        Some(_) => 0,
        None if subject.shown.is_some() => 1,
        None => 2,
    });
    of_side
}
