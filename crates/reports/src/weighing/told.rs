//! What weighings say, as sentences: the part that text and HTML have in common.

use super::Material;
use super::words::Phrase;
use crate::numbers;
use crate::safe::one_line;
use crate::words::{Word, listed};
use assessment::Side;
use model::{Ppm, Process};
use picture::freeboard::{Attractiveness, Class, Ends, Freeboard};
use picture::region::{Cell, Compared, Standing, compare};
use picture::weighing::Weighing;
use picture::weighings::WeighedProcess;

/// How many reasons make the sentence.
const REASONS: usize = 3;
/// How many caps are named.
const CAPS: usize = 3;

/// Whether the water goes over the dike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Surely.
    Overflows,
    /// Surely not.
    StaysDry,
    /// It depends on what is not known.
    Either,
    /// So much is unknown that it has no class.
    TooLittle,
    /// No control applies.
    NoFigure,
}

impl State {
    pub(super) fn of(weighing: &Weighing) -> Self {
        match &weighing.freeboard {
            None => Self::NoFigure,
            Some(found) if found.classes.is_none() => Self::TooLittle,
            Some(found) if found.freeboard.high < 0 => Self::Overflows,
            Some(found) if found.freeboard.low >= 0 => Self::StaysDry,
            Some(_) => Self::Either,
        }
    }

    pub(super) const fn phrase(self) -> Phrase {
        match self {
            Self::Overflows => Phrase::Overflows,
            Self::StaysDry => Phrase::StaysDry,
            Self::Either => Phrase::Either,
            Self::TooLittle => Phrase::TooLittle,
            Self::NoFigure => Phrase::NoFigure,
        }
    }
}

pub(super) const fn class_phrase(class: Class) -> Phrase {
    match class {
        Class::Red => Phrase::Red,
        Class::Orange => Phrase::Orange,
        Class::Green => Phrase::Green,
        Class::Blue => Phrase::Blue,
    }
}

const fn attractiveness_phrase(level: Attractiveness) -> Phrase {
    match level {
        Attractiveness::Low => Phrase::Low,
        Attractiveness::Middle => Phrase::Middle,
        Attractiveness::High => Phrase::High,
    }
}

/// What there is to compare a process with.
enum Beside {
    /// No region is at hand, or the process has no figure.
    Nothing,
    /// The region has no figure, because too few organisations stand behind it.
    TooFew,
    /// A figure of the region.
    Others(Compared),
}

impl Material<'_> {
    pub(super) const fn say(&self, phrase: Phrase) -> &'static str {
        phrase.text(self.lang)
    }

    pub(super) fn count(&self, number: usize) -> String {
        numbers::count(u64::try_from(number).unwrap_or(u64::MAX), self.lang)
    }

    /// The title of a process.
    pub(super) fn process_title(&self, process: Process) -> String {
        let item = self.catalogue.processes.get(&process);
        let title = item.map_or(process.code(), |item| item.texts.title(self.lang));
        one_line(title).into_owned()
    }

    /// The title of a control or circumstance, or its code where the catalogue has it no
    /// longer.
    pub(super) fn title(&self, code: &str) -> String {
        let control = self.catalogue.controls.get(code).map(|item| &item.texts);
        let texts =
            control.or(self.catalogue.circumstances.get(code).map(|item| &item.texts));
        let title = texts.map_or(code, |texts| texts.title(self.lang));
        one_line(title).into_owned()
    }

    pub(super) fn points(&self, tenths: i64) -> String {
        numbers::points(tenths, self.lang)
    }

    /// Both ends, or the one where they are equal: `−45,8 tot −29,1`.
    pub(super) fn ends(&self, ends: Ends) -> String {
        let (low, high) = (self.points(ends.low), self.points(ends.high));
        if low == high {
            return low;
        }
        Phrase::To.fill(self.lang, &[("low", &low), ("high", &high)])
    }

    pub(super) fn attractiveness_word(&self, level: Attractiveness) -> &'static str {
        self.say(attractiveness_phrase(level))
    }

    /// The class, both classes, or that too little is known.
    pub(super) fn class(&self, classes: Option<(Class, Class)>) -> String {
        let Some((low, high)) = classes else {
            return self.say(Phrase::TooLittle).to_owned();
        };
        let word = |class| self.say(class_phrase(class));
        if low == high {
            return word(low).to_owned();
        }
        Phrase::To.fill(self.lang, &[("low", word(low)), ("high", word(high))])
    }

    /// The share of the weight that is unknown.
    pub(super) fn unknown(&self, found: &Freeboard) -> String {
        let ppm = found.unknown.saturating_mul(1000);
        numbers::percent(Ppm(u32::try_from(ppm).unwrap_or(u32::MAX)), self.lang)
    }

    /// A place or the places between which it may lie; a dash where there is none.
    pub(super) fn place(&self, place: Option<(usize, usize)>) -> String {
        match place {
            None => "–".to_owned(),
            Some((first, last)) if first == last => self.count(first),
            Some((first, last)) => {
                let (first, last) = (self.count(first), self.count(last));
                Phrase::PlaceTo.fill(self.lang, &[("first", &first), ("last", &last)])
            }
        }
    }

    /// Names between quotes as a list in a sentence.
    pub(super) fn quoted(&self, titles: impl Iterator<Item = String>) -> String {
        let quoted: Vec<String> = titles
            .map(|title| Word::Quoted.fill(self.lang, &[("text", &title)]))
            .collect();
        listed(&quoted, Word::And, self.lang)
    }

    /// From which round and day it is.
    pub(super) fn origin(&self) -> String {
        let head = &self.weighings.head;
        let as_of = numbers::date(head.as_of, self.lang);
        let Some(round) = &head.round else {
            return Phrase::NoRound.fill(self.lang, &[("as_of", &as_of)]);
        };
        let title = one_line(&round.title);
        let Some(held) = round.held_on else {
            let values = [("title", &*title), ("as_of", &as_of)];
            return Phrase::RoundUndated.fill(self.lang, &values);
        };
        let date = numbers::date(held, self.lang);
        let values = [("title", &*title), ("date", &date), ("as_of", &as_of)];
        Phrase::RoundOf.fill(self.lang, &values)
    }

    /// What the weighings as a whole say: the sentence of the drawing.
    pub(super) fn headline(&self) -> String {
        let all = &self.weighings.processes;
        let order = self.weighings.in_order();
        let lowest = order.first().and_then(|first| {
            let found = first.weighing.freeboard.as_ref()?;
            Some((self.process_title(first.weighing.process), self.ends(found.freeboard)))
        });
        let Some((process, freeboard)) = lowest else {
            return self.say(Phrase::HeadlineNone).to_owned();
        };
        let values = [("process", &*process), ("freeboard", &*freeboard)];
        let lowest = Phrase::HeadlineLowest.fill(self.lang, &values);
        if let [one] = all.as_slice() {
            let state = self.say(State::of(&one.weighing).phrase());
            let values = [("process", &*process), ("state", state)];
            return format!("{} {lowest}", Phrase::HeadlineOne.fill(self.lang, &values));
        }
        let number = |wanted: &[State]| {
            all.iter().filter(|one| wanted.contains(&State::of(&one.weighing))).count()
        };
        let parts: Vec<String> = [
            (Phrase::HeadlineOver, number(&[State::Overflows])),
            (Phrase::HeadlineDry, number(&[State::StaysDry])),
            (
                Phrase::HeadlineOpen,
                number(&[State::Either, State::TooLittle, State::NoFigure]),
            ),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(phrase, count)| phrase.fill(self.lang, &[("count", &self.count(count))]))
        .collect();
        let parts = listed(&parts, Word::And, self.lang);
        let values = [("all", &*self.count(all.len())), ("parts", &*parts)];
        format!("{} {lowest}", Phrase::Headline.fill(self.lang, &values))
    }

    /// The figures of a process as sentences; the attractiveness first.
    pub(super) fn figures(&self, one: &WeighedProcess) -> Vec<String> {
        let level = one.weighing.inputs.attractiveness;
        let word = self.attractiveness_word(level);
        let attractive = match &one.reason {
            None => Phrase::Attractive.fill(self.lang, &[("level", word)]),
            Some(reason) => {
                let proposed = self.attractiveness_word(one.proposed);
                let reason = one_line(reason);
                let values =
                    [("level", word), ("proposed", proposed), ("reason", &*reason)];
                Phrase::AttractiveChanged.fill(self.lang, &values)
            }
        };
        let Some(found) = &one.weighing.freeboard else {
            return vec![attractive, self.say(Phrase::NoFigureWhy).to_owned()];
        };
        let values = [
            ("water", &*self.ends(found.water)),
            ("dike", &*self.ends(found.dike)),
            ("freeboard", &*self.ends(found.freeboard)),
            ("class", &*self.class(found.classes)),
        ];
        let mut said = vec![Phrase::Figures.fill(self.lang, &values), attractive];
        if found.unknown > 0 {
            let share = self.unknown(found);
            said.push(Phrase::UnknownShare.fill(self.lang, &[("share", &share)]));
        }
        said
    }

    /// The first reasons as a sentence; nothing where nothing weighs.
    pub(super) fn reasons(&self, weighing: &Weighing) -> Option<String> {
        let first: Vec<String> = weighing
            .reasons
            .iter()
            .take(REASONS)
            .filter_map(|(code, tenths)| {
                let (title, points) = (self.title(code), self.points(*tenths));
                let values = [("title", &*title), ("points", &*points)];
                Some(reason_phrase(weighing, code)?.fill(self.lang, &values))
            })
            .collect();
        let reasons = first.join("; ");
        (!first.is_empty())
            .then(|| Phrase::Reasons.fill(self.lang, &[("reasons", &reasons)]))
    }

    /// Key controls that hold the dike down: those that are absent, those on paper, and those
    /// of which that is not certain.
    pub(super) fn caps(&self, weighing: &Weighing) -> Vec<String> {
        let caps = weighing.freeboard.as_ref().map_or(&[][..], |found| &found.caps);
        let phrase = |code: &str| match weighing
            .subject(code)
            .and_then(|subject| subject.judged)
        {
            Some(judged) if !judged.is_known() => Phrase::CapOpen,
            Some(judged) if judged.low > 0 => Phrase::CapPaper,
            _ => Phrase::CapAbsent,
        };
        let kinds = [Phrase::CapAbsent, Phrase::CapPaper, Phrase::CapOpen];
        let some = kinds.into_iter().filter_map(|kind| {
            let of_kind = || caps.iter().filter(move |(code, _)| phrase(code) == kind);
            // the lowest first, as the caps stand
            let cap = self.points(of_kind().next()?.1);
            let titles = of_kind().map(|(code, _)| {
                Word::Quoted.fill(self.lang, &[("text", &self.title(code))])
            });
            let titles = self.first_of(titles.collect());
            Some(kind.fill(self.lang, &[("titles", &titles), ("cap", &cap)]))
        });
        some.collect()
    }

    /// A list in a sentence: the first few, and how many others.
    fn first_of(&self, mut items: Vec<String>) -> String {
        let more = items.len().saturating_sub(CAPS);
        if more > 1 {
            items.truncate(CAPS);
            let count = self.count(more);
            items.push(Phrase::AndMore.fill(self.lang, &[("count", &count)]));
        }
        listed(&items, Word::And, self.lang)
    }

    /// How the process lies to those of organisations of its size, in a sentence; nothing
    /// where no region is at hand or the process has no figure.
    pub(super) fn compared(&self, weighing: &Weighing) -> Option<String> {
        let found = match self.beside_others(weighing) {
            Beside::Nothing => return None,
            Beside::TooFew => return Some(self.say(Phrase::ComparedNone).to_owned()),
            Beside::Others(found) => found,
        };
        let phrase = match found.standing {
            Standing::Lower => Phrase::ComparedLower,
            Standing::Within => Phrase::ComparedWithin,
            Standing::Higher => Phrase::ComparedHigher,
        };
        let spread = found.spread;
        let values = [
            ("count", &*numbers::count(spread.organisations.into(), self.lang)),
            ("lower", &*self.points(spread.lower)),
            ("upper", &*self.points(spread.upper)),
        ];
        let mut said = phrase.fill(self.lang, &values);
        if !found.sure {
            said.extend([" ", self.say(Phrase::ComparedUnsure)]);
        }
        Some(said)
    }

    /// The same in a word or two.
    pub(super) fn compared_short(&self, weighing: &Weighing) -> Option<String> {
        let found = match self.beside_others(weighing) {
            Beside::Nothing => return None,
            Beside::TooFew => return Some(self.say(Phrase::ShortNone).to_owned()),
            Beside::Others(found) => found,
        };
        let standing = self.say(match found.standing {
            Standing::Lower => Phrase::ShortLower,
            Standing::Within => Phrase::ShortWithin,
            Standing::Higher => Phrase::ShortHigher,
        });
        Some(if found.sure {
            standing.to_owned()
        } else {
            Phrase::ShortUnsure.fill(self.lang, &[("standing", standing)])
        })
    }

    fn beside_others(&self, weighing: &Weighing) -> Beside {
        let own = weighing.freeboard.as_ref().map(|found| found.freeboard);
        let Some(((region, size), own)) = self.region.zip(own) else {
            return Beside::Nothing;
        };
        let cell = Cell { size, process: weighing.process };
        let spread = region.figures.get(&cell);
        spread.map_or(Beside::TooFew, |spread| Beside::Others(compare(own, *spread)))
    }

    /// How firm the order is.
    pub(super) fn sensitivity(&self) -> Vec<String> {
        let found = &self.weighings.sensitivity;
        let figures = self.weighings.processes.iter();
        if figures.filter(|one| one.weighing.freeboard.is_some()).count() <= 3 {
            return vec![self.say(Phrase::SensitivityFew).to_owned()];
        }
        let titles = found.first.iter().map(|code| match code.parse() {
            Ok(process) => self.process_title(process),
            Err(model::process::UnknownProcess { .. }) => code.clone(),
        });
        let names = self.quoted(titles);
        let count = |number: u32| numbers::count(number.into(), self.lang);
        let (same, tried) = (count(found.same), count(found.tried));
        let values = [("names", &*names), ("same", &*same), ("tried", &*tried)];
        vec![
            Phrase::Sensitivity.fill(self.lang, &values),
            self.say(Phrase::SensitivityHow).to_owned(),
        ]
    }
}

fn reason_phrase(weighing: &Weighing, code: &str) -> Option<Phrase> {
    let subject = weighing.subject(code)?;
    let judged = subject.judged?;
    Some(match (subject.side, judged.is_known(), judged.low) {
        (Side::Control, false, _) => Phrase::ReasonControlOpen,
        (Side::Control, true, 0) => Phrase::ReasonAbsent,
        (Side::Control, true, 1) => Phrase::ReasonPaper,
        (Side::Control, true, _) => Phrase::ReasonApplied,
        (Side::Circumstance, false, _) => Phrase::ReasonCircumstanceOpen,
        (Side::Circumstance, true, 0 | 1) => Phrase::ReasonSomewhat,
        (Side::Circumstance, true, _) => Phrase::ReasonStrongly,
    })
}
