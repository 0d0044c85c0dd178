//! `GET /desk`, and what is not there.

use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::ReportState;

use super::here::Here;
use crate::pages::desk::{self, Waiting};
use crate::problem::Kind;
use crate::routes::admin::Admin;
use crate::routes::card_page::see_other;
use crate::store::reports::Filter;
use crate::store::submissions::{Submission, SubmissionFilter, SubmissionState};

/// Reports, and submissions, that are counted.
const COUNTED: usize = 100;

/// What there is to do.
pub(super) async fn home(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let filter = Filter { state: Some(ReportState::Received), publisher: here.publisher().cloned(), gtin: None };
    // A store that cannot say does not keep anybody from the other rooms.
    let reports = admin.public.reports.list(&filter, 0, COUNTED).await.ok().map(|reports| reports.len());
    let filter = SubmissionFilter { publisher: here.publisher().cloned(), open: true };
    let submissions = admin.submissions.submissions(&filter, u64::MAX, COUNTED).await.ok();
    let is_sent = |it: &&Submission| it.state == SubmissionState::Sent;
    let submissions = submissions.map(|open| open.iter().filter(is_sent).count());
    let waiting = Waiting { reports, more_reports: reports == Some(COUNTED), submissions };
    here.ok(desk::home(waiting, &here.ctx()))
}

/// From the listener's own address to the desk.
pub(super) async fn leave_for() -> HttpResponse {
    see_other("/desk")
}

/// Nothing at this address, or no such method.
pub(super) async fn nothing_here(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    Here::of(&request, &admin).problem(&Kind::NotFound.into())
}
