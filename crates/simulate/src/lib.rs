//! The demonstration municipality: Dijkveen, 24,000 inhabitants, nowhere to be found.
//!
//! Two years of cases of all eight processes, with working hours, holidays, absence, seasons
//! and small natural noise, made from one seed. Into this town weaknesses are planted at
//! known rates, and every one is recorded, so that what the rules find can be held against
//! what is there. Without planting the same town shows what the rules find in nothing.
//!
//! Beside the logs stands what people say, plan and decide: see [`people`].
//!
//! The same settings give the same bytes, on every machine.

mod case;
mod choosing;
mod clock;
mod csv_out;
mod dice;
mod enforcement;
mod flow;
mod information;
mod made;
mod noise;
mod null_log;
mod payments;
pub mod people;
mod permits;
mod persons_register;
mod planted;
mod plants;
mod procurement;
mod staff;
mod subsidies;
mod texts;
mod town;
mod travel_documents;
mod xes_out;

pub use null_log::null_log;
pub use planted::{Planted, PlantedKind};
pub use texts::{binding, mapping};
pub use town::{Log, LogFormat, Settings, Town};

#[cfg(test)]
mod tests;
