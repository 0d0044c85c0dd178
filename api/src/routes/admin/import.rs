//! `POST /v1/import?publisher=&strict=&dry_run=&approved_by=&why=&lang=`: records in, a report out.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::web::BytesMut;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt as _;
use nguon_openapi::Lang;
use tokio::sync::Semaphore;

use super::{Admin, author, bad, switch};
use crate::people::{Person, Role};
use crate::problem::{Kind, Problem};
use crate::registry::import::{Format, ImportOrder, Report, Spool};
use crate::routes::body;
use crate::routes::target::parameter;
use crate::sheets::{self, Album, Book, Reading, SheetFormat, Unreadable};

/// Largest document, in bytes. It passes through a temporary file, not through memory.
const MAX_DOCUMENT_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// Largest form, in bytes: a spreadsheet and its pictures, which pass through temporary files.
const MAX_FORM_BYTES: usize = 1024 * 1024 * 1024;

/// Largest document, and largest form, in bytes, of somebody who may only try out what it would do: while it is folded no
/// other import comes in.
const MAX_TRIED_BYTES: u64 = 64 * 1024 * 1024;

/// Most files of a form.
const MAX_FILES: usize = 1_000;

/// How long the next piece of the body may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Spreadsheets that are read at once: each may take some hundred megabytes while it lasts.
static READING: Semaphore = Semaphore::const_new(2);

/// Import a document. 200 even if records were refused: the report names each by line, field and what to do; in a
/// spreadsheet by sheet, cell and heading, in the language of `lang`. With `strict=true` nothing is written if any is.
///
/// A spreadsheet comes as it is, or in a form as `file`, with its pictures as `images` (files, or one ZIP archive).
pub(super) async fn import(
    request: HttpRequest,
    payload: web::Payload,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let most = if person.may(Role::Operate) { u64::MAX } else { MAX_TRIED_BYTES };
    let media_type = body::media_type(&request);
    let order = ImportOrder {
        author: author(&request)?,
        strict: switch(&request, "strict")?,
        dry_run: switch(&request, "dry_run")?,
        over: None,
        once: None,
    };
    let lang = lang(&request)?;
    let report = if let Some(format) = Format::of_media_type(&media_type) {
        let document = document(payload, format, most.min(MAX_DOCUMENT_BYTES)).await?;
        admin.desk.import(document.finish(), order).await?
    } else if let Some(format) = SheetFormat::of_media_type(&media_type) {
        let bytes = sheet(payload).await?;
        load(&admin, Upload { sheet: Some((format, bytes)), images: Vec::new() }, order, lang).await?
    } else if media_type == "multipart/form-data" {
        let most = usize::try_from(most).map_or(MAX_FORM_BYTES, |most| most.min(MAX_FORM_BYTES));
        let upload = body::form(&request, payload, most, async |form| Upload::of(form).await).await?;
        load(&admin, upload, order, lang).await?
    } else {
        return Err(Problem::at(
            Kind::UnsupportedMediaType,
            "Content-Type",
            "must be one of: application/x-ndjson, application/json, text/csv, multipart/form-data, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ));
    };
    Ok(HttpResponse::Ok().json(report))
}

/// Language of what is said about a spreadsheet: Vietnamese where none is asked for.
fn lang(request: &HttpRequest) -> Result<Lang, Problem> {
    let Some(raw) = parameter(request.uri().query(), "lang") else { return Ok(Lang::Vi) };
    let known = core::str::from_utf8(&raw).ok().and_then(|raw| raw.parse().ok());
    known.ok_or_else(|| bad("lang", "must be one of: vi, en"))
}

async fn next(payload: &mut web::Payload) -> Result<Option<web::Bytes>, Problem> {
    let piece =
        tokio::time::timeout(PATIENCE, payload.next()).await.map_err(|_| Problem::from(Kind::RequestTimeout))?;
    piece.transpose().map_err(|error| Problem::at(Kind::BadBody, "", error.to_string()))
}

async fn document(mut payload: web::Payload, format: Format, most: u64) -> Result<Spool, Problem> {
    let mut spool = Spool::new(format);
    while let Some(piece) = next(&mut payload).await? {
        if spool.len() + piece.len() as u64 > most {
            return Err(Kind::BodyTooLarge.into());
        }
        spool.push(&piece).map_err(|error| not_kept(&error))?;
    }
    Ok(spool)
}

async fn sheet(mut payload: web::Payload) -> Result<BytesMut, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(piece) = next(&mut payload).await? {
        extend(&mut bytes, &piece)?;
    }
    Ok(bytes)
}

fn extend(bytes: &mut BytesMut, piece: &[u8]) -> Result<(), Problem> {
    if (bytes.len() + piece.len()) as u64 > sheets::MAX_BYTES {
        return Err(Kind::BodyTooLarge.into());
    }
    bytes.extend_from_slice(piece);
    Ok(())
}

fn not_kept(error: &io::Error) -> Problem {
    tracing::error!(%error, "a body could not be kept");
    Kind::Internal.into()
}

/// A spreadsheet with its pictures.
#[derive(Default)]
struct Upload {
    sheet: Option<(SheetFormat, BytesMut)>,
    images: Vec<(String, File)>,
}

impl Upload {
    async fn of(mut form: Multipart) -> Result<Self, Problem> {
        let mut upload = Self::default();
        let wrong = |field: &str, error: &dyn core::fmt::Display| Problem::at(Kind::BadBody, field, error.to_string());
        while let Some(field) = form.next().await {
            let mut field = field.map_err(|error| wrong("", &error))?;
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default().to_owned();
            let mut bytes = BytesMut::new();
            let mut kept =
                if name == "images" { Some(tempfile::tempfile().map_err(|error| not_kept(&error))?) } else { None };
            while let Some(piece) = field.next().await {
                let piece = piece.map_err(|error| wrong(&name, &error))?;
                match &mut kept {
                    Some(kept) => kept.write_all(&piece).map_err(|error| not_kept(&error))?,
                    None => extend(&mut bytes, &piece)?,
                }
            }
            match (name.as_str(), kept) {
                ("images", Some(mut kept)) if !file.is_empty() => {
                    kept.rewind().map_err(|error| not_kept(&error))?;
                    upload.images.push((file, kept));
                }
                ("file", _) => {
                    let format =
                        SheetFormat::of_name(file.as_ref()).ok_or_else(|| wrong("file", &Unreadable::NotASheet))?;
                    upload.sheet = Some((format, bytes));
                }
                _ => {}
            }
            if upload.images.len() > MAX_FILES {
                return Err(Kind::BodyTooLarge.into());
            }
        }
        Ok(upload)
    }
}

/// Read a spreadsheet and import what it says.
async fn load(admin: &Admin, upload: Upload, order: ImportOrder, lang: Lang) -> Result<Report, Problem> {
    let publisher = order.author.publisher.clone();
    let missing = || {
        Problem::at(
            Kind::BadBody,
            "file",
            lang.pick("còn thiếu: gửi tệp .xlsx hoặc .csv", "is missing: send an .xlsx or .csv file"),
        )
    };
    let (format, bytes) = upload.sheet.ok_or_else(missing)?;
    let images = upload.images;
    let place = READING.acquire().await.map_err(|_| Kind::Internal)?;
    let book = web::block(move || {
        let mut album = Album::none();
        for (name, file) in images {
            album.add(&name, file)?;
        }
        Book::read(&bytes, Reading { format, publisher: &publisher, lang }, &mut album)
    })
    .await
    .map_err(|_| Kind::Internal)?
    .map_err(|why| match why {
        Unreadable::TooManyBytes | Unreadable::TooManyCells | Unreadable::Bomb => {
            Problem::at(Kind::BodyTooLarge, "file", why.say(lang))
        }
        Unreadable::Pictures => Problem::at(Kind::BadBody, "images", why.say(lang)),
        _ => Problem::at(Kind::BadBody, "file", why.say(lang)),
    })?;
    drop(place);
    let mut report = admin.desk.import(book.document(), order).await?;
    book.legend().explain(&mut report);
    Ok(report)
}
