//! Who comes in, by a role or by a link, and who no longer does.

use crate::cast::{
    A, CODE, administrator, an_open_round, answer, coordinator, exported, moment,
    organisation,
};
use crate::place::Stage;
use access::{Actor, Role};
use jiff::civil::date;
use records::{
    Assignment, Grant, Link, RecordsError, Respondents, RoundTerm, Side, Tally,
    Withdrawal, hash_of_link,
};
use sha2::{Digest as _, Sha256};

fn grant(person: &str, role: Role, granted: bool) -> Grant {
    Grant { person: person.to_owned(), role: role.code().to_owned(), granted }
}

pub(crate) fn roles_come_and_go(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    records.found(&administrator(), moment(0), A, &organisation("A")).unwrap();
    assert!(records.actor("lies").unwrap().grants.is_empty());
    let ada = administrator();
    records.add(&ada, moment(1), A, &grant("lies", Role::Coordinator, true)).unwrap();
    records.add(&ada, moment(2), A, &grant("lies", Role::Reader, true)).unwrap();
    let lies = records.actor("lies").unwrap();
    let both = [Role::Coordinator, Role::Reader];
    assert_eq!(lies.grants, both.map(|role| access::Grant::organisation(role, A)));
    records.add(&ada, moment(3), A, &grant("lies", Role::Coordinator, false)).unwrap();
    let lies = records.actor("lies").unwrap();
    assert_eq!(lies.grants, [access::Grant::organisation(Role::Reader, A)]);
    let by_herself =
        records.add(&lies, moment(4), A, &grant("lies", Role::Administrator, true));
    assert!(matches!(by_herself, Err(RecordsError::Refused { .. })));
    let unknown =
        Grant { role: "koning".to_owned(), ..grant("lies", Role::Reader, true) };
    let unknown = records.add(&ada, moment(5), A, &unknown);
    assert!(matches!(unknown, Err(RecordsError::Invalid { .. })), "{unknown:?}");
}

fn link(assignment: i64, secret: &str) -> Link {
    Link { assignment, hash: hash_of_link(secret), valid_to: date(2026, 12, 31) }
}

pub(crate) fn a_link_opens_one_door(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = an_open_round(&mut records);
    let cor = coordinator();
    records.add(&cor, moment(20), A, &link(made.named, "geheim-van-rika")).unwrap();
    records.add(&cor, moment(21), A, &link(made.anonymous, "geheim-van-allen")).unwrap();
    assert_eq!(records.follow_link(moment(30), "geraden").unwrap(), None);
    let named = records.follow_link(moment(30), "geheim-van-rika").unwrap().unwrap();
    assert_eq!((named.organisation.as_str(), named.assignment.id), (A, made.named));
    let said = [answer("four-eyes", 2)];
    records.answer(&named.actor, moment(31), A, made.named, &said).unwrap();
    let all = records.follow_link(moment(32), "geheim-van-allen").unwrap().unwrap();
    assert_eq!(all.actor, Actor::anonymous(A));
    let seat = (made.anonymous, CODE);
    records.answer_anonymously(&all.actor, moment(33), A, seat, &said).unwrap();
    // the day after its last day it is as if there were none
    let late = moment(400 * 86_400);
    assert_eq!(records.follow_link(late, "geheim-van-rika").unwrap(), None);
    let text = String::from_utf8(exported(&mut records)).unwrap();
    assert!(!text.contains("geheim-van"), "a secret of a link was written down");
}

pub(crate) fn who_hands_over_no_longer_answers(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = an_open_round(&mut records);
    let cor = coordinator();
    let rika = records.actor("rika").unwrap();
    assert_eq!(rika.grants, [access::Grant::organisation(Role::Respondent, A)]);
    records.answer(&rika, moment(20), A, made.named, &[answer("four-eyes", 1)]).unwrap();
    let to_kees = Assignment {
        round: made.round,
        process: "permits".to_owned(),
        part: "team-leader".to_owned(),
        side: Side::Management,
        respondents: Respondents::Named("kees".to_owned()),
    };
    let successor = records.add(&cor, moment(21), A, &to_kees).unwrap();
    let over = Withdrawal {
        assignment: made.named,
        successor: Some(successor),
        reason: "andere functie".to_owned(),
    };
    records.add(&cor, moment(22), A, &over).unwrap();
    let late =
        records.answer(&rika, moment(23), A, made.named, &[answer("four-eyes", 3)]);
    assert!(matches!(late, Err(RecordsError::Withdrawn { .. })), "{late:?}");
    assert!(records.actor("rika").unwrap().grants.is_empty());
    let kees = records.actor("kees").unwrap();
    let own = records.own_assignments(&kees, moment(24), A).unwrap();
    assert_eq!(own.iter().map(|kept| kept.id).collect::<Vec<_>>(), [successor]);
    // what was said before lies beside the questions of whoever takes over
    let before = records.own_answers(&kees, moment(25), A).unwrap();
    assert_eq!(before.len(), 1);
    let term = RoundTerm { round: made.round, closes_on: Some(date(2026, 4, 1)) };
    records.add(&cor, moment(26), A, &term).unwrap();
    let tally = Tally {
        round: made.round,
        process: "permits".to_owned(),
        question: "four-eyes".to_owned(),
        levels: [1, 4, 2, 0],
        not_applicable: 0,
        unknown: 1,
    };
    records.add(&cor, moment(27), A, &tally).unwrap();
    assert_eq!(
        records.list::<Tally>(&cor, moment(28), A).unwrap()[0].entry.levels,
        [1, 4, 2, 0]
    );
    let nobody = Tally { levels: [0; 4], unknown: 0, ..tally };
    let nobody = records.add(&cor, moment(29), A, &nobody);
    assert!(matches!(nobody, Err(RecordsError::Invalid { .. })));
}

pub(crate) fn an_older_archive_comes_in(stage: &mut dyn Stage) {
    let mut first = stage.fresh().open();
    an_open_round(&mut first);
    let text = String::from_utf8(exported(&mut first)).unwrap();
    // as a program of before the second migration wrote it: without its tables, which are empty
    let mut older = text.replace("\"tables_version\": 4", "\"tables_version\": 1");
    let later = [
        "grants",
        "round_terms",
        "withdrawals",
        "links",
        "tallies",
        "triages",
        "looks",
        "name_requests",
        "name_verdicts",
        "name_looks",
    ];
    for table in later {
        let start = older.find(&format!("\"{table}\": {{")).unwrap();
        let end =
            start + older.get(start..).unwrap().find("]},\n").unwrap() + "]},\n".len();
        older.replace_range(start..end, "");
    }
    // and without the columns that the log got in the third
    let older = older.replace(",\"origin\",\"trace\"]", "]").replace(",null,null]", "]");
    let older = sealed(&older);
    let mut second = stage.fresh().open();
    second.import(&administrator(), &mut older.as_bytes()).unwrap();
    assert!(exported(&mut second) == text.as_bytes(), "something was lost on its way");
}

/// An archive with the seal of what it holds now.
fn sealed(text: &str) -> String {
    let document: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut seal = Sha256::new();
    let mut table = String::new();
    for line in text.lines() {
        if let Some((name, _)) = line.split_once("\": {\"columns\"") {
            name.trim_start_matches('"').clone_into(&mut table);
        } else if line.starts_with('[') && line.contains('"') {
            let line = line.trim_end_matches(',');
            seal.update(format!("{table} {line}\n").as_bytes());
        }
    }
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    let bytes = seal.finalize();
    let hex: String =
        bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    text.replace(document["sha256"].as_str().unwrap(), &hex)
}

pub(crate) fn several_acts_are_kept_as_one(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let ada = administrator();
    records.found(&ada, moment(0), A, &organisation("A")).unwrap();
    let done = records.together(|records| {
        records.add(&ada, moment(1), A, &grant("lies", Role::Reader, true))?;
        records.add(&ada, moment(2), A, &grant("lies", Role::Auditor, true))
    });
    done.unwrap();
    let lies = records.actor("lies").unwrap();
    assert_eq!(lies.grants.len(), 2);
    // the second act is refused: the first is not kept, the refusal is
    let before = records.log(&lies, moment(3), A).unwrap().len();
    let done = records.together(|records| {
        records.add(&ada, moment(4), A, &grant("kees", Role::Reader, true))?;
        records.add(&lies, moment(5), A, &grant("kees", Role::Administrator, true))
    });
    assert!(matches!(done, Err(RecordsError::Refused { .. })), "{done:?}");
    assert!(records.actor("kees").unwrap().grants.is_empty());
    let log = records.log(&lies, moment(6), A).unwrap();
    // the reading of the log itself, and the refusal
    assert_eq!(log.len(), before + 2);
    assert!(log.iter().rev().nth(1).unwrap().refused);
    records.verify(&lies, moment(7), A, None).unwrap();
}
