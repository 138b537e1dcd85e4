//! The words of the table: roles with their Dutch titles, resources and verbs.

use std::fmt;
use std::str::FromStr;

/// A word of one of the three kinds that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was expected: `role`, `resource` or `verb`.
    pub kind: &'static str,
    /// What was given.
    pub given: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {} `{}`", self.kind, self.given)
    }
}

impl std::error::Error for UnknownWord {}

/// Makes an enum of words with `ALL`, `code`, `Display` and `FromStr`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident, $kind:literal: $($(#[$doc:meta])* $item:ident = $code:literal),+ $(,)?) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $item,)+
        }

        impl $name {
            /// All, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$item,)+];

            /// The word in files, records and commands.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$item => $code,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(given: &str) -> Result<Self, UnknownWord> {
                let found = Self::ALL.iter().find(|word| word.code() == given);
                found.copied().ok_or_else(|| UnknownWord { kind: $kind, given: given.to_owned() })
            }
        }
    };
}

words! {
    /// What somebody is in an organisation or a region.
    Role, "role":
    /// Keeps the installation: organisations, settings, archives. Reads no answers.
    Administrator = "beheerder",
    /// Leads the rounds, the plan and what is decided.
    Coordinator = "coordinator",
    /// Is responsible for a process and for measures in it.
    ProcessOwner = "process-owner",
    /// Answers what was assigned, and sees their own answers.
    Respondent = "respondent",
    /// Reads results.
    Reader = "reader",
    /// Tests whether controls hold.
    Controller = "controller",
    /// Guards integrity: pseudonyms, the log.
    IntegrityOfficer = "integrity-officer",
    /// Compares numbers of a region.
    RegionAnalyst = "region-analyst",
    /// Checks afterwards; reads widely and changes nothing.
    Auditor = "auditor",
}

impl Role {
    /// The title on Dutch screens.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Administrator => "beheerder",
            Self::Coordinator => "coördinator",
            Self::ProcessOwner => "proceseigenaar",
            Self::Respondent => "invuller",
            Self::Reader => "lezer",
            Self::Controller => "concerncontroller",
            Self::IntegrityOfficer => "integriteitsfunctionaris",
            Self::RegionAnalyst => "regio-analist",
            Self::Auditor => "auditor",
        }
    }
}

words! {
    /// What an action is done to.
    Resource, "resource":
    /// An organisation: name, kind, size, regions.
    Organisation = "organisation",
    /// Who holds which role.
    Grant = "grant",
    /// One self-scan of an organisation.
    Round = "round",
    /// Who is asked about which process.
    Assignment = "assignment",
    /// What one respondent said.
    Answer = "answer",
    /// What was agreed in the meeting.
    AgreedAnswer = "agreed-answer",
    /// The computed view of a process.
    Picture = "picture",
    /// Measures chosen.
    Plan = "plan",
    /// A measure in progress.
    Measure = "measure",
    /// What a body decided.
    Decision = "decision",
    /// What was found in a log, and what was said of it.
    Finding = "finding",
    /// Rows of a log behind a finding, and documents behind an answer.
    Evidence = "evidence",
    /// A log of a process as it was brought, with the binding that says what is what in it.
    Source = "source",
    /// The person behind a pseudonym.
    Pseudonym = "pseudonym",
    /// The log of who did what.
    Log = "log",
    /// Settings, and which processes are in scope.
    Settings = "settings",
    /// Everything, as one file.
    Archive = "archive",
}

words! {
    /// What is done.
    Verb, "verb":
    /// Read it.
    Read = "read",
    /// Read what is one's own.
    ReadOwn = "read-own",
    /// Read counts and sums without text or names.
    Numbers = "numbers",
    /// Add one.
    Add = "add",
    /// Change how it stands; what was there before stays.
    Change = "change",
    /// Throw it away; what was decided from it stays.
    Remove = "remove",
    /// Ask for it to be unlocked.
    Ask = "ask",
    /// Unlock it after another person asked.
    Unlock = "unlock",
    /// Check that nothing was changed behind the back.
    Verify = "verify",
    /// Write it to a file.
    Export = "export",
    /// Bring it back from a file.
    Restore = "restore",
}

/// A verb and what it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// To what.
    pub resource: Resource,
    /// What is done.
    pub verb: Verb,
}

impl Action {
    /// An action.
    pub const fn new(verb: Verb, resource: Resource) -> Self {
        Self { resource, verb }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)
    }
}
