//! `GET /v1/verify/{code}`, `?code=`, `/v1/verify/01/…`: what is this code?
//!
//! Never counts and is never positive.

use core::str::FromStr;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Card, Context, Section, UnknownValue};

use super::target::{Given, parameter};
use super::{Public, caching, language};
use crate::lookup::{Answer, Question};
use crate::problem::{Kind, Problem};

/// Look a code up. Any form of code is read: GTIN-8/12/13/14, element strings, bracketed strings, GS1 Digital Link
/// (as a path, `/v1/verify/01/…`, or whole and percent-encoded), or a code of another scheme.
#[utoipa::path(
    get,
    path = "/v1/verify/{code}",
    tag = "verify",
    operation_id = "verify",
    params(
        ("code" = String, Path, description = "The code, percent-encoded once; at most 2,048 bytes. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts; else Accept-Language, else vi."),
        ("context" = Option<nguon_openapi::Context>, Query, description = "`shop` drops the serial and words the card for what will be delivered."),
        ("fields" = Option<String>, Query, description = "Sections to send, separated by commas: product, producer, batch, item, certificates, timeline, compare, completeness, checks, links. Code, verdict, reasons and safety always come.", example = "product,producer"),
        ("If-None-Match" = Option<String>, Header, description = "An ETag of before: 304 if nothing has changed."),
    ),
    responses(
        (status = 200, description = "The card, whatever its verdict.", body = Card, headers(
            ("ETag" = String, description = "Weak; from the content, never from the clock."),
            ("Cache-Control" = String, description = "Fresh for at most 30 s, never past valid_until."),
        )),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable: says nothing about the code.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
    ),
)]
pub async fn verify(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let given = Given::of(&request, "/v1/verify")?;
    let asked = Asked::of(&request)?;
    let answer = public.lookup.card(&asked.question(&given)).await?;
    Ok(asked.respond(&request, answer))
}

/// The same by query, for forms and for codes that a path cannot carry.
#[utoipa::path(
    get,
    path = "/v1/verify",
    tag = "verify",
    operation_id = "verify_by_query",
    params(
        ("code" = String, Query, description = "The code, as a form sends it; at most 2,048 bytes.", example = "(01)09520000010010(10)L01A"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts."),
        ("context" = Option<nguon_openapi::Context>, Query, description = "Where the card is shown."),
        ("fields" = Option<String>, Query, description = "Sections to send.", example = "product"),
    ),
    responses(
        (status = 200, description = "The card, whatever its verdict.", body = Card),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
#[expect(dead_code, reason = "documents the second address of the handler above")]
pub(super) fn verify_by_query() {}

/// What a request asks beside its code.
struct Asked {
    language: language::Chosen,
    context: Context,
    fields: Option<Vec<Section>>,
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let query = request.uri().query();
        let context = match parameter(query, "context") {
            Some(value) => word(&value, "context")?,
            None => Context::Unit,
        };
        let fields = parameter(query, "fields")
            .map(|value| value.split(|b| *b == b',').map(|field| word(field, "fields")).collect())
            .transpose()?;
        Ok(Self { language: language::of(request)?, context, fields })
    }

    fn question<'a>(&self, given: &'a Given<'_>) -> Question<'a> {
        Question { input: given.echo(), reading: given.read(), lang: self.language.lang, context: self.context }
    }

    fn respond(&self, request: &HttpRequest, answer: Answer) -> HttpResponse {
        let Answer { mut card, now } = answer;
        if let Some(fields) = &self.fields {
            card.retain(fields);
        }
        let cache_control = caching::cache_control(now, card.valid_until);
        let body = match serde_json::to_vec(&card) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "a card could not be written");
                return actix_web::ResponseError::error_response(&Problem::from(Kind::Internal));
            }
        };
        let tag = caching::validator(&body);
        let known = caching::is_known(request, &tag);
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header(caching::etag(tag))
            .insert_header((header::CACHE_CONTROL, cache_control))
            .insert_header((header::CONTENT_LANGUAGE, self.language.lang.as_str()));
        if !self.language.named {
            response.append_header((header::VARY, HeaderValue::from_static("accept-language")));
        }
        if known { response.finish() } else { response.content_type("application/json").body(body) }
    }
}

/// A word of a closed list.
pub(super) fn word<T: FromStr<Err = UnknownValue>>(value: &[u8], parameter: &str) -> Result<T, Problem> {
    // What is not UTF-8 is on no list, and neither is the empty word that stands for it.
    core::str::from_utf8(value).unwrap_or_default().parse().map_err(|unknown: UnknownValue| {
        Problem::at(Kind::BadParameter, parameter, format!("must be one of: {}", unknown.allowed))
    })
}
