//! Words that several views share.

use access::Role;
use accounts::{LEAST_CHARACTERS, PasswordFault};
use app::people::{MeasureStatus, RoundStatus, Side, Verdict};
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

/// How to repair a date.
pub(super) fn date_fault(lang: Lang) -> &'static str {
    lang.pick(
        "Vul een datum in als jjjj-mm-dd, zoals 2027-03-01",
        "Fill in a date as yyyy-mm-dd, such as 2027-03-01",
    )
}

/// What is said of a finding.
pub(super) fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Explained => lang.pick("Verklaard", "Explained"),
        Verdict::ToRepair => lang.pick("Te herstellen", "To be repaired"),
        Verdict::ToLookInto => lang.pick("Uit te zoeken", "To be looked into"),
    }
}

/// How far a round is.
pub(super) fn round_status(lang: Lang, status: RoundStatus) -> &'static str {
    match status {
        RoundStatus::Prepared => lang.pick("In voorbereiding", "Being prepared"),
        RoundStatus::Open => lang.pick("Open", "Open"),
        RoundStatus::Closed => lang.pick("Gesloten", "Closed"),
        RoundStatus::Agreed => lang.pick("Vastgesteld", "Agreed"),
    }
}

/// From which side somebody answers.
pub(super) fn side(lang: Lang, side: Side) -> &'static str {
    match side {
        Side::Management => lang.pick("Leiding", "Management"),
        Side::WorkFloor => lang.pick("Werkvloer", "Work floor"),
        Side::Other => lang.pick("Anders", "Other"),
    }
}

/// How far a measure is.
pub(super) fn measure_status(lang: Lang, status: MeasureStatus) -> &'static str {
    match status {
        MeasureStatus::Planned => lang.pick("Gepland", "Planned"),
        MeasureStatus::Started => lang.pick("Begonnen", "Started"),
        MeasureStatus::Done => lang.pick("Klaar", "Done"),
        MeasureStatus::Stopped => lang.pick("Gestopt", "Stopped"),
    }
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
