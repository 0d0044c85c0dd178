//! `POST /v1/reports`, `GET /v1/reports/{receipt}`: "this looks wrong", and what became of it.

mod intake;

use actix_web::http::{StatusCode, header};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{FieldError, Lang, ReportAccepted, ReportForm, ReportRequest, ReportStatus};

use super::body::{FETCH_SITE, idempotency_key};
use super::{Public, limit};
use crate::problem::{Kind, Problem};
use crate::reports::{Draft, Fault, Given, Key, RECEIPT_BYTES, Receipt, Reception, Taken, Turned};
use crate::store::StoreError;

pub(super) use intake::{Intake, take};

/// Report that something looks wrong. The report is kept before its receipt is given. The receipt is given once: only
/// its hash is kept. Nothing of the client is kept. A contact is optional, kept apart, and erased 90 days after the report
/// is closed; reports are kept for 24 months.
#[utoipa::path(
    post,
    path = "/v1/reports",
    tag = "reports",
    operation_id = "report",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Names this report for 24 h, 16 to 200 visible characters that nobody can guess: the same report under the same key is one report, and has one receipt (draft-ietf-httpapi-idempotency-key-header). Send it again when no answer came.", example = "8e03978e-40d5-43e8-bc93-6894a57f9324"),
    ),
    request_body(content(
        (ReportRequest = "application/json"),
        (ReportForm = "multipart/form-data"),
    )),
    responses(
        (status = 201, description = "It is kept.", body = ReportAccepted),
        (status = 202, description = "It is kept on this node's disk, and will be passed on as soon as the store can be reached (`passed_on` is false). Until then other nodes do not know its receipt. There is no need to send it again.", body = ReportAccepted),
        (status = 400, description = "bad_parameter: the Idempotency-Key.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 408, description = "request_timeout.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 413, description = "body_too_large.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 422, description = "bad_body: see errors. Nothing of it was kept.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests: too many reports by this client, about this code, or through pages of one other site.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
        (status = 503, description = "reports_unavailable: not kept; nothing is lost by sending it again.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
    ),
)]
pub(super) async fn report(
    request: HttpRequest,
    payload: Payload,
    public: web::Data<Public>,
) -> Result<HttpResponse, Problem> {
    let Intake { given, key, lang, share } = take(&request, payload, &public).await?;
    let taken = received(&request, &public, given, key.as_deref()).await?;
    drop(share);
    let accepted = ReportAccepted {
        receipt: taken.receipt.to_string(),
        read_by: public.operator.report_reader(lang).to_owned(),
        by_when: public.operator.read_by_when(taken.at),
        passed_on: taken.passed_on,
    };
    Ok(HttpResponse::build(status_of(taken)).insert_header((header::CACHE_CONTROL, "no-store")).json(accepted))
}

/// RFC 9110 §15.3.2 and §15.3.3: it is where it is read, or has still to come there.
pub(super) const fn status_of(taken: Taken) -> StatusCode {
    if taken.passed_on { StatusCode::CREATED } else { StatusCode::ACCEPTED }
}

/// Ask what became of a report. Answers how far it has come, and what was answered; never what was reported.
#[utoipa::path(
    get,
    path = "/v1/reports/{receipt}",
    tag = "reports",
    operation_id = "report_status",
    params(
        ("receipt" = String, Path, description = "The receipt, in any case, with or without its hyphens; O is read as 0, I and L as 1.", example = "7K3M-9QXW-2HFA-C8VD"),
        ("lang" = Option<Lang>, Query, description = "Language of `read_by`, where the operator has named nobody."),
    ),
    responses(
        (status = 200, description = "How far it has come.", body = ReportStatus),
        (status = 400, description = "bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 404, description = "no_such_report.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "reports_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json", headers(
            ("Retry-After" = u32, description = "Seconds."),
        )),
    ),
)]
pub(super) async fn report_status(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let chosen = super::language::of(&request)?;
    let (_, status) = status(&request, &public, "/v1/reports/", chosen.lang).await?;
    let mut response = HttpResponse::Ok();
    chosen.vary(&mut response);
    Ok(response.insert_header((header::CACHE_CONTROL, "no-store")).json(status))
}

/// The receipt behind a prefix, and how far its report has come.
pub(super) async fn status(
    request: &HttpRequest,
    public: &Public,
    prefix: &str,
    lang: Lang,
) -> Result<(Receipt, ReportStatus), Problem> {
    let written = request.uri().path().strip_prefix(prefix).ok_or(Kind::NotFound)?;
    let written = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    let admitted = limit::admit(request, public, 1)?;
    let found = match written.parse::<Receipt>() {
        Ok(receipt) => {
            let operator = &public.operator;
            let by_when = |received| operator.read_by_when(received);
            let status = public.reports.status(receipt, operator.report_reader(lang), by_when).await;
            status.map_err(|error| away(&error))?.map(|status| (receipt, status))
        }
        Err(_) => None,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    // Trying receipts out is probing, as trying codes out is.
    admitted.tried_in_vain(public)?;
    Err(Kind::NoSuchReport.into())
}

/// Why a report was not received: what is wrong with it, or something else.
pub(super) enum Unreceived {
    Faulty(Vec<Fault>),
    Problem(Problem),
}

impl From<Problem> for Unreceived {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Unreceived> for Problem {
    fn from(unreceived: Unreceived) -> Self {
        match unreceived {
            Unreceived::Problem(problem) => problem,
            Unreceived::Faulty(faults) => {
                let kind = if faults.contains(&Fault::PhotoTooLarge) { Kind::BodyTooLarge } else { Kind::BadBody };
                let said = |fault: Fault| FieldError {
                    field: fault.field().to_owned(),
                    message: fault.say(Lang::En).to_owned(),
                };
                Self::with(kind, faults.into_iter().map(said).collect())
            }
        }
    }
}

/// Check a report, see whether it is known, weigh who sends it, and keep it.
pub(super) async fn received(
    request: &HttpRequest,
    public: &Public,
    given: Given,
    key: Option<&str>,
) -> Result<Taken, Unreceived> {
    let key = key_of(request, key)?;
    let draft = Draft::of(given).map_err(Unreceived::Faulty)?;
    let receipt = Reception::receipt(&draft, key.as_ref(), chance()?);
    if key.is_some()
        && let Some(taken) = public.reports.known(receipt).await
    {
        return Ok(taken);
    }
    let now = public.lookup.now();
    let from = foreign_site(request);
    if let Err(problem) = limit::admit_report(request, public, draft.code(), from.as_deref(), now) {
        public.reports.turned_away();
        return Err(problem.into());
    }
    public.reports.take(draft, receipt, key.as_ref(), now).await.map_err(|turned| match turned {
        Turned::Faulty(fault) => Unreceived::Faulty(vec![fault]),
        Turned::KeyTaken => {
            let message = "was used for another report about this code: make a new one for each report";
            Unreceived::Problem(Problem::at(Kind::BadBody, "Idempotency-Key", message))
        }
        Turned::Busy => Unreceived::Problem(Kind::ReportsUnavailable.into()),
        Turned::NotKept(error) => Unreceived::Problem(away(&error)),
    })
}

/// Reports could be neither kept nor read.
pub(super) fn away(error: &StoreError) -> Problem {
    if let StoreError::Unreachable(_) = error {
        tracing::warn!(%error, "a report could be neither kept nor read");
    } else {
        tracing::error!(%error, "a report could be neither kept nor read");
    }
    Kind::ReportsUnavailable.into()
}

/// Bytes that nobody can guess.
pub(super) fn chance<const N: usize>() -> Result<[u8; N], Problem> {
    let mut chance = [0; N];
    getrandom::fill(&mut chance).map_err(|error| {
        tracing::error!(%error, "the system gives no randomness");
        Problem::from(Kind::Internal)
    })?;
    Ok(chance)
}

const _: () = assert!(RECEIPT_BYTES * 8 >= 80, "a receipt cannot be guessed");

/// The key of a report.
fn key_of(request: &HttpRequest, of_form: Option<&str>) -> Result<Option<Key>, Problem> {
    let Some(key) = idempotency_key(request, of_form) else { return Ok(None) };
    let say = "has 16 to 200 visible ASCII characters, and nobody can guess it: a UUID, as in 8e03978e-40d5-43e8-bc93-6894a57f9324";
    Key::of(key).map(Some).ok_or_else(|| Problem::at(Kind::BadParameter, "Idempotency-Key", say))
}

/// The other site whose page sends the request, where a browser says so (Fetch Metadata).
fn foreign_site(request: &HttpRequest) -> Option<String> {
    let headers = request.headers();
    let site = headers.get(FETCH_SITE)?.as_bytes();
    if matches!(site, b"same-origin" | b"none") {
        return None;
    }
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    Some(origin.unwrap_or("null").to_owned())
}
