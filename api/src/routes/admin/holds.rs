//! `GET` and `POST /v1/holds`: what is held of units' checks, and of alerts about them, against their retention.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use gs1::{Gtin14, Serial};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::standing::{offered, unit};
use super::{Admin, author, bad};
use crate::problem::Problem;
use crate::registry::Text;
use crate::registry::import::Author;
use crate::routes::admin::reports::ends_in_time;
use crate::routes::target::parameter;
use crate::store::hold::Hold;
use crate::store::ledger::held::Held;
use crate::store::ledger::{Alert, Unit};

/// A hold that is to be put on a unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holding {
    /// The code on the pack, in any form that names one unit.
    code: String,
    /// When it ends by itself; missing: the unit is let go of.
    until: Option<Timestamp>,
    /// Why; kept.
    why: Text,
}

/// What is held of a unit.
#[derive(Serialize)]
struct Shown<'a> {
    gtin: Gtin14,
    serial: Serial,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<&'a Hold>,
    /// A visit each, oldest first. A client is a keyed hash whose key is gone after two days.
    visits: Vec<ShownVisit>,
    alerts: Vec<&'a Alert>,
    /// There were more than can be held.
    is_cut: bool,
}

#[derive(Serialize)]
struct ShownVisit {
    at: Timestamp,
    client: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    province: Option<u8>,
}

impl<'a> Shown<'a> {
    fn of(unit: Unit, held: Option<&'a Held>) -> Self {
        let visits = held.map_or(&[][..], |held| &held.visits).iter().map(|visit| ShownVisit {
            at: visit.at,
            client: format!("{:016x}", visit.client.0),
            province: visit.province.map(|province| province.0),
        });
        Self {
            gtin: unit.gtin,
            serial: unit.serial,
            held: held.map(|held| &held.hold),
            visits: visits.collect(),
            alerts: held.iter().flat_map(|held| held.alerts.values()).collect(),
            is_cut: held.is_some_and(|held| held.is_cut),
        }
    }
}

/// Units of which something is held; with `code`, what is held of that one.
pub(super) async fn show(request: HttpRequest, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let checks = offered(&admin)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    let Some(code) = parameter(request.uri().query(), "code") else {
        return Ok(response.json(json!({ "units": checks.units_held().await? })));
    };
    let code = core::str::from_utf8(&code).map_err(|_| bad("code", "is not UTF-8"))?;
    let unit = unit(&admin, code).await?;
    let held = checks.held(&unit).await?;
    Ok(response.json(Shown::of(unit, held.as_ref())))
}

/// Hold what is kept of a unit, or let go of it. Kept in evidence before it is done.
pub(super) async fn hold(
    request: HttpRequest,
    holding: web::Json<Holding>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (checks, now) = (offered(&admin)?, admin.public.lookup.now());
    let Holding { code, until, why } = holding.into_inner();
    ends_in_time(until, now)?;
    let unit = unit(&admin, &code).await?;
    checks.must_be_on_record(&unit).await?;
    let author = Author { why: Some(why.clone()), ..author(&request)? };
    let by = author.by.clone().unwrap_or_else(|| author.publisher.clone());
    let body = json!({ "gtin": unit.gtin, "serial": unit.serial, "until": until });
    admin.desk.note("hold", body, author).await?;
    let wanted = until.map(|until| Hold { at: now, by, why: why.to_string(), until });
    let held = checks.hold(unit, wanted).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(Shown::of(unit, held.as_ref())))
}
