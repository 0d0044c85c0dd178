//! `POST /v1/verify/bulk`: codes as NDJSON in, cards as NDJSON out, as they come.
//!
//! The answer streams while the request does, a hundred codes at a time: a caller who reads slowly is written to
//! slowly, and nothing piles up in between.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::future::join_all;
use futures_util::stream::{self, Stream, StreamExt as _};
use serde::Deserialize;
use tokio::time::Instant;

use super::batch::{Manner, answer};
use super::verify::Asked;
use super::{Public, body, limit};
use crate::problem::{Kind, Problem};

/// Most codes in one request.
const MAX_CODES: usize = 50_000;

/// Longest line, in bytes: a code of the greatest length, as JSON with escapes.
const MAX_LINE_BYTES: usize = 16 * 1024;

/// Largest body, in bytes; blank lines count too.
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Bytes a second below which a body is given up.
const SLOWEST_BYTES_PER_S: usize = 200;

/// How long the next piece of the body may take, and all of it beyond what its length explains.
const PATIENCE: Duration = Duration::from_secs(30);

/// Codes that are looked up together.
const TOGETHER: usize = 100;

/// A line: a JSON string, or an object with a code.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Code(String),
    Object { code: String },
}

/// Look up to 50,000 codes up: one JSON string (or `{"code": "…"}`) a line in, one card or problem document a line
/// out, in order.
#[utoipa::path(
    post,
    path = "/v1/verify/bulk",
    tag = "verify",
    operation_id = "verify_bulk",
    params(
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts."),
        ("context" = Option<nguon_openapi::Context>, Query, description = "Where the cards are shown."),
        ("fields" = Option<String>, Query, description = "Sections to send.", example = "product"),
    ),
    request_body(content = String, content_type = "application/x-ndjson", description = "One code a line, as a JSON string or as {\"code\": \"…\"}; at most 50,000.", example = json!("\"09520000010010\"\n\"(01)09520000040017(10)K04A\"\n")),
    responses(
        (status = 200, description = "One card or problem document a line, in order. After the last code that is taken, a line with the problem `too_many_codes` says that there were more.", body = String, content_type = "application/x-ndjson"),
        (status = 415, description = "unsupported_media_type.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn bulk(
    request: HttpRequest,
    payload: web::Payload,
    public: web::Data<Public>,
) -> Result<HttpResponse, Problem> {
    if !["application/x-ndjson", "application/ndjson", "application/jsonl"].contains(&&*body::media_type(&request)) {
        return Err(Problem::at(Kind::UnsupportedMediaType, "Content-Type", "must be: application/x-ndjson"));
    }
    let manner = Asked::of(&request)?.manner();
    // Refuse at once whoever could not be let in for a single code.
    limit::admit(&request, &public, 1)?;
    let run = Run { lines: Lines::of(payload), request, public: public.into_inner(), manner, taken: 0, ended: false };
    Ok(HttpResponse::Ok()
        .content_type("application/x-ndjson")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(run.answers()))
}

struct Run<S> {
    lines: Lines<S>,
    request: HttpRequest,
    public: Arc<Public>,
    manner: Manner,
    taken: usize,
    ended: bool,
}

impl<S> Run<S>
where
    S: Stream<Item = Result<Bytes, actix_web::error::PayloadError>> + Unpin + 'static,
{
    fn answers(self) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
        stream::unfold(self, |mut run| async move {
            if run.ended {
                return None;
            }
            let answers = run.some().await;
            (!answers.is_empty()).then_some((Ok(answers), run))
        })
    }

    /// The answers to the next codes.
    async fn some(&mut self) -> Bytes {
        let mut lines = Vec::new();
        let mut last = None;
        while lines.len() < TOGETHER && self.taken < MAX_CODES {
            match self.lines.next().await {
                Some(Ok(line)) => {
                    self.taken += 1;
                    lines.push(line);
                }
                Some(Err(problem)) => {
                    last = Some(problem);
                    break;
                }
                None => {
                    self.ended = true;
                    break;
                }
            }
        }
        if self.taken == MAX_CODES && !self.ended && self.lines.next().await.is_some() {
            last = Some(Kind::TooManyCodes.into());
        }
        let mut out = BytesMut::new();
        if !lines.is_empty() {
            match limit::admit_in_time(&self.request, &self.public, u32::try_from(lines.len()).unwrap_or(u32::MAX))
                .await
            {
                Ok(admitted) => {
                    let answers = lines.iter().map(|line| async {
                        match serde_json::from_slice(line) {
                            Ok(Line::Code(code) | Line::Object { code }) => {
                                answer(&self.public, admitted, &code, self.manner).await
                            }
                            Err(_) => problem(&Problem::at(Kind::BadBody, "", "is not a JSON string or {\"code\": …}")),
                        }
                    });
                    for answer in join_all(answers).await {
                        out.put_slice(&answer);
                        out.put_u8(b'\n');
                    }
                }
                Err(refused) => last = Some(refused),
            }
        }
        if self.taken == MAX_CODES {
            self.ended = true;
        }
        if let Some(last) = last {
            self.ended = true;
            out.put_slice(&problem(&last));
            out.put_u8(b'\n');
        }
        out.freeze()
    }
}

fn problem(problem: &Problem) -> Bytes {
    // A problem is plain data: writing it as JSON cannot fail.
    serde_json::to_vec(&problem.body()).unwrap_or_default().into()
}

/// Lines of a body that is still arriving. Empty lines are passed over.
struct Lines<S> {
    body: S,
    held: BytesMut,
    taken_bytes: usize,
    began: Instant,
    finished: bool,
}

impl<S> Lines<S>
where
    S: Stream<Item = Result<Bytes, actix_web::error::PayloadError>> + Unpin,
{
    fn of(body: S) -> Self {
        Self { body, held: BytesMut::new(), taken_bytes: 0, began: Instant::now(), finished: false }
    }

    async fn next(&mut self) -> Option<Result<Bytes, Problem>> {
        loop {
            if let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
                let line = self.held.split_to(end + 1).freeze();
                if let Some(line) = filled(&line) {
                    return Some(Ok(line));
                }
                continue;
            }
            if self.held.len() > MAX_LINE_BYTES {
                return Some(Err(Problem::at(Kind::BadBody, "", "a line is longer than 16 KiB")));
            }
            if self.finished {
                return filled(&self.held.split().freeze()).map(Ok);
            }
            // Each piece may take a while, all of them together no longer than a poor line would.
            let poor_line = Duration::from_secs((self.taken_bytes / SLOWEST_BYTES_PER_S) as u64);
            let deadline = (self.began + PATIENCE + poor_line).min(Instant::now() + PATIENCE);
            match tokio::time::timeout_at(deadline, self.body.next()).await {
                Ok(Some(Ok(piece))) => {
                    self.taken_bytes += piece.len();
                    if self.taken_bytes > MAX_BODY_BYTES {
                        return Some(Err(Kind::BodyTooLarge.into()));
                    }
                    self.held.put_slice(&piece);
                }
                Ok(Some(Err(error))) => return Some(Err(Problem::at(Kind::BadBody, "", error.to_string()))),
                Ok(None) => self.finished = true,
                Err(_) => return Some(Err(Kind::RequestTimeout.into())),
            }
        }
    }
}

/// A line without blanks around it, if anything is left.
fn filled(line: &Bytes) -> Option<Bytes> {
    let trimmed = line.trim_ascii();
    (!trimmed.is_empty()).then(|| line.slice_ref(trimmed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn lines_are_found_wherever_the_pieces_are_cut() {
        let body = b"\"a\"\r\n\n  \"b\"\n{\"code\":\"c\"}";
        for size in 1..body.len() {
            let pieces: Vec<_> = body.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
            let mut lines = Lines::of(stream::iter(pieces));
            let mut seen = Vec::new();
            while let Some(line) = lines.next().await {
                seen.push(line.unwrap());
            }
            assert_eq!(seen, [&b"\"a\""[..], b"\"b\"", b"{\"code\":\"c\"}"]);
        }
    }

    #[actix_web::test]
    async fn a_line_without_end_is_refused_and_not_held() {
        let pieces = (0..100).map(|_| Ok(Bytes::from_static(&[b'x'; 1024])));
        let mut lines = Lines::of(stream::iter(pieces));
        assert!(lines.next().await.unwrap().is_err());
        assert!(lines.held.len() <= MAX_LINE_BYTES + 1024);
    }
}
