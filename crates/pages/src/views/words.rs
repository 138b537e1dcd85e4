//! Words that several views share.

use access::Role;
use accounts::{LEAST_CHARACTERS, PasswordFault};
use model::Lang;

/// The title of a role on the screens.
pub(super) fn role(lang: Lang, role: Role) -> &'static str {
    let english = match role {
        Role::Administrator => "administrator",
        Role::Coordinator => "coordinator",
        Role::ProcessOwner => "process owner",
        Role::Respondent => "respondent",
        Role::Reader => "reader",
        Role::Controller => "controller",
        Role::IntegrityOfficer => "integrity officer",
        Role::RegionAnalyst => "region analyst",
        Role::Auditor => "auditor",
    };
    lang.pick(role.title(), english)
}

/// How to choose a password, below its label.
pub(super) fn password_help(lang: Lang) -> &'static str {
    lang.pick(
        "Minstens 12 tekens. Een paar woorden die niet bij elkaar horen zijn sterk en goed te onthouden. Plakken mag.",
        "At least 12 characters. A few words that do not belong together are strong and easy to remember. You may paste.",
    )
}

/// How to repair a password.
pub(super) fn password_fault(lang: Lang, fault: PasswordFault) -> String {
    match fault {
        PasswordFault::Short => {
            let (before, after) = lang.pick(
                ("Kies een wachtwoord van minstens", "tekens"),
                ("Choose a password of at least", "characters"),
            );
            format!("{before} {LEAST_CHARACTERS} {after}")
        }
        PasswordFault::Long => lang
            .pick("Kies een korter wachtwoord", "Choose a shorter password")
            .to_owned(),
        PasswordFault::Common => lang
            .pick(
                "Dit wachtwoord is makkelijk te raden. Kies een paar woorden die niet bij elkaar horen",
                "This password is easy to guess. Choose a few words that do not belong together",
            )
            .to_owned(),
        PasswordFault::Name => lang
            .pick(
                "Kies een wachtwoord waar je naam niet in zit",
                "Choose a password without your name in it",
            )
            .to_owned(),
        PasswordFault::Same => lang
            .pick(
                "Kies een ander wachtwoord dan je huidige",
                "Choose another password than your present one",
            )
            .to_owned(),
    }
}
