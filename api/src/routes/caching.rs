//! HTTP caching of cards (RFC 9110, RFC 9111, RFC 5861).
//!
//! The validator is weak and made of the body and the contract's version: never of the clock, so that the same
//! records give the same `ETag` on every node and after a restart. An answer is fresh for at most 30 s and never
//! past the instant at which the card changes by itself.
//!
//! A change shows through shared caches within 60 s, whatever fails: 2 s until this node notices that changes are not
//! told to it, 30 s of freshness, 28 s in which a cache may go on with what it has while this node answers nothing. A
//! card that is in doubt has used up a part of its 30 s here, and gets no more of them.

use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, EntityTag, Header, HeaderValue, IfNoneMatch,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use jiff::Timestamp;

use super::language::Chosen;
use crate::lookup::{Body, Coding, Served};

/// How long a card may be kept without asking again, in seconds.
const MAX_AGE_S: i64 = 30;

/// How long after that a cache may keep it while this node does not answer, in seconds.
const STALE_IF_ERROR_S: i64 = 28;

/// Whether the caller has the representation with a tag already.
pub(super) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    // Hardly anybody sends the header, and without it there is nothing to read.
    if !request.headers().contains_key(header::IF_NONE_MATCH) {
        return false;
    }
    let tag = EntityTag::new_weak(tag.to_owned());
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|other| other.weak_eq(&tag)),
        Err(_) => false,
    }
}

/// Begin an answer with a tag: 304 where the caller has it already, and then without a body. Says whether it is one.
pub(super) fn begin(request: &HttpRequest, tag: &str) -> (HttpResponseBuilder, bool) {
    let known = is_known(request, tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag(tag)));
    (response, known)
}

/// Begin an answer made of a card, in whatever form: kept as long as the card, in its language.
pub(super) fn begin_card(
    request: &HttpRequest,
    tag: &str,
    served: &Served,
    chosen: Chosen,
) -> (HttpResponseBuilder, bool) {
    let (mut response, known) = begin(request, tag);
    response
        .insert_header((header::CACHE_CONTROL, of(served)))
        .insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()));
    chosen.vary(&mut response);
    (response, known)
}

/// The best coding that the caller takes, brotli before gzip; `None` for the bytes as they are.
pub(super) fn coding(request: &HttpRequest) -> Option<Coding> {
    if !request.headers().contains_key(header::ACCEPT_ENCODING) {
        return None;
    }
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    match AcceptEncoding::parse(request).ok()?.negotiate(offered.iter())? {
        Encoding::Known(ContentEncoding::Brotli) => Some(Coding::Brotli),
        Encoding::Known(ContentEncoding::Gzip) => Some(Coding::Gzip),
        _ => None,
    }
}

/// `Cache-Control` of a card, with the seconds for which it has been in doubt.
fn cache_control(now: Timestamp, valid_until: Option<Timestamp>, doubt_s: Option<i64>) -> HeaderValue {
    let left = valid_until.map_or(2 * MAX_AGE_S, |until| until.as_second().saturating_sub(now.as_second()));
    if let Some(doubt_s) = doubt_s {
        let max_age = left.min(MAX_AGE_S.saturating_sub(doubt_s)).max(0);
        // Not even a cache that is cut off from this node may go on with it (RFC 9111 §5.2.2.2).
        return spelt(format!("public, max-age={max_age}, must-revalidate"));
    }
    let max_age = left.clamp(0, MAX_AGE_S);
    // Stale is never past the instant either: the stale seconds come after the fresh ones.
    match (left - max_age).clamp(0, STALE_IF_ERROR_S) {
        // Almost always.
        STALE_IF_ERROR_S => HeaderValue::from_static("public, max-age=30, stale-if-error=28"),
        0 => spelt(format!("public, max-age={max_age}")),
        stale => spelt(format!("public, max-age={max_age}, stale-if-error={stale}")),
    }
}

/// Letters and digits are a header's value; were they not, the answer would not be kept.
fn spelt(value: String) -> HeaderValue {
    HeaderValue::try_from(value).unwrap_or(PRIVATE)
}

/// `Cache-Control` of what is somebody's own business.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// `Cache-Control` of what was said before: the next answer may be a new one.
const STALE: HeaderValue = HeaderValue::from_static("no-store");

/// `Cache-Control` of an answer.
pub(super) fn of(served: &Served) -> HeaderValue {
    let body = &served.body;
    if body.is_private() {
        PRIVATE
    } else if body.is_stale() {
        STALE
    } else {
        cache_control(served.now, body.valid_until(), served.doubt_s)
    }
}

/// `ETag` of a body, which has it ready.
pub(super) fn etag_of(body: &Body) -> HeaderValue {
    HeaderValue::from_maybe_shared(body.validator().clone()).unwrap_or_else(|_| etag(body.tag()))
}

/// `ETag` with a tag: weak (RFC 9110 §8.8.3).
pub(super) fn etag(tag: &str) -> HeaderValue {
    // A tag is letters and digits; one that were not would match nothing.
    HeaderValue::try_from(EntityTag::new_weak(tag.to_owned()).to_string()).unwrap_or(HeaderValue::from_static("W/\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_never_kept_past_the_instant_it_changes() {
        let now: Timestamp = "2026-11-23T16:59:50Z".parse().unwrap();
        let midnight: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        assert_eq!(cache_control(now, Some(midnight), None), "public, max-age=10");
        assert_eq!(cache_control(now, None, None), "public, max-age=30, stale-if-error=28");
        assert_eq!(cache_control(midnight, Some(now), None), "public, max-age=0");
    }

    #[test]
    fn a_card_in_doubt_is_kept_for_what_is_left_of_thirty_seconds_and_by_nobody_for_longer() {
        let now: Timestamp = "2026-11-23T16:59:50Z".parse().unwrap();
        let midnight: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        assert_eq!(cache_control(now, None, Some(0)), "public, max-age=30, must-revalidate");
        assert_eq!(cache_control(now, None, Some(28)), "public, max-age=2, must-revalidate");
        assert_eq!(cache_control(now, Some(midnight), Some(12)), "public, max-age=10, must-revalidate");
        assert_eq!(cache_control(now, None, Some(31)), "public, max-age=0, must-revalidate");
    }
}
