//! The tables with their columns, in the order in which an archive holds them: a row refers
//! only to rows of its own or earlier tables. A test compares this list with what the
//! migrations make.

use crate::database::Value;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Int,
    Text,
    MaybeInt,
    MaybeText,
}

impl Holds {
    /// Whether a value may stand in the column.
    pub(crate) fn fits(self, value: &Value) -> bool {
        match value {
            Value::Absent => matches!(self, Self::MaybeInt | Self::MaybeText),
            Value::Int(_) => matches!(self, Self::Int | Self::MaybeInt),
            Value::Text(_) => matches!(self, Self::Text | Self::MaybeText),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// What one row is called in messages.
    pub(crate) singular: &'static str,
    /// The migration that made it; an older archive does not hold it.
    pub(crate) since: i64,
    pub(crate) columns: &'static [(&'static str, Holds)],
}

/// How many columns the log had before the third migration.
const AUDIT_BEFORE: usize = 13;

impl Table {
    /// Its columns in an archive of some version of the tables.
    pub(crate) fn columns_in(&self, version: i64) -> &'static [(&'static str, Holds)] {
        if self.name == AUDIT.name && version < 3 {
            return self.columns.get(..AUDIT_BEFORE).unwrap_or(self.columns);
        }
        self.columns
    }

    /// The names of the columns, for a statement.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

macro_rules! tables {
    ($($constant:ident $name:literal $singular:literal since $since:literal: $($column:ident $holds:ident),+;)+) => {
        $(pub(crate) static $constant: Table = Table {
            name: $name,
            singular: $singular,
            since: $since,
            columns: &[$((stringify!($column), Holds::$holds)),+],
        };)+

        /// All of them.
        pub(crate) static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

tables! {
    ORGANISATIONS "organisations" "organisation" since 1:
        id Text, recorded_at Int, recorded_by Text;
    ORGANISATION_VERSIONS "organisation_versions" "organisation" since 1:
        id Int, organisation Text, title Text, kind Text, size_class MaybeText,
        valid_from Text, valid_to MaybeText, successor MaybeText, recorded_at Int,
        recorded_by Text;
    MEMBERSHIPS "memberships" "membership" since 1:
        id Int, organisation Text, region Text, valid_from Text, valid_to MaybeText,
        recorded_at Int, recorded_by Text;
    SCOPES "scopes" "process in scope" since 1:
        id Int, organisation Text, process Text, in_scope Int, reason Text, recorded_at Int,
        recorded_by Text;
    SETTINGS "settings" "setting" since 1:
        id Int, organisation Text, name Text, setting Text, recorded_at Int, recorded_by Text;
    ROUNDS "rounds" "round" since 1:
        id Int, organisation Text, title Text, held_on Text, track Text, profile Text,
        recorded_at Int, recorded_by Text;
    ROUND_STATES "round_states" "state of a round" since 1:
        id Int, organisation Text, round Int, status Text, recorded_at Int, recorded_by Text;
    ASSIGNMENTS "assignments" "assignment" since 1:
        id Int, organisation Text, round Int, process Text, part Text, side Text,
        respondent MaybeText, seats Int, recorded_at Int, recorded_by Text;
    ANSWERS "answers" "answer" since 1:
        id Int, organisation Text, round Int, assignment Int, question Text, kind Text,
        level MaybeInt, reason MaybeText, explanation MaybeText, evidence_link MaybeText,
        evidence_date MaybeText, evidence_valid_to MaybeText, recorded_at Int;
    ANONYMOUS_ANSWERS "anonymous_answers" "anonymous answer" since 1:
        id Int, organisation Text, round Int, assignment Int, voice Text, question Text,
        kind Text, level MaybeInt, reason MaybeText, explanation MaybeText,
        evidence_link MaybeText, evidence_date MaybeText, evidence_valid_to MaybeText,
        recorded_on Text;
    AGREED_ANSWERS "agreed_answers" "agreed answer" since 1:
        id Int, organisation Text, round Int, process Text, question Text, kind Text,
        level MaybeInt, reason MaybeText, agreed_because Text, recorded_at Int,
        recorded_by Text;
    PICTURES "pictures" "picture" since 1:
        id Int, organisation Text, round MaybeInt, process MaybeText, form Text,
        form_version Int, body Text, recorded_at Int, recorded_by Text;
    PLANS "plans" "plan" since 1:
        id Int, organisation Text, picture MaybeInt, title Text, form Text, form_version Int,
        body Text, recorded_at Int, recorded_by Text;
    MEASURES "measures" "measure" since 1:
        id Int, organisation Text, plan MaybeInt, code Text, process MaybeText,
        recurring_months MaybeInt, recorded_at Int, recorded_by Text;
    MEASURE_STATES "measure_states" "state of a measure" since 1:
        id Int, organisation Text, measure Int, status Text, owner_role Text,
        starts_on MaybeText, due_on MaybeText, note Text, recorded_at Int, recorded_by Text;
    DECISIONS "decisions" "decision" since 1:
        id Int, organisation Text, round MaybeInt, picture MaybeInt, plan MaybeInt, body Text,
        decided_on Text, wording Text, recorded_at Int, recorded_by Text;
    GRANTS "grants" "grant" since 2:
        id Int, organisation Text, person Text, role Text, granted Int, recorded_at Int,
        recorded_by Text;
    ROUND_TERMS "round_terms" "term of a round" since 2:
        id Int, organisation Text, round Int, closes_on MaybeText, recorded_at Int,
        recorded_by Text;
    WITHDRAWALS "withdrawals" "withdrawal" since 2:
        id Int, organisation Text, assignment Int, successor MaybeInt, reason Text,
        recorded_at Int, recorded_by Text;
    LINKS "links" "link" since 2:
        id Int, organisation Text, assignment Int, hash Text, valid_to Text, recorded_at Int,
        recorded_by Text;
    TALLIES "tallies" "tally" since 2:
        id Int, organisation Text, round Int, process Text, question Text, level_0 Int,
        level_1 Int, level_2 Int, level_3 Int, not_applicable Int, unknown Int,
        recorded_at Int, recorded_by Text;
    TRIAGES "triages" "triage of a finding" since 3:
        id Int, organisation Text, process Text, finding Text, verdict Text, reason Text,
        recorded_at Int, recorded_by Text;
    LOOKS "looks" "look at evidence" since 3:
        id Int, organisation Text, process Text, subject Text, recorded_at Int,
        recorded_by Text;
    NAME_REQUESTS "name_requests" "request for a name" since 4:
        id Int, organisation Text, process Text, finding Text, snapshot Text, pseudonym Text,
        reason Text, recorded_at Int, recorded_by Text;
    NAME_VERDICTS "name_verdicts" "verdict on a request for a name" since 4:
        id Int, organisation Text, request Int, granted Int, hours Int, reason Text,
        recorded_at Int, recorded_by Text;
    NAME_LOOKS "name_looks" "look at a name" since 4:
        id Int, organisation Text, request Int, recorded_at Int, recorded_by Text;
    AUDIT "audit" "entry of the log" since 1:
        organisation Text, chain Text, seq Int, recorded_at Int, who Text, what Text,
        resource Text, row_table MaybeText, row_id MaybeInt, row_digest MaybeText,
        outcome Text, previous Text, hash Text, origin MaybeText, trace MaybeText;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database as _;
    use crate::sqlite::Sqlite;

    #[test]
    fn the_list_is_what_the_migrations_make() {
        let mut db = Sqlite::in_memory().unwrap();
        crate::migrate::migrate(&mut db, jiff::Timestamp::UNIX_EPOCH).unwrap();
        for table in TABLES {
            let question = "SELECT name, type, \"notnull\" FROM pragma_table_info(?)";
            let found = db.rows(question, &[table.name.into()]).unwrap();
            let listed = table.columns.iter().map(|(name, holds)| {
                let (kind, required) = match holds {
                    Holds::Int => ("INTEGER", 1),
                    Holds::Text => ("TEXT", 1),
                    Holds::MaybeInt => ("INTEGER", 0),
                    Holds::MaybeText => ("TEXT", 0),
                };
                vec![(*name).into(), kind.into(), Value::Int(required)]
            });
            assert_eq!(found, listed.collect::<Vec<_>>(), "{}", table.name);
        }
        let made = db
            .rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                &[],
            )
            .unwrap();
        // and the one that tells which migrations were applied
        assert_eq!(made.len(), TABLES.len() + 1);
    }
}
