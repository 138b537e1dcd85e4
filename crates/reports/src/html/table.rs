//! Tables with a caption and heads, in a region of their own that scrolls sideways on a
//! small screen and can be reached by keyboard.

use maud::{Markup, html};

/// A table without its rows.
pub(crate) struct Table<'a> {
    /// Unique on the page.
    pub(crate) id: &'a str,
    /// Says what the table holds; names the region too.
    pub(crate) caption: String,
    /// The heads, and whether numbers stand under them.
    pub(crate) columns: &'a [(&'a str, bool)],
}

impl Table<'_> {
    /// The table with its rows.
    pub(crate) fn with(&self, rows: &Markup) -> Markup {
        let caption = format!("{}-caption", self.id);
        html! {
            div class="scroll" role="group" aria-labelledby=(caption) tabindex="0" {
                table id=(self.id) {
                    caption id=(caption) { span { (self.caption) } }
                    thead {
                        tr {
                            @for (head, number) in self.columns {
                                th scope="col" class=[number.then_some("number")] {
                                    (head)
                                }
                            }
                        }
                    }
                    tbody { (rows) }
                }
            }
        }
    }
}
