//! Whoever is not known is asked to sign in, wherever they wanted to go.

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;

use super::sign_in;
use crate::people::Person;
use crate::routes::admin::door;

/// Around every page but the one on which somebody signs in.
pub(super) async fn known<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if Person::of(request.request()).is_ok() {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let (request, _) = request.into_parts();
    let page = sign_in::page(&request, door::admin(&request)?, StatusCode::UNAUTHORIZED, false);
    Ok(ServiceResponse::new(request, page).map_into_right_body())
}
