//! HTTP: one file per endpoint. A route parses, asks, answers; it holds no rule of the domain.
//!
//! Two listeners that share nothing but the service behind them: the public one (this module), which only reads,
//! and the one for operators (`admin`).

mod about;
pub mod admin;
mod assets;
mod batch;
mod body;
mod bulk;
mod caching;
mod card_page;
mod cards;
mod check_page;
mod checks;
mod coverage;
pub mod docs;
mod door;
mod embed;
mod frame;
mod home;
mod language;
mod limit;
mod media;
mod nothing;
mod oembed;
mod offline;
mod picture;
mod report_page;
mod reports;
mod resolve;
mod shed;
mod target;
mod unread;
mod verify;
mod widget;

use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{Compress, DefaultHeaders, Next, from_fn};
use actix_web::{Error, HttpRequest, HttpResponse, Resource, guard, web};
use nguon_openapi::Lang;

use crate::checks::Checks;
use crate::checks::place::Place;
use crate::config::Operator;
use crate::demo::Scan;
use crate::limits::Limits;
use crate::lookup::Lookup;
use crate::pages::{self, PageContext};
use crate::problem::{Kind, Problem};
use crate::reports::Reception;

pub use door::door;
pub use unread::unread;

/// What every public route has at hand.
pub struct Public {
    /// Answers questions.
    pub lookup: Lookup,
    /// Counts checks; `None`: none are offered here.
    pub checks: Option<Arc<Checks>>,
    /// Where checks come from.
    pub place: Place,
    /// The header in which a trusted proxy says so.
    pub place_header: Option<HeaderName>,
    /// Receives reports.
    pub reports: Reception,
    /// Links worth opening; empty outside a demonstration.
    pub scans: &'static [Scan],
    /// How much each client may ask.
    pub limits: Limits,
    /// Who runs the service.
    pub operator: Operator,
}

impl Public {
    /// What a page of ours needs to know beside what it shows.
    fn page<'a>(&'a self, lang: Lang, this_path: &'a str) -> PageContext<'a> {
        PageContext { lang, base_url: self.lookup.base_url(), demo: !self.scans.is_empty(), this_path }
    }
}

/// Headers that every answer carries.
const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY)),
];

/// Headers that every public answer carries beside them, whoever asks: a shared cache may hand one shop's copy to
/// another.
const OPEN_HEADERS: [(HeaderName, HeaderValue); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED)),
];

/// `HEADERS` as a layer.
#[must_use]
pub fn default_headers() -> DefaultHeaders {
    HEADERS.into_iter().fold(DefaultHeaders::new(), DefaultHeaders::add)
}

/// All of them as a layer.
#[must_use]
pub fn public_headers() -> DefaultHeaders {
    OPEN_HEADERS.into_iter().fold(default_headers(), DefaultHeaders::add)
}

/// Headers that a page's script may read.
const EXPOSED: &str = "ETag, Retry-After, RateLimit, RateLimit-Policy, Cache-Status, Age";

/// What the documentation pages need; every other page sets a stricter policy of its own.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Any page may read the public API; nothing here looks at who asks.
pub fn cors() -> Cors {
    Cors::default()
        .allow_any_origin()
        .send_wildcard()
        .allowed_methods([Method::GET, Method::HEAD, Method::POST])
        .allowed_headers([header::ACCEPT, header::ACCEPT_LANGUAGE, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .allowed_header(body::IDEMPOTENCY_KEY)
        .expose_headers(EXPOSED.split(", "))
        .max_age(86_400)
        // The answer is the same for every origin: a shared cache needs no copy per shop.
        .disable_vary_header()
}

/// The public routes.
pub fn configure(app: &mut web::ServiceConfig) {
    app.service(reading("/").get_and_head(home::home).wrap(Compress::default()))
        .service(reading("/v1/verify").get_and_head(verify::verify))
        .service(
            posting("/v1/verify/batch")
                .wrap(from_fn(patience))
                .app_data(json_body(batch::MAX_BODY_BYTES))
                .route(web::post().to(batch::batch)),
        )
        .service(posting("/v1/verify/bulk").route(web::post().to(bulk::bulk)))
        .service(
            posting("/v1/checks")
                .wrap(from_fn(patience))
                .app_data(json_body(checks::MAX_BODY_BYTES))
                .route(web::post().to(checks::check)),
        )
        .service(
            posting("/check")
                .wrap(Compress::default())
                .wrap(from_fn(patience))
                .app_data(web::FormConfig::default().limit(checks::MAX_BODY_BYTES))
                .route(web::post().to(check_page::check))
                .route(reads().to(check_page::leave)),
        )
        .configure(report_routes)
        .service(reading("/v1/verify/{code:.*}").get_and_head(verify::verify))
        .service(reading("/card").get_and_head(card_page::card_page).wrap(Compress::default()))
        .service(reading("/card/{code:.*}").get_and_head(card_page::card_page).wrap(Compress::default()))
        .service(
            web::resource("/embed")
                .wrap(Compress::default())
                .wrap(from_fn(patience))
                .route(reads().to(embed::embed))
                .route(web::post().to(coverage::coverage))
                .default_service(web::to(read_or_post)),
        )
        .service(reading("/embed/{code:.*}").get_and_head(frame::frame).wrap(Compress::default()))
        .service(
            reading("/oembed").get_and_head(oembed::oembed).wrap(Compress::default()).wrap(from_fn(shed::can_wait)),
        )
        .service(reading("/v1/codes/{code:.*}").get_and_head(picture::picture).wrap(Compress::default()))
        .service(
            reading("/v1/media/{hash}")
                .get_and_head(media::media)
                .wrap(Compress::default())
                .wrap(from_fn(shed::can_wait)),
        )
        .service(reading("/v1/cards/{code:.*}.view.json").get_and_head(cards::view).wrap(Compress::default()))
        .service(reading("/v1/cards/{code:.*}.html").get_and_head(cards::fragment).wrap(Compress::default()))
        .service(reading("/widget/{file:.*}").get_and_head(widget::file))
        .service(reading("/assets/{file}").get_and_head(assets::asset).wrap(Compress::default()))
        .service(reading("/favicon.ico").get_and_head(assets::favicon))
        .service(reading("/about").get_and_head(about::about).wrap(Compress::default()))
        .service(reading("/privacy").get_and_head(about::privacy).wrap(Compress::default()))
        .service(reading(pages::OFFLINE_PATH).get_and_head(offline::page).wrap(Compress::default()))
        .service(reading("/offline.js").get_and_head(offline::worker).wrap(Compress::default()))
        .service(
            reading("/openapi.json")
                .get_and_head(docs::openapi)
                .wrap(Compress::default())
                .wrap(from_fn(shed::can_wait)),
        )
        .service(reading("/docs/problems").get_and_head(docs::problems).wrap(Compress::default()))
        .service(reading("/docs").get_and_head(docs::to_try_it))
        .configure(docs::try_it)
        .service(reading("/{ai:01|8006|gtin}/{rest:.*}").get_and_head(resolve::resolve))
        .default_service(web::to(nothing::nothing_here));
}

/// Reports: "this looks wrong".
fn report_routes(app: &mut web::ServiceConfig) {
    app.service(posting("/v1/reports").wrap(from_fn(slow_patience)).route(web::post().to(reports::report)))
        .service(reading("/v1/reports/{receipt}").get_and_head(reports::report_status))
        .service(
            web::resource("/report")
                .wrap(Compress::default())
                .wrap(from_fn(slow_patience))
                .route(reads().to(report_page::form))
                .route(web::post().to(report_page::send))
                .default_service(web::to(read_or_post)),
        )
        .service(reading("/report/{receipt}").get_and_head(report_page::look).wrap(Compress::default()));
}

/// GET and HEAD.
fn reads() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn posting(path: &str) -> Resource {
    web::resource(path).default_service(web::to(post_only))
}

async fn post_only(request: HttpRequest) -> Result<HttpResponse, Problem> {
    allowing(&request, "POST, OPTIONS")
}

async fn read_or_post(request: HttpRequest) -> Result<HttpResponse, Problem> {
    allowing(&request, "GET, HEAD, POST, OPTIONS")
}

/// OPTIONS is told which methods there are (RFC 9110, section 9.3.7); any other that comes here is none of them.
fn allowing(request: &HttpRequest, allow: &'static str) -> Result<HttpResponse, Problem> {
    if request.method() != Method::OPTIONS {
        return Err(Problem::method(allow));
    }
    Ok(HttpResponse::NoContent()
        .insert_header((header::ALLOW, allow))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allow))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .finish())
}

/// A body that has not arrived after 30 s is given up (408): the deadline on the head does not cover it.
async fn patience<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    within(BODY_TIMEOUT, request, next).await
}

/// The same for a body with a photo, over the network of a village market.
async fn slow_patience<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    within(PHOTO_TIMEOUT, request, next).await
}

async fn within<B: MessageBody>(
    time: Duration,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    match tokio::time::timeout(time, next.call(request)).await {
        Ok(response) => response,
        Err(_) => Err(Problem::from(Kind::RequestTimeout).into()),
    }
}

/// How long a request with a small body may take in all.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long one with a photo may.
const PHOTO_TIMEOUT: Duration = Duration::from_mins(2);

fn json_body(limit: usize) -> web::JsonConfig {
    web::JsonConfig::default().limit(limit).error_handler(|error, _| Problem::from(&error).into())
}

fn reading(path: &str) -> Resource {
    web::resource(path)
}

/// A resource that is only read.
trait ReadOnly {
    /// GET and HEAD go to the handler; any other method is told which are allowed.
    fn get_and_head<F, Args>(self, handler: F) -> Resource
    where
        F: actix_web::Handler<Args>,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static;
}

impl ReadOnly for Resource {
    fn get_and_head<F, Args>(self, handler: F) -> Resource
    where
        F: actix_web::Handler<Args>,
        Args: actix_web::FromRequest + 'static,
        F::Output: actix_web::Responder + 'static,
    {
        self.route(reads().to(handler)).default_service(web::to(read_only))
    }
}

async fn read_only(request: HttpRequest) -> Result<HttpResponse, Problem> {
    allowing(&request, "GET, HEAD, OPTIONS")
}
