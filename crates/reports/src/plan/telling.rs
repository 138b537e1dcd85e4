//! The sentences about a plan, for text and page alike.

use super::words::Say;
use crate::numbers;
use crate::safe::one_line;
use crate::words::{Word, listed};
use ::plan::{Advice, Chosen, Cost, Lack, Missed, Proof, Reached, Step};
use catalogue::Catalogue;
use catalogue::library::{Measure, Range3};
use model::{Lang, Ppm};
use std::borrow::Cow;

/// How many processes a sentence on one measure names.
const NAMED: usize = 3;
/// How many measures that just do not fit are told.
pub(crate) const MISSED: usize = 5;

/// A plan with what is needed to tell it.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) advice: &'a Advice,
    pub(crate) lang: Lang,
}

impl<'a> Telling<'a> {
    pub(crate) const fn say(self, say: Say) -> &'static str {
        say.text(self.lang)
    }

    pub(crate) fn count(self, number: usize) -> String {
        numbers::count(number as u64, self.lang)
    }

    /// `4 maatregelen`.
    fn measures(self, number: usize) -> String {
        let word = if number == 1 { Say::Measure } else { Say::Measures };
        format!("{} {}", self.count(number), self.say(word))
    }

    /// Whether a point of the sum is a point of one process.
    pub(crate) fn is_weighted(self) -> bool {
        let advice = self.advice;
        advice.capacity.len() > 1 || advice.aims.iter().any(|aim| aim.weight > 1)
    }

    /// An amount of a whole plan.
    pub(crate) fn sum(self, tenths: i64) -> String {
        let words = if self.is_weighted() {
            [Say::WeightedPoint, Say::WeightedPoints]
        } else {
            [Say::Point, Say::Points]
        };
        self.in_points(tenths, words)
    }

    /// An amount of one process.
    pub(crate) fn points(self, tenths: i64) -> String {
        self.in_points(tenths, [Say::Point, Say::Points])
    }

    fn in_points(self, tenths: i64, [one, more]: [Say; 2]) -> String {
        let word = if tenths == 10 { one } else { more };
        format!("{} {}", numbers::short_points(tenths, self.lang), self.say(word))
    }

    pub(crate) fn hours(self, hours: u64) -> String {
        let word = if hours == 1 { Word::Hour } else { Word::Hours };
        format!("{}\u{a0}{}", numbers::count(hours, self.lang), word.text(self.lang))
    }

    pub(crate) fn euros(self, euros: u64) -> String {
        let cents = i64::try_from(euros).unwrap_or(i64::MAX).saturating_mul(100);
        numbers::euro(cents, self.lang)
    }

    /// What something takes, in words.
    pub(crate) fn cost(self, cost: &Cost) -> String {
        let amounts = [
            (Say::Once, cost.hours_once, self.hours(cost.hours_once)),
            (Say::Yearly, cost.hours_yearly, self.hours(cost.hours_yearly)),
            (Say::Once, cost.euros_once, self.euros(cost.euros_once)),
            (Say::Yearly, cost.euros_yearly, self.euros(cost.euros_yearly)),
        ];
        let parts: Vec<String> = amounts
            .into_iter()
            .filter(|(_, amount, _)| *amount > 0)
            .map(|(say, _, amount)| say.fill(self.lang, &[("hours", &amount)]))
            .collect();
        self.all_of(&parts)
    }

    /// What lacks, in words.
    pub(crate) fn lack(self, lack: &Lack) -> String {
        let once = Say::Once.fill(self.lang, &[("hours", &self.hours(lack.hours_once))]);
        let yearly =
            Say::Yearly.fill(self.lang, &[("hours", &self.hours(lack.hours_yearly))]);
        let amounts = [
            (lack.hours_once, once),
            (lack.hours_yearly, yearly),
            (lack.euros, self.euros(lack.euros)),
        ];
        let parts: Vec<String> = amounts
            .into_iter()
            .filter(|(amount, _)| *amount > 0)
            .map(|(_, text)| text)
            .collect();
        self.all_of(&parts)
    }

    fn all_of(self, parts: &[String]) -> String {
        if parts.is_empty() {
            return self.say(Say::Nothing).to_owned();
        }
        listed(parts, Word::And, self.lang)
    }

    /// A measure of the catalogue, where it is still there.
    pub(crate) fn measure(self, code: &str) -> Option<&'a Measure> {
        self.catalogue.measures.get(code)
    }

    /// Its title, or its code where the catalogue no longer has it.
    pub(crate) fn title(self, code: &str) -> Cow<'a, str> {
        match self.measure(code) {
            Some(measure) => Cow::Borrowed(measure.head.texts.title(self.lang)),
            None => Cow::Owned(format!(
                "{} ({})",
                one_line(code),
                self.say(Say::UnknownMeasure)
            )),
        }
    }

    /// Title and code: `Vier ogen bij spoed (M012)`.
    fn named(self, code: &str) -> String {
        match self.measure(code) {
            Some(measure) => format!("{} ({code})", measure.head.texts.title(self.lang)),
            None => self.title(code).into_owned(),
        }
    }

    /// Several of them, in a sentence.
    pub(crate) fn all_named(self, codes: &[String]) -> String {
        let names: Vec<String> = codes.iter().map(|code| self.named(code)).collect();
        listed(&names, Word::And, self.lang)
    }

    /// The title of a process, or its code.
    pub(crate) fn process(self, code: &str) -> String {
        let process = code.parse().ok();
        let item = process.and_then(|process| self.catalogue.processes.get(&process));
        item.map_or_else(
            || one_line(code).into_owned(),
            |item| item.texts.title(self.lang).to_owned(),
        )
    }

    fn processes<'c>(self, codes: impl Iterator<Item = &'c String>) -> String {
        let titles: Vec<String> = codes.map(|code| self.process(code)).collect();
        listed(&titles, Word::And, self.lang)
    }

    /// The title of a control or circumstance, or its code.
    pub(crate) fn subject(self, code: &str) -> String {
        let control = self.catalogue.controls.get(code).map(|item| &item.texts);
        let other = || self.catalogue.circumstances.get(code).map(|item| &item.texts);
        let texts = control.or_else(other);
        texts.map_or_else(
            || one_line(code).into_owned(),
            |texts| texts.title(self.lang).to_owned(),
        )
    }

    /// The share of the whole shortfall that goes.
    pub(crate) fn share(self, removed: i64) -> Option<Ppm> {
        let plan = &self.advice.proposal.plan;
        let whole = u64::try_from(plan.removed_tenths + plan.left_tenths).ok()?;
        Ppm::of(u64::try_from(removed).unwrap_or(0), whole)
    }

    pub(crate) fn percent(self, removed: i64) -> String {
        match self.share(removed) {
            Some(share) => numbers::percent(share, self.lang),
            None => self.say(Say::None).to_owned(),
        }
    }

    /// What the plan takes of the whole organisation: once over all years, yearly as in the
    /// last year.
    pub(crate) fn total(self) -> Cost {
        let years = &self.advice.proposal.plan.years;
        let mut total = years.last().map(|year| year.spent).unwrap_or_default();
        total.hours_once = years.iter().map(|year| year.spent.hours_once).sum();
        total.euros_once = years.iter().map(|year| year.spent.euros_once).sum();
        total
    }

    /// The plan in a few sentences.
    pub(crate) fn summary(self) -> Vec<String> {
        let plan = &self.advice.proposal.plan;
        let lang = self.lang;
        let all = plan.removed_tenths + plan.left_tenths;
        if all == 0 {
            return vec![self.say(Say::NoShortfall).to_owned()];
        }
        let mut told = Vec::new();
        if plan.chosen.is_empty() {
            told.push(self.say(Say::Empty).to_owned());
        } else {
            let (measures, cost) =
                (self.measures(plan.chosen.len()), self.cost(&self.total()));
            told.push(Say::Takes.fill(lang, &[("measures", &measures), ("cost", &cost)]));
        }
        let (removed, whole) = (self.sum(plan.removed_tenths), self.sum(all));
        let share = self.percent(plan.removed_tenths);
        let values = [("removed", removed.as_str()), ("all", &whole), ("share", &share)];
        told.push(Say::Removes.fill(lang, &values));
        told.push(match plan.proof {
            Proof::Optimal => self.say(Say::Optimal).to_owned(),
            Proof::Gap { gap_tenths } => {
                Say::Gap.fill(lang, &[("gap", &self.sum(gap_tenths))])
            }
        });
        told
    }

    /// What a reader must know before believing it.
    pub(crate) fn cautions(self) -> Vec<String> {
        let advice = self.advice;
        let lang = self.lang;
        let mut told = Vec::new();
        match advice.assumed.len() {
            0 => {}
            1 => told.push(self.say(Say::AssumedOne).to_owned()),
            many => {
                told.push(Say::AssumedMany.fill(lang, &[("count", &self.count(many))]));
            }
        }
        let unknown = advice.aims.iter().filter(|aim| aim.too_unknown);
        let unknown = self.processes(unknown.map(|aim| &aim.process));
        if !unknown.is_empty() {
            told.push(Say::TooUnknown.fill(lang, &[("processes", &unknown)]));
        }
        if !advice.left_out.is_empty() {
            let processes = self.processes(advice.left_out.iter());
            told.push(Say::LeftOut.fill(lang, &[("processes", &processes)]));
        }
        match advice.not_small.len() {
            0 => {}
            1 => told.push(self.say(Say::NotSmallOne).to_owned()),
            many => {
                let measures = self.measures(many);
                told.push(Say::NotSmall.fill(lang, &[("measures", &measures)]));
            }
        }
        if advice.partners > 1 {
            let count = numbers::count(advice.partners.into(), lang);
            told.push(Say::Partners.fill(lang, &[("count", &count)]));
        }
        told
    }

    /// What a point is, and what weighing does to it.
    pub(crate) fn units(self) -> String {
        let point = self.say(Say::WhatIsAPoint);
        if self.is_weighted() {
            format!("{point} {}", self.say(Say::WhatIsWeighted))
        } else {
            point.to_owned()
        }
    }

    /// Why a measure is in.
    pub(crate) fn why(self, chosen: &Chosen) -> String {
        let loss = &chosen.loss;
        let mut told = Vec::new();
        match (chosen.must_have, loss.tenths > 0) {
            (true, true) => told.push(self.say(Say::WhyWanted).to_owned()),
            (true, false) => told.push(self.say(Say::WhyWantedOnly).to_owned()),
            (false, _) => {}
        }
        if !loss.processes.is_empty() {
            let mut falls: Vec<&(String, i64)> = loss.processes.iter().collect();
            falls.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let one = |(process, tenths): &&(String, i64)| {
                let (process, points) = (self.process(process), self.points(*tenths));
                let values = [("process", process.as_str()), ("points", &points)];
                Say::WhyOne.fill(self.lang, &values)
            };
            let mut names: Vec<String> = falls.iter().take(NAMED).map(one).collect();
            let more = falls.len().saturating_sub(NAMED);
            if more > 0 {
                let count = self.count(more);
                names.push(Say::WhyAndMore.fill(self.lang, &[("count", &count)]));
            }
            let names = listed(&names, Word::And, self.lang);
            told.push(Say::WhyProcesses.fill(self.lang, &[("processes", &names)]));
        } else if loss.tenths > 0 {
            let points = self.sum(loss.tenths);
            told.push(Say::WhyTime.fill(self.lang, &[("points", &points)]));
        }
        if !loss.dependents.is_empty() {
            let say = if loss.dependents.len() == 1 {
                Say::WhyNeeded
            } else {
                Say::WhyNeededMany
            };
            let measures = self.all_named(&loss.dependents);
            told.push(say.fill(self.lang, &[("measures", &measures)]));
        }
        told.join(" ")
    }

    /// A measure that just does not fit.
    pub(crate) fn missed(self, missed: &Missed) -> String {
        let measure = self.named(&missed.code);
        let (lack, gain) = (self.lack(&missed.lack), self.sum(missed.gain_tenths));
        let values = [("measure", measure.as_str()), ("lack", &lack), ("gain", &gain)];
        let mut told = vec![Say::MissedLine.fill(self.lang, &values)];
        told.extend(self.missed_notes(missed));
        told.join(" ")
    }

    /// What else there is to say of it.
    pub(crate) fn missed_notes(self, missed: &Missed) -> Vec<String> {
        let mut told = Vec::new();
        if !missed.along.is_empty() {
            let measures = self.all_named(&missed.along);
            told.push(Say::MissedAlong.fill(self.lang, &[("measures", &measures)]));
        }
        if let Some(year) = missed.planned_year {
            let year = self.count(year);
            told.push(Say::MissedPlanned.fill(self.lang, &[("year", &year)]));
        }
        told
    }

    /// That more measures do not fit than are told; nothing where all are.
    pub(crate) fn missed_more(self) -> Option<String> {
        let all = self.advice.proposal.plan.missed.len();
        (all > MISSED).then(|| {
            let (all, shown) = (self.count(all), self.count(MISSED));
            let values = [("all", all.as_str()), ("shown", &shown)];
            Say::MissedMore.fill(self.lang, &values)
        })
    }

    /// Whether hours were limited at all.
    pub(crate) fn is_limited(self) -> bool {
        let limited = |hours: Option<u64>| hours.is_some();
        self.advice
            .capacity
            .iter()
            .any(|year| limited(year.hours_once) || limited(year.hours_yearly))
    }

    /// The frontier in a sentence or two.
    pub(crate) fn frontier(self) -> String {
        if !self.is_limited() {
            return self.say(Say::FrontierNoLimit).to_owned();
        }
        let steps = &self.advice.proposal.frontier;
        let reached: Vec<(u32, i64)> = steps
            .iter()
            .filter_map(|step| {
                Some((step.percent, step.reached.as_ref()?.removed_tenths))
            })
            .collect();
        let few = reached.iter().min_by_key(|(percent, _)| *percent);
        let many = reached.iter().max_by_key(|(percent, _)| *percent);
        let (Some((few, few_removed)), Some((many, many_removed))) = (few, many) else {
            return String::new();
        };
        let whole = |percent: u32| {
            numbers::whole_percent(Ppm(percent.saturating_mul(10_000)), self.lang)
        };
        let values = [
            ("few", &*whole(*few)),
            ("few_share", &*self.percent(*few_removed)),
            ("many", &*whole(*many)),
            ("many_share", &*self.percent(*many_removed)),
        ];
        let told = Say::FrontierSentence.fill(self.lang, &values);
        if *many_removed <= self.advice.proposal.plan.removed_tenths {
            format!("{told} {}", self.say(Say::FrontierFlat))
        } else {
            told
        }
    }

    /// The hours of a step, of all years together.
    pub(crate) fn step_hours(self, step: &Step) -> String {
        let sum = |of: fn(&::plan::Budget) -> Option<u64>| -> Option<u64> {
            step.years.iter().map(of).sum()
        };
        let (once, yearly) = (sum(|year| year.hours_once), sum(|year| year.hours_yearly));
        let mut parts = Vec::new();
        if let Some(once) = once {
            parts.push(Say::Once.fill(self.lang, &[("hours", &self.hours(once))]));
        }
        let years = step.years.len() as u64;
        if let Some(each) = yearly.and_then(|all| all.checked_div(years)) {
            parts.push(Say::Yearly.fill(self.lang, &[("hours", &self.hours(each))]));
        }
        if parts.is_empty() {
            return self.say(Say::NoLimit).to_owned();
        }
        parts.join(", ")
    }

    /// What is in and out compared with the plan, by code.
    pub(crate) fn change(self, step: &Step, reached: &Reached) -> String {
        if step.percent == 100 {
            return self.say(Say::ThisPlan).to_owned();
        }
        let signed = |sign: &str, codes: &[String]| -> Vec<String> {
            codes.iter().map(|code| format!("{sign}{}", one_line(code))).collect()
        };
        let all = [signed("+", &reached.more), signed("−", &reached.fewer)].concat();
        if all.is_empty() { self.say(Say::Same).to_owned() } else { all.join(" ") }
    }

    /// The part of a range that this organisation carries, low to high.
    pub(crate) fn range(self, range: Range3, shared: bool) -> String {
        let partners = if shared { u64::from(self.advice.partners.max(1)) } else { 1 };
        let part = |whole: u32| u64::from(whole).div_ceil(partners);
        let (low, high) = (part(range.low), part(range.high));
        if low == high {
            return self.hours(low);
        }
        let (low, high) = (numbers::count(low, self.lang), self.hours(high));
        let values = [("low", low.as_str()), ("high", &high)];
        Say::Between.fill(self.lang, &values)
    }

    /// On what the effect of a measure rests.
    pub(crate) fn proof(self, measure: &Measure) -> &'static str {
        self.say(match measure.proof.as_str() {
            "measured-here" => Say::ProofHere,
            "measured-elsewhere" => Say::ProofElsewhere,
            "practice" => Say::ProofPractice,
            _ => Say::ProofExpectation,
        })
    }
}

/// The word for a level of a control or circumstance.
pub(crate) const fn level(control: bool, level: u8, lang: Lang) -> &'static str {
    let word = match (control, level) {
        (true, 0) => Word::Maturity0,
        (true, 1) => Word::Maturity1,
        (true, 2) => Word::Maturity2,
        (true, _) => Word::Maturity3,
        (false, 0) => Word::Severity0,
        (false, 1) => Word::Severity1,
        (false, _) => Word::Severity2,
    };
    word.text(lang)
}
