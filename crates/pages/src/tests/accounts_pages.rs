//! Invitations and the own account, through the pages.

use super::bench::{Bench, KEEPER, PASSWORD};
use access::Role;
use axum::http::StatusCode;

const NEW: &str = "paraplu zonder hengsel";

#[test]
fn the_first_account_is_made_with_the_code_of_the_terminal() {
    let bench = Bench::new();
    // as in an installation whose organisations were brought in from elsewhere
    bench.grant("dijkveen", KEEPER, Role::Administrator, false);
    let code = bench.state.accounts.invite_first(bench.now()).unwrap().unwrap().code;
    let mut browser = bench.browser();
    browser.get("/uitnodiging");
    let wrong = browser.post("/uitnodiging", &[("code", "AAAAA-AAAAA")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = code.reveal().to_lowercase().replace('-', " ");
    let page = browser.post("/uitnodiging", &[("code", &typed)]);
    assert!(page.body.contains("dat van de beheerder"), "{}", page.body);
    let mut fields = vec![
        ("code", typed.as_str()),
        ("naam", "Ada@Dijkveen.example"),
        ("weergave", "Ada de Vries"),
        ("wachtwoord", "welkom123456"),
        ("herhaling", "welkom123456"),
    ];
    let weak = browser.post("/uitnodiging/account", &fields);
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("makkelijk te raden"));
    assert!(weak.body.contains("value=\"Ada de Vries\""), "what was good stays");
    fields[3].1 = PASSWORD;
    let unlike = browser.post("/uitnodiging/account", &fields);
    assert!(unlike.body.contains("hetzelfde wachtwoord in als hierboven"));
    fields[4].1 = PASSWORD;
    let done = browser.post("/uitnodiging/account", &fields);
    assert_eq!(done.location(), "/inloggen?gelukt=account");
    assert_eq!(browser.sign_in("ada@dijkveen.example", PASSWORD).location(), "/");
    let start = browser.get("/").body;
    assert!(start.contains("Gemeente &lt;Dijkveen&gt;"), "{start}");
    assert!(!start.contains("Gemeente Elders"), "that one has its administrator");
}

#[test]
fn who_is_invited_gets_the_account_of_the_invitation() {
    let bench = Bench::new();
    let invitation =
        bench.state.accounts.invite("bob", "Bob", "ada", bench.now()).unwrap();
    let code = invitation.code.reveal();
    let mut browser = bench.browser();
    browser.get("/uitnodiging");
    let page = browser.post("/uitnodiging", &[("code", code)]).body;
    assert!(page.contains("<strong>Bob</strong> (bob)"), "{page}");
    assert!(!page.contains("id=\"veld-naam\""), "the name is not to be chosen");
    let fields = [
        ("code", code),
        ("naam", "root"),
        ("wachtwoord", PASSWORD),
        ("herhaling", PASSWORD),
    ];
    assert_eq!(
        browser.post("/uitnodiging/account", &fields).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(bench.browser().sign_in("bob", PASSWORD).location(), "/");
    assert!(bench.state.accounts.user("root").unwrap().is_none());
}

#[test]
fn codes_are_not_to_be_tried_out() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    browser.get("/uitnodiging");
    for _ in 0..10 {
        let reply = browser.post("/uitnodiging", &[("code", "AAAAA")]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let reply = browser.post("/uitnodiging", &[("code", "AAAAA")]);
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    let fields = [("code", "AAAAA"), ("wachtwoord", PASSWORD), ("herhaling", PASSWORD)];
    let reply = browser.post("/uitnodiging/account", &fields);
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn a_new_password_is_in_force_at_once_and_others_are_out() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut elsewhere = bench.browser_of("ada");
    let mut browser = bench.browser_of("ada");
    let before = browser.cookies["__Host-dijkwacht"].clone();
    browser.get("/account/wachtwoord");
    let wrong = [("huidig", "iets heel anders dus"), ("nieuw", NEW), ("herhaling", NEW)];
    let reply = browser.post("/account/wachtwoord", &wrong);
    assert!(reply.body.contains("Dit wachtwoord klopt niet."), "{}", reply.body);
    let right = [("huidig", PASSWORD), ("nieuw", NEW), ("herhaling", NEW)];
    let reply = browser.post("/account/wachtwoord", &right);
    assert_eq!(reply.location(), "/account?gelukt=wachtwoord");
    assert_ne!(browser.cookies["__Host-dijkwacht"], before);
    assert!(browser.get(reply.location()).body.contains("Je wachtwoord is gewijzigd."));
    assert_eq!(elsewhere.get("/account").status, StatusCode::SEE_OTHER);
    let old = bench.browser().sign_in("ada", PASSWORD);
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.browser().sign_in("ada", NEW).location(), "/");
}

#[test]
fn a_browser_left_open_gives_few_guesses_at_the_password() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    browser.get("/account/wachtwoord");
    let guess = [("huidig", "iets heel anders dus"), ("nieuw", NEW), ("herhaling", NEW)];
    for _ in 0..5 {
        let reply = browser.post("/account/wachtwoord", &guess);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let reply = browser.post("/account/wachtwoord", &guess);
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.header("retry-after"), "1");
    assert!(reply.body.contains("Te veel pogingen"));
}

#[test]
fn what_is_over_is_thrown_away_after_its_term_and_not_before() {
    let bench = Bench::new();
    bench.add("ada", &[Role::Administrator]);
    bench.browser_of("ada");
    assert_eq!(bench.state.tidy().unwrap(), 0);
    bench.wait(366 * 24 * 3_600);
    assert!(bench.state.tidy().unwrap() > 0, "her session, her browser, her coming in");
    assert_eq!(bench.state.tidy().unwrap(), 0);
}
