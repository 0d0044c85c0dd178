//! `GET /v1/codes/{code}/badge.svg`, `badge.png`, `qr.svg`: a code as a picture.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use gs1::Outcome;
use nguon_openapi::UnknownValue;

use super::embed::{option, shop_card};
use super::frame::instead_of;
use super::target::{Given, parameter};
use super::{Public, caching, language, limit, shed};
use crate::drawing::{Badge, Label, MAX_SIZE_PX, MIN_SIZE_PX, Scale, Theme, qr};
use crate::lookup::{self, Fields};
use crate::problem::{Kind, Problem};

const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";

/// Opened by itself, nothing in a picture can run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Width of a QR code unless another is asked for, in CSS pixels.
const QR_SIZE_PX: u32 = 256;

/// How long a QR code may be in seconds: it depends on nothing but the code.
const QR_CACHE: &str = "public, max-age=86400";

pub(super) async fn picture(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let path = request.uri().path();
    let rest = path.strip_prefix("/v1/codes").ok_or(Kind::NotFound)?;
    let (code, name) = rest.rsplit_once('/').ok_or(Kind::NotFound)?;
    let query = request.uri().query();
    match name {
        "badge.svg" => badge(&request, &public, Given::within(code, query)?, SVG).await,
        "badge.png" => badge(&request, &public, Given::within(code, query)?, PNG).await,
        "qr.svg" => label(&request, &public, &Given::within(code, query)?),
        _ => Err(Kind::NotFound.into()),
    }
}

/// What a card says in one line, as a picture. Never more than `info`; a recall, a caution and a danger are shown. When
/// the code could not be looked up, the picture says so, looks like no verdict, and comes with that status.
#[utoipa::path(
    get,
    path = "/v1/codes/{code}/badge.svg",
    tag = "pictures",
    operation_id = "badge_svg",
    params(
        ("code" = String, Path, description = "The code, percent-encoded once. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the text; else Accept-Language, else vi."),
        ("theme" = Option<String>, Query, description = "`light` (default), `dark`, or `auto`: as the reader's screen.", example = "auto"),
    ),
    responses(
        (status = 200, description = "The badge, without the serial.", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests: a badge that says that the code could not be checked.", content((String = "image/svg+xml"), (nguon_openapi::Problem = "application/problem+json"))),
        (status = 503, description = "A badge that says that the code could not be checked.", content((String = "image/svg+xml"), (nguon_openapi::Problem = "application/problem+json"))),
    ),
)]
#[expect(dead_code, reason = "documents one of the addresses of the handler above")]
pub(super) fn badge_svg() {}

/// The same as PNG, for mail programs that show no SVG.
#[utoipa::path(
    get,
    path = "/v1/codes/{code}/badge.png",
    tag = "pictures",
    operation_id = "badge_png",
    params(
        ("code" = String, Path, description = "The code, percent-encoded once. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the text; else Accept-Language, else vi."),
        ("theme" = Option<String>, Query, description = "`light` (default) or `dark`.", example = "light"),
        ("scale" = Option<u8>, Query, description = "Pixels for each CSS pixel: 1, 2 (default) or 3.", example = 2),
    ),
    responses(
        (status = 200, description = "The badge, 60 CSS pixels high.", body = String, content_type = "image/png"),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests: a badge that says that the code could not be checked.", content((String = "image/png"), (nguon_openapi::Problem = "application/problem+json"))),
        (status = 503, description = "A badge that says that the code could not be checked.", content((String = "image/png"), (nguon_openapi::Problem = "application/problem+json"))),
    ),
)]
#[expect(dead_code, reason = "documents one of the addresses of the handler above")]
pub(super) fn badge_png() {}

/// A QR code with the Digital Link of a code, for labels: quiet zone of four modules, error correction M, the code in
/// words below it. Says nothing about the code: it is not looked up.
#[utoipa::path(
    get,
    path = "/v1/codes/{code}/qr.svg",
    tag = "pictures",
    operation_id = "qr_svg",
    params(
        ("code" = String, Path, description = "The code of a trade item, percent-encoded once. A Digital Link path goes in as it is.", example = "09520000010010"),
        ("size" = Option<u32>, Query, description = "Width in CSS pixels, from 96 to 2,048; 256 unless given.", example = 512),
    ),
    responses(
        (status = 200, description = "The QR code.", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "As before."),
        (status = 400, description = "no_code, code_too_long or bad_parameter: also for what is no trade item, which has no Digital Link.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "busy with lookups.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
#[expect(dead_code, reason = "documents one of the addresses of the handler above")]
pub(super) fn qr_svg() {}

async fn badge(
    request: &HttpRequest,
    public: &Public,
    given: Given<'_>,
    media_type: &'static str,
) -> Result<HttpResponse, Problem> {
    let chosen = language::of(request)?;
    let theme = theme(request, media_type)?;
    let scale = scale(request)?;
    let card = match shed::room(public) {
        Ok(()) => shop_card(request, public, &given, chosen.lang, Fields::of([])).await,
        Err(busy) => Err(busy),
    };
    let (badge, mut response) = match card {
        Ok((card, served)) => {
            let badge = Badge::of(&card);
            let tag = lookup::tag(format!("{} {media_type} {theme:?} {scale:?}", badge.fingerprint()).as_bytes());
            let (mut response, known) = caching::begin_card(request, &tag, &served, chosen);
            if known {
                return Ok(response.finish());
            }
            (badge, response)
        }
        // Whoever reads the page cannot read a problem document: the picture itself says it. Its status, and that
        // nobody may keep it, are the problem's.
        Err(problem) => (Badge::could_not_check(chosen.lang), instead_of(&problem)),
    };
    let drawing = badge.draw();
    if media_type == SVG {
        return Ok(image(&mut response, SVG, drawing.svg(theme, drawing.size().0).into_bytes()));
    }
    // Painting is long for a thread that answers lookups.
    let painted = web::block(move || drawing.png(theme, scale)).await.ok().flatten().ok_or(Kind::Internal)?;
    Ok(image(&mut response, PNG, painted))
}

fn label(request: &HttpRequest, public: &Public, given: &Given<'_>) -> Result<HttpResponse, Problem> {
    let size = size(request)?;
    shed::room(public)?;
    limit::admit(request, public, 1)?;
    let reading = given.read();
    let Outcome::TradeItem(item) = &reading.outcome else {
        return Err(Problem::at(
            Kind::BadParameter,
            "code",
            "must name a GS1 trade item: nothing else has a Digital Link",
        ));
    };
    let label = Label::of(item, public.lookup.base_url());
    let tag = lookup::tag(format!("{size} {label:?}").as_bytes());
    let (mut response, known) = caching::begin(request, &tag);
    response.insert_header((header::CACHE_CONTROL, QR_CACHE));
    if known {
        return Ok(response.finish());
    }
    let drawing = qr(&label).ok_or(Kind::CodeTooLong)?;
    Ok(image(&mut response, SVG, drawing.svg(Theme::Light, size).into_bytes()))
}

fn image(response: &mut HttpResponseBuilder, media_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    response
        .content_type(media_type)
        // Shops and mail show these pictures.
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(bytes)
}

fn theme(request: &HttpRequest, media_type: &str) -> Result<Theme, Problem> {
    let Word(theme) = option(request, "theme")?;
    if theme == Theme::Auto && media_type == PNG {
        return Err(Problem::at(Kind::BadParameter, "theme", "must be one of: light, dark"));
    }
    Ok(theme)
}

/// A theme by its word.
#[derive(Default)]
struct Word(Theme);

impl core::str::FromStr for Word {
    type Err = UnknownValue;
    fn from_str(s: &str) -> Result<Self, UnknownValue> {
        match s {
            "light" => Ok(Self(Theme::Light)),
            "dark" => Ok(Self(Theme::Dark)),
            "auto" => Ok(Self(Theme::Auto)),
            _ => Err(UnknownValue { allowed: "light, dark, auto" }),
        }
    }
}

fn scale(request: &HttpRequest) -> Result<Scale, Problem> {
    let wrong = || Problem::at(Kind::BadParameter, "scale", "must be one of: 1, 2, 3");
    let Some(value) = parameter(request.uri().query(), "scale") else { return Ok(Scale::DEFAULT) };
    number(&value).and_then(|pixels| u8::try_from(pixels).ok()).and_then(Scale::of).ok_or_else(wrong)
}

fn size(request: &HttpRequest) -> Result<u32, Problem> {
    let wrong = || Problem::at(Kind::BadParameter, "size", format!("must be {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels"));
    let Some(value) = parameter(request.uri().query(), "size") else { return Ok(QR_SIZE_PX) };
    number(&value).filter(|pixels| (MIN_SIZE_PX..=MAX_SIZE_PX).contains(pixels)).ok_or_else(wrong)
}

fn number(value: &[u8]) -> Option<u32> {
    core::str::from_utf8(value).ok()?.parse().ok()
}
