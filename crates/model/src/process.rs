//! The eight processes the method starts from, and three that other instruments add.

use std::fmt;
use std::str::FromStr;

/// A kind of work of the office. The order is the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Process {
    /// FIN: financial transactions.
    Payments,
    /// INK: tendering and procurement.
    Procurement,
    /// SUB: subsidies.
    Subsidies,
    /// REI: travel documents.
    TravelDocuments,
    /// VER: permits and exemptions.
    Permits,
    /// INF: personal data and strategic information.
    Information,
    /// BRP: the persons register.
    PersonsRegister,
    /// THH: supervision and enforcement.
    Enforcement,
    /// GRO: land and property.
    LandAndProperty,
    /// BES: decision-making of college and council.
    DecisionMaking,
    /// WER: recruiting and hiring.
    Hiring,
}

impl Process {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Payments,
        Self::Procurement,
        Self::Subsidies,
        Self::TravelDocuments,
        Self::Permits,
        Self::Information,
        Self::PersonsRegister,
        Self::Enforcement,
        Self::LandAndProperty,
        Self::DecisionMaking,
        Self::Hiring,
    ];

    /// The name in commands and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Payments => "payments",
            Self::Procurement => "procurement",
            Self::Subsidies => "subsidies",
            Self::TravelDocuments => "travel-documents",
            Self::Permits => "permits",
            Self::Information => "information",
            Self::PersonsRegister => "persons-register",
            Self::Enforcement => "enforcement",
            Self::LandAndProperty => "land-and-property",
            Self::DecisionMaking => "decision-making",
            Self::Hiring => "hiring",
        }
    }

    /// The three letters with which the codes of its rules begin.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Payments => "FIN",
            Self::Procurement => "INK",
            Self::Subsidies => "SUB",
            Self::TravelDocuments => "REI",
            Self::Permits => "VER",
            Self::Information => "INF",
            Self::PersonsRegister => "BRP",
            Self::Enforcement => "THH",
            Self::LandAndProperty => "GRO",
            Self::DecisionMaking => "BES",
            Self::Hiring => "WER",
        }
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names none of the processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownProcess {
    /// What was written.
    pub text: String,
}

impl fmt::Display for UnknownProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<_> = Process::ALL.iter().map(|p| p.code()).collect();
        write!(f, "`{}` is not a process; choose one of {}", self.text, all.join(", "))
    }
}

impl std::error::Error for UnknownProcess {}

impl FromStr for Process {
    type Err = UnknownProcess;

    fn from_str(text: &str) -> Result<Self, UnknownProcess> {
        Self::ALL
            .into_iter()
            .find(|p| p.code() == text)
            .ok_or_else(|| UnknownProcess { text: text.to_owned() })
    }
}
