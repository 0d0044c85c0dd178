//! `GET /card/{…}`: the consumer's page. The same card as the API's, printed.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use nguon_openapi::Lang;
use percent_encoding::percent_decode_str;

use super::target::Given;
use super::{Public, caching, language, limit};
use crate::lookup::{self, Fields, Question};
use crate::pages::{self, Again, CONTENT_SECURITY_POLICY, PageContext, Trouble};
use crate::problem::{Kind, Problem};

/// A page is always a page: what goes wrong is said as one, never as JSON, and never looks like a verdict.
pub(super) async fn card_page(request: HttpRequest, public: web::Data<Public>) -> HttpResponse {
    match page(&request, &public, "/card", None).await {
        Ok(response) => response,
        Err(problem) => problem_page(&request, &public, &problem),
    }
}

/// The page of the code behind a prefix, with another status where the address promises one.
pub(super) async fn page(
    request: &HttpRequest,
    public: &Public,
    prefix: &str,
    status: Option<StatusCode>,
) -> Result<HttpResponse, Problem> {
    let lookup = &public.lookup;
    let given = Given::of(request, prefix)?;
    let admitted = limit::admit(request, public, 1)?;
    let chosen = language::of(request)?;
    let question = Question {
        input: given.echo(),
        reading: given.read(),
        lang: chosen.lang,
        context: nguon_openapi::Context::Unit,
    };
    let served = admitted.serve(public, &question, Fields::ALL).await?;
    let card = served.card(&question)?;
    let path = path_without_lang(request);
    let ctx = PageContext { lang: chosen.lang, base_url: lookup.base_url(), demo: card.demo, this_path: &path };
    let page = pages::card_page(&card, &ctx);
    let body = page.html.into_string();
    let tag = lookup::tag(body.as_bytes());
    let (mut response, known) = caching::begin_card(request, &tag, &served, chosen);
    if let Some(status) = status {
        response.status(status);
    }
    let known = known && status.is_none();
    if page.noindex {
        response.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(if known { response.finish() } else { html(&mut response, body) })
}

/// Finish a page.
pub(super) fn html(response: &mut HttpResponseBuilder, body: String) -> HttpResponse {
    html_under(response, body, CONTENT_SECURITY_POLICY)
}

/// Begin a page that is for whoever asked and nobody else: kept nowhere, found by no search.
pub(super) fn for_one_reader(status: StatusCode, lang: Lang) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, lang.as_str()))
        .insert_header(("x-robots-tag", "noindex"));
    response
}

/// Lead a browser to another page.
pub(super) fn see_other(place: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, place))
        .finish()
}

/// Finish a page under a policy of its own.
pub(super) fn html_under(response: &mut HttpResponseBuilder, body: String, policy: &'static str) -> HttpResponse {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .content_type("text/html; charset=utf-8")
        .body(body)
}

/// A problem as a page.
pub(super) fn problem_page(request: &HttpRequest, public: &Public, problem: &Problem) -> HttpResponse {
    problem_page_in(request, public, problem, language::of_problem(request))
}

/// A problem as a page in a language.
pub(super) fn problem_page_in(request: &HttpRequest, public: &Public, problem: &Problem, lang: Lang) -> HttpResponse {
    let path = path_without_lang(request);
    let ctx = public.page(lang, &path);
    let row = problem.kind().row();
    let is_ours = row.status >= 500;
    let after_s = problem.retry_after_s();
    let markup = if is_ours {
        pages::could_not_check(problem.origin(), Again { after_s: after_s.unwrap_or_default() }, &ctx)
    } else {
        let title = ctx.lang.pick(row.vi.0, row.title);
        let detail = ctx.lang.pick(row.vi.1, row.detail);
        let may_go_well = matches!(problem.kind(), Kind::TooManyRequests | Kind::RequestTimeout);
        let again = may_go_well.then(|| Again { after_s: after_s.unwrap_or_default() });
        pages::problem_page(&Trouble { title, detail, again }, &ctx)
    };
    let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = for_one_reader(status, ctx.lang);
    // What the problem says to programs in its headers, it says here too.
    for (name, value) in problem.headers() {
        response.insert_header((name.clone(), value.as_str()));
    }
    if let (true, Some(after_s)) = (is_ours, after_s) {
        response.insert_header((header::RETRY_AFTER, after_s));
    }
    html(&mut response, markup.into_string())
}

/// Path and query of this page without `lang`: what the language switch leads to.
///
/// The address of a page stands in the page. One that holds somebody's document or a payment is cut to its beginning:
/// such a code is repeated nowhere.
pub(super) fn path_without_lang(request: &HttpRequest) -> String {
    let path = plain_path_without_lang(request);
    let pieces = path.split(['/', '?', '&', '=']).map(|piece| percent_decode_str(piece).collect::<Vec<u8>>());
    let private = pieces
        .into_iter()
        .any(|piece| matches!(gs1::read(&piece).outcome, gs1::Outcome::NotProduct(other) if other.reason.is_private()));
    if private {
        let first = path.split(['/', '?']).nth(1).filter(|first| PAGES.contains(first));
        return format!("/{}", first.unwrap_or_default());
    }
    path
}

/// Pages that take a code.
const PAGES: [&str; 4] = ["card", "desk", "embed", "report"];

fn plain_path_without_lang(request: &HttpRequest) -> String {
    let mut path = request.uri().path().to_owned();
    let kept = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && *pair != "lang" && !pair.starts_with("lang="));
    for (index, pair) in kept.enumerate() {
        path.push(if index == 0 { '?' } else { '&' });
        path.push_str(pair);
    }
    path
}
