//! Pictures as one self-contained HTML file: no script, nothing loaded from elsewhere.
//!
//! The page holds one `<style>` element and no `style` attribute, so a server can send it
//! under `default-src 'none'; style-src 'sha256-…'` with the hash of [`style_hash`].

mod map;
mod process;
pub(crate) mod shell;
mod signal;
pub(crate) mod table;
mod test_card;

use crate::numbers;
use crate::safe::one_line;
use crate::sentences::Told;
use crate::weighing::{self, Material};
use crate::words::Word;
use catalogue::Catalogue;
use maud::{Markup, html};
use model::{Lang, Process};
use picture::Picture;
use table::Table;

pub use shell::{PARTS_STYLE, style, style_hash};
pub use signal::{
    funnel, in_short, signal, signal_outcome, signal_title, subject, trend, trend_rows,
};

/// What stands at the top of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The organisation whose processes are shown; empty where it is not known.
    pub organisation: String,
    /// A line under the title; empty for none.
    pub subtitle: String,
}

/// A picture with what its part of the page needs.
#[derive(Clone, Copy)]
struct Part<'a> {
    told: Told<'a>,
    id: &'a str,
}

/// Tells pictures on one page, in the order given: an overview where there are several,
/// then a part for each. A whole document, from `<!DOCTYPE html>` on.
pub fn page(
    catalogue: &Catalogue,
    pictures: &[Picture],
    lang: Lang,
    heading: &Heading,
) -> String {
    whole(catalogue, (pictures, None), lang, heading)
}

/// As [`page`], with what people said before what the logs show, where there is any.
pub fn whole(
    catalogue: &Catalogue,
    (pictures, said): (&[Picture], Option<&Material<'_>>),
    lang: Lang,
    heading: &Heading,
) -> String {
    let told: Vec<Told<'_>> =
        pictures.iter().map(|picture| Told { catalogue, picture, lang }).collect();
    let ids = ids(pictures);
    let parts: Vec<Part<'_>> =
        told.iter().zip(&ids).map(|(told, id)| Part { told: *told, id }).collect();
    let title = match told.as_slice() {
        [one] => Word::PageTitleOne.fill(lang, &[("process", one.process())]),
        _ => Word::PageTitle.text(lang).to_owned(),
    };
    let organisation = one_line(&heading.organisation);
    let main = html! {
        (opening(&title, heading, lang))
        @if let Some(said) = said { (weighing::parts(said)) }
        @if parts.is_empty() && said.is_none() {
            p { (Word::NoPictures.text(lang)) }
        }
        @if parts.len() > 1 { (overview(&parts, lang)) }
        @for part in &parts {
            (process::section(*part, parts.len() > 1))
        }
    };
    shell::document(&shell::Shell {
        title: &title,
        organisation: &organisation,
        lang,
        main: &main,
        foot: &foot(pictures, lang),
    })
}

/// What the log of one process shows, to stand inside a page of one's own whose heading of
/// level 1 names the process; its headings begin at level 2. It needs [`PARTS_STYLE`].
pub fn part(catalogue: &Catalogue, picture: &Picture, lang: Lang) -> Markup {
    let id = picture.process.code();
    process::section(Part { told: Told { catalogue, picture, lang }, id }, false)
}

/// A name for each part of the page; the process, and a number where it comes again.
fn ids(pictures: &[Picture]) -> Vec<String> {
    let mut seen: Vec<Process> = Vec::new();
    let id = |picture: &Picture| {
        seen.push(picture.process);
        let times = seen.iter().filter(|process| **process == picture.process).count();
        let code = picture.process.code();
        if times == 1 { code.to_owned() } else { format!("{code}-{times}") }
    };
    pictures.iter().map(id).collect()
}

fn opening(title: &str, heading: &Heading, lang: Lang) -> Markup {
    html! {
        h1 { (title) }
        @if !heading.subtitle.is_empty() {
            p class="subtitle" { (one_line(&heading.subtitle)) }
        }
        p class="lead" { (Word::Intro.text(lang)) }
        details class="explain" {
            summary { (Word::HowToRead.text(lang)) }
            div class="details-body" {
                @for word in [Word::ReadFound, Word::ReadInterval, Word::ReadHarmless, Word::ReadPersons] {
                    p { (word.text(lang)) }
                }
            }
        }
    }
}

fn overview(parts: &[Part<'_>], lang: Lang) -> Markup {
    let table = Table {
        id: "overview-table",
        caption: Word::OverviewCaption.text(lang).to_owned(),
        columns: &[
            (Word::Process.text(lang), false),
            (Word::FoundHead.text(lang), true),
            (Word::ClearHead.text(lang), true),
            (Word::NotAssessableHead.text(lang), true),
            (Word::CasesHead.text(lang), true),
        ],
    };
    let rows = html! {
        @for part in parts {
            @let [found, clear, unknown] = part.told.outcomes();
            tr {
                th scope="row" { a href={ "#" (part.id) } { (part.told.process()) } }
                td class="number" {
                    @if found > 0 {
                        strong class="badge badge--found" { (part.told.count(found)) }
                    } @else { "0" }
                }
                td class="number" { (part.told.count(clear)) }
                td class="number" { (part.told.count(unknown)) }
                td class="number" { (part.told.count(part.told.picture.log.cases)) }
            }
        }
    };
    html! {
        section class="overview" aria-labelledby="overview" {
            h2 id="overview" { (Word::Overview.text(lang)) }
            (table.with(&rows))
        }
    }
}

fn foot(pictures: &[Picture], lang: Lang) -> Markup {
    html! {
        p { (Word::Confidential.text(lang)) }
        @if let Some(first) = pictures.first() {
            p {
                (Word::MadeBy.fill(lang, &[
                    ("content", &*one_line(&first.pedigree.content)),
                    ("date", &numbers::date(first.pedigree.as_of, lang)),
                ]))
            }
        }
    }
}
