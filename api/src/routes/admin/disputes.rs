//! `POST /v1/disputes/{gtin}`: whose a product is that two publishers have declared.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{Admin, author, bad};
use crate::problem::Problem;
use crate::registry::import::Settlement;
use crate::registry::{Id, Text};

/// What was decided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    /// Whose it is.
    owner: Id,
    /// Why; kept.
    why: Text,
}

/// Settle a dispute.
pub(super) async fn settle(
    request: HttpRequest,
    gtin: web::Path<String>,
    decided: web::Json<Decided>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let gtin = gtin.parse().map_err(|_| bad("gtin", "is a GTIN with a right check digit"))?;
    let Decided { owner, why } = decided.into_inner();
    let mut author = author(&request)?;
    author.why = Some(why);
    Ok(HttpResponse::Ok().json(admin.desk.settle(Settlement { gtin, owner }, author).await?))
}
