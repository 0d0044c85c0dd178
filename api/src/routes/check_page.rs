//! `POST /check`: the button of a card page. The same check as the API's, answered as a page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::Lang;
use serde::Deserialize;

use super::Public;
use super::card_page::{for_one_reader, html, problem_page_in, see_other};
use super::checks::{Asked, checked};
use crate::pages::{self, PageContext};
use crate::problem::{Kind, Problem};

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Form {
    code: String,
    #[serde(default)]
    pin: String,
    #[serde(default)]
    receipt: String,
    /// Made by the page's script, so that a page that is loaded again checks nothing again.
    #[serde(default)]
    key: String,
    #[serde(default)]
    lang: Lang,
}

/// Count, and show what came of it. What goes wrong is said as a page and never looks like a verdict.
pub(super) async fn check(
    request: HttpRequest,
    form: Result<web::Form<Form>, actix_web::Error>,
    public: web::Data<Public>,
) -> HttpResponse {
    let form = match form {
        Ok(form) => form.into_inner(),
        Err(_) => return problem_page_in(&request, &public, &Kind::BadBody.into(), Lang::default()),
    };
    match answered(&request, &public, &form).await {
        Ok(response) => response,
        Err(problem) => problem_page_in(&request, &public, &problem, form.lang),
    }
}

/// `GET /check`: a tab that was restored, or a language switch of a page that reported a problem. There is nothing to
/// show without a code.
pub(super) async fn leave() -> HttpResponse {
    see_other("/")
}

async fn answered(request: &HttpRequest, public: &Public, form: &Form) -> Result<HttpResponse, Problem> {
    let asked = Asked {
        code: &form.code,
        pin: Some(&form.pin),
        receipt: Some(&form.receipt),
        key: Some(&form.key),
        lang: form.lang,
    };
    let card = checked(request, public, &asked).await?;
    let path = pages::card_path(&card);
    let ctx = PageContext { lang: form.lang, base_url: public.lookup.base_url(), demo: card.demo, this_path: &path };
    let page = pages::check_page(&card, public.lookup.now(), &ctx);
    Ok(html(&mut for_one_reader(StatusCode::OK, form.lang), page.into_string()))
}
