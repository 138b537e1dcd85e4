//! The ways in which a weakness is planted, the same for all processes.

use crate::case::{Case, Value};
use crate::clock::{LAST, Stamp, day_of};
use crate::dice::Dice;
use crate::flow::Ground;
use crate::planted::{Mark, PlantedKind, Planter, item};
use std::collections::{BTreeMap, BTreeSet};

/// The end of the log.
pub(crate) fn end() -> Stamp {
    Stamp::new(day_of(LAST) + 1, 0, 0).plus(-1)
}

/// A pair of sets of activities that belong in different hands, with its name.
pub(crate) type Apart = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Cases, the ground they stand on, and what is planted in them.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// Calendar and people.
    pub(crate) ground: &'a Ground,
    /// All cases of a process.
    pub(crate) cases: &'a mut Vec<Case>,
    /// Chance and record.
    pub(crate) planter: &'a mut Planter,
}

impl Field<'_> {
    /// Leaves a step out.
    pub(crate) fn omit(
        &mut self,
        share: f64,
        activity: &'static str,
        once: &str,
        marks: &[Mark],
    ) {
        let fits = |case: &Case| case.has(&[activity, once]);
        self.planter.cases(self.cases, share, marks, fits, |case, _| {
            case.drop(activity);
            true
        });
    }

    /// Lets a step come only after the one before which it belongs: half an hour to two
    /// hours later, within the same day's end.
    pub(crate) fn late(
        &mut self,
        share: f64,
        activity: &'static str,
        than: &'static str,
        marks: &[Mark],
    ) {
        let fits = |case: &Case| {
            let once = case.events.iter().filter(|e| e.activity == activity).count() == 1;
            once && case.at(activity) < case.at(than) && case.has(&[activity])
        };
        self.planter.cases(self.cases, share, marks, fits, |case, dice| {
            let Some(at) = case.at(than) else { return false };
            let to = at.plus(dice.between(900, 2_700));
            if to.second() > 64_800 || to > end() {
                return false;
            }
            case.shift(activity, to);
            true
        });
    }

    /// Lets the person of one step also do another.
    pub(crate) fn one_hand(
        &mut self,
        share: f64,
        of: &'static str,
        also: &[&'static str],
        marks: &[Mark],
    ) {
        let staff = &self.ground.staff;
        let last = also.last().copied().unwrap_or_default();
        let fits = |case: &Case| {
            let who = case.who(of);
            let day = case.at(last).map_or(0, Stamp::day);
            case.has(&[of, last]) && !who.is_empty() && staff.works(who, day)
        };
        self.planter.cases(self.cases, share, marks, fits, |case, _| {
            let hand = case.hand_of(of);
            for activity in also {
                case.hand(activity, hand);
            }
            true
        });
    }

    /// Changes what was approved after the approval.
    pub(crate) fn change_after(
        &mut self,
        share: f64,
        approval: &'static str,
        (like, name): (&'static str, &'static str),
        marks: &[Mark],
    ) {
        let fits = |case: &Case| case.has(&[approval, like]);
        self.planter.cases(self.cases, share, marks, fits, |case, dice| {
            let Some(at) =
                case.events.iter().rev().find(|e| e.activity == approval).map(|e| e.at)
            else {
                return false;
            };
            let to = at.plus(dice.between(120, 900));
            let Some(mut event) = case.copy_of(like, name, to) else { return false };
            event.rest = true;
            if to > end() || to.second() > 68_000 {
                return false;
            }
            case.insert(event);
            true
        });
    }

    /// Notes where one person did both of two things that belong in different hands: within
    /// a case, and over all cases. The town keeps its teams apart, so that this is the work
    /// of planting alone.
    pub(crate) fn note_hands(&mut self, apart: &[Apart]) {
        for (name, a, b) in apart {
            let (mut did_a, mut did_b) = (BTreeMap::new(), BTreeMap::new());
            for case in self.cases.iter() {
                let doers = |set: &[&str]| -> BTreeSet<&'static str> {
                    let of = case.events.iter().filter(|e| set.contains(&e.activity));
                    of.map(|e| e.who).filter(|who| !who.is_empty()).collect()
                };
                let (one, other) = (doers(a), doers(b));
                if one.intersection(&other).next().is_some() {
                    self.planter.note_case(item("GEN-03", name), &case.id);
                }
                for (all, did) in [(&mut did_a, one), (&mut did_b, other)] {
                    for who in did {
                        all.entry(who).or_insert_with(Vec::new).push(case.id.clone());
                    }
                }
            }
            for (who, mut ids) in did_a {
                let Some(others) = did_b.remove(who) else { continue };
                ids.extend(others);
                ids.sort_unstable();
                ids.dedup();
                let subject = who.to_owned();
                let mark = item("GEN-11", name);
                self.planter.note(mark, PlantedKind::Actor, subject, None, ids);
            }
        }
    }

    /// As [`Planter::cases`], for rules that speak of one event: the first of `activity`.
    pub(crate) fn events(
        &mut self,
        share: f64,
        mark: Mark,
        activity: &str,
        fits: impl Fn(&Case) -> bool,
        mut change: impl FnMut(&mut Case, &mut Dice) -> bool,
    ) {
        let mut found = Vec::new();
        self.planter.cases(self.cases, share, &[], fits, |case, dice| {
            let done = change(case, dice);
            let place = case.events.iter().position(|e| e.activity == activity);
            if done && place.is_some() {
                found.push((case.id.clone(), place));
            }
            done && place.is_some()
        });
        for (id, place) in found {
            self.planter.note(mark, PlantedKind::Event, id.clone(), place, vec![id]);
        }
    }

    /// Dates a step so many days before the day on which it was registered.
    pub(crate) fn backdate(
        &mut self,
        share: f64,
        activity: &'static str,
        name: &'static str,
        days: i32,
        mark: Mark,
    ) {
        let fits =
            |case: &Case| case.first(activity).is_some_and(|e| e.get(name).is_some());
        self.events(share, mark, activity, fits, |case, dice| {
            let more = i32::try_from(dice.between(0, 20)).unwrap_or(0);
            let Some(event) = case.first_mut(activity) else { return false };
            let day = event.at.day() - days - more;
            event.set(name, Value::Day(day));
            true
        });
    }

    /// Lets the last of the steps that make a case ready come only some minutes before the
    /// decision. Kinds of cases with too few to compare are left alone.
    pub(crate) fn hurry(
        &mut self,
        share: f64,
        ready: &[&'static str],
        decision: &'static str,
        kind: &str,
        mark: Mark,
    ) {
        let of = |case: &Case| case.get(kind).cloned();
        let mut counts: Vec<(Value, usize)> = Vec::new();
        for value in self.cases.iter().filter(|c| c.has(&[decision])).filter_map(of) {
            match counts.iter_mut().find(|(v, _)| *v == value) {
                Some(found) => found.1 += 1,
                None => counts.push((value, 1)),
            }
        }
        let many = |case: &Case| {
            of(case).is_some_and(|v| counts.iter().any(|(w, n)| *w == v && *n >= 300))
        };
        let fits = |case: &Case| case.has(&[decision]) && many(case);
        self.planter.cases(self.cases, share, &[mark], fits, |case, dice| {
            let Some(decided) = case.at(decision) else { return false };
            let last = case.events.iter().rposition(|e| ready.contains(&e.activity));
            let Some(from) = last else { return false };
            // Everything between becoming ready and deciding happens within these minutes.
            let between =
                case.events.iter().skip(from).take_while(|e| e.at < decided).count();
            let step = dice.between(20, 60);
            let mut at = decided;
            for event in case.events.iter_mut().skip(from).take(between).rev() {
                at = at.plus(-step);
                event.at = at;
            }
            case.sort();
            case.events.iter().zip(case.events.iter().skip(1)).all(|(a, b)| a.at <= b.at)
        });
    }

    /// Lets one person do a share of their steps in the evening. `also` are the steps that
    /// follow at once and go along.
    pub(crate) fn evenings(
        &mut self,
        who: &'static str,
        (activity, also): (&'static str, &[&'static str]),
        share: f64,
        mark: Mark,
    ) {
        let mut touched = Vec::new();
        for case in self.cases.iter_mut().filter(|c| !c.planted && c.who(activity) == who)
        {
            let Some(at) = case.at(activity) else { continue };
            let evening =
                Stamp::new(at.day(), 19, 30).plus(self.planter.dice.between(0, 7_000));
            let place = case.events.iter().position(|e| e.activity == activity);
            let rest: Vec<_> = case.events.iter().skip(place.unwrap_or(0) + 1).collect();
            let free = rest.iter().all(|e| e.at > evening || also.contains(&e.activity));
            if !free || !self.planter.dice.chance(share) {
                continue;
            }
            let after = evening.since(at);
            for event in &mut case.events {
                let goes = event.activity == activity || also.contains(&event.activity);
                if goes && event.at >= at && event.at < evening {
                    event.at = event.at.plus(after);
                }
            }
            case.sort();
            case.planted = true;
            touched.push(case.id.clone());
        }
        if !touched.is_empty() {
            self.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
        }
    }

    /// Lets the account of somebody whose employment ended do a step once more.
    pub(crate) fn after_service(
        &mut self,
        who: &'static str,
        activity: &'static str,
        mark: Mark,
    ) {
        let ground = self.ground;
        let fits = |case: &Case| {
            let day = case.at(activity).map_or(0, Stamp::day);
            let soon = ground.staff.serves(who, day - 60);
            // From the day after the last on; that day is not over when the work is done.
            case.has(&[activity]) && !ground.staff.serves(who, day - 1) && soon
        };
        let mut touched = Vec::new();
        let (_, unit) = self
            .cases
            .iter()
            .flat_map(|c| &c.events)
            .find(|e| e.who == who)
            .map_or(("", ""), |e| (e.who, e.unit));
        if unit.is_empty() {
            return;
        }
        let chosen: Vec<usize> = self
            .cases
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.planted && fits(c))
            .map(|(at, _)| at)
            .take(3)
            .collect();
        for at in chosen {
            if let Some(case) = self.cases.get_mut(at)
                && let Some(event) = case.first_mut(activity)
            {
                (event.who, event.unit) = (who, unit);
                case.planted = true;
                touched.push(case.id.clone());
            }
        }
        if !touched.is_empty() {
            self.planter.note(mark, PlantedKind::Actor, who.to_owned(), None, touched);
        }
    }
}
