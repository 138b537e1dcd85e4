//! What somebody can do who goes around the program, and how it is stopped or seen.

use crate::cast::{A, a_full_year, administrator, auditor, exported, moment};
use crate::place::Stage;
use records::RecordsError;

const TABLES: [&str; 17] = [
    "organisations",
    "organisation_versions",
    "memberships",
    "scopes",
    "settings",
    "rounds",
    "round_states",
    "assignments",
    "answers",
    "anonymous_answers",
    "agreed_answers",
    "pictures",
    "plans",
    "measures",
    "measure_states",
    "decisions",
    "audit",
];

pub(crate) fn rows_cannot_be_changed(stage: &mut dyn Stage) {
    let place = stage.fresh();
    a_full_year(&mut place.open());
    for table in TABLES {
        let column = if table == "audit" { "who" } else { "id" };
        let mut tries = vec![
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
        ];
        if place.is_server() {
            tries.push(format!("TRUNCATE {table} CASCADE"));
        } else {
            tries.push(format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
        }
        for statement in tries {
            let told = place.behind_the_back(&statement).unwrap_err();
            assert!(told.contains("kept for good"), "{statement}: {told}");
        }
    }
    place.open().verify(&auditor(), moment(500), A, None).unwrap();
}

pub(crate) fn a_changed_row_is_seen(stage: &mut dyn Stage) {
    for (table, statement, expected) in [
        ("answers", "UPDATE answers SET level = 3 WHERE id = 1", "answers"),
        ("anonymous_answers", "DELETE FROM anonymous_answers", "no longer there"),
        ("decisions", "UPDATE decisions SET decided_on = '2026-03-18'", "decisions"),
        ("audit", "UPDATE audit SET who = 'ander' WHERE seq = 5", "entry 5 was changed"),
        ("audit", "DELETE FROM audit WHERE seq = 5", "after entry 4 comes 6"),
        (
            "settings",
            "INSERT INTO settings SELECT id + 1, organisation, name, '1', recorded_at, \
             recorded_by FROM settings",
            "no entry in the log",
        ),
    ] {
        let place = stage.fresh();
        a_full_year(&mut place.open());
        place.without_triggers(table);
        place.behind_the_back(statement).unwrap();
        let told = place.open().verify(&auditor(), moment(500), A, None);
        assert!(
            matches!(told, Err(RecordsError::Broken { .. })),
            "{statement}: {told:?}"
        );
        let told = told.unwrap_err().to_string();
        assert!(told.contains(expected), "{statement}: {told}");
    }
}

pub(crate) fn a_cut_log_is_seen(stage: &mut dyn Stage) {
    let place = stage.fresh();
    let mut records = place.open();
    a_full_year(&mut records);
    records.log(&auditor(), moment(400), A).unwrap();
    let seen = records.verify(&auditor(), moment(401), A, None).unwrap();
    place.without_triggers("audit");
    let last = seen.named.entries;
    place.behind_the_back(&format!("DELETE FROM audit WHERE seq = {last}")).unwrap();
    // the last entry was about no row, so the chain alone does not tell
    records.verify(&auditor(), moment(402), A, None).unwrap();
    let told = records.verify(&auditor(), moment(403), A, Some(&seen)).unwrap_err();
    assert!(told.to_string().contains("seen before"), "{told}");
    // nor is it hidden by writing another one
    records.log(&auditor(), moment(404), A).unwrap();
    let told = records.verify(&auditor(), moment(405), A, Some(&seen)).unwrap_err();
    assert!(told.to_string().contains("seen before"), "{told}");
}

pub(crate) fn a_changed_archive_is_refused(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    a_full_year(&mut records);
    let text = String::from_utf8(exported(&mut records)).unwrap();
    let mut empty = stage.fresh().open();
    for (from, to, expected) in [
        ("teamleider\"", "wethouder\"", "changed after it was written"),
        ("dijkwacht/records", "iets-anders", "and not"),
        ("records/1", "records/2", "newer program"),
        ("\"held_on\"", "\"gehouden_op\"", "are others"),
        ("\"decisions\"", "\"besluiten\"", "lacks the table"),
        ("\"full\",\"default\"", "\"full\",17", "does not fit"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let told = empty.import(&administrator(), &mut changed.as_bytes()).unwrap_err();
        let told = told.to_string();
        assert!(told.contains(expected), "{from}: {told}");
    }
    let half = &text.as_bytes()[..text.len() / 2];
    empty.import(&administrator(), &mut &*half).unwrap_err();
    // nothing of all this stayed
    empty.import(&administrator(), &mut text.as_bytes()).unwrap();
}

pub(crate) fn newer_records_are_left_alone(stage: &mut dyn Stage) {
    let place = stage.fresh();
    drop(place.open());
    place.behind_the_back("INSERT INTO schema_versions VALUES (99, 0)").unwrap();
    let told = place.try_open().unwrap_err();
    assert!(matches!(told, RecordsError::Newer { found: 99, .. }), "{told}");
}

pub(crate) fn a_backup_without_triggers_is_refused(stage: &mut dyn Stage) {
    let place = stage.fresh();
    let mut records = place.open();
    a_full_year(&mut records);
    if place.is_server() {
        return;
    }
    place.without_triggers("decisions");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup");
    records.backup(&administrator(), moment(500), &file).unwrap();
    let target = folder.path().join("restored");
    let told =
        records::restore(&administrator(), moment(501), &file, &target).unwrap_err();
    assert!(told.to_string().contains("are not ours"), "{told}");
    assert!(std::fs::read_dir(&target).unwrap().next().is_none());
}
