//! The same scenarios on both databases. Where no server of `PostgreSQL` is installed, its
//! tests say so and pass.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test ends at the first thing that is not as it should be, and says what it skips"
)]

mod cast;
mod entrance;
mod kill;
mod place;
mod scenarios;
mod server;
mod tampering;

use place::{Folders, Stage};
use server::Server;

type Scenario = fn(&mut dyn Stage);

/// Every scenario, by a sentence.
const SCENARIOS: &[(&str, Scenario)] = &[
    ("everything reads back as it was said", scenarios::everything_reads_back),
    (
        "a role in one organisation opens nothing in another",
        scenarios::nothing_of_another,
    ),
    ("a region gives numbers and nothing else", scenarios::a_region_gives_numbers),
    ("answers keep their history", scenarios::answers_keep_their_history),
    (
        "an anonymous answer leads to nobody",
        scenarios::an_anonymous_answer_leads_to_nobody,
    ),
    ("two writers at once lose nothing", scenarios::two_writers_lose_nothing),
    ("an archive comes back byte for byte", scenarios::an_archive_comes_back),
    ("a backup is made while others write", scenarios::a_backup_while_others_write),
    ("rows cannot be changed or removed", tampering::rows_cannot_be_changed),
    ("what is changed behind the back is seen", tampering::a_changed_row_is_seen),
    ("what is cut off is seen", tampering::a_cut_log_is_seen),
    ("whoever is given a role may, until it is taken away", entrance::roles_come_and_go),
    ("a link stands for an assignment and for nobody", entrance::a_link_opens_one_door),
    ("who hands over no longer answers", entrance::who_hands_over_no_longer_answers),
    ("several acts are kept as one", entrance::several_acts_are_kept_as_one),
    ("an archive of the first form still comes in", entrance::an_older_archive_comes_in),
    ("a changed archive is refused", tampering::a_changed_archive_is_refused),
    (
        "a backup without triggers is refused",
        tampering::a_backup_without_triggers_is_refused,
    ),
    (
        "records of a newer program are left alone",
        tampering::newer_records_are_left_alone,
    ),
];

fn play(stage: &mut dyn Stage) {
    for (sentence, scenario) in SCENARIOS {
        println!("{sentence}");
        scenario(stage);
    }
}

#[test]
fn all_scenarios_hold_in_sqlite() {
    play(&mut Folders::new());
}

#[test]
fn all_scenarios_hold_in_postgresql() {
    let Some(mut server) = Server::start_or_say_why_not() else { return };
    play(&mut server);
}

#[test]
fn an_archive_goes_from_one_database_to_the_other_and_back() {
    let Some(mut server) = Server::start_or_say_why_not() else { return };
    let mut folders = Folders::new();
    let mut first = folders.fresh().open();
    cast::a_full_year(&mut first);
    let mut texts = vec![cast::exported(&mut first)];
    for place in [server.fresh(), folders.fresh(), server.fresh()] {
        let mut records = place.open();
        let text = texts.last().unwrap().clone();
        records.import(&cast::administrator(), &mut text.as_slice()).unwrap();
        texts.push(cast::exported(&mut records));
    }
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]));
}
