//! What the desk's pages load.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::pages::desk::desk_asset;
use crate::problem::{Kind, Problem};
use crate::registry::{MediaEntry, MediaHash};
use crate::routes::admin::Admin;

/// A file under a name that carries its hash.
pub(super) async fn asset(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asset = desk_asset(request.uri().path()).ok_or(Kind::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.text.as_str()))
}

/// A picture on record.
pub(super) async fn media(hash: web::Path<String>, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let hash = MediaHash::try_from(hash.into_inner()).map_err(|_| Kind::NotFound)?;
    Ok(picture(&*admin.public.lookup.media(hash).await?.ok_or(Kind::NotFound)?))
}

/// A picture; opened by itself, nothing in it can run.
pub(super) fn picture(media: &MediaEntry) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media.media_type.as_str())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
        .body(media.bytes.clone())
}
