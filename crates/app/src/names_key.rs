//! Where the half of the key comes from that opens names. It is fetched at the moment a name is
//! opened and kept nowhere.

use crate::{AppError, Installation};
use jiff::Timestamp;
use records::NameRequest;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the half of the key comes from that opens names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NamesKey {
    /// Nowhere: no name can be opened here.
    #[default]
    Absent,
    /// A file, which may be on a disk that is put in for the occasion.
    File(PathBuf),
    /// What a program prints, such as that of a vault: the program and its arguments.
    Command(Vec<String>),
}

impl NamesKey {
    /// The key, as a text. What goes wrong is told without a word of it.
    fn fetch(&self) -> Result<String, AppError> {
        match self {
            Self::Absent => Err(AppError::Use(
                "names cannot be opened here: this server has no key for them \
                 (`serve --names-key` or `--names-command`)"
                    .to_owned(),
            )),
            Self::File(path) => std::fs::read_to_string(path).map_err(|error| {
                AppError::Use(format!(
                    "the key for names cannot be read from `{}` ({error}); put it there",
                    path.display()
                ))
            }),
            Self::Command(words) => said_by(words),
        }
    }
}

/// What a program prints.
fn said_by(words: &[String]) -> Result<String, AppError> {
    let fault = |why: String| {
        AppError::Use(format!("the program that gives the key for names {why}"))
    };
    let (program, arguments) =
        words.split_first().ok_or_else(|| fault("was not named".to_owned()))?;
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| fault(format!("cannot be run ({error})")))?;
    if !output.status.success() {
        return Err(fault(format!("ended with {}", output.status)));
    }
    String::from_utf8(output.stdout)
        .map_err(|_bytes| fault("printed something that is no text".to_owned()))
}

impl Installation {
    /// Who stands behind the pseudonym of a request. Waits for a disk or a program.
    pub fn open_name(
        &self,
        organisation: &str,
        request: &NameRequest,
        key: &NamesKey,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let office = self.office(organisation, now)?;
        if !office.store.has_sealed_names(&request.snapshot) {
            let none = store::SealError::NotSealed { snapshot: request.snapshot.clone() };
            return Err(AppError::Use(none.to_string()));
        }
        let secret = key.fetch()?;
        let found = office
            .store
            .unseal(&request.snapshot, &request.pseudonym, &secret)
            .map_err(|error| AppError::Use(error.to_string()))?;
        found.ok_or_else(|| {
            AppError::Use(format!(
                "`{}` does not occur in `{}`",
                request.pseudonym, request.snapshot
            ))
        })
    }
}
