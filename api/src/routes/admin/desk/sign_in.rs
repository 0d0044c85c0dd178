//! `GET` and `POST /desk/session`: signing in from a page, also by whoever is known already.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::here::Here;
use crate::pages::desk::sign_in;
use crate::problem::Kind;
use crate::routes::admin::{Admin, session};

/// Sign in; the page again where the token opens nothing.
pub(super) async fn begin(
    request: HttpRequest,
    form: web::Form<session::SignIn>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    match session::begin(request.clone(), form, admin.clone()).await {
        Ok(mut response) => {
            // Whoever chose a language before signing in goes on in it.
            let here = Here::of(&request, &admin);
            let chosen = !here.parameter("lang").is_empty();
            let onward = header::HeaderValue::from_str(&format!("/desk?lang={}", here.lang.as_str()));
            if let (true, Ok(onward)) = (chosen, onward) {
                response.headers_mut().insert(header::LOCATION, onward);
            }
            response
        }
        Err(problem) if problem.kind() == Kind::Unauthorized => page(&request, &admin, StatusCode::UNAUTHORIZED, true),
        Err(problem) => Here::of(&request, &admin).problem(&problem),
    }
}

/// The page on which somebody signs in, for whoever asks for it.
pub(super) async fn ask(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    page(&request, &admin, StatusCode::OK, false)
}

/// The page on which somebody signs in.
pub(super) fn page(request: &HttpRequest, admin: &Admin, status: StatusCode, was_refused: bool) -> HttpResponse {
    let here = Here::of(request, admin);
    here.page(status, sign_in(was_refused, &here.ctx()))
}
