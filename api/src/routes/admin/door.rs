//! Who may come in: no web page, and nobody without the token where there is one.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, web};
use sha2::{Digest, Sha256};

use super::Admin;
use crate::problem::{Kind, Problem};

/// A token, as its hash: comparing hashes takes no longer for a guess that is nearly right.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// The hash of a token.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

pub(super) async fn guard<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let headers = request.headers();
    let from_page = headers.contains_key(header::ORIGIN)
        || headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.as_bytes(), b"none" | b"same-origin"));
    if from_page {
        return Err(Problem::from(Kind::CrossSite).into());
    }
    // The application always has it; without it nobody comes in.
    let Some(admin) = request.app_data::<web::Data<Admin>>() else { return Err(Problem::from(Kind::Internal).into()) };
    let presented = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        // The scheme is read in any case (RFC 9110 §11.1).
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| Token::of(token.trim()));
    if admin.token.is_some() && admin.token != presented {
        return Err(Problem::from(Kind::Unauthorized).into());
    }
    next.call(request).await
}
