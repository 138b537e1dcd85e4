//! Giving answers and reading them.

use super::{Records, beginning, find, office_day, status};
use crate::answers::{Answer, Given, Progress, voice_of};
use crate::audit::{Chain, Entered};
use crate::database::{Database, Value};
use crate::entries::{Assignment, Respondents, Round, RoundStatus, Withdrawal};
use crate::entry::Kept;
use crate::error::RecordsError;
use crate::tables::{ANONYMOUS_ANSWERS, ANSWERS, Table};
use crate::writing::{insert_logged, next_id, number, within};
use access::{Action, Actor, Resource, Verb};
use jiff::Timestamp;

const ADD: Action = Action::new(Verb::Add, Resource::Answer);
const READ_OWN: Action = Action::new(Verb::ReadOwn, Resource::Answer);

/// A code shorter than this could be guessed.
const CODE_LETTERS_LEAST: usize = 16;

impl Records {
    /// Keeps the answers of a respondent, all or none, and gives their numbers. Only the
    /// respondent of the assignment may, and only while the round is open.
    pub fn answer(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        assignment: i64,
        answers: &[Answer],
    ) -> Result<Vec<i64>, RecordsError> {
        self.permit(actor, now, organisation, ADD)?;
        answers.iter().try_for_each(Answer::check)?;
        let asked: Kept<Assignment> = find(self.db.as_mut(), organisation, assignment)?;
        match &asked.entry.respondents {
            Respondents::Named(name) if *name == actor.name => {}
            Respondents::Named(_) => return self.refuse(actor, now, organisation, ADD),
            Respondents::Anonymous { .. } => {
                let why =
                    "its assignment is anonymous, so it must not carry a name".to_owned();
                return Err(RecordsError::Invalid { what: "answer", why });
            }
        }
        within(self.db.as_mut(), |db| {
            must_take_answers(db, organisation, &asked)?;
            let entered = Entered {
                organisation,
                at: now,
                who: &actor.name,
                from: Some(&actor.from),
                action: ADD,
                refused: false,
            };
            let mut ids = Vec::new();
            for answer in answers {
                let id = next_id(db, &ANSWERS)?;
                let mut row = vec![
                    id.into(),
                    organisation.into(),
                    asked.entry.round.into(),
                    assignment.into(),
                ];
                answer.put(&mut row);
                row.push(now.as_microsecond().into());
                insert_logged(db, &ANSWERS, &row, Chain::Named, &entered)?;
                ids.push(id);
            }
            Ok(ids)
        })
    }

    /// Keeps anonymous answers, all or none. The code was made at random for this respondent,
    /// who alone has it; only its hash is kept. The actor must have no name; of `now` only the
    /// day is kept.
    pub fn answer_anonymously(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        (assignment, code): (i64, &str),
        answers: &[Answer],
    ) -> Result<Vec<i64>, RecordsError> {
        let asked =
            self.anonymous_assignment(actor, now, organisation, (assignment, code), ADD)?;
        answers.iter().try_for_each(Answer::check)?;
        let voice = voice_of(organisation, assignment, code);
        let day = office_day(now);
        let at = beginning(day)?;
        within(self.db.as_mut(), |db| {
            must_take_answers(db, organisation, &asked)?;
            take_seat(db, organisation, &asked, &voice)?;
            let entered = Entered {
                organisation,
                at,
                who: "",
                from: None,
                action: ADD,
                refused: false,
            };
            let mut ids = Vec::new();
            for answer in answers {
                let id = next_id(db, &ANONYMOUS_ANSWERS)?;
                let mut row = vec![
                    id.into(),
                    organisation.into(),
                    asked.entry.round.into(),
                    assignment.into(),
                    (&voice).into(),
                ];
                answer.put(&mut row);
                row.push(Value::Text(day.to_string()));
                insert_logged(db, &ANONYMOUS_ANSWERS, &row, Chain::Anonymous, &entered)?;
                ids.push(id);
            }
            Ok(ids)
        })
    }

    /// All answers of a round with all earlier ones: named, then anonymous, oldest first. That
    /// they were read is written into the log.
    pub fn answers(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        round: i64,
    ) -> Result<Vec<Given>, RecordsError> {
        self.note(actor, now, organisation, Action::new(Verb::Read, Resource::Answer))?;
        let condition = "round = ?";
        let values = [organisation.into(), round.into()];
        let mut all = given(self.db.as_mut(), &ANSWERS, condition, &values)?;
        all.extend(given(self.db.as_mut(), &ANONYMOUS_ANSWERS, condition, &values)?);
        Ok(all)
    }

    /// What this actor answered under their own name, and what was answered under assignments
    /// that were handed over to them; oldest first.
    pub fn own_answers(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Vec<Given>, RecordsError> {
        self.permit(actor, now, organisation, READ_OWN)?;
        let condition = "assignment IN (SELECT a.id FROM assignments a \
            LEFT JOIN withdrawals w ON w.organisation = a.organisation AND w.assignment = a.id \
            LEFT JOIN assignments s ON s.organisation = a.organisation AND s.id = w.successor \
            WHERE a.organisation = ? AND (a.respondent = ? OR s.respondent = ?))";
        let name = &actor.name;
        let values = [organisation.into(), organisation.into(), name.into(), name.into()];
        given(self.db.as_mut(), &ANSWERS, condition, &values)
    }

    /// What the holder of a code answered, oldest first.
    pub fn own_anonymous_answers(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        (assignment, code): (i64, &str),
    ) -> Result<Vec<Given>, RecordsError> {
        self.anonymous_assignment(
            actor,
            now,
            organisation,
            (assignment, code),
            READ_OWN,
        )?;
        let voice = voice_of(organisation, assignment, code);
        let values = [organisation.into(), assignment.into(), voice.as_str().into()];
        given(
            self.db.as_mut(),
            &ANONYMOUS_ANSWERS,
            "assignment = ? AND voice = ?",
            &values,
        )
    }

    /// The assignments of this actor that were not withdrawn, oldest first.
    pub fn own_assignments(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
    ) -> Result<Vec<Kept<Assignment>>, RecordsError> {
        let action = Action::new(Verb::ReadOwn, Resource::Assignment);
        self.permit(actor, now, organisation, action)?;
        let mut all: Vec<Kept<Assignment>> = super::list(self.db.as_mut(), organisation)?;
        let gone: Vec<Kept<Withdrawal>> = super::list(self.db.as_mut(), organisation)?;
        all.retain(|kept| {
            kept.entry.respondents == Respondents::Named(actor.name.clone())
                && gone.iter().all(|one| one.entry.assignment != kept.id)
        });
        Ok(all)
    }

    /// How far a round is, in numbers.
    pub fn progress(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        round: i64,
    ) -> Result<Progress, RecordsError> {
        let action = Action::new(Verb::Numbers, Resource::Answer);
        self.permit(actor, now, organisation, action)?;
        let values = [organisation.into(), round.into()];
        let db = self.db.as_mut();
        let mut count = |question: &str| number(db, question, &values);
        let seats = count(
            "SELECT CAST(COALESCE(SUM(seats), 0) AS BIGINT) FROM assignments \
             WHERE organisation = ? AND round = ?",
        )?;
        let named = count(
            "SELECT COUNT(DISTINCT assignment) FROM answers \
             WHERE organisation = ? AND round = ?",
        )?;
        let voices = count(
            "SELECT COUNT(DISTINCT voice) FROM anonymous_answers \
             WHERE organisation = ? AND round = ?",
        )?;
        let by_name = count(
            "SELECT COUNT(*) FROM (SELECT DISTINCT assignment, question FROM answers \
             WHERE organisation = ? AND round = ?) AS counted",
        )?;
        let by_voice = count(
            "SELECT COUNT(*) FROM (SELECT DISTINCT voice, question FROM anonymous_answers \
             WHERE organisation = ? AND round = ?) AS counted",
        )?;
        Ok(Progress { seats, started: named + voices, answers: by_name + by_voice })
    }

    /// The assignment behind a code, after all that can be checked without the code itself.
    fn anonymous_assignment(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        organisation: &str,
        (assignment, code): (i64, &str),
        action: Action,
    ) -> Result<Kept<Assignment>, RecordsError> {
        // before anything is written about the actor
        let invalid = |why: &str| RecordsError::Invalid {
            what: "anonymous answer",
            why: why.to_owned(),
        };
        if !actor.name.is_empty() {
            return Err(invalid("its actor has a name; use `Actor::anonymous`"));
        }
        if code.chars().count() < CODE_LETTERS_LEAST {
            return Err(invalid(
                "its code can be guessed; make one of at least 16 letters",
            ));
        }
        self.permit(actor, now, organisation, action)?;
        let asked: Kept<Assignment> = find(self.db.as_mut(), organisation, assignment)?;
        match asked.entry.respondents {
            Respondents::Anonymous { .. } => Ok(asked),
            Respondents::Named(_) => Err(invalid("its assignment is to a named person")),
        }
    }
}

/// The round is open and the assignment was not withdrawn.
fn must_take_answers(
    db: &mut dyn Database,
    organisation: &str,
    asked: &Kept<Assignment>,
) -> Result<(), RecordsError> {
    let round = asked.entry.round;
    find::<Round>(db, organisation, round)?;
    let withdrawn = number(
        db,
        "SELECT COUNT(*) FROM withdrawals WHERE organisation = ? AND assignment = ?",
        &[organisation.into(), asked.id.into()],
    )?;
    match status(db, organisation, round)? {
        RoundStatus::Open if withdrawn > 0 => {
            Err(RecordsError::Withdrawn { assignment: asked.id })
        }
        RoundStatus::Open => Ok(()),
        RoundStatus::Prepared | RoundStatus::Closed | RoundStatus::Agreed => {
            Err(RecordsError::NotOpen { round })
        }
    }
}

/// A voice that was heard before has its seat; a new one needs a free seat.
fn take_seat(
    db: &mut dyn Database,
    organisation: &str,
    asked: &Kept<Assignment>,
    voice: &str,
) -> Result<(), RecordsError> {
    let others = number(
        db,
        "SELECT COUNT(DISTINCT voice) FROM anonymous_answers \
         WHERE organisation = ? AND assignment = ? AND voice <> ?",
        &[organisation.into(), asked.id.into(), voice.into()],
    )?;
    let free = match asked.entry.respondents {
        Respondents::Anonymous { seats } => others < i64::from(seats),
        Respondents::Named(_) => false,
    };
    if free { Ok(()) } else { Err(RecordsError::NoSeat { assignment: asked.id }) }
}

fn given(
    db: &mut dyn Database,
    table: &'static Table,
    condition: &'static str,
    values: &[Value],
) -> Result<Vec<Given>, RecordsError> {
    let question = format!(
        "SELECT {} FROM {} WHERE organisation = ? AND {condition} ORDER BY id",
        table.names(),
        table.name
    );
    let anonymous = table.name == ANONYMOUS_ANSWERS.name;
    let rows = db.rows(&question, values)?;
    rows.into_iter().map(|row| Given::read(table.name, row, anonymous)).collect()
}
