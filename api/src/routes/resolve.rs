//! `GET /01/…`: what a phone's camera opens. Sends it to the card page of the code, on this origin.
//!
//! This is the default link of a GS1-conformant resolver: 307, the whole query passes on, 400 for what is no code
//! and 404 for what is not on record (both with the card page as their body). Linksets, link types and stored
//! targets belong to `resolver`. The target is made of the canonical code and never of a header.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use gs1::Outcome;
use nguon_openapi::{Context, Lang};

use super::card_page::{page, problem_page};
use super::{Public, limit, target::Given};
use crate::lookup::{Fields, Question};
use crate::pages::embed::has_card;
use crate::problem::Problem;

pub(super) async fn resolve(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    match redirect(&request, &public).await {
        Ok(response) => response,
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

async fn redirect(request: &HttpRequest, public: &Public) -> Result<HttpResponse, Problem> {
    let given = Given::of(request, "")?;
    let reading = given.read();
    let Outcome::TradeItem(item) = &reading.outcome else {
        return page(request, public, "", Some(StatusCode::BAD_REQUEST)).await;
    };
    let mut target = format!("{}/card", public.lookup.base_url());
    // Writing into a String cannot fail.
    let _ = item.write_path(&mut target);
    let question = Question { input: "".into(), reading, lang: Lang::Vi, context: Context::Unit };
    let served = limit::admit(request, public, 1)?.serve(public, &question, Fields::ALL).await?;
    if !has_card(&served.card(&question)?) {
        return page(request, public, "", Some(StatusCode::NOT_FOUND)).await;
    }
    if let Some(query) = request.uri().query() {
        target.push('?');
        target.push_str(query);
    }
    Ok(HttpResponse::TemporaryRedirect()
        .insert_header((header::LOCATION, target))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .finish())
}
