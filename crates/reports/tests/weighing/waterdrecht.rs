//! Two rounds of a self-scan of a municipality that does not exist, weighed with the real
//! catalogue, and what the checks and a region say of them.

use assessment::consistency::{
    self, Outcome, ProcessRound, Reply, Respondent, Round, Size,
};
use assessment::{Answer, Given, Group, Shown, Side, Silence};
use catalogue::{Catalogue, EvidenceFor};
use jiff::civil::date;
use model::Process;
use picture::freeboard::{Attractiveness, Limits};
use picture::region::{Cell, Region, Spread};
use picture::weighing::{Question, Replies, attractiveness, weigh};
use picture::weighings::{Head, RoundHead, WeighedProcess, Weighings};
use std::collections::BTreeMap;

/// How a process is kept: the controls in tenths of full maturity, the circumstances in tenths
/// of full severity, and how many in a hundred questions nobody can answer.
const KEPT: [(Process, u64, u64, u64); 8] = [
    (Process::Payments, 8, 4, 5),
    (Process::Procurement, 5, 6, 20),
    (Process::Subsidies, 9, 1, 0),
    (Process::TravelDocuments, 9, 2, 10),
    (Process::Permits, 3, 7, 15),
    (Process::PersonsRegister, 6, 3, 55),
    (Process::Enforcement, 2, 8, 0),
    (Process::Hiring, 10, 0, 12),
];

/// A number that follows from a text: FNV-1a.
fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    }) >> 20
}

fn level(side: Side, tenths: u64, text: &str) -> u8 {
    let most = u64::from(side.most());
    // around the tenths, a step up or down
    let near = (tenths * most * 2 + 10 + number(text) % 11).saturating_sub(5) / 20;
    u8::try_from(near.min(most)).unwrap()
}

fn replies(side: Side, kept: (u64, u64), process: Process, code: &str) -> Replies {
    let (tenths, unsure) = kept;
    let of = |who: &str| format!("{process} {code} {who}");
    if number(&of("unsure")) % 100 < unsure {
        let unsure = Given { answer: Answer::DontKnow, group: Group::Floor };
        return Replies { given: vec![unsure; 3], agreed: None };
    }
    let groups =
        [Group::Management, Group::Floor, Group::Floor, Group::Floor, Group::Other];
    let given = groups.iter().zip(0..).map(|(group, who)| Given {
        answer: match number(&of(&format!("{who} gives"))) % 12 {
            0 => Answer::DontKnow,
            1 => Answer::NotAnswered,
            _ => Answer::Level(level(side, tenths, &of(&who.to_string()))),
        },
        group: *group,
    });
    Replies { given: given.collect(), agreed: None }
}

/// What the data show: of permits and payments, of a few items.
fn data(process: Process, later: bool) -> Vec<Shown> {
    let control = |code: &str, range| Shown {
        of: EvidenceFor::Control(code.to_owned()),
        statements: Vec::new(),
        range,
    };
    let circumstance = |code: &str, range| Shown {
        of: EvidenceFor::Circumstance(code.to_owned()),
        statements: Vec::new(),
        range,
    };
    match process {
        Process::Payments => vec![
            control("B02", Ok(if later { (2, 3) } else { (0, 1) })),
            control("B51", Ok((0, 1))),
            control("B33", Ok((2, 3))),
            control("B52", Err(Silence::TooFewSubjects)),
            circumstance("C01", Ok((1, 2))),
        ],
        Process::Permits => vec![
            control("B02", Ok((0, 1))),
            control("B03", Ok((2, 3))),
            control("B35", Ok((2, 3))),
            control("B09", Err(Silence::NotAssessable)),
            circumstance("C13", Ok((2, 2))),
        ],
        _ => Vec::new(),
    }
}

fn weighed(
    catalogue: &Catalogue,
    later: bool,
    kept: (Process, u64, u64, u64),
) -> WeighedProcess {
    let (process, controls, circumstances, unsure) = kept;
    let controls =
        if later && process == Process::Payments { controls + 1 } else { controls };
    let mut all = BTreeMap::new();
    for (code, item) in &catalogue.controls {
        if item.processes.contains(&process) {
            all.insert(
                code.clone(),
                replies(Side::Control, (controls, unsure), process, code),
            );
        }
    }
    for (code, item) in &catalogue.circumstances {
        if item.processes.contains(&process) {
            let kept = (circumstances, unsure);
            all.insert(code.clone(), replies(Side::Circumstance, kept, process, code));
        }
    }
    if process == Process::Permits {
        let no = Given { answer: Answer::NotApplicable, group: Group::Floor };
        all.insert("B35".to_owned(), Replies { given: vec![no; 2], agreed: None });
        let agreed = all.get_mut("B02").unwrap();
        agreed.agreed = Some(Answer::Level(3));
    }
    let proposed = attractiveness(catalogue, process);
    let changed = process == Process::TravelDocuments;
    let level = if changed { Attractiveness::Middle } else { proposed };
    let question = Question {
        process,
        attractiveness: level,
        replies: &all,
        shown: &data(process, later),
        least_group: 3,
    };
    WeighedProcess {
        weighing: weigh(catalogue, &question, &Limits::from(&catalogue.method)),
        proposed,
        reason: changed.then(|| "wij geven maar weinig documenten uit".to_owned()),
    }
}

/// The round of a year; the later one has hiring in the place of procurement.
pub(crate) fn round(catalogue: &Catalogue, later: bool) -> Weighings {
    let left_out = if later { Process::Procurement } else { Process::Hiring };
    let of_round = KEPT.iter().filter(|kept| kept.0 != left_out);
    let year = if later { 2026 } else { 2025 };
    let head = Head {
        organisation: "Gemeente Waterdrecht".to_owned(),
        as_of: date(year, 11, 23),
        round: Some(RoundHead {
            id: format!("R-{year}"),
            title: format!("najaar {year}"),
            held_on: Some(date(year, 10, 1)),
        }),
        method: catalogue.method.version,
        catalogue: "0.1.0+0123abcd".to_owned(),
    };
    let processes = of_round.map(|kept| weighed(catalogue, later, *kept)).collect();
    Weighings::of(head, processes, &Limits::from(&catalogue.method))
}

/// What the checks say of a round on permits that was answered with care lacking.
pub(crate) fn remarks() -> Vec<Outcome> {
    let reply = |by: &str, level: u8| Reply {
        by: by.to_owned(),
        answer: Answer::Level(level),
        explanation: String::new(),
        evidence: None,
        at: None,
    };
    let question = |code: &str, key: bool, levels: [u8; 3]| consistency::Question {
        code: code.to_owned(),
        side: Side::Control,
        key,
        replies: ["a", "b", "c"]
            .iter()
            .zip(levels)
            .map(|(by, level)| reply(by, level))
            .collect(),
        agreed: None,
        shown: (code == "B02").then_some((0, 1)),
        earlier: None,
        indicator: None,
        measures: Vec::new(),
    };
    let respondent =
        |id: &str| Respondent { id: id.to_owned(), group: Group::Floor, function: None };
    let permits = ProcessRound {
        process: Process::Permits,
        functions: Vec::new(),
        respondents: ["a", "b", "c"].map(respondent).to_vec(),
        questions: vec![
            question("B02", true, [3, 3, 3]),
            question("B08", true, [3, 3, 2]),
        ],
    };
    consistency::check(&Round {
        as_of: date(2026, 11, 23),
        held_on: Some(date(2026, 10, 1)),
        size: Some(Size::Middle),
        least_group: 3,
        four_eyes: Some("B02".to_owned()),
        processes: vec![permits],
    })
}

/// Figures of middle-sized municipalities for some processes.
pub(crate) fn region(catalogue: &Catalogue) -> Region {
    let of = |process, lower, median, upper| {
        let cell = Cell { size: Size::Middle, process };
        (cell, Spread { organisations: 11, lower, median, upper })
    };
    Region {
        name: "Oostkust".to_owned(),
        as_of: date(2026, 11, 1),
        method: catalogue.method.version,
        least_organisations: 5,
        figures: BTreeMap::from([
            of(Process::Payments, -450, -380, -300),
            of(Process::Permits, -500, -400, -300),
            of(Process::Subsidies, -300, -200, -100),
            of(Process::Enforcement, -900, -700, -600),
        ]),
    }
}
