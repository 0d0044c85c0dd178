//! `/desk/reports`, `/desk/reports/{number}`, `/desk/alerts`: what consumers report, worked off.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::ReportState;
use serde::Deserialize;

use super::here::Here;
use crate::desk::Wrong;
use crate::pages::desk::{self, ReportSheet, report_list, report_one};
use crate::people::Role;
use crate::problem::{Kind, Problem};
use crate::reports::{Change, Refused};
use crate::routes::admin::Admin;
use crate::routes::admin::reports::{must_be_seen, refusal};
use crate::routes::card_page::for_one_reader;
use crate::routes::reports::away;
use crate::store::reports::{Filter, Report, ReporterContact};

/// Reports of one part of a list.
const LISTED: usize = 50;
/// Alerts that are read together.
const ALERTS: usize = 1_000;
/// Alerts that the page shows: the latest.
const SHOWN: usize = 200;

/// Reports in a state; those that nobody has read where none is named.
pub(super) async fn list(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let listed = async {
        let state = match here.parameter("status").as_str() {
            "" => Some(ReportState::Received),
            "all" => None,
            word => Some(word.parse::<ReportState>().map_err(|_| Kind::NotFound)?),
        };
        let filter = Filter { state, publisher: here.publisher().cloned(), gtin: None };
        let reports = admin.public.reports.list(&filter, here.number("after"), LISTED).await;
        let reports = reports.map_err(|error| away(&error))?;
        let next = reports.last().filter(|_| reports.len() == LISTED).map(|report| report.number);
        Ok(here.ok(report_list(state, &reports, next, &here.ctx())))
    };
    here.answer(listed.await)
}

/// One report that the person may see, and how to reach whoever sent it.
async fn read(here: &Here<'_>, number: u64) -> Result<(Report, Option<ReporterContact>), Problem> {
    let found = here.admin.public.reports.look_at(number).await.map_err(|error| away(&error))?;
    Ok(found.filter(|(report, _)| here.sees(report.publisher.as_ref())).ok_or(Kind::NotFound)?)
}

/// One report.
pub(super) async fn one(request: HttpRequest, number: web::Path<u64>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let one = async {
        let (report, contact) = read(&here, *number).await?;
        let contact = contact.as_ref().map(|contact| contact.0.as_str());
        let done = !here.parameter("done").is_empty();
        let sheet = ReportSheet { report: &report, contact, answer: "", why: "", wrongs: &[], done };
        Ok(here.ok(report_one(&sheet, &here.ctx())))
    };
    here.answer(one.await)
}

/// Its photo.
pub(super) async fn photo(request: HttpRequest, number: web::Path<u64>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let photo = async {
        must_be_seen(here.person()?, *number, &admin).await?;
        let photo = admin.public.reports.photo(*number).await.map_err(|error| away(&error))?;
        let mut response = for_one_reader(StatusCode::OK, here.lang);
        Ok(response.content_type("image/jpeg").body(photo.ok_or(Kind::NotFound)?.0))
    };
    here.answer(photo.await)
}

/// A step, as the form sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    status: ReportState,
    version: u64,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    why: String,
}

/// Take a step with a report.
pub(super) async fn change(
    request: HttpRequest,
    number: web::Path<u64>,
    sent: web::Form<Sent>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    here.answer(changed(&here, *number, &sent).await)
}

async fn changed(here: &Here<'_>, number: u64, sent: &Sent) -> Result<HttpResponse, Problem> {
    here.must(Role::Enter)?;
    let (report, contact) = read(here, number).await?;
    let typed = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    let change = Change {
        state: sent.status,
        answer: typed(&sent.answer),
        why: typed(&sent.why),
        by: here.signature()?,
        version: Some(sent.version),
    };
    let wrong = match here.admin.public.reports.change(number, &change, here.admin.public.lookup.now()).await {
        Ok(_) => return Ok(here.to(&format!("/desk/reports/{number}?done=1"))),
        Err(Refused::Unfit(field, message)) => unfit(field, message),
        Err(Refused::Moved { .. }) => Wrong::at(
            "",
            "Có người vừa thay đổi phản ánh này: hãy xem lại rồi gửi lại.",
            "Somebody has just changed this report: look at it again, then send it.",
        ),
        Err(other) => return Err(refusal(other)),
    };
    // As it is by now, with what was typed.
    let (report, contact) = if wrong.field.is_empty() { read(here, number).await? } else { (report, contact) };
    let contact = contact.as_ref().map(|contact| contact.0.as_str());
    let wrongs = [wrong];
    let (answer, why) = (sent.answer.as_str(), sent.why.as_str());
    let sheet = ReportSheet { report: &report, contact, answer, why, wrongs: &wrongs, done: false };
    Ok(here.again(report_one(&sheet, &here.ctx())))
}

fn unfit(field: &'static str, message: &'static str) -> Wrong {
    let vi = match field {
        "answer" => "Ghi câu trả lời, tối đa 2.000 ký tự.",
        "why" => "Phản ánh đã khép lại: ghi vì sao mở lại, tối đa 2.000 ký tự.",
        _ => "Chọn một trạng thái khác.",
    };
    Wrong::at(field, vi, format!("This {message}."))
}

/// What the service noticed by itself, the latest first. For whoever runs it: an alert belongs to no publisher.
pub(super) async fn alerts(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let told = async {
        if here.publisher().is_some() {
            return Err(Kind::NotFound.into());
        }
        let Some(checks) = &admin.public.checks else { return Ok(here.ok(desk::alerts(None, &here.ctx()))) };
        let (mut latest, mut after) = (Vec::new(), 0);
        loop {
            let page = checks.alerts(after, ALERTS).await?;
            let is_last = page.len() < ALERTS;
            after = page.last().map_or(after, |(number, _)| *number);
            latest.extend(page);
            let old = latest.len().saturating_sub(SHOWN);
            latest.drain(..old);
            if is_last {
                break;
            }
        }
        latest.reverse();
        Ok(here.ok(desk::alerts(Some(&latest), &here.ctx())))
    };
    here.answer(told.await)
}
