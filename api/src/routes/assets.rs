//! `GET /assets/…`: the pages' stylesheet, under a name that carries its hash.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::pages;
use crate::problem::{Kind, Problem};

pub(super) async fn stylesheet(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if let Some(file) = pages::embed::file(request.uri().path()) {
        return Ok(HttpResponse::Ok()
            .content_type(file.content_type)
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(file.text.as_str()));
    }
    let sheet = pages::stylesheet();
    if request.uri().path() != sheet.path {
        return Err(Kind::NotFound.into());
    }
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(sheet.css.as_str()))
}
