//! Writes sample plans of a municipality that does not exist into a folder, to look at:
//! `cargo run -p reports --example plan -- FOLDER`.
#![expect(
    clippy::expect_used,
    reason = "an example ends at the first thing that is wrong"
)]

#[path = "../tests/support/plans.rs"]
mod plans;

use maud::{DOCTYPE, PreEscaped, html};
use model::Lang;
use reports::plan::{html as parts, text};
use reports::text::Style;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder =
        PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    let catalogue = catalogue::load(&catalogue::embedded())
        .map_err(|faults| format!("{faults:?}"))?;
    std::fs::create_dir_all(&folder)?;
    let outcomes = plans::outcomes();
    for (name, hours, years) in
        [("one-year", Some(60), 1), ("two-years", Some(30), 2), ("no-limit", None, 1)]
    {
        let advice = plans::advice(&catalogue, hours, years);
        for lang in Lang::ALL {
            let page = html! {
                (DOCTYPE)
                html lang=(lang.code()) {
                    head {
                        meta charset="utf-8";
                        meta name="viewport" content="width=device-width, initial-scale=1";
                        title { (name) }
                        style { (PreEscaped(reports::html::style())) }
                    }
                    body class="dijkwacht-theme" {
                        main {
                            (parts::section(&catalogue, &advice, lang, "plan"))
                            (parts::outcomes(&catalogue, &outcomes, lang, "plan"))
                        }
                    }
                }
            };
            std::fs::write(
                folder.join(format!("{name}.{lang}.html")),
                page.into_string(),
            )?;
            let style = Style { colour: false, width: 100 };
            let told = text::plan(&catalogue, &advice, lang, style)
                + &text::outcomes(&catalogue, &outcomes, lang, style);
            std::fs::write(folder.join(format!("{name}.{lang}.txt")), told)?;
        }
    }
    Ok(())
}
