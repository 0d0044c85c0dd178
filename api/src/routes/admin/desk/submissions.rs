//! `/desk/submissions…`: from an upload to its approval, and back. `/desk/template.xlsx`: what to fill in.

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::web::{BytesMut, Payload};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt as _;
use gs1::{Gtin14, Lot, TradeItem};
use serde::Deserialize;

use super::files::picture;
use super::here::Here;
use super::recalls::local;
use crate::desk::{DOCUMENT_BYTES, NotTaken, Overlay, PHOTOS_BYTES, Tray, Uploaded, Wrong, together};
use crate::pages::desk::{
    SubmissionSheet, Tried, UndoSheet, submission_card, submission_list, submission_one, submission_undo,
    submission_upload,
};
use crate::people::Role;
use crate::problem::{Kind, Problem};
use crate::registry::import::Foreseen;
use crate::registry::{MediaHash, Text};
use crate::routes::admin::Admin;
use crate::routes::body;
use crate::routes::card_page::for_one_reader;
use crate::sheets::{SheetFormat, template};
use crate::store::submissions::{Submission, SubmissionFilter, SubmissionState};
use crate::store::{Entry, Key};

/// Submissions of one part of a list.
const LISTED: usize = 50;
/// Most bytes of an upload that are read, kept or not.
const MAX_UPLOAD_BYTES: usize = DOCUMENT_BYTES + PHOTOS_BYTES + 64 * 1024;
/// Longest number of a submission, in bytes.
const MAX_NUMBER_BYTES: usize = 20;
/// Longest name of a file, in bytes, that is looked at.
const MAX_NAME_BYTES: usize = 1_024;

fn tray<'a>(here: &'a Here<'_>) -> Result<Tray<'a>, Problem> {
    let Admin { submissions, opened, desk, public, .. } = here.admin;
    Ok(Tray { kept: &**submissions, opened, desk, person: here.person()?, now: public.lookup.now() })
}

impl From<NotTaken> for Problem {
    fn from(not: NotTaken) -> Self {
        match not {
            NotTaken::Missing => Kind::NotFound.into(),
            NotTaken::NotTheirs => Kind::RoleNeeded.into(),
            NotTaken::Moved => Kind::Conflict.into(),
            NotTaken::Wrong(wrong) => Self::at(Kind::BadBody, wrong.field, wrong.say(nguon_openapi::Lang::En)),
            NotTaken::Store(error) => error.into(),
        }
    }
}

/// Submissions that the person may see.
pub(super) async fn list(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let listed = async {
        let all = here.parameter("of") == "all";
        let filter = SubmissionFilter { publisher: here.publisher().cloned(), open: !all };
        let before = Some(here.number("before")).filter(|before| *before > 0).unwrap_or(u64::MAX);
        let found = admin.submissions.submissions(&filter, before, LISTED).await?;
        let next = found.last().filter(|_| found.len() == LISTED).map(|it| it.number);
        Ok(here.ok(submission_list(all, &found, next, &here.ctx())))
    };
    here.answer(listed.await)
}

/// The workbook to fill in.
pub(super) async fn workbook(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let lang = here.lang;
    let made = web::block(move || template::workbook(lang)).await.map_err(|_| Kind::Internal);
    let answer = made.and_then(|made| made.map_err(|_| Kind::Internal)).map(|bytes| {
        for_one_reader(StatusCode::OK, lang)
            .content_type(SheetFormat::Xlsx.media_type())
            .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"nguon.xlsx\""))
            .body(bytes)
    });
    here.answer(answer.map_err(Problem::from))
}

/// The form for an upload.
pub(super) async fn empty(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    here.answer(here.must(Role::Enter).map(|()| here.ok(submission_upload(None, &[], &here.ctx()))))
}

/// Keep an upload, and lead to it.
pub(super) async fn upload(request: HttpRequest, payload: Payload, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let answer = async {
        here.must(Role::Enter)?;
        let files = body::form(&request, payload, MAX_UPLOAD_BYTES, async |form| files(form).await).await?;
        let (instead, files) = files;
        let kept = match (instead, files) {
            (None, Ok((document, photos))) => tray(&here)?.upload(document, photos).await,
            (Some(instead), Ok((document, photos))) => tray(&here)?.replace(instead, document, photos).await,
            (_, Err(wrong)) => Err(NotTaken::Wrong(wrong)),
        };
        match kept {
            Ok(number) => Ok(here.to(&format!("/desk/submissions/{number}"))),
            Err(NotTaken::Wrong(wrong)) => Ok(here.again(submission_upload(instead, &[wrong], &here.ctx()))),
            Err(other) => Err(other.into()),
        }
    };
    here.answer(answer.await)
}

/// The submission in whose place it comes, and the files.
type Files = (Option<u64>, Result<(Uploaded, Option<Uploaded>), Wrong>);

/// The files of a form. One that is too large is read to its end and dropped, so that a browser shows the answer.
async fn files(mut form: Multipart) -> Result<Files, Problem> {
    let bad = |error: &dyn core::fmt::Display| Problem::at(Kind::BadBody, "", error.to_string());
    let (mut document, mut photos, mut wrong, mut instead) = (None, Vec::new(), None, None);
    let mut photos_bytes = 0_usize;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|error| bad(&error))?;
        let (most, is_document) = match field.name() {
            Some("document") => (DOCUMENT_BYTES, true),
            Some("photos") => (PHOTOS_BYTES - photos_bytes, false),
            Some("instead") => (MAX_NUMBER_BYTES, false),
            _ => (0, false),
        };
        let name = field.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default();
        let name: String = name.chars().take(MAX_NAME_BYTES).collect();
        let is_number = field.name() == Some("instead");
        let (mut bytes, mut total) = (BytesMut::new(), 0_usize);
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|error| bad(&error))?;
            total += piece.len();
            if total <= most {
                bytes.extend_from_slice(&piece);
            }
        }
        if is_number {
            instead = core::str::from_utf8(&bytes).ok().and_then(|number| number.parse().ok());
        } else if most > 0 && total > most {
            let megabytes = if is_document { DOCUMENT_BYTES } else { PHOTOS_BYTES } / 1_048_576;
            wrong = Some(Wrong::at(
                if is_document { "document" } else { "photos" },
                format!("Tệp lớn hơn {megabytes} MB: hãy chia ra."),
                format!("The file has more than {megabytes} MB: divide it."),
            ));
        } else if !bytes.is_empty() {
            let file = Uploaded { name, bytes: bytes.freeze() };
            if is_document {
                document = Some(file);
            } else {
                photos_bytes += total;
                photos.push(file);
            }
        }
    }
    let missing = || Wrong::at("document", "Chọn tệp hồ sơ.", "Choose a file with records.");
    let files = match (wrong, document) {
        (Some(wrong), _) => Err(wrong),
        (None, Some(document)) => together(photos).map(|photos| (document, photos)),
        (None, None) => Err(missing()),
    };
    Ok((instead, files))
}

/// One submission, tried out against what is on record now.
pub(super) async fn one(request: HttpRequest, number: web::Path<u64>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let one = async {
        let submission = tray(&here)?.submission(*number).await?;
        let done = !here.parameter("done").is_empty();
        shown(&here, &submission, StatusCode::OK, done, "", &[]).await
    };
    here.answer(one.await)
}

/// What trying it out comes to; `None`: it is past that.
async fn tried(here: &Here<'_>, submission: &Submission) -> Result<Option<Result<Foreseen, Wrong>>, Problem> {
    if !submission.state.is_open() || submission.state == SubmissionState::Approving {
        return Ok(None);
    }
    match tray(here)?.tried(submission, here.lang).await {
        Ok(foreseen) => Ok(Some(Ok(foreseen))),
        Err(NotTaken::Wrong(wrong)) => Ok(Some(Err(wrong))),
        Err(other) => Err(other.into()),
    }
}

async fn shown(
    here: &Here<'_>,
    submission: &Submission,
    status: StatusCode,
    done: bool,
    why: &str,
    wrongs: &[Wrong],
) -> Result<HttpResponse, Problem> {
    let tried = tried(here, submission).await?;
    let basis = tried.as_ref().and_then(|tried| tried.as_ref().ok()).map(|foreseen| &foreseen.basis);
    let tried = match &tried {
        None => Tried::NoMore,
        Some(Ok(foreseen)) => Tried::Report(&foreseen.report),
        Some(Err(wrong)) => Tried::Unreadable(wrong.say(here.lang)),
    };
    let may_approve = here.person()?.may_approve(&submission.publisher, submission.hands());
    let sheet = SubmissionSheet { submission, tried, may_approve, basis, done, why, wrongs };
    Ok(here.page(status, submission_one(&sheet, &here.ctx())))
}

/// A step with a submission.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Send,
    Discard,
    Approve,
    Return,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    step: Step,
    version: u64,
    /// What the page was worked out from.
    #[serde(default)]
    basis: String,
    #[serde(default)]
    why: String,
}

/// Take a step.
pub(super) async fn step(
    request: HttpRequest,
    number: web::Path<u64>,
    sent: web::Form<Sent>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    here.answer(taken(&here, *number, &sent).await)
}

async fn taken(here: &Here<'_>, number: u64, sent: &Sent) -> Result<HttpResponse, Problem> {
    let tray = tray(here)?;
    let submission = tray.submission(number).await?;
    let done = match sent.step {
        Step::Send => tray.send(&submission, sent.version).await,
        Step::Discard => tray.discard(&submission, sent.version).await,
        Step::Approve => tray.approve(&submission, sent.version, sent.basis.parse().ok().as_ref()).await,
        Step::Return => match reason(&sent.why) {
            Ok(why) => tray.give_back(&submission, sent.version, why).await,
            Err(wrong) => Err(NotTaken::Wrong(wrong)),
        },
    };
    match done {
        Ok(()) => Ok(here.to(&format!("/desk/submissions/{number}?done=1"))),
        Err(NotTaken::Wrong(wrong)) => {
            let now = tray.submission(number).await?;
            shown(here, &now, StatusCode::UNPROCESSABLE_ENTITY, false, &sent.why, &[wrong]).await
        }
        Err(NotTaken::Moved) => {
            let now = tray.submission(number).await?;
            shown(here, &now, StatusCode::CONFLICT, false, &sent.why, &[moved()]).await
        }
        Err(other) => Err(other.into()),
    }
}

fn moved() -> Wrong {
    Wrong::at(
        "",
        "Hồ sơ vừa thay đổi: hãy xem lại rồi quyết định.",
        "The submission has just changed: look at it again, then decide.",
    )
}

fn reason(typed: &str) -> Result<Text, Wrong> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    Text::try_from(line).map_err(|error| Wrong::of_text("why", &error))
}

/// A card as a consumer would see it.
pub(super) async fn card(request: HttpRequest, number: web::Path<u64>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let card = async {
        let submission = tray(&here)?.submission(*number).await?;
        let gtin: Gtin14 = here.parameter("gtin").parse().map_err(|_| Kind::NotFound)?;
        let lot = Some(here.parameter("lot")).filter(|lot| !lot.is_empty());
        let lot = lot.map(|lot| Lot::try_from(lot.as_str())).transpose().map_err(|_| Kind::NotFound)?;
        let Some(Ok(foreseen)) = tried(&here, &submission).await? else { return Err(Kind::NotFound.into()) };
        let overlay = Overlay::new(admin.desk.store(), &foreseen.puts);
        let lookup = &admin.public.lookup;
        let item = TradeItem { lot, ..TradeItem::of_gtin(gtin) };
        let card = overlay.card(item, here.lang, lookup.base_url(), lookup.now()).await?;
        let card = local(card, &format!("/desk/submissions/{number}/media"));
        Ok(here.ok(submission_card(*number, &card, &here.ctx())))
    };
    here.answer(card.await)
}

/// A picture of a submission, or on record.
pub(super) async fn media(
    request: HttpRequest,
    place: web::Path<(u64, String)>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let media = async {
        let (number, hash) = place.into_inner();
        let submission = tray(&here)?.submission(number).await?;
        let hash = MediaHash::try_from(hash).map_err(|_| Kind::NotFound)?;
        let Some(Ok(foreseen)) = tried(&here, &submission).await? else { return Err(Kind::NotFound.into()) };
        match Overlay::new(admin.desk.store(), &foreseen.puts).read(&Key::Media(hash)).await? {
            Some(Entry::Media(media)) => Ok(picture(&media)),
            _ => Err(Kind::NotFound.into()),
        }
    };
    here.answer(media.await)
}

/// What taking it back would do.
pub(super) async fn before_undo(request: HttpRequest, number: web::Path<u64>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let answer = async {
        here.must(Role::Approve)?;
        let submission = tray(&here)?.submission(*number).await?;
        undo_page(&here, &submission, StatusCode::OK, "", &[]).await
    };
    here.answer(answer.await)
}

async fn undo_page(
    here: &Here<'_>,
    submission: &Submission,
    status: StatusCode,
    why: &str,
    wrongs: &[Wrong],
) -> Result<HttpResponse, Problem> {
    let back = tray(here)?.taken_back(submission).await?;
    let sheet = UndoSheet { submission, back: &back, why, wrongs };
    Ok(here.page(status, submission_undo(&sheet, &here.ctx())))
}

#[derive(Debug, Deserialize)]
pub(super) struct Undoing {
    version: u64,
    /// What the page was worked out from.
    #[serde(default)]
    basis: String,
    #[serde(default)]
    why: String,
}

/// Take it back.
pub(super) async fn undo(
    request: HttpRequest,
    number: web::Path<u64>,
    sent: web::Form<Undoing>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let answer = async {
        let tray = tray(&here)?;
        let submission = tray.submission(*number).await?;
        let done = match reason(&sent.why) {
            Ok(why) => tray.undo(&submission, sent.version, sent.basis.parse().ok().as_ref(), why).await,
            Err(wrong) => Err(NotTaken::Wrong(wrong)),
        };
        match done {
            Ok(()) => Ok(here.to(&format!("/desk/submissions/{number}?done=1"))),
            Err(NotTaken::Wrong(wrong)) => {
                undo_page(&here, &submission, StatusCode::UNPROCESSABLE_ENTITY, &sent.why, &[wrong]).await
            }
            Err(NotTaken::Moved) => {
                let now = tray.submission(*number).await?;
                undo_page(&here, &now, StatusCode::CONFLICT, &sent.why, &[moved()]).await
            }
            Err(other) => Err(other.into()),
        }
    };
    here.answer(answer.await)
}
