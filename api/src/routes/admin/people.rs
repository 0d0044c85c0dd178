//! `GET`, `POST /v1/publishers` and `/v1/users`, `POST /v1/users/{id}/tokens`, `DELETE /v1/users/{id}/tokens/{label}`,
//! `GET /v1/me`: who may declare what. Each change is in the evidence log before it is made; no token ever is.

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Admin, author, bad, reads};
use crate::desk::{Enrolment, NotEnrolled};
use crate::people::{Person, Publisher, PublisherDraft, Refused, Roles, User, UserDraft};
use crate::problem::{Kind, Problem};
use crate::registry::{Id, Text};
use crate::routes::{allowing, patience, posting};

/// The addresses.
pub(super) fn configure(app: &mut web::ServiceConfig) {
    app.service(web::resource("/me").route(reads().to(me)))
        .service(
            web::resource("/publishers")
                .wrap(from_fn(patience))
                .route(reads().to(publishers))
                .route(web::post().to(add_publisher)),
        )
        .service(
            web::resource("/users").wrap(from_fn(patience)).route(reads().to(users)).route(web::post().to(add_user)),
        )
        .service(posting("/users/{id}/tokens").wrap(from_fn(patience)).route(web::post().to(new_token)))
        .service(
            web::resource("/users/{id}/tokens/{label}")
                .route(web::delete().to(revoke_token))
                .default_service(web::to(delete_only)),
        );
}

/// Who asks.
#[derive(Debug, Serialize)]
struct Me {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<Id>,
    publisher: Id,
    roles: Roles,
}

/// Publishers, by identifier.
#[derive(Debug, Serialize, Deserialize)]
pub struct Publishers {
    /// All of them.
    pub publishers: Vec<Publisher>,
}

/// Users, by identifier.
#[derive(Debug, Serialize, Deserialize)]
pub struct Users {
    /// All of them.
    pub users: Vec<ShownUser>,
}

/// A user without anything that opens a door.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShownUser {
    /// The identifier that the evidence log names.
    pub id: Id,
    /// The person's name.
    pub name: Text,
    /// For whom the person acts.
    pub publisher: Id,
    /// What the person may do.
    pub roles: Roles,
    /// Tokens, in the order in which they were made.
    pub tokens: Vec<ShownToken>,
}

/// What is known of a token.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShownToken {
    /// What its owner calls it.
    pub label: Id,
    /// When it was made.
    pub created_at: Timestamp,
    /// The last day, in Viet Nam, on which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_on: Option<Date>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A token that is to be made.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenWanted {
    /// What its owner calls it.
    pub label: Id,
    /// When it is to end; without it, when it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A token that was made. It is told this once.
#[derive(Serialize, Deserialize)]
pub struct TokenMade {
    /// Whose it is.
    pub user: Id,
    /// What its owner calls it.
    pub label: Id,
    /// The token.
    pub token: String,
}

impl From<User> for ShownUser {
    fn from(user: User) -> Self {
        let User { id, name, publisher, roles, tokens, .. } = user;
        let tokens = tokens.into_iter().map(|it| {
            let (label, created_at, used_on, expires) = (it.label, it.created_at, it.used_on, it.expires);
            ShownToken { label, created_at, used_on, expires }
        });
        Self { id, name, publisher, roles, tokens: tokens.collect() }
    }
}

async fn me(person: Person) -> HttpResponse {
    let Person { user, publisher, roles } = person;
    private(&mut HttpResponse::Ok()).json(Me { user, publisher, roles })
}

async fn publishers(admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let publishers = admin.people.register().await?.publishers;
    Ok(private(&mut HttpResponse::Ok()).json(Publishers { publishers }))
}

/// Register a publisher, or amend one.
async fn add_publisher(
    request: HttpRequest,
    draft: web::Json<PublisherDraft>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let written = enrolment(&request, &admin)?.publisher(draft.into_inner()).await?;
    Ok(private(&mut HttpResponse::Ok()).json(written))
}

async fn users(admin: web::Data<Admin>) -> Result<HttpResponse, Problem> {
    let users = admin.people.users().await?.into_iter().map(ShownUser::from).collect();
    Ok(private(&mut HttpResponse::Ok()).json(Users { users }))
}

/// Write a user down, or amend one.
async fn add_user(
    request: HttpRequest,
    draft: web::Json<UserDraft>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let user = enrolment(&request, &admin)?.user(draft.into_inner()).await?;
    Ok(private(&mut HttpResponse::Ok()).json(ShownUser::from(user)))
}

/// Make a token, which is told this once.
async fn new_token(
    request: HttpRequest,
    id: web::Path<String>,
    wanted: web::Json<TokenWanted>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (user, TokenWanted { label, expires }) = (identifier("id", id.into_inner())?, wanted.into_inner());
    let token = enrolment(&request, &admin)?.token(&user, label.clone(), expires).await?;
    let made = TokenMade { user, label, token: token.as_str().to_owned() };
    Ok(private(&mut HttpResponse::Created()).json(made))
}

/// Revoke a token: from now on it opens nothing, and neither do sessions that were begun with it.
async fn revoke_token(
    request: HttpRequest,
    place: web::Path<(String, String)>,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let (user, label) = place.into_inner();
    let (user, label) = (identifier("id", user)?, identifier("label", label)?);
    let left = admin.people.revoked(&user, &label).await?;
    admin.desk.note("token_revoked", json!({ "user": user, "label": label }), author(&request)?).await?;
    admin.people.keep_user(&left).await?;
    Ok(private(&mut HttpResponse::NoContent()).finish())
}

async fn delete_only(request: HttpRequest) -> Result<HttpResponse, Problem> {
    allowing(&request, "DELETE, OPTIONS")
}

fn enrolment<'a>(request: &HttpRequest, admin: &'a Admin) -> Result<Enrolment<'a>, Problem> {
    let now = admin.public.lookup.now();
    Ok(Enrolment { office: &admin.people, desk: &admin.desk, author: author(request)?, now })
}

fn identifier(field: &str, raw: String) -> Result<Id, Problem> {
    Id::try_from(raw).map_err(|error| bad(field, &error.to_string()))
}

fn private(response: &mut HttpResponseBuilder) -> &mut HttpResponseBuilder {
    response.insert_header((header::CACHE_CONTROL, "no-store"))
}

impl From<NotEnrolled> for Problem {
    fn from(error: NotEnrolled) -> Self {
        match error {
            NotEnrolled::Refused(refused) => refused.into(),
            NotEnrolled::Desk(error) => error.into(),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Missing => Kind::NotFound.into(),
            Refused::Unfit(field, say) => Self::at(Kind::BadBody, field, say),
            Refused::Conflict(field, say) => Self::at(Kind::Conflict, field, say),
            Refused::Store(error) => error.into(),
        }
    }
}
