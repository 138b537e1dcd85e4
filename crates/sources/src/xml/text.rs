//! Entities and characters by number.

use super::shorten;
use crate::ReadError;

/// Appends `raw` with its entities resolved and line ends as `\n`; in an attribute
/// (`attribute`) white space becomes a blank, as XML 1.0 (3.3.3) asks.
///
/// # Errors
/// An entity that is not one of the five of the standard, a number that is no character of
/// XML, or a bare `&`.
pub fn unescape_into(
    raw: &str,
    attribute: bool,
    into: &mut String,
) -> Result<(), ReadError> {
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\r', '\n', '\t']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        into.push_str(before);
        let mut signs = from.chars();
        match signs.next() {
            Some('&') => rest = entity(signs.as_str(), into)?,
            Some(sign) => {
                rest = signs.as_str();
                if sign == '\r' {
                    rest = rest.strip_prefix('\n').unwrap_or(rest);
                }
                into.push(match sign {
                    _ if attribute => ' ',
                    '\t' => '\t',
                    _ => '\n',
                });
            }
            None => break,
        }
    }
    into.push_str(rest);
    Ok(())
}

/// Resolves the entity whose `&` was just passed; what follows it.
fn entity<'t>(text: &'t str, into: &mut String) -> Result<&'t str, ReadError> {
    // The longest that can be meant is `#x10FFFF`, with leading zeros a little longer.
    let end = text.bytes().take(32).position(|b| b == b';');
    let Some((name, rest)) = end.and_then(|end| text.split_at_checked(end)) else {
        return Err(ReadError::whole(
            "a bare `&` stands in the text; in XML it is written `&amp;`, export the file again",
        ));
    };
    into.push(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => numbered(name).ok_or_else(|| {
            ReadError::whole(format!(
                "`&{};` is not one of the five entities of XML and no character by number; \
                 export the file without it",
                shorten(name)
            ))
        })?,
    });
    Ok(rest.strip_prefix(';').unwrap_or(rest))
}

fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    // `from_str_radix` would take a sign.
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let sign = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    // XML 1.0, production 2.
    let allowed = matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    allowed.then_some(sign)
}
