//! Tables with a caption and heads, in a region of their own that scrolls sideways on a
//! small screen and can be reached by keyboard.

use crate::words::Word;
use maud::{Markup, html};
use model::Lang;

/// A table without its rows.
pub(super) struct Table<'a> {
    /// Unique on the page.
    pub(super) id: &'a str,
    /// Says what the table holds; names the region too.
    pub(super) caption: String,
    /// The heads, and whether numbers stand under them.
    pub(super) columns: &'a [(Word, bool)],
    /// The language of the heads.
    pub(super) lang: Lang,
}

impl Table<'_> {
    /// The table with its rows.
    pub(super) fn with(&self, rows: &Markup) -> Markup {
        let caption = format!("{}-caption", self.id);
        html! {
            div class="scroll" role="group" aria-labelledby=(caption) tabindex="0" {
                table id=(self.id) {
                    caption id=(caption) { span { (self.caption) } }
                    thead {
                        tr {
                            @for (word, number) in self.columns {
                                th scope="col" class=[number.then_some("number")] {
                                    (word.text(self.lang))
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
