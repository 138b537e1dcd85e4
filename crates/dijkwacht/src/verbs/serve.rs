//! `dijkwacht serve` and `dijkwacht account`: the application in a browser, and who may come in.

use crate::args::serve::{AccountVerb, Serve};
use crate::terminal::Terminal;
use accounts::{Accounts, Invitation, Terms};
use app::{AppError, Installation, NamesKey};
use dress::Dress;
use jiff::Timestamp;
use model::Lang;
use pages::{Address, Server, Settings, State, app as application};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How often what is over is thrown away.
const DAY: Duration = Duration::from_hours(24);

pub(super) fn run(
    wanted: &Serve,
    overlay: Option<&Path>,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let dress = match &wanted.theme {
        Some(folder) => Dress::load(folder).map_err(fault)?,
        None => Dress::built_in(),
    };
    let bound = bind(&House {
        dir: &wanted.dir.dir,
        overlay,
        database: wanted.database.as_deref(),
        listen: wanted.listen,
        address: wanted.address.as_deref(),
        dress,
        settle: &|settings| settle(settings, wanted),
        lang: terminal.lang,
    })?;
    let address = &bound.address;
    invite_first(&open_accounts(&wanted.dir.dir)?, address, terminal)?;
    terminal.remark(&terminal.choose(
        format!("Dijkwacht draait op {address}. Stop met Ctrl-C."),
        format!("Dijkwacht serves at {address}. Stop with Ctrl-C."),
    ));
    bound.run()
}

/// What an application is made of.
pub(super) struct House<'a> {
    pub(super) dir: &'a Path,
    pub(super) overlay: Option<&'a Path>,
    pub(super) database: Option<&'a str>,
    pub(super) listen: SocketAddr,
    /// The address that browsers use; without it the one it listens on.
    pub(super) address: Option<&'a str>,
    pub(super) dress: Dress,
    /// What else the installation decides.
    pub(super) settle: &'a dyn Fn(&mut Settings),
    /// The language in which the terminal hears of what goes wrong.
    pub(super) lang: Lang,
}

/// An application that is bound to its address and does not serve yet.
pub(super) struct Bound {
    pub(super) address: String,
    server: Server,
    state: Arc<State>,
    lang: Lang,
}

impl Bound {
    pub(super) fn run(self) -> Result<(), AppError> {
        let (state, lang) = (self.state, self.lang);
        std::thread::spawn(move || keep_tidy(&state, lang));
        let stopped = |error| AppError::data(format!("the server stopped ({error})"));
        self.server.run().map_err(stopped)
    }
}

pub(super) fn bind(house: &House<'_>) -> Result<Bound, AppError> {
    let catalogue = Arc::new(app::load_catalogue(house.overlay)?);
    let now = Timestamp::now();
    let installation = Installation::open(catalogue, house.dir, house.database, now)?;
    let accounts = open_accounts(house.dir)?;
    let server = std::net::TcpListener::bind(house.listen)
        .and_then(|free| free.local_addr())
        .map_err(|error| not_bound(house.listen, &error))?;
    let address = house.address.map_or_else(|| format!("http://{server}"), str::to_owned);
    let parsed =
        Address::parse(&address).map_err(|why| AppError::Use(why.to_string()))?;
    let mut settings = Settings::new(parsed);
    (house.settle)(&mut settings);
    let (lang, dress) = (house.lang, house.dress.clone());
    let state =
        State::new(settings, accounts, installation, dress, Timestamp::now, move |one| {
            let word = lang.pick("Er ging iets mis:", "Something went wrong:");
            // where standard error is gone there is nobody to tell
            std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("{word} {one}\n"),
            )
            .unwrap_or_default();
        });
    let state = Arc::new(state);
    let server = Server::bind(application(&state), server)
        .map_err(|error| not_bound(house.listen, &error))?;
    Ok(Bound { address, server, state, lang })
}

/// Throws away what is over, now and once a day, for as long as the program runs.
fn keep_tidy(state: &State, lang: Lang) {
    loop {
        if let Err(error) = state.tidy() {
            let word = lang.pick("Opruimen lukt niet:", "Tidying fails:");
            // where standard error is gone there is nobody to tell
            std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("{word} {error}\n"),
            )
            .unwrap_or_default();
        }
        std::thread::sleep(DAY);
    }
}

fn not_bound(listen: SocketAddr, error: &std::io::Error) -> AppError {
    AppError::data(format!(
        "{listen} cannot be used ({error}); choose another with --listen"
    ))
}

pub(super) fn fault(error: impl std::fmt::Display) -> AppError {
    AppError::data(error.to_string())
}

pub(super) fn open_accounts(dir: &Path) -> Result<Accounts, AppError> {
    Accounts::open(dir, Terms::default()).map_err(fault)
}

fn settle(settings: &mut Settings, wanted: &Serve) {
    settings.owner = wanted.owner.clone().unwrap_or_default();
    settings.help.clone_from(&wanted.help_from);
    settings.security_contact.clone_from(&wanted.security_contact);
    settings.proxies.clone_from(&wanted.proxies);
    settings.second_step = !wanted.password_is_enough;
    settings.keep_days = wanted.keep_days;
    settings.names_key = match &wanted.names_key {
        Some(path) => NamesKey::File(path.clone()),
        None if wanted.names_command.is_empty() => NamesKey::Absent,
        None => NamesKey::Command(wanted.names_command.clone()),
    };
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
