//! What stands round the content of every one-file page: head, style, banner and foot.

use crate::words::Word;
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::Lang;
use sha2::{Digest, Sha256};

const STYLE: &str = concat!(
    include_str!("style.css"),
    include_str!("parts.css"),
    include_str!("../weighing/style.css")
);

/// The style sheet of the parts of a report inside a page of a server, all of it below the class
/// `dw-report`. The page gives the colours as `--dijkwacht-color-…`.
pub const PARTS_STYLE: &str = concat!(".dw-report {\n", include_str!("parts.css"), "}\n");

/// The content of the `<style>` element, for a page that holds parts of a report.
pub const fn style() -> &'static str {
    STYLE
}

/// The SHA-256 of the content of the `<style>` element in base64, for a content security
/// policy: `style-src 'sha256-…'`.
pub fn style_hash() -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE.as_bytes()))
}

/// What a page holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shell<'a> {
    /// The title, without the organisation.
    pub(crate) title: &'a str,
    /// The organisation on one line; empty where it is not known.
    pub(crate) organisation: &'a str,
    /// The language of the page.
    pub(crate) lang: Lang,
    /// The content.
    pub(crate) main: &'a Markup,
    /// What the foot says, above the way back to the top.
    pub(crate) foot: &'a Markup,
}

/// The whole document, from `<!DOCTYPE html>` on.
pub(crate) fn document(shell: &Shell<'_>) -> String {
    let Shell { title, organisation, lang, main, foot } = *shell;
    let whole = if organisation.is_empty() {
        title.to_owned()
    } else {
        format!("{title} – {organisation}")
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (whole) }
                style { (PreEscaped(STYLE)) }
            }
            body class="dijkwacht-theme" {
                a class="skip-link" href="#content" { (Word::SkipLink.text(lang)) }
                header class="page-header" {
                    div class="page-header-inner" {
                        @if !organisation.is_empty() {
                            p class="organisation" { (organisation) }
                        }
                        p class="product" { (Word::Product.text(lang)) }
                    }
                }
                main id="content" tabindex="-1" { (main) }
                footer class="page-footer" {
                    div class="page-footer-inner" {
                        (foot)
                        p { a href="#content" { (Word::BackToTop.text(lang)) } }
                    }
                }
            }
        }
    };
    page.into_string()
}
