//! The mappings and bindings that belong to the logs of the town.

use model::Process;

/// The mapping of the log of a process: names, types, and how a table of text is written.
///
/// The logs in XES have one too, because amounts and people must be told apart from other
/// values.
pub const fn mapping(process: Process) -> Option<&'static str> {
    Some(match process {
        Process::Payments => include_str!("texts/payments.mapping.toml"),
        Process::Procurement => include_str!("texts/procurement.mapping.toml"),
        Process::Subsidies => include_str!("texts/subsidies.mapping.toml"),
        Process::TravelDocuments => include_str!("texts/travel-documents.mapping.toml"),
        Process::Permits => include_str!("texts/permits.mapping.toml"),
        Process::Information => include_str!("texts/information.mapping.toml"),
        Process::PersonsRegister => include_str!("texts/persons-register.mapping.toml"),
        Process::Enforcement => include_str!("texts/enforcement.mapping.toml"),
    })
}

/// The binding of the activities of the town to the steps of the catalogue.
pub fn binding(process: Process) -> String {
    let text = match process {
        Process::Payments => include_str!("texts/payments.binding.toml"),
        Process::Procurement => include_str!("texts/procurement.binding.toml"),
        Process::Subsidies => include_str!("texts/subsidies.binding.toml"),
        Process::TravelDocuments => include_str!("texts/travel-documents.binding.toml"),
        Process::Permits => include_str!("texts/permits.binding.toml"),
        Process::Information => include_str!("texts/information.binding.toml"),
        Process::PersonsRegister => include_str!("texts/persons-register.binding.toml"),
        Process::Enforcement => include_str!("texts/enforcement.binding.toml"),
    };
    text.to_owned()
}
