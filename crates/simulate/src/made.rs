//! The processes of which the town keeps a log: one block each, which tests walk.

use crate::case::Case;
use crate::dice::Dice;
use crate::flow::Ground;
use crate::plants::{Apart, Field};
use crate::town::LogFormat;
use crate::{
    enforcement, information, payments, permits, persons_register, procurement,
    subsidies, travel_documents,
};
use model::Process;

/// How the log of one process is made.
#[derive(Debug)]
pub(crate) struct Made {
    /// The process.
    pub(crate) process: Process,
    /// A year's cases in a municipality of 24,000 inhabitants.
    pub(crate) volume: f64,
    /// The name of the file.
    pub(crate) file_name: &'static str,
    /// How it is written.
    pub(crate) format: LogFormat,
    /// Names, types, and how a table of text is written. The logs in XES have one too,
    /// because amounts and people must be told apart from other values.
    pub(crate) mapping: &'static str,
    /// Joins the activities of the town to the steps of the catalogue.
    pub(crate) binding: &'static str,
    /// Makes the cases.
    pub(crate) build: fn(&Ground, &mut Dice, usize) -> Vec<Case>,
    /// Plants weaknesses in them.
    pub(crate) plant: fn(&mut Field<'_>),
    /// Steps that belong in different hands.
    pub(crate) apart: &'static [Apart],
}

/// All logs, in the order of the processes. Land and property, decision-making and hiring
/// have none: they are known by what people say.
pub(crate) static MADE: [Made; 8] = [
    Made {
        process: Process::Payments,
        volume: 9_000.0,
        file_name: "betalingen.csv",
        format: LogFormat::Csv,
        mapping: include_str!("texts/payments.mapping.toml"),
        binding: include_str!("texts/payments.binding.toml"),
        build: payments::build,
        plant: payments::plant,
        apart: payments::APART,
    },
    Made {
        process: Process::Procurement,
        volume: 120.0,
        file_name: "inkoop.xes",
        format: LogFormat::Xes,
        mapping: include_str!("texts/procurement.mapping.toml"),
        binding: include_str!("texts/procurement.binding.toml"),
        build: procurement::build,
        plant: procurement::plant,
        apart: procurement::APART,
    },
    Made {
        process: Process::Subsidies,
        volume: 180.0,
        file_name: "subsidies.xes",
        format: LogFormat::Xes,
        mapping: include_str!("texts/subsidies.mapping.toml"),
        binding: include_str!("texts/subsidies.binding.toml"),
        build: subsidies::build,
        plant: subsidies::plant,
        apart: subsidies::APART,
    },
    Made {
        process: Process::TravelDocuments,
        volume: 3_200.0,
        file_name: "reisdocumenten.xes.gz",
        format: LogFormat::XesGz,
        mapping: include_str!("texts/travel-documents.mapping.toml"),
        binding: include_str!("texts/travel-documents.binding.toml"),
        build: travel_documents::build,
        plant: travel_documents::plant,
        apart: travel_documents::APART,
    },
    Made {
        process: Process::Permits,
        volume: 650.0,
        file_name: "vergunningen.xes",
        format: LogFormat::Xes,
        mapping: include_str!("texts/permits.mapping.toml"),
        binding: include_str!("texts/permits.binding.toml"),
        build: permits::build,
        plant: permits::plant,
        apart: permits::APART,
    },
    Made {
        process: Process::Information,
        volume: 27_700.0,
        file_name: "raadplegingen.csv",
        format: LogFormat::Csv,
        mapping: include_str!("texts/information.mapping.toml"),
        binding: include_str!("texts/information.binding.toml"),
        build: information::build,
        plant: information::plant,
        apart: information::APART,
    },
    Made {
        process: Process::PersonsRegister,
        volume: 3_500.0,
        file_name: "persoonsregister.xes.gz",
        format: LogFormat::XesGz,
        mapping: include_str!("texts/persons-register.mapping.toml"),
        binding: include_str!("texts/persons-register.binding.toml"),
        build: persons_register::build,
        plant: persons_register::plant,
        apart: persons_register::APART,
    },
    Made {
        process: Process::Enforcement,
        volume: 400.0,
        file_name: "handhaving.xes",
        format: LogFormat::Xes,
        mapping: include_str!("texts/enforcement.mapping.toml"),
        binding: include_str!("texts/enforcement.binding.toml"),
        build: enforcement::build,
        plant: enforcement::plant,
        apart: enforcement::APART,
    },
];

/// How the log of a process is made; `None` where the town keeps none.
pub(crate) fn of(process: Process) -> Option<&'static Made> {
    MADE.iter().find(|made| made.process == process)
}
