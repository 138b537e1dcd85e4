//! Weighings as documents: water, dike and freeboard of every process, what people said beside
//! what the data show, what changed, and how the answers agree.
//!
//! The parts in HTML are [`maud::Markup`] that stand on their own, so that the one-file page and a
//! web application tell the same. They hold no `style` attribute; their classes stand in
//! [`STYLE`], which brings colours of its own where the page around it has none. Each part
//! begins with a heading of the second level, but that of one process, which has none.

mod changes;
mod dike;
mod html;
mod remarks;
mod subjects;
mod text;
mod told;
pub(crate) mod words;

use assessment::consistency::{Outcome, Size};
use catalogue::Catalogue;
use model::Lang;
use picture::region::Region;
use picture::weighings::Weighings;

pub use html::{changes, page, partings, parts, process, profile, remarks};
pub use text::text;

/// The style sheet of the parts.
pub const STYLE: &str = include_str!("weighing/style.css");

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The texts and the numbers of the method.
    pub catalogue: &'a Catalogue,
    /// The weighings.
    pub weighings: &'a Weighings,
    /// Those of the round before, where there is one.
    pub before: Option<&'a Weighings>,
    /// What the checks on the answers say.
    pub remarks: &'a [Outcome],
    /// The figures of a region, and how large the organisation is.
    pub region: Option<(&'a Region, Size)>,
    /// The language.
    pub lang: Lang,
}
