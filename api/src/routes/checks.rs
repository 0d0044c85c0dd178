//! `POST /v1/checks`: a consumer with the unit in hand. The only answer that can be positive.
//!
//! Refused from other sites' pages: a page that makes its visitors' browsers check a code would make a copy of an
//! honest one. A page of a shop shows the card and leads to ours.

use core::str::FromStr;

use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Card, CheckRequest, Lang};

use super::body::{FETCH_SITE, idempotency_key};
use super::target::Given;
use super::{Public, limit};
use crate::checks;
use crate::lookup::Question;
use crate::problem::{Kind, Problem};

/// Largest body, in bytes.
pub(super) const MAX_BODY_BYTES: usize = 16 * 1024;

/// Longest `Idempotency-Key`, in bytes.
const MAX_KEY_BYTES: usize = 255;

/// A check in words, whatever form it came in.
pub(super) struct Asked<'a> {
    pub(super) code: &'a str,
    pub(super) pin: Option<&'a str>,
    pub(super) receipt: Option<&'a str>,
    /// The key of a form; a header goes before it.
    pub(super) key: Option<&'a str>,
    pub(super) lang: Lang,
}

/// Check one unit: counted once for its `Idempotency-Key` and code, and once an hour for one client. The answer is the
/// card, with how often the unit was checked and a receipt; it is `positive` only if the check was counted and nothing
/// speaks against the unit. A code that names no single unit on record is answered as by a lookup, and nothing is
/// counted.
#[utoipa::path(
    post,
    path = "/v1/checks",
    tag = "checks",
    operation_id = "check",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Names this check for 24 h, at most 255 visible characters: the same key with the same code is the same check (draft-ietf-httpapi-idempotency-key-header). Make a new one for each check, and send it again when no answer came.", example = "8e03978e-40d5-43e8-bc93-6894a57f9324"),
    ),
    request_body = CheckRequest,
    responses(
        (status = 200, description = "The card, whatever its verdict. Never stored by a cache.", body = Card),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 403, description = "check_from_other_site.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 404, description = "checks_not_offered.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 413, description = "body_too_large.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 422, description = "bad_body, bad_pin or bad_receipt.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
        (status = 503, description = "could_not_check or registry_unavailable: not counted, and says nothing about the code.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
    ),
)]
pub(super) async fn check(
    request: HttpRequest,
    body: web::Json<CheckRequest>,
    public: web::Data<Public>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked {
        code: &body.code,
        pin: body.pin.as_deref(),
        receipt: body.receipt.as_deref(),
        key: None,
        lang: body.lang.unwrap_or_default(),
    };
    let card = checked(&request, &public, &asked).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(card))
}

/// Check, and answer with a card.
pub(super) async fn checked(request: &HttpRequest, public: &Public, asked: &Asked<'_>) -> Result<Card, Problem> {
    let checks = public.checks.as_ref().ok_or(Kind::ChecksNotOffered)?;
    must_be_from_here(request, public)?;
    let code = Given::of_text(asked.code)?;
    let address = limit::address(request, public);
    let given = checks::Given {
        question: Question {
            input: code.echo(),
            reading: code.read(),
            lang: asked.lang,
            context: nguon_openapi::Context::Unit,
        },
        key: key(request, asked.key)?,
        pin: filled(asked.pin, Kind::BadPin)?,
        receipt: filled(asked.receipt, Kind::BadReceipt)?,
        address,
        province: limit::province(request, public, address),
    };
    let admitted = limit::admit_check(request, public)?;
    let card = checks.check(&public.lookup, &given).await?;
    admitted.weigh(public, crate::lookup::is_found(&card))?;
    Ok(card)
}

/// A field that may be left empty.
fn filled<T: FromStr>(text: Option<&str>, otherwise: Kind) -> Result<Option<T>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| otherwise.into())).transpose()
}

/// The key of a check.
fn key<'a>(request: &'a HttpRequest, of_form: Option<&'a str>) -> Result<Option<&'a str>, Problem> {
    let Some(key) = idempotency_key(request, of_form) else { return Ok(None) };
    let sound = (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|b| (0x20..0x7f).contains(&b));
    if sound {
        Ok(Some(key))
    } else {
        Err(Problem::at(Kind::BadParameter, "Idempotency-Key", "must be 1 to 255 visible characters of ASCII"))
    }
}

/// A browser says which site a request comes from: `Sec-Fetch-Site`, or at least `Origin`. An app says neither.
fn must_be_from_here(request: &HttpRequest, public: &Public) -> Result<(), Problem> {
    let text = |name: &HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let from_here = match (text(&FETCH_SITE), text(&header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin == public.lookup.base_url(),
        (None, None) => true,
    };
    if from_here { Ok(()) } else { Err(Kind::CheckFromOtherSite.into()) }
}
