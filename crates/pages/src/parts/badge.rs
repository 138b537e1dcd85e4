//! Short words about a thing, such as the roles somebody has.

use maud::{Markup, html};

/// One word or a few.
pub(crate) fn badge(text: &str) -> Markup {
    html! { span class="nl-data-badge" { (text) } }
}

/// Several, as a list.
pub(crate) fn badges<'a>(texts: impl IntoIterator<Item = &'a str>) -> Markup {
    html! {
        ul class="dw-badges" {
            @for text in texts {
                li { (badge(text)) }
            }
        }
    }
}
