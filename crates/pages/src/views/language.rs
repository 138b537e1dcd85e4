//! Choosing the language: a link that works without script.

use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::Fault;
use crate::visit::{Visit, way_back};
use model::Lang;

/// `GET /taal/{taal}`
///
/// The way back may also be a page that [`way_back`] leaves out after signing in, such as the
/// sign-in page itself.
pub(crate) fn choose(visit: &Visit) -> Result<Answer, Fault> {
    let lang: Lang = visit
        .params
        .get("taal")
        .and_then(|text| text.parse().ok())
        .ok_or(Fault::NotFound)?;
    let back = visit.query.get("terug");
    let is_way_in = ["/inloggen", "/uitnodiging"].iter().any(|path| {
        let rest = back.strip_prefix(path).map(|rest| rest.chars().next());
        matches!(rest, Some(None | Some('?' | '/')))
    });
    let is_plain = back.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let target = if is_way_in && is_plain { back } else { way_back(back).unwrap_or("/") };
    Ok(Answer::see(target).giving(visit, Cookie::Language, lang.code()))
}
