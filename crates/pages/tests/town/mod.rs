//! A small application for tests over HTTP: one person, three organisations, no disk.
#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use access::{Action, Actor, Grant, Place, Resource, Role, Verb};
use accounts::{Accounts, Source, Terms};
use dress::Dress;
use jiff::Timestamp;
use pages::{
    Address, Organisation, Pictured, Registrar, RegistrarError, Server, Settings, State,
    app,
};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

pub(crate) const NAME: &str = "ada@dijkveen.example";
pub(crate) const PASSWORD: &str = "fiets wolk kaas dinsdag";

struct Town;

impl Registrar for Town {
    fn actor(&self, account: &str) -> Result<Actor, RegistrarError> {
        if account != NAME {
            return Ok(Actor::new(account, Vec::new()));
        }
        let grants = [
            (Role::Administrator, "dijkveen"),
            (Role::Coordinator, "dijkveen"),
            (Role::Controller, "waterland"),
            (Role::RegionAnalyst, "regio"),
        ];
        let grants = grants.map(|(role, place)| Grant::organisation(role, place));
        Ok(Actor::new(account, grants.to_vec()))
    }

    fn place(&self, organisation: &str) -> Result<Option<Place>, RegistrarError> {
        let is_there =
            ["dijkveen", "waterland", "regio", "elders"].contains(&organisation);
        Ok(is_there.then(|| Place::of(organisation)))
    }

    fn organisations(&self, actor: &Actor) -> Result<Vec<Organisation>, RegistrarError> {
        let read = Action::new(Verb::Read, Resource::Organisation);
        let all = [
            ("dijkveen", "Gemeente Dijkveen"),
            ("waterland", "Hoogheemraadschap van het Noordelijk Waterland en Omstreken"),
        ];
        Ok(all
            .into_iter()
            .filter(|(name, _)| actor.may(read, &Place::of(name)))
            .map(|(name, title)| Organisation {
                name: name.to_owned(),
                title: title.to_owned(),
            })
            .collect())
    }

    fn picture(&self, _: &Actor, _: &str) -> Result<Option<Pictured>, RegistrarError> {
        Ok(None)
    }

    fn refused(&self, _: &Actor, _: Action, _: &str) -> Result<(), RegistrarError> {
        Ok(())
    }

    fn first_account(&self, _: &str) -> Result<(), RegistrarError> {
        Ok(())
    }
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
    let mut settings = Settings::new(
        Address::parse(&format!("http://{address}")).expect("an address of this machine"),
    );
    "Gemeente Dijkveen".clone_into(&mut settings.owner);
    settings.accessibility = Some("https://dijkveen.example/toegankelijkheid".to_owned());
    settings.privacy = Some("https://dijkveen.example/privacy".to_owned());
    let state = State::new(
        settings,
        accounts,
        Town,
        Dress::built_in(),
        Timestamp::now,
        |incident| {
            panic!("nothing is to go wrong: {incident}");
        },
    );
    let server =
        Server::bind_app(app(&Arc::new(with(state))), address).expect("the port is free");
    std::thread::spawn(move || server.run());
    address
}
