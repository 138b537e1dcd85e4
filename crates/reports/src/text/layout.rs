//! Lines, wrapping and aligned columns for a terminal of a given width.

use unicode_width::UnicodeWidthStr;

/// The side on which the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    /// Its head; a table in which all heads are empty has no line of heads.
    pub(crate) head: &'a str,
    /// Where its text stands.
    pub(crate) align: Align,
    /// Whether it gives way and wraps when the table is too wide.
    pub(crate) flows: bool,
}

impl<'a> Column<'a> {
    pub(crate) const fn fixed(head: &'a str) -> Self {
        Self { head, align: Align::Left, flows: false }
    }

    pub(crate) const fn right(head: &'a str) -> Self {
        Self { head, align: Align::Right, flows: false }
    }

    pub(crate) const fn flowing(head: &'a str) -> Self {
        Self { head, align: Align::Left, flows: true }
    }
}

/// What a colour underlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tint {
    Strong,
    Quiet,
    Found,
    Clear,
    Unknown,
}

impl Tint {
    const fn ansi(self) -> &'static str {
        match self {
            Self::Strong => "\u{1b}[1m",
            Self::Quiet => "\u{1b}[2m",
            Self::Found => "\u{1b}[1;33m",
            Self::Clear => "\u{1b}[32m",
            Self::Unknown => "\u{1b}[36m",
        }
    }
}

const LEAST_WIDTH: usize = 80;
/// Wider lines are hard to read.
const MOST_WIDTH: usize = 120;
const INDENT: usize = 2;
const GAP: usize = 2;
/// A flowing column is never made narrower than this.
const LEAST_FLOW: usize = 12;

/// The text as it grows.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self { text: String::new(), width: width.clamp(LEAST_WIDTH, MOST_WIDTH), colour }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, indent: usize, line: &str, tint: Option<Tint>) {
        self.text.push_str(&" ".repeat(indent));
        match tint.filter(|_| self.colour) {
            Some(tint) => {
                self.text.push_str(tint.ansi());
                self.text.push_str(line);
                self.text.push_str("\u{1b}[0m");
            }
            None => self.text.push_str(line.trim_end()),
        }
        self.text.push('\n');
    }

    /// A blank line before, a double line under it.
    pub(crate) fn title(&mut self, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for line in wrap(title, self.width) {
            self.line(0, &line, Some(Tint::Strong));
        }
        self.line(0, &"═".repeat(title.width().min(self.width)), Some(Tint::Quiet));
    }

    pub(crate) fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(0, heading, Some(Tint::Strong));
        self.line(0, &"─".repeat(heading.width().min(self.width)), Some(Tint::Quiet));
    }

    /// A blank line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.width) {
            self.line(0, &line, None);
        }
    }

    /// A line that a colour underlines, after a blank line unless it follows a heading.
    pub(crate) fn tinted(&mut self, text: &str, tint: Tint) {
        if !self.text.ends_with("─\n") && !self.text.ends_with("─\u{1b}[0m\n") {
            self.text.push('\n');
        }
        self.line(0, text, Some(tint));
    }

    /// An aligned table; a remark stands on lines of its own under its row.
    pub(crate) fn table(
        &mut self,
        columns: &[Column<'_>],
        rows: &[Vec<String>],
        remarks: &[Option<String>],
    ) {
        let widths = self.widths(columns, rows);
        let heads: Vec<String> =
            columns.iter().map(|column| column.head.to_owned()).collect();
        if heads.iter().any(|head| !head.is_empty()) {
            self.row(columns, &widths, &heads, Some(Tint::Quiet));
        }
        for (at, row) in rows.iter().enumerate() {
            self.row(columns, &widths, row, None);
            if let Some(remark) = remarks.get(at).and_then(Option::as_ref) {
                for line in wrap(remark, self.width.saturating_sub(2 * INDENT + GAP)) {
                    self.line(2 * INDENT + GAP, &line, Some(Tint::Quiet));
                }
            }
        }
    }

    /// Fixed columns get what they need, flowing ones share the rest by their need.
    fn widths(&self, columns: &[Column<'_>], rows: &[Vec<String>]) -> Vec<usize> {
        let need = |(at, column): (usize, &Column<'_>)| {
            let cells =
                rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
            cells.max().unwrap_or(0).max(column.head.width())
        };
        let mut widths: Vec<usize> = columns.iter().enumerate().map(need).collect();
        let gaps = INDENT + GAP * columns.len().saturating_sub(1);
        let room = self.width.saturating_sub(gaps);
        let flowing: usize =
            columns.iter().zip(&widths).filter(|(c, _)| c.flows).map(|(_, w)| *w).sum();
        let fixed: usize = widths.iter().sum::<usize>() - flowing;
        let left = room.saturating_sub(fixed);
        if flowing <= left {
            return widths;
        }
        // the narrow ones keep what they need, the others share alike
        let mut open: Vec<usize> = (0..columns.len())
            .filter(|at| columns.get(*at).is_some_and(|column| column.flows))
            .collect();
        let need = widths.clone();
        let mut left = left;
        while !open.is_empty() {
            let share = left / open.len();
            let fits = |at: &usize| need.get(*at).is_some_and(|need| *need <= share);
            let (small, large): (Vec<usize>, Vec<usize>) =
                open.iter().partition(|at| fits(at));
            if small.is_empty() {
                for at in large {
                    if let Some(width) = widths.get_mut(at) {
                        *width = share.max(LEAST_FLOW);
                    }
                }
                break;
            }
            left -= small.iter().filter_map(|at| need.get(*at)).sum::<usize>();
            open = large;
        }
        widths
    }

    fn row(
        &mut self,
        columns: &[Column<'_>],
        widths: &[usize],
        row: &[String],
        tint: Option<Tint>,
    ) {
        let wrapped: Vec<Vec<String>> =
            row.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::new();
            for ((column, width), cell) in columns.iter().zip(widths).zip(&wrapped) {
                let text = cell.get(at).map_or("", String::as_str);
                let space = " ".repeat(width.saturating_sub(text.width()));
                match column.align {
                    Align::Left => line.extend([text, &space]),
                    Align::Right => line.extend([&space, text]),
                }
                line.push_str(&" ".repeat(GAP));
            }
            self.line(INDENT, line.trim_end_matches(' '), tint);
        }
    }
}

/// Wraps at spaces; a word that is wider than a line is broken. At least one line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        if line.width() + gap + word.width() <= width {
            if gap > 0 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for sign in word.chars() {
            let mut buffer = [0; 4];
            if !line.is_empty()
                && line.width() + (*sign.encode_utf8(&mut buffer)).width() > width
            {
                lines.push(std::mem::take(&mut line));
            }
            line.push(sign);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_at_spaces_and_long_words_are_broken() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn wide_signs_count_for_two() {
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
    }

    #[test]
    fn numbers_stand_under_each_other_and_long_titles_wrap() {
        let mut page = Page::new(80, false);
        let rows = [
            vec!["a".to_owned(), "short".to_owned(), "1".to_owned()],
            vec!["b".to_owned(), "long words ".repeat(12), "1.000".to_owned()],
        ];
        page.table(
            &[Column::fixed(""), Column::flowing("title"), Column::right("n")],
            &rows,
            &[None, Some("remark".to_owned())],
        );
        let text = page.finish();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.width() <= 80), "{text}");
        let ends = |at: usize| lines[at].width();
        assert_eq!(ends(1), ends(2), "{text}");
        assert!(text.contains("\n      remark\n"), "{text}");
    }
}
