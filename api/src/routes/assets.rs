//! `GET /assets/…`: what the pages load, each file under a name that carries its hash.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::pages;
use crate::problem::{Kind, Problem};

pub(super) async fn asset(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asset = pages::asset(request.uri().path()).ok_or(Kind::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.text.as_str()))
}
