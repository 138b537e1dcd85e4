//! The people of Dijkveen. Names are invented; nobody is meant.

use super::{Function, Team};
use Function as F;
use model::time::Date;

/// Who, from when, until when; `None` where that lies outside the two years.
type Service = (&'static str, Option<Date>, Option<Date>);

/// Employment that begins or ends within the two years.
pub(super) const SERVICE: &[Service] = &[
    ("t.wolters", None, Some(Date::constant(2025, 8, 29))),
    ("d.akkerman", Some(Date::constant(2025, 9, 1)), None),
    ("r.postma", None, Some(Date::constant(2026, 2, 27))),
    ("k.veenstra", Some(Date::constant(2026, 2, 2)), None),
    ("j.timmer", None, Some(Date::constant(2025, 12, 31))),
    ("s.wiersma", Some(Date::constant(2025, 11, 3)), None),
    ("w.brouwer", None, Some(Date::constant(2026, 4, 30))),
    ("f.nauta", Some(Date::constant(2025, 3, 3)), None),
];

const COUNTER: &str = "Burgerzaken balie";
const BACK: &str = "Burgerzaken backoffice";
const PERMITS: &str = "Vergunningen";
const SUBSIDIES: &str = "Subsidies";
const FINANCE: &str = "Financiën";
const PROCUREMENT: &str = "Inkoop";
const ENFORCEMENT: &str = "Toezicht en handhaving";
const LEGAL: &str = "Juridische zaken";

/// Who does what. The shares within a team are unequal, as they are everywhere.
pub(super) const TEAMS: &[Team] = &[
    (
        F::DeskClerk,
        COUNTER,
        &[
            ("m.devries", 0.28),
            ("l.bakker", 0.24),
            ("t.wolters", 0.20),
            ("d.akkerman", 0.20),
            ("h.dekker", 0.16),
            ("n.visser", 0.12),
        ],
    ),
    (
        F::Deliverer,
        COUNTER,
        &[("g.koning", 0.42), ("r.lankhorst", 0.33), ("s.zijlstra", 0.25)],
    ),
    (F::BackOffice, BACK, &[("a.smit", 0.45), ("p.mulder", 0.33), ("c.bos", 0.22)]),
    (
        F::ShipmentReceiver,
        "Facilitair",
        &[("g.vermeulen", 0.5), ("o.hendriks", 0.3), ("y.dijkstra", 0.2)],
    ),
    (F::DocumentSpecialist, BACK, &[("i.vanleeuwen", 0.65), ("b.kuipers", 0.35)]),
    (F::RegisterChecker, BACK, &[("p.mulder", 0.4), ("c.bos", 0.35), ("a.smit", 0.25)]),
    (F::AddressResearcher, "Adresonderzoek", &[("e.schouten", 0.6), ("v.peeters", 0.4)]),
    (F::ResearchDecider, BACK, &[("q.jacobs", 0.6), ("u.verhoeven", 0.4)]),
    (F::SupplyOfficer, BACK, &[("b.kuipers", 0.6), ("i.vanleeuwen", 0.4)]),
    (F::SupplyAuthoriser, BACK, &[("u.verhoeven", 0.5), ("q.jacobs", 0.5)]),
    (F::SecurityOfficer, "Bestuur en veiligheid", &[("z.hoekstra", 1.0)]),
    (F::ProcessManager, COUNTER, &[("x.koster", 1.0)]),
    (F::PermitIntake, PERMITS, &[("j.prins", 0.55), ("k.blom", 0.45)]),
    (
        F::PermitHandler,
        PERMITS,
        &[
            ("r.postma", 0.26),
            ("k.veenstra", 0.26),
            ("s.maas", 0.25),
            ("t.vos", 0.24),
            ("l.huisman", 0.20),
            ("f.nauta", 0.18),
        ],
    ),
    (
        F::PermitAdviser,
        "Omgevingsdienst en adviseurs",
        &[
            ("adv.welstand", 0.3),
            ("adv.brandweer", 0.3),
            ("adv.milieu", 0.25),
            ("adv.verkeer", 0.15),
        ],
    ),
    (F::BibobOfficer, "Bestuur en veiligheid", &[("w.vandam", 0.7), ("m.scholten", 0.3)]),
    (F::PermitLawyer, LEGAL, &[("e.willems", 0.6), ("p.hoogland", 0.4)]),
    (
        F::PermitMandate,
        PERMITS,
        &[("h.kok", 0.5), ("i.gerritsen", 0.3), ("b.molenaar", 0.2)],
    ),
    (F::Publisher, "Communicatie", &[("c.vandijk", 0.6), ("o.groen", 0.4)]),
    (F::ObjectionLawyer, LEGAL, &[("d.vanvliet", 0.55), ("y.martens", 0.45)]),
    (F::SubsidyIntake, SUBSIDIES, &[("g.peters", 0.6), ("a.hofman", 0.4)]),
    (
        F::SubsidyAssessor,
        SUBSIDIES,
        &[("n.bosch", 0.4), ("s.kramer", 0.35), ("j.timmer", 0.25), ("s.wiersma", 0.25)],
    ),
    (
        F::PolicyAdviser,
        "Maatschappelijke ontwikkeling",
        &[("v.lammers", 0.5), ("q.evers", 0.5)],
    ),
    (
        F::SubsidyMandate,
        "Maatschappelijke ontwikkeling",
        &[("r.vanbeek", 0.6), ("m.wessels", 0.4)],
    ),
    (F::SubsidyReviewer, SUBSIDIES, &[("u.schipper", 0.55), ("t.brands", 0.45)]),
    (
        F::Requester,
        "Beheer openbare ruimte",
        &[
            ("a.jonker", 0.22),
            ("b.roos", 0.2),
            ("c.hoek", 0.18),
            ("d.pieters", 0.16),
            ("e.vink", 0.14),
            ("f.moll", 0.1),
        ],
    ),
    (F::Buyer, PROCUREMENT, &[("g.stam", 0.6), ("h.zwart", 0.4)]),
    (
        F::BudgetHolder,
        "Lijnmanagement",
        &[
            ("i.keizer", 0.18),
            ("j.doorn", 0.16),
            ("k.vanrijn", 0.14),
            ("l.boer", 0.13),
            ("m.tuin", 0.12),
            ("n.haas", 0.11),
            ("o.smeets", 0.09),
            ("p.klaver", 0.07),
        ],
    ),
    (F::SeniorBudgetHolder, "Directie", &[("q.vandenberg", 0.6), ("r.hartman", 0.4)]),
    (F::SupplierAdministrator, FINANCE, &[("s.dejong", 0.6), ("t.ruiter", 0.4)]),
    (
        F::InvoiceClerk,
        FINANCE,
        &[("u.meijer", 0.42), ("v.aalbers", 0.33), ("w.brouwer", 0.25)],
    ),
    (F::Treasurer, FINANCE, &[("x.linden", 0.6), ("y.oosterhuis", 0.4)]),
    (F::FirstSignatory, FINANCE, &[("z.faber", 0.6), ("a.coenen", 0.4)]),
    (F::SecondSignatory, "Concerncontrol", &[("b.vandermeer", 0.6), ("c.snijders", 0.4)]),
    (F::Controller, "Concerncontrol", &[("d.terpstra", 0.6), ("e.goossens", 0.4)]),
    (
        F::ProcurementAdviser,
        PROCUREMENT,
        &[("f.kuiper", 0.45), ("g.stam", 0.3), ("h.zwart", 0.25)],
    ),
    (
        F::Assessor,
        "Beoordelaars",
        &[
            ("a.jonker", 0.18),
            ("b.roos", 0.16),
            ("c.hoek", 0.15),
            ("v.lammers", 0.14),
            ("q.evers", 0.13),
            ("i.damen", 0.12),
            ("j.kolk", 0.12),
        ],
    ),
    (
        F::OpeningCommittee,
        "Bestuurssecretariaat",
        &[("k.mertens", 0.4), ("l.vandenbos", 0.35), ("m.schaap", 0.25)],
    ),
    (F::ProcurementMandate, "Directie", &[("q.vandenberg", 0.55), ("r.hartman", 0.45)]),
    (
        F::ContractManager,
        "Contractbeheer",
        &[("n.duin", 0.4), ("o.reitsma", 0.35), ("p.vandeven", 0.25)],
    ),
    (F::Planner, ENFORCEMENT, &[("q.bouwman", 0.6), ("r.slot", 0.4)]),
    (
        F::Inspector,
        ENFORCEMENT,
        &[
            ("s.haring", 0.26),
            ("t.vandoorn", 0.23),
            ("u.franken", 0.2),
            ("v.kooistra", 0.17),
            ("w.noord", 0.14),
        ],
    ),
    (F::PeerReviewer, ENFORCEMENT, &[("x.tempel", 0.55), ("y.baars", 0.45)]),
    (F::EnforcementLawyer, LEGAL, &[("z.weber", 0.55), ("a.lok", 0.45)]),
    (F::EnforcementMandate, "Directie", &[("b.vangils", 0.6), ("c.heijden", 0.4)]),
    (F::SecondMandate, "Directie", &[("r.hartman", 0.5), ("d.stolk", 0.5)]),
    (F::Collector, FINANCE, &[("e.vanwijk", 0.6), ("f.ploeg", 0.4)]),
    (
        F::SocialWorker,
        "Sociaal domein",
        &[
            ("g.arts", 0.2),
            ("h.beekman", 0.18),
            ("i.claassen", 0.16),
            ("j.dorst", 0.13),
            ("k.elzinga", 0.12),
            ("l.fokkema", 0.11),
            ("m.grit", 0.1),
        ],
    ),
    (
        F::TaxClerk,
        "Belastingen",
        &[("n.heemskerk", 0.4), ("o.ijssel", 0.35), ("p.jaspers", 0.25)],
    ),
    (
        F::ParkingOfficer,
        "Boa's en parkeren",
        &[("q.kamphuis", 0.4), ("r.loman", 0.35), ("s.manders", 0.25)],
    ),
    (
        F::LineManager,
        "Lijnmanagement",
        &[("i.keizer", 0.4), ("j.doorn", 0.3), ("x.koster", 0.3)],
    ),
    (F::Administrator, "Informatiebeheer", &[("t.nijboer", 0.6), ("u.oomen", 0.4)]),
    (F::LogReviewer, "Informatiebeveiliging", &[("v.pol", 0.55), ("w.quist", 0.45)]),
    (
        F::PrivacyOfficer,
        "Informatiebeveiliging",
        &[("x.rademaker", 0.6), ("y.sanders", 0.4)],
    ),
];
