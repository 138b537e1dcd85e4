use super::*;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::net::IpAddr;

const PASSWORD: &str = "fiets wolk kaas dinsdag";
const OTHER: &str = "paraplu zonder hengsel";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn here() -> From<'static> {
    From { source: source(1), device: None, session: None }
}

fn source(last: u8) -> Source {
    Source::of(IpAddr::from([192, 0, 2, last]))
}

/// Accounts with the people named, each with [`PASSWORD`].
fn with(names: &[&str]) -> Accounts {
    let accounts = Accounts::in_memory(Terms::default()).unwrap();
    for name in names {
        let invitation = accounts.invite(name, name, "keeper", at(0)).unwrap();
        let code = invitation.code.reveal();
        accounts.accept(code, ("", ""), PASSWORD, source(200), at(0)).unwrap();
    }
    accounts
}

fn attempt<'a>(name: &'a str, password: &'a str) -> Attempt<'a> {
    Attempt { name, password }
}

/// The code an app shows for a pending second step.
fn code_of(pending: &Pending, now: Timestamp) -> String {
    let secret = pending.typed().replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(now.as_second()).unwrap()).to_string()
}

#[test]
fn the_right_password_opens_a_session_and_a_wrong_one_does_not() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt(" Ada ", PASSWORD), &here(), at(1)).unwrap();
    assert_eq!(entered.stage, Stage::Whole);
    let session = accounts.session(entered.session.reveal(), at(2)).unwrap().unwrap();
    assert_eq!(session.user.name, "ada");
    for (name, password) in
        [("ada", OTHER), ("bob", PASSWORD), ("", ""), ("a da", PASSWORD)]
    {
        let refused = accounts.sign_in(&attempt(name, password), &here(), at(3));
        assert_eq!(refused.unwrap_err(), SignInError::Wrong, "{name}");
    }
    assert!(accounts.session("something else", at(2)).unwrap().is_none());
}

#[test]
fn a_session_ends_after_half_an_hour_of_nothing_and_after_ten_hours_of_work() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let token = entered.session.reveal();
    let minutes = |n: i64| at(n * 60);
    assert!(accounts.session(token, minutes(29)).unwrap().is_some());
    assert!(accounts.session(token, minutes(58)).unwrap().is_some(), "it was seen");
    assert!(accounts.session(token, minutes(88)).unwrap().is_none());
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let token = entered.session.reveal();
    for minute in (20..600).step_by(20) {
        assert!(accounts.session(token, minutes(minute)).unwrap().is_some(), "{minute}");
    }
    assert!(accounts.session(token, minutes(600)).unwrap().is_none());
}

#[test]
fn coming_in_gives_a_new_session_and_ends_the_one_the_browser_had() {
    let accounts = with(&["ada", "mallory"]);
    let planted =
        accounts.sign_in(&attempt("mallory", PASSWORD), &here(), at(0)).unwrap();
    let from = From { session: Some(planted.session.reveal()), ..here() };
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &from, at(1)).unwrap();
    assert_ne!(entered.session, planted.session);
    assert!(accounts.session(planted.session.reveal(), at(2)).unwrap().is_none());
    accounts.sign_out(entered.session.reveal(), at(3)).unwrap();
    assert!(accounts.session(entered.session.reveal(), at(4)).unwrap().is_none());
}

#[test]
fn a_second_step_stands_between_the_password_and_the_session() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let token = entered.session.reveal();
    let ada = accounts.user("ada").unwrap().unwrap();
    let pending = accounts.pending_second_step(token).unwrap();
    assert_eq!(accounts.pending_second_step(token).unwrap(), pending, "loaded anew");
    let code = code_of(&pending, at(0));
    let on =
        |password, code| accounts.turn_second_step_on(&ada, token, password, code, at(0));
    assert_eq!(on(OTHER, &code).unwrap_err(), AccountsError::WrongPassword);
    assert_eq!(on(PASSWORD, "000000").unwrap_err(), AccountsError::Code);
    let recovery = on(PASSWORD, &code).unwrap();
    assert_eq!(recovery.len(), RECOVERY_CODES);

    let half = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(60)).unwrap();
    assert_eq!((half.stage, half.device.is_none()), (Stage::SecondStep, true));
    let from = From { session: Some(half.session.reveal()), ..here() };
    let session = accounts.session(half.session.reveal(), at(61)).unwrap().unwrap();
    assert_eq!(session.stage, Stage::SecondStep);
    assert!(accounts.pending_second_step(half.session.reveal()).is_err(), "not in yet");
    let further = |code: &str| accounts.sign_in_further(code, &from, at(62));
    assert_eq!(further("000000").unwrap_err(), SignInError::Wrong);
    let whole = further(&code_of(&pending, at(62))).unwrap();
    assert_eq!(whole.stage, Stage::Whole);
    assert_ne!(whole.session, half.session);
    assert!(accounts.session(half.session.reveal(), at(63)).unwrap().is_none());

    let again = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(64)).unwrap();
    let from = From { session: Some(again.session.reveal()), ..here() };
    let used = accounts.sign_in_further(&code_of(&pending, at(62)), &from, at(65));
    assert_eq!(used.unwrap_err(), SignInError::Wrong, "a code is good once");
    let on_paper = recovery[3].reveal().to_lowercase();
    assert!(accounts.sign_in_further(&on_paper, &from, at(66)).is_ok());
    assert_eq!(accounts.recovery_codes_left(&ada).unwrap(), RECOVERY_CODES - 1);
    let late = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(70)).unwrap();
    let from = From { session: Some(late.session.reveal()), ..here() };
    let over = accounts.sign_in_further(&on_paper, &from, at(70 + 301));
    assert_eq!(over.unwrap_err(), SignInError::Over);
}

#[test]
fn the_second_step_goes_after_the_password_only() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let token = entered.session.reveal();
    let ada = accounts.user("ada").unwrap().unwrap();
    let code = code_of(&accounts.pending_second_step(token).unwrap(), at(0));
    accounts.turn_second_step_on(&ada, token, PASSWORD, &code, at(0)).unwrap();
    let off = accounts.turn_second_step_off(&ada, OTHER, at(1));
    assert_eq!(off.unwrap_err(), AccountsError::WrongPassword);
    assert!(accounts.user("ada").unwrap().unwrap().has_second_step);
    accounts.turn_second_step_off(&ada, PASSWORD, at(2)).unwrap();
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(3)).unwrap();
    assert_eq!(entered.stage, Stage::Whole);
}

#[test]
fn guessing_is_slowed_down_and_the_owner_still_comes_in() {
    let accounts = with(&["ada"]);
    let owner = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let device = owner.device.unwrap();
    let mut tries = 0;
    let wait = loop {
        match accounts.sign_in(&attempt("ada", OTHER), &here(), at(1)) {
            Err(SignInError::Wrong) => tries += 1,
            Err(SignInError::Wait(seconds)) => break seconds,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((tries, wait), (5, 1));
    let right = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(1));
    assert_eq!(right.unwrap_err(), SignInError::Wait(1), "nothing is learnt meanwhile");
    // the same address, but the browser of the owner
    let known = From { device: Some(device.reveal()), ..here() };
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &known, at(1)).unwrap();
    assert!(entered.device.is_none(), "it is known already");
    // another address
    let elsewhere = From { source: source(9), ..here() };
    assert!(accounts.sign_in(&attempt("ada", PASSWORD), &elsewhere, at(1)).is_ok());
}

#[test]
fn a_known_browser_is_known_for_its_own_account_only() {
    let accounts = with(&["ada", "bob"]);
    let entered = accounts.sign_in(&attempt("bob", PASSWORD), &here(), at(0)).unwrap();
    let device = entered.device.unwrap();
    let from = From { device: Some(device.reveal()), ..here() };
    let mut tries = 0;
    while accounts.sign_in(&attempt("ada", OTHER), &from, at(1)).unwrap_err()
        == SignInError::Wrong
    {
        tries += 1;
    }
    assert_eq!(tries, 5, "the cookie of bob gives nothing at the account of ada");
}

#[test]
fn codes_of_the_second_step_cannot_be_guessed() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let token = entered.session.reveal();
    let ada = accounts.user("ada").unwrap().unwrap();
    let code = code_of(&accounts.pending_second_step(token).unwrap(), at(0));
    accounts.turn_second_step_on(&ada, token, PASSWORD, &code, at(0)).unwrap();
    let mut tries = 0;
    let wait = loop {
        // a new session gives no new tries
        let half = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(1)).unwrap();
        let from = From { session: Some(half.session.reveal()), ..here() };
        match accounts.sign_in_further("123456", &from, at(1)) {
            Err(SignInError::Wrong) => tries += 1,
            Err(SignInError::Wait(seconds)) => break seconds,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((tries, wait), (5, 1));
}

#[test]
fn the_first_account_is_made_once_with_the_code_of_the_terminal() {
    let accounts = Accounts::in_memory(Terms::default()).unwrap();
    let old = accounts.invite_first(at(0)).unwrap().unwrap();
    let first = accounts.invite_first(at(1)).unwrap().unwrap();
    let accept = |code: &str, password| {
        accounts.accept(code, ("Ada@Dijkveen.example", "Ada"), password, source(1), at(2))
    };
    let gone = accept(old.code.reveal(), PASSWORD).unwrap_err();
    assert_eq!(
        gone,
        SignInError::Accounts(AccountsError::Invitation),
        "a newer one was shown"
    );
    assert!(accounts.invited(first.code.reveal(), source(1), at(2)).unwrap().is_first);
    let short = accept(first.code.reveal(), "short").unwrap_err();
    let expected = AccountsError::Password(PasswordFault::Short);
    assert_eq!(short, SignInError::Accounts(expected));
    let user = accept(first.code.reveal(), PASSWORD).unwrap();
    assert_eq!(
        (user.name.as_str(), user.display.as_str()),
        ("ada@dijkveen.example", "Ada")
    );
    assert!(accept(first.code.reveal(), PASSWORD).is_err(), "it is used up");
    assert!(accounts.invite_first(at(3)).unwrap().is_none());
}

#[test]
fn an_invitation_names_the_account_and_ends_after_a_week() {
    let accounts = with(&[]);
    let invitation = accounts.invite("bob", "Bob", "ada", at(0)).unwrap();
    let code = invitation.code.reveal();
    let week = 7 * 24 * 3600;
    let late = accounts.accept(code, ("", ""), PASSWORD, source(1), at(week));
    assert_eq!(late.unwrap_err(), SignInError::Accounts(AccountsError::Invitation));
    let user = accounts
        .accept(code, ("root", "Root"), PASSWORD, source(1), at(week - 1))
        .unwrap();
    assert_eq!(user.name, "bob", "who is invited does not choose another name");
}

#[test]
fn an_invitation_to_somebody_with_an_account_gives_a_new_password() {
    let accounts = with(&["bob"]);
    let entered = accounts.sign_in(&attempt("bob", PASSWORD), &here(), at(0)).unwrap();
    let invitation = accounts.invite("bob", "Bob", "ada", at(1)).unwrap();
    assert!(accounts.sign_in(&attempt("bob", PASSWORD), &here(), at(2)).is_ok());
    let code = invitation.code.reveal();
    accounts.accept(code, ("", ""), OTHER, source(1), at(3)).unwrap();
    assert!(accounts.session(entered.session.reveal(), at(4)).unwrap().is_none());
    let old = accounts.sign_in(&attempt("bob", PASSWORD), &here(), at(5));
    assert_eq!(old.unwrap_err(), SignInError::Wrong);
    assert!(accounts.sign_in(&attempt("bob", OTHER), &here(), at(6)).is_ok());
}

#[test]
fn codes_of_invitations_cannot_be_guessed() {
    let accounts = with(&[]);
    let mut tries = 0;
    while let Err(SignInError::Accounts(AccountsError::Invitation)) =
        accounts.invited("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", source(1), at(0))
    {
        tries += 1;
    }
    assert_eq!(tries, 10);
    assert!(
        accounts
            .invited("AAAAA", source(2), at(0))
            .is_err_and(|e| e != SignInError::Wait(1))
    );
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let accounts = with(&["ada"]);
    let enter = |second| {
        accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(second)).unwrap().session
    };
    let (here_now, elsewhere) = (enter(0), enter(1));
    let ada = accounts.user("ada").unwrap().unwrap();
    let change = |present, new| {
        accounts.change_password(&ada, present, new, here_now.reveal(), at(2))
    };
    assert_eq!(change(OTHER, OTHER).unwrap_err(), AccountsError::WrongPassword);
    let same = AccountsError::Password(PasswordFault::Same);
    assert_eq!(change(PASSWORD, PASSWORD).unwrap_err(), same);
    change(PASSWORD, OTHER).unwrap();
    assert!(accounts.session(elsewhere.reveal(), at(3)).unwrap().is_none());
    let renewed = accounts.renew_session(here_now.reveal(), at(3)).unwrap().unwrap();
    assert!(accounts.session(here_now.reveal(), at(4)).unwrap().is_none());
    assert!(accounts.session(renewed.reveal(), at(4)).unwrap().is_some());
}

#[test]
fn a_browser_left_open_gives_no_guesses_at_the_password() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    let ada = accounts.user("ada").unwrap().unwrap();
    let change = |present, second| {
        let token = entered.session.reveal();
        accounts.change_password(&ada, present, OTHER, token, at(second)).unwrap_err()
    };
    for _ in 0..5 {
        assert_eq!(change("a guess that is wrong", 1), AccountsError::WrongPassword);
    }
    assert_eq!(
        change(PASSWORD, 1),
        AccountsError::Wait(1),
        "nothing is learnt meanwhile"
    );
}

/// Somebody as a provider knows them.
fn provided<'a>(
    subject: &'a str,
    name: &'a str,
    groups: &'a BTreeSet<String>,
) -> Provided<'a> {
    Provided { issuer: "https://idp.example", subject, name, display: "Ada", groups }
}

#[test]
fn a_browser_comes_back_once_in_time_and_as_itself() {
    let accounts = with(&[]);
    let away = Away {
        nonce: "n".to_owned(),
        verifier: "v".to_owned(),
        back: "/account".to_owned(),
    };
    let back = |state, browser, second| {
        accounts.welcome_back(state, browser, at(second)).unwrap()
    };
    accounts.send_away("state", "cookie", &away, at(0)).unwrap();
    assert_eq!(back("state", "cookie of another", 1), None);
    assert_eq!(back("another state", "cookie", 1), None);
    assert_eq!(back("state", "cookie", 1), Some(away.clone()));
    assert_eq!(back("state", "cookie", 2), None, "it is good once");
    accounts.send_away("late", "cookie", &away, at(0)).unwrap();
    assert_eq!(back("late", "cookie", 15 * 60), None);
}

#[test]
fn who_a_provider_names_gets_an_account_without_a_password() {
    let accounts = with(&[]);
    let groups = BTreeSet::from(["iedereen".to_owned(), "beheer".to_owned()]);
    let enter = |who: &Provided<'_>| accounts.enter_provided(who, None, &here(), at(1));
    let entered = enter(&provided("1", "Ada@Dijkveen.example", &groups)).unwrap();
    let session = accounts.session(entered.session.reveal(), at(2)).unwrap().unwrap();
    assert_eq!(session.user.name, "ada@dijkveen.example");
    assert_eq!(session.groups, groups);
    // another address, the same person
    let again = enter(&provided("1", "a.devries@dijkveen.example", &groups)).unwrap();
    let session = accounts.session(again.session.reveal(), at(2)).unwrap().unwrap();
    assert_eq!(session.user.name, "ada@dijkveen.example");
    for password in ["", PASSWORD, "nobody has this password"] {
        let name = "ada@dijkveen.example";
        let refused = accounts.sign_in(&attempt(name, password), &here(), at(3));
        assert_eq!(refused.unwrap_err(), SignInError::Wrong);
    }
    // another person, the same address
    let other = enter(&provided("2", "ada@dijkveen.example", &groups)).unwrap_err();
    assert_eq!(other, AccountsError::Taken("ada@dijkveen.example".to_owned()));
}

#[test]
fn a_provider_takes_over_no_account_with_a_password_but_for_its_owner() {
    let accounts = with(&["ada", "bob"]);
    let groups = BTreeSet::new();
    let enter = |owner: Option<&str>| {
        let who = provided("1", "ada", &groups);
        let owner = owner.map(|name| accounts.user(name).unwrap().unwrap());
        accounts.enter_provided(&who, owner.as_ref(), &here(), at(1))
    };
    let taken = AccountsError::Taken("ada".to_owned());
    assert_eq!(enter(None).unwrap_err(), taken);
    assert_eq!(enter(Some("bob")).unwrap_err(), taken);
    assert!(enter(Some("ada")).is_ok());
    assert!(enter(None).is_ok(), "from now on they are one");
    assert!(accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(2)).is_ok());
    accounts.close("ada", "bob", at(3)).unwrap();
    assert_eq!(enter(None).unwrap_err(), AccountsError::Unknown("ada".to_owned()));
}

#[test]
fn a_closed_account_is_shut_at_once() {
    let accounts = with(&["ada"]);
    let entered = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(0)).unwrap();
    accounts.close("ADA", "bob", at(1)).unwrap();
    assert!(accounts.session(entered.session.reveal(), at(2)).unwrap().is_none());
    let refused = accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(3));
    assert_eq!(refused.unwrap_err(), SignInError::Wrong);
    let again = accounts.close("ada", "bob", at(4)).unwrap_err();
    assert_eq!(again, AccountsError::Unknown("ada".to_owned()));
}

#[test]
fn a_token_has_scopes_an_end_and_an_owner() {
    let accounts = with(&["ada", "bob"]);
    let user = |name: &str| accounts.user(name).unwrap().unwrap();
    let token = |ends_at, scopes: &[Scope]| Token {
        id: 0,
        title: "Power BI".to_owned(),
        scopes: scopes.iter().copied().collect(),
        organisation: Some("dijkveen".to_owned()),
        ends_at,
        used_at: None,
    };
    let make = |token: &Token| accounts.make_token(&user("ada"), token, at(0));
    assert!(make(&token(at(0), &[Scope::Read])).is_err(), "it would be over");
    assert!(make(&token(at(400 * 24 * 3600), &[Scope::Read])).is_err(), "too long");
    assert!(make(&token(at(60), &[])).is_err(), "good for nothing");
    let secret = make(&token(at(60), &[Scope::Numbers])).unwrap();
    assert!(secret.reveal().starts_with("dijkwacht_"));
    let bearer = accounts.bearer(secret.reveal(), at(1)).unwrap().unwrap();
    assert_eq!(bearer.user.name, "ada");
    let numbers = access::Action::new(access::Verb::Numbers, access::Resource::Picture);
    let read = access::Action::new(access::Verb::Read, access::Resource::Picture);
    assert!(bearer.covers(numbers, "dijkveen"));
    assert!(!bearer.covers(numbers, "elders"), "bound to one organisation");
    assert!(!bearer.covers(read, "dijkveen"));
    assert!(accounts.bearer(secret.reveal(), at(60)).unwrap().is_none(), "over");
    let listed = accounts.tokens(&user("ada")).unwrap();
    assert_eq!((listed.len(), listed[0].used_at), (1, Some(at(1))));
    assert!(!accounts.end_token(&user("bob"), listed[0].id, at(2)).unwrap());
    assert!(accounts.end_token(&user("ada"), listed[0].id, at(2)).unwrap());
    assert!(accounts.bearer(secret.reveal(), at(3)).unwrap().is_none());
}

#[test]
fn what_happened_is_written_down_and_thrown_away_in_time() {
    let accounts = with(&["ada"]);
    assert!(accounts.sign_in(&attempt("ada", OTHER), &here(), at(5)).is_err());
    accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(6)).unwrap();
    let events = accounts.events(10).unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            (event.who.as_str(), event.kind, event.is_done, event.about.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ada", EventKind::SignIn, true, "192.0.2.1"),
            ("ada", EventKind::SignIn, false, "192.0.2.1"),
            ("ada", EventKind::Accepted, true, "192.0.2.200"),
            ("keeper", EventKind::Invited, true, "ada"),
        ]
    );
    let year = SignedDuration::from_hours(366 * 24);
    assert_eq!(accounts.tidy(year, at(7)).unwrap(), 0);
    let later = at(0) + year + year;
    assert_eq!(accounts.tidy(year, later).unwrap(), 4 + 2, "events, session, browser");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_only_and_is_found_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    {
        let accounts = Accounts::open(&dir, Terms::default()).unwrap();
        let code = accounts.invite("ada", "Ada", "", at(0)).unwrap().code;
        accounts.accept(code.reveal(), ("", ""), PASSWORD, source(1), at(0)).unwrap();
    }
    let accounts = Accounts::open(&dir, Terms::default()).unwrap();
    assert!(accounts.sign_in(&attempt("ada", PASSWORD), &here(), at(1)).is_ok());
    for entry in std::fs::read_dir(&dir).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.path());
    }
    let kept = std::fs::read(dir.join("accounts.sqlite")).unwrap();
    let holds = |text: &str| kept.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds(PASSWORD));
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(Accounts::open(folder.path(), Terms::default()).unwrap());
    let base = Connection::open(folder.path().join("accounts.sqlite")).unwrap();
    base.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(base);
    let error = Accounts::open(folder.path(), Terms::default()).unwrap_err().to_string();
    assert!(error.contains("made by a newer program (version 99)"), "{error}");
}
