//! Texts of the content as paragraphs and lists. A line that begins with `- ` or `1. ` is an
//! item of a list; an empty line ends a paragraph.

use maud::{Markup, html};

enum Block<'t> {
    Paragraph(Vec<&'t str>),
    Bullets(Vec<&'t str>),
    Numbers(Vec<&'t str>),
}

fn numbered(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(". ")?;
    let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    digits.then_some(rest)
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
            continue;
        }
        let bullet = line.strip_prefix("- ");
        let number = numbered(line);
        match (blocks.last_mut(), bullet, number) {
            (Some(Block::Bullets(items)), Some(item), _)
            | (Some(Block::Numbers(items)), None, Some(item)) => items.push(item),
            (Some(Block::Paragraph(lines)), None, None) if open => lines.push(line),
            (_, Some(item), _) => blocks.push(Block::Bullets(vec![item])),
            (_, None, Some(item)) => blocks.push(Block::Numbers(vec![item])),
            (_, None, None) => blocks.push(Block::Paragraph(vec![line])),
        }
        open = true;
    }
    blocks
}

/// A text as markup.
pub fn prose(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(lines) => { p { (lines.join(" ")) } }
                Block::Bullets(items) => { ul { @for item in items { li { (item) } } } }
                Block::Numbers(items) => { ol { @for item in items { li { (item) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let text = "First line\ngoes on.\n\n- a\n- b\n\n1. one\n2. two\nAfter <it>.";
        assert_eq!(
            prose(text).into_string(),
            "<p>First line goes on.</p><ul><li>a</li><li>b</li></ul><ol><li>one</li>\
             <li>two</li></ol><p>After &lt;it&gt;.</p>"
        );
    }
}
