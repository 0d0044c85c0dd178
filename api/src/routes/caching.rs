//! HTTP caching of cards (RFC 9110, RFC 9111, RFC 5861).
//!
//! The validator is weak and made of the body and the contract's version: never of the clock, so that the same
//! records give the same `ETag` on every node and after a restart. An answer is fresh for at most 30 s and never
//! past the instant at which the card changes by itself.

use actix_web::HttpRequest;
use actix_web::http::header::{ETag, EntityTag, Header, IfNoneMatch};
use jiff::Timestamp;
use nguon_openapi::CONTRACT_VERSION;
use sha2::{Digest, Sha256};

/// How long a card may be kept without asking again, in seconds.
const MAX_AGE_S: i64 = 30;

/// The validator of a body.
pub(super) fn validator(body: &[u8]) -> EntityTag {
    let digest = Sha256::new().chain_update(CONTRACT_VERSION).chain_update(body).finalize();
    let tag = digest.iter().take(12).fold(String::with_capacity(24), |mut hex, byte| {
        use core::fmt::Write as _;
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    EntityTag::new_weak(tag)
}

/// Whether the caller has this representation already.
pub(super) fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key("if-none-match"),
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|other| other.weak_eq(tag)),
        Err(_) => false,
    }
}

/// `Cache-Control` of a card.
pub(super) fn cache_control(now: Timestamp, valid_until: Option<Timestamp>) -> String {
    let left = valid_until.map_or(MAX_AGE_S, |until| until.as_second().saturating_sub(now.as_second()));
    let max_age = left.clamp(0, MAX_AGE_S);
    format!("public, max-age={max_age}, stale-if-error={max_age}")
}

/// The header for a validator.
pub(super) const fn etag(tag: EntityTag) -> ETag {
    ETag(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_never_kept_past_the_instant_it_changes() {
        let now: Timestamp = "2026-11-23T16:59:50Z".parse().unwrap();
        let midnight: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        assert_eq!(cache_control(now, Some(midnight)), "public, max-age=10, stale-if-error=10");
        assert_eq!(cache_control(now, None), "public, max-age=30, stale-if-error=30");
        assert_eq!(cache_control(midnight, Some(now)), "public, max-age=0, stale-if-error=0");
    }

    #[test]
    fn the_validator_follows_the_body_alone() {
        assert_eq!(validator(b"a"), validator(b"a"));
        assert_ne!(validator(b"a"), validator(b"b"));
    }
}
