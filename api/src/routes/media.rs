//! `GET /v1/media/{hash}?w=`: a picture. Its name is its content, so it never changes.
//!
//! `w` asks for the size that has at least so many pixels on its longer side, where the picture is drawn in several; where
//! it is not, the picture itself is the answer.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::Public;
use super::target::parameter;
use crate::problem::{Kind, Problem};
use crate::registry::MediaHash;

pub(super) async fn media(
    request: HttpRequest,
    hash: web::Path<String>,
    public: web::Data<Public>,
) -> Result<HttpResponse, Problem> {
    let hash = MediaHash::try_from(hash.into_inner()).map_err(|_| Kind::NotFound)?;
    let side = match parameter(request.uri().query(), "w") {
        Some(raw) => Some(
            side(&raw).ok_or_else(|| Problem::at(Kind::BadParameter, "w", "must be a number of pixels: 1 to 4096"))?,
        ),
        None => None,
    };
    let mut media = public.lookup.media(hash.clone()).await?.ok_or(Kind::NotFound)?;
    if let Some(other) = side.and_then(|side| media.at_least(side)).filter(|other| **other != hash).cloned()
        && let Some(drawn) = public.lookup.media(other).await?
    {
        media = drawn;
    }
    Ok(HttpResponse::Ok()
        .content_type(media.media_type.as_str())
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        // Shops show these pictures; opened by itself, nothing in one can run.
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
        .body(media.bytes.clone()))
}

fn side(raw: &[u8]) -> Option<u16> {
    let side = core::str::from_utf8(raw).ok()?.parse::<u16>().ok()?;
    (1..=4096).contains(&side).then_some(side)
}
