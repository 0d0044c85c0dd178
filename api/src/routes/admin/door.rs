//! Who comes in, and who they are.
//!
//! A token, once it is shown, must be right. Without one whoever sits at the machine is the operator, where the listener
//! is on a loopback address and the operator has no token: not a web page, and not a page that has made a name of its own
//! lead to this address (DNS rebinding). Pages of the desk are asked for with the cookie of a session instead.

use core::net::IpAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};

use super::{Admin, roles, session, switch};
use crate::people::{Person, TokenHash};
use crate::problem::{Kind, Problem};
use crate::routes::limit;

/// Around what tools ask for: a person, whose role reaches.
pub(super) async fn guard<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    if request.headers().contains_key(header::ORIGIN) || is_from_elsewhere(request.headers()) {
        return Err(Problem::from(Kind::CrossSite).into());
    }
    let asked = request.request();
    let person = match token(request.headers()) {
        Some(token) => bearer(asked, &token).await?,
        None => at_the_machine(asked)?.ok_or(Kind::Unauthorized).map_err(Problem::from)?,
    };
    // What is no switch is told to be none by whoever reads it.
    let dry_run = switch(asked, "dry_run").unwrap_or_default();
    // The path as routes are matched by it: `%68old` leads where `hold` does.
    roles::allow(&person, roles::needed(request.method(), request.match_info().as_str(), dry_run))?;
    request.extensions_mut().insert(person);
    next.call(request).await
}

/// Around the pages of the desk: nothing that another site's page makes a browser send changes anything. Who signed in is
/// known to the handlers; it is they who ask for somebody.
pub(super) async fn desk<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    if !request.method().is_safe() && !is_our_own(request.request()) {
        return Err(Problem::from(Kind::CrossSite).into());
    }
    let asked = request.request();
    let person = match (session::name(asked), token(request.headers())) {
        (Some(name), _) => session::person(asked, name).await?,
        (None, Some(token)) => Some(bearer(asked, &token).await?),
        (None, None) if is_from_elsewhere(request.headers()) => None,
        (None, None) => at_the_machine(asked)?,
    };
    if let Some(person) = person {
        request.extensions_mut().insert(person);
    }
    next.call(request).await
}

impl Person {
    /// Who a request comes from, as the door has found it: by a token, by a session, or at the machine.
    ///
    /// # Errors
    /// `Unauthorized`: nobody is known.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        request.extensions().get::<Self>().cloned().ok_or_else(|| Kind::Unauthorized.into())
    }
}

impl FromRequest for Person {
    type Error = Problem;
    type Future = core::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        core::future::ready(Self::of(request))
    }
}

/// The application always has it; without it nobody comes in.
pub(super) fn admin(request: &HttpRequest) -> Result<&web::Data<Admin>, Problem> {
    request.app_data::<web::Data<Admin>>().ok_or_else(|| Kind::Internal.into())
}

/// Who bears a token. Tries in vain are counted, and too many are not looked at.
pub(super) async fn bearer(request: &HttpRequest, token: &TokenHash) -> Result<Person, Problem> {
    let admin = admin(request)?;
    let now = admin.public.lookup.now();
    limit::may_try(request, &admin.public, &admin.tries, now)?;
    if let Some(person) = admin.people.bearer(token, now).await? {
        return Ok(person);
    }
    limit::failed(request, &admin.public, &admin.tries, now);
    Err(Kind::Unauthorized.into())
}

/// The operator, without a token, where none is asked for. A listener off loopback always asks for one.
fn at_the_machine(request: &HttpRequest) -> Result<Option<Person>, Problem> {
    let asks = admin(request)?.people.asks_for_a_token();
    Ok((!asks && names_this_machine(request)).then(Person::operator))
}

/// Whether the request was sent to an address, or to `localhost`: to no name that others could make lead here.
fn names_this_machine(request: &HttpRequest) -> bool {
    let Some(authority) = authority(request) else { return true };
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok()
}

/// What the request was sent to, as it says itself; never as a header of a proxy says.
fn authority(request: &HttpRequest) -> Option<&str> {
    match request.uri().authority() {
        Some(authority) => Some(authority.as_str()),
        None => request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or("?")),
    }
}

/// Whether a browser says that a page of another site is behind the request (Fetch Metadata Request Headers).
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.as_bytes(), b"none" | b"same-origin"))
}

/// Whether a page of our own is behind a request that changes something, or no page at all.
fn is_our_own(request: &HttpRequest) -> bool {
    let headers = request.headers();
    if headers.contains_key("sec-fetch-site") {
        return !is_from_elsewhere(headers);
    }
    // Browsers without it send where a form stood (Fetch, section 3.2).
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    host.is_some() && host == authority(request)
}

/// The hash of the token that is shown.
fn token(headers: &HeaderMap) -> Option<TokenHash> {
    let value = headers.get(header::AUTHORIZATION)?;
    // The scheme is read in any case (RFC 9110 §11.1).
    let shown = value.to_str().ok().and_then(|value| value.split_once(' '));
    let token = shown.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map_or("", |(_, token)| token.trim());
    // What is shown and is no token is a wrong one: nobody is let in because of it.
    Some(TokenHash::of(token))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn sent_to(host: &'static str) -> HttpRequest {
        TestRequest::default().insert_header((header::HOST, host)).to_http_request()
    }

    #[test]
    fn a_name_that_others_could_make_lead_here_is_not_this_machine() {
        for host in ["127.0.0.1", "127.0.0.1:8081", "[::1]:8081", "localhost:8081", "LOCALHOST", "192.0.2.1:1"] {
            assert!(names_this_machine(&sent_to(host)), "{host}");
        }
        for host in ["evil.example", "evil.example:8081", "localhost.evil.example", "127.0.0.1.evil.example", "", "["] {
            assert!(!names_this_machine(&sent_to(host)), "{host}");
        }
    }

    #[test]
    fn only_a_page_of_our_own_changes_something() {
        let of = |headers: &[(&'static str, &'static str)]| {
            let request = TestRequest::post().insert_header((header::HOST, "127.0.0.1:8081"));
            is_our_own(&headers.iter().fold(request, |it, header| it.insert_header(*header)).to_http_request())
        };
        assert!(of(&[]) && of(&[("sec-fetch-site", "same-origin")]) && of(&[("origin", "http://127.0.0.1:8081")]));
        for site in ["cross-site", "same-site"] {
            assert!(!of(&[("sec-fetch-site", site), ("origin", "http://127.0.0.1:8081")]));
        }
        for origin in ["null", "http://evil.example", "http://127.0.0.1:8082", "127.0.0.1:8081"] {
            assert!(!of(&[("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn what_is_shown_and_is_no_token_is_a_wrong_one() {
        let of = |value: &'static str| {
            token(TestRequest::default().insert_header((header::AUTHORIZATION, value)).to_http_request().headers())
        };
        assert_eq!(of("bearer  abc "), Some(TokenHash::of("abc")));
        for wrong in ["Basic abc", "abc", "Bearer ", ""] {
            assert_eq!(of(wrong), Some(TokenHash::of("")), "{wrong}");
        }
        assert_eq!(token(TestRequest::default().to_http_request().headers()), None);
    }
}
