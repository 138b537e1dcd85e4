//! A writer that acknowledges each batch of answers on its output is killed at random moments.
//! No acknowledged answer may be missing, and no batch may be there by half.
//!
//! The writer is this same test program, started again with a place in its environment.

use crate::cast::{
    A, Made, an_open_round, answer, auditor, coordinator, moment, respondent,
};
use crate::place::{Folders, Place, Stage};
use crate::server::Server;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use records::{Answer, Records};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const KILLS: u32 = 200;

/// After so many kills a new, empty place, so that checking everything stays quick.
const KILLS_A_PLACE: u32 = 50;

/// Answers that are given together.
const BATCH: u8 = 3;

const FOLDER: &str = "RECORDS_TEST_FOLDER";
const ADDRESS: &str = "RECORDS_TEST_ADDRESS";
const FIRST: &str = "RECORDS_TEST_FIRST";

/// Does nothing by itself: it is the writer that the tests below start and kill.
#[test]
fn writes_until_it_is_killed() {
    let place = match (std::env::var(FOLDER), std::env::var(ADDRESS)) {
        (Ok(folder), _) => Place::Folder(PathBuf::from(folder)),
        (_, Ok(address)) => Place::Address(address),
        _ => return,
    };
    let first: u64 = std::env::var(FIRST).unwrap().parse().unwrap();
    let mut records = place.open();
    for number in first.. {
        if records.answer(&respondent(), moment(10), A, 1, &batch(number)).is_err() {
            return;
        }
        println!("kept {number}");
        std::io::stdout().flush().unwrap();
    }
}

/// The answers of a batch: long enough to fill more than one page, and each can be checked.
fn batch(number: u64) -> Vec<Answer> {
    let one = |part: u8| {
        let mut said = answer(&format!("{number}/{part}"), part);
        said.explanation = Some(format!("{number}/{part} ").repeat(300));
        said
    };
    (0..BATCH).map(one).collect()
}

#[test]
fn no_acknowledged_answer_is_lost_in_sqlite() {
    kill_again_and_again(&mut Folders::new(), 20_260_301);
}

#[test]
fn no_acknowledged_answer_is_lost_in_postgresql() {
    let Some(mut server) = Server::start_or_say_why_not() else { return };
    kill_again_and_again(&mut server, 20_260_302);
    crash_the_server(&mut server);
}

fn kill_again_and_again(stage: &mut dyn Stage, seed: u64) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let begun = Instant::now();
    let (mut acknowledged, mut kept) = (0, 0);
    for _ in 0..KILLS / KILLS_A_PLACE {
        let place = stage.fresh();
        let mut records = place.open();
        let made = an_open_round(&mut records);
        let mut next = 1;
        let mut acks = Vec::new();
        for _ in 0..KILLS_A_PLACE {
            let (mut writer, mut output) = start(&place, next);
            let mut heard = Vec::new();
            // one time in four while it starts; else after its first word
            if chance.random_range(0..4) > 0 {
                heard.extend(hear(&mut output));
            }
            std::thread::sleep(Duration::from_micros(chance.random_range(0..30_000)));
            writer.kill().unwrap();
            writer.wait().unwrap();
            while let Some(number) = hear(&mut output) {
                heard.push(number);
            }
            acks.extend(heard);
            next = check(&mut records, made, &acks);
        }
        acknowledged += acks.len();
        kept += next - 1;
    }
    println!(
        "{KILLS} kills in {} s: {acknowledged} batches acknowledged, {kept} kept",
        begun.elapsed().as_secs()
    );
    assert!(acknowledged > KILLS as usize / 2, "the writer hardly came to write");
}

/// Not the writer but the whole server is killed, and started again.
fn crash_the_server(server: &mut Server) {
    let place = server.fresh();
    // the connection breaks each time, and must come back by itself
    let mut records = place.open();
    let made = an_open_round(&mut records);
    let mut next = 1;
    let mut acks = Vec::new();
    for _ in 0..3 {
        let (mut writer, mut output) = start(&place, next);
        acks.extend((0..5).filter_map(|_| hear(&mut output)));
        server.crash();
        while let Some(number) = hear(&mut output) {
            acks.push(number);
        }
        writer.wait().unwrap();
        server.begin();
        next = check(&mut records, made, &acks);
    }
    assert!(acks.len() >= 15);
}

fn start(place: &Place, first: u64) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "kill::writes_until_it_is_killed", "--nocapture"]);
    command.env(FIRST, first.to_string());
    match place {
        Place::Folder(folder) => command.env(FOLDER, folder),
        Place::Address(address) => command.env(ADDRESS, address),
    };
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    (child, output)
}

/// The next batch that was acknowledged; none at the end of the output. A line without its end
/// was not said completely and does not count.
fn hear(output: &mut BufReader<ChildStdout>) -> Option<u64> {
    loop {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        if !line.ends_with('\n') {
            return None;
        }
        if let Some((_, number)) = line.trim_end().split_once("kept ") {
            return Some(number.parse().unwrap());
        }
    }
}

/// Checks everything and gives the number of the first batch that is not there.
fn check(records: &mut Records, made: Made, acks: &[u64]) -> u64 {
    let given = records.answers(&coordinator(), moment(20), A, made.round).unwrap();
    let mut batches: BTreeMap<u64, Vec<Answer>> = BTreeMap::new();
    for given in given {
        let number = given.answer.question.split_once('/').unwrap().0.parse().unwrap();
        batches.entry(number).or_default().push(given.answer);
    }
    for (number, found) in &batches {
        assert_eq!(found, &batch(*number), "batch {number} is not whole");
    }
    for number in acks {
        assert!(
            batches.contains_key(number),
            "batch {number} was acknowledged and is lost"
        );
    }
    records.verify(&auditor(), moment(21), A, None).unwrap();
    batches.last_key_value().map_or(1, |(last, _)| last + 1)
}
