//! Organisations: how they stand, what they set, and who holds which role in them.

use super::desk::{Desk, Registry};
use crate::AppError;
use access::{Action, Resource, Role, Verb};
use catalogue::Catalogue;
use jiff::Timestamp;
use model::Process;
use picture::freeboard::Attractiveness;
use records::{Grant, Kept, Membership, Organisation, ProcessInScope, Setting, latest};
use std::collections::{BTreeMap, BTreeSet};

/// How an organisation stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its name in commands.
    pub name: String,
    /// Title, kind, size.
    pub organisation: Organisation,
    /// The regions it is in today.
    pub regions: BTreeSet<String>,
    /// The processes that are looked at, with the reason; a process without a word is.
    pub scope: BTreeMap<Process, (bool, String)>,
    /// Settings by name.
    pub settings: BTreeMap<String, String>,
    /// Who holds which roles; empty where this person may not know.
    pub grants: BTreeMap<String, BTreeSet<Role>>,
}

/// Begins an organisation. Whoever does so becomes its administrator and coordinator; both can
/// be taken away again.
pub fn found(
    desk: &mut Desk<'_>,
    name: &str,
    first: &Organisation,
) -> Result<i64, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let person = actor.name.clone();
    let id = desk.records.together(|records| {
        let id = records.found(&actor, now, name, first)?;
        for role in [Role::Administrator, Role::Coordinator] {
            let role = role.code().to_owned();
            let entry = Grant { person: person.clone(), role, granted: true };
            records.add(&actor, now, name, &entry)?;
        }
        Ok::<_, AppError>(id)
    })?;
    // what the records say counts from here
    desk.actor = desk.records.actor(&person)?;
    Ok(id)
}

/// Begins another organisation in an installation, from one in which this person may do so: that
/// one's log hears of a refusal. `None` where the name is taken.
pub fn found_beside(
    desk: &mut Desk<'_>,
    beside: &str,
    name: &str,
    first: &Organisation,
) -> Result<Option<i64>, AppError> {
    desk.ask(Action::new(Verb::Add, Resource::Organisation), beside)?;
    if desk.records.exists(name)? {
        return Ok(None);
    }
    desk.actor.grants.push(access::Grant::organisation(Role::Administrator, name));
    found(desk, name, first).map(Some)
}

/// Lets the first account of an installation begin: it becomes administrator of every
/// organisation that has none. Whoever makes it has the code from the terminal of whoever keeps
/// the data directory.
pub fn begin(
    registry: &mut Registry,
    catalogue: &Catalogue,
    person: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    for name in registry.names()? {
        let mut keeper = registry.desk(catalogue, person, now)?;
        let all = access::Grant::organisation(Role::Administrator, &name);
        if keeper.actor.grants.contains(&all) {
            continue;
        }
        keeper.actor.grants.push(all);
        let held = standing(&mut keeper, &name)?.grants;
        let kept = held.values().any(|roles| roles.contains(&Role::Administrator));
        if !kept {
            grant(&mut keeper, &name, person, Role::Administrator, true)?;
        }
    }
    Ok(())
}

/// Gives a role to a person, or takes it away.
///
/// # Errors
/// Wrong use where it would leave the organisation without an administrator.
pub fn grant(
    desk: &mut Desk<'_>,
    organisation: &str,
    person: &str,
    role: Role,
    granted: bool,
) -> Result<i64, AppError> {
    if role == Role::Administrator && !granted {
        let held = standing(desk, organisation)?.grants;
        let mut others = held.iter().filter(|(name, _)| *name != person);
        if !others.any(|(_, roles)| roles.contains(&Role::Administrator)) {
            return Err(AppError::Use(format!(
                "`{person}` is the last administrator of `{organisation}`; make somebody else administrator first"
            )));
        }
    }
    let entry =
        Grant { person: person.to_owned(), role: role.code().to_owned(), granted };
    Ok(desk.records.add(&desk.actor, desk.now, organisation, &entry)?)
}

/// The organisation that is meant: the one that was named, or the only one this person is in.
pub fn which(desk: &mut Desk<'_>, named: Option<&str>) -> Result<String, AppError> {
    let own: Vec<String> = desk
        .records
        .organisations(&desk.actor)?
        .into_iter()
        .map(|kept| kept.organisation)
        .collect();
    match (named, own.as_slice()) {
        // a name that is not one's own is asked for, so that the refusal is logged there
        (Some(name), _) => Ok(name.to_owned()),
        (None, [only]) => Ok(only.clone()),
        (None, []) => Err(AppError::Use(format!(
            "`{}` holds a role in no organisation; begin with `dijkwacht organisation add`, or name \
             yourself with --as",
            desk.actor.name
        ))),
        (None, several) => Err(AppError::Use(format!(
            "there are several organisations; choose one with --organisation: {}",
            several.join(", ")
        ))),
    }
}

/// How an organisation stands.
pub fn standing(desk: &mut Desk<'_>, organisation: &str) -> Result<Standing, AppError> {
    let (actor, now) = (desk.actor.clone(), desk.now);
    let versions: Vec<Kept<Organisation>> =
        desk.records.list(&actor, now, organisation)?;
    let newest = versions.into_iter().next_back().ok_or_else(|| {
        AppError::Absent(format!("there is no organisation `{organisation}`"))
    })?;
    let today = desk.today();
    let memberships: Vec<Kept<Membership>> =
        desk.records.list(&actor, now, organisation)?;
    let regions = latest(memberships, |it| (it.region.clone(), it.valid_from))
        .into_values()
        .filter(|kept| kept.entry.holds_on(today))
        .map(|kept| kept.entry.region)
        .collect();
    let mut standing = Standing {
        name: organisation.to_owned(),
        organisation: newest.entry,
        regions,
        scope: BTreeMap::new(),
        settings: BTreeMap::new(),
        grants: BTreeMap::new(),
    };
    if desk.may(Action::new(Verb::Read, Resource::Settings), organisation) {
        let scopes: Vec<Kept<ProcessInScope>> =
            desk.records.list(&actor, now, organisation)?;
        for (code, kept) in latest(scopes, |it| it.process.clone()) {
            if let Ok(process) = code.parse::<Process>() {
                standing.scope.insert(process, (kept.entry.in_scope, kept.entry.reason));
            }
        }
        let settings: Vec<Kept<Setting>> =
            desk.records.list(&actor, now, organisation)?;
        standing.settings = latest(settings, |it| it.name.clone())
            .into_iter()
            .map(|(name, kept)| (name, kept.entry.setting))
            .collect();
    }
    if desk.may(Action::new(Verb::Read, Resource::Grant), organisation) {
        let grants: Vec<Kept<Grant>> = desk.records.list(&actor, now, organisation)?;
        let newest = latest(grants, |it| (it.person.clone(), it.role.clone()));
        for ((person, role), kept) in newest {
            if let (true, Ok(role)) = (kept.entry.granted, role.parse::<Role>()) {
                standing.grants.entry(person).or_default().insert(role);
            }
        }
    }
    Ok(standing)
}

impl Standing {
    /// The processes that are looked at, in their order.
    pub fn processes(&self, all: impl IntoIterator<Item = Process>) -> Vec<Process> {
        let looked_at =
            |process: &Process| self.scope.get(process).is_none_or(|(inside, _)| *inside);
        all.into_iter().filter(looked_at).collect()
    }

    /// The least number of answers before two groups are set apart; a setting may only raise it.
    pub fn least_group(&self) -> u32 {
        let set = self.settings.get("least-group").and_then(|text| text.parse().ok());
        set.unwrap_or(assessment::said::LEAST_GROUP).max(assessment::said::LEAST_GROUP)
    }
}

/// What a process is worth to a criminal: of the catalogue, or as this organisation set it with
/// its reason (`attractiveness.PROCESS` = `high: reason`).
pub fn attractiveness(
    desk: &Desk<'_>,
    standing: &Standing,
    process: Process,
) -> (Attractiveness, Option<String>) {
    let set = standing.settings.get(&format!("attractiveness.{process}"));
    let set = set.and_then(|text| text.split_once(':')).and_then(|(word, reason)| {
        Some((Attractiveness::named(word.trim())?, reason.trim().to_owned()))
    });
    match set {
        Some((step, reason)) => (step, Some(reason)),
        None => (picture::weighing::attractiveness(desk.catalogue, process), None),
    }
}

/// Checks a setting before it is kept.
pub(crate) fn check_setting(name: &str, text: &str) -> Result<(), AppError> {
    let wrong = |why: String| Err(AppError::Use(why));
    if name == "least-group" {
        return match text.parse::<u32>() {
            Ok(number) if number >= assessment::said::LEAST_GROUP => Ok(()),
            Ok(_) | Err(_) => wrong(format!(
                "`least-group` is `{text}`; give a whole number of at least {}",
                assessment::said::LEAST_GROUP
            )),
        };
    }
    if let Some(code) = name.strip_prefix("attractiveness.") {
        if let Err(error) = code.parse::<Process>() {
            return wrong(error.to_string());
        }
        let (word, reason) = text.split_once(':').unwrap_or((text, ""));
        if Attractiveness::named(word.trim()).is_none() || reason.trim().is_empty() {
            return wrong(format!(
                "`{name}` is `{text}`; write low, middle or high, a colon and the reason, such as \
                 \"high: a harbour with many storage sheds\""
            ));
        }
        return Ok(());
    }
    wrong(format!(
        "there is no setting `{name}`; choose `least-group` or `attractiveness.PROCESS`"
    ))
}

impl Desk<'_> {
    /// Keeps a setting.
    pub fn set(
        &mut self,
        organisation: &str,
        name: &str,
        text: &str,
    ) -> Result<i64, AppError> {
        check_setting(name, text)?;
        let entry = Setting { name: name.to_owned(), setting: text.to_owned() };
        Ok(self.records.add(&self.actor, self.now, organisation, &entry)?)
    }

    /// Keeps a new version of the organisation, a membership of a region, or whether a process
    /// is looked at.
    pub fn keep<T: records::Entry>(
        &mut self,
        organisation: &str,
        entry: &T,
    ) -> Result<i64, AppError> {
        Ok(self.records.add(&self.actor, self.now, organisation, entry)?)
    }

    /// The organisations this person is in, by name.
    pub fn organisations(&mut self) -> Result<Vec<Kept<Organisation>>, AppError> {
        Ok(self.records.organisations(&self.actor)?)
    }
}
