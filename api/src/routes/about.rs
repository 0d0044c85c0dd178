//! `GET /about`, `GET /privacy`: who runs this, how it works, what is kept. Nothing is looked up for them.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;

use super::card_page::{html, path_without_lang, problem_page};
use super::{Public, language};
use crate::config::Operator;
use crate::pages::{self, PageContext};

pub(super) async fn about(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    page(&request, &public, pages::about)
}

pub(super) async fn privacy(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    page(&request, &public, pages::privacy)
}

fn page(request: &HttpRequest, public: &Public, print: fn(&Operator, &PageContext<'_>) -> Markup) -> HttpResponse {
    let chosen = match language::of(request) {
        Ok(chosen) => chosen,
        Err(problem) => return problem_page(request, public, &problem),
    };
    let path = path_without_lang(request);
    let ctx = public.page(chosen.lang, &path);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()));
    chosen.vary(&mut response);
    html(&mut response, print(&public.operator, &ctx).into_string())
}
