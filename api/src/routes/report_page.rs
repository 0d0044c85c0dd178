//! `GET` and `POST /report`, `GET /report/{receipt}`: the same as pages.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::Lang;

use super::card_page::{for_one_reader, html, problem_page, see_other};
use super::reports::{Intake, Unreceived, chance, received, status, status_of, take};
use super::target::parameter;
use super::{Public, language};
use crate::pages::{self, Again, Filled, ReportForm, Trouble};
use crate::problem::{Kind, Problem};
use crate::registry::media::hex;
use crate::reports::{Fault, Given, private_reason};

/// The form, with the code and the reason of the query in it; or the way to the page of a receipt.
pub(super) async fn form(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    let empty = || -> Result<HttpResponse, Problem> {
        let lang = language::of(&request)?.lang;
        let of_query = |name| {
            let value = parameter(request.uri().query(), name);
            value.map(|value| String::from_utf8_lossy(&value).into_owned()).unwrap_or_default()
        };
        let receipt = of_query("receipt");
        if !receipt.trim().is_empty() {
            return Ok(to_status(receipt.trim(), lang));
        }
        let given = Given { code: of_query("code"), reason: of_query("reason"), ..Given::default() };
        Ok(page(&public, lang, StatusCode::OK, &sheet(&given), &hex(&chance::<16>()?)))
    };
    empty().unwrap_or_else(|problem| problem_page(&request, &public, &problem))
}

/// Take a report, and answer with its receipt; or with the form, as it was filled, and what is to be put right.
pub(super) async fn send(request: HttpRequest, payload: Payload, public: web::Data<Public>) -> HttpResponse {
    let Intake { given, key, lang, share } = match take(&request, payload, &public).await {
        Ok(intake) => intake,
        Err(problem) => return problem_page(&request, &public, &problem),
    };
    let taken = received(&request, &public, given.clone(), key.as_deref()).await;
    drop(share);
    let key = key.unwrap_or_default();
    match taken {
        Ok(taken) => {
            let path = path_of(&given.code);
            let ctx = public.page(lang, &path);
            let by_when = public.operator.read_by_when(taken.at);
            let reader = public.operator.report_reader(lang);
            let done = pages::report_done(&taken.receipt.to_string(), reader, by_when, taken.passed_on, &ctx);
            html(&mut for_one_reader(status_of(taken), lang), done.into_string())
        }
        Err(Unreceived::Faulty(faults)) => {
            let sheet = Sheet { faults: &faults, ..sheet(&given) };
            page(&public, lang, StatusCode::UNPROCESSABLE_ENTITY, &sheet, &key)
        }
        Err(Unreceived::Problem(problem)) => {
            let row = problem.kind().row();
            let trouble = Some((lang.pick(row.vi.0, row.title), lang.pick(row.vi.1, row.detail)));
            // A key that is taken, or none, is no fault of the person's: the next try has one of its own.
            let key = if row.status < 429 { chance::<16>().map(|key| hex(&key)).unwrap_or_default() } else { key };
            let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = page(&public, lang, status, &Sheet { trouble, ..sheet(&given) }, &key);
            if let Some(after_s) = problem.retry_after_s() {
                response.headers_mut().insert(header::RETRY_AFTER, after_s.into());
            }
            response
        }
    }
}

/// What became of a report.
pub(super) async fn look(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    let chosen = match language::of(&request) {
        Ok(chosen) => chosen,
        Err(problem) => return problem_page(&request, &public, &problem),
    };
    match status(&request, &public, "/report/", chosen.lang).await {
        Ok((receipt, status)) => {
            let receipt = receipt.to_string();
            let path = format!("/report/{receipt}");
            let ctx = public.page(chosen.lang, &path);
            let page = pages::report_status(&receipt, &status, &ctx);
            html(&mut for_one_reader(StatusCode::OK, chosen.lang), page.into_string())
        }
        Err(problem) if problem.kind() == Kind::ReportsUnavailable => {
            let row = problem.kind().row();
            let after_s = problem.retry_after_s().unwrap_or_default();
            let trouble = Trouble {
                title: chosen
                    .lang
                    .pick("Chưa xem được phản ánh, xin thử lại", "Could not look at the report: please try again"),
                detail: chosen.lang.pick(
                    "Hệ thống đang bận. Phản ánh đã có biên nhận thì không bị mất.",
                    "The service is busy. A report that has a receipt is not lost.",
                ),
                again: Some(Again { after_s }),
            };
            let path = super::card_page::path_without_lang(&request);
            let page = pages::problem_page(&trouble, &public.page(chosen.lang, &path));
            let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let mut response = for_one_reader(status, chosen.lang);
            response.insert_header((header::RETRY_AFTER, after_s));
            html(&mut response, page.into_string())
        }
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

/// What the form shows beside its key.
struct Sheet<'a> {
    filled: Filled<'a>,
    faults: &'a [Fault],
    trouble: Option<(&'a str, &'a str)>,
}

/// The form as it was filled. What belongs to a person or a bank is not repeated.
fn sheet(given: &Given) -> Sheet<'_> {
    let filled = Filled {
        code: Some(shown(&given.code)).filter(|code| code.len() <= gs1::MAX_BYTES).unwrap_or_default(),
        reason: &given.reason,
        text: shown(&given.text),
        place: shown(&given.place),
        contact: &given.contact,
        had_photo: given.photo.is_some(),
    };
    Sheet { filled, faults: &[], trouble: None }
}

/// A text, unless it is not to be repeated.
fn shown(text: &str) -> &str {
    if private_reason(text).is_some() { "" } else { text }
}

fn page(public: &Public, lang: Lang, status: StatusCode, sheet: &Sheet<'_>, key: &str) -> HttpResponse {
    let operator = &public.operator;
    let form = ReportForm {
        filled: sheet.filled,
        key,
        faults: sheet.faults,
        trouble: sheet.trouble,
        reader: operator.report_reader(lang),
        days: operator.report_days,
    };
    let path = path_of(sheet.filled.code);
    let body = pages::report_form(&form, &public.page(lang, &path)).into_string();
    html(&mut for_one_reader(status, lang), body)
}

/// The form's address; a code that is not to be repeated, or is none, is no part of it.
fn path_of(code: &str) -> String {
    let fits = code.len() <= gs1::MAX_BYTES && private_reason(code).is_none();
    pages::report_path(if fits { code } else { "" })
}

fn to_status(receipt: &str, lang: Lang) -> HttpResponse {
    // What is no receipt is told so at the address of receipts.
    let written: String = receipt.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let receipt = written.parse::<crate::reports::Receipt>().map_or(written, |receipt| receipt.to_string());
    let place = format!("/report/{}?lang={}", if receipt.is_empty() { "0" } else { &receipt }, lang.as_str());
    see_other(&place)
}
