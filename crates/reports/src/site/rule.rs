//! What a rule reads and what an organisation may set, in words.

use super::Site;
use crate::numbers;
use catalogue::Parameter;
use catalogue::entry::Entry;
use maud::{Markup, html};
use model::Lang;

/// The columns a rule reads and its parameters with their bounds and periods.
pub(super) fn reads_and_parameters(
    site: &Site<'_>,
    entry: &Entry<'_>,
    lang: Lang,
) -> Markup {
    let Some(rule) = site.catalogue.rules.get(&entry.code) else { return html! {} };
    let title = |column: &str| {
        let known = site.catalogue.columns.get(column);
        known.map_or_else(|| column.to_owned(), |c| c.titles.title(lang).to_owned())
    };
    html! {
        @if !rule.needs.is_empty() {
            section aria-labelledby="reads" {
                h2 id="reads" { (lang.pick("Wat de regel leest", "What the rule reads")) }
                p { (lang.pick("Naast de zaak, de stap en de tijd:", "Besides the case, the step and the time:")) }
                ul { @for column in &rule.needs { li { (title(column)) " (" code { (column) } ")" } } }
            }
        }
        @if !rule.parameters.is_empty() {
            section aria-labelledby="parameters" {
                h2 id="parameters" { (lang.pick("Wat je kunt instellen", "What you can set")) }
                table {
                    thead { tr {
                        th scope="col" { (lang.pick("Naam", "Name")) }
                        th scope="col" { (lang.pick("Waarde", "Value")) }
                        th scope="col" { (lang.pick("Van – tot", "From – to")) }
                    } }
                    tbody {
                        @for (name, parameter) in &rule.parameters {
                            tr {
                                th scope="row" { code { (name) } }
                                td { (value(parameter, lang)) }
                                td {
                                    (numbers::parameter(parameter.least, &parameter.unit, lang)) " – "
                                    (numbers::parameter(parameter.most, &parameter.unit, lang))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The value that holds, and those of periods.
fn value(parameter: &Parameter, lang: Lang) -> Markup {
    let unit = &parameter.unit;
    html! {
        (numbers::parameter(parameter.default, unit, lang))
        @for (from, to, value) in &parameter.valid {
            br;
            (numbers::date(*from, lang)) " – " (numbers::date(*to, lang)) ": "
            (numbers::parameter(*value, unit, lang))
        }
    }
}
