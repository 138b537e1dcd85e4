//! What the people of the demonstration said, agreed, planned and decided, written into the
//! records as they would have written it: each act by its person, at its moment, through the
//! use cases that everybody uses.

use access::Role;
use app::AppError;
use app::people::{
    self, AgreedAnswer, Answer, Assignment, Decision, Desk, Evidence, Measure,
    MeasureState, MeasureStatus, Membership, Organisation, OrganisationKind,
    ProcessInScope, Registry, Respondents, Round, RoundStatus, Said, Session, Sheet,
    Side, SizeClass, Track,
};
use catalogue::Catalogue;
use jiff::Timestamp;
use model::{Lang, Moment, Process};
use simulate::people as told;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// Who holds which role beside the coordinator, in both towns.
const OFFICE: [(&str, Role); 7] = [
    ("beheer", Role::Administrator),
    ("controller", Role::Controller),
    ("secretaris", Role::Reader),
    ("proceseigenaar", Role::ProcessOwner),
    ("integriteit", Role::IntegrityOfficer),
    ("regio", Role::RegionAnalyst),
    ("auditor", Role::Auditor),
];

/// What the office does with what people said, at its place in the story.
pub(super) trait Office {
    /// Draws the picture of a round that was spoken about, and keeps it.
    fn picture(
        &mut self,
        desk: &mut Desk<'_>,
        round: usize,
        id: i64,
    ) -> Result<(), AppError>;
    /// Makes the plan on a round and keeps it; gives its number.
    fn plan(
        &mut self,
        desk: &mut Desk<'_>,
        plan: &told::Plan,
        id: i64,
    ) -> Result<i64, AppError>;
}

/// Writes an organisation with all that happened in it, in order of time; all of it, or nothing.
pub(super) fn write(
    registry: &mut Registry,
    catalogue: &Catalogue,
    told: &told::Organisation,
    office: &mut dyn Office,
) -> Result<(), AppError> {
    registry.together(|session| {
        let mut writer = Writer {
            session,
            catalogue,
            told,
            office,
            rounds: vec![0; told.rounds.len()],
            assignments: vec![Vec::new(); told.rounds.len()],
            sheets: BTreeMap::new(),
            plan: None,
            measures: BTreeMap::new(),
        };
        writer.begin()?;
        for (moment, act) in story(told) {
            writer.act(at(moment), &act)?;
        }
        Ok(())
    })
}

/// One thing that happened.
enum Act<'t> {
    Prepare(usize),
    Answer(usize, &'t told::Reply),
    Agree(usize, &'t told::Agreed),
    Status(usize, told::RoundStatus),
    Plan(&'t told::Plan),
    Measure(usize, &'t told::Measure, &'t told::MeasureState),
    Decide(&'t told::Decision),
}

/// Everything that happened, in order of time.
fn story(told: &told::Organisation) -> Vec<(Moment, Act<'_>)> {
    let mut acts = Vec::new();
    for (number, round) in told.rounds.iter().enumerate() {
        for state in &round.states {
            acts.push((
                state.at,
                match state.status {
                    told::RoundStatus::Prepared => Act::Prepare(number),
                    later => Act::Status(number, later),
                },
            ));
        }
        acts.extend(round.answers.iter().map(|one| (one.at, Act::Answer(number, one))));
        acts.extend(round.agreed.iter().map(|one| (one.at, Act::Agree(number, one))));
    }
    if let Some(plan) = &told.plan {
        acts.push((plan.at, Act::Plan(plan)));
        for (number, measure) in plan.measures.iter().enumerate() {
            let states = measure.states.iter();
            acts.extend(
                states.map(|state| (state.at, Act::Measure(number, measure, state))),
            );
        }
    }
    let decided = told.decisions.iter();
    acts.extend(decided.map(|one| (Moment::on(one.decided_on), Act::Decide(one))));
    // what happened at one moment stays in the order in which it stands here
    acts.sort_by_key(|(moment, _)| moment.micros);
    acts
}

/// A moment of the story.
pub(super) fn at(moment: Moment) -> Timestamp {
    Timestamp::from_microsecond(moment.micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

struct Writer<'w, 's> {
    session: &'w mut Session<'s>,
    catalogue: &'w Catalogue,
    told: &'w told::Organisation,
    office: &'w mut dyn Office,
    /// Numbers that the records gave.
    rounds: Vec<i64>,
    assignments: Vec<Vec<i64>>,
    sheets: BTreeMap<(usize, usize), Sheet>,
    plan: Option<i64>,
    measures: BTreeMap<usize, i64>,
}

/// A word of the story in the words of the records.
fn word<T>(found: Option<T>, code: &str) -> Result<T, AppError> {
    found.ok_or_else(|| AppError::data(format!("the records have no word `{code}`")))
}

impl Writer<'_, '_> {
    /// The first day of the story: the day the first round was prepared.
    fn first(&self) -> Timestamp {
        let states = self.told.rounds.iter().flat_map(|round| &round.states);
        states.map(|state| at(state.at)).min().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn begin(&mut self) -> Result<(), AppError> {
        let told = self.told;
        let first = Organisation {
            title: told.title.to_owned(),
            kind: word(OrganisationKind::find(told.kind), told.kind)?,
            size_class: Some(word(SizeClass::find(told.size_class), told.size_class)?),
            valid_from: told.valid_from,
            valid_to: None,
            successor: None,
        };
        let now = self.first();
        let mut desk =
            self.session.founder(self.catalogue, told.coordinator, now, told.slug)?;
        people::found(&mut desk, told.slug, &first)?;
        for (person, role) in OFFICE {
            people::grant(&mut desk, told.slug, person, role, true)?;
        }
        for membership in &told.memberships {
            let region = told::regions()
                .into_iter()
                .find(|region| region.slug == membership.region)
                .map_or(membership.region, |region| region.title);
            let entry = Membership {
                region: region.to_owned(),
                valid_from: membership.valid_from,
                valid_to: None,
            };
            desk.keep(told.slug, &entry)?;
        }
        for scope in &told.scopes {
            desk.now = at(scope.at).max(now);
            let entry = ProcessInScope {
                process: scope.process.code().to_owned(),
                in_scope: scope.in_scope,
                reason: scope.reason.to_owned(),
            };
            desk.keep(told.slug, &entry)?;
        }
        for own in &told.attractiveness {
            desk.now = at(own.at).max(now);
            let name = format!("attractiveness.{}", own.process);
            desk.set(told.slug, &name, &format!("{}: {}", own.level.code(), own.reason))?;
        }
        Ok(())
    }

    fn act(&mut self, now: Timestamp, act: &Act<'_>) -> Result<(), AppError> {
        match act {
            Act::Prepare(number) => self.prepare(now, *number),
            Act::Answer(number, reply) => self.answer(now, *number, reply),
            Act::Agree(number, agreed) => {
                let entry = AgreedAnswer {
                    round: self.round(*number),
                    process: agreed.process.code().to_owned(),
                    question: agreed.question.clone(),
                    said: Said::Level(agreed.level),
                    agreed_because: agreed.because.clone(),
                };
                let slug = self.told.slug;
                people::agree(&mut self.coordinator(now)?, slug, &entry).map(drop)
            }
            Act::Status(number, status) => self.status(now, *number, *status),
            Act::Plan(plan) => {
                let round = self.round(plan.round);
                let mut desk =
                    self.session.desk(self.catalogue, self.told.coordinator, now)?;
                self.plan = Some(self.office.plan(&mut desk, plan, round)?);
                Ok(())
            }
            Act::Measure(number, measure, state) => {
                self.measure(now, *number, measure, state)
            }
            Act::Decide(decision) => self.decide(now, decision),
        }
    }

    fn round(&self, number: usize) -> i64 {
        self.rounds.get(number).copied().unwrap_or_default()
    }

    fn coordinator(&mut self, now: Timestamp) -> Result<Desk<'_>, AppError> {
        self.session.desk(self.catalogue, self.told.coordinator, now)
    }

    fn prepare(&mut self, now: Timestamp, number: usize) -> Result<(), AppError> {
        let Some(round) = self.told.rounds.get(number) else { return Ok(()) };
        let closes_on = round
            .states
            .iter()
            .find(|state| state.status == told::RoundStatus::Closed)
            .map(|state| state.at.local_date());
        let entry = Round {
            title: round.title.to_owned(),
            held_on: round.held_on,
            track: word(Track::find(round.track.code()), round.track.code())?,
            profile: round.profile.to_owned(),
        };
        let slug = self.told.slug;
        let mut desk = self.coordinator(now)?;
        let id = people::add_round(&mut desk, slug, &entry, closes_on)?;
        let assignments: Vec<Assignment> = round
            .assignments
            .iter()
            .map(|one| {
                Ok(Assignment {
                    round: id,
                    process: one.process.code().to_owned(),
                    part: one.function.unwrap_or(one.part).to_owned(),
                    side: word(Side::find(one.side.code()), one.side.code())?,
                    respondents: Respondents::Named(one.respondent.to_owned()),
                })
            })
            .collect::<Result<_, AppError>>()?;
        let numbers = people::assign(&mut desk, slug, &assignments)?;
        if let (Some(round), Some(assignments)) =
            (self.rounds.get_mut(number), self.assignments.get_mut(number))
        {
            *round = id;
            *assignments = numbers;
        }
        Ok(())
    }

    fn answer(
        &mut self,
        now: Timestamp,
        number: usize,
        reply: &told::Reply,
    ) -> Result<(), AppError> {
        let asked = self.told.rounds.get(number);
        let asked = asked.and_then(|round| round.assignments.get(reply.assignment));
        let id = self.assignments.get(number).and_then(|all| all.get(reply.assignment));
        let (Some(asked), Some(id)) = (asked, id) else { return Ok(()) };
        let mut desk = self.session.desk(self.catalogue, asked.respondent, now)?;
        let sheet = match self.sheets.entry((number, reply.assignment)) {
            Slot::Occupied(sheet) => sheet.into_mut(),
            Slot::Vacant(empty) => {
                empty.insert(people::sheet(&mut desk, self.told.slug, *id, Lang::Nl)?)
            }
        };
        people::answer(&mut desk, self.told.slug, sheet, &[answer_of(reply)]).map(drop)
    }

    fn status(
        &mut self,
        now: Timestamp,
        number: usize,
        status: told::RoundStatus,
    ) -> Result<(), AppError> {
        let id = self.round(number);
        let new = word(RoundStatus::find(status.code()), status.code())?;
        let mut desk = self.session.desk(self.catalogue, self.told.coordinator, now)?;
        people::set_status(&mut desk, self.told.slug, id, new)?;
        if new == RoundStatus::Agreed {
            self.office.picture(&mut desk, number, id)?;
        }
        Ok(())
    }

    fn measure(
        &mut self,
        now: Timestamp,
        number: usize,
        measure: &told::Measure,
        state: &told::MeasureState,
    ) -> Result<(), AppError> {
        let (slug, plan) = (self.told.slug, self.plan);
        if let Some(id) = self.measures.get(&number).copied() {
            let state = state_of(state, id)?;
            return people::move_measure(&mut self.coordinator(now)?, slug, &state)
                .map(drop);
        }
        let entry = Measure {
            plan,
            code: measure.code.to_owned(),
            process: measure.process.map(Process::code).map(str::to_owned),
            recurring_months: measure.recurring_months.map(i64::from),
        };
        let first = state_of(state, 0)?;
        let id = people::take_up(&mut self.coordinator(now)?, slug, &entry, |_| first)?;
        self.measures.insert(number, id);
        Ok(())
    }

    fn decide(
        &mut self,
        now: Timestamp,
        decision: &told::Decision,
    ) -> Result<(), AppError> {
        let entry = Decision {
            round: Some(self.round(decision.round)),
            picture: None,
            plan: self.plan.filter(|_| decision.plan),
            body: decision.body.to_owned(),
            decided_on: decision.decided_on,
            wording: decision.wording.to_owned(),
        };
        let slug = self.told.slug;
        people::decide(&mut self.coordinator(now)?, slug, &entry).map(drop)
    }
}

fn answer_of(reply: &told::Reply) -> Answer {
    let said = match &reply.said {
        told::Said::Level(level) => Said::Level(*level),
        told::Said::NotApplicable { reason } => {
            Said::NotApplicable { reason: reason.clone() }
        }
        told::Said::Unknown => Said::Unknown,
    };
    Answer {
        question: reply.question.clone(),
        said,
        explanation: reply.explanation.clone(),
        evidence: reply.evidence.as_ref().map(|evidence| Evidence {
            link: evidence.link.clone(),
            date: evidence.date,
            valid_to: evidence.valid_to,
        }),
    }
}

fn state_of(state: &told::MeasureState, measure: i64) -> Result<MeasureState, AppError> {
    let code = state.status.code();
    Ok(MeasureState {
        measure,
        status: word(MeasureStatus::find(code), code)?,
        owner_role: state.owner_role.to_owned(),
        starts_on: Some(state.starts_on),
        due_on: Some(state.due_on),
        note: state.note.to_owned(),
    })
}
