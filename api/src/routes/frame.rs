//! `GET /embed/{code}`: the card alone, for a frame. The shop's card: no serial, never positive.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::Section;

use super::card_page::html_under;
use super::embed::{option, shop_card};
use super::target::Given;
use super::{Public, caching, language};
use crate::lookup::{self, Fields};
use crate::pages::embed::{self, FRAME_POLICY, Variant};
use crate::problem::Problem;

/// A frame is always a frame: what goes wrong is said in it, and never looks like a verdict.
pub(super) async fn frame(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    match card(&request, &public).await {
        Ok(response) => response,
        Err(problem) => trouble(&request, &problem),
    }
}

async fn card(request: &HttpRequest, public: &Public) -> Result<HttpResponse, Problem> {
    let given = Given::of(request, "/embed")?;
    let chosen = language::of(request)?;
    let theme = option(request, "theme")?;
    let fields = match option(request, "variant")? {
        Variant::Full => Fields::ALL,
        Variant::Compact => Fields::of([Section::Product, Section::Producer, Section::Batch, Section::Links]),
        Variant::Badge => Fields::of([Section::Product, Section::Links]),
    };
    let (card, served) = shop_card(request, public, &given, chosen.lang, fields).await?;
    let body = embed::frame(&card, theme, public.lookup.base_url()).into_string();
    let tag = lookup::tag(body.as_bytes());
    let (mut response, known) = caching::begin_card(request, &tag, &served, chosen);
    response.insert_header(("x-robots-tag", "noindex"));
    Ok(if known { response.finish() } else { html_under(&mut response, body, FRAME_POLICY) })
}

fn trouble(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let lang = language::of_problem(request);
    let row = problem.kind().row();
    let theme = option(request, "theme").unwrap_or_default();
    let title = lang.pick(row.vi.0, row.title);
    let body = embed::frame_could_not_check(title, lang.pick(row.vi.1, row.detail), theme, lang).into_string();
    let mut response = instead_of(problem);
    response.insert_header((header::CONTENT_LANGUAGE, lang.as_str())).insert_header(("x-robots-tag", "noindex"));
    html_under(&mut response, body, FRAME_POLICY)
}

/// A problem's status and headers, for a body that is no problem document.
pub(super) fn instead_of(problem: &Problem) -> actix_web::HttpResponseBuilder {
    let plain = actix_web::ResponseError::error_response(problem);
    let mut response = HttpResponse::build(plain.status());
    for (name, value) in plain.headers() {
        if name != header::CONTENT_TYPE {
            response.append_header((name.clone(), value.clone()));
        }
    }
    response
}
