//! A QR code as a drawing, made here: the address of a secret goes to no other server.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Light squares around the code, as ISO 18004 asks.
const MARGIN: i32 = 4;

/// A code for a text, with words for who does not see it. Empty where the text is too long
/// for any code.
pub(crate) fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let size = code.size() + 2 * MARGIN;
    html! {
        svg class="dw-qr" role="img" aria-label=(label) viewBox={ "0 0 " (size) " " (size) }
            width="240" height="240" shape-rendering="crispEdges" {
            path fill="currentColor" d=(dark_squares(&code)) {}
        }
    }
}

/// The dark squares, row by row, runs as one.
fn dark_squares(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|at| code.get_module(*at, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // writing to a string cannot fail
                write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN)
                    .unwrap_or_default();
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_has_as_many_dark_squares_as_the_code() {
        let code =
            QrCode::encode_text("otpauth://totp/x?secret=A", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let drawn: usize = dark_squares(&code)
            .split('h')
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
    }
}
