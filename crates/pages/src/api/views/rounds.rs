//! Rounds, and how far they are.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::{Reply, day, number, read};
use crate::visit::Visit;
use app::people::{
    Place, Progress, Respondents, Round, Track, add_round, last_round, progress, rounds,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Eén zelfscan.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ronde {
    nummer: i64,
    titel: String,
    /// De dag waarover de antwoorden gaan.
    #[schemars(extend("format" = "date"))]
    peildatum: String,
    /// `short` of `full`.
    spoor: String,
    /// Welke vragen, als code van de catalogus.
    profiel: String,
    /// `prepared`, `open`, `closed` of `agreed`.
    stand: String,
    /// Tot en met welke dag er geantwoord kan worden.
    #[schemars(extend("format" = "date"))]
    sluit_op: Option<String>,
}

/// Een ronde om te beginnen.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NieuweRonde {
    #[schemars(length(min = 1, max = 200))]
    titel: String,
    /// De dag waarover de antwoorden gaan.
    #[schemars(extend("format" = "date"))]
    peildatum: String,
    /// Een middag of enkele weken.
    #[schemars(extend("enum" = ["short", "full"]))]
    spoor: String,
    /// Welke vragen, als code van de catalogus.
    profiel: String,
    /// Tot en met welke dag er geantwoord kan worden.
    #[schemars(extend("format" = "date"))]
    sluit_op: Option<String>,
}

/// Wie over welk proces gevraagd is en hoe ver dat is; niemand met naam.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Toewijzing {
    nummer: i64,
    proces: String,
    /// Het team of de functie.
    onderdeel: String,
    /// `management`, `work-floor` of `other`.
    kant: String,
    /// Of er met een link geantwoord wordt, zonder naam.
    anoniem: bool,
    /// Hoeveel mensen kunnen antwoorden.
    plaatsen: u32,
    /// Hoeveel er begonnen zijn.
    begonnen: u64,
    /// Hoeveel vragen er zijn, over alle plaatsen.
    vragen: u64,
    /// Hoeveel daarvan een antwoord hebben, of geen nodig hebben.
    beantwoord: u64,
    /// Of de vraag is overgedragen of ingetrokken.
    ingetrokken: bool,
}

fn ronde(place: Place) -> Ronde {
    Ronde {
        nummer: place.id,
        titel: place.round.title,
        peildatum: place.round.held_on.to_string(),
        spoor: place.round.track.code().to_owned(),
        profiel: place.round.profile,
        stand: place.status.code().to_owned(),
        sluit_op: place.closes_on.map(|day| day.to_string()),
    }
}

fn toewijzing(one: Progress) -> Toewijzing {
    let (anoniem, plaatsen) = match one.asked.respondents {
        Respondents::Named(_) => (false, 1),
        Respondents::Anonymous { seats } => (true, seats),
    };
    Toewijzing {
        nummer: one.assignment,
        proces: one.asked.process,
        onderdeel: one.asked.part,
        kant: one.asked.side.code().to_owned(),
        anoniem,
        plaatsen,
        begonnen: one.started,
        vragen: one.questions,
        beantwoord: one.answered,
        ingetrokken: one.withdrawn.is_some(),
    }
}

/// `GET /organisaties/{organisatie}/rondes`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = rounds(&mut desk, visit.organisation()?)?;
    drop(registry);
    Reply::list(visit, all.into_iter().rev().map(ronde).collect())
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}`
pub(crate) fn one(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let id = number(visit, "ronde")?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    Reply::of(&ronde(last_round(&mut desk, visit.organisation()?, Some(id))?))
}

/// `POST /organisaties/{organisatie}/rondes`
pub(crate) fn add(visit: &Visit, given: Given) -> Result<Reply, Problem> {
    let sent: NieuweRonde = read(given)?;
    let track = Track::find(&sent.spoor);
    let unknown = || Problem::Wrong(vec![("/spoor".to_owned(), "onbekend".to_owned())]);
    let closes = sent.sluit_op.map(|text| day("/sluitOp", &text)).transpose()?;
    let round = Round {
        title: sent.titel,
        held_on: day("/peildatum", &sent.peildatum)?,
        track: track.ok_or_else(unknown)?,
        profile: sent.profiel,
    };
    let of = visit.organisation()?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let id = add_round(&mut desk, of, &round, closes)?;
    let made = ronde(last_round(&mut desk, of, Some(id))?);
    Reply::made(&made, &format!("/organisaties/{of}/rondes/{id}"))
}

/// `GET /organisaties/{organisatie}/rondes/{ronde}/toewijzingen`
pub(crate) fn assignments(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let id = number(visit, "ronde")?;
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let all = progress(&mut desk, visit.organisation()?, id)?;
    drop(registry);
    Reply::list(visit, all.into_iter().map(toewijzing).collect())
}
