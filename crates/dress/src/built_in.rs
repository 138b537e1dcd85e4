//! The files that are built into the program.

use crate::File;
use std::collections::BTreeMap;

/// The class of the neutral theme.
pub(crate) const THEME_CLASS: &str = "voorbeeld-theme";

pub(crate) const COMPONENTS: &str = include_str!("../css/made/components.css");
pub(crate) const THEME: &str = include_str!("../css/made/theme.css");

/// Our own sheets, in the order in which they are laid.
pub(crate) const OWN: [(&str, &str); 6] = [
    ("base.css", include_str!("../css/own/base.css")),
    ("shell.css", include_str!("../css/own/shell.css")),
    ("parts.css", include_str!("../css/own/parts.css")),
    ("form.css", include_str!("../css/own/form.css")),
    ("prose.css", include_str!("../css/own/prose.css")),
    ("print.css", include_str!("../css/own/print.css")),
];

/// What the neutral theme is changed in; laid after it, and never over the theme of an
/// organisation.
pub(crate) const NEUTRAL: &str = include_str!("../css/own/neutral.css");

const MARK: &str = include_str!("../css/own/merk.svg");

/// All files but the theme, by name.
pub(crate) fn files() -> BTreeMap<String, File> {
    let own: String = OWN.iter().map(|(_, text)| *text).collect();
    let texts = [
        ("components.css", COMPONENTS.to_owned()),
        ("dijkwacht.css", own),
        ("merk.svg", MARK.to_owned()),
    ];
    texts
        .into_iter()
        .filter_map(|(name, text)| {
            Some((name.to_owned(), File::named(name, text.into_bytes())?))
        })
        .collect()
}

/// The neutral theme.
pub(crate) fn theme() -> File {
    let text = format!("{THEME}{NEUTRAL}");
    File::named("theme.css", text.into_bytes()).unwrap_or_else(|| File {
        media: "text/css; charset=utf-8",
        bytes: Vec::new(),
        gzip: None,
    })
}
