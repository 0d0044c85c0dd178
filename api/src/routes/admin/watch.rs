//! `GET /v1/alerts` and `GET /v1/stats`: what operators watch. Neither knows of a person.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::standing::offered;
use super::{Admin, bad};
use crate::problem::Problem;
use crate::routes::target::parameter;
use crate::store::ledger::{Alert, Tally};
use crate::verify::today;

/// Alerts in one answer.
const MOST: usize = 1_000;

/// Most days that one answer may count.
const MOST_DAYS: i32 = 400;

/// Days that are counted where none are named.
const USUAL_DAYS: i32 = 30;

#[derive(Serialize)]
struct Numbered {
    /// Its number: give the last one as `after`, and nothing is skipped.
    n: u64,
    #[serde(flatten)]
    alert: Alert,
}

#[derive(Serialize)]
struct Alerts {
    alerts: Vec<Numbered>,
}

/// Checks counted, by day, product and province.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stats {
    /// The first day, in Viet Nam.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// One for each day, product and province that had any.
    pub tallies: Vec<Tally>,
}

/// Alerts after a number (`after`, else from the start), in order; at most 1,000 (`limit`).
pub(super) async fn alerts(request: HttpRequest, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let checks = offered(&admin)?;
    let after = number(&request, "after")?.unwrap_or_default();
    let limit = number(&request, "limit")?.map_or(MOST, |limit| usize::try_from(limit).unwrap_or(MOST).clamp(1, MOST));
    let alerts = checks.alerts(after, limit).await?;
    let alerts = alerts.into_iter().map(|(n, alert)| Numbered { n, alert }).collect();
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(Alerts { alerts }))
}

/// Checks counted from a day to a day (`from`, `to`; the last thirty).
pub(super) async fn stats(request: HttpRequest, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let checks = offered(&admin)?;
    let to = day(&request, "to")?.unwrap_or_else(|| today(checks.now()));
    let before = |days: i32| to.checked_sub(Span::new().days(days)).unwrap_or(Date::MIN);
    let from = day(&request, "from")?.unwrap_or_else(|| before(USUAL_DAYS - 1));
    if from > to || from < before(MOST_DAYS) {
        return Err(bad("from", &format!("must lie within {MOST_DAYS} days before `to`")));
    }
    let tallies = checks.tallies(from, to).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(Stats { from, to, tallies }))
}

fn number(request: &HttpRequest, name: &str) -> Result<Option<u64>, Problem> {
    read(request, name, "must be a number")
}

fn day(request: &HttpRequest, name: &str) -> Result<Option<Date>, Problem> {
    read(request, name, "must be a day, as 2026-11-23")
}

fn read<T: core::str::FromStr>(request: &HttpRequest, name: &str, say: &str) -> Result<Option<T>, Problem> {
    let value = parameter(request.uri().query(), name);
    let text = value.as_deref().map(|value| core::str::from_utf8(value).unwrap_or_default());
    text.map(|text| text.parse().map_err(|_| bad(name, say))).transpose()
}
