//! The last picture that was kept.

use super::super::Given;
use super::super::problem::Problem;
use super::super::reply::Reply;
use crate::fault::Fault;
use crate::visit::Visit;
use app::people::KeptPicture;
use exchange::WeighingForm;
use exchange::weighing::{EndsForm, ProcessForm, RangeForm, SubjectForm};
use picture::freeboard::Limits;
use schemars::JsonSchema;
use serde::Serialize;

/// Het laatste beeld dat bewaard is. Hoogten zijn in tienden van een punt.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Beeld {
    nummer: i64,
    /// De dag waarvoor het geldt.
    #[schemars(extend("format" = "date"))]
    peildatum: String,
    /// Wanneer het bewaard werd, in UTC.
    #[schemars(extend("format" = "date-time"))]
    bewaard_op: String,
    /// De ronde waaruit de antwoorden komen; zonder spreken alleen de gegevens.
    ronde: Option<i64>,
    /// De versie van de catalogus waarmee het gemaakt is.
    catalogus: String,
    /// De versie van de rekenwijze.
    methode: u32,
    /// De processen, de laagste waakhoogte eerst; zonder cijfers achteraan.
    processen: Vec<ProcesInBeeld>,
}

/// Hoe één proces ervoor staat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProcesInBeeld {
    /// Het proces in de catalogus.
    proces: String,
    /// Wat het een crimineel waard is: `low`, `middle` of `high`.
    aantrekkelijkheid: String,
    /// De cijfers; zonder was geen beheersing van toepassing.
    cijfers: Option<Cijfers>,
    /// Wat het zwaarst weegt in het slechtste geval, het zwaarste eerst.
    redenen: Vec<Reden>,
    /// Wat van elke omstandigheid en beheersing gezegd en gebleken is.
    onderwerpen: Vec<Onderwerp>,
}

/// Water, dijk en waakhoogte, in tienden van een punt.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cijfers {
    waterstand: Marge,
    dijkhoogte: Marge,
    waakhoogte: Marge,
    /// De klassen van beide uiteinden van de waakhoogte; zonder is te veel onbekend.
    klassen: Option<[String; 2]>,
    /// Welk deel van het gewicht onbekend is, in procenten.
    onbekend: f64,
}

/// Tussen welke twee getallen iets ligt.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Marge {
    laagst: i64,
    hoogst: i64,
}

/// Wat hoe zwaar weegt.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reden {
    /// De omstandigheid of beheersing.
    code: Option<String>,
    /// Hoeveel tienden van een punt.
    tienden: i64,
}

/// Eén omstandigheid of beheersing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Onderwerp {
    code: String,
    /// `control` of `circumstance`.
    soort: String,
    /// Of de dijk laag blijft zolang het ontbreekt.
    sleutel: bool,
    /// Wat mensen samen antwoordden: `level`, `not applicable`, `not known` of `not answered`.
    gezegd: String,
    /// Het niveau, als het antwoord er een heeft.
    gezegd_niveau: Option<u8>,
    /// De niveaus die de gegevens laten zien.
    gebleken: Option<Marge>,
    /// Waarom de gegevens niets zeggen.
    stilte: Option<String>,
    /// Het niveau dat telt; zonder is het niet van toepassing.
    telt: Option<Marge>,
    /// Hoe gezegd en gebleken zich verhouden, zoals `agree` of `said better`.
    verschil: Option<String>,
}

fn marge(ends: &EndsForm) -> Marge {
    Marge { laagst: ends.low, hoogst: ends.high }
}

fn niveaus(range: RangeForm) -> Marge {
    Marge { laagst: range.low.into(), hoogst: range.high.into() }
}

fn onderwerp(form: SubjectForm) -> Onderwerp {
    Onderwerp {
        gebleken: form.shown.map(niveaus),
        telt: form.counts.map(niveaus),
        code: form.code,
        soort: form.kind,
        sleutel: form.key,
        gezegd: form.said.answer,
        gezegd_niveau: form.said.level,
        stilte: form.silence,
        verschil: form.parting,
    }
}

fn proces(form: ProcessForm) -> ProcesInBeeld {
    ProcesInBeeld {
        proces: form.process,
        aantrekkelijkheid: form.attractiveness.level,
        cijfers: form.figures.map(|figures| Cijfers {
            waterstand: marge(&figures.water),
            dijkhoogte: marge(&figures.dike),
            waakhoogte: marge(&figures.freeboard),
            klassen: figures.classes,
            onbekend: figures.unknown,
        }),
        redenen: form
            .reasons
            .into_iter()
            .map(|part| Reden { code: part.code, tienden: part.tenths })
            .collect(),
        onderwerpen: form.subjects.into_iter().map(onderwerp).collect(),
    }
}

fn beeld(kept: &KeptPicture, limits: &Limits) -> Beeld {
    let form = WeighingForm::of(&kept.weighings, limits);
    let order = kept.weighings.in_order();
    let place =
        |code: &str| order.iter().position(|one| one.weighing.process.code() == code);
    let mut processen: Vec<ProcesInBeeld> =
        form.processes.into_iter().map(proces).collect();
    processen.sort_by_key(|one| place(&one.proces));
    Beeld {
        nummer: kept.id,
        peildatum: form.as_of,
        bewaard_op: kept.recorded_at.to_string(),
        ronde: kept.round,
        catalogus: form.catalogue,
        methode: form.method,
        processen,
    }
}

/// `GET /organisaties/{organisatie}/beeld`
pub(crate) fn show(visit: &Visit, _: Given) -> Result<Reply, Problem> {
    let mut registry = visit.registry()?;
    let installation = &visit.state.installation;
    let kept = installation
        .last_picture(&mut visit.desk(&mut registry)?, visit.organisation()?)?;
    drop(registry);
    let (last, _) = kept.as_ref().as_ref().ok_or(Fault::NotFound)?;
    let limits = Limits::from(&visit.catalogue().method);
    Reply::of(&beeld(last, &limits))
}
