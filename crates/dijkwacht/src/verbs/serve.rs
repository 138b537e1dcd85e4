//! `dijkwacht serve` and `dijkwacht account`: the application in a browser, and who may come in.

use crate::args::serve::{AccountVerb, Serve};
use crate::terminal::Terminal;
use accounts::{Accounts, Invitation, Terms};
use app::{AppError, Installation};
use dress::Dress;
use jiff::Timestamp;
use pages::{Address, Server, Settings, State, app as application};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(
    wanted: &Serve,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let catalogue = Arc::new(app::load_catalogue(overlay)?);
    let dir = &wanted.dir.dir;
    let database = wanted.database.as_deref();
    let installation = Installation::open(catalogue, dir, database, Timestamp::now())?;
    let accounts = open_accounts(dir)?;
    let server = std::net::TcpListener::bind(wanted.listen)
        .and_then(|free| free.local_addr())
        .map_err(|error| not_bound(wanted.listen, &error))?;
    let address = wanted.address.clone().unwrap_or_else(|| format!("http://{server}"));
    let settings = settings(&address, wanted)?;
    invite_first(&accounts, &address, terminal)?;
    let dress = match &wanted.theme {
        Some(folder) => Dress::load(folder).map_err(fault)?,
        None => Dress::built_in(),
    };
    let loud = terminal.lang;
    let state =
        State::new(settings, accounts, installation, dress, Timestamp::now, move |one| {
            let word = loud.pick("Er ging iets mis:", "Something went wrong:");
            // where standard error is gone there is nobody to tell
            std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("{word} {one}\n"),
            )
            .unwrap_or_default();
        });
    let server = Server::bind_app(application(&Arc::new(state)), server)
        .map_err(|error| not_bound(wanted.listen, &error))?;
    terminal.remark(&terminal.choose(
        format!("Dijkwacht draait op {address}. Stop met Ctrl-C."),
        format!("Dijkwacht serves at {address}. Stop with Ctrl-C."),
    ));
    server.run().map_err(|error| AppError::data(format!("the server stopped ({error})")))
}

fn not_bound(listen: SocketAddr, error: &std::io::Error) -> AppError {
    AppError::data(format!(
        "{listen} cannot be used ({error}); choose another with --listen"
    ))
}

fn fault(error: impl std::fmt::Display) -> AppError {
    AppError::data(error.to_string())
}

fn open_accounts(dir: &Path) -> Result<Accounts, AppError> {
    Accounts::open(dir, Terms::default()).map_err(fault)
}

fn settings(address: &str, wanted: &Serve) -> Result<Settings, AppError> {
    let address =
        Address::parse(address).map_err(|why| AppError::Use(why.to_string()))?;
    let mut settings = Settings::new(address);
    settings.owner = wanted.owner.clone().unwrap_or_default();
    settings.help.clone_from(&wanted.help_from);
    settings.security_contact.clone_from(&wanted.security_contact);
    settings.proxies.clone_from(&wanted.proxies);
    Ok(settings)
}

/// The code for the first account, where there is none yet: only on this terminal.
fn invite_first(
    accounts: &Accounts,
    address: &str,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let Some(invitation) = accounts.invite_first(Timestamp::now()).map_err(fault)? else {
        return Ok(());
    };
    let code = invitation.code.reveal();
    terminal.remark(&terminal.choose(
        format!("Er is nog geen account. Maak het eerste op {address}/uitnodiging met de code {code}"),
        format!("There is no account yet. Make the first at {address}/uitnodiging with the code {code}"),
    ));
    Ok(())
}

pub(super) fn account(verb: &AccountVerb, terminal: &Terminal) -> Result<(), AppError> {
    match verb {
        AccountVerb::Invite { name, display, dir } => {
            let accounts = open_accounts(&dir.dir)?;
            let shown = display.as_deref().unwrap_or(name);
            let invitation =
                accounts.invite(name, shown, "", Timestamp::now()).map_err(fault)?;
            invited(name, &invitation, terminal)
        }
        AccountVerb::List { dir } => {
            let users = open_accounts(&dir.dir)?.users().map_err(fault)?;
            if terminal.json {
                let all: Vec<_> =
                    users.iter().map(|user| json!({ "name": user.name })).collect();
                return terminal.print_json(
                    &json!({ "form": "dijkwacht/accounts/1", "accounts": all }),
                );
            }
            let lines: Vec<String> =
                users.iter().map(|user| format!("{}\n", user.name)).collect();
            terminal.print(&lines.concat())
        }
    }
}

fn invited(
    name: &str,
    invitation: &Invitation,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let (code, until) = (invitation.code.reveal(), invitation.ends_at);
    if terminal.json {
        return terminal.print_json(&json!({
            "form": "dijkwacht/invitation/1",
            "account": name,
            "code": code,
            "ends_at": until.to_string(),
        }));
    }
    terminal.print(&terminal.choose(
        format!("Geef `{name}` deze code voor de pagina /uitnodiging: {code}\nHij werkt tot {until}.\n"),
        format!("Give `{name}` this code for the page /uitnodiging: {code}\nIt works until {until}.\n"),
    ))
}
