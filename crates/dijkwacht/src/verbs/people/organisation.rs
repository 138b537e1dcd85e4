//! `dijkwacht organisation`.

use super::{House, with, words};
use crate::args::people::{OrganisationVerb, Who};
use crate::terminal::Terminal;
use app::AppError;
use app::people::{
    Kept, Membership, Organisation, ProcessInScope, Registry, Standing, found, grant,
    standing,
};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn run(
    verb: &OrganisationVerb,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    use OrganisationVerb as V;
    match verb {
        V::Add { name, title, kind, size, from, who } => {
            let first = Organisation {
                title: title.clone(),
                kind: *kind,
                size_class: *size,
                valid_from: *from,
                valid_to: None,
                successor: None,
            };
            add(name, &first, who, overlay, terminal)
        }
        V::List { who } => list(who, overlay, terminal),
        V::Show { who } => with(who, overlay, |desk, of| {
            let standing = standing(desk, of)?;
            show(&standing, desk.catalogue, terminal)
        }),
        V::Roles => {
            if terminal.json {
                return terminal.print_json(&table_json());
            }
            terminal.print(&access::table())
        }
        V::Change { title, size, until, successor, who } => {
            let id = with(who, overlay, |desk, of| {
                let old = standing(desk, of)?.organisation;
                let new = Organisation {
                    title: title.clone().unwrap_or(old.title),
                    size_class: size.or(old.size_class),
                    valid_to: until.or(old.valid_to),
                    successor: successor.clone().or(old.successor),
                    ..old
                };
                desk.keep(of, &new)
            })?;
            kept(id, terminal)
        }
        V::Join { region, from, until, who } => {
            let membership = Membership {
                region: region.clone(),
                valid_from: *from,
                valid_to: *until,
            };
            keep(who, overlay, terminal, &membership)
        }
        V::Scope { process, out, reason, who } => {
            let scope = ProcessInScope {
                process: process.code().to_owned(),
                in_scope: !out,
                reason: reason.clone(),
            };
            keep(who, overlay, terminal, &scope)
        }
        V::Set { name, value, who } => {
            kept(with(who, overlay, |desk, of| desk.set(of, name, value))?, terminal)
        }
        V::Grant { to: person, role, who } | V::Revoke { from: person, role, who } => {
            let granted = matches!(verb, V::Grant { .. });
            let id =
                with(who, overlay, |desk, of| grant(desk, of, person, *role, granted))?;
            kept(id, terminal)
        }
    }
}

/// Says that something was kept.
pub(super) fn kept(id: i64, terminal: &Terminal) -> Result<(), AppError> {
    if terminal.json {
        return terminal.print_json(&json!({ "form": "dijkwacht/kept/1", "id": id }));
    }
    terminal
        .print(&terminal.choose(format!("Vastgelegd: {id}\n"), format!("Kept: {id}\n")))
}

fn keep<T: ::records::Entry>(
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
    entry: &T,
) -> Result<(), AppError> {
    kept(with(who, overlay, |desk, of| desk.keep(of, entry))?, terminal)
}

fn add(
    name: &str,
    first: &Organisation,
    who: &Who,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let catalogue = app::load_catalogue(overlay)?;
    let now = Who::now();
    let mut registry = Registry::open(&who.dir.dir, who.database.as_deref(), now)?;
    registry.settle_logs(&who.dir.dir)?;
    let mut desk = registry.keeper(&catalogue, &who.name(), now, &[name.to_owned()])?;
    found(&mut desk, name, first)?;
    if terminal.json {
        return terminal.print_json(&json!({
            "form": "dijkwacht/organisation-founded/1",
            "organisation": name,
            "by": who.name(),
        }));
    }
    terminal.print(&terminal.choose(
        format!("`{name}` is begonnen. `{}` is beheerder en coördinator.\n", who.name()),
        format!(
            "`{name}` has begun. `{}` is administrator and coordinator.\n",
            who.name()
        ),
    ))
}

fn list(who: &Who, overlay: Option<&Path>, terminal: &Terminal) -> Result<(), AppError> {
    let mut house = House::open(who, overlay)?;
    let all = house.desk(who)?.organisations()?;
    if terminal.json {
        let all: Vec<Value> = all
            .iter()
            .map(|one| organisation_json(&one.organisation, &one.entry))
            .collect();
        return terminal.print_json(
            &json!({ "form": "dijkwacht/organisations/1", "organisations": all }),
        );
    }
    if all.is_empty() {
        return terminal.print(terminal.say(
            "Je hebt nog in geen organisatie een rol.\n",
            "You hold no role in any organisation yet.\n",
        ));
    }
    let lines: Vec<String> = all.iter().map(|kept| line(kept, terminal)).collect();
    terminal.print(&format!("{}\n", lines.join("\n")))
}

fn line(kept: &Kept<Organisation>, terminal: &Terminal) -> String {
    let size = kept.entry.size_class.map(|size| words::size(size, terminal));
    let size = size.map_or_else(String::new, |size| format!(", {size}"));
    format!(
        "{:<20}  {} ({}{size})",
        kept.organisation,
        kept.entry.title,
        words::kind(kept.entry.kind, terminal)
    )
}

fn organisation_json(name: &str, it: &Organisation) -> Value {
    json!({
        "name": name,
        "title": it.title,
        "kind": it.kind.code(),
        "size": it.size_class.map(::records::SizeClass::code),
        "valid_from": it.valid_from.to_string(),
        "valid_to": it.valid_to.map(|day| day.to_string()),
        "successor": it.successor,
    })
}

fn show(
    standing: &Standing,
    catalogue: &catalogue::Catalogue,
    terminal: &Terminal,
) -> Result<(), AppError> {
    if terminal.json {
        let scope: Vec<Value> = standing
            .scope
            .iter()
            .map(|(process, (inside, reason))| {
                json!({ "process": process.code(), "in_scope": inside, "reason": reason })
            })
            .collect();
        let roles = |roles: &std::collections::BTreeSet<access::Role>| {
            roles.iter().map(|role| role.code()).collect::<Vec<_>>()
        };
        let grants: serde_json::Map<String, Value> = standing
            .grants
            .iter()
            .map(|(person, held)| (person.clone(), json!(roles(held))))
            .collect();
        return terminal.print_json(&json!({
            "form": "dijkwacht/organisation/1",
            "organisation": organisation_json(&standing.name, &standing.organisation),
            "regions": standing.regions,
            "scope": scope,
            "settings": standing.settings,
            "roles": grants,
        }));
    }
    let mut text = format!("{} — {}\n", standing.name, standing.organisation.title);
    let mut row = |nl: &str, en: &str, value: &str| {
        if !value.is_empty() {
            // writing to a string cannot fail
            writeln!(text, "{:<16}{value}", terminal.lang.pick(nl, en))
                .unwrap_or_default();
        }
    };
    row("soort", "kind", words::kind(standing.organisation.kind, terminal));
    let size = standing.organisation.size_class.map(|size| words::size(size, terminal));
    row("grootte", "size", size.unwrap_or_default());
    let regions: Vec<&str> = standing.regions.iter().map(String::as_str).collect();
    row("regio's", "regions", &regions.join(", "));
    let until = standing.organisation.valid_to.map(|day| day.to_string());
    row("tot en met", "until", until.as_deref().unwrap_or_default());
    for (process, (inside, reason)) in &standing.scope {
        let title = catalogue
            .processes
            .get(process)
            .map_or(process.code(), |item| item.texts.title(terminal.lang));
        let word = if *inside {
            terminal.say("wordt bekeken", "is looked at")
        } else {
            terminal.say("wordt niet bekeken", "is not looked at")
        };
        row("proces", "process", &format!("{title}: {word} ({reason})"));
    }
    for (name, value) in &standing.settings {
        row("instelling", "setting", &format!("{name} = {value}"));
    }
    for (person, roles) in &standing.grants {
        let roles: Vec<&str> =
            roles.iter().map(|role| terminal.say(role.title(), role.code())).collect();
        row("rol", "role", &format!("{person}: {}", roles.join(", ")));
    }
    terminal.print(&text)
}

fn table_json() -> Value {
    let lines: Vec<Value> = access::MATRIX
        .iter()
        .map(|line| {
            let roles: Vec<&str> = line.roles.iter().map(|role| role.code()).collect();
            json!({
                "resource": line.action.resource.code(),
                "verb": line.action.verb.code(),
                "roles": roles,
            })
        })
        .collect();
    json!({ "form": "dijkwacht/access/1", "lines": lines })
}
