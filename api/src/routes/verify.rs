//! `GET /v1/verify/{code}`, `?code=`, `/v1/verify/01/…`: what is this code?
//!
//! Never counts and is never positive.

use core::str::FromStr;

use std::sync::Arc;

use actix_web::http::header::{self, ContentEncoding, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use nguon_openapi::{Card, Context, Section, UnknownValue};

use super::batch::Manner;
use super::target::{Given, parameter};
use super::{Public, caching, language, limit};
use crate::lookup::{self, Body, Coding, Fields, Question, Served};
use crate::problem::{Kind, Problem};

/// What an answer varies with when the caller names the language, and when not.
const VARY_NAMED: &str = "accept-encoding";
const VARY_ASKED: &str = "accept-encoding, accept-language";

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

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
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
            ("RateLimit" = String, description = "What is left."),
            ("RateLimit-Policy" = String, description = "The quota."),
        )),
        (status = 503, description = "could_not_check or registry_unavailable: says nothing about the code.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
    ),
)]
pub(super) async fn verify(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    looked_up(&request, &public).await
}

/// The answer, from wherever it comes.
pub(super) async fn looked_up(request: &HttpRequest, public: &Public) -> Result<HttpResponse, Problem> {
    let given = Given::of(request, "/v1/verify")?;
    let asked = Asked::of(request)?;
    let admitted = limit::admit(request, public, 1)?;
    let question = asked.question(&given);
    let served = admitted.serve(public, &question, asked.fields).await?;
    Ok(asked.respond(request, &served, question.input.trim()))
}

/// The same at once, if memory has it and the client may have it; refusals are the other's.
pub(super) fn at_hand(request: &HttpRequest, public: &Public) -> Option<HttpResponse> {
    let given = Given::of(request, "/v1/verify").ok()?;
    let asked = Asked::of(request).ok()?;
    let question = asked.question(&given);
    let admit = |now| limit::admit_at(request, public, 1, now).is_ok();
    let served = public.lookup.at_hand(&question, asked.fields, admit)?;
    Some(asked.respond(request, &served, question.input.trim()))
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
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
#[expect(dead_code, reason = "documents the second address of the handler above")]
pub(super) fn verify_by_query() {}

/// What a request asks beside its code.
pub(super) struct Asked {
    language: language::Chosen,
    context: Context,
    fields: Fields,
}

impl Asked {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let query = request.uri().query();
        let context = match parameter(query, "context") {
            Some(value) => word(&value, "context")?,
            None => Context::Unit,
        };
        let fields = match parameter(query, "fields") {
            Some(value) => {
                let sections: Result<Vec<Section>, Problem> =
                    value.split(|b| *b == b',').map(|field| word(field, "fields")).collect();
                Fields::of(sections?)
            }
            None => Fields::ALL,
        };
        Ok(Self { language: language::of(request)?, context, fields })
    }

    /// The same for many codes.
    pub(super) const fn manner(&self) -> Manner {
        Manner { lang: self.language.lang, context: self.context, fields: self.fields }
    }

    fn question<'a>(&self, given: &'a Given<'_>) -> Question<'a> {
        Question { input: given.echo(), reading: given.read(), lang: self.language.lang, context: self.context }
    }

    fn respond(&self, request: &HttpRequest, served: &Served, input: &str) -> HttpResponse {
        let Served { body, way, .. } = served;
        let sent = Representation::of(request, body, input);
        let known = caching::is_known(request, sent.tag.as_deref().unwrap_or(body.tag()));
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header((header::ETAG, sent.tag.as_deref().map_or_else(|| caching::etag_of(body), caching::etag)))
            .insert_header((header::CACHE_CONTROL, caching::of(served)))
            .insert_header((header::CONTENT_LANGUAGE, constant(self.language.lang.as_str())))
            .insert_header((CACHE_STATUS, constant(way.as_str())))
            .insert_header((header::VARY, constant(if self.language.named { VARY_NAMED } else { VARY_ASKED })));
        if known {
            return response.finish();
        }
        if let Some(coding) = sent.coding {
            response.insert_header(match coding {
                Coding::Brotli => ContentEncoding::Brotli,
                Coding::Gzip => ContentEncoding::Gzip,
            });
        }
        response.insert_header((header::CONTENT_TYPE, constant("application/json"))).body(sent.bytes)
    }
}

/// A value that is known when this is built: it is neither copied nor checked for each answer.
const fn constant(value: &'static str) -> HeaderValue {
    HeaderValue::from_static(value)
}

/// The bytes that fit a request.
struct Representation {
    bytes: Bytes,
    coding: Option<Coding>,
    /// Its validator where that is not the body's own: the code is spelt in another way.
    tag: Option<String>,
}

impl Representation {
    /// Compressed where that is asked for and has been done. The first two who ask for it get the bytes as they are, and
    /// the second has them compressed for the next.
    fn of(request: &HttpRequest, body: &Arc<Body>, input: &str) -> Self {
        if !body.is_spelt(input) {
            let bytes = body.spelt(input);
            let tag = Some(lookup::tag(&bytes));
            let coding = caching::coding(request);
            return match coding.and_then(|coding| Body::compressed_now(&bytes, coding)) {
                Some(compressed) => Self { bytes: compressed, coding, tag },
                None => Self { bytes, coding: None, tag },
            };
        }
        if let Some(coding) = caching::coding(request) {
            if let Some(bytes) = body.compressed(coding) {
                return Self { bytes: bytes.clone(), coding: Some(coding), tag: None };
            }
            if body.wished_compressed() {
                let body = Arc::clone(body);
                drop(web::block(move || body.compress()));
            }
        }
        Self { bytes: body.identity().clone(), coding: None, tag: None }
    }
}

/// A word of a closed list.
pub(super) fn word<T: FromStr<Err = UnknownValue>>(value: &[u8], parameter: &str) -> Result<T, Problem> {
    // What is not UTF-8 is on no list, and neither is the empty word that stands for it.
    core::str::from_utf8(value).unwrap_or_default().parse().map_err(|unknown: UnknownValue| {
        Problem::at(Kind::BadParameter, parameter, format!("must be one of: {}", unknown.allowed))
    })
}
