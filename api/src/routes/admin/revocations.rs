//! `POST /v1/revocations`: cancel codes, one by one or by range.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Admin, author};
use crate::problem::Problem;
use crate::registry::import::Revocation;

/// Cancel units of one product: all that are named, or none.
pub(super) async fn revoke(
    request: HttpRequest,
    revocation: web::Json<Revocation>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let revoked = admin.desk.revoke(revocation.into_inner(), author(&request)?).await?;
    Ok(HttpResponse::Ok().json(revoked))
}
