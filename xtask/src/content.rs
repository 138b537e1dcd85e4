//! The check of the content: the catalogue is read whole and every rule is compiled.

use crate::failure::Failure;
use catalogue::{Catalogue, Faults};

/// Reads the embedded content.
pub fn catalogue() -> Result<Catalogue, Failure> {
    catalogue::load(&catalogue::embedded()).map_err(|faults| told(&faults))
}

/// Reads the embedded content and compiles every rule for every process it applies to;
/// gives one line that says what was checked.
pub fn check() -> Result<String, Failure> {
    let catalogue = catalogue()?;
    rules::check(&catalogue).map_err(|faults| told(&faults))?;
    Ok(format!(
        "content {}: {} rules, {} controls, {} circumstances, {} processes",
        catalogue.version,
        catalogue.rules.len(),
        catalogue.controls.len(),
        catalogue.circumstances.len(),
        catalogue.processes.len()
    ))
}

fn told(faults: &Faults) -> Failure {
    let remarks: Vec<String> =
        faults.0.iter().map(|fault| format!("content/{fault}")).collect();
    let closing = format!("{} faults in content", remarks.len());
    Failure::many(&remarks, &closing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_with_their_file_and_their_number() {
        let mut faults = Faults::default();
        faults.add("rules/permits/x/rule.toml", 3, "the key `nmae` is not known");
        assert_eq!(
            told(&faults).to_string(),
            "content/rules/permits/x/rule.toml:3: the key `nmae` is not known\n\
             1 faults in content"
        );
    }
}
