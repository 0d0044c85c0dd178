//! `GET /v1/cards/{code}.view.json`, `GET /v1/cards/{code}.html`: the card of a lookup, laid out for somebody else's
//! page. Therefore `shop` is what is meant where no `context` is given.

use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Card, Context};

use super::target::{Given, parameter};
use super::verify::word;
use super::{Public, caching, language, limit};
use crate::lookup::{self, Fields, Question};
use crate::pages;
use crate::problem::{Kind, Problem};

/// A card as nodes: what `<origin-card>` draws where no WebAssembly may run.
#[utoipa::path(
    get,
    path = "/v1/cards/{code}.view.json",
    tag = "cards",
    operation_id = "card_view",
    params(
        ("code" = String, Path, description = "The code, percent-encoded once; at most 2,048 bytes. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts; else Accept-Language, else vi."),
        ("context" = Option<nguon_openapi::Context>, Query, description = "Where the card is shown; `shop` when it is missing."),
    ),
    responses(
        (status = 200, description = "The card, whatever its verdict.", body = nguon_openapi::CardView),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn view(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    answer(&request, &public, ".view.json", "application/json", |card| {
        // A view is plain data: writing it as JSON cannot fail.
        serde_json::to_string(&pages::view(card)).unwrap_or_default()
    })
    .await
}

/// A card as HTML with a declarative shadow root, for pages that are made on a server.
#[utoipa::path(
    get,
    path = "/v1/cards/{code}.html",
    tag = "cards",
    operation_id = "card_fragment",
    params(
        ("code" = String, Path, description = "The code, percent-encoded once; at most 2,048 bytes. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts; else Accept-Language, else vi."),
        ("context" = Option<nguon_openapi::Context>, Query, description = "Where the card is shown; `shop` when it is missing."),
    ),
    responses(
        (status = 200, description = "`<origin-card>` with its card in it.", body = String, content_type = "text/html"),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn fragment(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let base_url = public.lookup.base_url();
    answer(&request, &public, ".html", "text/html; charset=utf-8", |card| pages::fragment(card, base_url).into_string())
        .await
}

async fn answer(
    request: &HttpRequest,
    public: &Public,
    ending: &str,
    content_type: &str,
    lay_out: impl FnOnce(&Card) -> String,
) -> Result<HttpResponse, Problem> {
    let uri = request.uri();
    let path = uri.path().strip_prefix("/v1/cards").and_then(|path| path.strip_suffix(ending)).ok_or(Kind::NotFound)?;
    let given = Given::within(path, uri.query())?;
    let chosen = language::of(request)?;
    let context = match parameter(uri.query(), "context") {
        Some(value) => word(&value, "context")?,
        None => Context::Shop,
    };
    let admitted = limit::admit(request, public, 1)?;
    let question = Question { input: given.echo(), reading: given.read(), lang: chosen.lang, context };
    let served = admitted.serve(public, &question, Fields::ALL).await?;
    let card = served.card(&question)?;
    let body = lay_out(&card);
    let tag = lookup::tag(body.as_bytes());
    let (mut response, known) = caching::begin_card(request, &tag, &served, chosen);
    if known {
        return Ok(response.finish());
    }
    Ok(response.content_type(content_type).body(body))
}
