//! The entries, in the order in which a year goes: the organisation, its rounds, what was
//! agreed, what was computed, planned, done and decided.

use crate::answers::Said;
use crate::database::{Row, Value};
use crate::entry::entry;
use crate::error::RecordsError;
use crate::fields::{Field, Fields, words};
use model::Date;

words! {
    /// What kind of public body it is.
    OrganisationKind:
    /// A municipality.
    Municipality = "municipality",
    /// A province.
    Province = "province",
    /// A water board.
    WaterBoard = "water-board",
    /// A regional information and expertise centre (RIEC).
    Riec = "riec",
    /// A body that several others run together.
    Joint = "joint";

    /// How large a municipality is, by inhabitants.
    SizeClass:
    /// At most 20,000.
    UpTo20000 = "up-to-20000",
    /// More than 20,000, at most 50,000.
    From20000 = "20000-50000",
    /// More than 50,000, at most 100,000.
    From50000 = "50000-100000",
    /// More than 100,000.
    Over100000 = "over-100000";

    /// How long a self-scan is.
    Track:
    /// Every question.
    Full = "full",
    /// One hour, three people.
    Short = "short";

    /// How far a round is.
    RoundStatus:
    /// Being prepared; takes no answers.
    Prepared = "prepared",
    /// Takes answers.
    Open = "open",
    /// Takes no more answers.
    Closed = "closed",
    /// Spoken about, with agreed answers.
    Agreed = "agreed";

    /// From which side somebody answers.
    Side:
    /// Those who lead.
    Management = "management",
    /// Those who do the work.
    WorkFloor = "work-floor",
    /// Others, such as advisers.
    Other = "other";

    /// What is said of a finding.
    Verdict:
    /// There is a good reason for it.
    Explained = "explained",
    /// Something is wrong and will be repaired.
    ToRepair = "to-repair",
    /// Somebody has to look into it.
    ToLookInto = "to-look-into";

    /// How far a measure is.
    MeasureStatus:
    /// Planned.
    Planned = "planned",
    /// Started.
    Started = "started",
    /// Done; whether it worked, the next round and run will show.
    Done = "done",
    /// Stopped.
    Stopped = "stopped";
}

/// A fault where an end lies before its beginning.
fn backwards(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = (from?, to?);
    (to < from).then(|| format!("it ends on {to}, before it begins on {from}"))
}

/// A fault where one of the texts is empty.
fn empty(texts: &[(&str, &str)]) -> Option<String> {
    let (name, _) = texts.iter().find(|(_, text)| text.trim().is_empty())?;
    Some(format!("`{name}` is empty; fill it in"))
}

entry! {
    /// How an organisation stands: a merger or a new name is a new entry.
    Organisation in ORGANISATION_VERSIONS, add Change, read Read, of Organisation,
    wrong |it: &Self| {
        empty(&[("title", &it.title)]).or_else(|| backwards(Some(it.valid_from), it.valid_to))
    };
    /// Its name on screens.
    title: String,
    /// What kind of body it is.
    kind: OrganisationKind,
    /// Its size; absent where that says nothing, as for a province.
    size_class: Option<SizeClass>,
    /// Its first day.
    valid_from: Date,
    /// Its last day, where it has one.
    valid_to: Option<Date>,
    /// The organisation it went on as.
    successor: Option<String>,
}

entry! {
    /// That an organisation belongs to a region. The newest entry with the same region and
    /// first day counts, so an end is written as a new entry.
    Membership in MEMBERSHIPS, add Change, read Read, of Organisation,
    wrong |it: &Self| {
        empty(&[("region", &it.region)]).or_else(|| backwards(Some(it.valid_from), it.valid_to))
    };
    /// The region: a province, a RIEC, a safety region, a group with a norm.
    region: String,
    /// First day.
    valid_from: Date,
    /// Last day, where there is one.
    valid_to: Option<Date>,
}

impl Membership {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

entry! {
    /// That somebody holds a role in this organisation, or no longer. The newest entry of a
    /// person and role counts.
    Grant in GRANTS, add Change, read Read, of Grant,
    wrong |it: &Self| {
        let unknown = it.role.parse::<access::Role>().err().map(|error| error.to_string());
        empty(&[("person", &it.person)]).or(unknown)
    };
    /// The reference to the person, as [`access::Actor::name`] holds it.
    person: String,
    /// The role, by its code.
    role: String,
    /// Whether it is held from now on.
    granted: bool,
}

entry! {
    /// Whether a process is looked at; the newest entry of a process counts.
    ProcessInScope in SCOPES, add Change, read Read, of Settings,
    wrong |it: &Self| empty(&[("process", &it.process)]);
    /// The process, by its code in the catalogue.
    process: String,
    /// Whether it is looked at.
    in_scope: bool,
    /// Why, or why not.
    reason: String,
}

entry! {
    /// A setting of an organisation; the newest entry of a name counts.
    Setting in SETTINGS, add Change, read Read, of Settings,
    wrong |it: &Self| empty(&[("name", &it.name)]);
    /// Its name.
    name: String,
    /// What it is set to.
    setting: String,
}

entry! {
    /// One self-scan of an organisation.
    Round in ROUNDS, add Add, read Read, of Round,
    wrong |it: &Self| empty(&[("title", &it.title)]);
    /// Its name on screens.
    title: String,
    /// The day it is about.
    held_on: Date,
    /// How long it is.
    track: Track,
    /// The profile of the catalogue that says which questions are asked.
    profile: String,
}

entry! {
    /// How far a round is; the newest entry of a round counts. A round without one is being
    /// prepared.
    RoundState in ROUND_STATES, add Change, read Read, of Round;
    /// The round.
    round: i64,
    /// How far it is.
    status: RoundStatus,
}

entry! {
    /// Until when a round takes answers, as it is told to whoever is asked; the newest entry of
    /// a round counts. A coordinator closes the round, the day does not.
    RoundTerm in ROUND_TERMS, add Change, read Read, of Round;
    /// The round.
    round: i64,
    /// The last day; absent where none is named any more.
    closes_on: Option<Date>,
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Respondents {
    /// One person, by the reference that [`access::Actor::name`] holds.
    Named(String),
    /// So many people at most, of whom nothing is written down.
    Anonymous {
        /// How many.
        seats: u32,
    },
}

impl Field for Respondents {
    fn put(&self, into: &mut Row) {
        match self {
            Self::Named(name) => into.extend([name.into(), Value::Int(1)]),
            Self::Anonymous { seats } => {
                into.extend([Value::Absent, Value::Int(i64::from(*seats))]);
            }
        }
    }

    fn take(from: &mut Fields) -> Result<Self, RecordsError> {
        let (name, seats): (Option<String>, i64) = (from.take()?, from.take()?);
        match (name, u32::try_from(seats)) {
            (Some(name), _) => Ok(Self::Named(name)),
            (None, Ok(seats)) => Ok(Self::Anonymous { seats }),
            (None, Err(error)) => Err(from.damaged(error.to_string())),
        }
    }
}

entry! {
    /// That somebody is asked about a process in a round.
    Assignment in ASSIGNMENTS, add Add, read Read, of Assignment,
    wrong |it: &Self| {
        let who = match &it.respondents {
            Respondents::Named(name) => empty(&[("respondent", name)]),
            Respondents::Anonymous { seats: 0 } => {
                Some("it has no seat; give it at least one".to_owned())
            }
            Respondents::Anonymous { .. } => None,
        };
        who.or_else(|| empty(&[("process", &it.process), ("part", &it.part)]))
    };
    /// The round.
    round: i64,
    /// The process, by its code in the catalogue.
    process: String,
    /// The function or group that is asked.
    part: String,
    /// From which side.
    side: Side,
    /// Who is asked.
    respondents: Respondents,
}

entry! {
    /// That an assignment takes no more answers, and that those it has no longer count: it was
    /// handed over, or should not have been made. Its answers stay readable.
    Withdrawal in WITHDRAWALS, add Change, read Read, of Assignment,
    wrong |it: &Self| empty(&[("reason", &it.reason)]);
    /// The assignment.
    assignment: i64,
    /// The assignment that came in its place.
    successor: Option<i64>,
    /// Why.
    reason: String,
}

entry! {
    /// That whoever has a link may answer for an assignment without an account. One link serves
    /// all seats of an anonymous assignment, so it names nobody; only its hash is kept.
    Link in LINKS, add Add, read Read, of Assignment,
    wrong |it: &Self| empty(&[("hash", &it.hash)]);
    /// The assignment.
    assignment: i64,
    /// The hash of what stands in the link; see [`crate::hash_of_link`].
    hash: String,
    /// The last day on which it works.
    valid_to: Date,
}

entry! {
    /// How many hands went up for what in the meeting; not whose. The newest entry of a round,
    /// process and question counts.
    Tally in TALLIES, add Add, read Read, of AgreedAnswer,
    wrong |it: &Self| {
        let counts = it.levels.iter().chain([&it.not_applicable, &it.unknown]);
        let below = counts.clone().any(|count| *count < 0);
        let nobody = counts.sum::<i64>() == 0;
        let wrong = below.then(|| "a count is below 0".to_owned());
        let wrong = wrong.or_else(|| nobody.then(|| "nobody voted".to_owned()));
        wrong.or_else(|| empty(&[("process", &it.process), ("question", &it.question)]))
    };
    /// The round.
    round: i64,
    /// The process, by its code in the catalogue.
    process: String,
    /// The question, by its code in the catalogue.
    question: String,
    /// How many for each level, 0 to 3.
    levels: [i64; 4],
    /// How many said that it does not apply.
    not_applicable: i64,
    /// How many did not know.
    unknown: i64,
}

entry! {
    /// What was agreed in the meeting: stands in the place of the median, and says so.
    AgreedAnswer in AGREED_ANSWERS, add Add, read Read, of AgreedAnswer,
    wrong |it: &Self| {
        it.said.fault().or_else(|| {
            empty(&[("question", &it.question), ("agreed because", &it.agreed_because)])
        })
    };
    /// The round.
    round: i64,
    /// The process, by its code in the catalogue.
    process: String,
    /// The question, by its code in the catalogue.
    question: String,
    /// What was agreed.
    said: Said,
    /// Why.
    agreed_because: String,
}

entry! {
    /// A picture as it was computed on a day, word for word.
    Picture in PICTURES, add Add, read Read, of Picture,
    wrong |it: &Self| empty(&[("form", &it.form), ("body", &it.body)]);
    /// The round it rests on, where it rests on one.
    round: Option<i64>,
    /// The process; absent where it is about all of them.
    process: Option<String>,
    /// The name of the form of the text.
    form: String,
    /// The version of that form.
    form_version: i64,
    /// The text, as a rule JSON. Not looked into.
    body: String,
}

entry! {
    /// Measures that were chosen. A changed plan is a new one.
    Plan in PLANS, add Add, read Read, of Plan,
    wrong |it: &Self| empty(&[("title", &it.title), ("form", &it.form), ("body", &it.body)]);
    /// The picture it answers.
    picture: Option<i64>,
    /// Its name on screens.
    title: String,
    /// The name of the form of the text.
    form: String,
    /// The version of that form.
    form_version: i64,
    /// The text, as a rule JSON. Not looked into.
    body: String,
}

entry! {
    /// A measure that is taken up.
    Measure in MEASURES, add Add, read Read, of Measure,
    wrong |it: &Self| {
        let never = it.recurring_months.is_some_and(|months| months < 1);
        let never = never.then(|| "it recurs every 0 months; give at least 1".to_owned());
        never.or_else(|| empty(&[("code", &it.code)]))
    };
    /// The plan it comes from.
    plan: Option<i64>,
    /// The measure, by its code in the catalogue.
    code: String,
    /// The process; absent where it is for all of them.
    process: Option<String>,
    /// After how many months it comes again, where it does.
    recurring_months: Option<i64>,
}

entry! {
    /// How far a measure is; the newest entry of a measure counts.
    MeasureState in MEASURE_STATES, add Change, read Read, of Measure,
    wrong |it: &Self| {
        empty(&[("owner role", &it.owner_role)])
            .or_else(|| backwards(it.starts_on, it.due_on))
    };
    /// The measure.
    measure: i64,
    /// How far it is.
    status: MeasureStatus,
    /// The function that owns it; never the name of a person.
    owner_role: String,
    /// When it begins.
    starts_on: Option<Date>,
    /// When it should be done.
    due_on: Option<Date>,
    /// What there is to say; may be empty.
    note: String,
}

entry! {
    /// What is said of a finding; the newest entry of a finding counts.
    Triage in TRIAGES, add Change, read Read, of Finding,
    wrong |it: &Self| {
        empty(&[("process", &it.process), ("finding", &it.finding), ("reason", &it.reason)])
    };
    /// The process, by its code in the catalogue.
    process: String,
    /// The finding, by its code.
    finding: String,
    /// What is said.
    verdict: Verdict,
    /// Why.
    reason: String,
}

entry! {
    /// That somebody looked at rows of a log.
    Look in LOOKS, add Read, read Read, of Evidence,
    wrong |it: &Self| empty(&[("process", &it.process), ("subject", &it.subject)]);
    /// The process, by its code in the catalogue.
    process: String,
    /// At what: the code of a finding.
    subject: String,
}

entry! {
    /// Somebody asks who stands behind a pseudonym in a finding.
    NameRequest in NAME_REQUESTS, add Ask, read Read, of Pseudonym,
    wrong |it: &Self| {
        empty(&[
            ("process", &it.process),
            ("finding", &it.finding),
            ("snapshot", &it.snapshot),
            ("pseudonym", &it.pseudonym),
            ("reason", &it.reason),
        ])
    };
    /// The process of the finding.
    process: String,
    /// The finding that gives cause.
    finding: String,
    /// The snapshot in which the pseudonym occurs.
    snapshot: String,
    /// The pseudonym.
    pseudonym: String,
    /// Why the name is needed.
    reason: String,
}

entry! {
    /// What somebody else says of such a request: opened for some hours from then on, or not.
    NameVerdict in NAME_VERDICTS, add Unlock, read Read, of Pseudonym,
    wrong |it: &Self| {
        let wrong = !(1..=168).contains(&it.hours);
        let wrong = wrong.then(|| format!("{} hours; give 1 to 168", it.hours));
        wrong.or_else(|| empty(&[("reason", &it.reason)]))
    };
    /// The request.
    request: i64,
    /// Whether it was opened.
    granted: bool,
    /// For how many hours.
    hours: i64,
    /// Why, or why not.
    reason: String,
}

entry! {
    /// Somebody saw the name of a request that was opened.
    NameLook in NAME_LOOKS, add Read, read Read, of Pseudonym;
    /// The request.
    request: i64,
}

entry! {
    /// What a body decided about a round, a picture or a plan.
    Decision in DECISIONS, add Add, read Read, of Decision,
    wrong |it: &Self| empty(&[("body", &it.body), ("wording", &it.wording)]);
    /// About which round.
    round: Option<i64>,
    /// About which picture.
    picture: Option<i64>,
    /// About which plan.
    plan: Option<i64>,
    /// Who decided, such as `college`.
    body: String,
    /// On which day.
    decided_on: Date,
    /// In its own words, such as `vastgesteld`.
    wording: String,
}
