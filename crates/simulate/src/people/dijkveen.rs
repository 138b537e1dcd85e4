//! Dijkveen: 24,000 inhabitants, twenty-five respondents, three rounds in two years and a
//! plan half done.

mod plan;

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

pub(super) const LEVELS: &str = include_str!("texts/dijkveen.levels.txt");
pub(super) const SAID: &str = include_str!("texts/dijkveen.said.txt");

/// The day of the first round.
pub(super) const FIRST_ROUND: Date = Date::constant(2025, 3, 27);
/// The day of the second round.
pub(super) const SECOND_ROUND: Date = Date::constant(2025, 10, 9);
/// The day of the third round, some days after the logs end.
pub(super) const THIRD_ROUND: Date = Date::constant(2026, 11, 5);

/// Makes it.
pub(super) fn organisation(seed: u64, catalogue: &Catalogue) -> Organisation {
    Organisation {
        slug: "dijkveen",
        title: "Gemeente Dijkveen",
        kind: "municipality",
        size_class: "20000-50000",
        inhabitants: 24_000,
        valid_from: Date::constant(1997, 1, 1),
        memberships: [super::SAFETY_REGION, super::RIEC]
            .map(|region| Membership {
                region: region.slug,
                valid_from: Date::constant(2015, 1, 1),
            })
            .to_vec(),
        scopes: scopes(),
        attractiveness: vec![OwnAttractiveness {
            at: moment(Date::constant(2025, 9, 8), 11, 15),
            process: Process::DecisionMaking,
            level: Attractiveness::High,
            reason: "De raad beslist over een wijk met achthonderd woningen. Wie dat vroeg weet, kan er veel aan verdienen.",
        }],
        coordinator: "dv-01",
        rounds: rounds(&cast(seed), catalogue),
        plan: Some(plan::plan()),
        decisions: vec![
            Decision {
                body: "college",
                decided_on: plan::DECIDED_ON,
                round: 1,
                plan: true,
                wording: "Beeld en plan van aanpak vastgesteld door het college op 4 november 2025.",
            },
            Decision {
                body: "college",
                decided_on: Date::constant(2026, 11, 17),
                round: 2,
                plan: false,
                wording: "Beeld 2026 vastgesteld door het college op 17 november 2026. De raad krijgt een brief.",
            },
        ],
    }
}

/// Everything from which the rounds follow.
pub(super) fn cast(seed: u64) -> Cast {
    Cast {
        seed,
        slug: "dijkveen",
        members: &MEMBERS,
        sittings: &SITTINGS,
        levels: Levels::read(LEVELS, (seed, "dijkveen"), strength),
        lines: lines::read(SAID),
    }
}

/// Money and register are in order; land, hiring and permits less so.
const fn strength(process: Process) -> f64 {
    match process {
        Process::Payments => 0.35,
        Process::PersonsRegister => 0.3,
        Process::TravelDocuments => 0.2,
        Process::Permits => -0.2,
        Process::Enforcement | Process::DecisionMaking => -0.1,
        Process::Hiring => -0.3,
        Process::LandAndProperty => -0.5,
        Process::Procurement | Process::Subsidies | Process::Information => 0.0,
    }
}

fn scopes() -> Vec<Scope> {
    let (first, second, third) = (
        moment(Date::constant(2025, 3, 6), 9, 30),
        moment(Date::constant(2025, 9, 8), 9, 30),
        moment(Date::constant(2026, 10, 5), 9, 30),
    );
    let early = SHORT.map(|process| Scope {
        at: first,
        process,
        in_scope: true,
        reason: "Over dit proces twijfelen we het meest.",
    });
    let later = [Fin, Ink, Sub, Inf, Brp, Gro, Bes].map(|process| Scope {
        at: second,
        process,
        in_scope: true,
        reason: "De nulmeting gaat over alle processen, behalve werving.",
    });
    let hiring = |at, in_scope, reason| Scope { at, process: Wer, in_scope, reason };
    let not_yet = hiring(second, false, "Personeelszaken doet in 2026 mee.");
    let at_last = hiring(third, true, "De herhaling gaat over alle elf processen.");
    early.into_iter().chain(later).chain([not_yet, at_last]).collect()
}

const SHORT: [Process; 3] = [Rei, Ver, Thh];

static SITTINGS: [Sitting; 3] = [
    Sitting {
        title: "Eerste verkenning 2025",
        track: Track::Short,
        profile: "P-SHORT",
        processes: &SHORT,
        people: Some(&["dv-02", "dv-04", "dv-06", "dv-08", "dv-10", "dv-12", "dv-13"]),
        prepared: Date::constant(2025, 3, 6),
        opened: Date::constant(2025, 3, 13),
        closed: Date::constant(2025, 3, 26),
        held_on: FIRST_ROUND,
        silent: &[],
        halfway: &[],
    },
    Sitting {
        title: "Nulmeting 2025",
        track: Track::Full,
        profile: "P-FULL",
        processes: &[Fin, Ink, Sub, Rei, Ver, Inf, Brp, Thh, Gro, Bes],
        people: None,
        prepared: Date::constant(2025, 9, 8),
        opened: Date::constant(2025, 9, 15),
        closed: Date::constant(2025, 10, 3),
        held_on: SECOND_ROUND,
        silent: &[("dv-16", None)],
        halfway: &["dv-03"],
    },
    Sitting {
        title: "Herhaling 2026",
        track: Track::Full,
        profile: "P-FULL",
        processes: &Process::ALL,
        people: None,
        prepared: Date::constant(2026, 10, 5),
        opened: Date::constant(2026, 10, 12),
        closed: Date::constant(2026, 10, 30),
        held_on: THIRD_ROUND,
        silent: &[("dv-05", Some(Brp)), ("dv-08", Some(Gro))],
        halfway: &["dv-20"],
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
static MEMBERS: [Member; 25] = [
    member("dv-01", "Coördinator weerbaarheid", O, &[(Inf, None), (Bes, Some("adviser")), (Wer, None)]),
    member("dv-02", "Teamleider burgerzaken", M, &[(Rei, Some("process-manager")), (Brp, None), (Inf, Some("line-manager"))]),
    member("dv-03", "Manager dienstverlening", M, &[(Rei, Some("process-manager")), (Brp, None), (Wer, Some("manager"))]),
    member("dv-04", "Consulent burgerzaken", W, &[(Rei, Some("front-desk")), (Brp, Some("front-desk"))]),
    member("dv-05", "Consulent burgerzaken", W, &[(Rei, Some("deliverer")), (Brp, Some("front-desk"))]),
    member("dv-06", "Medewerker backoffice burgerzaken", W, &[(Rei, Some("decider")), (Brp, Some("data-manager")), (Inf, Some("user"))]),
    member("dv-07", "Beveiligingsfunctionaris reisdocumenten", O, &[(Rei, Some("security-officer")), (Inf, Some("security-officer"))]),
    member("dv-08", "Teamleider vergunningen", M, &[(Ver, Some("mandate-holder")), (Gro, None), (Fin, Some("budget-holder"))]),
    member("dv-09", "Manager fysieke leefomgeving", M, &[(Ver, Some("mandate-holder")), (Thh, Some("mandate-holder")), (Gro, Some("mandate-holder"))]),
    member("dv-10", "Vergunningverlener", W, &[(Ver, Some("handler"))]),
    Member { since: 2, unsure: 0.4, ..member("dv-11", "Toezichthouder buitengebied", W, &[(Thh, Some("inspector"))]) },
    member("dv-12", "Toezichthouder", W, &[(Thh, Some("inspector")), (Ver, Some("supervisor"))]),
    member("dv-13", "Teamleider toezicht en handhaving", M, &[(Thh, Some("mandate-holder")), (Ver, Some("adviser")), (Fin, Some("budget-holder"))]),
    member("dv-14", "Jurist handhaving", W, &[(Thh, Some("lawyer")), (Ver, Some("objection-handler")), (Gro, Some("legal-adviser"))]),
    member("dv-15", "Hoofd financiën en inkoop", M, &[(Fin, Some("signatory")), (Ink, Some("mandate-holder")), (Sub, Some("mandate-holder"))]),
    member("dv-16", "Medewerker facturen", W, &[(Fin, Some("invoice-clerk"))]),
    member("dv-17", "Medewerker betalingen", W, &[(Fin, Some("treasurer")), (Sub, Some("payer"))]),
    member("dv-18", "Inkoper", W, &[(Ink, Some("procurement-adviser")), (Fin, Some("buyer"))]),
    member("dv-19", "Concerncontroller", O, &[(Fin, Some("controller")), (Ink, None), (Sub, Some("reviewer"))]),
    Member { since: 1, unsure: 0.35, ..member("dv-20", "Subsidiemedewerker", W, &[(Sub, Some("assessor"))]) },
    member("dv-21", "Applicatiebeheerder", W, &[(Inf, Some("administrator")), (Fin, Some("supplier-administrator"))]),
    member("dv-22", "Griffier", O, &[(Bes, Some("council-clerk"))]),
    member("dv-23", "Adviseur personeel", W, &[(Wer, Some("hr-adviser"))]),
    member("dv-24", "Medewerker grondzaken", W, &[(Gro, Some("land-officer")), (Bes, Some("author"))]),
    member("dv-25", "Gemeentesecretaris", M, &[(Bes, Some("secretary")), (Wer, Some("mandate-holder")), (Ink, Some("mandate-holder"))]),
];
