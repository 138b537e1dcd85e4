//! What must hold on both databases.

use crate::cast::{
    A, B, CODE, a_full_year, actor, administrator, agreed, an_open_round, answer,
    auditor, coordinator, exported, moment, organisation, respondent,
};
use crate::place::{Place, Stage};
use access::{Actor, Grant, Role};
use jiff::civil::date;
use records::{
    AgreedAnswer, Assignment, Decision, Measure, MeasureState, MeasureStatus, Membership,
    Organisation, Picture, Plan, ProcessInScope, Records, RecordsError, Round,
    RoundState, RoundStatus, Said, Setting, When, latest, restore,
};

pub(crate) fn everything_reads_back(stage: &mut dyn Stage) {
    let place = stage.fresh();
    let made = a_full_year(&mut place.open());
    // another program, later
    let mut records = place.open();
    let cor = coordinator();
    let now = moment(100);
    let one = records.find::<AgreedAnswer>(&cor, now, A, 1).unwrap();
    assert_eq!(one.entry, agreed(made.round));
    assert_eq!((one.recorded_at, one.recorded_by.as_str()), (moment(15), "cor"));
    let states = records.list::<MeasureState>(&cor, now, A).unwrap();
    assert_eq!(states.len(), 2);
    let newest = latest(states, |state| state.measure);
    assert_eq!(newest[&1].entry.status, MeasureStatus::Started);
    assert_eq!(newest[&1].entry.due_on, Some(date(2026, 9, 30)));
    let picture = records.find::<Picture>(&cor, now, A, 1).unwrap();
    assert_eq!(picture.entry.body, "{\"water\": 41.0,  \"dike\":12}");
    let decision = records.list::<Decision>(&cor, now, A).unwrap();
    assert_eq!(decision[0].entry.decided_on, date(2026, 3, 17));
    assert_eq!(records.list::<Plan>(&cor, now, A).unwrap().len(), 1);
    assert_eq!(records.list::<Measure>(&cor, now, A).unwrap()[0].entry.process, None);
    assert!(records.list::<ProcessInScope>(&cor, now, A).unwrap()[0].entry.in_scope);
    assert_eq!(records.list::<Setting>(&cor, now, A).unwrap()[0].entry.setting, "3");
    assert_eq!(
        records.round_status(&cor, now, A, made.round).unwrap(),
        RoundStatus::Open
    );
    let ours = records.organisations(&cor).unwrap();
    assert_eq!(ours.len(), 1);
    let both = records.organisations(&administrator()).unwrap();
    assert_eq!(both[1].entry.title, "Gemeente Bé \"twee\"\n");
    let given = records.answers(&cor, now, A, made.round).unwrap();
    assert_eq!(given.len(), 3);
    assert_eq!(given[0].when, When::At(moment(10)));
    assert_eq!(
        given[0].answer.evidence.as_ref().unwrap().valid_to,
        Some(date(2027, 2, 1))
    );
    assert!(matches!(&given[1].answer.said, Said::NotApplicable { .. }));
    assert_eq!(given[2].answer.said, Said::Unknown);
    let verified = records.verify(&auditor(), now, A, None).unwrap();
    assert!(verified.named.entries > 15);
    assert_eq!(verified.anonymous.entries, 1);
}

pub(crate) fn nothing_of_another(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = a_full_year(&mut records);
    let roles = Role::ALL.iter().map(|&role| Grant::organisation(role, B));
    let stranger = Actor::new("bert", roles.collect());
    let now = moment(100);
    macro_rules! refused {
        ($($call:expr),+ $(,)?) => {$(
            match $call {
                Err(RecordsError::Refused { organisation, .. }) => assert_eq!(organisation, A),
                other => panic!("{} gave {other:?}", stringify!($call)),
            }
        )+};
    }
    refused!(
        records.list::<Organisation>(&stranger, now, A),
        records.list::<Membership>(&stranger, now, A),
        records.list::<ProcessInScope>(&stranger, now, A),
        records.list::<Setting>(&stranger, now, A),
        records.list::<Round>(&stranger, now, A),
        records.list::<RoundState>(&stranger, now, A),
        records.list::<Assignment>(&stranger, now, A),
        records.list::<AgreedAnswer>(&stranger, now, A),
        records.list::<Picture>(&stranger, now, A),
        records.list::<Plan>(&stranger, now, A),
        records.list::<Measure>(&stranger, now, A),
        records.list::<MeasureState>(&stranger, now, A),
        records.list::<Decision>(&stranger, now, A),
        records.find::<Round>(&stranger, now, A, made.round),
        records.round_status(&stranger, now, A, made.round),
        records.answers(&stranger, now, A, made.round),
        records.own_answers(&stranger, now, A),
        records.own_assignments(&stranger, now, A),
        records.own_anonymous_answers(
            &Actor::anonymous(B),
            now,
            A,
            (made.anonymous, CODE)
        ),
        records.progress(&stranger, now, A, made.round),
        records.log(&stranger, now, A),
        records.verify(&stranger, now, A, None),
        records.export(&stranger, now, &mut Vec::new()),
        records.backup(&stranger, now, std::path::Path::new("never-written")),
        records.answer(&stranger, now, A, made.named, &[answer("four-eyes", 3)]),
        records.add(&stranger, now, A, &agreed(made.round)),
    );
    // a number of another organisation is absent, and nothing can be tied to it
    let asked = records.find::<Round>(&stranger, now, B, made.round);
    assert!(matches!(asked, Err(RecordsError::Absent { .. })));
    assert!(records.answers(&stranger, now, B, made.round).unwrap().is_empty());
    let tied = records.add(&stranger, now, B, &agreed(made.round));
    assert!(matches!(tied, Err(RecordsError::Database(_))), "{tied:?}");
    // without any grant it is not even told whether an organisation exists
    let asked = records.list::<Round>(&Actor::new("x", Vec::new()), now, "no-such-place");
    assert!(matches!(asked, Err(RecordsError::Refused { .. })));
    assert!(
        records.organisations(&stranger).unwrap().iter().all(|o| o.organisation == B)
    );
    // each refusal stands in the log of the organisation that was asked for
    let log = records.log(&auditor(), now, A).unwrap();
    let refusals = log.iter().filter(|entry| entry.refused);
    assert_eq!(refusals.clone().count(), 26);
    assert!(refusals.clone().all(|entry| entry.who == "bert" || entry.anonymous));
    records.verify(&auditor(), now, A, None).unwrap();
}

pub(crate) fn a_region_gives_numbers(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = a_full_year(&mut records);
    let analyst =
        |region| Actor::new("ria", vec![Grant::region(Role::RegionAnalyst, region)]);
    let now = moment(100);
    let progress = records.progress(&analyst("riec-oost"), now, A, made.round).unwrap();
    assert_eq!((progress.seats, progress.started, progress.answers), (3, 2, 3));
    let members = records.region(&analyst("riec-oost"), now, "riec-oost").unwrap();
    assert_eq!(members.iter().map(|m| m.organisation.as_str()).collect::<Vec<_>>(), [A]);
    let read = records.answers(&analyst("riec-oost"), now, A, made.round);
    assert!(matches!(read, Err(RecordsError::Refused { .. })));
    let other = records.progress(&analyst("riec-west"), now, A, made.round);
    assert!(matches!(other, Err(RecordsError::Refused { .. })));
    // the membership ends: a new entry with the same first day
    let ended = Membership {
        region: "riec-oost".to_owned(),
        valid_from: date(2020, 1, 1),
        valid_to: Some(date(2025, 12, 31)),
    };
    records.add(&administrator(), now, A, &ended).unwrap();
    let after = records.progress(&analyst("riec-oost"), now, A, made.round);
    assert!(matches!(after, Err(RecordsError::Refused { .. })));
    assert!(records.region(&analyst("riec-oost"), now, "riec-oost").unwrap().is_empty());
}

pub(crate) fn answers_keep_their_history(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = an_open_round(&mut records);
    let (rika, cor) = (respondent(), coordinator());
    for (at, level) in [(10, 1), (20, 3), (30, 2)] {
        let said = [answer("four-eyes", level)];
        records.answer(&rika, moment(at), A, made.named, &said).unwrap();
    }
    let levels = |given: &[records::Given]| -> Vec<Said> {
        given.iter().map(|given| given.answer.said.clone()).collect()
    };
    let all = records.answers(&cor, moment(40), A, made.round).unwrap();
    assert_eq!(levels(&all), [Said::Level(1), Said::Level(3), Said::Level(2)]);
    let own = records.own_answers(&rika, moment(40), A).unwrap();
    assert_eq!(own, all);
    assert_eq!(records.own_assignments(&rika, moment(40), A).unwrap().len(), 1);
    // nobody answers for another
    let other = actor("otto", Role::Respondent);
    let said = [answer("four-eyes", 0)];
    let tried = records.answer(&other, moment(41), A, made.named, &said);
    assert!(matches!(tried, Err(RecordsError::Refused { .. })));
    assert!(records.own_answers(&other, moment(41), A).unwrap().is_empty());
    // what cannot be is not kept, nor what came with it
    let mut unfit = answer("logging", 0);
    unfit.said = Said::NotApplicable { reason: " ".to_owned() };
    let mut torn = answer("logging", 1);
    torn.explanation = Some("een\0twee".to_owned());
    for wrong in [unfit, answer("logging", 4), torn] {
        let said = [answer("four-eyes", 0), wrong];
        let tried = records.answer(&rika, moment(42), A, made.named, &said);
        assert!(matches!(tried, Err(RecordsError::Invalid { .. })), "{tried:?}");
    }
    let closed = RoundState { round: made.round, status: RoundStatus::Closed };
    records.add(&cor, moment(43), A, &closed).unwrap();
    let late =
        records.answer(&rika, moment(44), A, made.named, &[answer("four-eyes", 0)]);
    assert!(matches!(late, Err(RecordsError::NotOpen { .. })));
    assert_eq!(records.answers(&cor, moment(45), A, made.round).unwrap().len(), 3);
}

pub(crate) fn an_anonymous_answer_leads_to_nobody(stage: &mut dyn Stage) {
    let mut records = stage.fresh().open();
    let made = an_open_round(&mut records);
    let nobody = Actor::anonymous(A);
    let code = |letter: char| letter.to_string().repeat(20);
    let say = |records: &mut Records, who: &Actor, code: &str, at| {
        let said = [answer("four-eyes", 1)];
        records.answer_anonymously(who, moment(at), A, (made.anonymous, code), &said)
    };
    say(&mut records, &nobody, &code('a'), 10).unwrap();
    records.answer(&respondent(), moment(15), A, made.named, &[answer("x", 1)]).unwrap();
    say(&mut records, &nobody, &code('b'), 20).unwrap();
    say(&mut records, &nobody, &code('a'), 30).unwrap();
    // two seats are two voices
    let third = say(&mut records, &nobody, &code('c'), 40);
    assert!(matches!(third, Err(RecordsError::NoSeat { .. })));
    let named = say(&mut records, &respondent(), &code('a'), 41);
    assert!(matches!(named, Err(RecordsError::Invalid { .. })));
    let short = say(&mut records, &nobody, "abc", 42);
    assert!(matches!(short, Err(RecordsError::Invalid { .. })));
    let by_name =
        records.answer(&respondent(), moment(43), A, made.anonymous, &[answer("x", 1)]);
    assert!(matches!(by_name, Err(RecordsError::Invalid { .. })));
    let seat = (made.anonymous, code('a'));
    let own = records.own_anonymous_answers(&nobody, moment(44), A, (seat.0, &seat.1));
    assert_eq!(own.unwrap().len(), 2);

    let given = records.answers(&coordinator(), moment(50), A, made.round).unwrap();
    let voices: Vec<_> =
        given.iter().filter_map(|given| given.voice.as_deref()).collect();
    assert_eq!(voices.len(), 3);
    assert!(voices[0] == voices[2] && voices[0] != voices[1]);
    // the administrator, who may export everything, finds neither person nor moment nor code
    let text = String::from_utf8(exported(&mut records)).unwrap();
    let archive: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(!text.contains(&code('a')));
    let table = &archive["tables"]["anonymous_answers"];
    let columns: Vec<&str> = table["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap())
        .collect();
    let day = columns.iter().position(|column| *column == "recorded_on").unwrap();
    assert!(!columns.contains(&"recorded_by") && !columns.contains(&"recorded_at"));
    assert!(table["rows"].as_array().unwrap().iter().all(|row| row[day] == "2026-02-25"));
    let log = archive["tables"]["audit"]["rows"].as_array().unwrap();
    let hidden: Vec<_> = log.iter().filter(|row| row[1] == "anonymous").collect();
    assert_eq!(hidden.len(), 3);
    assert!(
        hidden
            .iter()
            .all(|row| row[4] == "" && row[3].as_i64().unwrap() % 86_400_000_000 == 0)
    );
    assert!(log.iter().all(|row| row[7] != "anonymous_answers" || row[1] == "anonymous"));
}

pub(crate) fn two_writers_lose_nothing(stage: &mut dyn Stage) {
    const EACH: i64 = 40;
    let place = stage.fresh();
    let made = an_open_round(&mut place.open());
    let write = |place: &Place| {
        let mut records = place.open();
        let mut ids = Vec::new();
        for at in 0..EACH {
            let said = [answer("four-eyes", 1), answer("logging", 2)];
            let at = moment(10 + at);
            ids.extend(records.answer(&respondent(), at, A, made.named, &said).unwrap());
        }
        ids
    };
    let mut ids: Vec<i64> = std::thread::scope(|scope| {
        let writers = [(); 2].map(|()| scope.spawn(|| write(&place)));
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    ids.sort_unstable();
    assert_eq!(ids, (1..=4 * EACH).collect::<Vec<_>>());
    let mut records = place.open();
    let given = records.answers(&coordinator(), moment(900), A, made.round).unwrap();
    assert_eq!(i64::try_from(given.len()).unwrap(), 4 * EACH);
    // what was given together stands together
    assert!(given.chunks(2).all(|pair| pair[0].answer.question == "four-eyes"));
    records.verify(&auditor(), moment(901), A, None).unwrap();
}

pub(crate) fn an_archive_comes_back(stage: &mut dyn Stage) {
    let mut first = stage.fresh().open();
    let made = a_full_year(&mut first);
    let text = exported(&mut first);
    let mut second = stage.fresh().open();
    let ada = administrator();
    let alone = Actor::new("x", vec![Grant::organisation(Role::Administrator, A)]);
    let refused = second.import(&alone, &mut text.as_slice());
    assert!(matches!(refused, Err(RecordsError::Refused { .. })));
    second.import(&ada, &mut text.as_slice()).unwrap();
    assert!(exported(&mut second) == text, "the archive changed on its way");
    // now it has one more line in each log
    assert!(exported(&mut second) != text);
    let again = second.import(&ada, &mut text.as_slice());
    assert!(matches!(again, Err(RecordsError::NotEmpty { .. })));
    // and goes on where it was
    let said = [answer("four-eyes", 3)];
    let next = second.answer(&respondent(), moment(2000), A, made.named, &said).unwrap();
    assert_eq!(next, [3]);
    second.verify(&auditor(), moment(2001), A, None).unwrap();
}

pub(crate) fn a_backup_while_others_write(stage: &mut dyn Stage) {
    let place = stage.fresh();
    let mut records = place.open();
    let made = a_full_year(&mut records);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup");
    let ada = administrator();
    let before = records.verify(&auditor(), moment(50), A, None).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut records = place.open();
            for at in 0..60 {
                let said = [answer("four-eyes", 1)];
                records
                    .answer(&respondent(), moment(100 + at), A, made.named, &said)
                    .unwrap();
            }
        });
        records.backup(&ada, moment(60), &file).unwrap();
        writer.join().unwrap();
    });
    let twice = records.backup(&ada, moment(61), &file);
    assert!(matches!(twice, Err(RecordsError::NotEmpty { .. })));
    let mut back = if place.is_server() {
        let mut back = stage.fresh().open();
        back.import(&ada, &mut std::fs::File::open(&file).unwrap()).unwrap();
        back
    } else {
        let target = folder.path().join("restored");
        let back = restore(&ada, moment(300), &file, &target).unwrap();
        let over = restore(&ada, moment(301), &file, &target);
        assert!(matches!(over, Err(RecordsError::NotEmpty { .. })));
        back
    };
    let now = moment(400);
    back.verify(&auditor(), now, A, Some(&before)).unwrap();
    let kept = back.answers(&coordinator(), now, A, made.round).unwrap();
    let all = records.answers(&coordinator(), now, A, made.round).unwrap();
    assert_eq!(all.len(), 63);
    assert!(kept.iter().all(|given| all.contains(given)));
    // the original goes on
    records.verify(&auditor(), now, A, Some(&before)).unwrap();
    records
        .found(&actor("x", Role::Coordinator), now, A, &organisation("x"))
        .unwrap_err();
}
