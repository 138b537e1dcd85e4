//! How pages look: style sheets, a mark, and the theme of an organisation where it has one.
//!
//! Everything is built into the program, so that a page needs neither Node nor the network.
//! The sheets of others are made by `cargo xtask assets` and committed (decision 12); our own
//! use their tokens and are prefixed with `dw-`. Each file is served under an address that
//! holds a hash of all content, so that a browser may keep it for good.

mod built_in;
mod file;
mod organisation;

pub use file::File;
pub use organisation::DressError;

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The beginning of the address of every file.
pub const ROOT: &str = "/opmaak/";

/// The files of a look with their addresses.
#[derive(Clone, Debug)]
pub struct Dress {
    class: String,
    base: String,
    files: BTreeMap<String, File>,
    logo: Option<Logo>,
}

/// The logo of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its address on this server.
    pub address: String,
    /// What it says, for who does not see it.
    pub text: String,
}

impl Dress {
    /// The free, neutral theme, and the mark of Dijkwacht in the place of a logo.
    pub fn built_in() -> Self {
        let mut files = built_in::files();
        files.insert("theme.css".to_owned(), built_in::theme());
        Self::of(built_in::THEME_CLASS.to_owned(), files, None)
    }

    /// The theme of an organisation from a folder: `huisstijl.toml` (with `class`, and
    /// `logo` and `logo-text` where there is a logo), `theme.css`, and the fonts and images
    /// these name.
    ///
    /// All faults of the folder are told at once.
    pub fn load(folder: &Path) -> Result<Self, DressError> {
        let own = organisation::read(folder)?;
        let mut files = built_in::files();
        for (name, file) in own.files {
            files.insert(format!("huisstijl/{name}"), file);
        }
        Ok(Self::of(own.class, files, own.logo))
    }

    fn of(
        class: String,
        files: BTreeMap<String, File>,
        logo: Option<(String, String)>,
    ) -> Self {
        let mut hash = Sha256::new();
        for (name, file) in &files {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(&file.bytes));
        }
        let mut base = ROOT.to_owned();
        for byte in hash.finalize().iter().take(8) {
            // writing to a string cannot fail
            write!(base, "{byte:02x}").unwrap_or_default();
        }
        base.push('/');
        let logo = logo.map(|(name, text)| Logo {
            address: format!("{base}huisstijl/{name}"),
            text,
        });
        Self { class, base, files, logo }
    }

    /// The class that switches the theme on, for the root element.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// The addresses of the style sheets, in the order in which they are to be laid.
    pub fn style_sheets(&self) -> Vec<String> {
        ["theme.css", "huisstijl/theme.css", "components.css", "dijkwacht.css"]
            .into_iter()
            .filter(|name| self.files.contains_key(*name))
            .map(|name| format!("{}{name}", self.base))
            .collect()
    }

    /// The address of the small mark that a browser shows beside the title.
    pub fn mark(&self) -> String {
        format!("{}merk.svg", self.base)
    }

    /// The logo of the organisation; `None` where the theme is the neutral one or has none.
    pub fn logo(&self) -> Option<&Logo> {
        self.logo.as_ref()
    }

    /// The file at an address; `None` for another hash, so that a page never gets a file of
    /// another version than it asked for.
    pub fn file(&self, address: &str) -> Option<&File> {
        self.files.get(address.strip_prefix(&self.base)?)
    }
}

#[cfg(test)]
mod tests;
