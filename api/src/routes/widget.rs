//! `GET /widget/…`: the files that a shop page loads, compressed when they were built.

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use crate::problem::{Kind, Problem};

pub(super) async fn file(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.uri().path();
    let file = nguon_bundle::files().iter().find(|file| file.path == path).ok_or(Kind::NotFound)?;
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let chosen = AcceptEncoding::parse(&request)
        .ok()
        .filter(|_| request.headers().contains_key(header::ACCEPT_ENCODING))
        .and_then(|accepted| accepted.negotiate(offered.iter()))
        .unwrap_or_else(Encoding::identity);
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
    let (encoding, body) = match chosen {
        Encoding::Known(ContentEncoding::Brotli) => (ContentEncoding::Brotli, file.brotli),
        Encoding::Known(ContentEncoding::Gzip) => (ContentEncoding::Gzip, file.gzip),
        _ => (ContentEncoding::Identity, file.identity),
    };
    Ok(response.insert_header(encoding).body(body))
}
