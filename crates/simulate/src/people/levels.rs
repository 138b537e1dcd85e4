//! How things really stand with a control or circumstance in the eyes of the people of an
//! organisation: what they say lies around it.
//!
//! A line of the file of an organisation fixes levels for a process, or with `*` for all of
//! them: `permits B03=1>2 C13=1`. The sign `>` parts what holds until the last round from
//! what holds in it. What no line fixes is drawn, from the organisation as a whole first and
//! then from how strong the process is.

use crate::dice::Dice;
use model::Process;
use std::collections::BTreeMap;

/// What the file of an organisation says, and how the rest is drawn.
#[derive(Debug)]
pub(super) struct Levels {
    fixed: BTreeMap<(Option<Process>, String), (u8, u8)>,
    seed: u64,
    slug: &'static str,
    strength: fn(Process) -> f64,
}

/// Whether a code is that of a circumstance; the others are controls.
pub(super) fn is_circumstance(code: &str) -> bool {
    code.starts_with(['C', 'X'])
}

/// The highest level that can be said.
pub(super) fn most(code: &str) -> u8 {
    if is_circumstance(code) { 2 } else { 3 }
}

impl Levels {
    /// Reads the file. `strength` tells for a process how much better (above 0) or worse it
    /// does than the organisation as a whole, from -1 to 1.
    pub(super) fn read(
        text: &str,
        (seed, slug): (u64, &'static str),
        strength: fn(Process) -> f64,
    ) -> Self {
        let mut fixed = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(name) = words.next() else { continue };
            let process = name.parse().ok();
            for (code, levels) in words.filter_map(|word| word.split_once('=')) {
                if let Some(levels) = pair(levels) {
                    fixed.insert((process, code.to_owned()), levels);
                }
            }
        }
        Self { fixed, seed, slug, strength }
    }

    /// What the file fixes; with `last` as it is in the last round.
    pub(super) fn fixed(&self, process: Process, code: &str, last: bool) -> Option<u8> {
        let of = |process| self.fixed.get(&(process, code.to_owned()));
        let (before, after) = of(Some(process)).or_else(|| of(None))?;
        Some(if last { *after } else { *before })
    }

    /// The level of a control or circumstance of a process.
    pub(super) fn of(&self, process: Process, code: &str, last: bool) -> u8 {
        self.fixed(process, code, last).unwrap_or_else(|| self.drawn(process, code))
    }

    fn drawn(&self, process: Process, code: &str) -> u8 {
        let mut whole = Dice::named(self.seed, &[self.slug, "level", code]);
        let mut here =
            Dice::named(self.seed, &[self.slug, "level", process.code(), code]);
        let strength = (self.strength)(process);
        let other = here.chance(strength.abs());
        let weights: &[f64] = if is_circumstance(code) {
            &[0.42, 0.44, 0.14]
        } else {
            &[0.05, 0.42, 0.45, 0.08]
        };
        let level = u8::try_from(whole.weighted(weights.iter().copied())).unwrap_or(1);
        // a strong process has more of a control and less of a circumstance
        let up = (strength > 0.0) != is_circumstance(code);
        match (other, up) {
            (false, _) => level,
            (true, true) => (level + 1).min(most(code)),
            (true, false) => level.saturating_sub(1),
        }
    }

    /// Every fixed level, to hold it against the catalogue.
    #[cfg(test)]
    pub(crate) fn all(&self) -> &BTreeMap<(Option<Process>, String), (u8, u8)> {
        &self.fixed
    }
}

/// `1` holds always; `1>2` is 1 until the last round and 2 in it.
fn pair(text: &str) -> Option<(u8, u8)> {
    let (before, after) = text.split_once('>').unwrap_or((text, text));
    Some((before.parse().ok()?, after.parse().ok()?))
}
