//! An application with a clock that is turned by hand, and a browser that keeps cookies.

use crate::gate::with_routes;
use crate::routes::{ROUTES, Route};
use crate::{Address, GroupGrant, Incident, Settings, State};
use access::{Grant, Role, Scope};
use accounts::{Accounts, Source, Terms};
use app::Installation;
use app::people::{self, Organisation, OrganisationKind, SizeClass, found};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use catalogue::Catalogue;
use dress::Dress;
use jiff::Timestamp;
use openid::{ClientKey, Provider};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(super) const PASSWORD: &str = "fiets wolk kaas dinsdag";
pub(super) const HOST: &str = "dijkwacht.example";

/// Who founded the organisations of the bench, and grants roles in them.
pub(super) const KEEPER: &str = "keeper";

/// The organisations of the bench: name and title.
const ORGANISATIONS: [(&str, &str); 2] =
    [("dijkveen", "Gemeente <Dijkveen>"), ("elders", "Gemeente Elders")];

/// The content that is built into the program, loaded once.
fn content() -> Arc<Catalogue> {
    static CONTENT: OnceLock<Arc<Catalogue>> = OnceLock::new();
    Arc::clone(CONTENT.get_or_init(|| Arc::new(app::load_catalogue(None).unwrap())))
}

/// A new installation in a folder, with two organisations.
fn installation(dir: &Path, now: Timestamp) -> Installation {
    let installation = Installation::open(content(), dir, None, now).unwrap();
    let mut registry = installation.write(now).unwrap();
    for (name, title) in ORGANISATIONS {
        let names = [name.to_owned()];
        let catalogue = installation.catalogue();
        let mut desk = registry.keeper(catalogue, KEEPER, now, &names).unwrap();
        let first = Organisation {
            title: title.to_owned(),
            kind: OrganisationKind::Municipality,
            size_class: Some(SizeClass::UpTo20000),
            valid_from: model::time::local(now.as_microsecond()).date(),
            valid_to: None,
            successor: None,
        };
        found(&mut desk, name, &first).unwrap();
    }
    drop(registry);
    installation
}

/// An application and what can be seen of it from behind.
pub(super) struct Bench {
    pub(super) state: Arc<State>,
    dir: TempDir,
    /// Where the half of the key is that opens names.
    keys: TempDir,
    pub(super) told: Arc<Mutex<Vec<Incident>>>,
    seconds: Arc<AtomicI64>,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::at("https://dijkwacht.example", Terms::default())
    }

    pub(super) fn at(address: &str, terms: Terms) -> Self {
        let mut settings = Settings::new(Address::parse(address).unwrap());
        settings.owner = "Gemeente <Dijkveen>".to_owned();
        settings.help = Some("Bel 0123 & vraag".to_owned());
        settings.security_contact = Some("mailto:veilig@dijkveen.example".to_owned());
        settings.accessibility = Some("https://dijkveen.example/toegankelijk".to_owned());
        let (dir, keys) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        settings.names_key = app::NamesKey::File(keys.path().join("names.key"));
        let told = Arc::new(Mutex::new(Vec::new()));
        let seconds = Arc::new(AtomicI64::new(1_790_000_000));
        let start = Timestamp::from_second(seconds.load(Ordering::SeqCst)).unwrap();
        let installation = installation(dir.path(), start);
        let (clock, ear) = (Arc::clone(&seconds), Arc::clone(&told));
        let state = State::new(
            settings,
            Accounts::in_memory(terms).unwrap(),
            installation,
            Dress::built_in(),
            move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap(),
            move |incident: &Incident| ear.lock().unwrap().push(incident.clone()),
        );
        let state = state.with_provider(
            silent_provider(),
            vec![GroupGrant {
                group: "dijkwacht-lezers".to_owned(),
                grant: Grant::organisation(Role::Reader, "dijkveen"),
            }],
        );
        Self { state: Arc::new(state), dir, keys, told, seconds }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.state.now()
    }

    pub(super) fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// An account with [`PASSWORD`] and roles in `dijkveen`.
    pub(super) fn add(&self, name: &str, roles: &[Role]) {
        let grants =
            roles.iter().map(|role| Grant::organisation(*role, "dijkveen")).collect();
        self.add_with(name, grants);
    }

    pub(super) fn add_with(&self, name: &str, grants: Vec<Grant>) {
        let accounts = &self.state.accounts;
        let invitation = accounts.invite(name, name, "", self.now()).unwrap();
        let source = Source::of([203, 0, 113, 1].into());
        let code = invitation.code.reveal();
        accounts.accept(code, ("", ""), PASSWORD, source, self.now()).unwrap();
        for given in grants {
            let Scope::Organisation(organisation) = &given.scope else {
                panic!("the bench knows no regions");
            };
            self.grant(organisation, name, given.role, true);
        }
    }

    /// Gives a role, or takes it away; also that of the last administrator, as it stands in records
    /// that were made before nobody could.
    pub(super) fn grant(&self, organisation: &str, name: &str, role: Role, holds: bool) {
        let (person, role) = (name.to_owned(), role.code().to_owned());
        let entry = people::Grant { person, role, granted: holds };
        self.as_person(KEEPER, |desk| {
            desk.keep(organisation, &entry).unwrap();
        });
    }

    /// Lets somebody act without a browser.
    pub(super) fn as_person<T>(
        &self,
        name: &str,
        act: impl FnOnce(&mut people::Desk<'_>) -> T,
    ) -> T {
        let installation = &self.state.installation;
        let mut registry = installation.write(self.now()).unwrap();
        let mut desk = registry.desk(installation.catalogue(), name, self.now()).unwrap();
        act(&mut desk)
    }

    /// The file with the half of the key that opens names.
    pub(super) fn names_key(&self) -> std::path::PathBuf {
        self.keys.path().join("names.key")
    }

    /// Makes the records useless, behind the back of the program.
    pub(super) fn break_records(&self) {
        let base = rusqlite::Connection::open(self.dir.path().join("records.sqlite"));
        base.unwrap().execute_batch("ALTER TABLE grants RENAME TO gone").unwrap();
    }

    pub(super) fn browser(&self) -> Browser {
        self.browser_with(ROUTES)
    }

    /// A browser of an application with another table of routes.
    pub(super) fn browser_with(&self, routes: &'static [Route]) -> Browser {
        Browser {
            router: with_routes(&self.state, routes),
            cookies: BTreeMap::new(),
            guard: String::new(),
            extra: Vec::new(),
        }
    }

    /// A browser in which somebody is in.
    pub(super) fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let reply = browser.sign_in(name, PASSWORD);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        browser
    }
}

/// What stands in the organisation of the bench, as far as pages ask for it by a number.
#[derive(Clone, Debug)]
pub(super) struct Furnished {
    pub(super) round: i64,
    pub(super) assignment: i64,
    pub(super) plan: i64,
    pub(super) measure: i64,
    /// A request for a name in the finding.
    pub(super) request: i64,
    /// A finding of VER-01 in the log of permits.
    pub(super) finding: String,
    /// A log that waits to be read.
    pub(super) incoming: String,
}

/// A log of permits in which twenty decisions of forty were made by whoever handled the case, with
/// an activity that would like to be a script.
pub(super) fn permits_csv() -> String {
    let mut text = "case;activity;time;resource\n".to_owned();
    for case in 0..40 {
        let handler = if case % 4 == 0 { "piet" } else { "jan" };
        let decider = if case < 20 { "jan" } else { "els" };
        let day = format!("2026-{:02}-{:02}", 3 + case / 20, 1 + case % 20);
        for (hour, activity, who) in [
            (9, "Aanvraag ontvangen", handler),
            (10, "Ontvankelijkheid getoetst", handler),
            (11, "Conceptbesluit opgesteld", handler),
            (12, "Besluit genomen", decider),
            (13, "Besluit verzonden", handler),
            (14, "<script>alert(1)</script>", handler),
        ] {
            writeln!(text, "Z-{case:03};{activity};{day} {hour:02}:00:00;{who}").unwrap();
        }
    }
    text
}

/// The mapping of [`permits_csv`].
const PERMITS_MAPPING: &str = "format = 1\n\n[columns]\ncase = \"case\"\n\
    activity = \"activity\"\ntime = \"time\"\nwho = \"resource\"\n";

impl Furnished {
    /// The path of a line of the table, with what stands in the bench in the places of values.
    pub(super) fn path(&self, path: &str) -> String {
        let code = match path.split('/').nth(2) {
            Some("kaarten") => "k-bes",
            Some("dilemmas") => "d-bes-03",
            _ => "b39",
        };
        path.replace("{organisatie}", "dijkveen")
            .replace("{ronde}", &self.round.to_string())
            .replace("{toewijzing}", &self.assignment.to_string())
            .replace("{plan}", &self.plan.to_string())
            .replace("{maatregel}", &self.measure.to_string())
            .replace("{proces}", "permits")
            .replace("{regel}", "VER-01")
            .replace("{bevinding}", &self.finding)
            .replace("{verzoek}", &self.request.to_string())
            .replace("{log}", &self.incoming)
            .replace("{soort}", "control")
            .replace("{code}", code)
    }
}

impl Bench {
    /// A round about permits, the picture of it, a plan for that picture and one measure, all in
    /// `dijkveen` and by [`KEEPER`].
    /// Beside these, its log of permits, read and evaluated, and the same log waiting to be read.
    pub(super) fn furnish(&self) -> Furnished {
        let (finding, incoming) = (self.read_log(), self.bring_log("ada").id);
        let request = self.ask_name(&finding);
        self.as_person(KEEPER, |desk| {
            let of = "dijkveen";
            let round = people::Round {
                title: "Ronde <1>".to_owned(),
                held_on: desk.today(),
                track: people::Track::Short,
                profile: "P-SHORT".to_owned(),
            };
            let round = people::add_round(desk, of, &round, None).unwrap();
            let asked = people::Assignment {
                round,
                process: "permits".to_owned(),
                part: "team <3>".to_owned(),
                side: people::Side::WorkFloor,
                respondents: people::Respondents::Named("bob".to_owned()),
            };
            let assignment = people::assign(desk, of, &[asked]).unwrap()[0];
            people::set_status(desk, of, round, people::RoundStatus::Open).unwrap();
            let shown = people::ShownByProcess::new();
            let picture =
                people::picture_of_round(desk, of, Some(round), &shown).unwrap();
            let kept = people::keep_picture(desk, of, &picture).unwrap();
            let capacity = people::Capacity {
                years: vec![plan::Budget {
                    hours_once: Some(20),
                    ..plan::Budget::default()
                }],
                ..people::Capacity::default()
            };
            let advice = people::advise(desk, of, &picture.weighings, &capacity).unwrap();
            let plan =
                people::keep_plan(desk, of, "Plan <1>", (&advice, Some(kept))).unwrap();
            let measure = people::Measure {
                plan: None,
                code: advice.proposal.plan.chosen[0].code.clone(),
                process: None,
                recurring_months: None,
            };
            let measure = people::take_up(desk, of, &measure, |_| people::MeasureState {
                measure: 0,
                status: people::MeasureStatus::Planned,
                owner_role: "team <3>".to_owned(),
                starts_on: None,
                due_on: Some(long_ago()),
                note: String::new(),
            });
            let measure = measure.unwrap();
            Furnished { round, assignment, plan, measure, request, finding, incoming }
        })
    }

    /// Lets somebody ask for the name of a person who is in no row of the finding.
    fn ask_name(&self, finding: &str) -> i64 {
        self.grant("dijkveen", "vraag", Role::Controller, true);
        let request = people::NameRequest {
            process: "permits".to_owned(),
            finding: finding.to_owned(),
            snapshot: "permits-0".to_owned(),
            pseudonym: "p-0".to_owned(),
            reason: "Omdat <4> het vroeg".to_owned(),
        };
        self.as_person("vraag", |desk| {
            people::ask_name(desk, "dijkveen", &request).unwrap()
        })
    }

    /// Reads the log of permits into `dijkveen`; gives a finding of VER-01.
    fn read_log(&self) -> String {
        let folder = TempDir::new().unwrap();
        let (log, mapping) =
            (folder.path().join("permits.csv"), folder.path().join("mapping.toml"));
        std::fs::write(&log, permits_csv()).unwrap();
        std::fs::write(&mapping, PERMITS_MAPPING).unwrap();
        let office = self.state.installation.office("dijkveen", self.now()).unwrap();
        let key = app::NameKey::make();
        std::fs::write(self.names_key(), &key.secret).unwrap();
        office.store.seal_names_for(&key.recipient).unwrap();
        let request = app::ReadRequest {
            files: vec![log],
            process: model::Process::Permits,
            mapping: Some(mapping),
            binding: None,
            tables: BTreeMap::new(),
        };
        app::read(&office, &request, &mut app::Quiet).unwrap();
        app::evaluate(&office, &app::EvaluateRequest::default(), &mut app::Quiet)
            .unwrap();
        let sets = app::findings(&office, &["VER-01".to_owned()].into(), false).unwrap();
        sets[0].findings[0].id.clone()
    }

    /// Lets somebody bring the log of permits to `dijkveen`.
    pub(super) fn bring_log(&self, person: &str) -> app::Incoming {
        let installation = &self.state.installation;
        let file = installation.place_for_upload().unwrap();
        std::fs::write(file.path(), permits_csv()).unwrap();
        let about = app::Incoming {
            id: String::new(),
            organisation: "dijkveen".to_owned(),
            person: person.to_owned(),
            process: "permits".to_owned(),
            name: "log.csv".to_owned(),
            bytes: file.path().metadata().unwrap().len(),
            at: self.now(),
        };
        installation.receive(about, file.path()).unwrap()
    }
}

/// A day before that of the bench, so that what is due on it is late.
fn long_ago() -> model::Date {
    model::Date::constant(2026, 1, 1)
}

/// A provider that is never there.
fn silent_provider() -> Provider {
    let settings = openid::Settings {
        title: "Gemeente <Dijkveen>".to_owned(),
        issuer: "http://127.0.0.1:9".to_owned(),
        client: "dijkwacht".to_owned(),
        key: ClientKey::Secret("s".to_owned()),
        redirect: "https://dijkwacht.example/inloggen/terug".to_owned(),
        scopes: vec!["openid".to_owned()],
        level: None,
        name_claim: "email".to_owned(),
        groups_claim: Some("groups".to_owned()),
        authorities: None,
    };
    Provider::new(settings).unwrap()
}

/// An answer, read.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub(super) fn location(&self) -> &str {
        self.header("location")
    }
}

/// A browser: keeps cookies, and remembers the token of the last form it saw.
pub(super) struct Browser {
    router: Router,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) guard: String,
    /// Headers that go along with everything.
    pub(super) extra: Vec<(&'static str, String)>,
}

impl Browser {
    pub(super) fn get(&mut self, path: &str) -> Reply {
        self.ask(&Method::GET, path, Body::empty(), &[])
    }

    /// Sends a form with the token of the last form that was seen.
    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let guard = self.guard.clone();
        self.post_with(path, &guard, fields)
    }

    pub(super) fn post_with(
        &mut self,
        path: &str,
        guard: &str,
        fields: &[(&str, &str)],
    ) -> Reply {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("bewijs", guard).extend_pairs(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.ask(&Method::POST, path, Body::from(text.finish()), &kind)
    }

    /// Sends a form with a file, the token of the last form first.
    pub(super) fn bring(
        &mut self,
        path: &str,
        process: &str,
        (name, bytes): (&str, &[u8]),
    ) -> Reply {
        let mut body = Vec::new();
        for (field, value) in [("bewijs", self.guard.as_str()), ("proces", process)] {
            body.extend_from_slice(
                format!(
                    "--grens\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!(
                "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--grens--\r\n");
        let kind = [("content-type", "multipart/form-data; boundary=grens")];
        self.ask(&Method::POST, path, Body::from(body), &kind)
    }

    pub(super) fn sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.get("/inloggen");
        self.post("/inloggen", &[("naam", name), ("wachtwoord", password)])
    }

    pub(super) fn ask(
        &mut self,
        method: &Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        let mut has_host = false;
        let extra = self.extra.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in headers.iter().copied().chain(extra) {
            has_host |= name == "host";
            request = request.header(name, value);
        }
        if !has_host {
            request = request.header("host", HOST);
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let request = request.body(body).unwrap();
        let router = self.router.clone();
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let reply = runtime.block_on(async {
            let response = router.oneshot(request).await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            Reply { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
        });
        self.keep(&reply);
        reply
    }

    fn keep(&mut self, reply: &Reply) {
        for cookie in reply.headers.get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                let value = rest.split(';').next().unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = reply.body.split_once("name=\"bewijs\" value=\"") {
            self.guard = rest.split('"').next().unwrap().to_owned();
        }
    }
}
