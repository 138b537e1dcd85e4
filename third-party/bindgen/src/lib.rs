//! Stands in for the crate of the same name while `highs-sys` is built.
//!
//! `highs-sys` has its bindings written anew at each build, and for that asks for libclang: a
//! package of hundreds of megabytes that a machine with a compiler need not have. The header
//! of HiGHS is the same on every platform, so its bindings stand here, as the real bindgen
//! 0.72.1 wrote them (`highs.rs.txt`). Only what the build script of `highs-sys` calls is here.
//!
//! Another version of HiGHS than these bindings belong to is refused, so an upgrade cannot
//! pass unseen. Why, and how they are written anew: `docs/decisions/0010-plans-by-highs.md`.

use std::fmt;
use std::path::{Path, PathBuf};

/// The version of HiGHS that the bindings belong to.
const VERSION: [(&str, u32); 3] = [("MAJOR", 1), ("MINOR", 16), ("PATCH", 0)];

const HIGHS: &str = include_str!("highs.rs.txt");

/// What the real crate calls while it reads headers; never called here.
pub mod callbacks {
    /// Told of each file that was read.
    pub trait ParseCallbacks: std::fmt::Debug {
        /// The header that was asked for.
        fn header_file(&self, _filename: &str) {}
        /// A header that another one includes.
        fn include_file(&self, _filename: &str) {}
        /// A variable of the environment.
        fn read_env_var(&self, _key: &str) {}
    }
}

/// Gathers the folders in which headers lie.
#[derive(Debug, Default)]
pub struct Builder {
    folders: Vec<PathBuf>,
}

impl Builder {
    /// Takes a folder of headers (`-I`); other arguments are for a compiler and mean nothing here.
    #[must_use]
    pub fn clang_arg(mut self, argument: impl Into<String>) -> Self {
        if let Some(folder) = argument.into().strip_prefix("-I") {
            self.folders.push(PathBuf::from(folder));
        }
        self
    }

    /// Layouts are not tested: the structs of this header are not used.
    #[must_use]
    pub fn layout_tests(self, _wanted: bool) -> Self {
        self
    }

    /// The header is known already.
    #[must_use]
    pub fn header(self, _header: impl Into<String>) -> Self {
        self
    }

    /// Nothing is read, so nothing is told.
    #[must_use]
    pub fn parse_callbacks(self, _callbacks: Box<dyn callbacks::ParseCallbacks>) -> Self {
        self
    }

    /// The bindings, where the headers are of the version they belong to.
    pub fn generate(self) -> Result<Bindings, BindgenError> {
        let found = self.folders.iter().find_map(|folder| version(folder));
        let found = found.ok_or_else(|| BindgenError("no HConfig.h was found".to_owned()))?;
        let wanted = VERSION.map(|(_, number)| number);
        if found != wanted {
            return Err(BindgenError(format!(
                "the bindings are for HiGHS {wanted:?} and these headers are {found:?}; write \
                 third-party/bindgen/src/highs.rs.txt anew"
            )));
        }
        Ok(Bindings(()))
    }
}

/// The version that a folder of headers says it is.
fn version(folder: &Path) -> Option<[u32; 3]> {
    let text = std::fs::read_to_string(folder.join("HConfig.h")).ok()?;
    let number = |name: &str| {
        let start = format!("#define HIGHS_VERSION_{name} ");
        text.lines().find_map(|line| line.strip_prefix(&start)?.trim().parse().ok())
    };
    let [major, minor, patch] = VERSION.map(|(name, _)| number(name));
    Some([major?, minor?, patch?])
}

/// The bindings of HiGHS.
#[derive(Debug)]
pub struct Bindings(());

impl Bindings {
    /// Writes them to a file.
    pub fn write_to_file(&self, path: impl AsRef<Path>) -> std::io::Result<()> {
        std::fs::write(path, HIGHS)
    }
}

/// Why there are no bindings.
#[derive(Debug)]
pub struct BindgenError(String);

impl fmt::Display for BindgenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BindgenError {}
