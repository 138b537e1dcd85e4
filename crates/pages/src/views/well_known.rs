//! Files: the look, and what machines ask for at known addresses.

use crate::answer::Answer;
use crate::fault::Fault;
use crate::visit::Visit;
use jiff::SignedDuration;

/// How long what `security.txt` says holds (RFC 9116: less than a year).
const HOLDS: SignedDuration = SignedDuration::from_hours(180 * 24);

const PLAIN: &str = "text/plain; charset=utf-8";

/// `GET /opmaak/{*naam}`
pub(crate) fn dress(visit: &Visit) -> Result<Answer, Fault> {
    if visit.path == super::picture::sheet() {
        let bytes = super::picture::style().into_bytes();
        return Ok(Answer::file("text/css; charset=utf-8", bytes, false));
    }
    let file = visit.state.dress.file(&visit.path).ok_or(Fault::NotFound)?;
    Ok(match &file.gzip {
        Some(zipped) if visit.takes_gzip => {
            Answer::file(file.media, zipped.clone(), true)
        }
        _ => Answer::file(file.media, file.bytes.clone(), false),
    })
}

/// `GET /robots.txt`
pub(crate) fn robots(_: &Visit) -> Result<Answer, Fault> {
    Ok(Answer::text(PLAIN, "User-agent: *\nDisallow: /\n"))
}

/// `GET /.well-known/security.txt`
///
/// Not there where the installation names no contact: an address nobody reads is worse.
pub(crate) fn security(visit: &Visit) -> Result<Answer, Fault> {
    let settings = &visit.state.settings;
    let contact = settings.security_contact.as_ref().ok_or(Fault::NotFound)?;
    let expires = (visit.now + HOLDS).round(jiff::Unit::Second).unwrap_or(visit.now);
    let origin = settings.address.origin();
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: nl, en\nCanonical: {origin}/.well-known/security.txt\n"
    );
    Ok(Answer::text(PLAIN, text))
}

/// `GET /health`
///
/// Says that the accounts can be read; nothing about versions or numbers.
pub(crate) fn health(visit: &Visit) -> Result<Answer, Fault> {
    visit.state.accounts.user("health")?;
    Ok(Answer::text(PLAIN, "ok\n"))
}
