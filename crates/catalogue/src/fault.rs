//! Faults in content: a mistake in a file, with its place and what to do about it.

use std::fmt;

/// One mistake in a content, binding or mapping file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as a path inside `content/` or as the user named it.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is wrong and what was expected, one sentence without full stop.
    pub sentence: String,
    /// What to do; may be empty.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.sentence)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}

/// All mistakes found; collected, never stopped at the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Adds one.
    pub fn add(&mut self, file: &str, line: u32, sentence: impl Into<String>) {
        self.add_with_hint(file, line, sentence, "");
    }

    /// Adds one with a hint.
    pub fn add_with_hint(
        &mut self,
        file: &str,
        line: u32,
        sentence: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.0.push(Fault {
            file: file.to_owned(),
            line,
            sentence: sentence.into(),
            hint: hint.into(),
        });
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sorted by file and line, each once.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort();
        self.0.dedup();
        self
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The known name nearest to what was written, as a hint; empty where none is near.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let best = known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .min_by_key(|(distance, _)| *distance);
    match best {
        Some((distance, name)) if distance <= 1 + name.chars().count() / 3 => {
            format!("did you mean `{name}`?")
        }
        Some(_) | None => String::new(),
    }
}

/// The Levenshtein distance of two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut last = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let cost = usize::from(x != *y);
            let up = *cell;
            let best = (last + cost).min(up + 1).min(left + 1);
            (last, left, *cell) = (up, best, best);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(distance("deliver", "delivery"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("delivr", ["deliver", "decide"]), "did you mean `deliver`?");
        assert_eq!(nearest("zzzzzz", ["deliver", "decide"]), "");
    }
}
