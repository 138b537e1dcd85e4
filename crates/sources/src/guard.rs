//! Foreign code that panics on some damaged files where it should refuse them.
//!
//! A panic that is caught has by then been reported on the error output. A user of the
//! program is to see one sentence, so the report is held back for the guarded steps alone;
//! every other panic is reported as before.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread is within a guarded step.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Puts the quiet hook before the one that is there, once.
static HOOK: Once = Once::new();

/// Runs a step; `None` where it panicked. What the step held must be thrown away then.
pub fn quietly<T>(step: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |report| {
            if !GUARDED.get() {
                before(report);
            }
        }));
    });
    GUARDED.set(true);
    let answer = catch_unwind(AssertUnwindSafe(step));
    GUARDED.set(false);
    answer.ok()
}
