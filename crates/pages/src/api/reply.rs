//! What an operation gives.

use super::problem::Problem;
use crate::visit::Visit;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The most entries on a page.
const MOST: u64 = 1_000;

/// How many where nobody says.
const USUAL: u64 = 100;

/// Een pagina van een lijst.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LijstVan{T}")]
pub(crate) struct Lijst<T> {
    /// Hoeveel er in het geheel zijn.
    pub(crate) totaal: u64,
    /// Welke pagina dit is; de eerste is 1.
    pub(crate) pagina: u64,
    /// Hoeveel er op een pagina staan.
    pub(crate) per_pagina: u64,
    /// Wat er op deze pagina staat.
    pub(crate) resultaten: Vec<T>,
}

/// What an operation gives.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    /// Where what was made can be read.
    pub(crate) location: Option<String>,
}

impl Reply {
    /// One thing.
    pub(crate) fn of(body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(body).map_err(|error| {
            Problem::Fault(crate::fault::Fault::Broken(error.to_string()))
        })?;
        Ok(Self { status: StatusCode::OK, body, location: None })
    }

    /// Something new, with the path below the base where it can be read.
    pub(crate) fn made(body: &impl Serialize, at: &str) -> Result<Self, Problem> {
        let location = Some(format!("{}{at}", super::BASE));
        Ok(Self { status: StatusCode::CREATED, location, ..Self::of(body)? })
    }

    /// A page of a list, as the query asks.
    pub(crate) fn list<T: Serialize>(
        visit: &Visit,
        all: Vec<T>,
    ) -> Result<Self, Problem> {
        let mut wrong = Vec::new();
        let mut asked = |name: &str, usual: u64, most: u64| {
            let text = visit.query.get(name);
            let number = if text.is_empty() { Ok(usual) } else { text.parse::<u64>() };
            match number {
                Ok(number) if (1..=most).contains(&number) => number,
                _ => {
                    let uitleg = format!("geef een heel getal van 1 tot en met {most}");
                    wrong.push((name.to_owned(), uitleg));
                    usual
                }
            }
        };
        let pagina = asked("pagina", 1, u64::from(u32::MAX));
        let per_pagina = asked("perPagina", USUAL, MOST);
        if !wrong.is_empty() {
            return Err(Problem::Wrong(wrong));
        }
        let skipped = usize::try_from((pagina - 1) * per_pagina).unwrap_or(usize::MAX);
        let kept = usize::try_from(per_pagina).unwrap_or(usize::MAX);
        let totaal = all.len() as u64;
        let resultaten = all.into_iter().skip(skipped).take(kept).collect();
        Self::of(&Lijst { totaal, pagina, per_pagina, resultaten })
    }
}

/// What was sent, as the type of its shape. The gate held it against the shape before; what is
/// left is what a shape cannot say, such as a day that does not exist.
pub(crate) fn read<T: DeserializeOwned>(sent: Value) -> Result<T, Problem> {
    serde_json::from_value(sent)
        .map_err(|error| Problem::Wrong(vec![(String::new(), error.to_string())]))
}

/// A value in the path.
pub(crate) fn param<'v>(visit: &'v Visit, name: &str) -> Result<&'v str, Problem> {
    let value = visit.params.get(name).map(String::as_str);
    value.ok_or(Problem::Fault(crate::fault::Fault::NotFound))
}

/// A number in the path; anything else names nothing.
pub(crate) fn number(visit: &Visit, name: &str) -> Result<i64, Problem> {
    let number = param(visit, name)?.parse().ok();
    number.ok_or(Problem::Fault(crate::fault::Fault::NotFound))
}

/// A day that was sent, as `yyyy-mm-dd`.
pub(crate) fn day(place: &str, text: &str) -> Result<model::Date, Problem> {
    text.parse().ok().ok_or_else(|| {
        let uitleg = format!("`{text}` is geen dag; schrijf jjjj-mm-dd");
        Problem::Wrong(vec![(place.to_owned(), uitleg)])
    })
}
