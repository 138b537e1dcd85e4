//! The API: what programs of other people read and write, by the API Design Rules of the Dutch
//! government (ADR 2.1). One table of operations makes the router, judges who may, checks what
//! is sent and writes the `OpenAPI` document, so that none of the four can differ from another.
//!
//! It knows no cookies: a request carries a token of a person (`accounts::Scope`), and may
//! never do more than that person. Resources and fields have Dutch names, as the rules ask.

mod gate;
mod openapi;
mod problem;
mod reply;
mod views;

pub(crate) use gate::with_api;

use crate::routes::{Needs, Way};
use crate::visit::Visit;
use access::{Action, Resource, Verb};
use problem::Problem;
use reply::Reply;
use schemars::{Schema, SchemaGenerator};
use serde_json::Value;
use views::{
    catalogue, decisions, log, measures, organisations, picture, rounds, signals,
};

/// Where the operations are.
pub(crate) const BASE: &str = "/api/v1";

/// The version of the API: the first number changes with what breaks a program, and stands in
/// [`BASE`]; the second with what is new.
pub(crate) const VERSION: &str = "1.0.0";

/// The shape of what is sent or given.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// What was sent, which agrees with the shape of its operation; null where nothing is taken.
pub(crate) type Given = Value;

/// What an operation does.
type View = fn(&Visit, Given) -> Result<Reply, Problem>;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) method: Way,
    /// Below [`BASE`], with `{…}` in the places of values.
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    /// Its name in the document.
    pub(crate) id: &'static str,
    /// What it gives, in Dutch.
    pub(crate) summary: &'static str,
    /// What may be asked in the query: name and meaning.
    pub(crate) query: &'static [(&'static str, &'static str)],
    /// What must be sent.
    pub(crate) takes: Option<Shape>,
    pub(crate) gives: Shape,
    view: View,
}

/// The names in the query of every list.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("pagina", "Welke pagina; de eerste is 1."),
    ("perPagina", "Hoeveel er op een pagina staan: 1 tot en met 1000; zonder keuze 100."),
];

impl Operation {
    const fn get(path: &'static str, needs: Needs, gives: Shape, view: View) -> Self {
        let (method, takes) = (Way::Get, None);
        Self { method, path, needs, id: "", summary: "", query: &[], takes, gives, view }
    }

    const fn post(
        path: &'static str,
        needs: Needs,
        (takes, gives): (Shape, Shape),
        view: View,
    ) -> Self {
        let (method, takes) = (Way::Post, Some(takes));
        Self { method, path, needs, id: "", summary: "", query: &[], takes, gives, view }
    }

    const fn called(self, id: &'static str, summary: &'static str) -> Self {
        Self { id, summary, ..self }
    }

    const fn in_pages(self) -> Self {
        Self { query: PAGES, ..self }
    }
}

const fn may(verb: Verb, resource: Resource) -> Needs {
    Needs::May(Action::new(verb, resource))
}

fn shape<T: schemars::JsonSchema>(of: &mut SchemaGenerator) -> Schema {
    of.subschema_for::<T>()
}

fn list<T: schemars::JsonSchema>(of: &mut SchemaGenerator) -> Schema {
    of.subschema_for::<reply::Lijst<T>>()
}

/// Every operation.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get("/openapi.json", Needs::Nothing, shape::<Value>, openapi::show)
        .called("leesOpenapi", "Dit document."),
    Operation::get("/organisaties", Needs::Account, list::<organisations::Organisatie>, organisations::all)
        .called("leesOrganisaties", "De organisaties waarin de eigenaar van het token een rol heeft.")
        .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}",
        may(Verb::Read, Resource::Organisation),
        shape::<organisations::Organisatie>,
        organisations::one,
    )
    .called("leesOrganisatie", "Eén organisatie."),
    Operation::get(
        "/organisaties/{organisatie}/beeld",
        may(Verb::Read, Resource::Picture),
        shape::<picture::Beeld>,
        picture::show,
    )
    .called("leesBeeld", "Het laatste beeld dat bewaard is: water, dijk en waakhoogte van elk proces, met de redenen."),
    Operation::get(
        "/organisaties/{organisatie}/rondes",
        may(Verb::Read, Resource::Round),
        list::<rounds::Ronde>,
        rounds::all,
    )
    .called("leesRondes", "De rondes, de laatste eerst.")
    .in_pages(),
    Operation::post(
        "/organisaties/{organisatie}/rondes",
        may(Verb::Add, Resource::Round),
        (shape::<rounds::NieuweRonde>, shape::<rounds::Ronde>),
        rounds::add,
    )
    .called("maakRonde", "Begint een ronde."),
    Operation::get(
        "/organisaties/{organisatie}/rondes/{ronde}",
        may(Verb::Read, Resource::Round),
        shape::<rounds::Ronde>,
        rounds::one,
    )
    .called("leesRonde", "Eén ronde."),
    Operation::get(
        "/organisaties/{organisatie}/rondes/{ronde}/toewijzingen",
        may(Verb::Read, Resource::Assignment),
        list::<rounds::Toewijzing>,
        rounds::assignments,
    )
    .called("leesToewijzingen", "Hoe ver elke toewijzing van een ronde is; niet wat iemand antwoordde.")
    .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}/signalen",
        may(Verb::Read, Resource::Finding),
        list::<signals::Signaal>,
        signals::all,
    )
    .called("leesSignalen", "Wat elke controleregel in de gegevens van een proces liet zien.")
    .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}/bevindingen",
        may(Verb::Read, Resource::Finding),
        list::<signals::Bevinding>,
        signals::findings,
    )
    .called("leesBevindingen", "De bevindingen die nu gelden, met het laatste oordeel.")
    .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}/bevindingen/{bevinding}/rijen",
        may(Verb::Read, Resource::Evidence),
        list::<signals::Rij>,
        signals::rows,
    )
    .called("leesRijen", "De regels van het bronbestand die een bevinding aantonen. Wie ze leest, staat in het logboek.")
    .in_pages(),
    Operation::post(
        "/organisaties/{organisatie}/bevindingen/{bevinding}/beoordelingen",
        may(Verb::Change, Resource::Finding),
        (shape::<signals::Beoordeling>, shape::<signals::Bevinding>),
        signals::judge,
    )
    .called("beoordeelBevinding", "Zegt wat van een bevinding gevonden wordt, en waarom."),
    Operation::get(
        "/organisaties/{organisatie}/maatregelen",
        may(Verb::Read, Resource::Measure),
        list::<measures::Maatregel>,
        measures::all,
    )
    .called("leesMaatregelen", "De maatregelen die zijn opgepakt, met hoe ver ze zijn.")
    .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}/maatregelen/{maatregel}",
        may(Verb::Read, Resource::Measure),
        shape::<measures::Maatregel>,
        measures::one,
    )
    .called("leesMaatregel", "Eén maatregel."),
    Operation::post(
        "/organisaties/{organisatie}/maatregelen/{maatregel}/standen",
        may(Verb::Change, Resource::Measure),
        (shape::<measures::Stand>, shape::<measures::Maatregel>),
        measures::set,
    )
    .called("zetMaatregel", "Zegt hoe ver een maatregel is. De vorige stand blijft bewaard."),
    Operation::get(
        "/organisaties/{organisatie}/besluiten",
        may(Verb::Read, Resource::Decision),
        list::<decisions::Besluit>,
        decisions::all,
    )
    .called("leesBesluiten", "Wat een orgaan besloot, in zijn eigen woorden.")
    .in_pages(),
    Operation::get(
        "/organisaties/{organisatie}/logboek",
        may(Verb::Read, Resource::Log),
        list::<log::Logregel>,
        log::all,
    )
    .called("leesLogboek", "Het logboek, de eerste regel eerst.")
    .in_pages(),
    Operation::get("/catalogus", Needs::Nothing, list::<catalogue::Begrip>, catalogue::all)
        .called("leesCatalogus", "Alles waarnaar de andere antwoorden met een code verwijzen.")
        .in_pages(),
];
