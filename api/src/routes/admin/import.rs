//! `POST /v1/import?publisher=&strict=&dry_run=&approved_by=&why=`: records in, a report out.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt as _;

use super::{Admin, author, switch};
use crate::problem::{Kind, Problem};
use crate::registry::import::{Format, ImportOrder, Spool};

/// Largest document, in bytes. It passes through a temporary file, not through memory.
const MAX_DOCUMENT_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// How long the next piece of the body may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Import a document. 200 even if records were refused: the report names each by line, field and what to do.
/// With `strict=true` nothing is written if any is.
pub(super) async fn import(
    request: HttpRequest,
    mut payload: web::Payload,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let format = media_type.and_then(Format::of_media_type).ok_or_else(|| {
        Problem::at(
            Kind::UnsupportedMediaType,
            "Content-Type",
            "must be one of: application/x-ndjson, application/json",
        )
    })?;
    let order = ImportOrder {
        author: author(&request)?,
        strict: switch(&request, "strict")?,
        dry_run: switch(&request, "dry_run")?,
    };
    let mut spool = Spool::new(format);
    while let Some(piece) =
        tokio::time::timeout(PATIENCE, payload.next()).await.map_err(|_| Problem::from(Kind::RequestTimeout))?
    {
        let piece = piece.map_err(|error| Problem::at(Kind::BadBody, "", error.to_string()))?;
        if spool.len() + piece.len() as u64 > MAX_DOCUMENT_BYTES {
            return Err(Kind::BodyTooLarge.into());
        }
        spool.push(&piece).map_err(|error| {
            tracing::error!(%error, "a body could not be kept");
            Problem::from(Kind::Internal)
        })?;
    }
    let report = admin.desk.import(spool.finish(), order).await?;
    Ok(HttpResponse::Ok().json(report))
}
