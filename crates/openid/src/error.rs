//! Why somebody could not come in by way of the provider. None of this is for the person at the
//! screen: it goes to whoever keeps the installation.

use std::fmt;

/// Why it failed, by whose doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenIdError {
    /// The provider cannot be reached or answers something else than it should: what was
    /// asked, and what came.
    Provider {
        /// What was asked of it.
        asked: &'static str,
        /// What came.
        came: String,
    },
    /// The provider refused the client or the code: its error, as RFC 6749 names it.
    Denied(String),
    /// The word of the provider does not hold: what is wrong with it.
    Refused(&'static str),
    /// Something on this side: a key that cannot sign, no bytes by chance.
    Here(String),
}

impl OpenIdError {
    pub(crate) fn provider(asked: &'static str, came: impl fmt::Display) -> Self {
        Self::Provider { asked, came: came.to_string() }
    }
}

impl fmt::Display for OpenIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provider { asked, came } => {
                write!(
                    f,
                    "the provider was asked for {asked} and gave something else: {came}"
                )
            }
            Self::Denied(error) => {
                write!(
                    f,
                    "the provider refused ({error}); check the client, its key or secret, and its address"
                )
            }
            Self::Refused(what) => {
                write!(f, "the word of the provider does not hold: {what}")
            }
            Self::Here(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for OpenIdError {}
