//! The demonstration in a browser: the application on this machine, with an account for everybody
//! who holds a role in the story.

use super::Wanted;
use crate::terminal::Terminal;
use crate::verbs::serve::{House, bind, fault, open_accounts};
use accounts::{Accounts, Source};
use app::AppError;
use app::people::{Registry, standing};
use dress::Dress;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::Ipv4Addr;

const TOWN: &str = "dijkveen";
/// Who tells who holds which role.
const COORDINATOR: &str = "dv-01";
/// Somebody who is asked questions and holds no role beside that.
const RESPONDENT: &str = "dv-02";
/// Words of which a password is made, each easy to type.
const WORDS: [&str; 16] = [
    "appel", "beker", "dijk", "emmer", "fiets", "gracht", "hamer", "kade", "ladder",
    "molen", "oever", "polder", "sluis", "terp", "veen", "zeil",
];

/// Serves the application on 127.0.0.1 with accounts that all have one password, told on this
/// terminal and made anew each time.
pub(super) fn serve(
    wanted: &Wanted<'_>,
    port: u16,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let people = people(wanted)?;
    let password = password()?;
    let accounts = open_accounts(wanted.dir)?;
    for (name, title) in &people {
        let shown = if title.is_empty() { name } else { title };
        add(&accounts, (name, shown), &password)?;
    }
    let bound = bind(&House {
        dir: wanted.dir,
        overlay: wanted.overlay,
        database: None,
        listen: (Ipv4Addr::LOCALHOST, port).into(),
        address: None,
        dress: Dress::built_in(),
        settle: &|settings| {
            "Gemeente Dijkveen (demonstratie)".clone_into(&mut settings.owner);
        },
        lang: terminal.lang,
    })?;
    let mut text = terminal.choose(
        format!(
            "Open {}/ en log in met een van deze namen en het wachtwoord: {password}\n",
            bound.address
        ),
        format!(
            "Open {}/ and sign in with one of these names and the password: {password}\n",
            bound.address
        ),
    );
    for (name, title) in &people {
        // writing to a string cannot fail
        writeln!(text, "  {name:<16} {title}").unwrap_or_default();
    }
    text.push_str(terminal.say("Stop met Ctrl-C.\n", "Stop with Ctrl-C.\n"));
    if terminal.json {
        terminal.remark(text.trim_end());
    } else {
        terminal.print(&text)?;
    }
    bound.run()
}

/// Who holds a role in the town, with the titles of the roles.
fn people(wanted: &Wanted<'_>) -> Result<BTreeMap<String, String>, AppError> {
    let catalogue = app::load_catalogue(wanted.overlay)?;
    let now = Timestamp::now();
    let mut registry = Registry::open(wanted.dir, None, now)?;
    let mut desk = registry.desk(&catalogue, COORDINATOR, now)?;
    let mut people: BTreeMap<String, String> = standing(&mut desk, TOWN)?
        .grants
        .into_iter()
        .map(|(name, roles)| {
            let titles: BTreeSet<&str> = roles.iter().map(|role| role.title()).collect();
            (name, titles.into_iter().collect::<Vec<_>>().join(", "))
        })
        .collect();
    people.entry(RESPONDENT.to_owned()).or_insert_with(|| "invuller".to_owned());
    Ok(people)
}

fn add(
    accounts: &Accounts,
    (name, shown): (&str, &str),
    password: &str,
) -> Result<(), AppError> {
    let now = Timestamp::now();
    let invitation = accounts.invite(name, shown, "", now).map_err(fault)?;
    let source = Source::of(Ipv4Addr::LOCALHOST.into());
    let code = invitation.code.reveal();
    accounts.accept(code, ("", ""), password, source, now).map_err(fault)?;
    Ok(())
}

/// A password of this time: the machine may have other users.
fn password() -> Result<String, AppError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)
        .map_err(|error| AppError::data(format!("no bytes by chance ({error})")))?;
    let words: Vec<&str> = bytes
        .iter()
        .filter_map(|byte| WORDS.get(usize::from(byte % 16)).copied())
        .collect();
    Ok(words.join("-"))
}
