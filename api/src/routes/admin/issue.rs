//! `POST /v1/issue?publisher=&why=&format=json|csv|pdf&sheet=3x7`: an order for units in, their codes out.
//!
//! The `Idempotency-Key` is the name of the order: with the same one the same order gives the same codes and writes
//! nothing. Where there is none, the answer holds the name that was drawn (`order`, header `Order-Name`).

use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Admin, author, bad};
use crate::issue::{Codes, IssueError, Issuer, Order, OrderName, sheet};
use crate::labels::{Layout, labels};
use crate::problem::{Kind, Problem};
use crate::routes::body::idempotency_key;
use crate::routes::reports::chance;
use crate::routes::target::parameter;

/// Says under which name an order was carried out, whatever the format of the answer.
const ORDER_NAME: HeaderName = HeaderName::from_static("order-name");

/// In what form the codes are told.
pub(super) enum Form {
    Json,
    Csv,
    Pdf(Layout),
}

/// Put units on record and tell their codes: only when they are on disk.
pub(super) async fn issue(
    request: HttpRequest,
    order: web::Json<Order>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (author, form) = (author(&request)?, form(&request)?);
    let name = match idempotency_key(&request, None) {
        Some(key) => key.parse().map_err(|why| bad("Idempotency-Key", why))?,
        None => drawn()?,
    };
    let codes = issuer(&admin)?.issue(&order, &name, author).await?;
    answered(codes, form).await
}

/// Whoever issues codes here.
///
/// # Errors
/// This service has no secret.
pub(super) fn issuer(admin: &Admin) -> Result<Issuer<'_>, Problem> {
    let Some(checks) = admin.public.checks.as_deref() else {
        return Err(Problem::at(
            Kind::Conflict,
            "",
            "this service has no secret to draw serials from: set --secret-file",
        ));
    };
    let (secret, ledger) = checks.issuing();
    Ok(Issuer { desk: &admin.desk, secret, ledger, base_url: admin.public.lookup.base_url() })
}

/// Codes, as a file or as JSON.
///
/// # Errors
/// They do not fit the labels of a sheet.
pub(super) async fn answered(codes: Codes, form: Form) -> Result<HttpResponse, Problem> {
    let name = codes.order.clone();
    // A hundred thousand codes take their time to draw.
    let (media_type, extension, body) =
        web::block(move || written(&codes, &form)).await.map_err(|_| Problem::from(Kind::Internal))??;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((ORDER_NAME, name))
        .insert_header((header::CONTENT_TYPE, media_type));
    if extension != "json" {
        response.insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(format!("codes.{extension}"))],
        });
    }
    Ok(response.body(body))
}

/// A name of random bytes from the system.
pub(super) fn drawn() -> Result<OrderName, Problem> {
    Ok(OrderName::of_chance(&chance()?))
}

fn form(request: &HttpRequest) -> Result<Form, Problem> {
    let query = request.uri().query();
    match parameter(query, "format").as_deref() {
        None | Some(b"json") => Ok(Form::Json),
        Some(b"csv") => Ok(Form::Csv),
        Some(b"pdf") => {
            let sheet = parameter(query, "sheet").unwrap_or_default();
            let named = core::str::from_utf8(&sheet).unwrap_or_default();
            let layout = if named.is_empty() { Ok(Layout::default()) } else { named.parse() };
            layout.map(Form::Pdf).map_err(|why| bad("sheet", why))
        }
        Some(_) => Err(bad("format", "must be one of: json, csv, pdf")),
    }
}

fn written(codes: &Codes, form: &Form) -> Result<(&'static str, &'static str, Vec<u8>), Problem> {
    match form {
        Form::Json => {
            let body = serde_json::to_vec(codes).map_err(|_| Problem::from(Kind::Internal))?;
            Ok(("application/json", "json", body))
        }
        Form::Csv => Ok(("text/csv; charset=utf-8", "csv", sheet(codes, true))),
        Form::Pdf(layout) => match labels(codes, *layout) {
            Ok(pdf) => Ok(("application/pdf", "pdf", pdf)),
            Err(error) => Err(Problem::at(
                Kind::BadParameter,
                "sheet",
                format!("{error}; the units are on record: repeat the order {} with another sheet", codes.order),
            )),
        },
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Desk(error) => error.into(),
            IssueError::Pins(error) => error.into(),
        }
    }
}
