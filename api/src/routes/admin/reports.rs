//! `GET /v1/reports`, `/v1/reports.csv`, `/v1/reports/{number}`, `…/photo`; `POST /v1/reports/{number}`: reports, for
//! whoever reads them. How to reach a reporter is told for one report at a time.

use std::str::FromStr;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use gs1::Gtin14;
use jiff::Timestamp;
use nguon_openapi::{Lang, ReportReason, ReportState};
use serde::{Deserialize, Serialize};

use super::{Admin, author, bad};
use crate::problem::{Kind, Problem};
use crate::registry::Id;
use crate::reports::{Change, Refused, sheet};
use crate::routes::reports::away;
use crate::routes::target::parameter;
use crate::store::reports::{Filter, MOST_LISTED, Report, Step};

/// Reports of one list, unless asked for more or fewer.
const LISTED: usize = 100;
/// Most reports of one sheet.
const MOST_IN_SHEET: usize = 20_000;

/// A report as whoever reads it sees it.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    number: u64,
    version: u64,
    status: ReportState,
    received_at: Timestamp,
    reason: ReportReason,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gtin: Option<Gtin14>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    lang: Lang,
    has_photo: bool,
    has_contact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
    steps: &'a [Step],
}

impl<'a> Shown<'a> {
    fn of(report: &'a Report, contact: Option<&'a str>) -> Self {
        Self {
            number: report.number,
            version: report.version,
            status: report.state,
            received_at: report.at,
            reason: report.reason,
            code: &report.code,
            gtin: report.gtin,
            publisher: report.publisher.as_ref(),
            text: report.text.as_deref(),
            place: report.place.as_deref(),
            lang: report.lang,
            has_photo: report.has_photo,
            has_contact: report.has_contact,
            contact,
            answer: report.answer.as_deref(),
            steps: &report.steps,
        }
    }
}

/// A part of a list.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    reports: Vec<Shown<'a>>,
    /// What `after` is to be for the next part; missing when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

/// What is to become of a report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The state that it is to have.
    status: ReportState,
    /// What the reporter is to read.
    answer: Option<String>,
    /// Why; kept, and not shown to the reporter.
    why: Option<String>,
    /// The version that was looked at: a report that has changed since stays as it is.
    version: Option<u64>,
}

/// Reports, by number: `status`, `publisher`, `gtin`, `after`, `limit`.
pub(super) async fn list(request: HttpRequest, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let limit = number(&request, "limit")?.map_or(LISTED, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !(1..=MOST_LISTED).contains(&limit) {
        return Err(bad("limit", &format!("is from 1 to {MOST_LISTED}")));
    }
    let after = number(&request, "after")?.unwrap_or_default();
    let reports = admin.public.reports.list(&filter(&request)?, after, limit).await.map_err(|error| away(&error))?;
    let next = reports.last().filter(|_| reports.len() == limit).map(|report| report.number);
    let reports = reports.iter().map(|report| Shown::of(report, None)).collect();
    Ok(private(&mut HttpResponse::Ok()).json(Listed { reports, next }))
}

/// The same as CSV, without `limit`: the first 20,000 after `after`.
pub(super) async fn csv(request: HttpRequest, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let filter = filter(&request)?;
    let mut after = number(&request, "after")?.unwrap_or_default();
    let mut reports: Vec<Report> = Vec::new();
    while reports.len() < MOST_IN_SHEET {
        let part = admin.public.reports.list(&filter, after, MOST_LISTED).await.map_err(|error| away(&error))?;
        let Some(last) = part.last() else { break };
        after = last.number;
        reports.extend(part);
    }
    let mut response = HttpResponse::Ok();
    private(&mut response)
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"nguon-reports.csv\""));
    Ok(response.body(sheet(&reports)))
}

/// One report, with how to reach whoever sent it.
pub(super) async fn show(place: web::Path<u64>, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let found = admin.public.reports.look_at(place.into_inner()).await.map_err(|error| away(&error))?;
    let (report, contact) = found.ok_or(Kind::NotFound)?;
    let contact = contact.as_ref().map(|contact| contact.0.as_str());
    Ok(private(&mut HttpResponse::Ok()).json(Shown::of(&report, contact)))
}

/// Its photo.
pub(super) async fn photo(place: web::Path<u64>, admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let photo = admin.public.reports.photo(place.into_inner()).await.map_err(|error| away(&error))?;
    Ok(private(&mut HttpResponse::Ok()).content_type("image/jpeg").body(photo.ok_or(Kind::NotFound)?.0))
}

/// Take a step with a report: read it, answer it, close it.
pub(super) async fn change(
    request: HttpRequest,
    place: web::Path<u64>,
    wanted: web::Json<Wanted>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let Wanted { status, answer, why, version } = wanted.into_inner();
    let change = Change { state: status, answer, why, by: author(&request)?.publisher, version };
    let now = admin.public.lookup.now();
    let report =
        admin.public.reports.change(place.into_inner(), &change, now).await.map_err(|refused| match refused {
            Refused::Missing => Kind::NotFound.into(),
            Refused::Moved { version } => {
                Problem::at(Kind::Conflict, "version", format!("is {version} by now: read the report again"))
            }
            Refused::Unfit(field, message) => Problem::at(Kind::BadBody, field, message),
            Refused::Store(error) => away(&error),
        })?;
    Ok(private(&mut HttpResponse::Ok()).json(Shown::of(&report, None)))
}

fn private(response: &mut HttpResponseBuilder) -> &mut HttpResponseBuilder {
    response.insert_header((header::CACHE_CONTROL, "no-store"))
}

fn filter(request: &HttpRequest) -> Result<Filter, Problem> {
    Ok(Filter {
        state: word::<ReportState>(request, "status", "must be one of: received, read, answered, closed")?,
        publisher: text(request, "publisher")?
            .map(|id| Id::try_from(id).map_err(|error| bad("publisher", &error.to_string())))
            .transpose()?,
        gtin: word::<Gtin14>(request, "gtin", "is a GTIN with a right check digit")?,
    })
}

fn text(request: &HttpRequest, name: &str) -> Result<Option<String>, Problem> {
    let value = parameter(request.uri().query(), name).filter(|value| !value.is_empty());
    value.map(|value| String::from_utf8(value.into_owned()).map_err(|_| bad(name, "is not UTF-8"))).transpose()
}

fn word<T: FromStr>(request: &HttpRequest, name: &str, say: &str) -> Result<Option<T>, Problem> {
    text(request, name)?.map(|text| text.parse().map_err(|_| bad(name, say))).transpose()
}

fn number(request: &HttpRequest, name: &str) -> Result<Option<u64>, Problem> {
    word(request, name, "is a whole number")
}
