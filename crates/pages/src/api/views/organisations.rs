//! Organisations.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::Reply;
use crate::fault::Fault;
use crate::views::start::{own, roles};
use crate::visit::Visit;
use app::people::{Kept, Organisation};
use schemars::JsonSchema;
use serde::Serialize;

/// Een organisatie, met de rollen die de eigenaar van het token er heeft.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Organisatie {
    /// Het kenmerk waarmee de andere paden haar noemen.
    kenmerk: String,
    titel: String,
    /// Wat voor organisatie, zoals `municipality`.
    soort: String,
    /// Hoeveel inwoners ongeveer.
    omvangklasse: Option<String>,
    /// De eerste dag waarop deze gegevens gelden.
    #[schemars(extend("format" = "date"))]
    geldig_van: String,
    /// De rollen van de eigenaar van het token, in de volgorde van de tabel van rechten.
    rollen: Vec<String>,
}

fn organisatie(visit: &Visit, kept: Kept<Organisation>) -> Result<Organisatie, Problem> {
    let roles = roles(visit, &kept.organisation)?;
    Ok(Organisatie {
        rollen: roles.into_iter().map(|role| role.code().to_owned()).collect(),
        titel: kept.entry.title,
        soort: kept.entry.kind.code().to_owned(),
        omvangklasse: kept.entry.size_class.map(|size| size.code().to_owned()),
        geldig_van: kept.entry.valid_from.to_string(),
        kenmerk: kept.organisation,
    })
}

/// `GET /organisaties`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let all = own(visit)?;
    let all: Result<Vec<Organisatie>, Problem> =
        all.into_iter().map(|kept| organisatie(visit, kept)).collect();
    Reply::list(visit, all?)
}

/// `GET /organisaties/{organisatie}`
pub(crate) fn one(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let name = visit.organisation()?;
    let mut all = own(visit)?.into_iter();
    let kept = all.find(|kept| kept.organisation == name).ok_or(Fault::NotFound)?;
    Reply::of(&organisatie(visit, kept)?)
}
