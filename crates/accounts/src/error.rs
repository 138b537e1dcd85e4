//! Why accounts could not do what was asked. A wrong password is none of these: see
//! [`crate::SignInError`].

use crate::PasswordFault;
use std::fmt;

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountsError {
    /// The file or the source of chance did not do its work: what was tried, and why not.
    Broken {
        /// What was tried, such as `open accounts.sqlite`.
        doing: &'static str,
        /// What the layer below says.
        cause: String,
    },
    /// The name of a person cannot be used: empty, too long, or with blanks in it.
    Name(String),
    /// The name shown to others is empty or too long.
    Display(String),
    /// There is already somebody of this name.
    Taken(String),
    /// There is nobody of this name.
    Unknown(String),
    /// The password does not follow the rule.
    Password(PasswordFault),
    /// The password given to confirm a change is not that of the person.
    WrongPassword,
    /// Too many passwords were given to confirm a change: the next one is looked at after so
    /// many seconds.
    Wait(i64),
    /// The code of an invitation is unknown, used or expired.
    Invitation,
    /// The code of the second step is not right.
    Code,
    /// A token needs a title, at least one scope and a last day that is still to come.
    Token(&'static str),
}

impl AccountsError {
    #[expect(clippy::needless_pass_by_value, reason = "an error is handed over")]
    pub(crate) fn broken(doing: &'static str, cause: impl ToString) -> Self {
        Self::Broken { doing, cause: cause.to_string() }
    }
}

impl fmt::Display for AccountsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { doing, cause } => {
                write!(f, "the accounts could not {doing}: {cause}")
            }
            Self::Name(name) => write!(
                f,
                "`{name}` cannot be the name of an account; use 1 to 100 characters without blanks"
            ),
            Self::Display(name) => {
                write!(f, "`{name}` cannot be shown as a name; use 1 to 100 characters")
            }
            Self::Taken(name) => write!(f, "there is already an account `{name}`"),
            Self::Unknown(name) => write!(f, "there is no account `{name}`"),
            Self::Password(fault) => fault.fmt(f),
            Self::Wait(seconds) => {
                write!(f, "there were too many attempts; try again in {seconds} s")
            }
            Self::WrongPassword => f.write_str("the password is not right"),
            Self::Invitation => {
                f.write_str("the code of the invitation is unknown, used or expired; ask for a new one")
            }
            Self::Code => f.write_str("the code of the second step is not right"),
            Self::Token(why) => write!(f, "this token cannot be made: {why}"),
        }
    }
}

impl std::error::Error for AccountsError {}

/// Tells what was tried when the database refuses.
pub(crate) fn broken(
    doing: &'static str,
) -> impl FnOnce(rusqlite::Error) -> AccountsError {
    move |cause| AccountsError::broken(doing, cause)
}
