//! Who works at the town hall of Dijkveen, in which function, with what share of the work,
//! from when until when, and on which days they are away.

mod people;

use crate::clock::{FIRST, LAST, Office, Stamp, date_of, day_of};
use crate::dice::Dice;
use model::time::Date;
use people::{SERVICE, TEAMS};
use std::collections::BTreeMap;

/// A function: what somebody is there to do. The teams stand in `people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Function {
    // Counter and register
    DeskClerk,
    Deliverer,
    BackOffice,
    ShipmentReceiver,
    DocumentSpecialist,
    RegisterChecker,
    AddressResearcher,
    ResearchDecider,
    SupplyOfficer,
    SupplyAuthoriser,
    SecurityOfficer,
    ProcessManager,
    // Permits
    PermitIntake,
    PermitHandler,
    PermitAdviser,
    BibobOfficer,
    PermitLawyer,
    PermitMandate,
    Publisher,
    ObjectionLawyer,
    // Subsidies
    SubsidyIntake,
    SubsidyAssessor,
    PolicyAdviser,
    SubsidyMandate,
    SubsidyReviewer,
    // Money
    Requester,
    Buyer,
    BudgetHolder,
    SeniorBudgetHolder,
    SupplierAdministrator,
    InvoiceClerk,
    Treasurer,
    FirstSignatory,
    SecondSignatory,
    Controller,
    // Procurement
    ProcurementAdviser,
    Assessor,
    OpeningCommittee,
    ProcurementMandate,
    ContractManager,
    // Enforcement
    Planner,
    Inspector,
    PeerReviewer,
    EnforcementLawyer,
    EnforcementMandate,
    SecondMandate,
    Collector,
    // Information
    SocialWorker,
    TaxClerk,
    ParkingOfficer,
    LineManager,
    Administrator,
    LogReviewer,
    PrivacyOfficer,
}

/// A person with a team.
pub(crate) type Hand = (&'static str, &'static str);

/// One team: a function, the name of the team, its people with their shares.
pub(crate) type Team = (Function, &'static str, &'static [(&'static str, f64)]);

/// Everybody, with their absence.
#[derive(Debug)]
pub(crate) struct Staff {
    away: BTreeMap<&'static str, Vec<(i32, i32)>>,
    service: BTreeMap<&'static str, (Option<Date>, Option<Date>)>,
}

impl Staff {
    /// Draws who is away when.
    pub(crate) fn new(dice: &mut Dice, office: &Office) -> Self {
        let service =
            SERVICE.iter().map(|(who, from, to)| (*who, (*from, *to))).collect();
        let mut away = BTreeMap::new();
        for who in everybody() {
            away.insert(who, absences(dice, office));
        }
        Self { away, service }
    }

    /// Whether somebody is employed on a day; on the last day no work is done any more.
    pub(crate) fn serves(&self, who: &str, day: i32) -> bool {
        let Some((from, to)) = self.service.get(who) else { return true };
        from.is_none_or(|d| day_of(d) <= day) && to.is_none_or(|d| day < day_of(d))
    }

    /// Whether somebody is employed and not away on a day.
    pub(crate) fn works(&self, who: &str, day: i32) -> bool {
        let away = self.away.get(who).map_or(&[][..], Vec::as_slice);
        self.serves(who, day)
            && !away.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// Somebody of a function who works on that day and is none of `not`, by their shares.
    /// Where all are away the work waits for nobody: one who is employed takes it; where
    /// even that is impossible, the answer is empty.
    pub(crate) fn pick(
        &self,
        dice: &mut Dice,
        function: Function,
        at: Stamp,
        not: &[&str],
    ) -> Hand {
        let unit = unit(function);
        let team = team(function);
        let day = at.day();
        let free = |who: &str| !not.contains(&who);
        let works = |(who, share): &(&'static str, f64)| {
            if free(who) && self.works(who, day) { *share } else { 0.0 }
        };
        let serves = |(who, share): &(&'static str, f64)| {
            if free(who) && self.serves(who, day) { *share } else { 0.0 }
        };
        let any = team.iter().any(|member| works(member) > 0.0);
        let at = if any {
            dice.weighted(team.iter().map(works))
        } else {
            dice.weighted(team.iter().map(serves))
        };
        match team.get(at) {
            Some((who, _)) if free(who) => (who, unit),
            _ => ("", unit),
        }
    }

    /// Days of employment that begin or end within the two years: who, first day, last day.
    pub(crate) fn changes(
        &self,
    ) -> impl Iterator<Item = (&'static str, Date, Option<Date>)> {
        self.service.iter().map(|(who, (from, to))| (*who, from.unwrap_or(FIRST), *to))
    }
}

/// The people of a function with their shares.
pub(crate) fn team(function: Function) -> &'static [(&'static str, f64)] {
    TEAMS.iter().find(|(f, ..)| *f == function).map_or(&[], |(.., people)| people)
}

/// The name of the team of a function.
pub(crate) fn unit(function: Function) -> &'static str {
    TEAMS.iter().find(|(f, ..)| *f == function).map_or("", |(_, unit, _)| unit)
}

/// The member of a function with this number, with the team.
pub(crate) fn member(function: Function, number: usize) -> Hand {
    (team(function).get(number).map_or("", |(who, _)| who), unit(function))
}

/// All people once, in alphabetical order.
pub(crate) fn everybody() -> Vec<&'static str> {
    let mut all: Vec<_> = TEAMS
        .iter()
        .flat_map(|(.., people)| people.iter().map(|(who, _)| *who))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Holidays of one to three weeks, some single days and some days of illness, over the years
/// of the log and a little beyond.
fn absences(dice: &mut Dice, office: &Office) -> Vec<(i32, i32)> {
    let mut away = Vec::new();
    let (first, last) = (day_of(FIRST) - 30, day_of(LAST) + 400);
    for year in 2024..=2027_i16 {
        let summer = day_of(Date::constant(2024, 7, 5)) + 365 * i32::from(year - 2024);
        let from = summer + i32::try_from(dice.between(0, 45)).unwrap_or(0);
        away.push((from, from + i32::try_from(dice.between(11, 21)).unwrap_or(11)));
        let winter = day_of(Date::constant(2024, 12, 20)) + 365 * i32::from(year - 2024);
        if dice.chance(0.5) {
            away.push((winter, winter + 12));
        }
    }
    for _ in 0..30 {
        let day =
            first + i32::try_from(dice.between(0, i64::from(last - first))).unwrap_or(0);
        let day = office.open_from(day);
        away.push((day, day + i32::try_from(dice.between(0, 2)).unwrap_or(0)));
    }
    debug_assert!(date_of(first) < FIRST, "absence begins before the log");
    away
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleague_takes_over_when_somebody_is_excluded() {
        let office = Office::new();
        let staff = Staff::new(&mut Dice::new(3, 3), &office);
        let mut dice = Dice::new(4, 4);
        let at = Stamp::new(day_of(FIRST), 10, 0);
        let first = member(Function::DeskClerk, 0).0;
        for _ in 0..200 {
            let (who, _) = staff.pick(&mut dice, Function::DeskClerk, at, &[first]);
            assert!(!who.is_empty() && who != first);
        }
    }

    #[test]
    fn every_function_has_at_least_two_people_unless_it_may_stand_alone() {
        for (function, _, people) in TEAMS {
            let alone =
                matches!(function, Function::SecurityOfficer | Function::ProcessManager);
            assert!(people.len() >= 2 || alone, "{function:?}");
        }
    }
}
