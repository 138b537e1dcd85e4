//! Tables: always with a caption, in a box that scrolls where the screen is narrow.

use maud::{Markup, html};

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'a> {
    /// Its heading.
    pub(crate) title: &'a str,
    /// Whether it holds numbers, which stand at the right.
    pub(crate) is_number: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub(crate) const fn text(title: &'a str) -> Self {
        Self { title, is_number: false }
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'a str) -> Self {
        Self { title, is_number: true }
    }
}

/// A table. `id` is its name on the page; the first cell of each row heads that row. A row
/// that is shorter than the columns leaves cells out.
pub(crate) fn table(
    id: &str,
    caption: &str,
    columns: &[Column<'_>],
    rows: &[Vec<Markup>],
) -> Markup {
    let caption_id = format!("{id}-titel");
    html! {
        section class="dw-table" tabindex="0" aria-labelledby=(caption_id) {
            table class="utrecht-table" id=(id) {
                caption class="utrecht-table__caption" id=(caption_id) { span class="dw-table__caption" { (caption) } }
                thead class="utrecht-table__header" {
                    tr class="utrecht-table__row" {
                        @for column in columns {
                            th scope="col" class=(header_class(*column)) { (column.title) }
                        }
                    }
                }
                tbody class="utrecht-table__body" {
                    @for row in rows {
                        tr class="utrecht-table__row" {
                            @for (at, (column, cell)) in columns.iter().zip(row).enumerate() {
                                @if at == 0 {
                                    th scope="row" class="utrecht-table__cell dw-table__row-head" { (cell) }
                                } @else {
                                    td class=(cell_class(*column)) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

const fn header_class(column: Column<'_>) -> &'static str {
    if column.is_number {
        "utrecht-table__header-cell utrecht-table__header-cell--numeric-column"
    } else {
        "utrecht-table__header-cell"
    }
}

const fn cell_class(column: Column<'_>) -> &'static str {
    if column.is_number {
        "utrecht-table__cell utrecht-table__cell--numeric-column utrecht-table__cell--numeric-data"
    } else {
        "utrecht-table__cell"
    }
}
