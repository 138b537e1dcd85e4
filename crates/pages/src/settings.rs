//! What an installation decides: its address, whom it trusts, whom to ask.

use app::NamesKey;
use std::fmt;
use std::net::IpAddr;

/// How many days what happened to accounts is kept where nobody says otherwise: a year.
pub const USUAL_DAYS: u16 = 365;

/// What an installation decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address at which browsers reach the application.
    pub address: Address,
    /// Servers in front of it whose word on where a request came from is believed
    /// (`X-Forwarded-For`).
    pub proxies: Vec<IpAddr>,
    /// Whose installation it is, for the header; empty where nothing is to be shown.
    pub owner: String,
    /// Whom a user asks for help: an address, a number, a room. Shown on the help page.
    pub help: Option<String>,
    /// Where weaknesses are reported, as a `mailto:` or `https:` address; without it there is
    /// no `security.txt`.
    pub security_contact: Option<String>,
    /// Where the half of the key comes from that opens names behind pseudonyms.
    pub names_key: NamesKey,
    /// Whether a second step is asked of whoever administers, sees evidence or the log, or unlocks
    /// names, where a password let them in. A provider asks for what it asks.
    pub second_step: bool,
    /// How many days what happened to accounts is kept: who came in, and what was refused.
    pub keep_days: u16,
    /// The page with the accessibility statement.
    pub accessibility: Option<String>,
    /// The page that says what is done with data of persons.
    pub privacy: Option<String>,
}

impl Settings {
    /// Settings with an address and nothing else.
    pub fn new(address: Address) -> Self {
        Self {
            address,
            proxies: Vec::new(),
            owner: String::new(),
            help: None,
            security_contact: None,
            names_key: NamesKey::Absent,
            second_step: false,
            keep_days: USUAL_DAYS,
            accessibility: None,
            privacy: None,
        }
    }
}

/// A public address: `https://dijkwacht.dijkveen.example`, or `http://` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    is_https: bool,
    host: String,
}

/// Why an address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFault(String);

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no address of an installation; give `https://` and a host, or `http://127.0.0.1` with a port on this machine",
            self.0
        )
    }
}

impl std::error::Error for AddressFault {}

impl Address {
    /// Reads an address without a path. Only on this machine it may be `http`: a password
    /// never crosses a network in the open.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let fault = || AddressFault(text.to_owned());
        let (scheme, host) = text.split_once("://").ok_or_else(fault)?;
        let host = host.strip_suffix('/').unwrap_or(host).to_lowercase();
        let is_plain =
            host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        if host.is_empty() || !is_plain {
            return Err(fault());
        }
        let address = Self { is_https: scheme == "https", host };
        let is_good = address.is_https || (scheme == "http" && address.is_here());
        if is_good { Ok(address) } else { Err(fault()) }
    }

    /// Whether browsers reach it over TLS.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// The whole address, without a slash at the end.
    pub fn origin(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        format!("{scheme}://{}", self.host)
    }

    /// Whether a `Host` header names this installation. On this machine its other names count
    /// too, with the same port.
    pub(crate) fn is_host(&self, given: &str) -> bool {
        let given = given.to_lowercase();
        if given == self.host {
            return true;
        }
        let (own, port) = split_port(&self.host);
        let (name, given_port) = split_port(&given);
        is_loopback(own) && is_loopback(name) && port == given_port
    }

    fn is_here(&self) -> bool {
        is_loopback(split_port(&self.host).0)
    }
}

fn split_port(host: &str) -> (&str, &str) {
    match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (name, port)
        }
        _ => (host, ""),
    }
}

fn is_loopback(name: &str) -> bool {
    name == "localhost"
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_machine_only() {
        for good in [
            "https://dijkwacht.example",
            "http://127.0.0.1:8080",
            "http://[::1]:80/",
            "http://localhost",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://dijkwacht.example",
            "dijkwacht.example",
            "https://",
            "https://a b",
            "https://a/b",
            "ftp://localhost",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn another_name_is_another_host() {
        let address = Address::parse("https://Dijkwacht.example").unwrap();
        assert!(address.is_host("dijkwacht.EXAMPLE"));
        for other in
            ["evil.example", "dijkwacht.example:8443", "", "dijkwacht.example.evil"]
        {
            assert!(!address.is_host(other), "{other}");
        }
        let here = Address::parse("http://127.0.0.1:8080").unwrap();
        assert!(here.is_host("localhost:8080"));
        assert!(here.is_host("[::1]:8080"));
        for other in ["localhost:8081", "localhost", "rebound.example:8080"] {
            assert!(!here.is_host(other), "{other}");
        }
    }
}
