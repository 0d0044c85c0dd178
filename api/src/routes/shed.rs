//! What waits when there is much to look up: documents, pictures, badges and everything else that is not a lookup.
//!
//! The measure is the room for misses ([`Lookup::fullness`](crate::lookup::Lookup::fullness)): hits take none, and a
//! store that grows slow fills it. From half of it on, only lookups are answered; operators and their recalls are on a
//! listener of their own and never wait here.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::Public;
use crate::problem::{Kind, Problem};

/// How full the room for misses may be while anything but lookups is answered.
const FULL: f64 = 0.5;

/// Let a request by that can wait, if there is room.
pub(super) async fn can_wait<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if let Some(public) = request.app_data::<web::Data<Public>>() {
        room(public)?;
    }
    next.call(request).await
}

/// Whether there is room for what can wait; for a route that says so in its own way.
pub(super) fn room(public: &Public) -> Result<(), Problem> {
    if public.lookup.fullness() > FULL { Err(Kind::Busy.into()) } else { Ok(()) }
}
