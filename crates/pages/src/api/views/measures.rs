//! Measures that were taken up.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::{Reply, day, number, read};
use crate::visit::Visit;
use app::people::{MeasureState, MeasureStatus, Taken, measure, measures, move_measure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Een maatregel die is opgepakt.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Maatregel {
    nummer: i64,
    /// De maatregel in de catalogus.
    code: String,
    /// Het proces waarvoor; zonder geldt hij voor alle processen.
    proces: Option<String>,
    /// Het plan waaruit hij komt.
    plan: Option<i64>,
    /// Om de hoeveel maanden hij terugkomt.
    terugkeer_maanden: Option<i64>,
    /// Hoe ver hij is; zonder zei niemand dat nog.
    stand: Option<Stand>,
}

/// Hoe ver een maatregel is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Stand {
    /// Hoe ver.
    #[schemars(extend("enum" = ["planned", "started", "done", "stopped"]))]
    fase: String,
    /// De functie of het team dat ervoor zorgt; geen naam van een persoon.
    #[schemars(length(min = 1, max = 200))]
    eigenaar: String,
    /// Wanneer hij begint.
    #[schemars(extend("format" = "date"))]
    begint_op: Option<String>,
    /// Wanneer hij klaar moet zijn.
    #[schemars(extend("format" = "date"))]
    klaar_op: Option<String>,
    /// Wat erover te zeggen is, zonder namen van personen.
    #[serde(default)]
    #[schemars(length(max = 5000))]
    toelichting: String,
}

fn stand(state: &MeasureState) -> Stand {
    Stand {
        fase: state.status.code().to_owned(),
        eigenaar: state.owner_role.clone(),
        begint_op: state.starts_on.map(|day| day.to_string()),
        klaar_op: state.due_on.map(|day| day.to_string()),
        toelichting: state.note.clone(),
    }
}

fn maatregel(taken: &Taken) -> Maatregel {
    Maatregel {
        nummer: taken.id,
        code: taken.measure.code.clone(),
        proces: taken.measure.process.clone(),
        plan: taken.measure.plan,
        terugkeer_maanden: taken.measure.recurring_months,
        stand: taken.state().map(stand),
    }
}

/// `GET /organisaties/{organisatie}/maatregelen`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = measures(&mut desk, visit.organisation()?)?;
    drop(registry);
    Reply::list(visit, all.iter().map(maatregel).collect())
}

/// `GET /organisaties/{organisatie}/maatregelen/{maatregel}`
pub(crate) fn one(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let id = number(visit, "maatregel")?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    Reply::of(&maatregel(&measure(&mut desk, visit.organisation()?, id)?))
}

/// `POST /organisaties/{organisatie}/maatregelen/{maatregel}/standen`
pub(crate) fn set(visit: &Visit, given: Given) -> Result<Reply, Problem> {
    let id = number(visit, "maatregel")?;
    let sent: Stand = read(given)?;
    let status = MeasureStatus::find(&sent.fase);
    let unknown = || Problem::Wrong(vec![("/fase".to_owned(), "onbekend".to_owned())]);
    let when =
        |place, text: Option<String>| text.map(|text| day(place, &text)).transpose();
    let state = MeasureState {
        measure: id,
        status: status.ok_or_else(unknown)?,
        owner_role: sent.eigenaar,
        starts_on: when("/begintOp", sent.begint_op)?,
        due_on: when("/klaarOp", sent.klaar_op)?,
        note: sent.toelichting,
    };
    let of = visit.organisation()?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    measure(&mut desk, of, id)?;
    move_measure(&mut desk, of, &state)?;
    let now = maatregel(&measure(&mut desk, of, id)?);
    Reply::made(&now, &format!("/organisaties/{of}/maatregelen/{id}"))
}
