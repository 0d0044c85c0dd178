//! `POST /v1/clear` and `POST /v1/shared`: what an operator knows about a unit that its checks do not tell. Each with a
//! reason, which the evidence log keeps.

use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Context, Lang};
use serde::Deserialize;
use serde_json::json;

use super::{Admin, author};
use crate::checks::{Checks, Stood, Undone};
use crate::lookup::Question;
use crate::problem::{Kind, Problem};
use crate::registry::Text;
use crate::routes::target::Given;
use crate::store::ledger::Unit;
use crate::verify::CodeFacts;

/// A unit to be cleared of suspicion.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clear {
    /// The code on the pack, in any form that names one unit.
    code: String,
    /// What was found.
    why: Text,
}

/// A code that was posted in public.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    /// The code on the pack, in any form that names one unit.
    code: String,
    /// Whether it is.
    #[serde(rename = "shared")]
    is_public: bool,
    /// Where it was found, or why it no longer counts.
    why: Text,
}

/// Clear a unit: its checks until now count for nothing any more; how many there were stays.
pub(super) async fn clear(
    request: HttpRequest,
    clear: web::Json<Clear>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (checks, unit) = (offered(&admin)?, unit(&admin, &clear.code).await?);
    let body = json!({ "gtin": unit.gtin, "serial": unit.serial });
    keep(&request, &admin, "clear", body, &clear.why).await?;
    Ok(answer(&checks.clear(unit, &clear.why).await?))
}

/// Mark a code as posted in public, or no longer.
pub(super) async fn share(
    request: HttpRequest,
    shared: web::Json<Shared>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (checks, unit) = (offered(&admin)?, unit(&admin, &shared.code).await?);
    let body = json!({ "gtin": unit.gtin, "serial": unit.serial, "shared": shared.is_public });
    keep(&request, &admin, "shared", body, &shared.why).await?;
    Ok(answer(&checks.share(unit, shared.is_public, &shared.why).await?))
}

/// Kept before anything changes: a change without its reason must not be.
async fn keep(
    request: &HttpRequest,
    admin: &Admin,
    act: &'static str,
    body: serde_json::Value,
    why: &Text,
) -> Result<(), Problem> {
    let mut author = author(request)?;
    author.why = Some(why.clone());
    Ok(admin.desk.note(act, body, author).await?)
}

fn answer(stood: &Stood) -> HttpResponse {
    HttpResponse::Ok().json(stood)
}

/// The checks of this service.
pub(super) fn offered(admin: &Admin) -> Result<&Checks, Problem> {
    admin.public.checks.as_deref().ok_or_else(|| Kind::ChecksNotOffered.into())
}

/// The unit that a code names: by its GTIN and serial, or as it is registered for a code of another scheme. Checks of
/// such a code count for that unit.
pub(super) async fn unit(admin: &Admin, code: &str) -> Result<Unit, Problem> {
    let given = Given::of_text(code)?;
    let reading = given.read();
    let item = if let gs1::Outcome::TradeItem(item) = reading.outcome {
        item
    } else {
        let question = Question { input: given.echo(), reading, lang: Lang::En, context: Context::Unit };
        match admin.public.lookup.facts(&question).await.map_err(|error| Problem::from(&*error))?.facts.code {
            CodeFacts::TradeItem { item, .. } => item,
            _ => return Err(no_unit()),
        }
    };
    let serial = item.serial.ok_or_else(no_unit)?;
    Ok(Unit { gtin: item.gtin, serial })
}

impl From<Undone> for Problem {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::NotOnRecord => Self::at(Kind::Conflict, "code", "names a unit that is not on record"),
            Undone::TooManyHeld => Self::at(Kind::Conflict, "", undone.to_string()),
            Undone::Store(error) => error.into(),
        }
    }
}

fn no_unit() -> Problem {
    Problem::at(
        Kind::BadBody,
        "code",
        "must name one unit: a GTIN with a serial, as (01)09520000010010(21)NM01A0001, or a registered code of another scheme that stands for one",
    )
}
