//! What a body decided.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::Reply;
use crate::visit::Visit;
use app::people::decisions;
use schemars::JsonSchema;
use serde::Serialize;

/// Wat een orgaan besloot over een beeld, een plan of een ronde.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Besluit {
    nummer: i64,
    /// Wie besloot, zoals `college`.
    orgaan: String,
    /// De dag van het besluit.
    #[schemars(extend("format" = "date"))]
    genomen_op: String,
    /// Wat besloten is, in eigen woorden.
    tekst: String,
    /// De ronde waarover het gaat.
    ronde: Option<i64>,
    /// Het bewaarde beeld waarover het gaat.
    beeld: Option<i64>,
    /// Het plan waarover het gaat.
    plan: Option<i64>,
}

/// `GET /organisaties/{organisatie}/besluiten`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = decisions(&mut desk, visit.organisation()?)?;
    drop(registry);
    let all = all.into_iter().rev().map(|kept| Besluit {
        nummer: kept.id,
        orgaan: kept.entry.body,
        genomen_op: kept.entry.decided_on.to_string(),
        tekst: kept.entry.wording,
        ronde: kept.entry.round,
        beeld: kept.entry.picture,
        plan: kept.entry.plan,
    });
    Reply::list(visit, all.collect())
}
