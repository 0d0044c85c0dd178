//! What travels beside a body: the same from every system that can be told to send it.

/// The headers that a card carries beside its body and that do not change from one to the next: nginx and the
/// constant handler send them too. (nginx makes the `ETag` of the file's time and length, and adds `Last-Modified` and
/// `Accept-Ranges`.)
pub(crate) const CONSTANT: [(&str, &str); 9] = [
    ("cache-control", "public, max-age=30, stale-if-error=28"),
    ("content-language", "vi"),
    ("cache-status", "Nguon; hit"),
    ("vary", "accept-encoding, accept-language"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "content-security-policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action \
         'self'; frame-ancestors 'none'",
    ),
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Retry-After, RateLimit, RateLimit-Policy, Cache-Status, Age"),
];
