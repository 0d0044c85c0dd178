//! The body of a report: JSON, or a form with a photo as a file.
//!
//! A photo that is too large is read to its end and dropped, up to a bound: a browser that is cut off while it sends
//! shows no answer, and the words that somebody wrote would be lost.

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::web::{Bytes, BytesMut, Payload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use nguon_openapi::{Lang, ReportRequest};

use crate::problem::{Kind, Problem};
use crate::reports::{Fault, Given, PHOTO_BYTES, Share};
use crate::routes::verify::word;
use crate::routes::{Public, body, language};

/// Largest fields beside the photo, in bytes, all together: 2,000 characters of four bytes, and as much again for the rest.
const MAX_TEXT_BYTES: usize = 32 * 1024;
/// Largest JSON body, in bytes: text may be escaped, six characters for one.
const MAX_JSON_BYTES: usize = PHOTO_BYTES.div_ceil(3) * 4 + 3 * MAX_TEXT_BYTES;
/// Most bytes of a form that are read, kept or not.
const MAX_FORM_BYTES: usize = 16 * 1024 * 1024;

/// What came.
pub(in crate::routes) struct Intake {
    pub(in crate::routes) given: Given,
    /// The key of a form; a header goes before it.
    pub(in crate::routes) key: Option<String>,
    pub(in crate::routes) lang: Lang,
    /// The memory that it takes.
    pub(in crate::routes) share: Share,
}

/// Take the body.
pub(in crate::routes) async fn take(
    request: &HttpRequest,
    payload: Payload,
    public: &Public,
) -> Result<Intake, Problem> {
    let lang = language::of(request)?.lang;
    let share = public.reports.room().share();
    match body::media_type(request).as_str() {
        "application/json" => of_json(payload, lang, share).await,
        "multipart/form-data" => of_form(request, payload, lang, share).await,
        _ => Err(Problem::at(
            Kind::UnsupportedMediaType,
            "Content-Type",
            "must be one of: application/json, multipart/form-data",
        )),
    }
}

async fn of_json(mut payload: Payload, lang: Lang, mut share: Share) -> Result<Intake, Problem> {
    let mut body = BytesMut::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|error| bad("", error))?;
        if body.len() + piece.len() > MAX_JSON_BYTES {
            return Err(Kind::BodyTooLarge.into());
        }
        share.grow(piece.len()).map_err(|_| Kind::ReportsUnavailable)?;
        body.extend_from_slice(&piece);
    }
    // What serde says names the field, and quotes nothing but the caller's own body.
    let sent: ReportRequest = serde_json::from_slice(&body).map_err(|error| bad("", error))?;
    let lang = sent.lang.unwrap_or(lang);
    let photo = sent.photo.map(|photo| STANDARD.decode(photo).map(Bytes::from)).transpose();
    let photo = photo.map_err(|_| Problem::at(Kind::BadBody, "photo", Fault::PhotoBase64.say(Lang::En)))?;
    let given = Given {
        code: sent.code,
        reason: sent.reason.as_str().to_owned(),
        text: sent.text.unwrap_or_default(),
        contact: sent.contact.unwrap_or_default(),
        place: sent.place.unwrap_or_default(),
        photo,
        lang,
    };
    Ok(Intake { given, key: None, lang, share })
}

fn bad(field: &str, error: impl core::fmt::Display) -> Problem {
    Problem::at(Kind::BadBody, field, error.to_string())
}

async fn of_form(request: &HttpRequest, payload: Payload, lang: Lang, share: Share) -> Result<Intake, Problem> {
    let mut intake = Intake { given: Given { lang, ..Given::default() }, key: None, lang, share };
    body::form(request, payload, MAX_FORM_BYTES, async |form| fields(form, &mut intake).await).await?;
    Ok(intake)
}

async fn fields(mut form: Multipart, intake: &mut Intake) -> Result<(), Problem> {
    let mut text_left = MAX_TEXT_BYTES;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|error| bad("", error))?;
        let name = field.name().unwrap_or_default().to_owned();
        let is_photo = name == "photo";
        // One byte more than is taken says that it is too much.
        let most = if is_photo { PHOTO_BYTES + 1 } else { text_left };
        let mut value = BytesMut::new();
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|error| bad(&name, error))?;
            let room = most - value.len();
            if piece.len() > room && !is_photo {
                return Err(Problem::at(Kind::BodyTooLarge, name, "is too long"));
            }
            let kept = &piece[..piece.len().min(room)];
            intake.share.grow(kept.len()).map_err(|_| Kind::ReportsUnavailable)?;
            value.extend_from_slice(kept);
        }
        if is_photo {
            // A browser sends an empty file where none was chosen.
            intake.given.photo = Some(value.freeze()).filter(|photo| !photo.is_empty());
            continue;
        }
        text_left -= value.len();
        let text = String::from_utf8(value.to_vec())
            .map_err(|_| Problem::at(Kind::BadBody, name.clone(), Fault::NotText.say(Lang::En)))?;
        let given = &mut intake.given;
        match name.as_str() {
            "code" => given.code = text,
            "reason" => given.reason = text,
            "text" => given.text = text,
            "contact" => given.contact = text,
            "place" => given.place = text,
            "key" => intake.key = Some(text),
            "lang" if !text.is_empty() => {
                given.lang = word(text.as_bytes(), "lang")?;
                intake.lang = given.lang;
            }
            _ => {}
        }
    }
    Ok(())
}
