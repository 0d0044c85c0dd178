//! `GET /widget/…`: the files that a shop page loads, compressed when they were built.

use actix_web::http::header::{self, ContentEncoding, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use super::caching;
use crate::lookup::Coding;
use crate::problem::{Kind, Problem};

pub(super) async fn file(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.uri().path();
    let file = nguon_bundle::files().iter().find(|file| file.path == path).ok_or(Kind::NotFound)?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(file.content_type)
        .insert_header((
            header::CACHE_CONTROL,
            if file.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=300" },
        ))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .append_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    let (encoding, body) = match caching::coding(&request) {
        Some(Coding::Brotli) => (ContentEncoding::Brotli, file.brotli),
        Some(Coding::Gzip) => (ContentEncoding::Gzip, file.gzip),
        None => (ContentEncoding::Identity, file.identity),
    };
    Ok(response.insert_header(encoding).body(body))
}
