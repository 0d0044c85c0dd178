//! `GET /livez`, `/readyz`, `/metrics`: for whoever starts, watches and balances nodes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Admin;
use crate::lookup::Readiness;
use crate::telemetry;

/// The process runs.
pub(super) async fn livez() -> &'static str {
    "ok\n"
}

/// Lookups can be answered: from the store, or (200 as well, and said so) from memory while the store is away. A node
/// that can still answer must not be taken out: all of them would be at once.
pub(super) async fn readyz(admin: web::Data<Admin>) -> HttpResponse {
    let (status, text) = match admin.public.lookup.readiness().await {
        Readiness::Ready => (StatusCode::OK, "ok\n".to_owned()),
        Readiness::Degraded(error) => (StatusCode::OK, format!("degraded, answering from memory: {error}\n")),
        Readiness::Unready(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    };
    HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(text)
}

/// Metrics, in the text format of Prometheus.
pub(super) async fn metrics(admin: web::Data<Admin>) -> HttpResponse {
    admin.public.lookup.measure();
    HttpResponse::Ok().content_type(telemetry::CONTENT_TYPE).body(admin.telemetry.text())
}
