//! The door: lookups that memory answers go out here, before the router, the layers and their futures.
//!
//! Everything else goes on as if there were no door. What goes out here is made by the same code as the answers of the
//! handler and carries the same headers as the layers give.

use actix_web::Error;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web;

use super::verify::Asked;
use super::{HEADERS, OPEN_HEADERS, Public};

const ADDRESS: &str = "/v1/verify/";

/// Answer at once what memory has.
///
/// # Errors
/// Those of the service behind it.
pub async fn door<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<BoxBody, B>>, Error> {
    if let Some(mut response) = at_hand(&request) {
        for (name, value) in HEADERS.into_iter().chain(OPEN_HEADERS) {
            response.headers_mut().insert(name, value);
        }
        return Ok(request.into_response(response.map_into_left_body()));
    }
    next.call(request).await.map(ServiceResponse::map_into_right_body)
}

fn at_hand(request: &ServiceRequest) -> Option<actix_web::HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !request.path().starts_with(ADDRESS) {
        return None;
    }
    let public = request.app_data::<web::Data<Public>>()?;
    Asked::at_hand(request.request(), public)
}
