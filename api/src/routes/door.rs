//! The door: lookups are answered here, before the router and the layers.
//!
//! Everything else goes on as if there were no door. What goes out here is made by the same code as at the address in
//! the table of routes, and carries the headers that the layers give.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web;
use actix_web::{Error, ResponseError as _};

use percent_encoding::percent_decode_str;

use super::{HEADERS, OPEN_HEADERS, Public, unread, verify};

const ADDRESS: &str = "/v1/verify/";

/// What below that address is no code.
const NO_CODES: [&str; 2] = ["batch", "bulk"];

/// Let a request in. One whose body has no length is held to its answer (`unread`).
///
/// # Errors
/// Those of the service behind it.
pub async fn door<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<BoxBody, B>>, Error> {
    if unread::is_endless(&request) {
        let answered = unread::held(request, async |request| answered(request, next).await).await;
        return answered.map(ServiceResponse::map_into_left_body);
    }
    answered(request, next).await
}

/// Answer lookups; memory has most of them at hand.
async fn answered<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<BoxBody, B>>, Error> {
    let Some(public) = asks_for_a_code(&request).then(|| request.app_data::<web::Data<Public>>()).flatten() else {
        return next.call(request).await.map(ServiceResponse::map_into_right_body);
    };
    let mut response = match verify::at_hand(request.request(), public) {
        Some(response) => response,
        None => verify::looked_up(request.request(), public).await.unwrap_or_else(|problem| problem.error_response()),
    };
    for (name, value) in HEADERS.into_iter().chain(OPEN_HEADERS) {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(request.into_response(response.map_into_left_body()))
}

fn asks_for_a_code(request: &ServiceRequest) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    reads && request.path().strip_prefix(ADDRESS).is_some_and(|code| !NO_CODES.iter().any(|no| is_word(code, no)))
}

/// As the router compares: after decoding.
fn is_word(segment: &str, word: &str) -> bool {
    percent_decode_str(segment).eq(word.bytes())
}
