//! Who stands behind a pseudonym, sealed for a key that is not here.
//!
//! Names are in no snapshot. Where a key for names was set, each log that is read leaves a list of
//! its pseudonyms with their names, encrypted in the format of [age](https://age-encryption.org/v1)
//! for an X25519 key of which only the public half lies in the data folder. Who has the other half
//! can open the list; the data folder alone cannot, whoever gets hold of it. Where no key was set,
//! no list is made and nobody ever finds the names.

use crate::Store;
use crate::error::{FileFault, at};
use crate::store::make_private;
use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The public half of the key for names, in the data folder.
const RECIPIENT_FILE: &str = "names.recipient";

/// Where the sealed lists lie.
const FOLDER: &str = "sealed";

/// Pseudonyms with their names.
pub(crate) type Names = BTreeMap<String, String>;

/// Why names cannot be sealed or opened.
#[derive(Debug)]
pub enum SealError {
    /// A file.
    File(FileFault),
    /// What was given as a public key is none.
    Recipient(String),
    /// What was given as a secret key is none.
    Identity,
    /// The names of this snapshot were not sealed: it was read before a key was set.
    NotSealed {
        /// The snapshot.
        snapshot: String,
    },
    /// The names were sealed for another key, or the file was damaged.
    Closed {
        /// The file.
        path: PathBuf,
        /// What is the matter.
        why: String,
    },
}

impl From<FileFault> for SealError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(fault) => fault.fmt(f),
            Self::Recipient(text) => write!(
                f,
                "`{text}` is no public key for names; it begins with `age1` and is made by \
                 `dijkwacht unlock key`"
            ),
            Self::Identity => f.write_str(
                "the secret key for names cannot be read; it is a line that begins with \
                 `AGE-SECRET-KEY-1`",
            ),
            Self::NotSealed { snapshot } => write!(
                f,
                "the names of `{snapshot}` were not sealed, because it was read before there was \
                 a key for names; read the log again"
            ),
            Self::Closed { path, why } => write!(
                f,
                "the names in `{}` cannot be opened with this key ({why})",
                path.display()
            ),
        }
    }
}

impl std::error::Error for SealError {}

/// Both halves of a new key for names.
pub struct NameKey {
    /// The half that opens, one line; to be kept elsewhere.
    pub secret: String,
    /// The half that seals, one line.
    pub recipient: String,
}

impl fmt::Debug for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NameKey")
            .field("recipient", &self.recipient)
            .finish_non_exhaustive()
    }
}

impl NameKey {
    /// A new key, by chance.
    pub fn make() -> Self {
        let identity = Identity::generate();
        Self {
            secret: identity.to_string().expose_secret().to_owned(),
            recipient: identity.to_public().to_string(),
        }
    }
}

fn recipient_of(text: &str) -> Result<Recipient, SealError> {
    text.trim().parse().map_err(|_why| SealError::Recipient(text.trim().to_owned()))
}

/// The secret key in a text, which may have lines of explanation that begin with `#`.
fn identity_of(text: &str) -> Result<Identity, SealError> {
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    line.and_then(|line| line.parse().ok()).ok_or(SealError::Identity)
}

/// The public half of the key of a data folder; `None` where none was set.
pub(crate) fn recipient(dir: &Path) -> Result<Option<Recipient>, SealError> {
    let path = dir.join(RECIPIENT_FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => recipient_of(&text).map(Some),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(FileFault::new("read", &path, cause).into()),
    }
}

pub(crate) fn place(dir: &Path, snapshot: &str) -> PathBuf {
    dir.join(FOLDER).join(format!("{snapshot}.age"))
}

/// Writes the names of a snapshot, sealed. A list that is there already gets what is new to it
/// only by being replaced, for it cannot be read here.
pub(crate) fn seal(
    dir: &Path,
    snapshot: &str,
    recipient: &Recipient,
    names: &Names,
) -> Result<(), SealError> {
    let (folder, path) = (dir.join(FOLDER), place(dir, snapshot));
    make_private(&folder).map_err(at::<SealError>("make", &folder))?;
    let mut file = tempfile::NamedTempFile::new_in(&folder)
        .map_err(at::<SealError>("make", &path))?;
    let mut sealed = || -> io::Result<()> {
        let recipients = std::iter::once(recipient as &dyn age::Recipient);
        let encryptor =
            age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let mut writer = encryptor.wrap_output(file.as_file_mut())?;
        writer.write_all(&serde_json::to_vec(names)?)?;
        writer.finish()?.sync_all()
    };
    sealed().map_err(at::<SealError>("write", &path))?;
    file.persist(&path).map_err(|error| FileFault::new("make", &path, error.error))?;
    Ok(())
}

impl Store {
    /// From now on the names of each log that is read are sealed for this key (`age1…`).
    pub fn seal_names_for(&self, recipient: &str) -> Result<(), SealError> {
        let recipient = recipient_of(recipient)?;
        let (dir, path) = (self.dir(), self.dir().join(RECIPIENT_FILE));
        make_private(dir).map_err(at::<SealError>("make", dir))?;
        let mut file = tempfile::NamedTempFile::new_in(dir)
            .map_err(at::<SealError>("make", &path))?;
        writeln!(file, "{recipient}").map_err(at::<SealError>("write", &path))?;
        file.as_file().sync_all().map_err(at::<SealError>("write", &path))?;
        file.persist(&path)
            .map_err(|error| FileFault::new("make", &path, error.error))?;
        Ok(())
    }

    /// The key for which names are sealed; `None` where none was set.
    pub fn names_key(&self) -> Result<Option<String>, SealError> {
        Ok(recipient(self.dir())?.map(|recipient| recipient.to_string()))
    }

    /// Whether the names of a snapshot were sealed.
    pub fn has_sealed_names(&self, snapshot: &str) -> bool {
        place(self.dir(), snapshot).is_file()
    }

    /// Who stands behind a pseudonym of a snapshot; `None` where it does not occur there.
    /// `secret` is the other half of the key, as a text.
    pub fn unseal(
        &self,
        snapshot: &str,
        pseudonym: &str,
        secret: &str,
    ) -> Result<Option<String>, SealError> {
        let identity = identity_of(secret)?;
        let path = place(self.dir(), snapshot);
        let file = match std::fs::File::open(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                return Err(SealError::NotSealed { snapshot: snapshot.to_owned() });
            }
            Err(cause) => return Err(FileFault::new("read", &path, cause).into()),
        };
        let closed = |why: String| SealError::Closed { path: path.clone(), why };
        let decryptor = age::Decryptor::new_buffered(io::BufReader::new(file))
            .map_err(|error| closed(error.to_string()))?;
        let identities = std::iter::once(&identity as &dyn age::Identity);
        let mut reader =
            decryptor.decrypt(identities).map_err(|error| closed(error.to_string()))?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| closed(error.to_string()))?;
        let mut names: Names =
            serde_json::from_slice(&bytes).map_err(|error| closed(error.to_string()))?;
        Ok(names.remove(pseudonym))
    }
}
