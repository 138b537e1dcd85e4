//! A small application for tests over HTTP: one person, four organisations, in a folder of its
//! own.
#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use access::Role;
use accounts::{Accounts, Source, Terms};
use app::Installation;
use app::people::{Organisation, OrganisationKind, SizeClass, found, grant};
use dress::Dress;
use jiff::Timestamp;
use pages::{Address, Server, Settings, State, app as application};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

pub(crate) const NAME: &str = "ada@dijkveen.example";
pub(crate) const PASSWORD: &str = "fiets wolk kaas dinsdag";

/// Whose organisations they are, with the title of each.
const ORGANISATIONS: [(&str, &str); 4] = [
    ("dijkveen", "Gemeente Dijkveen"),
    ("waterland", "Hoogheemraadschap van het Noordelijk Waterland en Omstreken"),
    ("regio", "Regio"),
    ("elders", "Gemeente Elders"),
];

/// A new installation in a folder, with what Ada may in it.
fn installation(dir: &Path, now: Timestamp) -> Installation {
    let catalogue = app::load_catalogue(None).expect("the content is whole");
    let installation = Installation::open(Arc::new(catalogue), dir, None, now)
        .expect("a folder of our own");
    let catalogue = installation.catalogue();
    let mut registry = installation.write(now).expect("nobody else is there");
    for (name, title) in ORGANISATIONS {
        let mut desk = registry
            .keeper(catalogue, "keeper", now, &[name.to_owned()])
            .expect("the records answer");
        let first = Organisation {
            title: title.to_owned(),
            kind: OrganisationKind::Municipality,
            size_class: Some(SizeClass::UpTo20000),
            valid_from: model::time::local(now.as_microsecond()).date(),
            valid_to: None,
            successor: None,
        };
        found(&mut desk, name, &first).expect("it is new");
        for (role, of) in [
            (Role::Administrator, "dijkveen"),
            (Role::Coordinator, "dijkveen"),
            (Role::Controller, "waterland"),
            (Role::RegionAnalyst, "regio"),
        ] {
            if of == name {
                grant(&mut desk, name, NAME, role, true).expect("the keeper may");
            }
        }
    }
    drop(registry);
    installation
}

/// An address of this machine that nobody listens to. The settings name it, so it must be
/// known before the application is.
pub(crate) fn free_address() -> SocketAddr {
    let free =
        std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    free.local_addr().expect("an address")
}

/// Serves the application at an address, with what `with` adds to its state.
pub(crate) fn serve(
    address: SocketAddr,
    with: impl FnOnce(State) -> State,
) -> SocketAddr {
    let accounts = Accounts::in_memory(Terms::default()).expect("accounts in memory");
    let now = Timestamp::now();
    let code = accounts.invite(NAME, "Ada de Vries", "", now).expect("invited").code;
    let source = Source::of(Ipv4Addr::LOCALHOST.into());
    accounts.accept(code.reveal(), ("", ""), PASSWORD, source, now).expect("accepted");
    let dir = tempfile::tempdir().expect("a folder of our own");
    let mut settings = Settings::new(
        Address::parse(&format!("http://{address}")).expect("an address of this machine"),
    );
    "Gemeente Dijkveen".clone_into(&mut settings.owner);
    settings.accessibility = Some("https://dijkveen.example/toegankelijkheid".to_owned());
    settings.privacy = Some("https://dijkveen.example/privacy".to_owned());
    let state = State::new(
        settings,
        accounts,
        installation(dir.path(), now),
        Dress::built_in(),
        Timestamp::now,
        |incident| {
            panic!("nothing is to go wrong: {incident}");
        },
    );
    let server = Server::bind(application(&Arc::new(with(state))), address)
        .expect("the port is free");
    std::thread::spawn(move || {
        // the folder lives as long as the server
        let _kept = dir;
        server.run()
    });
    address
}
