//! Writes sample reports of a municipality that does not exist into a folder, to look at:
//! `cargo run -p reports --example sample -- FOLDER`.

#[path = "../tests/support/mod.rs"]
mod support;

use model::{Lang, Process};
use reports::html::Heading;
use reports::text::Style;
use std::path::PathBuf;
use support::{map, permits, picture, tested};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder =
        PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    let catalogue = catalogue::load(&catalogue::embedded())
        .map_err(|faults| format!("{faults:?}"))?;
    let payments = picture(
        Process::Payments,
        vec![tested(&catalogue, "FIN-04", 0, 1_204, 1_310)],
        map(
            &[
                ("Invoice", 1_310, 1_310, 0, "invoice-receive", &[]),
                ("Paid", 1_204, 0, 1_204, "bank-debit", &[]),
            ],
            &[(0, 1, 1_204, 1_209_600)],
        ),
    );
    let information = picture(Process::Information, Vec::new(), map(&[], &[]));
    let several = [payments, permits(&catalogue), information];
    let heading = Heading {
        organisation: "Gemeente Waterdrecht".to_owned(),
        subtitle: "Voorbeeld met verzonnen gegevens, stand van 23 november 2026"
            .to_owned(),
    };
    std::fs::create_dir_all(&folder)?;
    for lang in Lang::ALL {
        let one = [permits(&catalogue)];
        let pages = [("one", &one[..]), ("several", &several[..]), ("none", &[])];
        for (name, pictures) in pages {
            let html = reports::html::page(&catalogue, pictures, lang, &heading);
            std::fs::write(folder.join(format!("{name}.{lang}.html")), html)?;
            for width in [80, 120] {
                let style = Style { colour: width == 120, width };
                let text = reports::text::pictures(&catalogue, pictures, lang, style);
                std::fs::write(folder.join(format!("{name}.{lang}.{width}.txt")), text)?;
            }
        }
    }
    Ok(())
}
