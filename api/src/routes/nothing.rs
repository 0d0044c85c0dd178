//! What is at no address: a page for a browser that opens it, a problem document for everybody else.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, Accept, Header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::card_page::{for_one_reader, html, path_without_lang};
use super::{Public, language};
use crate::pages;
use crate::problem::{Kind, Problem};

pub(super) async fn nothing_here(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    if !wants_a_page(&request) {
        return Err(Kind::NotFound.into());
    }
    let path = path_without_lang(&request);
    let ctx = public.page(language::of_problem(&request), &path);
    let mut response = for_one_reader(StatusCode::NOT_FOUND, ctx.lang);
    response.insert_header((header::VARY, "accept, accept-language"));
    Ok(html(&mut response, pages::not_found(&ctx).into_string()))
}

/// Browsers name HTML when they open a page, and not when they load a picture or a script of one; clients of the API
/// do not name it at all.
fn wants_a_page(request: &HttpRequest) -> bool {
    Accept::parse(request)
        .is_ok_and(|accepted| accepted.ranked().iter().any(|media| media.essence_str() == "text/html"))
}
