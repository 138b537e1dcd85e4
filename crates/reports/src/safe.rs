//! Text from a log is hostile input: names of activities, cases and files may hold anything.
//!
//! Escaping for HTML is the work of `maud`; here signs are taken out that would steer a
//! terminal, turn the direction of a line or be invalid in HTML.

use std::borrow::Cow;

/// Stands where a sign was taken out.
const GONE: char = '\u{fffd}';

/// The text on one line, without control signs and signs that turn the direction of text.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|sign| !steers(sign)) {
        return Cow::Borrowed(text);
    }
    let safe = |sign: char| match sign {
        '\n' | '\r' | '\t' => ' ',
        sign if steers(sign) => GONE,
        sign => sign,
    };
    Cow::Owned(text.chars().map(safe).collect())
}

/// Control signs, marks of direction and signs that are no characters.
fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(sign, '\u{fdd0}'..='\u{fdef}')
        || u32::from(sign) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
        assert_eq!(one_line("one\ntwo\tthree"), "one two three");
        assert_eq!(one_line("\u{202e}drow"), "\u{fffd}drow");
        assert_eq!(one_line("\u{9b}31m"), "\u{fffd}31m");
    }

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        for name in ["Besluit genomen", "Súdwest-Fryslân", "日本", "👍🏽", "<script>"]
        {
            assert_eq!(one_line(name), name);
        }
    }
}
