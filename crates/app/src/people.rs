//! What people do: organisations, rounds and answers, pictures, measures and decisions.
//!
//! Everything is kept in the records, which ask the table of access for each act and write it
//! into the log.

mod answering;
mod asked;
mod desk;
mod judging;
mod keeping;
mod measures;
mod meeting;
mod names;
mod organisations;
mod own_rules;
mod planning;
mod rounds;
mod sheet;
mod waiting;
mod weighed;

pub use answering::{Accepted, GuardWarning, answer, answer_by_link, import_answers};
pub use asked::{Asked, asked, follows};
pub use desk::{Desk, Registry, Session};
pub use judging::{look, triage, triages};
pub use keeping::{backup, export, import, log, restore, verify};
pub use measures::{Taken, decide, decisions, measure, measures, move_measure, take_up};
pub use meeting::{Spread, agree, spread, tally};
pub use names::{
    AskedName, NameState, USUAL_HOURS, ask_name, asked_name, asked_names, judge_name,
    see_name,
};
pub use organisations::{
    Standing, attractiveness, begin, found, found_beside, grant, standing, which,
};
pub use own_rules::{OwnRule, own_rules};
pub use planning::{
    Capacity, PlanQuestion, adopt, advise, effects, keep_plan, plan, plan_question,
    plans, progress_list,
};
pub use rounds::{
    Place, Progress, add_round, assign, hand_over, last_round, make_link, progress,
    read_assignments, rounds, set_status,
};
pub use sheet::{Line, Sheet, own_sheets, questionnaire, sheet, sheet_by_link};
pub use waiting::{Waiting, waiting};
pub(crate) use weighed::newest_picture;
pub use weighed::{
    KeptPicture, LastPicture, RoundPicture, ShownByProcess, keep_picture, kept_before,
    kept_pictures, last_picture, picture_of_round, size,
};

pub use records::{
    AgreedAnswer, Answer, Assignment, Decision, Evidence, Given, Grant, Kept, Linked,
    LogEntry, Measure, MeasureState, MeasureStatus, Membership, NameRequest, NameVerdict,
    Organisation, OrganisationKind, Picture, Plan, ProcessInScope, Respondents, Round,
    RoundState, RoundStatus, RoundTerm, Said, Setting, Side, SizeClass, Tally, Track,
    Triage, Verdict, Verified, When, Withdrawal, latest,
};
