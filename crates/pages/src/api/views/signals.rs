//! What the control rules found, down to the rows that prove it.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::{Reply, param, read};
use crate::fault::Fault;
use crate::visit::Visit;
use app::Drawn;
use app::people::{Kept, Triage, Verdict, look, triage, triages};
use findings::{Finding, FindingSet, Life};
use model::Process;
use picture::Tested;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Wat één controleregel in de gegevens van een proces liet zien. Deelgetallen zijn in
/// miljoensten.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Signaal {
    proces: String,
    /// De regel in de catalogus.
    regel: String,
    /// Waarop de regel is toegepast, als die dat zegt.
    onderdeel: Option<String>,
    /// `found`, `clear` of `not-assessable`.
    uitkomst: String,
    /// Hoeveel zaken, gebeurtenissen of medewerkers er waren.
    aantal: u64,
    /// Hoeveel daarvan te beoordelen waren.
    beoordeeld: u64,
    /// Bij hoeveel iets gevonden is.
    gevonden: u64,
    /// Hoeveel bevindingen nieuw zijn.
    nieuw: u64,
    /// Welk deel gevonden is; zonder was niets te beoordelen.
    aandeel: Option<u32>,
    /// De ondergrens van het 95%-interval van Wilson.
    aandeel_laagst: Option<u32>,
    /// De bovengrens ervan.
    aandeel_hoogst: Option<u32>,
}

/// Een bevinding: één zaak, gebeurtenis of medewerker waarbij een regel iets vond.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bevinding {
    /// Het kenmerk, dat bij een volgende keer hetzelfde blijft.
    kenmerk: String,
    proces: String,
    regel: String,
    onderdeel: Option<String>,
    /// Waarover het gaat: `case`, `event`, `actor`, `pair` of `process`.
    soort: String,
    /// `opened`, `carried` of `closed`.
    stand: String,
    #[schemars(extend("format" = "date"))]
    eerst_gezien: String,
    #[schemars(extend("format" = "date"))]
    laatst_gezien: String,
    /// Hoeveel rijen haar aantonen.
    aantal_rijen: usize,
    /// Het laatste oordeel; zonder zei niemand er nog iets van.
    oordeel: Option<Beoordeling>,
}

/// Wat van een bevinding gevonden wordt.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Beoordeling {
    #[schemars(extend("enum" = ["explained", "to-repair", "to-look-into"]))]
    oordeel: String,
    /// Waarom, zonder namen van personen.
    #[schemars(length(min = 1, max = 5000))]
    reden: String,
}

/// Een regel van een bronbestand.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rij {
    bestand: String,
    /// De regel of rij in het bestand, vanaf 1.
    regel: u64,
    zaak: String,
    activiteit: String,
    /// Tijd op kantoor, of een dag; zonder gaf de bron er geen.
    tijd: Option<String>,
    /// Het pseudoniem van wie het deed.
    wie: Option<String>,
}

fn drawn(visit: &Visit) -> Result<Arc<Drawn>, Problem> {
    Ok(visit.state.installation.drawn(visit.organisation()?, visit.now)?)
}

fn signaal(process: Process, test: &Tested) -> Signaal {
    Signaal {
        proces: process.code().to_owned(),
        regel: test.rule.clone(),
        onderdeel: test.item.clone(),
        uitkomst: test.state.code().to_owned(),
        aantal: test.subjects,
        beoordeeld: test.assessable,
        gevonden: test.found,
        nieuw: test.opened,
        aandeel: test.share.map(|share| share.0),
        aandeel_laagst: test.interval.map(|interval| interval.low.0),
        aandeel_hoogst: test.interval.map(|interval| interval.high.0),
    }
}

fn bevinding(
    process: Process,
    found: &Finding,
    said: Option<&Kept<Triage>>,
) -> Bevinding {
    Bevinding {
        kenmerk: found.id.clone(),
        proces: process.code().to_owned(),
        regel: found.rule.clone(),
        onderdeel: found.item.clone(),
        soort: found.kind.clone(),
        stand: found.life.code().to_owned(),
        eerst_gezien: found.first_seen.to_string(),
        laatst_gezien: found.last_seen.to_string(),
        aantal_rijen: found.rows.len(),
        oordeel: said.map(|kept| Beoordeling {
            oordeel: kept.entry.verdict.code().to_owned(),
            reden: kept.entry.reason.clone(),
        }),
    }
}

/// `GET /organisaties/{organisatie}/signalen`
pub(crate) fn all(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let drawn = drawn(visit)?;
    let all = drawn.pictures.iter().flat_map(|picture| {
        picture.tests.iter().map(|test| signaal(picture.process, test))
    });
    Reply::list(visit, all.collect())
}

/// `GET /organisaties/{organisatie}/bevindingen`
pub(crate) fn findings(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let (drawn, of) = (drawn(visit)?, visit.organisation()?);
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    let mut all = Vec::new();
    for set in &drawn.findings {
        let said = triages(&mut desk, of, set.process)?;
        let last = |found: &Finding| said.get(&found.id).and_then(|all| all.last());
        let current = set.findings.iter().filter(|found| found.life != Life::Closed);
        all.extend(current.map(|found| bevinding(set.process, found, last(found))));
    }
    drop(registry);
    Reply::list(visit, all)
}

/// The finding of the path, with the others of its process.
fn of_path<'d>(
    visit: &Visit,
    drawn: &'d Drawn,
) -> Result<(&'d FindingSet, &'d Finding), Problem> {
    let id = param(visit, "bevinding")?;
    let mut all = drawn
        .findings
        .iter()
        .flat_map(|set| set.findings.iter().map(move |found| (set, found)));
    all.find(|(_, found)| found.id == id).ok_or(Problem::Fault(Fault::NotFound))
}

/// `GET /organisaties/{organisatie}/bevindingen/{bevinding}/rijen`
pub(crate) fn rows(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let drawn = drawn(visit)?;
    let (set, found) = of_path(visit, &drawn)?;
    // said in the log before it is shown
    let mut registry = visit.state.installation.write(visit.now)?;
    let mut desk = visit.desk(&mut registry)?;
    look(&mut desk, visit.organisation()?, set.process, &found.id)?;
    drop(registry);
    let all = found.rows.iter().map(|row| Rij {
        bestand: set.files.get(usize::from(row.file)).cloned().unwrap_or_default(),
        regel: row.number,
        zaak: row.case.clone(),
        activiteit: row.activity.clone(),
        tijd: row.time.clone(),
        wie: row.who.clone(),
    });
    Reply::list(visit, all.collect())
}

/// `POST /organisaties/{organisatie}/bevindingen/{bevinding}/beoordelingen`
pub(crate) fn judge(visit: &Visit, given: Given) -> Result<Reply, Problem> {
    let (drawn, of) = (drawn(visit)?, visit.organisation()?);
    let (set, found) = of_path(visit, &drawn)?;
    let sent: Beoordeling = read(given)?;
    let verdict = Verdict::find(&sent.oordeel);
    let unknown = || Problem::Wrong(vec![("/oordeel".to_owned(), "onbekend".to_owned())]);
    let entry = Triage {
        process: set.process.code().to_owned(),
        finding: found.id.clone(),
        verdict: verdict.ok_or_else(unknown)?,
        reason: sent.reden,
    };
    let mut registry = visit.registry()?;
    let mut desk = visit.desk(&mut registry)?;
    triage(&mut desk, of, &entry)?;
    let said = triages(&mut desk, of, set.process)?;
    let last = said.get(&found.id).and_then(|all| all.last());
    let now = bevinding(set.process, found, last);
    Reply::made(&now, &format!("/organisaties/{of}/bevindingen"))
}
