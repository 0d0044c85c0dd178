//! `POST /embed`: a list of codes, and which of them have a card; as a page, or as CSV.

use std::collections::HashMap;

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use gs1::Outcome as Read;
use nguon_openapi::{Context, Lang, Level, Section};

use super::card_page::{html_under, path_without_lang, problem_page};
use super::limit::Admitted;
use super::target::{Given, parameter};
use super::verify::word;
use super::{Public, body, language, limit, shed};
use crate::coverage::{List, Listed, Row, Source, Spelling, sheet};
use crate::lookup::{Fields, Question};
use crate::pages::embed::{EMBED_POLICY, Outcome, result};
use crate::problem::{Kind, Problem};

/// Largest body, in bytes: three thousand rows of a wide table.
const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

/// Codes that are looked up together.
const TOGETHER: usize = 100;

/// Check which codes of a list have a card. The list comes as a form (`codes` or `file`), as text (a code a line) or
/// as CSV; at most 3,000 codes are taken. The answer is a page, or CSV with `format=csv`.
#[utoipa::path(
    post,
    path = "/embed",
    tag = "embed",
    operation_id = "coverage",
    params(
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the answer."),
        ("format" = Option<String>, Query, description = "`csv` for CSV; else a page.", example = "csv"),
    ),
    request_body(content = String, content_type = "text/plain", description = "A code a line, at most 3,000; also text/csv, or multipart/form-data with `codes` or `file`.", example = json!("09520000010010\n9520000040017\n")),
    responses(
        (status = 200, description = "A row for each code: card, no_card, malformed, warning, recall or not_checked.", body = String, content_type = "text/csv"),
        (status = 400, description = "no_code or bad_parameter.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 413, description = "body_too_large.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 415, description = "unsupported_media_type.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 422, description = "bad_body.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable: no code could be looked up.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn coverage(request: HttpRequest, payload: Payload, public: web::Data<Public>) -> HttpResponse {
    let mut asked = Asked::of(&request);
    let answered = match asked.take(&request, payload).await {
        Ok(()) => answer(&request, &public, &asked).await,
        Err(problem) => Err(problem),
    };
    match answered {
        Ok(response) => response,
        // Who asks for a file is a program, or a person who can tell a problem from a file.
        Err(problem) if asked.as_csv => actix_web::ResponseError::error_response(&problem),
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

/// What a request asks.
struct Asked {
    list: Option<(Bytes, Source)>,
    as_csv: bool,
    lang: Option<Lang>,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        let format = parameter(request.uri().query(), "format");
        Self { list: None, as_csv: format.is_some_and(|format| *format == *b"csv"), lang: None }
    }

    /// Take the body.
    async fn take(&mut self, request: &HttpRequest, payload: Payload) -> Result<(), Problem> {
        match body::media_type(request).as_str() {
            "multipart/form-data" => {
                body::form(request, payload, MAX_BODY_BYTES, async |form| self.take_form(form).await).await
            }
            "text/plain" => self.take_text(payload, Source::Text).await,
            "text/csv" => self.take_text(payload, Source::Table).await,
            _ => Err(Problem::at(
                Kind::UnsupportedMediaType,
                "Content-Type",
                "must be one of: multipart/form-data, text/plain, text/csv",
            )),
        }
    }

    async fn take_text(&mut self, payload: Payload, source: Source) -> Result<(), Problem> {
        let body = payload.to_bytes_limited(MAX_BODY_BYTES).await.map_err(|_| Kind::BodyTooLarge)?;
        self.list = Some((body.map_err(|error| Problem::at(Kind::BadBody, "", error.to_string()))?, source));
        Ok(())
    }

    async fn take_form(&mut self, mut form: Multipart) -> Result<(), Problem> {
        let mut left = MAX_BODY_BYTES;
        let mut typed = None;
        while let Some(field) = form.next().await {
            let mut field = field.map_err(|error| Problem::at(Kind::BadBody, "", error.to_string()))?;
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.content_disposition().and_then(|it| it.get_filename()).map(Source::of_file);
            let value = field.bytes(left).await.map_err(|_| Kind::BodyTooLarge)?;
            let value = value.map_err(|error| Problem::at(Kind::BadBody, name.clone(), error.to_string()))?;
            left = left.saturating_sub(value.len());
            match name.as_str() {
                "codes" => typed = Some((value, Source::Text)),
                // A browser sends an empty file where none was chosen.
                "file" if !value.is_empty() => self.list = Some((value, file.unwrap_or(Source::Text))),
                "lang" if !value.is_empty() => self.lang = Some(word(&value, "lang")?),
                "format" => self.as_csv = *value == *b"csv",
                _ => {}
            }
        }
        self.list = self.list.take().or(typed);
        Ok(())
    }
}

async fn answer(request: &HttpRequest, public: &Public, asked: &Asked) -> Result<HttpResponse, Problem> {
    let lang = match asked.lang {
        Some(lang) => lang,
        None => language::of(request)?.lang,
    };
    // Three thousand lookups can wait until the shoppers have theirs.
    shed::room(public)?;
    let list = asked.list.as_ref().map(|(bytes, source)| List::read(bytes, *source)).unwrap_or_default();
    if list.codes.is_empty() {
        return Err(Kind::NoCode.into());
    }
    let admitted = limit::admit(request, public, u32::try_from(list.codes.len()).unwrap_or(u32::MAX))?;
    let rows = look_up(public, admitted, &list, lang).await?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, lang.as_str()));
    if asked.as_csv {
        return Ok(response
            .content_type("text/csv; charset=utf-8; header=present")
            .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"nguon-codes.csv\""))
            .body(sheet(&rows, lang)));
    }
    let path = path_without_lang(request);
    let ctx = public.page(lang, &path);
    response.insert_header(("x-robots-tag", "noindex"));
    let page = result(Outcome { rows: &rows, more: list.more }, &ctx);
    Ok(html_under(&mut response, page.into_string(), EMBED_POLICY))
}

/// A row for each code, in order. When not one of them could be looked up, that is the answer.
async fn look_up(public: &Public, admitted: Admitted, list: &List, lang: Lang) -> Result<Vec<Row>, Problem> {
    let mut rows: Vec<Row> = Vec::with_capacity(list.codes.len());
    let mut failures = 0;
    let mut failure = None;
    for codes in list.codes.chunks(TOGETHER) {
        for (listed, looked) in
            codes.iter().zip(join_all(codes.iter().map(|code| row(public, admitted, code, lang))).await)
        {
            rows.push(looked.unwrap_or_else(|problem| {
                let kind = problem.kind().row();
                failures += 1;
                failure = Some(problem);
                Row::not_checked(listed, lang.pick(kind.vi.1, kind.detail))
            }));
        }
    }
    match failure {
        Some(problem) if failures == rows.len() => return Err(problem),
        _ => {}
    }
    let mut first: HashMap<String, u64> = HashMap::new();
    for row in &mut rows {
        let name = row.card.clone().unwrap_or_else(|| row.given.clone());
        if name.is_empty() {
            continue;
        }
        let line = *first.entry(name).or_insert(row.line);
        row.repeats = (line != row.line).then_some(line);
    }
    Ok(rows)
}

async fn row(public: &Public, admitted: Admitted, listed: &Listed, lang: Lang) -> Result<Row, Problem> {
    let spelling = Spelling::of(&listed.given);
    if spelling.code.len() > gs1::MAX_BYTES {
        return Ok(Row::too_long(listed, lang));
    }
    let card = card(public, admitted, &spelling.code, lang).await?;
    match &spelling.padded {
        Some(padded) if card.level == Level::None => {
            let padded = self::card(public, admitted, padded, lang).await?;
            Ok(Row::of(listed, &spelling, true, &padded))
        }
        _ => Ok(Row::of(listed, &spelling, false, &card)),
    }
}

async fn card(public: &Public, admitted: Admitted, code: &str, lang: Lang) -> Result<nguon_openapi::Card, Problem> {
    let given = Given::of_text(code)?;
    let reading = given.read();
    // A catalogue is full of products that nobody has registered, and whether a kind of product is on record is no
    // secret. What may be tried out (lots, codes of other schemes) counts as everywhere else.
    let is_plain = match &reading.outcome {
        Read::TradeItem(item) => item.lot.is_none(),
        Read::Malformed(_) | Read::NotProduct(_) => true,
        Read::Key(_) | Read::Opaque(_) => false,
    };
    let question = Question { input: given.echo(), reading, lang, context: Context::Shop };
    let fields = Fields::of([Section::Product, Section::Links]);
    let served = if is_plain {
        public.lookup.serve(&question, fields).await?
    } else {
        admitted.serve(public, &question, fields).await?
    };
    Ok(served.card(&question)?)
}
