//! What Dijkveen took up after its second round, half done at the third.

use crate::people::doing::{Measure, MeasureState, Plan};
use crate::people::rounds::moment;
use crate::people::words::MeasureStatus;
use crate::permits::ROLES_SPLIT;
use model::{Date, Process};

use MeasureStatus::{Done, Planned, Started, Stopped};

/// The day on which the college decided on the plan.
pub(super) const DECIDED_ON: Date = day(2025, 11, 4);

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// A measure as it is written down here: what it is, whose it is and how it goes on after it
/// was planned.
struct Taken {
    code: &'static str,
    process: Option<Process>,
    owner_role: &'static str,
    starts_on: Date,
    due_on: Date,
    recurring_months: Option<u32>,
    then: &'static [(Date, MeasureStatus, &'static str)],
}

/// The plan with everything that came of it.
pub(super) fn plan() -> Plan {
    Plan {
        title: "Plan van aanpak 2026",
        at: moment(day(2025, 10, 28), 15, 0),
        round: 1,
        measures: TAKEN.iter().map(measure).collect(),
    }
}

fn measure(taken: &Taken) -> Measure {
    let state = |at, status, note| MeasureState {
        at,
        status,
        owner_role: taken.owner_role,
        starts_on: taken.starts_on,
        due_on: taken.due_on,
        note,
    };
    let planned = state(moment(DECIDED_ON, 16, 30), Planned, "");
    let later = taken
        .then
        .iter()
        .map(|(on, status, note)| state(moment(*on, 11, 0), *status, *note));
    Measure {
        code: taken.code,
        process: taken.process,
        recurring_months: taken.recurring_months,
        states: std::iter::once(planned).chain(later).collect(),
    }
}

static TAKEN: [Taken; 12] = [
    // worked: in what people say and in the log
    Taken {
        code: "M033",
        process: Some(Process::Permits),
        owner_role: "Applicatiebeheerder",
        starts_on: day(2025, 11, 10),
        due_on: day(2025, 12, 15),
        recurring_months: None,
        then: &[
            (day(2025, 11, 10), Started, ""),
            (
                ROLES_SPLIT,
                Done,
                "Het zaaksysteem weigert dat de behandelaar zelf beslist. Vervanging is geregeld.",
            ),
        ],
    },
    // worked: in what people say
    Taken {
        code: "M067",
        process: Some(Process::Enforcement),
        owner_role: "Teamleider toezicht en handhaving",
        starts_on: day(2026, 1, 12),
        due_on: day(2026, 4, 30),
        recurring_months: None,
        then: &[
            (day(2026, 1, 12), Started, ""),
            (
                day(2026, 4, 13),
                Done,
                "Alle teams hebben geoefend met het nieuwe protocol.",
            ),
        ],
    },
    // done, and not seen to work yet
    Taken {
        code: "M125",
        process: Some(Process::Payments),
        owner_role: "Hoofd financiën en inkoop",
        starts_on: day(2026, 5, 11),
        due_on: day(2026, 6, 30),
        recurring_months: None,
        then: &[
            (day(2026, 5, 18), Started, ""),
            (
                day(2026, 6, 22),
                Done,
                "Er is een belformulier. Of iedereen het gebruikt, moet nog blijken.",
            ),
        ],
    },
    Taken {
        code: "M036",
        process: Some(Process::TravelDocuments),
        owner_role: "Teamleider burgerzaken",
        starts_on: day(2026, 9, 7),
        due_on: day(2027, 1, 29),
        recurring_months: None,
        then: &[(
            day(2026, 9, 7),
            Started,
            "De buurgemeente zoekt een invaller voor de donderdagavond.",
        )],
    },
    Taken {
        code: "M217",
        process: Some(Process::Procurement),
        owner_role: "Inkoper",
        starts_on: day(2026, 8, 31),
        due_on: day(2026, 12, 11),
        recurring_months: None,
        then: &[(day(2026, 9, 14), Started, "")],
    },
    Taken {
        code: "M085",
        process: Some(Process::Information),
        owner_role: "Applicatiebeheerder",
        starts_on: day(2026, 10, 5),
        due_on: day(2026, 12, 18),
        recurring_months: Some(12),
        then: &[(
            day(2026, 10, 5),
            Started,
            "Eerste keer. Daarna elk jaar in het najaar.",
        )],
    },
    Taken {
        code: "M244",
        process: Some(Process::DecisionMaking),
        owner_role: "Griffier",
        starts_on: day(2026, 9, 1),
        due_on: day(2026, 11, 27),
        recurring_months: None,
        then: &[(day(2026, 9, 8), Started, "")],
    },
    Taken {
        code: "M064",
        process: None,
        owner_role: "Adviseur personeel",
        starts_on: day(2026, 6, 1),
        due_on: day(2026, 12, 31),
        recurring_months: None,
        then: &[(day(2026, 6, 15), Started, "Twee groepen zijn geweest.")],
    },
    Taken {
        code: "M204",
        process: Some(Process::TravelDocuments),
        owner_role: "Teamleider burgerzaken",
        starts_on: day(2026, 2, 2),
        due_on: day(2026, 6, 30),
        recurring_months: None,
        then: &[
            (day(2026, 2, 9), Started, ""),
            (
                day(2026, 5, 19),
                Stopped,
                "De buurgemeente kan de uren niet leveren. We zoeken een andere weg voor de fotocontrole.",
            ),
        ],
    },
    Taken {
        code: "M164",
        process: Some(Process::PersonsRegister),
        owner_role: "Teamleider burgerzaken",
        starts_on: day(2027, 1, 11),
        due_on: day(2027, 3, 31),
        recurring_months: None,
        then: &[],
    },
    Taken {
        code: "M160",
        process: Some(Process::Subsidies),
        owner_role: "Subsidiemedewerker",
        starts_on: day(2027, 2, 1),
        due_on: day(2027, 6, 30),
        recurring_months: None,
        then: &[],
    },
    Taken {
        code: "M239",
        process: Some(Process::LandAndProperty),
        owner_role: "Manager fysieke leefomgeving",
        starts_on: day(2027, 1, 18),
        due_on: day(2027, 5, 28),
        recurring_months: None,
        then: &[],
    },
];
