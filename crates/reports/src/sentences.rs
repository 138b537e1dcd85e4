//! What a picture says, as sentences: the part that text and HTML have in common.
//!
//! Sentences speak about a process ("31 of 412 cases"), never about a person.

use crate::levels;
use crate::listing::test_title;
use crate::numbers;
use crate::safe::one_line;
use crate::words::{Word, listed};
use assessment::{Shown, Side};
use catalogue::{Catalogue, EvidenceFor, Rule};
use findings::Finding;
use model::{Lang, Ppm};
use picture::{Picture, Tested};
use rules::{Lack, State};
use std::collections::BTreeMap;

/// A label with what belongs to it.
pub(crate) type Fact = (Word, String);

/// Something the log would need, and the tests that it would allow.
pub(crate) struct Need {
    /// What to add, with its title.
    pub(crate) what: String,
    /// Codes of tests, sorted, each once.
    pub(crate) tests: Vec<String>,
}

/// A picture together with the language and the catalogue that has its texts.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) picture: &'a Picture,
    pub(crate) lang: Lang,
}

impl<'a> Told<'a> {
    /// A phrase in the language.
    pub(crate) const fn say(self, word: Word) -> &'static str {
        word.text(self.lang)
    }

    /// A count as written in the language.
    pub(crate) fn count(self, number: u64) -> String {
        numbers::count(number, self.lang)
    }

    /// The title of the process.
    pub(crate) fn process(self) -> &'a str {
        let process = self.picture.process;
        let item = self.catalogue.processes.get(&process);
        item.map_or(process.code(), |item| item.texts.title(self.lang))
    }

    /// The rule of a test.
    pub(crate) fn rule(self, test: &Tested) -> Option<&'a Rule> {
        self.catalogue.rules.get(&test.rule)
    }

    /// A text of the rule, or nothing where it has none.
    pub(crate) fn text_of(self, test: &Tested, key: &str) -> Option<&'a str> {
        self.rule(test)?.texts.find(self.lang, key)
    }

    /// The title of a test, with the title of its item.
    pub(crate) fn title(self, test: &Tested) -> String {
        let (process, item) = (self.picture.process, test.item.as_deref());
        let title = test_title(self.catalogue, process, &test.rule, item, self.lang);
        one_line(&title).into_owned()
    }

    /// What the test counts, in the number that fits.
    pub(crate) fn noun(self, test: &Tested, number: u64) -> &'static str {
        let own =
            |group: &[String]| matches!(group, [one] if one == "case" || one == "who");
        let grouped = self.rule(test).is_some_and(|rule| !own(&rule.group));
        let (one, more) = match test.level.as_str() {
            "case" if grouped => (Word::Group, Word::Groups),
            "case" => (Word::Case, Word::Cases),
            "event" => (Word::Event, Word::Events),
            "actor" => (Word::Actor, Word::Actors),
            "pair" => (Word::Pair, Word::Pairs),
            _ => (Word::Part, Word::Parts),
        };
        self.say(if number == 1 { one } else { more })
    }

    /// Tests found, clear and not assessable.
    pub(crate) fn outcomes(self) -> [u64; 3] {
        [State::Found, State::Clear, State::NotAssessable].map(|state| {
            self.picture.tests.iter().filter(|test| test.state == state).count() as u64
        })
    }

    /// "31 of 412".
    pub(crate) fn found_of(self, test: &Tested) -> String {
        let (found, all) = (self.count(test.found), self.count(test.assessable));
        Word::FoundOf.fill(self.lang, &[("found", &found), ("all", &all)])
    }

    /// The outcome of a test without its title.
    pub(crate) fn found_in_words(self, test: &Tested) -> String {
        self.told_as(test, Word::FoundInWords)
    }

    /// What it means that a test found nothing.
    pub(crate) fn clear_in_words(self, test: &Tested) -> String {
        self.told_as(test, Word::ClearSentence)
    }

    fn told_as(self, test: &Tested, word: Word) -> String {
        let (found, all) = (self.count(test.found), self.count(test.assessable));
        let noun = self.noun(test, test.assessable);
        let (Some(share), Some(interval)) = (test.share, test.interval) else {
            return self.title(test) + ".";
        };
        let high = numbers::percent(interval.high, self.lang);
        let values = [
            ("title", self.title(test)),
            ("found", found),
            ("all", all),
            ("noun", noun.to_owned()),
            ("share", numbers::percent(share, self.lang)),
            ("between", numbers::between(interval, self.lang)),
            ("high", high),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        word.fill(self.lang, &values)
    }

    /// What a finding is about: "Case 2026-0012".
    pub(crate) fn subject(self, finding: &Finding) -> String {
        let kind = match finding.kind.as_str() {
            "process" => return self.say(Word::SubjectWhole).to_owned(),
            "case" => Word::KindCase,
            "event" => Word::KindEvent,
            "actor" => Word::KindActor,
            "pair" => Word::KindPair,
            "stratum" => Word::KindStratum,
            _ => Word::KindValue,
        };
        let values =
            [("kind", self.say(kind)), ("subject", &*one_line(&finding.subject))];
        Word::SubjectOf.fill(self.lang, &values)
    }

    /// Observed beside expected, where the finding has both.
    pub(crate) fn measure(self, finding: &Finding) -> Option<String> {
        let (observed, expected, unit, probability) = finding.measure.as_ref()?;
        let written = |value| numbers::measured(value, unit, self.lang);
        let (observed, expected) = (written(*observed), written(*expected));
        let values = [("observed", &*observed), ("expected", &*expected)];
        let mut said = Word::FindingMeasure.fill(self.lang, &values);
        if let Some(probability) = probability {
            let chance = numbers::percent(Ppm(*probability), self.lang);
            let chance = Word::FindingChance.fill(self.lang, &[("chance", &chance)]);
            said.extend([" ", &chance]);
        }
        Some(said)
    }

    /// The process in two to four sentences.
    pub(crate) fn summary(self) -> Vec<String> {
        let [found, clear, unknown] = self.outcomes();
        let all = found + clear + unknown;
        let tests = |n: u64| self.counted(n, Word::TestOne, Word::TestMore);
        let cases = self.counted(self.picture.log.cases, Word::Case, Word::Cases);
        let mut said = vec![
            Word::SummaryTests
                .fill(self.lang, &[("cases", &cases), ("tests", &tests(all))]),
        ];
        if all == 0 {
            return said;
        }
        let silent =
            if unknown == 1 { Word::SummarySilent } else { Word::SummarySilentMore };
        let parts: Vec<String> =
            [(Word::SummaryFound, found), (Word::SummaryClear, clear), (silent, unknown)]
                .into_iter()
                .filter(|(_, number)| *number > 0)
                .map(|(word, number)| {
                    word.fill(self.lang, &[("count", &self.count(number))])
                })
                .collect();
        let parts = listed(&parts, Word::And, self.lang);
        said.push(Word::SummaryOutcome.fill(self.lang, &[("parts", &parts)]));
        match self.picture.tests.iter().find(|test| test.state == State::Found) {
            Some(most) => {
                said.push(self.told_as(most, Word::SummaryMost));
            }
            None if clear > 0 => said.push(self.say(Word::SummaryNothing).to_owned()),
            None => said.push(self.say(Word::SummaryUnknown).to_owned()),
        }
        said
    }

    /// A number with its noun.
    pub(crate) fn counted(self, number: u64, one: Word, more: Word) -> String {
        let noun = self.say(if number == 1 { one } else { more });
        format!("{}\u{a0}{noun}", self.count(number))
    }

    /// Facts of the log and the pedigree.
    pub(crate) fn facts(self) -> Vec<Fact> {
        let (log, pedigree, lang) =
            (&self.picture.log, &self.picture.pedigree, self.lang);
        let mut facts = Vec::new();
        if !log.title.is_empty() {
            facts.push((Word::LogTitle, one_line(&log.title).into_owned()));
        }
        let files: Vec<_> =
            log.files.iter().map(|name| one_line(name).into_owned()).collect();
        facts.push((
            Word::LogFiles,
            if files.is_empty() {
                self.say(Word::Unknown).to_owned()
            } else {
                files.join(", ")
            },
        ));
        let period = match (log.first, log.last) {
            (Some(first), Some(last)) => Word::LogUntil.fill(
                lang,
                &[
                    ("first", &numbers::day(first, lang)),
                    ("last", &numbers::day(last, lang)),
                ],
            ),
            _ => self.say(Word::Unknown).to_owned(),
        };
        facts.push((Word::LogPeriod, period));
        facts.push((Word::CasesHead, self.count(log.cases)));
        facts.push((Word::LogEvents, self.count(log.events)));
        facts.push((Word::LogActivities, self.count(log.activities)));
        facts.push((Word::LogHandlers, self.count(log.handlers)));
        if let Some(share) = Ppm::of(log.with_handler, log.events) {
            let share = numbers::percent(share, lang);
            facts.push((
                Word::LogWithHandler,
                Word::LogWithHandlerOf.fill(lang, &[("share", &share)]),
            ));
        }
        facts.push((Word::LogVariants, self.count(self.picture.map.variants)));
        facts.push((Word::PedigreeAsOf, numbers::date(pedigree.as_of, lang)));
        facts.push((Word::PedigreeSnapshot, one_line(&pedigree.snapshot).into_owned()));
        facts.push((Word::PedigreeContent, one_line(&pedigree.content).into_owned()));
        let changed = if pedigree.parameters.is_empty() {
            self.say(Word::PedigreeUnchanged).to_owned()
        } else {
            one_line(&pedigree.parameters.join(", ")).into_owned()
        };
        facts.push((Word::PedigreeParameters, changed));
        facts
    }

    /// Version, numbers and limits of a test.
    pub(crate) fn particulars(self, test: &Tested) -> Vec<Fact> {
        let lang = self.lang;
        let version = test.version.to_string();
        let values = [("rule", test.rule.as_str()), ("version", version.as_str())];
        let mut facts = vec![(Word::RuleAndVersion, Word::VersionOf.fill(lang, &values))];
        let stage = match self.rule(test).map_or("", |rule| rule.stage.as_str()) {
            "trial" => Some(Word::StageTrial),
            "proven" => Some(Word::StageProven),
            "retired" => Some(Word::StageRetired),
            _ => None,
        };
        facts.extend(stage.map(|word| (Word::Stage, self.say(word).to_owned())));
        facts.push((Word::Judged, self.judged(test)));
        let missing = self.reasons(test);
        if !missing.is_empty() {
            facts.push((Word::NotJudged, missing.join("; ")));
        }
        if !test.parameters.is_empty() {
            facts.push((Word::Parameters, self.limits(test)));
        }
        facts.push((Word::TestsRun, self.count(test.tests)));
        facts.push((Word::ByOrder, self.by_order(test)));
        facts.push((Word::NewFindings, self.count(test.opened)));
        facts.push((Word::ClosedFindings, self.count(test.closed)));
        let speaks: Vec<String> =
            test.evidence.iter().map(|of| self.shown_title(of)).collect();
        facts.push((Word::SpeaksFor, speaks.join("; ")));
        facts
    }

    /// How many subjects could be judged, of how many.
    pub(crate) fn judged(self, test: &Tested) -> String {
        let Some(coverage) = test.coverage else {
            return self.say(Word::JudgedNone).to_owned();
        };
        let values = [
            ("judged", self.count(test.assessable)),
            ("all", self.count(test.subjects)),
            ("noun", self.noun(test, test.subjects).to_owned()),
            ("share", numbers::percent(coverage, self.lang)),
        ];
        Word::JudgedOf.fill(
            self.lang,
            &values.each_ref().map(|(name, text)| (*name, text.as_str())),
        )
    }

    /// Why subjects could not be judged: "12 cases: handler missing".
    pub(crate) fn reasons(self, test: &Tested) -> Vec<String> {
        let because = |(reason, number): (&rules::Reason, &u64)| {
            let values = [
                ("count", &*self.count(*number)),
                ("noun", self.noun(test, *number)),
                ("reason", reason.phrase(self.lang)),
            ];
            Word::Because.fill(self.lang, &values)
        };
        test.not_assessable.iter().map(because).collect()
    }

    fn limits(self, test: &Tested) -> String {
        let limit = |(name, value): (&String, &i64)| {
            let unit = self.rule(test).and_then(|rule| rule.parameters.get(name));
            let unit = unit.map_or("", |parameter| parameter.unit.as_str());
            format!("{name} = {}", numbers::parameter(*value, unit, self.lang))
        };
        test.parameters.iter().map(limit).collect::<Vec<_>>().join("; ")
    }

    /// Whether verdicts rest on the order in the file.
    pub(crate) fn by_order(self, test: &Tested) -> String {
        match test.by_order {
            0 => self.say(Word::ByOrderNone).to_owned(),
            1 => self.say(Word::ByOrderOne).to_owned(),
            more => Word::ByOrderSome.fill(self.lang, &[("count", &self.count(more))]),
        }
    }

    /// The title of a control or a circumstance with its code.
    pub(crate) fn shown_title(self, of: &EvidenceFor) -> String {
        let (code, texts) = match of {
            EvidenceFor::Control(code) => {
                (code, self.catalogue.controls.get(code).map(|found| &found.texts))
            }
            EvidenceFor::Circumstance(code) => {
                (code, self.catalogue.circumstances.get(code).map(|found| &found.texts))
            }
        };
        texts.map_or(code.clone(), |texts| format!("{} ({code})", texts.title(self.lang)))
    }

    /// Whether it is a control whose absence caps the dike.
    pub(crate) fn is_key(self, of: &EvidenceFor) -> bool {
        match of {
            EvidenceFor::Control(code) => {
                self.catalogue.controls.get(code).is_some_and(|control| control.key)
            }
            EvidenceFor::Circumstance(_) => false,
        }
    }

    /// What the data show of a control or circumstance, in words.
    pub(crate) fn shown_range(self, shown: &Shown) -> String {
        let side = match shown.of {
            EvidenceFor::Control(_) => Side::Control,
            EvidenceFor::Circumstance(_) => Side::Circumstance,
        };
        match shown.range {
            Ok(range) => levels::range(side, range, self.lang),
            Err(why) => levels::silence(why, &self.catalogue.method, self.lang),
        }
    }

    /// Tests that could not be run, or not for every subject, with the reasons.
    pub(crate) fn unjudged(self) -> Vec<(&'a Tested, Vec<String>)> {
        let partly = |test: &&Tested| {
            test.state == State::NotAssessable || !test.not_assessable.is_empty()
        };
        let mut all: Vec<(&Tested, Vec<String>)> = self
            .picture
            .tests
            .iter()
            .filter(partly)
            .map(|test| {
                let mut reasons = self.reasons(test);
                if reasons.is_empty() && test.lacks.is_empty() {
                    reasons.push(self.say(Word::LackNothing).to_owned());
                }
                (test, reasons)
            })
            .collect();
        all.sort_by_key(|(test, _)| {
            (test.coverage, test.rule.clone(), test.item.clone())
        });
        all
    }

    /// What the log would need: what allows most tests first.
    pub(crate) fn needs(self) -> Vec<Need> {
        let mut by_lack: BTreeMap<&Lack, Vec<String>> = BTreeMap::new();
        for test in &self.picture.tests {
            for lack in &test.lacks {
                let tests = by_lack.entry(lack).or_default();
                if !tests.contains(&test.rule) {
                    tests.push(test.rule.clone());
                }
            }
        }
        let mut needs: Vec<Need> = by_lack
            .into_iter()
            .map(|(lack, mut tests)| {
                tests.sort();
                Need { what: self.lack(lack), tests }
            })
            .collect();
        needs.sort_by_key(|need| std::cmp::Reverse(need.tests.len()));
        needs
    }

    fn lack(self, lack: &Lack) -> String {
        let quoted = |text: &str| Word::Quoted.fill(self.lang, &[("text", text)]);
        match lack {
            Lack::Column(name) => {
                let column = self.catalogue.columns.get(name);
                let title =
                    column.map_or(name.as_str(), |column| column.titles.title(self.lang));
                Word::NeedColumn.fill(self.lang, &[("column", &quoted(title))])
            }
            Lack::Steps(steps) => {
                let title = |step: &String| {
                    quoted(self.catalogue.step_title(
                        self.picture.process,
                        step,
                        self.lang,
                    ))
                };
                let titles: Vec<String> = steps.iter().map(title).collect();
                let word =
                    if steps.len() == 1 { Word::NeedStep } else { Word::NeedSteps };
                word.fill(self.lang, &[("steps", &listed(&titles, Word::Or, self.lang))])
            }
        }
    }
}

/// The code and item of a test, as [`rules::TestResult::name`] gives it.
pub(crate) fn test_name(test: &Tested) -> String {
    match &test.item {
        Some(item) => format!("{}:{item}", test.rule),
        None => test.rule.clone(),
    }
}
