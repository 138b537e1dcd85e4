//! Two organisations in one installation: who may do what in which of them. Every use case is
//! tried by everybody, and the outcome is the table in `across.txt`.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use access::Role;
use app::AppError;
use app::people::{
    self, AgreedAnswer, Answer, Assignment, Decision, Desk, Measure, MeasureState,
    MeasureStatus, Membership, Organisation, OrganisationKind, ProcessInScope, Registry,
    Respondents, Round, RoundStatus, Said, Side, SizeClass, Tally, Track,
};
use catalogue::Catalogue;
use jiff::Timestamp;
use jiff::civil::date;
use model::{Lang, Process};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const A: &str = "gemeente-a";
const B: &str = "gemeente-b";

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + seconds).unwrap()
}

fn organisation(title: &str) -> Organisation {
    Organisation {
        title: title.to_owned(),
        kind: OrganisationKind::Municipality,
        size_class: Some(SizeClass::From20000),
        valid_from: date(2019, 1, 1),
        valid_to: None,
        successor: None,
    }
}

fn person(role: Role, place: &str) -> String {
    format!("{role}-of-{place}")
}

/// An organisation with one person in each role, an open round, and somebody who is asked.
fn build(registry: &mut Registry, catalogue: &Catalogue, name: &str) {
    let names = [name.to_owned()];
    let mut desk = registry.keeper(catalogue, "founder", moment(0), &names).unwrap();
    people::found(&mut desk, name, &organisation(name)).unwrap();
    for &role in Role::ALL {
        people::grant(&mut desk, name, &person(role, name), role, true).unwrap();
    }
    let round = people::add_round(&mut desk, name, &a_round("first"), None).unwrap();
    let asked = Assignment {
        round,
        process: "permits".to_owned(),
        part: "handler".to_owned(),
        side: Side::WorkFloor,
        respondents: Respondents::Named(person(Role::Respondent, name)),
    };
    people::assign(&mut desk, name, &[asked]).unwrap();
    people::set_status(&mut desk, name, round, RoundStatus::Open).unwrap();
}

fn a_round(title: &str) -> Round {
    Round {
        title: title.to_owned(),
        held_on: date(2026, 3, 1),
        track: Track::Short,
        profile: "P-SHORT".to_owned(),
    }
}

type Act = fn(&mut Desk<'_>, &str, &Numbers) -> Result<(), AppError>;

/// Numbers of things in the organisation that is tried.
struct Numbers {
    round: i64,
    assignment: i64,
}

fn answered() -> Answer {
    Answer {
        question: "B02".to_owned(),
        said: Said::Level(2),
        explanation: None,
        evidence: None,
    }
}

fn agreed(round: i64) -> AgreedAnswer {
    AgreedAnswer {
        round,
        process: "permits".to_owned(),
        question: "B02".to_owned(),
        said: Said::Level(1),
        agreed_because: "in summer one signs".to_owned(),
    }
}

fn counted(round: i64) -> Tally {
    Tally {
        round,
        process: "permits".to_owned(),
        question: "B02".to_owned(),
        levels: [0, 3, 1, 0],
        not_applicable: 0,
        unknown: 1,
    }
}

fn state(measure: i64) -> MeasureState {
    MeasureState {
        measure,
        status: MeasureStatus::Planned,
        owner_role: "team-leader".to_owned(),
        starts_on: None,
        due_on: None,
        note: String::new(),
    }
}

/// Every use case that reads or writes what belongs to an organisation.
const ACTS: &[(&str, Act)] = &[
    ("standing", |desk, of, _| people::standing(desk, of).map(drop)),
    ("change organisation", |desk, of, _| desk.keep(of, &organisation("new")).map(drop)),
    ("found beside", |desk, of, _| {
        people::found_beside(desk, of, "begun", &organisation("begun")).map(drop)
    }),
    ("join region", |desk, of, _| {
        let membership = Membership {
            region: "RIEC".to_owned(),
            valid_from: date(2020, 1, 1),
            valid_to: None,
        };
        desk.keep(of, &membership).map(drop)
    }),
    ("scope", |desk, of, _| {
        let scope = ProcessInScope {
            process: "hiring".to_owned(),
            in_scope: false,
            reason: "elsewhere".to_owned(),
        };
        desk.keep(of, &scope).map(drop)
    }),
    ("set", |desk, of, _| desk.set(of, "least-group", "4").map(drop)),
    ("grant role", |desk, of, _| {
        people::grant(desk, of, "somebody", Role::Reader, true).map(drop)
    }),
    ("add round", |desk, of, _| {
        people::add_round(desk, of, &a_round("again"), None).map(drop)
    }),
    ("list rounds", |desk, of, _| people::rounds(desk, of).map(drop)),
    ("open round", |desk, of, _| {
        let round = people::add_round(desk, of, &a_round("open"), None)?;
        people::set_status(desk, of, round, RoundStatus::Open).map(drop)
    }),
    ("assign", |desk, of, numbers| {
        let asked = Assignment {
            round: numbers.round,
            process: "permits".to_owned(),
            part: "adviser".to_owned(),
            side: Side::Other,
            respondents: Respondents::Anonymous { seats: 2 },
        };
        people::assign(desk, of, &[asked]).map(drop)
    }),
    ("hand over", |desk, of, _| people::hand_over(desk, of, 999, None, "left").map(drop)),
    ("make link", |desk, of, numbers| {
        people::make_link(desk, of, numbers.assignment, date(2027, 1, 1)).map(drop)
    }),
    ("progress", |desk, of, numbers| people::progress(desk, of, numbers.round).map(drop)),
    ("spread", |desk, of, numbers| {
        people::spread(desk, of, numbers.round, None, 3).map(drop)
    }),
    ("tally", |desk, of, numbers| {
        people::tally(desk, of, &counted(numbers.round)).map(drop)
    }),
    ("agree", |desk, of, numbers| {
        people::agree(desk, of, &agreed(numbers.round)).map(drop)
    }),
    ("own sheets", |desk, of, _| people::own_sheets(desk, of, Lang::Nl).map(drop)),
    ("answer", |desk, of, numbers| {
        let sheet = people::sheet(desk, of, numbers.assignment, Lang::Nl)?;
        people::answer(desk, of, &sheet, &[answered()]).map(drop)
    }),
    ("weigh round", |desk, of, numbers| {
        let shown = BTreeMap::new();
        people::picture_of_round(desk, of, Some(numbers.round), &shown).map(drop)
    }),
    ("keep picture", |desk, of, numbers| {
        let shown = BTreeMap::new();
        let picture = people::picture_of_round(desk, of, Some(numbers.round), &shown)?;
        people::keep_picture(desk, of, &picture).map(drop)
    }),
    ("kept pictures", |desk, of, _| people::kept_pictures(desk, of).map(drop)),
    ("take up measure", |desk, of, _| {
        let measure = Measure {
            plan: None,
            code: "M001".to_owned(),
            process: None,
            recurring_months: None,
        };
        people::take_up(desk, of, &measure, state).map(drop)
    }),
    ("list measures", |desk, of, _| people::measures(desk, of).map(drop)),
    ("list plans", |desk, of, _| people::plans(desk, of).map(drop)),
    ("decide", |desk, of, numbers| {
        let decision = Decision {
            round: Some(numbers.round),
            picture: None,
            plan: None,
            body: "college".to_owned(),
            decided_on: date(2026, 3, 17),
            wording: "vastgesteld".to_owned(),
        };
        people::decide(desk, of, &decision).map(drop)
    }),
    ("list decisions", |desk, of, _| people::decisions(desk, of).map(drop)),
    ("read triages", |desk, of, _| people::triages(desk, of, Process::Permits).map(drop)),
    ("add triage", |desk, of, _| {
        let entry = people::Triage {
            process: "permits".to_owned(),
            finding: "F-1".to_owned(),
            verdict: people::Verdict::Explained,
            reason: "geteld".to_owned(),
        };
        people::triage(desk, of, &entry).map(drop)
    }),
    ("look at evidence", |desk, of, _| people::look(desk, of, Process::Permits, "F-1")),
    ("read log", |desk, of, _| people::log(desk, of).map(drop)),
    ("verify log", |desk, of, _| people::verify(desk, of, None).map(drop)),
];

/// `x` where it was done, `-` where nothing stood in the way but the thing itself, `.` where it
/// was refused.
fn tried(outcome: &Result<(), AppError>) -> char {
    match outcome {
        Ok(()) => 'x',
        Err(AppError::Refused(_)) => '.',
        Err(AppError::Absent(_) | AppError::Use(_) | AppError::Data(_)) => '-',
        // in records that are whole this never happens, and the table would show it
        Err(AppError::Broken(_)) => '!',
    }
}

fn table(registry: &mut Registry, catalogue: &Catalogue) -> String {
    let mut text = String::from("in the own organisation\n");
    let mut clock = 100;
    for (home, heading) in [(A, ""), (B, "in another organisation\n")] {
        text.push_str(heading);
        write!(text, "{:<22}", "").unwrap();
        for role in Role::ALL {
            write!(text, "{role}  ").unwrap();
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        for (name, act) in ACTS {
            write!(text, "{name:<22}").unwrap();
            for &role in Role::ALL {
                clock += 1;
                let mut desk =
                    registry.desk(catalogue, &person(role, home), moment(clock)).unwrap();
                let numbers = Numbers { round: 1, assignment: 1 };
                let outcome = tried(&act(&mut desk, A, &numbers));
                let width = role.code().len() + 2;
                write!(text, "{outcome:<width$}").unwrap();
            }
            let kept = text.trim_end().len();
            text.truncate(kept);
            text.push('\n');
        }
    }
    text
}

#[test]
fn nobody_reads_or_writes_across_organisations() {
    let catalogue = app::load_catalogue(None).unwrap();
    let room = tempfile::tempdir().unwrap();
    let mut registry = Registry::open(room.path(), None, moment(0)).unwrap();
    build(&mut registry, &catalogue, A);
    build(&mut registry, &catalogue, B);
    let table = table(&mut registry, &catalogue);
    let (_, elsewhere) = table.split_once("in another organisation\n").unwrap();
    for line in elsewhere.lines().skip(1) {
        let outcomes = line.get(22..).unwrap_or_default();
        assert!(!outcomes.contains(['x', '-']), "{line}");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/across.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), table);
}

#[test]
fn a_link_reaches_its_own_assignment_and_nothing_else() {
    let catalogue = app::load_catalogue(None).unwrap();
    let room = tempfile::tempdir().unwrap();
    let mut registry = Registry::open(room.path(), None, moment(0)).unwrap();
    build(&mut registry, &catalogue, A);
    let mut desk = registry.desk(&catalogue, "founder", moment(1)).unwrap();
    let asked = Assignment {
        round: 1,
        process: "permits".to_owned(),
        part: "desk".to_owned(),
        side: Side::WorkFloor,
        respondents: Respondents::Anonymous { seats: 1 },
    };
    let assignment = people::assign(&mut desk, A, &[asked]).unwrap()[0];
    let secret = people::make_link(&mut desk, A, assignment, date(2027, 1, 1)).unwrap();
    let (mut desk, linked) = registry.by_link(&catalogue, &secret, moment(2)).unwrap();
    let sheet = people::sheet_by_link(&mut desk, &linked, None, Lang::En).unwrap();
    assert!(sheet.anonymous && sheet.answered() == 0);
    let given =
        people::answer_by_link(&mut desk, &linked, None, &sheet, &[answered()]).unwrap();
    let code = given.code.unwrap();
    let again = people::sheet_by_link(&mut desk, &linked, Some(&code), Lang::En).unwrap();
    assert_eq!(again.answered(), 1);
    // the one seat is taken: somebody else who has the same link finds it so
    let other = people::answer_by_link(&mut desk, &linked, None, &sheet, &[answered()]);
    assert!(matches!(other, Err(AppError::Use(_))), "{other:?}");
    // and nothing else of the organisation is behind it
    assert!(matches!(people::kept_pictures(&mut desk, A), Err(AppError::Refused(_))));
    assert!(matches!(
        people::spread(&mut desk, A, 1, None, 3),
        Err(AppError::Refused(_))
    ));
    assert!(registry.by_link(&catalogue, "guessed", moment(3)).is_err());
}
