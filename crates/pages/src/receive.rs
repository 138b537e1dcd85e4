//! What a browser sends: the fields of a form, or a form with one file. Nothing here is believed;
//! every size has a bound, and the name of a file is only ever shown.

use crate::fault::Fault;
use crate::fields::Fields;
use crate::routes::Takes;
use crate::visit::Visit;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use multer::{Constraints, Field, Multipart, SizeLimit};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt as _;

/// The most bytes of one field beside a file.
const MOST_OF_FIELD: u64 = 256 * 1_024;

/// The most fields beside a file.
const MOST_FIELDS: usize = 20;

/// A file that came with a form; it is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Uploaded {
    /// The name that the browser gave: for showing, never a path.
    pub(crate) name: String,
    /// The bytes, in the folder for what is being brought in.
    pub(crate) file: NamedTempFile,
    /// How many there are.
    pub(crate) bytes: u64,
}

/// Reads what was sent into the visit.
pub(crate) async fn receive(
    takes: Takes,
    request: Request,
    visit: &mut Visit,
) -> Result<(), Fault> {
    match takes {
        Takes::Nothing => Ok(()),
        Takes::Form { most_bytes } => {
            visit.fields = form(request, most_bytes).await?;
            Ok(())
        }
        Takes::File { most_bytes } => with_file(request, most_bytes, visit).await,
    }
}

/// The media type, without its parameters.
fn is_media(headers: &HeaderMap, wanted: &str) -> bool {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|text| {
        text.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
    })
}

/// Refuses what says of itself that it is too large, before any of it is read.
fn fits(headers: &HeaderMap, most_bytes: usize) -> Result<(), Fault> {
    let told = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let told: Option<usize> = told.and_then(|text| text.parse().ok());
    match told {
        Some(told) if told > most_bytes => Err(Fault::TooLarge(most_bytes)),
        _ => Ok(()),
    }
}

async fn form(request: Request, most_bytes: usize) -> Result<Fields, Fault> {
    if !is_media(request.headers(), "application/x-www-form-urlencoded") {
        return Err(Fault::Kind);
    }
    fits(request.headers(), most_bytes)?;
    // a body without a length is cut off at the bound; that it broke off is the other case
    let bytes = to_bytes(request.into_body(), most_bytes).await.map_err(|cut_off| {
        if cut_off.to_string().contains("length limit") {
            Fault::TooLarge(most_bytes)
        } else {
            Fault::Unreadable
        }
    })?;
    Fields::read(&bytes).ok_or(Fault::Unreadable)
}

/// Reads a form with one file. The token of the browser must come before the file: bytes of
/// another site never reach the disk.
async fn with_file(
    request: Request,
    most_bytes: usize,
    visit: &mut Visit,
) -> Result<(), Fault> {
    if !is_media(request.headers(), "multipart/form-data") {
        return Err(Fault::Kind);
    }
    fits(request.headers(), most_bytes)?;
    let mut parts = parts(request, most_bytes)?;
    let told = |error: multer::Error| match error {
        multer::Error::StreamSizeExceeded { .. } => Fault::TooLarge(most_bytes),
        multer::Error::FieldSizeExceeded { .. } => {
            Fault::TooLarge(usize::try_from(MOST_OF_FIELD).unwrap_or(usize::MAX))
        }
        _ => Fault::Unreadable,
    };
    let mut count = 0;
    while let Some(field) = parts.next_field().await.map_err(told)? {
        count += 1;
        if count > MOST_FIELDS {
            return Err(Fault::Unreadable);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if field.file_name().is_none() {
            let text = small(field, told).await?;
            visit.fields.put(name, text);
        } else if !visit.has_guard() {
            return Err(Fault::Stray);
        } else {
            visit.uploaded = Some(keep(field, visit, told).await?);
        }
    }
    Ok(())
}

fn parts(request: Request, most_bytes: usize) -> Result<Multipart<'static>, Fault> {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).ok().ok_or(Fault::Unreadable)?;
    let most = u64::try_from(most_bytes).unwrap_or(u64::MAX);
    let constraints = Constraints::new().size_limit(SizeLimit::new().whole_stream(most));
    let body: Body = request.into_body();
    let stream = body.into_data_stream();
    Ok(Multipart::with_constraints(stream, boundary, constraints))
}

async fn small(
    mut field: Field<'static>,
    told: impl Fn(multer::Error) -> Fault,
) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    let most = usize::try_from(MOST_OF_FIELD).unwrap_or(usize::MAX);
    while let Some(chunk) = field.chunk().await.map_err(&told)? {
        if bytes.len() + chunk.len() > most {
            return Err(Fault::TooLarge(most));
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).ok().ok_or(Fault::Unreadable)?;
    Ok(text.replace("\r\n", "\n"))
}

async fn keep(
    mut field: Field<'static>,
    visit: &Visit,
    told: impl Fn(multer::Error) -> Fault,
) -> Result<Uploaded, Fault> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let file = visit.state.installation.place_for_upload()?;
    let failed = |error: std::io::Error| {
        Fault::Broken(format!("a file that was brought could not be kept: {error}"))
    };
    let again = file.reopen().map_err(failed)?;
    let mut target = tokio::fs::File::from_std(again);
    let mut bytes = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(&told)? {
        bytes += chunk.len() as u64;
        target.write_all(&chunk).await.map_err(failed)?;
    }
    target.flush().await.map_err(failed)?;
    Ok(Uploaded { name, file, bytes })
}
