//! `POST /v1/verify/batch`: up to a hundred codes, an answer for each, in order.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::future::join_all;
use nguon_openapi::{BatchRequest, BatchResponse, Context, Lang};

use super::limit::Admitted;
use super::target::Given;
use super::{Public, limit};
use crate::lookup::{Fields, Question};
use crate::problem::{Kind, Problem};

/// Most codes in a batch.
const MAX_CODES: usize = 100;

/// Largest body, in bytes: a hundred codes of the greatest length, as JSON.
pub(super) const MAX_BODY_BYTES: usize = 512 * 1024;

/// How every code of a batch is to be answered.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) lang: Lang,
    pub(super) context: Context,
    pub(super) fields: Fields,
}

/// Look up to a hundred codes up. One bad code never fails the rest: its place holds a card that says what is wrong
/// with it, or a problem document.
#[utoipa::path(
    post,
    path = "/v1/verify/batch",
    tag = "verify",
    operation_id = "verify_batch",
    request_body = BatchRequest,
    responses(
        (status = 200, description = "An answer per code, in order.", body = BatchResponse),
        (status = 413, description = "body_too_large.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 422, description = "bad_body: see errors.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn batch(
    request: HttpRequest,
    body: web::Json<BatchRequest>,
    public: web::Data<Public>,
) -> Result<HttpResponse, Problem> {
    let asked = body.into_inner();
    if asked.codes.is_empty() || asked.codes.len() > MAX_CODES {
        return Err(Problem::at(Kind::BadBody, "codes", format!("holds 1 to {MAX_CODES} codes")));
    }
    let manner = Manner {
        lang: asked.lang.unwrap_or_default(),
        context: asked.context.unwrap_or_default(),
        fields: asked.fields.map_or(Fields::ALL, Fields::of),
    };
    let admitted = limit::admit(&request, &public, u32::try_from(asked.codes.len()).unwrap_or(u32::MAX))?;
    let at_hand: Vec<Option<Bytes>> = asked.codes.iter().map(|code| at_hand(&public, code, manner)).collect();
    let missing = asked.codes.iter().zip(&at_hand).filter(|(_, answer)| answer.is_none());
    let mut fetched = join_all(missing.map(|(code, _)| answer(&public, admitted, code, manner))).await.into_iter();
    // There is one for each that was not at hand.
    let answers: Vec<Bytes> =
        at_hand.into_iter().map(|answer| answer.or_else(|| fetched.next()).unwrap_or_default()).collect();
    let mut out = BytesMut::with_capacity(answers.iter().map(|answer| answer.len() + 1).sum::<usize>() + 16);
    out.put_slice(br#"{"results":["#);
    for (n, answer) in answers.iter().enumerate() {
        if n > 0 {
            out.put_u8(b',');
        }
        out.put_slice(answer);
    }
    out.put_slice(b"]}");
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(out.freeze()))
}

/// The card of a code, if memory has it: that takes no future, and usually memory has them all.
fn at_hand(public: &Public, code: &str, manner: Manner) -> Option<Bytes> {
    let given = Given::of_text(code).ok()?;
    let question = Question { input: given.echo(), reading: given.read(), lang: manner.lang, context: manner.context };
    let served = public.lookup.at_hand(&question, manner.fields, |_| true)?;
    Some(served.body.spelt(question.input.trim()))
}

/// The answer to one code: a card, or a problem document, as JSON.
pub(super) async fn answer(public: &Public, admitted: Admitted, code: &str, manner: Manner) -> Bytes {
    match card(public, admitted, code, manner).await {
        Ok(card) => card,
        // A problem is plain data: writing it as JSON cannot fail.
        Err(problem) => serde_json::to_vec(&problem.body()).unwrap_or_default().into(),
    }
}

async fn card(public: &Public, admitted: Admitted, code: &str, manner: Manner) -> Result<Bytes, Problem> {
    let given = Given::of_text(code)?;
    let question = Question { input: given.echo(), reading: given.read(), lang: manner.lang, context: manner.context };
    let served = admitted.serve(public, &question, manner.fields).await?;
    Ok(served.body.spelt(question.input.trim()))
}
