//! What codes mean.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::Reply;
use crate::visit::Visit;
use ::catalogue::entries;
use model::Lang;
use schemars::JsonSchema;
use serde::Serialize;

/// Iets uit de catalogus: een proces, omstandigheid, beheersing, maatregel, regel of begrip.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Begrip {
    /// De code waarmee andere antwoorden ernaar verwijzen.
    code: String,
    /// Wat voor iets het is, zoals `control` of `measure`.
    soort: String,
    /// Hoe het heet, in het Nederlands.
    titel: String,
    /// Hoe het heet, in het Engels.
    titel_engels: String,
    /// Of iemand buiten het team ernaar keek: `proposal` of `reviewed`.
    beoordeling: String,
}

/// `GET /catalogus`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let all = entries(visit.catalogue()).into_iter().map(|entry| Begrip {
        soort: entry.kind.code().to_owned(),
        titel: entry.texts.title(Lang::Nl).to_owned(),
        titel_engels: entry.texts.title(Lang::En).to_owned(),
        beoordeling: entry.review.to_owned(),
        code: entry.code,
    });
    Reply::list(visit, all.collect())
}
