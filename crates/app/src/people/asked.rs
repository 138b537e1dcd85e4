//! Which questions are asked, and which answers follow from others: a condition shortens the
//! list without leaving a hole in the picture.

use assessment::Side;
use catalogue::Catalogue;
use model::Process;
use records::Said;
use std::collections::BTreeMap;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The control or circumstance, by code.
    pub code: String,
    /// Which of the two.
    pub side: Side,
}

/// What a profile asks of a process, in its order; empty where it does not ask about it.
pub fn asked(catalogue: &Catalogue, profile: &str, process: Process) -> Vec<Asked> {
    let Some(profile) = catalogue.profiles.get(profile) else { return Vec::new() };
    if !profile.processes.contains(&process) {
        return Vec::new();
    }
    let all: Vec<&String> = if profile.questions.is_empty() {
        catalogue.circumstances.keys().chain(catalogue.controls.keys()).collect()
    } else {
        profile.questions.iter().collect()
    };
    let side_of = |code: &String| {
        let control = catalogue.controls.get(code);
        let circumstance = catalogue.circumstances.get(code);
        match (control, circumstance) {
            (Some(item), _) if item.processes.contains(&process) => Some(Side::Control),
            (None, Some(item)) if item.processes.contains(&process) => {
                Some(Side::Circumstance)
            }
            (Some(_) | None, _) => None,
        }
    };
    let all = all.into_iter();
    let all =
        all.filter_map(|code| Some(Asked { code: code.clone(), side: side_of(code)? }));
    in_turn(catalogue, &all.collect::<Vec<_>>())
}

/// A question that hangs on another comes right after it.
fn in_turn(catalogue: &Catalogue, all: &[Asked]) -> Vec<Asked> {
    let base_of = |code: &str| {
        let (base, _) = asked_when(catalogue, code)?;
        all.iter().any(|one| one.code == *base).then_some(base)
    };
    let mut turned = Vec::with_capacity(all.len());
    for question in all.iter().filter(|one| base_of(&one.code).is_none()) {
        turned.push(question.clone());
        let hanging = all.iter().filter(|one| base_of(&one.code) == Some(&question.code));
        turned.extend(hanging.cloned());
    }
    turned
}

/// On what a question hangs, and the least answer to that.
fn asked_when<'c>(catalogue: &'c Catalogue, code: &str) -> Option<&'c (String, u8)> {
    let control = catalogue.controls.get(code).map(|item| &item.asked_when);
    let circumstance = catalogue.circumstances.get(code).map(|item| &item.asked_when);
    control.or(circumstance)?.as_ref()
}

/// The answer that follows from what the same person said elsewhere, and from which question:
/// without a log there is nobody who looks at it. `None` where the question must be asked.
pub fn follows(
    catalogue: &Catalogue,
    code: &str,
    said: &BTreeMap<String, Said>,
) -> Option<(String, Said)> {
    let (base, least) = asked_when(catalogue, code)?;
    match said.get(base)? {
        Said::Level(level) if level < least => Some((base.clone(), Said::Level(0))),
        Said::NotApplicable { reason } => {
            Some((base.clone(), Said::NotApplicable { reason: reason.clone() }))
        }
        Said::Level(_) | Said::Unknown => None,
    }
}
