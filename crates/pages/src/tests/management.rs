//! Roles, accounts and settings in a browser: what is kept, what is refused, and who stays safe.

use super::bench::{Bench, Browser, KEEPER};
use access::{Grant, Role};
use app::people::{look, standing};
use axum::http::StatusCode;
use model::Process;

const PEOPLE: &str = "/organisaties/dijkveen/beheer/mensen";
const MANAGEMENT: &str = "/organisaties/dijkveen/beheer";

fn administrator(bench: &Bench) -> Browser {
    bench.add("ada", &[Role::Administrator]);
    let mut browser = bench.browser_of("ada");
    browser.get(PEOPLE);
    browser
}

fn role(
    browser: &mut Browser,
    name: &str,
    role: &str,
    deed: &str,
) -> super::bench::Reply {
    let fields = [("formulier", "rol"), ("wie", name), ("rol", role), ("wat", deed)];
    browser.post(PEOPLE, &fields)
}

#[test]
fn a_role_is_given_and_taken_away_and_the_list_shows_it() {
    let bench = Bench::new();
    let mut browser = administrator(&bench);
    let reply = role(&mut browser, " Karel ", "controller", "geef");
    assert_eq!(reply.location(), format!("{PEOPLE}?gelukt=rol"), "{}", reply.body);
    assert!(browser.get(PEOPLE).body.contains(">karel<"));
    role(&mut browser, "karel", "controller", "neem");
    assert!(!browser.get(PEOPLE).body.contains(">karel<"));
    let reply = role(&mut browser, "een naam", "koning", "geef");
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["wie", "rol"] {
        assert!(
            reply.body.contains(&format!("id=\"veld-{field}-fout\"")),
            "{}",
            reply.body
        );
    }
}

#[test]
fn the_last_administrator_stays() {
    let bench = Bench::new();
    let mut browser = administrator(&bench);
    let reply = role(&mut browser, KEEPER, "beheerder", "neem");
    assert_eq!(reply.location(), format!("{PEOPLE}?gelukt=rol"));
    let reply = role(&mut browser, "ada", "beheerder", "neem");
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("last administrator"), "{}", reply.body);
    assert_eq!(browser.get(PEOPLE).status, StatusCode::OK);
}

#[test]
fn an_invitation_is_shown_once_and_lets_somebody_in() {
    let bench = Bench::new();
    let mut browser = administrator(&bench);
    let fields =
        [("formulier", "uitnodigen"), ("naam", "Nora"), ("weergave", "Nora <b>Bos</b>")];
    let reply = browser.post(PEOPLE, &fields);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert!(reply.body.contains("Nora &lt;b&gt;Bos"), "{}", reply.body);
    let code = reply.body.split("dw-code dw-break\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap().to_owned();
    let source = accounts::Source::of([203, 0, 113, 9].into());
    let password = super::bench::PASSWORD;
    let accounts = &bench.state.accounts;
    let user = accounts.accept(&code, ("", ""), password, source, bench.now()).unwrap();
    assert_eq!(user.name, "nora");
    assert!(!browser.get(PEOPLE).body.contains(&code));
}

#[test]
fn an_account_of_somebody_with_a_role_elsewhere_is_out_of_reach() {
    let bench = Bench::new();
    bench.add_with(
        "eva",
        vec![
            Grant::organisation(Role::Coordinator, "dijkveen"),
            Grant::organisation(Role::Administrator, "elders"),
        ],
    );
    let mut browser = administrator(&bench);
    let fields = [("formulier", "uitnodigen"), ("naam", "eva"), ("weergave", "Eva")];
    let reply = browser.post(PEOPLE, &fields);
    assert_eq!(
        reply.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a new password is a way in"
    );
    let reply = browser.post(PEOPLE, &[("formulier", "afsluiten"), ("afsluiten", "eva")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!bench.state.accounts.user("eva").unwrap().unwrap().is_closed);
}

#[test]
fn a_closed_account_is_out_at_once_and_nobody_closes_their_own() {
    let bench = Bench::new();
    bench.add("leo", &[Role::Reader]);
    let mut leo = bench.browser_of("leo");
    let mut browser = administrator(&bench);
    let reply = browser.post(PEOPLE, &[("formulier", "afsluiten"), ("afsluiten", "leo")]);
    assert_eq!(reply.location(), format!("{PEOPLE}?gelukt=afgesloten"), "{}", reply.body);
    assert!(leo.get("/account").location().starts_with("/inloggen"));
    browser.get(PEOPLE);
    for name in ["ada", "niemand", ""] {
        let reply =
            browser.post(PEOPLE, &[("formulier", "afsluiten"), ("afsluiten", name)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
}

#[test]
fn settings_are_kept_with_their_reason_and_checked() {
    let bench = Bench::new();
    let mut browser = administrator(&bench);
    browser.get(MANAGEMENT);
    for fields in [
        vec![
            ("formulier", "bereik"),
            ("proces", "subsidies"),
            ("bekijken", "nee"),
            ("reden", "<i>geen</i> subsidies"),
        ],
        vec![
            ("formulier", "waarde"),
            ("waarvan", "permits"),
            ("waarde", "high"),
            ("waarom", "een haven"),
        ],
        vec![("formulier", "groep"), ("groep", "12")],
        vec![
            ("formulier", "organisatie"),
            ("titel", "Gemeente <Nieuw>"),
            ("omvang", "over-100000"),
        ],
    ] {
        let reply = browser.post(MANAGEMENT, &fields);
        assert_eq!(
            reply.location(),
            format!("{MANAGEMENT}?gelukt=bewaard"),
            "{fields:?} {}",
            reply.body
        );
    }
    let page = browser.get(MANAGEMENT).body;
    for shown in ["&lt;i&gt;geen", "een haven", "value=\"12\"", "Gemeente &lt;Nieuw&gt;"]
    {
        assert!(page.contains(shown), "{shown}");
    }
    bench.as_person(KEEPER, |desk| {
        let standing = standing(desk, "dijkveen").unwrap();
        assert_eq!(standing.least_group(), 12);
        assert!(!standing.scope[&Process::Subsidies].0);
    });
    for fields in [
        vec![("formulier", "bereik")],
        vec![("formulier", "waarde"), ("waarde", "enorm")],
        vec![("formulier", "groep"), ("groep", "1")],
        vec![("formulier", "organisatie"), ("titel", " ")],
    ] {
        let reply = browser.post(MANAGEMENT, &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
}

#[test]
fn a_coordinator_sets_but_does_not_change_the_organisation() {
    let bench = Bench::new();
    bench.add("carlo", &[Role::Coordinator]);
    let mut browser = bench.browser_of("carlo");
    assert!(!browser.get(MANAGEMENT).body.contains("value=\"organisatie\""));
    let reply = browser.post(MANAGEMENT, &[("formulier", "organisatie"), ("titel", "X")]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let page = browser.get(PEOPLE).body;
    assert!(page.contains("id=\"mensen\"") && !page.contains("name=\"formulier\""));
}

#[test]
fn an_archive_holds_everything_only_for_who_administers_everything() {
    let bench = Bench::new();
    let mut browser = administrator(&bench);
    browser.get(MANAGEMENT);
    let reply = browser.post(&format!("{MANAGEMENT}/archief"), &[]);
    assert_eq!(
        reply.status,
        StatusCode::FORBIDDEN,
        "there is another organisation in it"
    );
    bench.grant("elders", "ada", Role::Administrator, true);
    browser.get(MANAGEMENT);
    let reply = browser.post(&format!("{MANAGEMENT}/archief"), &[]);
    assert_eq!(reply.header("content-type"), "application/json");
    assert!(
        reply.header("content-disposition").contains("attachment; filename=\"dijkwacht-")
    );
    assert!(reply.body.contains("organisation_versions"), "{}", reply.body);
}

#[test]
fn our_own_rules_see_a_look_without_a_case() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("carla", &[Role::Controller]);
    bench.as_person("carla", |desk| {
        look(desk, "dijkveen", Process::Permits, &furnished.finding).unwrap();
    });
    bench.add("otto", &[Role::Auditor]);
    let mut browser = bench.browser_of("otto");
    let page = browser.get("/organisaties/dijkveen/logboek/regels").body;
    let row = page.split("INF-01").nth(1).unwrap();
    assert!(row.split("</tr>").next().unwrap().contains(">gevonden<"), "{page}");
    // a judgement of the same finding is the case it was for
    bench.wait(3_600);
    let mut carla = bench.browser_of("carla");
    let path =
        format!("/organisaties/dijkveen/signalen/permits/VER-01/{}", furnished.finding);
    carla.get(&path);
    let fields = [("oordeel", "explained"), ("waarom", "een kleine gemeente")];
    let reply = carla.post(&path, &fields);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let mut browser = bench.browser_of("otto");
    let page = browser.get("/organisaties/dijkveen/logboek/regels").body;
    let row = page.split("INF-01").nth(1).unwrap();
    assert!(row.split("</tr>").next().unwrap().contains(">niets gevonden<"), "{page}");
}

#[test]
fn an_organisation_is_begun_beside_another_by_its_administrator_only() {
    let bench = Bench::new();
    let path = format!("{MANAGEMENT}/erbij");
    bench.add("ada", &[Role::Administrator]);
    let mut browser = bench.browser_of("ada");
    assert!(browser.get(MANAGEMENT).body.contains("/beheer/erbij"));
    browser.get(&path);
    let begin = |browser: &mut Browser, name: &str| {
        let fields = [
            ("kenmerk", name),
            ("titel", "Gemeente <Nieuw>"),
            ("soort", "municipality"),
            ("omvang", ""),
        ];
        browser.post(&path, &fields)
    };
    for (name, why) in [
        ("", "kenmerk in van 1 tot 40"),
        ("Hoofdletter", "kenmerk in van 1 tot 40"),
        ("../elders", "kenmerk in van 1 tot 40"),
        ("elders", "al in gebruik"),
        ("dijkveen", "al in gebruik"),
    ] {
        let reply = begin(&mut browser, name);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(reply.body.contains("id=\"veld-kenmerk-fout\""), "{name}");
        assert!(reply.body.contains(why), "{name}: {}", reply.body);
    }
    let reply = browser.post(&path, &[]);
    for field in ["kenmerk", "titel", "soort"] {
        let id = format!("id=\"veld-{field}-fout\"");
        assert!(reply.body.contains(&id), "{field}: {}", reply.body);
    }
    let reply = begin(&mut browser, "nieuw");
    assert_eq!(reply.location(), "/organisaties/nieuw/beheer", "{}", reply.body);
    assert_eq!(browser.get(reply.location()).status, StatusCode::OK);
    assert!(browser.get("/").body.contains("Gemeente &lt;Nieuw&gt;"));
    // those of the other one see nothing of it
    bench.add("cora", &[Role::Coordinator]);
    let mut cora = bench.browser_of("cora");
    assert_eq!(cora.get("/organisaties/nieuw").status, StatusCode::NOT_FOUND);
    assert_eq!(cora.get(&path).status, StatusCode::FORBIDDEN);
}
