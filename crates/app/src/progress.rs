//! How far a long step is; the terminal draws a bar, tests say nothing.

/// Hears how far a step is.
pub trait Progress {
    /// A step begins; `total` is in the unit of [`at`](Self::at), 0 where it is not known.
    fn begin(&mut self, what: &str, total: u64);
    /// The step has come so far.
    fn at(&mut self, done: u64);
    /// The step is done.
    fn end(&mut self);
}

/// Says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&mut self, _: &str, _: u64) {}
    fn at(&mut self, _: u64) {}
    fn end(&mut self) {}
}
