//! `GET /openapi.json`, `/docs`, `/docs/problems`: the contract, a page to try it on, and what each problem means.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use super::card_page::{html, path_without_lang};
use super::{Public, language};
use crate::pages;

/// The contract.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nguon",
        version = "1.0",
        description = "What is this code, where does the product come from, is anything wrong with it?\n\nA lookup never counts and is never `positive`. HTTP 200 comes with every verdict; a problem (RFC 9457) is never a verdict and says nothing about any product. Texts are plain text in one language; show them as text.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(
        super::verify::verify,
        super::verify::verify_by_query,
        super::batch::batch,
        super::bulk::bulk,
        super::checks::check,
        super::reports::report,
        super::reports::report_status,
        super::coverage::coverage,
        super::oembed::oembed,
        super::picture::badge_svg,
        super::picture::badge_png,
        super::picture::qr_svg,
        super::cards::view,
        super::cards::fragment,
    ),
    components(schemas(nguon_openapi::Card, nguon_openapi::Problem)),
    tags(
        (name = "verify", description = "Look a code up."),
        (name = "checks", description = "A consumer with the product in hand."),
        (name = "reports", description = "This looks wrong."),
        (name = "pictures", description = "A code as a picture."),
        (name = "embed", description = "Cards on other sites."),
        (name = "cards", description = "A card laid out for a page."),
    ),
)]
struct Contract;

/// The contract as it is published and committed.
#[must_use]
pub fn contract() -> utoipa::openapi::OpenApi {
    Contract::openapi()
}

pub(super) async fn openapi() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=300")).json(contract())
}

/// The page's own address ends with a slash.
pub(super) async fn to_try_it() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/docs/")).finish()
}

/// The page to try it on; every file of it is in the binary.
pub(super) fn try_it(app: &mut web::ServiceConfig) {
    app.service(SwaggerUi::new("/docs/{_:.*}").url("/openapi.json", contract()));
}

pub(super) async fn problems(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    let path = path_without_lang(&request);
    let ctx = public.page(language::of_problem(&request), &path);
    html(&mut HttpResponse::Ok(), pages::problems(&ctx).into_string())
}
