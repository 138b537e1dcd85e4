//! Headings, paragraphs, links and lists of data.

use maud::{Markup, html};

/// A heading of level 1 to 3; deeper ones are level 3.
pub(crate) fn heading(level: u8, text: &str) -> Markup {
    match level {
        1 => html! { h1 class="nl-heading nl-heading--level-1" { (text) } },
        2 => html! { h2 class="nl-heading nl-heading--level-2" { (text) } },
        _ => html! { h3 class="nl-heading nl-heading--level-3" { (text) } },
    }
}

/// A paragraph of a width that reads well.
pub(crate) fn paragraph(text: &str) -> Markup {
    html! { p class="nl-paragraph dw-text" { (text) } }
}

/// The paragraph that says what a page is for.
pub(crate) fn lead(text: &str) -> Markup {
    html! { p class="nl-paragraph nl-paragraph--lead dw-text" { (text) } }
}

/// A link to one of our pages.
pub(crate) fn link(path: &str, text: &str) -> Markup {
    html! { a class="nl-link" href=(path) { (text) } }
}

/// Pairs of what and how it is.
pub(crate) fn data_list(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl class="utrecht-data-list utrecht-data-list--html-dl utrecht-data-list--rows dw-data" {
            @for (key, value) in rows {
                div class="utrecht-data-list__item" {
                    dt class="utrecht-data-list__item-key" { (key) }
                    dd class="utrecht-data-list__item-value utrecht-data-list__item-value--html-dd" {
                        (value)
                    }
                }
            }
        }
    }
}
