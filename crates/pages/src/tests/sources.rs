//! Bringing a log: what is asked, what is refused, and that nothing in a file becomes more than text.

use super::bench::{Bench, Browser, Reply, permits_csv};
use access::{Grant, Role};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use std::path::Path;

const PATH: &str = "/organisaties/dijkveen/bronnen";

/// A controller who sees the form for bringing a log.
fn controller(bench: &Bench) -> Browser {
    bench.add("carla", &[Role::Controller]);
    let mut browser = bench.browser_of("carla");
    assert!(browser.get(PATH).body.contains("multipart/form-data"));
    browser
}

/// Everything below the folder for what is brought, as names.
fn lies_there(bench: &Bench) -> Vec<String> {
    fn walk(folder: &Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.unwrap();
            all.push(entry.file_name().into_string().unwrap());
            walk(&entry.path(), all);
        }
    }
    let mut all = Vec::new();
    walk(&bench.state.installation.dir().join("incoming"), &mut all);
    all
}

fn read(browser: &mut Browser, preview: &str, binding: &str) -> Reply {
    let page = browser.get(preview).body;
    let mapping = page.split("name=\"indeling\" value=\"").nth(1).unwrap();
    let mapping = mapping.split('"').next().unwrap().replace("&quot;", "\"");
    let fields =
        [("doe", "lees"), ("indeling", mapping.as_str()), ("koppeling", binding)];
    browser.post(preview, &fields)
}

#[test]
fn a_log_is_looked_at_and_then_read_and_its_names_stay_text() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    let csv = permits_csv();
    let reply = browser.bring(PATH, "permits", ("Zaken 2026.csv", csv.as_bytes()));
    let preview = reply.location().to_owned();
    assert!(preview.starts_with(&format!("{PATH}/inkomend/")), "{}", reply.body);
    let page = browser.get(&preview).body;
    for shown in ["Zaken 2026.csv", "Z-000", "240 van 240", "Besluit genomen", "piet"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"));
    let reply = read(&mut browser, &preview, "");
    assert_eq!(reply.location(), format!("{PATH}/permits?gelukt=gelezen"));
    for path in [
        reply.location(),
        PATH,
        "/organisaties/dijkveen/signalen",
        "/organisaties/dijkveen/signalen/permits/VER-01",
        "/organisaties/dijkveen/beeld/permits",
    ] {
        let html = browser.get(path).body;
        assert!(html.contains("240") || html.contains("VER-01"), "{path}");
        assert!(!html.contains("<script"), "{path}");
        assert!(!html.contains(">piet<"), "{path} shows a name");
    }
    assert!(browser.get(reply.location()).body.contains("&lt;script&gt;alert(1)"));
    // what was brought is gone once it was read
    assert_eq!(lies_there(&bench), Vec::<String>::new());
    assert_eq!(browser.get(&preview).status, StatusCode::NOT_FOUND);
    bench.add("otto", &[Role::Auditor]);
    let log = bench.browser_of("otto").get("/organisaties/dijkveen/logboek").body;
    assert!(log.contains("<td class=\"utrecht-table__cell\">bron</td>"), "{log}");
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_where() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    for (name, bytes, why) in [
        ("zaken.xes", &b"<log><trace><event></log>"[..], "line 1"),
        ("zaken.xes.gz", &[0x1f, 0x8b, 8, 0, 1, 2][..], "packed data"),
        ("foto.png", &[0x89, b'P', b'N', b'G', 0, 0, 0][..], "foto.png"),
        ("zaken.csv", &b"alleen een titel\n"[..], "zaken.csv"),
    ] {
        let reply = browser.bring(PATH, "permits", (name, bytes));
        let preview = reply.location().to_owned();
        let reply = browser.get(&preview);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let said = "Dit bestand kan zo niet worden gelezen";
        assert!(reply.body.contains(said), "{name}: {}", reply.body);
        assert!(reply.body.contains(why), "{name}: {}", reply.body);
        assert!(!reply.body.contains("/incoming/"), "{name} tells where it lies");
        let reply = browser.post(&preview, &[("doe", "weg")]);
        assert_eq!(reply.location(), format!("{PATH}?gelukt=weg"));
    }
    assert_eq!(lies_there(&bench), Vec::<String>::new());
}

#[test]
fn a_faulty_binding_is_told_at_its_field_and_the_log_waits_on() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    let preview = format!("{PATH}/inkomend/{}", bench.bring_log("carla").id);
    let reply =
        read(&mut browser, &preview, "format = 1\n[steps]\nno-such-step = [\"x\"]\n");
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
    assert!(reply.body.contains("id=\"veld-koppeling-fout\""), "{}", reply.body);
    assert!(reply.body.contains("no-such-step"));
    assert_eq!(browser.get(&preview).status, StatusCode::OK);
    assert!(!browser.get(PATH).body.contains("id=\"bronnen\""), "nothing was read");
}

#[test]
fn what_is_missing_is_told_at_its_field() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    let reply = browser.bring(PATH, "", ("", b""));
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["proces", "bestand"] {
        assert!(reply.body.contains(&format!("veld-{field}-fout")), "{}", reply.body);
    }
    assert_eq!(lies_there(&bench), Vec::<String>::new());
}

#[test]
fn the_name_of_a_file_leads_nowhere() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    for name in ["../../../records.sqlite", "..", "/etc/passwd", "C:\\x\\..\\y.csv"] {
        let reply = browser.bring(PATH, "permits", (name, b"a;b\n1;2\n"));
        let preview = reply.location().to_owned();
        assert!(preview.contains("/inkomend/"), "{name}: {}", reply.body);
        let inside = lies_there(&bench);
        assert_eq!(
            inside.len(),
            3,
            "a folder with the file and what is told of it: {inside:?}"
        );
        browser.get(&preview);
        browser.post(&preview, &[("doe", "weg")]);
    }
    let records = bench.state.installation.dir().join("records.sqlite");
    assert!(records.metadata().unwrap().len() > 1_000);
    for id in ["..", "..%2F..", "about.json", &"0".repeat(32), &"g".repeat(32)] {
        let reply = browser.get(&format!("{PATH}/inkomend/{id}"));
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{id}");
    }
}

#[test]
fn a_file_from_elsewhere_never_reaches_the_disk() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    browser.guard = "stray".to_owned();
    let reply = browser.bring(PATH, "permits", ("x.csv", b"x"));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    bench.add("rik", &[Role::Respondent]);
    let mut other = bench.browser_of("rik");
    other.get("/account/wachtwoord");
    assert_eq!(
        other.bring(PATH, "permits", ("x.csv", b"x")).status,
        StatusCode::FORBIDDEN
    );
    let mut visitor = bench.browser();
    visitor.get("/inloggen");
    let reply = visitor.bring(PATH, "permits", ("x.csv", b"x"));
    assert!(reply.location().starts_with("/inloggen"), "{}", reply.status);
    assert_eq!(lies_there(&bench), Vec::<String>::new());
}

#[test]
fn what_is_too_large_or_no_form_is_refused_before_it_is_read() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    let kind = ("content-type", "multipart/form-data; boundary=grens");
    let headers = [kind, ("content-length", "99999999999")];
    let reply = browser.ask(&Method::POST, PATH, Body::empty(), &headers);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    let reply = browser.post(PATH, &[]);
    assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (kind, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=grens", "no boundary at all"),
        ("multipart/form-data; boundary=grens", "--grens\r\nbroken"),
    ] {
        let headers = [("content-type", kind)];
        let reply = browser.ask(&Method::POST, PATH, Body::from(body), &headers);
        let is_refused =
            [StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN].contains(&reply.status);
        assert!(is_refused, "{body}: {}", reply.status);
    }
}

#[test]
fn a_log_of_another_organisation_is_not_there() {
    let bench = Bench::new();
    let id = bench.bring_log("carla").id;
    bench.add_with("eva", vec![Grant::organisation(Role::Controller, "elders")]);
    let mut browser = bench.browser_of("eva");
    let path = format!("/organisaties/elders/bronnen/inkomend/{id}");
    assert_eq!(browser.get(&path).status, StatusCode::NOT_FOUND);
    browser.get("/organisaties/elders/bronnen");
    let reply = browser.post(&path, &[("doe", "weg")]);
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert_eq!(lies_there(&bench).len(), 3);
}

#[test]
fn a_log_that_waits_is_seen_by_whoever_brought_it_only() {
    let bench = Bench::new();
    let id = bench.bring_log("carla").id;
    bench.add("dirk", &[Role::Controller]);
    let mut browser = bench.browser_of("dirk");
    assert!(!browser.get(PATH).body.contains(&id));
    assert_eq!(
        browser.get(&format!("{PATH}/inkomend/{id}")).status,
        StatusCode::NOT_FOUND
    );
    assert!(controller(&bench).get(PATH).body.contains(&id));
}

#[test]
fn a_demonstration_takes_no_real_log() {
    let bench = Bench::new();
    let office = bench.state.installation.office("dijkveen", bench.now()).unwrap();
    std::fs::create_dir_all(office.store.dir()).unwrap();
    std::fs::write(office.store.dir().join(app::DEMONSTRATION), "").unwrap();
    let mut browser = controller(&bench);
    let reply = browser.bring(PATH, "permits", ("x.csv", b"x"));
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("demonstration"), "{}", reply.body);
    assert_eq!(lies_there(&bench), Vec::<String>::new());
}

#[test]
fn five_logs_wait_and_no_more_and_none_for_longer_than_a_day() {
    let bench = Bench::new();
    let mut browser = controller(&bench);
    for _ in 0..5 {
        bench.bring_log("carla");
    }
    let reply = browser.bring(PATH, "permits", ("x.csv", b"x"));
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.body);
    bench.wait(25 * 3_600);
    let mut browser = bench.browser_of("carla");
    browser.get(PATH);
    let reply = browser.bring(PATH, "permits", ("x.csv", b"x"));
    assert!(reply.location().contains("/inkomend/"), "{}", reply.body);
    assert_eq!(lies_there(&bench).len(), 3);
}

/// The readings of permits that are there.
fn readings(bench: &Bench) -> Vec<String> {
    bench
        .state
        .installation
        .office("dijkveen", bench.now())
        .unwrap()
        .store
        .names()
        .unwrap()
}

#[test]
fn a_reading_is_thrown_away_with_its_names_and_what_was_found_in_it() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let (page, mut browser) = (format!("{PATH}/permits"), controller(&bench));
    let finding =
        format!("/organisaties/dijkveen/signalen/permits/VER-01/{}", furnished.finding);
    let names = readings(&bench);
    assert!(browser.get(&page).body.contains(&format!("value=\"{}\"", names[0])));
    assert_eq!(browser.get(&finding).status, StatusCode::OK);
    for absent in ["", "permits-0000000000", "../../records.sqlite"] {
        let reply = browser.post(&page, &[("doe", "weg"), ("lezing", absent)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{absent}");
        assert!(reply.body.contains("veld-lezing-fout"), "{}", reply.body);
    }
    let reply = browser.post(&page, &[("doe", "weg"), ("lezing", &names[0])]);
    assert_eq!(reply.location(), format!("{PATH}?gelukt=lezing-weg"), "{}", reply.body);
    assert!(browser.get(reply.location()).body.contains("De lezing is weggegooid"));
    assert_eq!(readings(&bench), Vec::<String>::new());
    for gone in [&page, &finding] {
        assert_eq!(browser.get(gone).status, StatusCode::NOT_FOUND, "{gone}");
    }
    bench.add("otto", &[Role::Auditor]);
    let log = bench.browser_of("otto").get("/organisaties/dijkveen/logboek").body;
    assert!(log.contains("<td class=\"utrecht-table__cell\">weggegooid</td>"), "{log}");
}

#[test]
fn the_reading_before_counts_again() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    let (page, mut browser) = (format!("{PATH}/permits"), controller(&bench));
    let first = readings(&bench);
    let shorter: String = permits_csv()
        .lines()
        .take(7)
        .fold(String::new(), |text, line| text + line + "\n");
    let reply = browser.bring(PATH, "permits", ("een.csv", shorter.as_bytes()));
    let preview = reply.location().to_owned();
    let reply = read(&mut browser, &preview, "");
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let latest = readings(&bench).pop().unwrap();
    let reply = browser.post(&page, &[("doe", "weg"), ("lezing", &latest)]);
    assert_eq!(reply.location(), format!("{page}?gelukt=lezing-weg"), "{}", reply.body);
    assert_eq!(readings(&bench), first);
    let finding =
        format!("/organisaties/dijkveen/signalen/permits/VER-01/{}", furnished.finding);
    assert_eq!(browser.get(&finding).status, StatusCode::OK, "it was judged anew");
}

#[test]
fn who_may_not_bring_a_log_is_shown_no_way_to_throw_one_away() {
    let bench = Bench::new();
    bench.furnish();
    bench.add("cora", &[Role::Coordinator]);
    let mut browser = bench.browser_of("cora");
    let page = format!("{PATH}/permits");
    let body = browser.get(&page).body;
    assert!(body.contains("id=\"lezingen\"") && !body.contains("name=\"lezing\""));
    let reply = browser.post(&page, &[("doe", "weg"), ("lezing", &readings(&bench)[0])]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(readings(&bench).len(), 1);
}

#[test]
fn what_was_found_in_a_case_of_an_older_reading_goes_with_it() {
    let bench = Bench::new();
    bench.furnish();
    let (page, mut browser) = (format!("{PATH}/permits"), controller(&bench));
    let older = readings(&bench).pop().unwrap();
    // the same town later: other cases, one of which is handled and decided by one person
    let later = permits_csv().replace("Z-0", "Y-0");
    let reply = browser.bring(PATH, "permits", ("later.csv", later.as_bytes()));
    let preview = reply.location().to_owned();
    read(&mut browser, &preview, "");
    let kept = || {
        let office = bench.state.installation.office("dijkveen", bench.now()).unwrap();
        std::fs::read_to_string(office.store.dir().join("findings/permits.json")).unwrap()
    };
    assert!(kept().contains("Z-0") && kept().contains("Y-0"));
    let reply = browser.post(&page, &[("doe", "weg"), ("lezing", &older)]);
    assert_eq!(reply.location(), format!("{page}?gelukt=lezing-weg"), "{}", reply.body);
    assert!(!kept().contains("Z-0") && kept().contains("Y-0"), "{}", kept());
}
