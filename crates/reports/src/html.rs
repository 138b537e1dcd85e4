//! Pictures as one self-contained HTML file.
use catalogue::Catalogue;
use model::Lang;
use picture::Picture;

/// What stands at the top of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The organisation whose processes are shown.
    pub organisation: String,
    /// A line under the title; empty for none.
    pub subtitle: String,
}

/// Page.
pub fn page(catalogue: &Catalogue, pictures: &[Picture], lang: Lang, heading: &Heading) -> String {
    String::new()
}
/// Hash.
pub fn style_hash() -> String { String::new() }
