//! Errors sorted by whose fault they are; that decides the exit code.

use std::fmt;

/// Why a use case stopped. Nothing half-written stays behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppError {
    /// The data or the content has faults: one sentence each, all of them.
    Data(Vec<String>),
    /// The installation is not as it should be, and nothing that was asked changes that: one
    /// sentence for whoever keeps it.
    Broken(String),
    /// The request itself was wrong.
    Use(String),
    /// Nobody gave this person the role for it.
    Refused(String),
    /// What was asked for is not there.
    Absent(String),
}

impl AppError {
    /// One fault of the data.
    pub fn data(sentence: impl Into<String>) -> Self {
        Self::Data(vec![sentence.into()])
    }

    /// A name that is not known, with the nearest known name as a hint, which may be empty.
    pub fn unknown(what: &str, name: &str, hint: &str) -> Self {
        let more = if hint.is_empty() { String::new() } else { format!("; {hint}") };
        Self::Use(format!("{what} `{name}`{more}"))
    }

    /// The exit code: 1 for data, content and a broken installation, 2 for wrong use, 3 where it is not allowed.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Data(_) | Self::Broken(_) => 1,
            Self::Use(_) | Self::Absent(_) => 2,
            Self::Refused(_) => 3,
        }
    }

    /// All sentences.
    pub fn sentences(&self) -> Vec<&str> {
        match self {
            Self::Data(all) => all.iter().map(String::as_str).collect(),
            Self::Broken(one)
            | Self::Use(one)
            | Self::Refused(one)
            | Self::Absent(one) => vec![one.as_str()],
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentences().join("\n"))
    }
}

impl std::error::Error for AppError {}

impl From<catalogue::Faults> for AppError {
    fn from(faults: catalogue::Faults) -> Self {
        Self::Data(faults.0.iter().map(ToString::to_string).collect())
    }
}

impl From<store::StoreError> for AppError {
    fn from(error: store::StoreError) -> Self {
        Self::data(error.to_string())
    }
}

impl From<store::WriteError> for AppError {
    fn from(error: store::WriteError) -> Self {
        Self::data(error.to_string())
    }
}

impl From<store::KeepError> for AppError {
    fn from(error: store::KeepError) -> Self {
        Self::data(error.to_string())
    }
}

impl From<store::KeyError> for AppError {
    fn from(error: store::KeyError) -> Self {
        Self::data(error.to_string())
    }
}

impl From<records::RecordsError> for AppError {
    fn from(error: records::RecordsError) -> Self {
        use records::RecordsError as E;
        let sentence = error.to_string();
        match error {
            E::Refused { .. } => Self::Refused(sentence),
            E::Absent { .. } => Self::Absent(sentence),
            E::Invalid { .. }
            | E::NotOpen { .. }
            | E::Withdrawn { .. }
            | E::NoSeat { .. }
            | E::NotEmpty { .. } => Self::Use(sentence),
            E::Damaged { .. }
            | E::Broken { .. }
            | E::Newer { .. }
            | E::Database(_)
            | E::Unknown(_) => Self::Broken(sentence),
            E::Archive { .. } | E::File { .. } => Self::data(sentence),
        }
    }
}
