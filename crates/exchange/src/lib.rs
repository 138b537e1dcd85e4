//! Wire forms: what `--json` prints and what is kept between runs. One module a form.
//!
//! The types of the middle are not serialisable on purpose: a form is a promise to others
//! and changes by a new version, the middle changes whenever it gets better. Every form has
//! a `form` field with its name and version. Shares are numbers between 0 and 1 with at most
//! six decimals, dates are `2026-11-23`, money stays in cents.

pub mod calendar;
pub mod catalogue;
pub mod effect;
pub mod evaluation;
mod fields;
pub mod findings;
pub mod indicators;
mod mirror;
pub mod picture;
pub mod progress;
pub mod proposal;
pub mod questionnaire;
pub mod region;
pub mod reminder;
pub mod weighing;

pub use evaluation::EvaluationForm;
pub use findings::{FindingForm, FindingSetForm};
pub use picture::PictureForm;
pub use proposal::ProposalForm;
pub use region::RegionForm;
pub use weighing::WeighingForm;

use model::{Interval, Ppm};

/// A share as a number between 0 and 1.
pub(crate) fn share(ppm: Ppm) -> f64 {
    ppm.fraction()
}

/// Both ends of an interval.
pub(crate) fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|i| share(i.low)), interval.map(|i| share(i.high)))
}
