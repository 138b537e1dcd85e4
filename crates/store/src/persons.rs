//! Names of people become keyed pseudonyms before anything reaches the disk.
//!
//! A pseudonym is the first 16 hexadecimal digits of HMAC-SHA-256 over the trimmed name in
//! Unicode normal form C, so the same person has the same pseudonym in all snapshots made
//! under one key. The key stays in the data folder, readable by its owner only, and is in no
//! snapshot.

use crate::error::{FileFault, KeyError, at};
use crate::intern::{Full, Interner};
use crate::rows::NARROW_NULL;
use columns::WhoKind;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The key file in the data folder.
pub(crate) const KEY_FILE: &str = "pseudonym.key";

/// The key of the pseudonyms. Has no `Debug`: it is never shown.
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    /// Reads the key of a data folder; makes it at first use.
    pub(crate) fn load_or_make(dir: &Path) -> Result<Self, KeyError> {
        let path = dir.join(KEY_FILE);
        match Self::load(&path) {
            Err(KeyError::File(fault))
                if fault.cause.kind() == io::ErrorKind::NotFound =>
            {
                Self::make(dir, &path)?;
                Self::load(&path)
            }
            other => other,
        }
    }

    fn load(path: &Path) -> Result<Self, KeyError> {
        refuse_open_key(path)?;
        let text = std::fs::read_to_string(path).map_err(at::<KeyError>("read", path))?;
        let damaged = || KeyError::Damaged { path: path.to_owned() };
        let bytes = unhex(text.trim()).ok_or_else(damaged)?;
        Hmac::new_from_slice(&bytes).map(Self).map_err(|_length| damaged())
    }

    /// Writes a new key under another name first, so that no half key is ever found; the
    /// file is made with permissions 600 and takes its place only if there is none.
    fn make(dir: &Path, path: &Path) -> Result<(), KeyError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(KeyError::Random)?;
        Self::put(dir, path, &bytes)
    }

    fn put(dir: &Path, path: &Path, bytes: &[u8; 32]) -> Result<(), KeyError> {
        let mut file =
            tempfile::NamedTempFile::new_in(dir).map_err(at::<KeyError>("make", path))?;
        writeln!(file, "{}", hex(bytes)).map_err(at::<KeyError>("write", path))?;
        file.as_file().sync_all().map_err(at::<KeyError>("write", path))?;
        match file.persist_noclobber(path) {
            Ok(_) => Ok(()),
            // another run was quicker: its key is the key
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(FileFault::new("make", path, error.error).into()),
        }
    }

    /// Which key this is: 8 digits from which the key cannot be found.
    pub(crate) fn id(&self) -> String {
        self.digits("key-id", 4)
    }

    fn digits(&self, text: &str, bytes: usize) -> String {
        let mut mac = self.0.clone();
        mac.update(text.as_bytes());
        hex(mac.finalize().into_bytes().get(..bytes).unwrap_or_default())
    }

    /// The pseudonym of a name in normal form.
    fn pseudonym(&self, name: &str, kind: WhoKind) -> String {
        let prefix = match kind {
            WhoKind::Person => "p-",
            WhoKind::Service => "svc-",
            WhoKind::Shared => "desk-",
        };
        format!("{prefix}{}", self.digits(name, 8))
    }
}

/// Gives a data folder without a key one that follows from a text, so that fiction comes out
/// the same every time.
///
/// Never for real people: who knows the text knows the key. A key that is there already
/// stays.
pub fn put_key(dir: &Path, secret: &[u8]) -> Result<(), KeyError> {
    use sha2::Digest as _;
    let bytes: [u8; 32] = Sha256::digest(secret).into();
    Key::put(dir, &dir.join(KEY_FILE), &bytes)
}

#[cfg(unix)]
fn refuse_open_key(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    let data = std::fs::metadata(path).map_err(at::<KeyError>("read", path))?;
    let mode = data.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { Err(KeyError::Open { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn refuse_open_key(path: &Path) -> Result<(), KeyError> {
    std::fs::metadata(path).map(|_data| ()).map_err(at::<KeyError>("read", path))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing into memory does not fail");
        text
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0_u8; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

/// A name as it is compared: without blanks around it and in normal form C, because the
/// same name may be written with one sign `é` or with two.
pub(crate) fn normal(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    if is_nfc_quick(name.chars()) == IsNormalized::Yes {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.nfc().collect())
    }
}

/// The pseudonyms of the names of one column.
pub(crate) struct Pseudonyms {
    /// The pseudonyms, each once.
    pub(crate) names: Interner,
    /// For each code of the column the code of its pseudonym; blank names are missing.
    pub(crate) alias: Vec<u32>,
    /// What stands behind each pseudonym.
    pub(crate) kinds: Vec<WhoKind>,
}

impl Pseudonyms {
    /// Makes the pseudonyms of all names of a column. Where two spellings of one name are
    /// classified differently, the first counts.
    pub(crate) fn of(
        column: &Interner,
        key: &Key,
        classify: &dyn Fn(&str) -> WhoKind,
    ) -> Result<Self, Full> {
        let (mut names, mut kinds) = (Interner::new(), Vec::new());
        let mut spelt = Interner::new();
        let mut alias = Vec::with_capacity(column.len());
        for raw in column.iter() {
            let name = normal(raw);
            if name.is_empty() {
                alias.push(NARROW_NULL);
                continue;
            }
            let code = spelt.intern(&name)?;
            if code as usize == kinds.len() {
                let kind = classify(raw.trim());
                kinds.push(kind);
                names.intern(&key.pseudonym(&name, kind))?;
            }
            alias.push(code);
        }
        Ok(Self { names, alias, kinds })
    }
}

/// Whether the texts of a column are names of handlers: at least three different ones, of
/// which at least half occur as handler. `handlers` are in normal form.
pub(crate) fn looks_like_persons(column: &Interner, handlers: &Interner) -> bool {
    let distinct = column.len();
    // more texts than twice the handlers cannot be half of them
    if distinct < 3 || distinct > handlers.len().saturating_mul(2) {
        return false;
    }
    let known =
        column.iter().filter(|text| handlers.find(&normal(text)).is_some()).count();
    known * 2 >= distinct
}

/// The handlers in normal form, to look other columns up in.
pub(crate) fn in_normal_form(handlers: &Interner) -> Result<Interner, Full> {
    let mut all = Interner::new();
    for name in handlers.iter() {
        let name = normal(name);
        if !name.is_empty() {
            all.intern(&name)?;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interned(texts: &[&str]) -> Interner {
        let mut all = Interner::new();
        for text in texts {
            all.intern(text).unwrap();
        }
        all
    }

    #[test]
    fn a_pseudonym_is_the_hmac_of_rfc_4231_when_key_and_text_are_those_of_its_second_case()
     {
        let key = Key(Hmac::new_from_slice(b"Jefe").unwrap());
        assert_eq!(
            key.pseudonym("what do ya want for nothing?", WhoKind::Person),
            "p-5bdcc146bf60754e"
        );
    }

    #[test]
    fn spellings_of_one_name_share_a_pseudonym_and_blank_is_missing() {
        let key = Key(Hmac::new_from_slice(&[7; 32]).unwrap());
        let column = interned(&["René", " Rene\u{301} ", "  ", "systeem"]);
        let classify = |name: &str| {
            if name == "systeem" { WhoKind::Service } else { WhoKind::Person }
        };
        let made = Pseudonyms::of(&column, &key, &classify).unwrap();
        assert_eq!(made.alias, [0, 0, NARROW_NULL, 1]);
        assert!(made.names.text(0).starts_with("p-"));
        assert!(made.names.text(1).starts_with("svc-"));
        assert_eq!(made.kinds, [WhoKind::Person, WhoKind::Service]);
    }

    #[test]
    fn the_key_is_made_once_and_kept_from_others() {
        let dir = tempfile::tempdir().unwrap();
        let first = Key::load_or_make(dir.path()).unwrap().id();
        assert_eq!(Key::load_or_make(dir.path()).unwrap().id(), first);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_repair() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        Key::load_or_make(dir.path()).unwrap();
        let path = dir.path().join(KEY_FILE);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = Key::load_or_make(dir.path()).err().unwrap().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn half_a_key_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        Key::load_or_make(dir.path()).unwrap();
        let path = dir.path().join(KEY_FILE);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.get(..30).unwrap()).unwrap();
        assert!(matches!(Key::load_or_make(dir.path()), Err(KeyError::Damaged { .. })));
    }

    #[test]
    fn a_column_is_of_persons_when_half_of_three_values_are_handlers() {
        let handlers = interned(&["Jan", "Els", "Piet", "Kees"]);
        assert!(looks_like_persons(&interned(&["Jan", "Els ", "balie"]), &handlers));
        assert!(!looks_like_persons(&interned(&["Jan", "x", "balie"]), &handlers));
        assert!(!looks_like_persons(&interned(&["Jan", "Els"]), &handlers));
    }
}
