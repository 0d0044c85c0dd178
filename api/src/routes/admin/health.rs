//! `GET /livez`, `/readyz`: for whoever starts, watches and balances nodes.

use actix_web::{HttpResponse, web};

use super::Admin;

/// The process runs.
pub(super) async fn livez() -> &'static str {
    "ok\n"
}

/// A lookup could be answered now.
pub(super) async fn readyz(admin: web::Data<Admin>) -> HttpResponse {
    match admin.public.lookup.ready().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(error) => {
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body(format!("{error}\n"))
        }
    }
}
