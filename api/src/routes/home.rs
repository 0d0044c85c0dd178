//! `GET /`: a box to type a code. On a demonstration, links worth opening.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::card_page::{html, path_without_lang, problem_page};
use super::{Public, language, target::Given};
use crate::lookup::{Fields, Question};
use crate::pages::{self, PageContext, Sample};

pub(super) async fn home(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    let chosen = match language::of(&request) {
        Ok(chosen) => chosen,
        Err(problem) => return problem_page(&request, &public, &problem),
    };
    let mut cards = Vec::with_capacity(public.scans.len());
    for scan in public.scans {
        let Some(given) = Given::from_target(scan.path, None) else { continue };
        let question = Question {
            input: given.echo(),
            reading: given.read(),
            lang: chosen.lang,
            context: nguon_openapi::Context::Unit,
        };
        let served = public.lookup.serve(&question, Fields::ALL).await;
        match served.and_then(|served| served.card(&question)) {
            Ok(card) => cards.push((format!("/card{}", scan.path), card)),
            Err(error) => return problem_page(&request, &public, &error.into()),
        }
    }
    let samples: Vec<Sample<'_>> = cards
        .iter()
        .map(|(path, card)| Sample {
            path,
            headline: &card.headline,
            product: card.product.as_ref().map_or("", |product| &product.name),
            tone: card.tone,
        })
        .collect();
    let path = path_without_lang(&request);
    let ctx = PageContext {
        lang: chosen.lang,
        base_url: public.lookup.base_url(),
        demo: !public.scans.is_empty(),
        this_path: &path,
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=30"))
        .insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()));
    if !chosen.named {
        response.append_header((header::VARY, HeaderValue::from_static("accept-language")));
    }
    html(&mut response, pages::home(&samples, &ctx).into_string())
}
