//! What is told of answers that were kept just now: that they were, and what in their texts looks
//! personal.

use crate::parts::{Mood, alert};
use crate::visit::Visit;
use assessment::guard::Personal;
use maud::{Markup, html};

/// What stands in an address for something that looks personal.
pub(super) const fn warned_as(what: Personal) -> &'static str {
    match what {
        Personal::Bsn => "bsn",
        Personal::Iban => "iban",
        Personal::Email => "e-mail",
        Personal::Telephone => "telefoon",
        Personal::LicencePlate => "kenteken",
        Personal::Name => "naam",
    }
}

/// What the query tells of what happened just now.
pub(super) fn notice(visit: &Visit) -> Markup {
    let lang = visit.lang;
    let what = match visit.query.get("let-op") {
        "iban" => lang.pick("een rekeningnummer", "an account number"),
        "e-mail" => lang.pick("een e-mailadres", "an e-mail address"),
        "telefoon" => lang.pick("een telefoonnummer", "a telephone number"),
        "kenteken" => lang.pick("een kenteken", "a licence plate"),
        "naam" => lang.pick("een naam", "a name"),
        _ => "",
    };
    html! {
        @if visit.query.get("gelukt") == "bewaard" {
            div class="dw-saved" role="status" { (lang.pick("Je antwoord is bewaard.", "Your answer was saved.")) }
        }
        @if !what.is_empty() {
            (alert(Mood::Info, &html! {
                p class="nl-paragraph" {
                    (lang.pick("In je toelichting lijkt ", "Your explanation seems to hold ")) (what)
                    (lang.pick(" te staan. Ga terug en haal het weg als het over een persoon gaat.", ". Go back and take it out if it is about a person."))
                }
            }))
        }
    }
}
