//! What requests with a body have in common: its type, a bound on a form, the name of what it asks for.

use core::cell::Cell;
use std::rc::Rc;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::Payload;
use futures_util::StreamExt as _;

use crate::problem::{Kind, Problem};

/// Names a check or a report (draft-ietf-httpapi-idempotency-key-header).
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Where a browser says that a request comes from (Fetch Metadata).
pub(super) const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The media type of a body, in lower case and without parameters; empty where none is named.
pub(super) fn media_type(request: &HttpRequest) -> String {
    let named = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    named.and_then(|value| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase()
}

/// The key that a caller gives: of the header, else of a form that has one. A string of structured fields (RFC 9651
/// §3.3.3), or the same without its quotes. What it may hold is for its reader to say.
pub(super) fn idempotency_key<'a>(request: &'a HttpRequest, of_form: Option<&'a str>) -> Option<&'a str> {
    let header = request.headers().get(IDEMPOTENCY_KEY).map(|value| value.to_str().unwrap_or_default());
    let given = header.or(of_form.filter(|key| !key.is_empty()))?;
    Some(given.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(given))
}

/// Read a form of so many bytes at most. What stands around its parts counts too: a form without end is no form.
pub(super) async fn form<T>(
    request: &HttpRequest,
    payload: Payload,
    most: usize,
    read: impl AsyncFnOnce(Multipart) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let too_large = Rc::new(Cell::new(false));
    let (told, mut left) = (Rc::clone(&too_large), most);
    let bounded = payload.map(move |piece| {
        let piece = piece?;
        left = left.checked_sub(piece.len()).ok_or_else(|| {
            told.set(true);
            PayloadError::Overflow
        })?;
        Ok(piece)
    });
    let taken = read(Multipart::new(request.headers(), bounded)).await;
    // The reader of forms has other words for a body that ends too early.
    if too_large.get() { Err(Kind::BodyTooLarge.into()) } else { taken }
}
