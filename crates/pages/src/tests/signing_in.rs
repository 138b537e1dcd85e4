//! Coming in and going out.

use super::bench::{Bench, Browser, PASSWORD};
use access::Role;
use accounts::Terms;
use axum::http::StatusCode;

const SESSION: &str = "__Host-dijkwacht";

fn code(bench: &Bench, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(bench.now().as_second()).unwrap()).to_string()
}

/// Sets up a second step through the pages; gives its secret and a recovery code.
fn set_up_second_step(bench: &Bench, browser: &mut Browser) -> (String, String) {
    let page = browser.get("/account/tweede-stap").body;
    assert!(page.contains("<svg class=\"dw-qr\" role=\"img\""));
    let secret = page.split("Sleutel: <span class=\"dw-code\">").nth(1).unwrap();
    let secret = secret.split('<').next().unwrap().to_owned();
    let fields = [("code", code(bench, &secret)), ("wachtwoord", PASSWORD.to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let done = browser.post("/account/tweede-stap", &fields);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let codes: Vec<&str> = done.body.split("<span class=\"dw-code\">").skip(1).collect();
    assert_eq!(codes.len(), accounts::RECOVERY_CODES);
    (secret, codes[0].split('<').next().unwrap().to_owned())
}

#[test]
fn whoever_is_not_in_is_sent_to_the_sign_in_page_and_back() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser();
    let sent = browser.get("/account?x=1");
    assert_eq!(sent.location(), "/inloggen?terug=%2Faccount%3Fx%3D1");
    let page = browser.get(sent.location());
    assert!(page.body.contains("name=\"terug\" value=\"/account?x=1\""));
    let fields = [("naam", "ada"), ("wachtwoord", PASSWORD), ("terug", "/account?x=1")];
    assert_eq!(browser.post("/inloggen", &fields).location(), "/account?x=1");
    assert_eq!(browser.get("/account?x=1").status, StatusCode::OK);
    assert_eq!(browser.get("/inloggen").location(), "/", "who is in need not come in");
}

#[test]
fn nobody_is_sent_to_another_site() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    for evil in
        ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX: y"]
    {
        let mut browser = bench.browser();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("terug", evil)
            .finish();
        let page = browser.get(&format!("/inloggen?{query}"));
        assert!(!page.body.contains("name=\"terug\""), "{evil}");
        let fields = [("naam", "ada"), ("wachtwoord", PASSWORD), ("terug", evil)];
        assert_eq!(browser.post("/inloggen", &fields).location(), "/", "{evil}");
        assert_eq!(browser.get(&format!("/inloggen?{query}")).location(), "/", "{evil}");
        assert_eq!(browser.get(&format!("/taal/en?{query}")).location(), "/", "{evil}");
    }
}

#[test]
fn a_wrong_password_is_told_without_saying_which_part_is_wrong() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut told = Vec::new();
    for name in ["ada", "nobody"] {
        let mut browser = bench.browser();
        let reply = browser.sign_in(name, "een heel ander wachtwoord");
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!browser.cookies.contains_key(SESSION));
        assert!(reply.body.contains(&format!("value=\"{name}\"")), "the name stays");
        assert!(!reply.body.contains("een heel ander"), "the password does not");
        told.push(reply.body.replace(name, "?").replace(&browser.guard, "?"));
    }
    assert_eq!(told[0], told[1]);
}

#[test]
fn coming_in_gives_a_session_that_the_browser_did_not_have() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    bench.add("mallory", &[]);
    let mallory = bench.browser_of("mallory");
    let planted = mallory.cookies[SESSION].clone();
    let mut browser = bench.browser();
    browser.cookies.insert(SESSION.to_owned(), "made-up-by-somebody".to_owned());
    browser.sign_in("ada", PASSWORD);
    assert_ne!(browser.cookies[SESSION], "made-up-by-somebody");
    // a real session of somebody else, planted before ada comes in
    let mut victim = bench.browser();
    victim.cookies.insert(SESSION.to_owned(), planted.clone());
    victim.get("/account");
    let fields = [("naam", "ada"), ("wachtwoord", PASSWORD)];
    assert_eq!(victim.post("/inloggen", &fields).status, StatusCode::SEE_OTHER);
    assert_ne!(victim.cookies[SESSION], planted);
    let mut attacker = bench.browser();
    attacker.cookies.insert(SESSION.to_owned(), planted);
    assert_eq!(
        attacker.get("/account").status,
        StatusCode::SEE_OTHER,
        "it is worth nothing"
    );
}

#[test]
fn a_second_step_is_asked_for_and_nothing_is_shown_before_it() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    let before = browser.cookies[SESSION].clone();
    let (secret, on_paper) = set_up_second_step(&bench, &mut browser);
    assert_ne!(browser.cookies[SESSION], before, "a new session");
    assert_eq!(browser.get("/account").status, StatusCode::OK);

    bench.wait(60);
    let mut other = bench.browser();
    let sent = other.sign_in("ada", PASSWORD);
    assert_eq!(sent.location(), "/inloggen/code");
    let half = other.cookies[SESSION].clone();
    for path in ["/", "/account", "/account/tweede-stap/uit", "/organisaties/dijkveen"] {
        assert!(other.get(path).location().starts_with("/inloggen"), "{path}");
    }
    assert_eq!(other.get("/inloggen/code").status, StatusCode::OK);
    let wrong = other.post("/inloggen/code", &[("code", "000000")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = code(&bench, &secret);
    assert_eq!(other.post("/inloggen/code", &[("code", &right)]).location(), "/");
    assert_ne!(other.cookies[SESSION], half);
    assert_eq!(other.get("/account").status, StatusCode::OK);

    let mut third = bench.browser();
    third.sign_in("ada", PASSWORD);
    third.get("/inloggen/code");
    let used = third.post("/inloggen/code", &[("code", &right)]);
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "a code is good once");
    assert_eq!(third.post("/inloggen/code", &[("code", &on_paper)]).location(), "/");
    assert!(third.get("/account").body.contains("9 herstelcodes over"));
}

#[test]
fn the_second_step_can_be_taken_away_with_the_password() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    set_up_second_step(&bench, &mut browser);
    assert_eq!(
        browser.get("/account/tweede-stap").location(),
        "/account/tweede-stap/uit"
    );
    browser.get("/account/tweede-stap/uit");
    for wrong in ["", "een heel ander wachtwoord"] {
        let reply = browser.post("/account/tweede-stap/uit", &[("wachtwoord", wrong)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let done = browser.post("/account/tweede-stap/uit", &[("wachtwoord", PASSWORD)]);
    assert_eq!(done.location(), "/account?gelukt=uit");
    assert_eq!(bench.browser().sign_in("ada", PASSWORD).location(), "/");
}

#[test]
fn too_many_attempts_are_told_with_the_time_to_wait() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser();
    for _ in 0..5 {
        let reply = browser.sign_in("ada", "een heel ander wachtwoord");
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let reply = browser.sign_in("ada", PASSWORD);
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.header("retry-after"), "1");
    assert!(reply.body.contains("Wacht 1 seconde."), "{}", reply.body);
    bench.wait(1);
    assert_eq!(browser.sign_in("ada", PASSWORD).status, StatusCode::SEE_OTHER);
}

#[test]
fn going_out_ends_the_session_everywhere() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    let session = browser.cookies[SESSION].clone();
    browser.get("/");
    let out = browser.post("/uitloggen", &[]);
    assert_eq!(out.location(), "/inloggen?gelukt=uit");
    assert!(!browser.cookies.contains_key(SESSION));
    assert!(browser.get(out.location()).body.contains("Je bent uitgelogd."));
    browser.cookies.insert(SESSION.to_owned(), session);
    assert_eq!(browser.get("/account").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_form_sent_after_the_session_ended_says_that_it_was_not_kept() {
    let bench = Bench::new();
    bench.add("ada", &[]);
    let mut browser = bench.browser_of("ada");
    browser.get("/account/wachtwoord");
    bench.wait(Terms::default().idle.as_secs());
    let sent = browser.post("/account/wachtwoord", &[("huidig", PASSWORD)]);
    assert_eq!(sent.location(), "/inloggen?terug=%2Faccount%2Fwachtwoord&reden=verlopen");
    let page = browser.get(sent.location());
    assert!(page.body.contains("Wat je net invulde, is niet bewaard."));
    let fields =
        [("naam", "ada"), ("wachtwoord", PASSWORD), ("terug", "/account/wachtwoord")];
    assert_eq!(browser.post("/inloggen", &fields).location(), "/account/wachtwoord");
}

#[test]
fn a_provider_that_is_silent_is_told_and_lets_nobody_in() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    let page = browser.get("/inloggen?terug=%2Faccount");
    let link = "/inloggen/organisatie?terug=%2Faccount";
    assert!(page.body.contains(&format!("href=\"{link}\"")), "{}", page.body);
    assert!(page.body.contains("Inloggen via Gemeente &lt;Dijkveen&gt;"));
    let reply = browser.get(link);
    assert_eq!(reply.status, StatusCode::BAD_GATEWAY);
    assert!(reply.body.contains("Inloggen bij je organisatie lukte niet"));
    let told = bench.told.lock().unwrap().first().unwrap().reason.clone();
    assert!(
        told.starts_with("the provider was asked for what it says of itself"),
        "{told}"
    );
}

#[test]
fn what_comes_back_without_having_left_is_not_believed() {
    let bench = Bench::new();
    let mut browser = bench.browser();
    for query in ["", "?code=x", "?code=x&state=y", "?error=access_denied&state=y"] {
        let reply = browser.get(&format!("/inloggen/terug{query}"));
        assert_eq!(reply.location(), "/inloggen?reden=afgebroken", "{query}");
    }
    let away = accounts::Away {
        nonce: "n".to_owned(),
        verifier: "v".to_owned(),
        back: String::new(),
    };
    browser.get("/inloggen");
    let own = browser.cookies["__Host-dijkwacht-bezoek"].clone();
    let accounts = &bench.state.accounts;
    accounts.send_away("state", &own, &away, bench.now()).unwrap();
    let mut other = bench.browser();
    other.get("/inloggen");
    let stolen = other.get("/inloggen/terug?code=x&state=state");
    assert_eq!(stolen.location(), "/inloggen?reden=afgebroken", "another browser");
    let own = browser.get("/inloggen/terug?code=x&state=state");
    assert_eq!(own.status, StatusCode::BAD_GATEWAY, "the provider is asked");
    let again = browser.get("/inloggen/terug?code=x&state=state");
    assert_eq!(again.location(), "/inloggen?reden=afgebroken", "once only");
}

#[test]
fn groups_of_the_provider_give_roles_for_the_session() {
    let bench = Bench::new();
    let groups = ["dijkwacht-lezers", "iedereen"].map(str::to_owned).into();
    let who = accounts::Provided {
        issuer: "http://127.0.0.1:9",
        subject: "1",
        name: "ada",
        display: "Ada",
        groups: &groups,
    };
    let from = accounts::From {
        source: accounts::Source::of([192, 0, 2, 1].into()),
        device: None,
        session: None,
    };
    let entered =
        bench.state.accounts.enter_provided(&who, None, &from, bench.now()).unwrap();
    let mut browser = bench.browser();
    browser.cookies.insert(SESSION.to_owned(), entered.session.reveal().to_owned());
    let page = browser.get("/organisaties/dijkveen");
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("<span class=\"nl-data-badge\">lezer</span>"),
        "{}",
        page.body
    );
    assert_eq!(browser.get("/organisaties/elders").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_role_that_reaches_evidence_asks_for_a_second_step() {
    let mut bench = Bench::new();
    std::sync::Arc::get_mut(&mut bench.state).unwrap().settings.second_step = true;
    let here = "/organisaties/dijkveen";
    for (role, is_asked) in [
        (Role::Reader, false),
        (Role::Coordinator, false),
        (Role::Respondent, false),
        (Role::Administrator, true),
        (Role::Controller, true),
        (Role::IntegrityOfficer, true),
        (Role::Auditor, true),
    ] {
        let name = format!("x-{}", role.code());
        bench.add(&name, &[role]);
        let mut browser = bench.browser_of(&name);
        let reply = browser.get(here);
        let expected = if is_asked { "/account/tweede-stap?nodig=1" } else { "" };
        assert_eq!(reply.location(), expected, "{name}");
        // what is one's own stays within reach, and a token is no way round
        assert_eq!(browser.get("/account").status, StatusCode::OK);
        browser.get("/account/tokens");
        let fields = [("titel", "x"), ("waarvoor", "lezen"), ("einde", "2026-12-01")];
        assert_eq!(browser.post("/account/tokens", &fields).location(), expected);
    }
    let mut browser = bench.browser_of("x-auditor");
    let page = browser.get("/account/tweede-stap?nodig=1").body;
    assert!(page.contains("Bij je rol hoort een tweede stap"));
    set_up_second_step(&bench, &mut browser);
    assert_eq!(browser.get(here).status, StatusCode::OK);
}
