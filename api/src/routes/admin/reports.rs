//! `GET /v1/reports`, `/v1/reports.csv`, `/v1/reports/{number}`, `…/photo`; `POST /v1/reports/{number}`, `…/hold`: reports,
//! for whoever reads them: operators all, a publisher's person those about that publisher's products. How to reach a
//! reporter is told for one report at a time.

use std::str::FromStr;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use gs1::Gtin14;
use jiff::{SignedDuration, Timestamp};
use nguon_openapi::{Lang, ReportReason, ReportState};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Admin, author, bad, roles};
use crate::people::{Person, Role};
use crate::problem::{Kind, Problem};
use crate::registry::import::Author;
use crate::registry::{Id, Text};
use crate::reports::{Change, Refused, sheet};
use crate::routes::reports::away;
use crate::routes::target::parameter;
use crate::store::reports::{Filter, Hold, MOST_LISTED, Report, Step};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<&'a Hold>,
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
            held: report.held.as_ref(),
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

/// Longest that anything may be held in one go, in hours: ten years.
const LONGEST_HOLD_H: i64 = 10 * 365 * 24;

/// A hold that is to be put on a report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holding {
    /// When it ends by itself; missing: the report is let go of.
    until: Option<Timestamp>,
    /// Why; kept.
    why: Text,
}

/// Reports, by number: `status`, `publisher`, `gtin`, `after`, `limit`.
pub(super) async fn list(
    request: HttpRequest,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let limit = number(&request, "limit")?.map_or(LISTED, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !(1..=MOST_LISTED).contains(&limit) {
        return Err(bad("limit", &format!("is from 1 to {MOST_LISTED}")));
    }
    let after = number(&request, "after")?.unwrap_or_default();
    let reports =
        admin.public.reports.list(&filter(&request, &person)?, after, limit).await.map_err(|error| away(&error))?;
    let next = reports.last().filter(|_| reports.len() == limit).map(|report| report.number);
    let reports = reports.iter().map(|report| Shown::of(report, None)).collect();
    Ok(private(&mut HttpResponse::Ok()).json(Listed { reports, next }))
}

/// The same as CSV, without `limit`: the first 20,000 after `after`.
pub(super) async fn csv(
    request: HttpRequest,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let filter = filter(&request, &person)?;
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
pub(super) async fn show(
    place: web::Path<u64>,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let found = admin.public.reports.look_at(place.into_inner()).await.map_err(|error| away(&error))?;
    let (report, contact) = found.filter(|(report, _)| person.sees(report.publisher.as_ref())).ok_or(Kind::NotFound)?;
    let contact = contact.as_ref().map(|contact| contact.0.as_str());
    Ok(private(&mut HttpResponse::Ok()).json(Shown::of(&report, contact)))
}

/// Its photo.
pub(super) async fn photo(
    place: web::Path<u64>,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    must_be_seen(&person, *place, &admin).await?;
    let photo = admin.public.reports.photo(place.into_inner()).await.map_err(|error| away(&error))?;
    Ok(private(&mut HttpResponse::Ok()).content_type("image/jpeg").body(photo.ok_or(Kind::NotFound)?.0))
}

/// Take a step with a report: read it, answer it, close it.
pub(super) async fn change(
    request: HttpRequest,
    place: web::Path<u64>,
    person: Person,
    wanted: web::Json<Wanted>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    roles::must(&person, Role::Enter, "authorization")?;
    must_be_seen(&person, *place, &admin).await?;
    let Wanted { status, answer, why, version } = wanted.into_inner();
    let Author { publisher, by, .. } = author(&request)?;
    let change = Change { state: status, answer, why, by: by.unwrap_or(publisher), version };
    let now = admin.public.lookup.now();
    let report = admin.public.reports.change(place.into_inner(), &change, now).await.map_err(refusal)?;
    Ok(private(&mut HttpResponse::Ok()).json(Shown::of(&report, None)))
}

/// Hold a report against its retention, or let go of it. Kept in evidence before it is done.
pub(super) async fn hold(
    request: HttpRequest,
    place: web::Path<u64>,
    person: Person,
    wanted: web::Json<Holding>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    roles::must(&person, Role::Operate, "authorization")?;
    let (number, Holding { until, why }) = (place.into_inner(), wanted.into_inner());
    let now = admin.public.lookup.now();
    ends_in_time(until, now)?;
    admin.public.reports.look_at(number).await.map_err(|error| away(&error))?.ok_or(Kind::NotFound)?;
    let author = Author { why: Some(why.clone()), ..author(&request)? };
    let by = author.by.clone().unwrap_or_else(|| author.publisher.clone());
    admin.desk.note("hold", json!({ "report": number, "until": until }), author).await?;
    let hold = until.map(|until| Hold { at: now, by, why: why.to_string(), until });
    let report = admin.public.reports.hold(number, hold).await.map_err(refusal)?;
    Ok(private(&mut HttpResponse::Ok()).json(Shown::of(&report, None)))
}

/// Whether a hold ends at a time at which one may.
pub(super) fn ends_in_time(until: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    let latest = now + SignedDuration::from_hours(LONGEST_HOLD_H);
    if until.is_some_and(|until| until <= now || until > latest) {
        return Err(Problem::at(Kind::BadBody, "until", "lies ahead, and at most ten years: choose such a time"));
    }
    Ok(())
}

/// Why a step was not taken.
pub(super) fn refusal(refused: Refused) -> Problem {
    match refused {
        Refused::Missing => Kind::NotFound.into(),
        Refused::Moved { version } => {
            Problem::at(Kind::Conflict, "version", format!("is {version} by now: read the report again"))
        }
        Refused::Unfit(field, message) => Problem::at(Kind::BadBody, field, message),
        Refused::Store(error) => away(&error),
    }
}

fn private(response: &mut HttpResponseBuilder) -> &mut HttpResponseBuilder {
    response.insert_header((header::CACHE_CONTROL, "no-store"))
}

/// A report about somebody else's product is none to whoever asks.
pub(super) async fn must_be_seen(person: &Person, number: u64, admin: &Admin) -> Result<(), Problem> {
    if person.may(Role::Operate) {
        return Ok(());
    }
    let found = admin.public.reports.look_at(number).await.map_err(|error| away(&error))?;
    let seen = found.is_some_and(|(report, _)| person.sees(report.publisher.as_ref()));
    if seen { Ok(()) } else { Err(Kind::NotFound.into()) }
}

/// What is asked for; a publisher's person is shown that publisher's, whatever they ask for.
fn filter(request: &HttpRequest, person: &Person) -> Result<Filter, Problem> {
    let filter = asked(request)?;
    if person.may(Role::Operate) {
        return Ok(filter);
    }
    if filter.publisher.as_ref().is_some_and(|named| *named != person.publisher) {
        roles::must(person, Role::Operate, "publisher")?;
    }
    Ok(Filter { publisher: Some(person.publisher.clone()), ..filter })
}

fn asked(request: &HttpRequest) -> Result<Filter, Problem> {
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
