//! From where a request was sent: which host it names, which page sent it, which machine.

use crate::Settings;
use crate::serve::Peer;
use accounts::Source;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use std::net::{IpAddr, Ipv4Addr};

/// Whether the request names this installation. Another name means that a browser was led
/// here by somebody else's (DNS rebinding), or a proxy that is set up wrong.
pub(crate) fn is_for_us(settings: &Settings, headers: &HeaderMap, uri: &Uri) -> bool {
    let in_header = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = uri.authority().map(Authority::as_str).or(in_header);
    named.is_some_and(|host| settings.address.is_host(host))
}

/// Whether a request that changes something was sent by one of our own pages, as far as the
/// browser says. One that says nothing is judged by its token alone.
pub(crate) fn is_from_us(settings: &Settings, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match text(ORIGIN.as_str()) {
        None => true,
        Some(origin) => origin.split_once("://").is_some_and(|(scheme, host)| {
            (scheme == "https") == settings.address.is_https()
                && settings.address.is_host(host)
        }),
    }
}

/// The machine a request came from. The word of a proxy counts only where the proxy is
/// trusted; of a chain of proxies the last address that is not trusted is taken.
pub(crate) fn source(
    settings: &Settings,
    headers: &HeaderMap,
    peer: Option<&Peer>,
) -> Source {
    let direct = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Peer(peer)| peer.ip());
    let is_trusted =
        |address: &IpAddr| settings.proxies.contains(&address.to_canonical());
    let mut address = direct;
    let told: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .map_while(|part| part.trim().parse().ok())
        .collect();
    for further in told.into_iter().rev() {
        if !is_trusted(&address) {
            break;
        }
        address = further;
    }
    Source::of(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Address;
    use std::net::SocketAddr;

    fn settings(proxies: &[&str]) -> Settings {
        let mut settings =
            Settings::new(Address::parse("https://dijkwacht.example").unwrap());
        settings.proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        settings
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn from(settings: &Settings, forwarded: &str) -> String {
        let peer = Peer(SocketAddr::from(([10, 0, 0, 1], 5000)));
        let headers = headers(&[("x-forwarded-for", forwarded)]);
        source(settings, &headers, Some(&peer)).to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_says_where_a_request_came_from() {
        assert_eq!(from(&settings(&[]), "198.51.100.7"), "10.0.0.1");
        let one = settings(&["10.0.0.1"]);
        assert_eq!(from(&one, "198.51.100.7"), "198.51.100.7");
        assert_eq!(
            from(&one, "1.2.3.4, 198.51.100.7"),
            "198.51.100.7",
            "the rest is hearsay"
        );
        let two = settings(&["10.0.0.1", "10.0.0.2"]);
        assert_eq!(from(&two, "1.2.3.4, 198.51.100.7, 10.0.0.2"), "198.51.100.7");
        assert_eq!(from(&one, "nonsense"), "10.0.0.1");
    }

    #[test]
    fn what_another_site_sends_is_known() {
        let settings = settings(&[]);
        let is_ours =
            |pairs: &[(&'static str, &str)]| is_from_us(&settings, &headers(pairs));
        assert!(is_ours(&[]));
        assert!(is_ours(&[("origin", "https://dijkwacht.example")]));
        assert!(is_ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        for other in [
            "https://evil.example",
            "null",
            "http://dijkwacht.example",
            "https://dijkwacht.example.evil",
        ] {
            assert!(!is_ours(&[("origin", other)]), "{other}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!is_ours(&[("sec-fetch-site", site)]), "{site}");
        }
    }
}
