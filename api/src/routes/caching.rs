//! HTTP caching of cards (RFC 9110, RFC 9111, RFC 5861).
//!
//! The validator is weak and made of the body and the contract's version: never of the clock, so that the same
//! records give the same `ETag` on every node and after a restart. An answer is fresh for at most 30 s and never
//! past the instant at which the card changes by itself.

use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, EntityTag, Header, HeaderValue, IfNoneMatch,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use jiff::Timestamp;

use super::language::Chosen;
use crate::lookup::{Body, Coding, Served};

/// How long a card may be kept without asking again, in seconds.
const MAX_AGE_S: i64 = 30;

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
        .insert_header((header::CACHE_CONTROL, of(&served.body, served.now)))
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

/// `Cache-Control` of a card.
fn cache_control(now: Timestamp, valid_until: Option<Timestamp>) -> HeaderValue {
    let left = valid_until.map_or(2 * MAX_AGE_S, |until| until.as_second().saturating_sub(now.as_second()));
    let max_age = left.clamp(0, MAX_AGE_S);
    // Stale is never past the instant either: the stale seconds come after the fresh ones.
    let value = match (left - max_age).clamp(0, MAX_AGE_S) {
        // Almost always.
        MAX_AGE_S => return HeaderValue::from_static("public, max-age=30, stale-if-error=30"),
        0 => format!("public, max-age={max_age}"),
        stale => format!("public, max-age={max_age}, stale-if-error={stale}"),
    };
    // Letters and digits are a header's value; were they not, the answer would not be kept.
    HeaderValue::try_from(value).unwrap_or(PRIVATE)
}

/// `Cache-Control` of what is somebody's own business.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// `Cache-Control` of what was said before: the next answer may be a new one.
const STALE: HeaderValue = HeaderValue::from_static("no-store");

/// `Cache-Control` of an answer.
pub(super) fn of(body: &Body, now: Timestamp) -> HeaderValue {
    if body.is_private() {
        PRIVATE
    } else if body.is_stale() {
        STALE
    } else {
        cache_control(now, body.valid_until())
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
        assert_eq!(cache_control(now, Some(midnight)), "public, max-age=10");
        assert_eq!(cache_control(now, None), "public, max-age=30, stale-if-error=30");
        assert_eq!(cache_control(midnight, Some(now)), "public, max-age=0");
    }
}
