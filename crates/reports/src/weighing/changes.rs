//! What changed since the round before, as sentences.

use super::Material;
use super::words::Phrase;
use crate::numbers;
use assessment::Parting;
use model::Process;
use picture::changes::{
    Both, Changes, Moved, ProcessChange, SubjectChange, Trend, Turned, changes,
};
use picture::freeboard::Ends;

impl Material<'_> {
    /// The changes; nothing where there is no round before.
    pub(super) fn since(&self) -> Option<Changes> {
        let before = self.before?;
        Some(changes(&before.weighings(), &self.weighings.weighings()))
    }

    /// What is to be said before the processes: from when, what is new and gone, and whether
    /// the method is another.
    pub(super) fn changes_in_general(&self, changes: &Changes) -> Vec<String> {
        let Some(before) = self.before else { return Vec::new() };
        let date = numbers::date(before.head.as_of, self.lang);
        let mut said = vec![Phrase::ChangesSince.fill(self.lang, &[("date", &date)])];
        if before.head.method != self.weighings.head.method {
            said.push(self.say(Phrase::OtherMethod).to_owned());
        }
        for (phrase, processes) in
            [(Phrase::NewProcesses, &changes.new), (Phrase::GoneProcesses, &changes.gone)]
        {
            if !processes.is_empty() {
                let titles = processes.iter().map(|process| self.process_title(*process));
                let names = self.quoted(titles);
                said.push(phrase.fill(self.lang, &[("names", &names)]));
            }
        }
        let same = changes.both.iter().all(ProcessChange::is_none);
        if same && changes.new.is_empty() && changes.gone.is_empty() {
            said.push(self.say(Phrase::ChangesNone).to_owned());
        }
        said
    }

    pub(super) const fn trend(&self, trend: Trend) -> &'static str {
        self.say(match trend {
            Trend::SurelyBetter => Phrase::Better,
            Trend::Same => Phrase::Same,
            Trend::SurelyWorse => Phrase::Worse,
            Trend::CannotSay => Phrase::CannotSay,
        })
    }

    /// A freeboard, or that there is none.
    pub(super) fn freeboard(&self, ends: Option<Ends>) -> String {
        ends.map_or_else(|| self.say(Phrase::NoFigure).to_owned(), |ends| self.ends(ends))
    }

    /// What changed in one process: the figures, then what moved them, then said and shown.
    pub(super) fn change(&self, change: &ProcessChange) -> Vec<String> {
        let lang = self.lang;
        let mut said: Vec<String> =
            self.change_of_freeboard(change).into_iter().collect();
        if change.classes.before != change.classes.now
            && change.freeboard.before.is_some()
            && change.freeboard.now.is_some()
        {
            let Both { before, now } = change.classes;
            let values = [("before", &*self.class(before)), ("now", &*self.class(now))];
            said.push(Phrase::ChangeClass.fill(lang, &values));
        }
        let Both { before, now } = change.attractiveness;
        if before != now {
            let word = |level| self.attractiveness_word(level);
            let values = [("before", word(before)), ("now", word(now))];
            said.push(Phrase::ChangeAttractive.fill(lang, &values));
        }
        if !change.reweighed.is_empty() {
            let titles = self.titles(change.reweighed.iter().map(String::as_str));
            said.push(Phrase::ChangeReweighed.fill(lang, &[("titles", &titles)]));
        }
        said.extend(self.change_of_levels(&change.subjects));
        said.extend(self.change_of_caps(&change.caps));
        said.extend(self.change_of_partings(change.process, &change.partings));
        said
    }

    fn change_of_freeboard(&self, change: &ProcessChange) -> Option<String> {
        let Both { before, now } = change.freeboard;
        let text = |ends: Option<Ends>| self.freeboard(ends);
        let values = [("before", &*text(before)), ("now", &*text(now))];
        let phrase = match (before, now, change.trend) {
            (Some(before), Some(now), Some(trend)) if before != now => {
                let [before, now] = [text(Some(before)), text(Some(now))];
                let values =
                    [("before", &*before), ("now", &*now), ("trend", self.trend(trend))];
                return Some(Phrase::ChangeFreeboard.fill(self.lang, &values));
            }
            (None, Some(_), _) => Phrase::ChangeFigureCame,
            (Some(_), None, _) => Phrase::ChangeFigureWent,
            _ => return None,
        };
        Some(phrase.fill(self.lang, &values))
    }

    /// One sentence each. Where many became known at once, as in a process that is asked about
    /// for the first time, one sentence for these together: what they came from says nothing.
    fn change_of_levels(&self, subjects: &[SubjectChange]) -> Vec<String> {
        const FEW: usize = 5;
        let known = |subject: &&SubjectChange| subject.moved == Moved::BecameKnown;
        let count = subjects.iter().filter(known).count();
        let each = subjects.iter().filter(|subject| count <= FEW || !known(subject));
        let mut said: Vec<String> =
            each.map(|subject| self.change_of_level(subject)).collect();
        if count > FEW {
            let values = [("count", &*count.to_string())];
            said.push(Phrase::ManyKnown.fill(self.lang, &values));
        }
        said
    }

    fn change_of_level(&self, change: &SubjectChange) -> String {
        let moved = match (change.moved, change.is_better()) {
            (_, Some(true)) => Phrase::MovedBetter,
            (_, Some(false)) => Phrase::MovedWorse,
            (Moved::BecameKnown, None) => Phrase::MovedKnown,
            (Moved::BecameUnknown, None) => Phrase::MovedUnknown,
            (Moved::NowApplies, None) => Phrase::MovedApplies,
            (Moved::NoLongerApplies, None) => Phrase::MovedApart,
            (Moved::OtherRange | Moved::Rose | Moved::Fell, None) => Phrase::MovedRange,
        };
        let values = [
            ("title", &*self.title(&change.code)),
            ("before", &*self.levels(change.side, change.levels.before)),
            ("now", &*self.levels(change.side, change.levels.now)),
            ("moved", self.say(moved)),
        ];
        Phrase::ChangeLevel.fill(self.lang, &values)
    }

    fn change_of_caps(&self, caps: &[Turned<i64>]) -> Vec<String> {
        let some = |phrase: Phrase, wanted: &dyn Fn(&Turned<i64>) -> bool| {
            let codes = caps.iter().filter(|turned| wanted(turned)).map(|t| &*t.code);
            let titles = self.titles(codes);
            (!titles.is_empty()).then(|| phrase.fill(self.lang, &[("titles", &titles)]))
        };
        let new = some(Phrase::CapsNew, &|turned| turned.before.is_none());
        let gone = some(Phrase::CapsGone, &|turned| turned.now.is_none());
        new.into_iter().chain(gone).collect()
    }

    fn change_of_partings(
        &self,
        process: Process,
        partings: &[Turned<Parting>],
    ) -> Vec<String> {
        let agrees = |turned: &Turned<Parting>| {
            let weighing = self.weighings.process(process).map(|one| &one.weighing);
            let subject = weighing.and_then(|weighing| weighing.subject(&turned.code));
            subject.is_some_and(|subject| subject.parting == Some(Parting::Agree))
        };
        let phrase = |turned: &Turned<Parting>| match (turned.before, turned.now) {
            (None, _) => Phrase::PartingsNew,
            (Some(_), Some(_)) => Phrase::PartingsStay,
            (Some(_), None) if agrees(turned) => Phrase::PartingsMet,
            (Some(_), None) => Phrase::PartingsSilent,
        };
        let kinds = [
            Phrase::PartingsNew,
            Phrase::PartingsStay,
            Phrase::PartingsMet,
            Phrase::PartingsSilent,
        ];
        let some = kinds.into_iter().filter_map(|kind| {
            let codes = partings.iter().filter(|turned| phrase(turned) == kind);
            let titles = self.titles(codes.map(|turned| turned.code.as_str()));
            (!titles.is_empty()).then(|| kind.fill(self.lang, &[("titles", &titles)]))
        });
        some.collect()
    }

    fn titles<'c>(&self, codes: impl Iterator<Item = &'c str>) -> String {
        self.quoted(codes.map(|code| self.title(code)))
    }
}
