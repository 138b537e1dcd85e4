//! Small natural faults of recording, which are nobody's weakness.

use crate::case::Case;
use crate::dice::Dice;

/// Share of events whose handler was forgotten.
const FORGOTTEN: f64 = 0.005;

/// Leaves the handler of some events out. Cases with a planted weakness keep theirs, so that
/// what was planted can be found.
pub(crate) fn forget_handlers(cases: &mut [Case], dice: &mut Dice) {
    for case in cases {
        for event in &mut case.events {
            let forgotten = dice.chance(FORGOTTEN);
            if forgotten && !case.planted && event.unit != "Systeem" {
                event.who = "";
            }
        }
    }
}
