//! Who plays in the scenarios, and a year in which one of everything is kept.

use access::{Actor, Grant, Role};
use jiff::Timestamp;
use jiff::civil::date;
use records::{
    AgreedAnswer, Answer, Assignment, Decision, Evidence, Measure, MeasureState,
    MeasureStatus, Membership, Organisation, OrganisationKind, Picture, Plan,
    ProcessInScope, Records, Respondents, Round, RoundState, RoundStatus, Said, Setting,
    Side, SizeClass, Track,
};

pub(crate) const A: &str = "gemeente-a";
pub(crate) const B: &str = "gemeente-b";
pub(crate) const CODE: &str = "een-code-die-niemand-raadt";

/// So many seconds after the beginning of the story.
pub(crate) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + seconds).unwrap()
}

pub(crate) fn actor(name: &str, role: Role) -> Actor {
    Actor::new(name, vec![Grant::organisation(role, A)])
}

/// Keeps both organisations.
pub(crate) fn administrator() -> Actor {
    let grants = [A, B].map(|name| Grant::organisation(Role::Administrator, name));
    Actor::new("ada", grants.to_vec())
}

pub(crate) fn coordinator() -> Actor {
    actor("cor", Role::Coordinator)
}

pub(crate) fn respondent() -> Actor {
    actor("rika", Role::Respondent)
}

pub(crate) fn auditor() -> Actor {
    actor("aukje", Role::Auditor)
}

pub(crate) fn organisation(title: &str) -> Organisation {
    Organisation {
        title: title.to_owned(),
        kind: OrganisationKind::Municipality,
        size_class: Some(SizeClass::From20000),
        valid_from: date(2019, 1, 1),
        valid_to: None,
        successor: None,
    }
}

pub(crate) fn answer(question: &str, level: u8) -> Answer {
    Answer {
        question: question.to_owned(),
        said: Said::Level(level),
        explanation: None,
        evidence: None,
    }
}

/// The numbers of what was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub round: i64,
    pub named: i64,
    pub anonymous: i64,
}

/// Two organisations, and in the first a round that is open.
pub(crate) fn an_open_round(records: &mut Records) -> Made {
    let (ada, cor) = (administrator(), coordinator());
    records.found(&ada, moment(1), A, &organisation("Gemeente A")).unwrap();
    records.found(&ada, moment(2), B, &organisation("Gemeente Bé \"twee\"\n")).unwrap();
    let round = Round {
        title: "Voorjaar".to_owned(),
        held_on: date(2026, 3, 1),
        track: Track::Full,
        profile: "default".to_owned(),
    };
    let round = records.add(&cor, moment(3), A, &round).unwrap();
    let mut ask = |side, part: &str, respondents| {
        let process = "permits".to_owned();
        let part = part.to_owned();
        let assignment = Assignment { round, process, part, side, respondents };
        records.add(&cor, moment(4), A, &assignment).unwrap()
    };
    let named =
        ask(Side::Management, "teamleider", Respondents::Named("rika".to_owned()));
    let anonymous =
        ask(Side::WorkFloor, "behandelaars", Respondents::Anonymous { seats: 2 });
    let open = RoundState { round, status: RoundStatus::Open };
    records.add(&cor, moment(5), A, &open).unwrap();
    Made { round, named, anonymous }
}

/// One of everything.
pub(crate) fn a_full_year(records: &mut Records) -> Made {
    let made = an_open_round(records);
    let (ada, cor) = (administrator(), coordinator());
    let mut said = vec![answer("four-eyes", 2), answer("logging", 0)];
    said[0].explanation =
        Some("Altijd, behalve in de vakantie — 'soms' \\ € 🌊".to_owned());
    said[0].evidence = Some(Evidence {
        link: "zaak/2026-17".to_owned(),
        date: date(2026, 2, 1),
        valid_to: Some(date(2027, 2, 1)),
    });
    said[1].said =
        Said::NotApplicable { reason: "Het systeem kent geen logboek.".to_owned() };
    records.answer(&respondent(), moment(10), A, made.named, &said).unwrap();
    let mut unsure = answer("four-eyes", 0);
    unsure.said = Said::Unknown;
    let nobody = Actor::anonymous(A);
    let seat = (made.anonymous, CODE);
    records.answer_anonymously(&nobody, moment(11), A, seat, &[unsure]).unwrap();
    let in_scope = ProcessInScope {
        process: "permits".to_owned(),
        in_scope: true,
        reason: "veel aanvragen".to_owned(),
    };
    records.add(&cor, moment(12), A, &in_scope).unwrap();
    let setting = Setting { name: "minimum-group".to_owned(), setting: "3".to_owned() };
    records.add(&ada, moment(13), A, &setting).unwrap();
    let membership = Membership {
        region: "riec-oost".to_owned(),
        valid_from: date(2020, 1, 1),
        valid_to: None,
    };
    records.add(&ada, moment(14), A, &membership).unwrap();
    records.add(&cor, moment(15), A, &agreed(made.round)).unwrap();
    strengthen(records, made.round);
    made
}

pub(crate) fn agreed(round: i64) -> AgreedAnswer {
    AgreedAnswer {
        round,
        process: "permits".to_owned(),
        question: "four-eyes".to_owned(),
        said: Said::Level(1),
        agreed_because: "In het overleg bleek dat het in de zomer niet lukt.".to_owned(),
    }
}

/// The second half: picture, plan, measure, decision.
fn strengthen(records: &mut Records, round: i64) {
    let cor = coordinator();
    let picture = Picture {
        round: Some(round),
        process: Some("permits".to_owned()),
        form: "picture".to_owned(),
        form_version: 1,
        body: "{\"water\": 41.0,  \"dike\":12}".to_owned(),
    };
    let picture = records.add(&cor, moment(20), A, &picture).unwrap();
    let plan = Plan {
        picture: Some(picture),
        title: "Eerst de vergunningen".to_owned(),
        form: "plan".to_owned(),
        form_version: 1,
        body: "{}".to_owned(),
    };
    let plan = records.add(&cor, moment(21), A, &plan).unwrap();
    let measure = Measure {
        plan: Some(plan),
        code: "rotate-handlers".to_owned(),
        process: None,
        recurring_months: Some(12),
    };
    let measure = records.add(&cor, moment(22), A, &measure).unwrap();
    for (at, status) in [(23, MeasureStatus::Planned), (24, MeasureStatus::Started)] {
        let state = MeasureState {
            measure,
            status,
            owner_role: "teamleider vergunningen".to_owned(),
            starts_on: Some(date(2026, 4, 1)),
            due_on: Some(date(2026, 9, 30)),
            note: String::new(),
        };
        records.add(&cor, moment(at), A, &state).unwrap();
    }
    let decision = Decision {
        round: Some(round),
        picture: None,
        plan: Some(plan),
        body: "college".to_owned(),
        decided_on: date(2026, 3, 17),
        wording: "vastgesteld".to_owned(),
    };
    records.add(&cor, moment(25), A, &decision).unwrap();
}

/// Everything as an archive.
pub(crate) fn exported(records: &mut Records) -> Vec<u8> {
    let mut text = Vec::new();
    records.export(&administrator(), moment(1000), &mut text).unwrap();
    text
}
