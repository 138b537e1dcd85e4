//! The sentences about what became of a measure.

use super::telling::level;
use super::words::Say;
use crate::numbers;
use crate::safe::one_line;
use crate::words::Word;
use assessment::{Answer, Side};
use catalogue::Catalogue;
use model::Lang;
use picture::effect::{Because, Change, Effect, Known, Outcome, Verdict};

/// What became of a measure, with what is needed to tell it.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) outcome: &'a Outcome,
    pub(crate) lang: Lang,
}

impl Telling<'_> {
    /// The title of the measure with its code.
    pub(crate) fn title(self) -> String {
        let code = one_line(&self.outcome.done.measure);
        match self.catalogue.measures.get(&self.outcome.done.measure) {
            Some(measure) => format!("{} ({code})", measure.head.texts.title(self.lang)),
            None => code.into_owned(),
        }
    }

    /// When it was done, and why nobody can say where nothing in it can be judged.
    pub(crate) fn done(self) -> String {
        let date = numbers::date(self.outcome.done.on, self.lang);
        let done = Say::DoneOn.fill(self.lang, &[("date", &date)]);
        match self.outcome.verdict {
            Verdict::NotAssessable(because) if self.outcome.effects.is_empty() => {
                format!("{done} {}", self.because(because))
            }
            Verdict::Works
            | Verdict::Partly
            | Verdict::NotSeen
            | Verdict::NotAssessable(_) => done,
        }
    }

    pub(crate) const fn verdict(self, verdict: Verdict) -> &'static str {
        let say = match verdict {
            Verdict::Works => Say::Works,
            Verdict::Partly => Say::Partly,
            Verdict::NotSeen => Say::NotSeen,
            Verdict::NotAssessable(_) => Say::NobodyCan,
        };
        say.text(self.lang)
    }

    /// The verdict on the whole, with a sign that says it too.
    pub(crate) fn verdict_with_sign(self) -> String {
        let sign = match self.outcome.verdict {
            Verdict::Works => "✓",
            Verdict::Partly => "±",
            Verdict::NotSeen => "!",
            Verdict::NotAssessable(_) => "?",
        };
        format!("{sign} {}", self.verdict(self.outcome.verdict))
    }

    pub(crate) fn process(self, effect: &Effect) -> String {
        let item = self.catalogue.processes.get(&effect.process);
        item.map_or(effect.process.code(), |item| item.texts.title(self.lang)).to_owned()
    }

    pub(crate) fn subject(self, effect: &Effect) -> String {
        let code = &effect.code;
        let texts = match effect.side {
            Side::Control => self.catalogue.controls.get(code).map(|item| &item.texts),
            Side::Circumstance => {
                self.catalogue.circumstances.get(code).map(|item| &item.texts)
            }
        };
        texts.map_or_else(
            || one_line(code).into_owned(),
            |texts| texts.title(self.lang).to_owned(),
        )
    }

    /// Where it should stand, or how far it should fall where nobody knows from where.
    pub(crate) fn expected(self, effect: &Effect) -> String {
        match (effect.change, effect.expected) {
            (Change::LiftTo(to), _) => {
                Say::AtLeast.fill(self.lang, &[("level", level(true, to, self.lang))])
            }
            (Change::LowerBy(_), Some(most)) => {
                Say::AtMost.fill(self.lang, &[("level", level(false, most, self.lang))])
            }
            (Change::LowerBy(by), None) => {
                Say::LowerBy.fill(self.lang, &[("count", &by.to_string())])
            }
        }
    }

    /// What was said, with the day of the round.
    pub(crate) fn said(self, side: Side, known: &Known) -> String {
        let Some(day) = known.round_on else {
            return Say::NoRound.text(self.lang).to_owned();
        };
        let answer = match known.said {
            Some(Answer::Level(at)) => level(side == Side::Control, at, self.lang),
            Some(Answer::NotApplicable) => Say::NotApplicableSaid.text(self.lang),
            Some(Answer::DontKnow) => Say::DontKnowSaid.text(self.lang),
            Some(Answer::NotAnswered) | None => Say::NotAnsweredSaid.text(self.lang),
        };
        self.on(answer, day)
    }

    /// What the data show, with the day on which they were judged.
    pub(crate) fn shown(self, side: Side, known: &Known) -> String {
        let Some(day) = known.data_on else {
            return Say::NoData.text(self.lang).to_owned();
        };
        let control = side == Side::Control;
        match known.shown {
            None => self.on(Say::NoStatement.text(self.lang), day),
            Some((low, high)) if low == high => {
                self.on(level(control, low, self.lang), day)
            }
            Some((low, high)) => {
                let (low, high) =
                    (level(control, low, self.lang), level(control, high, self.lang));
                let values = [("low", low), ("high", high)];
                self.on(&Word::RangeTo.fill(self.lang, &values), day)
            }
        }
    }

    fn on(self, level: &str, day: model::Date) -> String {
        let date = numbers::date(day, self.lang);
        Say::OnDay.fill(self.lang, &[("level", level), ("date", &date)])
    }

    /// Why nobody can say, or why the data may lag behind; nothing where there is nothing to
    /// add.
    pub(crate) fn note(self, effect: &Effect) -> Option<String> {
        match effect.verdict {
            Verdict::NotAssessable(because) => Some(self.because(because).to_owned()),
            Verdict::Partly | Verdict::NotSeen if effect.older_cases => {
                Some(Say::OlderCases.text(self.lang).to_owned())
            }
            Verdict::Works | Verdict::Partly | Verdict::NotSeen => None,
        }
    }

    const fn because(self, because: Because) -> &'static str {
        let say = match because {
            Because::NothingSince => Say::NothingSince,
            Because::NoDataSince => Say::NoDataSince,
            Because::NotKnownSince => Say::NotKnownSince,
            Because::NotKnownBefore => Say::NotKnownBefore,
            Because::AlreadyThere => Say::AlreadyThere,
            Because::DoesNotApply => Say::DoesNotApply,
            Because::NotInProcess => Say::NotInProcess,
            Because::UnknownMeasure => Say::NoSuchMeasure,
        };
        say.text(self.lang)
    }
}
