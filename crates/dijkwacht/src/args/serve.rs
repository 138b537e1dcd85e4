//! The arguments of `dijkwacht serve` and `dijkwacht account`.

use super::Dir;
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
    /// The connection string of a `PostgreSQL` database for the records.
    #[arg(long, value_name = "URL", env = "DIJKWACHT_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    #[command(flatten)]
    pub(crate) dir: Dir,
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
