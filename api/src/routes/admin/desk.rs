//! `/desk`: the publisher's desk, as pages. Who signs in is in `session`; every handler here asks for a `Person`.

use actix_web::web;

use super::session;
use crate::problem::Problem;
use crate::routes::posting;

/// Largest form, in bytes.
const MAX_FORM_BYTES: usize = 4 * 1024;

/// The pages, and signing in and out.
pub(super) fn configure(app: &mut web::ServiceConfig) {
    let form = web::FormConfig::default().limit(MAX_FORM_BYTES).error_handler(|error, _| form(&error).into());
    app.service(posting("/session").app_data(form).route(web::post().to(session::begin)))
        .service(posting("/session/end").route(web::post().to(session::end)));
}

/// A form that is none: nothing of it is repeated.
fn form(error: &actix_web::error::UrlencodedError) -> Problem {
    use crate::problem::Kind;
    use actix_web::error::UrlencodedError::{ContentType, Overflow};
    match error {
        Overflow { .. } => Kind::BodyTooLarge.into(),
        ContentType => Kind::UnsupportedMediaType.into(),
        _ => Problem::at(Kind::BadBody, "token", "is needed: send a form with the field `token`"),
    }
}
