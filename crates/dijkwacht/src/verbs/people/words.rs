//! Words of the records on the terminal, and in `--json`.

use crate::terminal::Terminal;
use app::people::{
    MeasureStatus, OrganisationKind, Respondents, RoundStatus, Said, Side, SizeClass,
    Track,
};
use assessment::guard::Personal;
use serde_json::{Value, json};

pub(super) fn kind(kind: OrganisationKind, terminal: &Terminal) -> &'static str {
    let (nl, en) = match kind {
        OrganisationKind::Municipality => ("gemeente", "municipality"),
        OrganisationKind::Province => ("provincie", "province"),
        OrganisationKind::WaterBoard => ("waterschap", "water board"),
        OrganisationKind::Riec => ("RIEC", "RIEC"),
        OrganisationKind::Joint => ("gemeenschappelijke regeling", "joint arrangement"),
    };
    terminal.say(nl, en)
}

pub(super) fn size(size: SizeClass, terminal: &Terminal) -> &'static str {
    let (nl, en) = match size {
        SizeClass::UpTo20000 => ("tot 20.000 inwoners", "up to 20,000 inhabitants"),
        SizeClass::From20000 => ("20.000–50.000 inwoners", "20,000–50,000 inhabitants"),
        SizeClass::From50000 => ("50.000–100.000 inwoners", "50,000–100,000 inhabitants"),
        SizeClass::Over100000 => {
            ("meer dan 100.000 inwoners", "more than 100,000 inhabitants")
        }
    };
    terminal.say(nl, en)
}

pub(super) fn track(track: Track, terminal: &Terminal) -> &'static str {
    match track {
        Track::Full => terminal.say("volledig", "full"),
        Track::Short => terminal.say("kort", "short"),
    }
}

pub(super) fn status(status: RoundStatus, terminal: &Terminal) -> &'static str {
    let (nl, en) = match status {
        RoundStatus::Prepared => ("in voorbereiding", "prepared"),
        RoundStatus::Open => ("open", "open"),
        RoundStatus::Closed => ("gesloten", "closed"),
        RoundStatus::Agreed => ("besproken", "agreed"),
    };
    terminal.say(nl, en)
}

pub(super) fn side(side: Side, terminal: &Terminal) -> &'static str {
    let (nl, en) = match side {
        Side::Management => ("leiding", "management"),
        Side::WorkFloor => ("werkvloer", "work floor"),
        Side::Other => ("overig", "other"),
    };
    terminal.say(nl, en)
}

pub(super) fn measure_status(status: MeasureStatus, terminal: &Terminal) -> &'static str {
    let (nl, en) = match status {
        MeasureStatus::Planned => ("gepland", "planned"),
        MeasureStatus::Started => ("bezig", "started"),
        MeasureStatus::Done => ("klaar", "done"),
        MeasureStatus::Stopped => ("gestopt", "stopped"),
    };
    terminal.say(nl, en)
}

pub(super) fn said(said: &Said, terminal: &Terminal) -> String {
    match said {
        Said::Level(level) => level.to_string(),
        Said::NotApplicable { reason } => {
            format!("{} ({reason})", terminal.say("n.v.t.", "n/a"))
        }
        Said::Unknown => terminal.say("weet ik niet", "don't know").to_owned(),
    }
}

pub(super) fn said_json(said: &Said) -> Value {
    match said {
        Said::Level(level) => json!({ "kind": "level", "level": level }),
        Said::NotApplicable { reason } => {
            json!({ "kind": "not applicable", "reason": reason })
        }
        Said::Unknown => json!({ "kind": "unknown" }),
    }
}

pub(super) fn respondents(respondents: &Respondents, terminal: &Terminal) -> String {
    match respondents {
        Respondents::Named(name) => name.clone(),
        Respondents::Anonymous { seats } => {
            terminal.choose(format!("{seats} anoniem"), format!("{seats} anonymous"))
        }
    }
}

pub(super) fn respondents_json(respondents: &Respondents) -> Value {
    match respondents {
        Respondents::Named(name) => json!({ "person": name }),
        Respondents::Anonymous { seats } => json!({ "seats": seats }),
    }
}

/// What was seen in a text, for a remark.
pub(super) fn personal(what: Personal, terminal: &Terminal) -> &'static str {
    let (nl, en) = match what {
        Personal::Bsn => ("een burgerservicenummer", "a citizen service number"),
        Personal::Iban => ("een rekeningnummer", "an account number"),
        Personal::Email => ("een e-mailadres", "an e-mail address"),
        Personal::Telephone => ("een telefoonnummer", "a telephone number"),
        Personal::LicencePlate => ("een kenteken", "a licence plate"),
        Personal::Name => ("een naam", "a name"),
    };
    terminal.say(nl, en)
}

/// The title of a control or circumstance.
pub(super) fn title<'c>(
    catalogue: &'c catalogue::Catalogue,
    code: &str,
    terminal: &Terminal,
) -> &'c str {
    let control = catalogue.controls.get(code).map(|item| &item.texts);
    let circumstance = catalogue.circumstances.get(code).map(|item| &item.texts);
    control.or(circumstance).map_or("", |texts| texts.title(terminal.lang))
}
