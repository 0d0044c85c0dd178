//! `GET /v1/media/{hash}`: a picture. Its name is its content, so it never changes.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::Public;
use crate::problem::{Kind, Problem};
use crate::registry::MediaHash;

pub(super) async fn media(hash: web::Path<String>, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let hash = MediaHash::try_from(hash.into_inner()).map_err(|_| Kind::NotFound)?;
    let media = public.lookup.media(hash).await?.ok_or(Kind::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(media.media_type.as_str())
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        // Shops show these pictures; opened by itself, nothing in one can run.
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
        .body(media.bytes.clone()))
}
