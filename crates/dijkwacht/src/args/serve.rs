//! The arguments of `dijkwacht serve` and `dijkwacht account`.

use super::Dir;
use super::people::Who;
use clap::{Args, Subcommand};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Where and for whom it serves.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where it listens. On another address than that of this machine, put a server with TLS in
    /// front of it.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8300")]
    pub(crate) listen: SocketAddr,
    /// The address that browsers use; without it the one it listens on.
    #[arg(long, value_name = "URL")]
    pub(crate) address: Option<String>,
    /// Whose installation it is, for the header.
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
    /// Whom a user asks for help.
    #[arg(long, value_name = "TEXT")]
    pub(crate) help_from: Option<String>,
    /// Where weaknesses are reported: a mailto: or https: address, for `security.txt`.
    #[arg(long, value_name = "URL")]
    pub(crate) security_contact: Option<String>,
    /// Servers in front of it whose word on where a request came from is believed.
    #[arg(long = "proxy", value_name = "ADDRESS")]
    pub(crate) proxies: Vec<IpAddr>,
    /// A folder with the look of the organisation: theme.css, logo, class name.
    #[arg(long, value_name = "DIR")]
    pub(crate) theme: Option<PathBuf>,
    /// The half of the key for names that opens them (`dijkwacht unlock key` makes it): a file, read
    /// when a name is opened. Without a key no name can be opened here.
    #[arg(long, value_name = "FILE", conflicts_with = "names_command")]
    pub(crate) names_key: Option<PathBuf>,
    /// A program that prints that half, with its arguments, such as that of a vault; run when a
    /// name is opened.
    #[arg(long, value_name = "PROGRAM", num_args = 1..)]
    pub(crate) names_command: Vec<String>,
    /// Let whoever administers, sees evidence or the log, or unlocks names come in with a password
    /// alone. Without this a second step is asked of them; a provider asks for what it asks.
    #[arg(long)]
    pub(crate) password_is_enough: bool,
    /// How many days it is kept who came in and what happened to accounts; older entries are thrown
    /// away once a day. The log of an organisation is always kept.
    #[arg(long, value_name = "DAYS", default_value_t = pages::USUAL_DAYS, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) keep_days: u16,
    /// The connection string of a `PostgreSQL` database for the records.
    #[arg(long, value_name = "URL", env = "DIJKWACHT_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    #[command(flatten)]
    pub(crate) dir: Dir,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UnlockVerb {
    /// Make a key for names: one half stays in the data directory and seals, the other goes into a
    /// file and opens. Names of logs that are read from then on are sealed; earlier ones were not
    /// kept.
    #[command(after_help = "\
Examples:
  dijkwacht unlock key --out /media/stick/dijkveen.key --organisation dijkveen --as lies
  dijkwacht serve --names-key /media/stick/dijkveen.key
  dijkwacht serve --names-command vault read -field=key secret/dijkwacht")]
    Key {
        /// Where the half that opens goes: a new file, outside the data directory.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Take the place of a key that is there; names that were sealed stay for the old one.
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        who: Who,
    },
    /// Show for which key names are sealed, and of which logs.
    Show {
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountVerb {
    /// Invite somebody to an account, or to choose a new password: prints a code for the page
    /// /uitnodiging.
    Invite {
        /// The name of the account: the reference to the person that roles are given to.
        name: String,
        /// The name shown to others; without it the same.
        #[arg(long)]
        display: Option<String>,
        #[command(flatten)]
        dir: Dir,
    },
    /// List the accounts.
    List {
        #[command(flatten)]
        dir: Dir,
    },
}
