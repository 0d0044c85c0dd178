//! `GET /offline`, `GET /offline.js`: the page for when the network is gone, and the worker that keeps it in the browser.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::card_page::html;
use super::{Public, language};
use crate::pages::{self, OFFLINE_PATH};

pub(super) async fn page(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    let ctx = public.page(language::of_problem(&request), OFFLINE_PATH);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::CONTENT_LANGUAGE, ctx.lang.as_str()))
        .append_header((header::VARY, "accept-language"))
        .insert_header(("x-robots-tag", "noindex"));
    html(&mut response, pages::offline(&ctx).into_string())
}

/// A worker lives under the policy of its own answer: it asks this origin, and nobody else.
pub(super) async fn worker() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        // Browsers ask anew for a worker at least once a day, whatever this says.
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'"))
        .body(pages::offline_worker())
}
