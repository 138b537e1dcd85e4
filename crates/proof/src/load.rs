//! Many people at once: respondents who save answers by a link and readers on the picture, all on
//! one installation that is served as it is installed. Counts what went wrong, looks afterwards
//! whether each answer that was taken is there, and watches the memory of the server.
//!
//! The people run on the same machine as the server, so they take processor time from it.

use crate::say;
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use ureq::Agent;

type Fault = Box<dyn Error + Send + Sync>;

/// How much is asked of the installation.
pub(crate) struct Load {
    /// The program that serves.
    pub(crate) program: PathBuf,
    /// People who save answers.
    pub(crate) respondents: usize,
    /// People who open the picture.
    pub(crate) readers: usize,
    /// For how long.
    pub(crate) length: Duration,
    /// How long somebody waits after each page.
    pub(crate) pause: Duration,
}

/// Those who read, each with an account of the demonstration.
const READERS: [&str; 5] =
    ["secretaris", "controller", "auditor", "proceseigenaar", "dv-01"];

const OFFICE: [&str; 4] = ["--as", "dv-01", "--organisation", "dijkveen"];

/// A demonstration that is served; it stops when this is dropped.
struct Served {
    child: Child,
    base: String,
    password: String,
}

impl Served {
    fn start(program: &Path, dir: &Path) -> Result<Self, Fault> {
        let mut child = Command::new(program)
            .args([
                "demo",
                "--cases-per-year",
                "600",
                "--port",
                "0",
                "--lang",
                "en",
                "--dir",
            ])
            .arg(dir)
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("the program prints nothing")?;
        let mut told = String::new();
        for line in BufReader::new(out).lines() {
            let line = line?;
            told.push_str(&line);
            told.push('\n');
            if line.starts_with("Stop with") {
                break;
            }
        }
        let base = format!("http://{}", between(&told, "Open http://", "/ and")?);
        let password = between(&told, "the password: ", "\n")?.to_owned();
        Ok(Self { child, base, password })
    }

    /// The memory that the server holds now, in MB.
    fn memory(&self) -> Option<u64> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1_024)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // a server that is gone already needs no stopping
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> Result<&'t str, Fault> {
    let found = text.split_once(from).and_then(|(_, rest)| rest.split_once(to));
    Ok(found.ok_or_else(|| format!("`{from}` … `{to}` is not in:\n{text}"))?.0)
}

/// Runs a verb of the program and gives its JSON.
fn told(program: &Path, dir: &Path, verb: &[&str]) -> Result<Value, Fault> {
    let output = Command::new(program)
        .args(verb)
        .args(OFFICE)
        .args(["--json", "--dir"])
        .arg(dir)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A value in what a verb told, as text.
fn pointed(told: &Value, at: &str) -> Result<String, Fault> {
    Ok(told.pointer(at).ok_or_else(|| format!("{at} is not in {told}"))?.to_string())
}

/// A round in which that many people answer by one link; gives the link's code.
fn prepare(program: &Path, dir: &Path, seats: usize) -> Result<String, Fault> {
    let day = model::time::local(jiff::Timestamp::now().as_microsecond()).date();
    let (today, until) =
        (day.to_string(), day.saturating_add(jiff::Span::new().days(20)));
    let round = told(
        program,
        dir,
        &[
            "round",
            "add",
            "Load",
            "--held-on",
            &today,
            "--track",
            "short",
            "--profile",
            "P-SHORT",
        ],
    )?;
    let round = pointed(&round, "/id")?;
    let seats = seats.to_string();
    let asked = told(
        program,
        dir,
        &[
            "round",
            "assign",
            &round,
            "--process",
            "permits",
            "--part",
            "desk",
            "--side",
            "work-floor",
            "--seats",
            &seats,
        ],
    )?;
    told(program, dir, &["round", "set", &round, "open"])?;
    let assignment = pointed(&asked, "/assignments/0")?;
    let until = until.to_string();
    let link = told(program, dir, &["round", "link", &assignment, "--until", &until])?;
    let text = link.to_string();
    Ok(between(&text, "\"secret\":\"", "\"")?.to_owned())
}

/// How long each kind of request took, and what went wrong.
#[derive(Default)]
struct Seen {
    times: BTreeMap<&'static str, Vec<Duration>>,
    faults: Vec<String>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        for (kind, times) in other.times {
            self.times.entry(kind).or_default().extend(times);
        }
        self.faults.extend(other.faults);
    }

    /// Asks, measures, and expects a status.
    fn timed(
        &mut self,
        kind: &'static str,
        expected: u16,
        ask: impl FnOnce() -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Option<(String, String)> {
        let begun = Instant::now();
        let read = ask().map_err(|error| error.to_string()).and_then(|mut answer| {
            let status = answer.status().as_u16();
            let to = answer.headers().get("location");
            let to = to.and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
            let body =
                answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
            if status == expected {
                Ok((to, body))
            } else {
                Err(format!("status {status}"))
            }
        });
        self.times.entry(kind).or_default().push(begun.elapsed());
        read.map_err(|why| self.faults.push(format!("{kind}: {why}"))).ok()
    }
}

fn browser() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_mins(1)))
        .build()
        .into()
}

fn guard_of(page: &str) -> Result<&str, Fault> {
    between(page, "name=\"bewijs\" value=\"", "\"")
}

/// The codes of the questions on an overview.
fn questions_of(page: &str) -> Vec<String> {
    let parts = page.split("?vraag=").skip(1);
    let mut all: Vec<String> =
        parts.filter_map(|part| Some(part.split_once('"')?.0.to_owned())).collect();
    all.sort();
    all.dedup();
    all
}

/// One respondent until the time is over: opens a question, saves an answer, opens the next. Gives
/// what is to stand in the end.
fn respond(
    (base, code): (&str, &str),
    (number, pause): (usize, Duration),
    over: &AtomicBool,
) -> (Seen, Result<usize, Fault>) {
    let (mut seen, agent) = (Seen::default(), browser());
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    let outcome = (|| -> Result<usize, Fault> {
        agent.get(format!("{base}/invullen?code={code}")).call()?;
        let overview =
            agent.get(format!("{base}/invullen")).call()?.body_mut().read_to_string()?;
        let questions = questions_of(&overview);
        if questions.is_empty() {
            return Err(format!("no question: {overview}").into());
        }
        let mut turn = number;
        while !over.load(Ordering::Relaxed) {
            let question = questions.get(turn % questions.len()).ok_or("no question")?;
            turn += 1;
            let at = format!("{base}/invullen?vraag={question}");
            let Some((_, page)) =
                seen.timed("open a question", 200, || agent.get(&at).call())
            else {
                continue;
            };
            thread::sleep(pause);
            let level = (turn % 2).to_string();
            let form =
                [("bewijs", guard_of(&page)?), ("vraag", question), ("antwoord", &level)];
            let send = || agent.post(format!("{base}/invullen")).send_form(form);
            if seen.timed("save an answer", 303, send).is_some() {
                kept.insert(question.clone(), level);
            }
        }
        lost(&agent, base, &kept)
    })();
    (seen, outcome)
}

/// How many of the answers that were taken are not on the list of all questions.
fn lost(
    agent: &Agent,
    base: &str,
    kept: &BTreeMap<String, String>,
) -> Result<usize, Fault> {
    let list = agent.get(format!("{base}/invullen?vorm=lijst")).call()?;
    let list = list.into_body().read_to_string()?;
    let is_there = |question: &String, level: &String| {
        list.split("<input").any(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            tag.contains(&format!("name=\"antwoord-{question}\""))
                && tag.contains(&format!("value=\"{level}\""))
                && tag.contains(" checked")
        })
    };
    Ok(kept.iter().filter(|(question, level)| !is_there(question, level)).count())
}

fn sign_in(base: &str, name: &str, password: &str) -> Result<Agent, Fault> {
    let agent = browser();
    let page =
        agent.get(format!("{base}/inloggen")).call()?.body_mut().read_to_string()?;
    let form = [("bewijs", guard_of(&page)?), ("naam", name), ("wachtwoord", password)];
    let answer = agent.post(format!("{base}/inloggen")).send_form(form)?;
    if answer.status().as_u16() == 303 {
        Ok(agent)
    } else {
        Err(format!("{name} is not let in").into())
    }
}

fn read(agent: &Agent, base: &str, pause: Duration, over: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let at = format!("{base}/organisaties/dijkveen/beeld");
    while !over.load(Ordering::Relaxed) {
        seen.timed("open the picture", 200, || agent.get(&at).call());
        thread::sleep(pause);
    }
    seen
}

/// The time below which a share of all lie; `times` in order.
fn quantile(times: &[Duration], share: usize) -> f64 {
    let at = (times.len() * share).div_ceil(100).saturating_sub(1);
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

fn report(seen: &mut Seen, memory: &[u64], lost: usize) {
    say("| request | how many | p50 ms | p99 ms | longest ms |");
    say("| --- | ---: | ---: | ---: | ---: |");
    for (kind, times) in &mut seen.times {
        times.sort();
        let (half, most) = (quantile(times, 50), quantile(times, 99));
        let longest = quantile(times, 100);
        say(&format!(
            "| {kind} | {} | {half:.0} | {most:.0} | {longest:.0} |",
            times.len()
        ));
    }
    let all: Vec<String> = memory.iter().map(u64::to_string).collect();
    say(&format!("\nmemory of the server, MB, every ten seconds: {}", all.join(" ")));
    say(&format!("faults: {}; answers lost: {lost}", seen.faults.len()));
    for fault in seen.faults.iter().take(10) {
        say(&format!("  {fault}"));
    }
}

/// Runs it; whether nothing went wrong and nothing was lost.
pub(crate) fn run(load: &Load) -> Result<bool, Fault> {
    let dir = tempfile::tempdir()?;
    let town = Served::start(&load.program, dir.path())?;
    let code = prepare(&load.program, dir.path(), load.respondents)?;
    let mut agents = Vec::new();
    for name in READERS {
        agents.push(sign_in(&town.base, name, &town.password)?);
    }
    let (over, seen) = (AtomicBool::new(false), Mutex::new(Seen::default()));
    let (lost, memory) = (Mutex::new(0_usize), Mutex::new(Vec::new()));
    let note = |one: Seen| seen.lock().map(|mut all| all.add(one)).unwrap_or_default();
    thread::scope(|scope| {
        for number in 0..load.respondents {
            let (base, code, over) = (&town.base, &code, &over);
            let (note, lost) = (&note, &lost);
            scope.spawn(move || {
                let (mut one, outcome) =
                    respond((base, code), (number, load.pause), over);
                match outcome {
                    Ok(few) => lost.lock().map(|mut all| *all += few).unwrap_or_default(),
                    Err(why) => one.faults.push(why.to_string()),
                }
                note(one);
            });
        }
        for agent in agents.iter().cycle().take(load.readers) {
            let (base, over, note) = (&town.base, &over, &note);
            scope.spawn(move || note(read(agent, base, load.pause, over)));
        }
        let begun = Instant::now();
        while begun.elapsed() < load.length {
            memory.lock().map(|mut all| all.extend(town.memory())).unwrap_or_default();
            thread::sleep(Duration::from_secs(10).min(load.length));
        }
        over.store(true, Ordering::Relaxed);
    });
    let mut seen = seen.into_inner().unwrap_or_default();
    let (memory, lost) = (
        memory.into_inner().unwrap_or_default(),
        lost.into_inner().unwrap_or(usize::MAX),
    );
    report(&mut seen, &memory, lost);
    Ok(seen.faults.is_empty() && lost == 0)
}
