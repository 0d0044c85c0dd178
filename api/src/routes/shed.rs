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
    let full = request.app_data::<web::Data<Public>>().is_some_and(|public| public.lookup.fullness() > FULL);
    if full {
        return Err(Problem::from(Kind::Busy).into());
    }
    next.call(request).await
}
