//! `GET /desk/history?gtin=`: what was declared about a product.

use actix_web::{HttpRequest, HttpResponse, web};

use super::here::Here;
use crate::desk::{History, typed_gtin};
use crate::pages::desk::{HistoryPage, history as page};
use crate::problem::Problem;
use crate::routes::admin::Admin;
use crate::store::{Entry, Evidence, Key};

/// Ask for a product, or show a part of its history.
pub(super) async fn history(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    here.answer(told(&here).await)
}

async fn told(here: &Here<'_>) -> Result<HttpResponse, Problem> {
    let typed = here.parameter("gtin");
    let nothing = HistoryPage { typed: &typed, wrongs: &[], found: None };
    if typed.trim().is_empty() {
        return Ok(here.ok(page(&nothing, &here.ctx())));
    }
    let gtin = match typed_gtin(&typed) {
        Ok(gtin) => gtin,
        Err(wrongs) => return Ok(here.again(page(&HistoryPage { wrongs: &wrongs, ..nothing }, &here.ctx()))),
    };
    let store = here.admin.desk.store();
    // Of a product of their own a publisher's person also sees what the operator did.
    let is_own = match store.read(&[Key::Product(gtin)]).await?.entries.pop().flatten() {
        Some(Entry::Product(product)) => here.sees(Some(&product.publisher)),
        _ => false,
    };
    let person = here.person()?;
    let sees = |line: &Evidence| person.sees_line(&line.publisher, is_own);
    let history = History::read(store, gtin, sees, here.number("after")).await?;
    Ok(here.ok(page(&HistoryPage { found: Some((gtin, &history)), ..nothing }, &here.ctx())))
}
