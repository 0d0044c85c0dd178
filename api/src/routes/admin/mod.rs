//! Requests of operators: import, recalls, revocations, reports, health. On a listener of its own, never on the public one.
//!
//! On a loopback address a token is not compulsory; requests from web pages are refused all the same, because a
//! page open in the operator's browser can reach a loopback address.

mod desk;
mod disputes;
mod door;
mod evidence;
mod health;
mod holds;
mod import;
mod issue;
mod people;
mod pins;
mod recalls;
mod reports;
mod revocations;
mod roles;
mod session;
mod settings;
mod standing;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};

use crate::desk::Opened;
use crate::limits::{Meter, Quota};
use crate::people::{Office, Person, Role};
use crate::problem::{Kind, Problem};
use crate::registry::import::{Author, Desk, DeskError};
use crate::registry::{Fault, FaultCode, Id, Text};
use crate::store::Submissions;
use crate::telemetry::Telemetry;
use nguon_openapi::FieldError;

use super::target::parameter;
use super::{Public, patience, posting, reads, slow_patience};

/// Largest body of a request other than an import, in bytes.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// What every operators' route has at hand.
pub struct Admin {
    /// Where declarations enter the registry.
    pub desk: Desk,
    /// The public side, to tell whether it can answer.
    pub public: web::Data<Public>,
    /// What is counted.
    pub telemetry: Telemetry,
    /// What is to be declared, until a second person has looked at it.
    pub submissions: Arc<dyn Submissions>,
    /// Their spreadsheets, as they were read lately.
    pub opened: Opened,
    /// Who is who.
    pub people: Office,
    /// How often a client may try a token that is none.
    pub tries: Meter,
}

/// Tokens that one client may try in vain: sixty in one go, then twenty a minute.
pub const TRIES: Quota = Quota { burst: 60, per_period: 20, period: Duration::from_mins(1) };

pub use people::{Publishers, ShownToken, ShownUser, TokenMade, TokenWanted, Users};
pub use watch::Stats;

/// The operators' routes.
pub fn configure(app: &mut web::ServiceConfig) {
    app.service(web::resource("/livez").route(reads().to(health::livez)))
        .service(web::resource("/readyz").route(reads().to(health::readyz)))
        .service(web::resource("/metrics").wrap(from_fn(door::guard)).route(reads().to(health::metrics)))
        .service(
            web::scope("/v1")
                .wrap(from_fn(door::guard))
                .app_data(
                    web::JsonConfig::default()
                        .limit(MAX_BODY_BYTES)
                        .error_handler(|error, _| Problem::from(&error).into()),
                )
                .service(
                    web::resource("/settings")
                        .wrap(from_fn(patience))
                        .route(reads().to(settings::show))
                        .route(web::put().to(settings::change)),
                )
                .service(posting("/clear").wrap(from_fn(patience)).route(web::post().to(standing::clear)))
                .service(
                    web::resource("/holds")
                        .wrap(from_fn(patience))
                        .route(reads().to(holds::show))
                        .route(web::post().to(holds::hold)),
                )
                .service(posting("/shared").wrap(from_fn(patience)).route(web::post().to(standing::share)))
                .service(
                    posting("/pins")
                        .wrap(from_fn(patience))
                        .app_data(web::PayloadConfig::new(pins::MAX_BODY_BYTES))
                        .route(web::post().to(pins::keep)),
                )
                .service(web::resource("/alerts").route(reads().to(watch::alerts)))
                .service(web::resource("/stats").route(reads().to(watch::stats)))
                .service(posting("/import").route(web::post().to(import::import)))
                .service(posting("/issue").wrap(from_fn(slow_patience)).route(web::post().to(issue::issue)))
                .service(posting("/recalls").wrap(from_fn(patience)).route(web::post().to(recalls::publish)))
                .service(posting("/recalls/{id}/close").wrap(from_fn(patience)).route(web::post().to(recalls::close)))
                .service(
                    posting("/recalls/{id}/withdraw").wrap(from_fn(patience)).route(web::post().to(recalls::withdraw)),
                )
                .service(web::resource("/reports").route(reads().to(reports::list)))
                .service(web::resource("/reports.csv").route(reads().to(reports::csv)))
                .service(web::resource("/reports/{number}/photo").route(reads().to(reports::photo)))
                .service(
                    web::resource("/reports/{number}")
                        .wrap(from_fn(patience))
                        .route(reads().to(reports::show))
                        .route(web::post().to(reports::change)),
                )
                .service(posting("/reports/{number}/hold").wrap(from_fn(patience)).route(web::post().to(reports::hold)))
                .service(posting("/revocations").wrap(from_fn(patience)).route(web::post().to(revocations::revoke)))
                .service(posting("/disputes/{gtin}").wrap(from_fn(patience)).route(web::post().to(disputes::settle)))
                .service(web::resource("/evidence").route(reads().to(evidence::list)))
                .service(web::resource("/explain").route(reads().to(evidence::account)))
                .configure(people::configure),
        )
        .configure(desk::files)
        .service(web::scope("/desk").wrap(from_fn(door::desk)).configure(desk::configure))
        .default_service(web::to(nothing_here));
}

async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Kind::NotFound.into())
}

/// Who asks: the person, with `why` of the query. An operator may name a `publisher` (else the person's own) and who
/// `approved_by`.
fn author(request: &actix_web::HttpRequest) -> Result<Author, Problem> {
    let person = Person::of(request)?;
    let query = request.uri().query();
    let text = |name| {
        parameter(query, name)
            .map(|value| String::from_utf8(value.into_owned()).map_err(|_| bad(name, "is not UTF-8")))
            .transpose()
    };
    let checked = |name| -> Result<Option<Text>, Problem> {
        text(name)?.map(|value| Text::try_from(value).map_err(|error| bad(name, &error.to_string()))).transpose()
    };
    let named = text("publisher")?
        .map(|publisher| Id::try_from(publisher).map_err(|error| bad("publisher", &error.to_string())))
        .transpose()?;
    let approved_by = checked("approved_by")?;
    if named.as_ref().is_some_and(|named| *named != person.publisher) {
        roles::must(&person, Role::Operate, "publisher")?;
    }
    if let Some(approved_by) = &approved_by {
        roles::must(&person, Role::Operate, "approved_by")?;
        if person.is_called(approved_by.as_str()) {
            return Err(bad("approved_by", "is whoever asks: name another person, or leave it out"));
        }
    }
    let own = person.author();
    Ok(Author { publisher: named.unwrap_or(own.publisher), by: own.by, approved_by, why: checked("why")? })
}

fn bad(name: &str, message: &str) -> Problem {
    Problem::at(Kind::BadParameter, name, message)
}

/// A switch: `true` or `false`.
fn switch(request: &actix_web::HttpRequest, name: &str) -> Result<bool, Problem> {
    match parameter(request.uri().query(), name).as_deref() {
        None | Some(b"false") => Ok(false),
        Some(b"true") => Ok(true),
        Some(_) => Err(bad(name, "must be one of: true, false")),
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Store(error) => error.into(),
            DeskError::Refused(faults) => {
                let kind = if faults.iter().any(|fault| says_nothing_of_the_registry(fault.code)) {
                    Kind::BadBody
                } else {
                    Kind::Conflict
                };
                Self::with(kind, faults.into_iter().map(field_error).collect())
            }
            DeskError::Moved => Self::at(Kind::Conflict, "", error.to_string()),
            DeskError::TooLarge(message) => Self::at(Kind::BodyTooLarge, "", message),
            DeskError::Unreadable(error) => Self::at(Kind::BadBody, "", error.to_string()),
        }
    }
}

/// Whether a fault lies in the declaration itself, whatever is on record.
const fn says_nothing_of_the_registry(code: FaultCode) -> bool {
    use FaultCode::{Full, NotOnRecord, OtherPublisher, OutOfScope, State};
    !matches!(code, NotOnRecord | OtherPublisher | OutOfScope | Full | State)
}

fn field_error(fault: Fault) -> FieldError {
    FieldError { field: fault.field, message: fault.message }
}
