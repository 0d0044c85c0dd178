//! `POST /desk/session` and `/desk/session/end`: signing in to the pages with a token, and out. The cookie (RFC 6265) names
//! a session in this node's memory; no script can read it, and no other site's page makes a browser send it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{Admin, door};
use crate::people::{Person, SESSION_LONGEST_S, TokenHash};
use crate::problem::Problem;

/// Name of the cookie.
const COOKIE: &str = "nguon_desk";
/// Where somebody who has signed in goes on.
const DESK: &str = "/desk";

/// What a page sends to sign in.
#[derive(Deserialize)]
pub(super) struct SignIn {
    token: String,
}

/// Sign in: the desk, with a session. 401 when the token is none.
pub(super) async fn begin(
    request: HttpRequest,
    form: web::Form<SignIn>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let token = TokenHash::of(form.token.trim());
    door::bearer(&request, &token).await?;
    // Whoever signs in anew, perhaps as somebody else, leaves what they were.
    if let Some(before) = name(&request) {
        admin.people.sessions.end(before);
    }
    let session = admin.people.sessions.begin(token, &admin.people.chance(), admin.public.lookup.now());
    Ok(onward(&cookie(&session, SESSION_LONGEST_S, is_secure(&admin))))
}

/// Sign out: the session is over, whoever still has its cookie.
pub(super) async fn end(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    if let Some(name) = name(&request) {
        admin.people.sessions.end(name);
    }
    onward(&cookie("", 0, is_secure(&admin)))
}

fn onward(cookie: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, DESK))
        .insert_header((header::SET_COOKIE, cookie))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

fn cookie(session: &str, max_age_s: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={session}; Path={DESK}; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}")
}

fn is_secure(admin: &Admin) -> bool {
    admin.public.lookup.base_url().starts_with("https://")
}

/// The session that a request names.
pub(super) fn name(request: &HttpRequest) -> Option<&str> {
    let values = request.headers().get_all(header::COOKIE).filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, session)| session)
}

/// Who is behind a session; `None`: it is over, or its token is.
pub(super) async fn person(request: &HttpRequest, name: &str) -> Result<Option<Person>, Problem> {
    let admin = door::admin(request)?;
    let now = admin.public.lookup.now();
    match admin.people.sessions.token(name, now) {
        Some(token) => Ok(admin.people.bearer(&token, now).await?),
        None => Ok(None),
    }
}
