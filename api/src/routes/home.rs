//! `GET /`: a box to type a code, a camera to read one. On a demonstration, links worth opening.

use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::future::try_join_all;
use nguon_openapi::{Context, Lang, Section, Tone};
use serde::Deserialize;

use super::card_page::{html_under, path_without_lang, problem_page};
use super::{Public, language, target::Given};
use crate::demo::Scan;
use crate::lookup::{Fields, Question};
use crate::pages::{self, HOME_PERMISSIONS, HOME_SECURITY_POLICY, Sample};
use crate::problem::{Kind, Problem};

pub(super) async fn home(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    match page(&request, &public).await {
        Ok(response) => response,
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

async fn page(request: &HttpRequest, public: &Public) -> Result<HttpResponse, Problem> {
    let chosen = language::of(request)?;
    // All at once: what is not in memory is then read from the store together.
    let shown = try_join_all(public.scans.iter().map(|scan| show(public, scan, chosen.lang))).await?;
    let samples: Vec<Sample<'_>> = shown
        .iter()
        .map(|(path, shown)| Sample {
            path,
            headline: &shown.headline,
            product: shown.product.as_ref().map_or("", |product| &product.name),
            tone: shown.tone,
        })
        .collect();
    let path = path_without_lang(request);
    let ctx = public.page(chosen.lang, &path);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=30"))
        .insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()))
        .insert_header((HeaderName::from_static("permissions-policy"), HOME_PERMISSIONS));
    chosen.vary(&mut response);
    Ok(html_under(&mut response, pages::home(&samples, &ctx).into_string(), HOME_SECURITY_POLICY))
}

/// What a link of the demonstration shows of its card: the rest of it is not even asked for.
#[derive(Deserialize)]
struct Shown {
    headline: String,
    tone: Tone,
    product: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The path of a demonstration's card page, and what is shown of it.
async fn show(public: &Public, scan: &Scan, lang: Lang) -> Result<(String, Shown), Problem> {
    let given = Given::from_target(scan.path, None).ok_or(Kind::Internal)?;
    let question = Question { input: given.echo(), reading: given.read(), lang, context: Context::Unit };
    let served = public.lookup.serve(&question, Fields::of([Section::Product])).await?;
    let shown = serde_json::from_slice(served.body.identity()).map_err(|error| {
        tracing::error!(%error, "a card could not be read back");
        Problem::from(Kind::Internal)
    })?;
    Ok((format!("/card{}", scan.path), shown))
}
