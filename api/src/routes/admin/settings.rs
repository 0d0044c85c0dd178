//! `GET` and `PUT /v1/settings`: what may be changed while the service runs, on the night when it matters. Of this node,
//! until it stops: what is to last is a flag of `nguon serve`.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{Admin, bad};
use crate::lookup::Patience;
use crate::problem::Problem;

/// The settings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// How old an answer may be that is shown, marked as such, while the store cannot be asked, in seconds. 0: none is.
    stale_limit_s: u64,
}

/// As they are.
pub(super) async fn show(admin: web::Data<Admin>) -> HttpResponse {
    let settings = Settings { stale_limit_s: admin.public.lookup.stale_limit().as_secs() };
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(settings)
}

/// As they are to be.
pub(super) async fn change(admin: web::Data<Admin>, wanted: web::Json<Settings>) -> Result<HttpResponse, Problem> {
    let limit = Duration::from_secs(wanted.stale_limit_s);
    if limit > Patience::STALE_MAX {
        return Err(bad("stale_limit_s", &format!("is at most {}", Patience::STALE_MAX.as_secs())));
    }
    admin.public.lookup.set_stale_limit(limit);
    tracing::warn!(stale_limit_s = wanted.stale_limit_s, "the limit for old answers was changed");
    Ok(show(admin).await)
}
