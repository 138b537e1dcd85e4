//! The table itself. An action that has no line here is refused to everybody.

use crate::words::Role::{
    Administrator, Auditor, Controller, Coordinator, IntegrityOfficer, ProcessOwner,
    Reader, RegionAnalyst, Respondent,
};
use crate::{Action, Resource, Role, Verb};
use std::fmt::Write as _;

/// One action and the roles that may do it.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The action.
    pub action: Action,
    /// Who may do it.
    pub roles: &'static [Role],
}

const fn line(resource: Resource, verb: Verb, roles: &'static [Role]) -> Line {
    Line { action: Action::new(verb, resource), roles }
}

/// Everybody who works inside the organisation.
const INSIDE: &[Role] = &[
    Administrator,
    Coordinator,
    ProcessOwner,
    Respondent,
    Reader,
    Controller,
    IntegrityOfficer,
    Auditor,
];

/// Whoever reads results.
const RESULTS: &[Role] =
    &[Coordinator, ProcessOwner, Reader, Controller, IntegrityOfficer, Auditor];

/// Whoever may have numbers; the region analyst has nothing but these.
const COUNTS: &[Role] = &[
    Coordinator,
    ProcessOwner,
    Reader,
    Controller,
    IntegrityOfficer,
    RegionAnalyst,
    Auditor,
];

/// All actions that exist, by resource.
pub const MATRIX: &[Line] = &[
    line(Resource::Organisation, Verb::Read, INSIDE),
    line(Resource::Organisation, Verb::Numbers, COUNTS),
    line(Resource::Organisation, Verb::Add, &[Administrator]),
    line(Resource::Organisation, Verb::Change, &[Administrator]),
    line(
        Resource::Grant,
        Verb::Read,
        &[Administrator, Coordinator, IntegrityOfficer, Auditor],
    ),
    line(Resource::Grant, Verb::Change, &[Administrator]),
    line(Resource::Round, Verb::Read, INSIDE),
    line(Resource::Round, Verb::Add, &[Coordinator]),
    line(Resource::Round, Verb::Change, &[Coordinator]),
    line(Resource::Assignment, Verb::Read, &[Coordinator, Controller, Auditor]),
    line(
        Resource::Assignment,
        Verb::ReadOwn,
        &[Coordinator, ProcessOwner, Respondent, Controller, IntegrityOfficer],
    ),
    line(Resource::Assignment, Verb::Add, &[Coordinator]),
    line(Resource::Assignment, Verb::Change, &[Coordinator]),
    line(Resource::Answer, Verb::Read, &[Coordinator, Controller, Auditor]),
    line(Resource::Answer, Verb::ReadOwn, &[Respondent]),
    line(Resource::Answer, Verb::Numbers, COUNTS),
    line(Resource::Answer, Verb::Add, &[Respondent]),
    line(Resource::AgreedAnswer, Verb::Read, RESULTS),
    line(Resource::AgreedAnswer, Verb::Add, &[Coordinator]),
    line(Resource::Picture, Verb::Read, RESULTS),
    line(Resource::Picture, Verb::Numbers, COUNTS),
    line(Resource::Picture, Verb::Add, &[Coordinator, Controller]),
    line(Resource::Plan, Verb::Read, RESULTS),
    line(Resource::Plan, Verb::Numbers, COUNTS),
    line(Resource::Plan, Verb::Add, &[Coordinator]),
    line(Resource::Measure, Verb::Read, RESULTS),
    line(Resource::Measure, Verb::Numbers, COUNTS),
    line(Resource::Measure, Verb::Add, &[Coordinator]),
    line(Resource::Measure, Verb::Change, &[Coordinator, ProcessOwner]),
    line(Resource::Decision, Verb::Read, RESULTS),
    line(Resource::Decision, Verb::Add, &[Coordinator]),
    line(Resource::Finding, Verb::Read, RESULTS),
    line(Resource::Finding, Verb::Change, &[Coordinator, ProcessOwner, Controller]),
    line(Resource::Evidence, Verb::Read, &[Controller, IntegrityOfficer, Auditor]),
    line(
        Resource::Source,
        Verb::Read,
        &[
            Administrator,
            Coordinator,
            ProcessOwner,
            Controller,
            IntegrityOfficer,
            Auditor,
        ],
    ),
    line(Resource::Source, Verb::Add, &[Administrator, Controller]),
    line(Resource::Source, Verb::Remove, &[Administrator, Controller]),
    line(Resource::Pseudonym, Verb::Read, &[Controller, IntegrityOfficer, Auditor]),
    line(Resource::Pseudonym, Verb::Ask, &[Controller]),
    line(Resource::Pseudonym, Verb::Unlock, &[IntegrityOfficer]),
    line(Resource::Log, Verb::Read, &[IntegrityOfficer, Auditor]),
    line(Resource::Log, Verb::Verify, &[Administrator, IntegrityOfficer, Auditor]),
    line(Resource::Settings, Verb::Read, &[Administrator, Coordinator, Auditor]),
    line(Resource::Settings, Verb::Change, &[Administrator, Coordinator]),
    line(Resource::Archive, Verb::Export, &[Administrator]),
    line(Resource::Archive, Verb::Restore, &[Administrator]),
];

/// The matrix as text: one line an action, one column a role, `x` where the role may.
pub fn table() -> String {
    let mut text = format!("{:<24}", "");
    for role in Role::ALL {
        // writing to a string cannot fail
        write!(text, "  {role}").unwrap_or_default();
    }
    text.push('\n');
    for line in MATRIX {
        let mut row =
            format!("{:<14}{:<10}", line.action.resource.code(), line.action.verb.code());
        for role in Role::ALL {
            let mark = if line.roles.contains(role) { "x" } else { "." };
            let width = role.code().len();
            write!(row, "  {mark:<width$}").unwrap_or_default();
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
