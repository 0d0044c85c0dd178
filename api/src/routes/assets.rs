//! `GET /assets/…`: what the pages load, and what the first page fetches for its scanner, each file under a name that
//! carries its hash. `GET /favicon.ico`: the icon, for whoever asks for it by that name, a problem document's tab too.

use std::sync::LazyLock;

use actix_web::http::header::{self, ContentEncoding, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use super::caching;
use crate::drawing;
use crate::lookup::Coding;
use crate::pages;
use crate::problem::{Kind, Problem};

/// The icon's name says nothing of its content.
const A_DAY: &str = "public, max-age=86400";

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A worker has the policy of its own response: it may compile its module and fetch it from here.
const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

pub(super) async fn asset(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.uri().path();
    let coding = caching::coding(&request);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, FOR_EVER))
        .insert_header((header::CONTENT_SECURITY_POLICY, WORKER_POLICY))
        .append_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    if let Some(asset) = pages::asset(path) {
        return Ok(response.content_type(asset.content_type).body(asset.text.as_str()));
    }
    let file = nguon_bundle::page_files().iter().find(|file| file.path == path).ok_or(Kind::NotFound)?;
    let (encoding, body) = match coding {
        Some(Coding::Brotli) => (ContentEncoding::Brotli, file.brotli),
        Some(Coding::Gzip) => (ContentEncoding::Gzip, file.gzip),
        None => (ContentEncoding::Identity, file.identity),
    };
    Ok(response.content_type(file.content_type).insert_header(encoding).body(body))
}

pub(super) async fn favicon() -> Result<HttpResponse, Problem> {
    static ICON: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| drawing::app_icon().ico());
    let icon = ICON.as_deref().ok_or(Kind::NotFound)?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, A_DAY)).content_type("image/x-icon").body(icon))
}
