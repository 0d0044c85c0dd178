//! `POST /v1/recalls`, `…/{id}/close`, `…/{id}/withdraw`: a recall through its life.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{Admin, author, bad};
use crate::problem::Problem;
use crate::registry::{Id, Recall, RecallId, Text};

/// Why a recall ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    /// In the words of whoever ends it; kept.
    reason: Text,
}

/// Publish a recall, or amend one that is on record under the same identifier.
pub(super) async fn publish(
    request: HttpRequest,
    recall: web::Json<Recall>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let done = admin.desk.publish_recall(recall.into_inner(), author(&request)?).await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Close a recall: the measure is complete. What it covered stays marked.
pub(super) async fn close(
    request: HttpRequest,
    id: web::Path<String>,
    ending: web::Json<Ending>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let done = admin.desk.close_recall(recall_id(id)?, ending.into_inner().reason, author(&request)?).await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Withdraw a recall: it should not have been issued.
pub(super) async fn withdraw(
    request: HttpRequest,
    id: web::Path<String>,
    ending: web::Json<Ending>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let done = admin.desk.withdraw_recall(recall_id(id)?, ending.into_inner().reason, author(&request)?).await?;
    Ok(HttpResponse::Ok().json(done))
}

fn recall_id(id: web::Path<String>) -> Result<RecallId, Problem> {
    Id::try_from(id.into_inner()).map(RecallId).map_err(|error| bad("id", &error.to_string()))
}
