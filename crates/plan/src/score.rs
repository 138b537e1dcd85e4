//! Water, dike and freeboard of a process, in whole tenths of a point.
//!
//! Source: the method, section 4. Shares are rounded half up to a tenth, water and dike each
//! once; everything else is exact.

use crate::question::{Caps, Process};

/// The highest dike, and the highest water.
pub(crate) const FULL: i64 = 1000;
/// The maturity from which a key control no longer caps.
pub(crate) const UNCAPPED_FROM: u8 = 2;
/// The highest maturity.
pub(crate) const MATURITY_MOST: u8 = 3;
/// The highest severity.
pub(crate) const SEVERITY_MOST: u8 = 2;

/// Where a process stands, in tenths of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Attractiveness raised by circumstances.
    pub water: i64,
    /// Controls as far as they hold, after the cap.
    pub dike: i64,
    /// Dike minus water.
    pub freeboard: i64,
    /// How far the freeboard stays below the target; never below 0.
    pub shortfall: i64,
    /// The key control that caps the dike, where one does: the lowest, then the first code.
    pub capped_by: Option<String>,
}

/// The score of a process as it stands. A process without controls has a dike of 0; without
/// circumstances its water is its attractiveness.
pub fn score(process: &Process, caps: Caps) -> Score {
    let circumstances = process.circumstances.iter();
    let attractiveness = i64::from(process.attractiveness_tenths);
    let water =
        water(attractiveness, circumstances.map(|c| (i64::from(c.weight), c.severity)));
    let controls =
        || process.controls.iter().map(|c| (i64::from(c.weight), c.maturity, c.key));
    let (dike, free) = (dike(controls(), caps), uncapped(controls()));
    let freeboard = dike - water;
    let keys = process.controls.iter().filter(|c| c.key && c.maturity < UNCAPPED_FROM);
    let lowest = keys.min_by(|a, b| (a.maturity, &a.code).cmp(&(b.maturity, &b.code)));
    Score {
        water,
        dike,
        freeboard,
        shortfall: shortfall(process.target_tenths, freeboard),
        capped_by: lowest.filter(|_| dike < free).map(|control| control.code.clone()),
    }
}

/// How far a freeboard stays below a target.
pub(crate) fn shortfall(target_tenths: i32, freeboard: i64) -> i64 {
    (i64::from(target_tenths) - freeboard).max(0)
}

/// Attractiveness raised by circumstances, each with its weight and severity.
pub(crate) fn water(
    attractiveness: i64,
    circumstances: impl Iterator<Item = (i64, u8)>,
) -> i64 {
    let (mut part, mut whole) = (0, 0);
    for (weight, severity) in circumstances {
        part += weight * i64::from(severity);
        whole += weight * i64::from(SEVERITY_MOST);
    }
    attractiveness + rounded_share((FULL - attractiveness) * part, whole)
}

/// The dike of controls, each with its weight, maturity and whether it is key.
pub(crate) fn dike(
    controls: impl Iterator<Item = (i64, u8, bool)> + Clone,
    caps: Caps,
) -> i64 {
    let keys = controls.clone().filter(|(_, _, key)| *key);
    let cap = keys.map(|(_, maturity, _)| cap(maturity, caps)).min().unwrap_or(FULL);
    uncapped(controls).min(cap)
}

fn uncapped(controls: impl Iterator<Item = (i64, u8, bool)>) -> i64 {
    let (mut part, mut whole) = (0, 0);
    for (weight, maturity, _) in controls {
        part += weight * i64::from(maturity);
        whole += weight * i64::from(MATURITY_MOST);
    }
    rounded_share(FULL * part, whole)
}

/// The highest dike with a key control of this maturity.
pub(crate) fn cap(maturity: u8, caps: Caps) -> i64 {
    match maturity {
        0 => i64::from(caps.absent_tenths),
        1 => i64::from(caps.on_paper_tenths),
        _ => FULL,
    }
}

/// `part / whole`, rounded half up; 0 where there is no whole. Both are at least 0.
fn rounded_share(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { (2 * part + whole) / (2 * whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Circumstance, Control};

    fn control(code: &str, weight: u32, maturity: u8, key: bool) -> Control {
        Control { code: code.to_owned(), weight, maturity, key }
    }

    fn scored(process: &Process) -> Score {
        score(process, Caps::default())
    }

    fn process(controls: Vec<Control>) -> Process {
        Process {
            code: "permits".to_owned(),
            weight: 1,
            target_tenths: 0,
            attractiveness_tenths: 667,
            circumstances: vec![
                Circumstance { code: "C01".to_owned(), weight: 3, severity: 2 },
                Circumstance { code: "C02".to_owned(), weight: 2, severity: 0 },
                Circumstance { code: "C03".to_owned(), weight: 2, severity: 1 },
            ],
            controls,
        }
    }

    #[test]
    fn figures_worked_out_by_hand() {
        // C = (6 + 0 + 2) / 14; W = 66.7 + 33.3 × 8/14 = 85.73; H = 100 × (6 + 2) / 15 = 53.33
        let score = scored(&process(vec![
            control("B02", 3, 2, true),
            control("B03", 2, 1, false),
        ]));
        assert_eq!(score.water, 857);
        assert_eq!(score.dike, 533);
        assert_eq!(score.freeboard, -324);
        assert_eq!(score.shortfall, 324);
        assert_eq!(score.capped_by, None);
    }

    #[test]
    fn a_key_control_that_is_absent_caps_at_forty_and_on_paper_at_seventy() {
        let strong = |code| control(code, 3, 3, true);
        let absent = [strong("B02"), strong("B03"), control("B16", 1, 0, true)];
        let capped = scored(&process(absent.to_vec()));
        assert_eq!((capped.dike, capped.capped_by.as_deref()), (400, Some("B16")));
        let paper = [strong("B02"), strong("B03"), control("B16", 1, 1, true)];
        let capped = scored(&process(paper.to_vec()));
        assert_eq!((capped.dike, capped.capped_by.as_deref()), (700, Some("B16")));
        let applied = [strong("B02"), strong("B03"), control("B16", 1, 2, true)];
        assert_eq!(scored(&process(applied.to_vec())).dike, 952);
    }

    #[test]
    fn a_cap_that_does_not_bind_is_not_named() {
        let score = scored(&process(vec![control("B02", 1, 0, true)]));
        assert_eq!((score.dike, score.capped_by), (0, None));
    }

    #[test]
    fn a_half_is_rounded_up() {
        // 1000 × 1/16 = 62.5
        assert_eq!(rounded_share(1000, 16), 63);
        assert_eq!(rounded_share(0, 0), 0);
    }

    #[test]
    fn without_controls_there_is_no_dike() {
        assert_eq!(scored(&process(Vec::new())).dike, 0);
    }
}
