//! Free text is looked at before it is kept. An explanation in a self-scan is about a process;
//! what points at a person does not belong in it and, once kept, cannot be taken back.
//!
//! The guard sees forms, not meaning: a first name with a surname, or an address, passes. It
//! gives where something stands and what it looks like, never the text itself, so that a log
//! or an error cannot become the place where the text is kept after all.

mod names;
mod numbers;
mod plates;
mod scan;

#[cfg(test)]
mod tests;

use model::Lang;
use std::ops::Range;

/// What a piece of text looks like. The order is the order of certainty: where two overlap,
/// the earlier one is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// A citizen service number: nine digits that pass the eleven test. The number of a legal
    /// person (RSIN) has the same form and is not told apart.
    Bsn,
    /// An account number that passes the test of ISO 13616.
    Iban,
    /// An e-mail address.
    Email,
    /// A telephone number of a person or desk; service numbers (0800, 0900, 14…) are none.
    Telephone,
    /// A Dutch licence plate.
    LicencePlate,
    /// A surname behind initials or a form of address.
    Name,
}

/// What is done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is not kept.
    Refuse,
    /// It is kept when whoever wrote it says that it may stand.
    Warn,
}

/// Something that looks personal, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The bytes of the text; both ends lie between characters.
    pub range: Range<usize>,
    /// What it looks like.
    pub what: Personal,
}

impl Personal {
    /// All of them, the most certain first.
    pub const ALL: [Self; 6] = [
        Self::Bsn,
        Self::Iban,
        Self::Email,
        Self::Telephone,
        Self::LicencePlate,
        Self::Name,
    ];

    /// The word in forms and logs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::Iban => "iban",
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::LicencePlate => "licence-plate",
            Self::Name => "name",
        }
    }

    /// What is done with a text in which it stands.
    pub const fn action(self) -> Action {
        match self {
            Self::Bsn => Action::Refuse,
            Self::Iban
            | Self::Email
            | Self::Telephone
            | Self::LicencePlate
            | Self::Name => Action::Warn,
        }
    }

    /// What is told to whoever wrote the text.
    pub const fn sentence(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Bsn, Lang::Nl) => {
                "Hier staat een getal dat een burgerservicenummer kan zijn. Haal het weg; zo bewaren we de tekst niet."
            }
            (Self::Bsn, Lang::En) => {
                "This holds a number that may be a citizen service number. Take it out; we do not keep the text like this."
            }
            (Self::Iban, Lang::Nl) => {
                "Hier staat een rekeningnummer. Schrijf op wat het proces toelaat, niet van wie de rekening is."
            }
            (Self::Iban, Lang::En) => {
                "This holds an account number. Write what the process lets happen, not whose account it is."
            }
            (Self::Email, Lang::Nl) => {
                "Hier staat een e-mailadres. Noem liever de functie of het team."
            }
            (Self::Email, Lang::En) => {
                "This holds an e-mail address. Name the function or the team instead."
            }
            (Self::Telephone, Lang::Nl) => {
                "Hier staat een telefoonnummer. Noem liever de functie of het team."
            }
            (Self::Telephone, Lang::En) => {
                "This holds a telephone number. Name the function or the team instead."
            }
            (Self::LicencePlate, Lang::Nl) => {
                "Hier staat iets dat op een kenteken lijkt. Een uitleg over het proces heeft dat niet nodig."
            }
            (Self::LicencePlate, Lang::En) => {
                "This holds something that looks like a licence plate. An explanation of the process does not need it."
            }
            (Self::Name, Lang::Nl) => {
                "Hier lijkt een naam van een persoon te staan. Noem liever de functie."
            }
            (Self::Name, Lang::En) => {
                "This seems to hold the name of a person. Name the function instead."
            }
        }
    }
}

/// All that looks personal in a text, in the order of the text. Of sightings that overlap only
/// the most certain is told.
pub fn find_personal(text: &str) -> Vec<Sighting> {
    let text = scan::Text::of(text);
    let telephones = numbers::find_telephones(&text);
    let kinds = [
        (Personal::Bsn, numbers::find_bsns(&text, &telephones)),
        (Personal::Iban, numbers::find_ibans(&text)),
        (Personal::Email, plates::find_emails(&text)),
        (Personal::Telephone, telephones),
        (Personal::LicencePlate, plates::find_plates(&text)),
        (Personal::Name, names::find_names(&text)),
    ];
    let mut told: Vec<Sighting> = Vec::new();
    for (what, places) in kinds {
        for place in places {
            let range = text.bytes(&place);
            let free = told
                .iter()
                .all(|one| one.range.end <= range.start || range.end <= one.range.start);
            if free {
                told.push(Sighting { range, what });
            }
        }
    }
    told.sort_by_key(|one| one.range.start);
    told
}

/// Whether a text with these sightings may not be kept at all.
pub fn must_refuse(sightings: &[Sighting]) -> bool {
    sightings.iter().any(|one| one.what.action() == Action::Refuse)
}
