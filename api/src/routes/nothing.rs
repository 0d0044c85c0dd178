//! What is at no address: a page for a browser that opens it, a problem document for everybody else.

use actix_web::http::header::{self, Accept, Header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::card_page::{html, path_without_lang};
use super::{Public, language};
use crate::pages;
use crate::problem::{Kind, Problem};

pub(super) async fn nothing_here(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    if !wants_a_page(&request) {
        return Err(Kind::NotFound.into());
    }
    let path = path_without_lang(&request);
    let ctx = public.page(language::of_problem(&request), &path);
    let mut response = HttpResponse::NotFound();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, ctx.lang.as_str()))
        .insert_header((header::VARY, "accept, accept-language"))
        .insert_header(("x-robots-tag", "noindex"));
    Ok(html(&mut response, pages::not_found(&ctx).into_string()))
}

/// Browsers name HTML when they open a page, and not when they load a picture or a script of one; clients of the API
/// do not name it at all.
fn wants_a_page(request: &HttpRequest) -> bool {
    Accept::parse(request)
        .is_ok_and(|accepted| accepted.ranked().iter().any(|media| media.essence_str() == "text/html"))
}
