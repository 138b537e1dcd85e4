//! HTTP. Every page of the application goes one way: one route table says who may ask for
//! it, one gate judges that, and a view shows what a use case gave it. Views compute nothing.
//!
//! Start reading at [`app()`] and `routes.rs`.
//!
//! Only the gate is asynchronous. It reads what comes in, then lets the whole of a request be
//! judged and drawn in a thread where waiting for a database is allowed.

mod answer;
mod api;
mod cookies;
mod fault;
mod fields;
mod gate;
mod guard;
mod headers;
mod language;
mod origin;
mod parts;
mod receive;
mod routes;
mod serve;
mod settings;
mod shell;
mod state;
mod trace;
mod views;
mod visit;

pub use gate::app;
pub use routes::table;
pub use serve::Server;
pub use settings::{Address, AddressFault, Settings, USUAL_DAYS};
pub use state::{GroupGrant, Incident, State};

#[cfg(test)]
mod tests;
