//! Kwelderstad: a harbour town of 95,000 inhabitants that keeps no logs for this. Eighteen
//! respondents, two rounds; permits and supervision stand high, procurement and access to
//! information low.

use crate::people::cast::{Ask, Cast, Member, SETTLED, Sitting};
use crate::people::doing::Decision;
use crate::people::levels::Levels;
use crate::people::lines;
use crate::people::rounds::{moment, rounds};
use crate::people::shape::{Membership, Organisation, OwnAttractiveness, Scope};
use crate::people::words::{Attractiveness, Side, Track};
use catalogue::Catalogue;
use model::{Date, Process};

use Process::{
    DecisionMaking as Bes, Enforcement as Thh, Hiring as Wer, Information as Inf,
    LandAndProperty as Gro, Payments as Fin, Permits as Ver, PersonsRegister as Brp,
    Procurement as Ink, Subsidies as Sub, TravelDocuments as Rei,
};

pub(super) const LEVELS: &str = include_str!("texts/kwelderstad.levels.txt");
pub(super) const SAID: &str = include_str!("texts/kwelderstad.said.txt");

/// Makes it.
pub(super) fn organisation(seed: u64, catalogue: &Catalogue) -> Organisation {
    Organisation {
        slug: "kwelderstad",
        title: "Gemeente Kwelderstad",
        kind: "municipality",
        size_class: "50000-100000",
        inhabitants: 95_000,
        valid_from: Date::constant(2011, 1, 1),
        memberships: [super::SAFETY_REGION, super::RIEC]
            .map(|region| Membership {
                region: region.slug,
                valid_from: Date::constant(2013, 1, 1),
            })
            .to_vec(),
        scopes: scopes(),
        attractiveness: vec![OwnAttractiveness {
            at: moment(Date::constant(2025, 5, 12), 13, 40),
            process: Process::Subsidies,
            level: Attractiveness::Low,
            reason: "De stad geeft bijna alleen kleine bedragen aan vaste verenigingen.",
        }],
        coordinator: "kw-01",
        rounds: rounds(&cast(seed), catalogue),
        plan: None,
        decisions: vec![Decision {
            body: "college",
            decided_on: Date::constant(2026, 7, 7),
            round: 1,
            plan: false,
            wording: "Beeld vastgesteld door het college op 7 juli 2026. Inkoop maakt vóór 1 oktober een voorstel.",
        }],
    }
}

/// Everything from which the rounds follow.
pub(super) fn cast(seed: u64) -> Cast {
    Cast {
        seed,
        slug: "kwelderstad",
        members: &MEMBERS,
        sittings: &SITTINGS,
        levels: Levels::read(LEVELS, (seed, "kwelderstad"), strength),
        lines: lines::read(SAID),
    }
}

const fn strength(process: Process) -> f64 {
    match process {
        Process::Permits | Process::Enforcement => 0.4,
        Process::TravelDocuments => 0.2,
        Process::LandAndProperty => 0.1,
        Process::Hiring => -0.3,
        Process::Information => -0.35,
        Process::Procurement => -0.4,
        Process::Payments
        | Process::Subsidies
        | Process::PersonsRegister
        | Process::DecisionMaking => 0.0,
    }
}

const EARLY: [Process; 6] = [Fin, Ink, Sub, Ver, Inf, Thh];

fn scopes() -> Vec<Scope> {
    let first = EARLY.map(|process| Scope {
        at: moment(Date::constant(2025, 5, 12), 13, 30),
        process,
        in_scope: true,
        reason: "Hier gaat het meeste geld om, of hier zitten de meeste risico's van de haven.",
    });
    let second = [Rei, Brp, Gro, Bes, Wer].map(|process| Scope {
        at: moment(Date::constant(2026, 5, 11), 10, 0),
        process,
        in_scope: true,
        reason: "Het college wil alle processen zien.",
    });
    first.into_iter().chain(second).collect()
}

static SITTINGS: [Sitting; 2] = [
    Sitting {
        title: "Scan 2025",
        track: Track::Full,
        profile: "P-FULL",
        processes: &EARLY,
        people: None,
        prepared: Date::constant(2025, 5, 12),
        opened: Date::constant(2025, 5, 19),
        closed: Date::constant(2025, 6, 6),
        held_on: Date::constant(2025, 6, 12),
        silent: &[("kw-09", None)],
        halfway: &["kw-13"],
    },
    Sitting {
        title: "Scan 2026",
        track: Track::Full,
        profile: "P-FULL",
        processes: &Process::ALL,
        people: None,
        prepared: Date::constant(2026, 5, 11),
        opened: Date::constant(2026, 5, 18),
        closed: Date::constant(2026, 6, 5),
        held_on: Date::constant(2026, 6, 11),
        silent: &[("kw-01", Some(Bes))],
        halfway: &["kw-08"],
    },
];

const fn member(
    reference: &'static str,
    part: &'static str,
    side: Side,
    asks: &'static [Ask],
) -> Member {
    Member { reference, part, side, asks, since: 0, unsure: SETTLED }
}

const M: Side = Side::Management;
const W: Side = Side::WorkFloor;
const O: Side = Side::Other;

#[rustfmt::skip]
static MEMBERS: [Member; 18] = [
    member("kw-01", "Adviseur ondermijning", O, &[(Thh, None), (Inf, None), (Bes, Some("adviser"))]),
    member("kw-02", "Teammanager vergunningen", M, &[(Ver, Some("mandate-holder")), (Thh, Some("mandate-holder"))]),
    member("kw-03", "Casemanager vergunningen", W, &[(Ver, Some("handler"))]),
    member("kw-04", "Bibob-coördinator", W, &[(Ver, Some("bibob-officer")), (Sub, None), (Gro, Some("bibob-officer"))]),
    member("kw-05", "Havenmeester", W, &[(Thh, Some("inspector")), (Ver, Some("adviser"))]),
    member("kw-06", "Coördinator toezicht", M, &[(Thh, Some("planner")), (Ver, Some("supervisor"))]),
    member("kw-07", "Inspecteur bouwen", W, &[(Thh, Some("inspector")), (Ver, Some("supervisor"))]),
    member("kw-08", "Manager financiën", M, &[(Fin, Some("signatory")), (Sub, Some("mandate-holder"))]),
    member("kw-09", "Medewerker crediteuren", W, &[(Fin, Some("invoice-clerk"))]),
    member("kw-10", "Interne auditor", O, &[(Fin, Some("controller")), (Ink, None)]),
    member("kw-11", "Inkoopadviseur", W, &[(Ink, Some("procurement-adviser")), (Fin, Some("buyer"))]),
    member("kw-12", "Hoofd inkoop en contracten", M, &[(Ink, Some("mandate-holder")), (Wer, Some("manager"))]),
    member("kw-13", "Subsidieadviseur", W, &[(Sub, Some("assessor"))]),
    member("kw-14", "Adviseur integriteit", O, &[(Wer, Some("integrity-officer")), (Inf, Some("privacy-officer"))]),
    member("kw-15", "Teamleider publiekszaken", M, &[(Rei, Some("process-manager")), (Brp, None), (Inf, Some("line-manager"))]),
    Member { unsure: 0.15, ..member("kw-16", "Specialist burgerzaken", W, &[(Rei, Some("front-desk")), (Brp, Some("document-specialist")), (Inf, Some("user"))]) },
    member("kw-17", "Projectleider gebiedsontwikkeling", W, &[(Gro, Some("negotiator")), (Bes, Some("author"))]),
    member("kw-18", "Directeur ruimte", M, &[(Gro, Some("mandate-holder")), (Bes, None), (Wer, Some("mandate-holder"))]),
];
