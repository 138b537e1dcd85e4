//! References between items: every code, step and source that one item names must exist.

use crate::fault::{Faults, nearest};
use crate::items::{Catalogue, EvidenceFor};
use crate::library::Head;
use std::collections::{BTreeMap, BTreeSet};

/// Adds a fault for everything that is named and not there.
pub(crate) fn check(catalogue: &Catalogue, faults: &mut Faults) {
    let mut checker = Checker { catalogue, faults };
    checker.people_side();
    checker.rules();
    checker.indicators();
    checker.measures();
    checker.circles();
    checker.learning();
    checker.norms();
    checker.retired();
}

struct Checker<'c, 'f> {
    catalogue: &'c Catalogue,
    faults: &'f mut Faults,
}

impl<'c> Checker<'c, '_> {
    /// A code that must stand among those of a kind.
    fn known<T>(
        &mut self,
        file: &str,
        kind: &str,
        code: &str,
        all: &'c BTreeMap<String, T>,
    ) {
        if !all.contains_key(code) && !code.is_empty() {
            let hint = nearest(code, all.keys().map(String::as_str));
            let sentence = format!("there is no {kind} with the code `{code}`");
            self.faults.add_with_hint(file, 0, sentence, hint);
        }
    }

    fn sources(&mut self, file: &str, ids: &[String]) {
        for id in ids {
            if !self.catalogue.sources.contains_key(id) && !id.is_empty() {
                let known = self.catalogue.sources.keys().map(String::as_str);
                let hint = nearest(id, known);
                let sentence = format!("the source `{id}` is not in sources.toml");
                self.faults.add_with_hint(file, 0, sentence, hint);
            }
        }
    }

    fn controls(&mut self, file: &str, codes: &[String]) {
        for code in codes {
            self.known(file, "control", code, &self.catalogue.controls);
        }
    }

    fn circumstances(&mut self, file: &str, codes: &[String]) {
        for code in codes {
            self.known(file, "circumstance", code, &self.catalogue.circumstances);
        }
    }

    /// What a question hangs on is asked wherever it is asked itself, and hangs on nothing: so
    /// that an answer that follows never follows from one that follows.
    fn asked_when(
        &mut self,
        file: &str,
        (own, processes): (&str, &[model::Process]),
        asked_when: Option<&(String, u8)>,
    ) {
        let Some((code, _)) = asked_when else { return };
        let control = self.catalogue.controls.get(code);
        let circumstance = self.catalogue.circumstances.get(code);
        let base = control
            .map(|item| (&item.processes, &item.asked_when))
            .or_else(|| circumstance.map(|item| (&item.processes, &item.asked_when)));
        let sentence = match base {
            None => {
                let known = self.catalogue.controls.keys();
                let known = known.chain(self.catalogue.circumstances.keys());
                let hint = nearest(code, known.map(String::as_str));
                let sentence =
                    format!("there is no control or circumstance with the code `{code}`");
                self.faults.add_with_hint(file, 0, sentence, hint);
                return;
            }
            Some(_) if code == own => "a question cannot hang on itself".to_owned(),
            Some((_, Some(_))) => {
                format!("`{code}` hangs on another question itself")
            }
            Some((of, None)) => {
                let Some(without) = processes.iter().find(|one| !of.contains(one)) else {
                    return;
                };
                format!("`{code}` is not asked of `{without}`, and this is")
            }
        };
        let hint = "choose another code in `asked_when`";
        self.faults.add_with_hint(file, 0, sentence, hint);
    }

    fn people_side(&mut self) {
        for item in self.catalogue.circumstances.values() {
            let file = format!("circumstances/{}/circumstance.toml", item.name);
            self.sources(&file, &item.sources);
            self.asked_when(
                &file,
                (&item.code, &item.processes),
                item.asked_when.as_ref(),
            );
        }
        for item in self.catalogue.controls.values() {
            let file = format!("controls/{}/control.toml", item.name);
            self.sources(&file, &item.sources);
            self.asked_when(
                &file,
                (&item.code, &item.processes),
                item.asked_when.as_ref(),
            );
        }
        for item in self.catalogue.processes.values() {
            let file = format!("processes/{}/process.toml", item.process);
            self.sources(&file, &item.sources);
            for list in item.lists.values().flatten() {
                self.sources(&file, std::slice::from_ref(&list.source));
            }
        }
    }

    fn rules(&mut self) {
        for rule in self.catalogue.rules.values() {
            self.sources(&rule.file, &rule.sources);
            for evidence in &rule.evidence {
                match evidence {
                    EvidenceFor::Control(code) => {
                        self.known(&rule.file, "control", code, &self.catalogue.controls);
                    }
                    EvidenceFor::Circumstance(code) => {
                        let all = &self.catalogue.circumstances;
                        self.known(&rule.file, "circumstance", code, all);
                    }
                }
            }
        }
        for code in self.catalogue.unexpressed.keys() {
            if self.catalogue.rules.contains_key(code) {
                let sentence =
                    format!("`{code}` is a rule and cannot be left unexpressed");
                self.faults.add("rules/unexpressed.toml", 0, sentence);
            }
        }
    }

    fn indicators(&mut self) {
        for item in self.catalogue.indicators.values() {
            let file = format!("indicators/{}/indicator.toml", item.head.name);
            self.sources(&file, &item.head.sources);
            self.circumstances(&file, &item.circumstances);
        }
        for item in self.catalogue.instruments.values() {
            let file = format!("instruments/{}/instrument.toml", item.head.name);
            self.sources(&file, &item.head.sources);
        }
    }

    fn measures(&mut self) {
        for item in self.catalogue.measures.values() {
            let file = format!("measures/{}/measure.toml", item.head.name);
            self.sources(&file, &item.head.sources);
            for code in &item.requires {
                self.known(&file, "measure", code, &self.catalogue.measures);
            }
            for code in &item.instruments {
                self.known(&file, "instrument", code, &self.catalogue.instruments);
            }
            for raise in &item.raises {
                self.known(&file, "control", &raise.control, &self.catalogue.controls);
            }
            for lower in &item.lowers {
                let all = &self.catalogue.circumstances;
                self.known(&file, "circumstance", &lower.circumstance, all);
            }
        }
    }

    /// Measures that, by what they require, require themselves.
    fn circles(&mut self) {
        let measures = &self.catalogue.measures;
        for (code, item) in measures {
            let mut seen = BTreeSet::new();
            let mut next: Vec<&String> = item.requires.iter().collect();
            while let Some(wanted) = next.pop() {
                if seen.insert(wanted) {
                    next.extend(
                        measures.get(wanted).into_iter().flat_map(|m| &m.requires),
                    );
                }
            }
            if seen.contains(code) {
                let file = format!("measures/{}/measure.toml", item.head.name);
                let sentence = format!("`{code}` requires itself, by way of others");
                self.faults.add_with_hint(&file, 0, sentence, "break the circle");
            }
        }
    }

    fn learning(&mut self) {
        for item in self.catalogue.dilemmas.values() {
            let Head { name, sources, .. } = &item.head;
            let file = format!("dilemmas/{}/{name}/dilemma.toml", item.process);
            self.sources(&file, sources);
            self.controls(&file, &item.controls);
            self.circumstances(&file, &item.circumstances);
        }
        for item in self.catalogue.cards.values() {
            let file = format!("cards/{}/card.toml", item.process);
            self.sources(&file, &item.head.sources);
            self.controls(&file, &item.controls);
        }
    }

    fn norms(&mut self) {
        for set in self.catalogue.norms.values() {
            let file = format!("norms/{}/norm.toml", set.head.name);
            self.sources(&file, &set.head.sources);
            for norm in &set.items {
                for (code, _) in &norm.controls {
                    self.known(&file, "control", code, &self.catalogue.controls);
                }
                for (code, _) in &norm.circumstances {
                    let all = &self.catalogue.circumstances;
                    self.known(&file, "circumstance", code, all);
                }
            }
        }
        for profile in self.catalogue.profiles.values() {
            let file = format!("profiles/{}/profile.toml", profile.head.name);
            self.sources(&file, &profile.head.sources);
            for code in &profile.questions {
                if !self.catalogue.circumstances.contains_key(code) {
                    self.known(&file, "question", code, &self.catalogue.controls);
                }
            }
        }
    }

    /// A code that is retired is never used again.
    fn retired(&mut self) {
        let used: BTreeSet<&String> = crate::entry::codes(self.catalogue).collect();
        for item in self.catalogue.retired.values() {
            if used.contains(&item.code) {
                let sentence = format!("the code `{}` is retired and in use", item.code);
                self.faults.add_with_hint("retired.toml", 0, sentence, "take a new code");
            }
            if !item.successor.is_empty() && !used.contains(&item.successor) {
                let sentence = format!("there is no item `{}`", item.successor);
                self.faults.add("retired.toml", 0, sentence);
            }
        }
    }
}
