//! A name behind a pseudonym: two people, a reason, a few hours, and a key that is elsewhere.

use super::bench::{Bench, Browser, Furnished, Reply};
use access::Role;
use app::people::log;
use axum::http::StatusCode;

const HERE: &str = "/organisaties/dijkveen/ontsluiten";

/// The pseudonym of the first row of the finding, with the address at which its name is asked.
fn asked_from(page: &str) -> (String, String) {
    let (_, rest) = page.split_once("href=\"/organisaties/dijkveen/ontsluiten?").unwrap();
    let query = rest.split_once('"').unwrap().0.replace("&amp;", "&");
    let who = query.rsplit_once("wie=").unwrap().1.to_owned();
    (who, format!("{HERE}?{query}"))
}

/// A controller asks for the name in a finding; gives its address and the pseudonym.
fn ask(furnished: &Furnished, browser: &mut Browser) -> (String, String) {
    let finding = "/organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}";
    let page = browser.get(&furnished.path(finding)).body;
    let (who, address) = asked_from(&page);
    assert!(browser.get(&address).body.contains("Vraag de naam"));
    let fields = [
        ("proces", "permits"),
        ("regel", "VER-01"),
        ("bevinding", furnished.finding.as_str()),
        ("wie", &who),
        ("reden", "De leidinggevende moet dit met iemand bespreken."),
    ];
    let reply = browser.post(HERE, &fields);
    assert_eq!(reply.location(), format!("{HERE}?gelukt=gevraagd"), "{}", reply.body);
    let list = browser.get(HERE).body;
    let number = list.rsplit("/ontsluiten/").map(|rest| rest.split_once('"').unwrap().0);
    let number: i64 = number.filter_map(|text| text.parse().ok()).max().unwrap();
    (format!("{HERE}/{number}"), who)
}

fn judge(browser: &mut Browser, at: &str, verdict: &str) -> Reply {
    browser.get(at);
    let fields = [("besluit", verdict), ("uren", "24"), ("reden", "Het is nodig.")];
    browser.post(at, &fields)
}

fn see(browser: &mut Browser, at: &str) -> Reply {
    browser.get(at);
    browser.post(&format!("{at}/naam"), &[("doe", "toon")])
}

#[test]
fn one_asks_another_opens_and_only_these_two_see_it_for_a_day() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("carla", &[Role::Controller]);
    bench.add("cees", &[Role::Controller]);
    bench.add("ilse", &[Role::IntegrityOfficer]);
    bench.add("otto", &[Role::Auditor]);
    let [mut carla, mut cees, mut ilse, mut otto] =
        ["carla", "cees", "ilse", "otto"].map(|name| bench.browser_of(name));
    let (at, who) = ask(&furnished, &mut carla);
    // not open yet, and not for the one who asked to open
    assert_eq!(see(&mut carla, &at).status, StatusCode::CONFLICT);
    assert_eq!(judge(&mut carla, &at, "open").status, StatusCode::FORBIDDEN);
    let told = ilse.get(&at).body;
    assert!(told.contains(&who) && told.contains("met iemand bespreken"), "{told}");
    let reply = judge(&mut ilse, &at, "open");
    assert_eq!(reply.location(), format!("{at}?gelukt=bewaard"), "{}", reply.body);
    for browser in [&mut carla, &mut ilse] {
        let shown = see(browser, &at);
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        let is_name = ["jan", "piet"]
            .iter()
            .any(|name| shown.body.contains(&format!("<strong>{name}</strong>")));
        assert!(is_name, "{}", shown.body);
        assert_eq!(shown.header("cache-control"), "no-store");
        // a page that is only opened shows no name
        assert!(!browser.get(&at).body.contains("<strong>"));
    }
    // who else may see the request sees no name
    for browser in [&mut cees, &mut otto] {
        assert_eq!(browser.get(&at).status, StatusCode::OK);
        assert_eq!(see(browser, &at).status, StatusCode::FORBIDDEN);
    }
    // it is said once
    assert_eq!(judge(&mut ilse, &at, "weiger").status, StatusCode::CONFLICT);
    bench.wait(24 * 3_600);
    let mut carla = bench.browser_of("carla");
    assert_eq!(see(&mut carla, &at).status, StatusCode::CONFLICT);
    assert!(carla.get(&at).body.contains("was open tot"));
    let log = bench.as_person("otto", |desk| log(desk, "dijkveen").unwrap());
    let told = |who: &str, what: &str| {
        let is = |entry: &&app::people::LogEntry| {
            entry.who == who && entry.what == what && entry.resource == "pseudonym"
        };
        log.iter().filter(is).filter(|entry| entry.row.is_some()).count()
    };
    assert_eq!(
        (told("carla", "ask"), told("ilse", "unlock"), told("carla", "read")),
        (1, 1, 1),
        "{log:#?}"
    );
    assert_eq!((told("ilse", "read"), told("cees", "read")), (1, 0), "{log:#?}");
    // the log page shows it too
    let mut otto = bench.browser_of("otto");
    let page = otto.get("/organisaties/dijkveen/logboek?wat=pseudonym").body;
    assert!(page.contains("ontsloten") && page.contains("gevraagd"), "{page}");
}

#[test]
fn nobody_opens_what_they_asked_themselves_with_whatever_roles() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("mia", &[Role::Controller, Role::IntegrityOfficer]);
    let mut mia = bench.browser_of("mia");
    let (at, _) = ask(&furnished, &mut mia);
    assert!(mia.get(&at).body.contains("Iemand anders moet beslissen"));
    let reply = judge(&mut mia, &at, "open");
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.body);
    assert_eq!(see(&mut mia, &at).status, StatusCode::CONFLICT);
}

#[test]
fn without_the_key_nothing_opens_and_nothing_is_said_to_be_open() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("carla", &[Role::Controller]);
    bench.add("ilse", &[Role::IntegrityOfficer]);
    let (mut carla, mut ilse) = (bench.browser_of("carla"), bench.browser_of("ilse"));
    let (at, _) = ask(&furnished, &mut carla);
    std::fs::remove_file(bench.names_key()).unwrap();
    let reply = judge(&mut ilse, &at, "open");
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.body);
    assert!(reply.body.contains("the key for names cannot be read"), "{}", reply.body);
    assert!(ilse.get(&at).body.contains("wacht op een oordeel"));
    // to refuse takes no key
    assert_eq!(judge(&mut ilse, &at, "weiger").status, StatusCode::SEE_OTHER);
    assert_eq!(see(&mut carla, &at).status, StatusCode::CONFLICT);
    // and may be asked anew
    let (again, _) = ask(&furnished, &mut carla);
    assert_ne!(again, at);
}

#[test]
fn a_name_is_asked_for_a_row_that_is_there_and_with_a_reason() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("carla", &[Role::Controller]);
    let mut carla = bench.browser_of("carla");
    carla.get(HERE);
    let fields = [
        ("proces", "permits"),
        ("regel", "VER-01"),
        ("bevinding", furnished.finding.as_str()),
        ("wie", "p-0000000000000000"),
        ("reden", "x"),
    ];
    assert_eq!(carla.post(HERE, &fields).status, StatusCode::NOT_FOUND);
    let finding = "/organisaties/{organisatie}/signalen/{proces}/{regel}/{bevinding}";
    let (who, address) = asked_from(&carla.get(&furnished.path(finding)).body);
    carla.get(&address);
    let fields = [&fields[..3], &[("wie", who.as_str()), ("reden", " ")]].concat();
    let reply = carla.post(HERE, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
    assert!(reply.body.contains("id=\"veld-reden-fout\"") && reply.body.contains(&who));
    // a verdict says all that is missing at once
    bench.add("ilse", &[Role::IntegrityOfficer]);
    let (at, _) = ask(&furnished, &mut carla);
    let mut ilse = bench.browser_of("ilse");
    ilse.get(&at);
    let reply = ilse.post(&at, &[("uren", "0")]);
    for field in ["besluit", "uren", "reden"] {
        assert!(reply.body.contains(&format!("id=\"veld-{field}-fout\"")), "{field}");
    }
}
