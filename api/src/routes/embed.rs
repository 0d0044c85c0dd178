//! `GET /embed`: the snippet builder, with a preview of the card for a code.

use core::str::FromStr;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Card, Context, UnknownValue};

use super::card_page::{html_under, path_without_lang, problem_page};
use super::target::{Given, parameter};
use super::verify::word;
use super::{Public, caching, language, limit};
use crate::lookup::{Fields, Question, Served};
use crate::pages::embed::{self, Choice, EMBED_POLICY, Preview, Widget};
use crate::problem::{Kind, Problem};

pub(super) async fn embed(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    match page(&request, &public).await {
        Ok(response) => response,
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

async fn page(request: &HttpRequest, public: &Public) -> Result<HttpResponse, Problem> {
    let chosen = language::of(request)?;
    let choice = choice(request)?;
    let given = match Given::of(request, "/embed") {
        Ok(given) => Some(given),
        Err(problem) if problem.kind() == Kind::NoCode => None,
        Err(problem) => return Err(problem),
    };
    let mut response = HttpResponse::Ok();
    let card = match &given {
        None => {
            response.insert_header((header::CACHE_CONTROL, "public, max-age=300"));
            None
        }
        Some(given) => {
            let (card, served) = shop_card(request, public, given, chosen.lang, Fields::ALL).await?;
            response.insert_header((header::CACHE_CONTROL, caching::of(&served)));
            Some(card)
        }
    };
    let path = path_without_lang(request);
    let ctx = public.page(chosen.lang, &path);
    let preview = card.as_ref().map(|card| Preview { given: &card.code.input, card });
    let body = embed::builder(preview, choice, widget(public)?, &ctx).into_string();
    response.insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()));
    chosen.vary(&mut response);
    if preview.is_some() {
        response.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(html_under(&mut response, body, EMBED_POLICY))
}

/// The card of a code as a shop page gets it: without its serial, in its own words, never positive.
pub(super) async fn shop_card(
    request: &HttpRequest,
    public: &Public,
    given: &Given<'_>,
    lang: nguon_openapi::Lang,
    fields: Fields,
) -> Result<(Card, Served), Problem> {
    let admitted = limit::admit(request, public, 1)?;
    let question = Question { input: given.echo(), reading: given.read(), lang, context: Context::Shop };
    let served = admitted.serve(public, &question, fields).await?;
    Ok((served.card(&question)?, served))
}

/// A word of a closed list, or its default where the parameter is missing or empty, as a form sends it.
pub(super) fn option<T: Default + FromStr<Err = UnknownValue>>(
    request: &HttpRequest,
    name: &str,
) -> Result<T, Problem> {
    match parameter(request.uri().query(), name) {
        Some(value) if !value.is_empty() => word(&value, name),
        _ => Ok(T::default()),
    }
}

fn choice(request: &HttpRequest) -> Result<Choice, Problem> {
    Ok(Choice {
        variant: option(request, "variant")?,
        theme: option(request, "theme")?,
        when_unknown: option(request, "when-unknown")?,
    })
}

/// The widget of this build. Its script is always among the files; a build without it would be a fault of ours.
fn widget(public: &Public) -> Result<Widget<'_>, Problem> {
    let script = nguon_bundle::files().iter().find(|file| file.immutable && file.path.ends_with("/origin-card.js"));
    let script = script.ok_or(Kind::Internal)?;
    Ok(Widget { base_url: public.lookup.base_url(), version: nguon_bundle::VERSION, integrity: script.sri })
}
