//! The log of an organisation.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::Reply;
use crate::visit::Visit;
use app::people::log;
use schemars::JsonSchema;
use serde::Serialize;

/// Eén regel van het logboek, met de zes velden van de BIO2 en het kenmerk van het verzoek.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Logregel {
    /// Het volgnummer in zijn keten.
    volgnummer: i64,
    /// Of de regel in de keten zonder namen staat; zo'n regel noemt niemand en geen apparaat.
    anoniem: bool,
    /// Wanneer, in UTC.
    #[schemars(extend("format" = "date-time"))]
    tijdstip: String,
    /// Wie; leeg in de keten zonder namen.
    wie: String,
    /// Wat er gebeurde, zoals `add` of `read`.
    handeling: String,
    /// Waarmee, zoals `round` of `evidence`.
    waarmee: String,
    /// Of het werd geweigerd.
    geweigerd: bool,
    /// Waarvandaan.
    herkomst: String,
    /// Het kenmerk van het verzoek (W3C Trace Context).
    spoor: String,
    /// De hash van deze regel en alle regels ervoor.
    hash: String,
}

/// `GET /organisaties/{organisatie}/logboek`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    // that the log was read is written into it
    let mut registry = visit.state.installation.write(visit.now)?;
    let mut desk = visit.desk(&mut registry)?;
    let all = log(&mut desk, visit.organisation()?)?;
    drop(registry);
    let all = all.into_iter().map(|entry| Logregel {
        volgnummer: entry.seq,
        anoniem: entry.anonymous,
        tijdstip: entry.at.to_string(),
        wie: entry.who,
        handeling: entry.what,
        waarmee: entry.resource,
        geweigerd: entry.refused,
        herkomst: entry.origin,
        spoor: entry.trace,
        hash: entry.hash,
    });
    Reply::list(visit, all.collect())
}
