//! The reader's language: `lang=` if it is given, else the best of `Accept-Language` (RFC 9110 §12.5.4), else
//! Vietnamese.

use actix_web::http::header::{self, AcceptLanguage, Header, HeaderValue, Preference};
use actix_web::{HttpRequest, HttpResponseBuilder};
use nguon_openapi::Lang;

use super::target::parameter;
use crate::problem::Problem;

/// A language, and whether the caller named it: then the answer does not vary with the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) lang: Lang,
    pub(super) named: bool,
}

impl Chosen {
    /// An answer in a language that the caller did not name varies with what it accepts.
    pub(super) fn vary(self, response: &mut HttpResponseBuilder) {
        if !self.named {
            response.append_header((header::VARY, HeaderValue::from_static("accept-language")));
        }
    }
}

/// The language of an answer.
pub(super) fn of(request: &HttpRequest) -> Result<Chosen, Problem> {
    match parameter(request.uri().query(), "lang") {
        Some(value) => {
            let lang = super::verify::word(&value, "lang")?;
            Ok(Chosen { lang, named: true })
        }
        None => Ok(accepted(request)),
    }
}

/// The language of a page that reports a problem: a wrong `lang=` must not hide the problem behind another.
pub(super) fn of_problem(request: &HttpRequest) -> Lang {
    of(request).unwrap_or_else(|_| accepted(request)).lang
}

fn accepted(request: &HttpRequest) -> Chosen {
    if !request.headers().contains_key(header::ACCEPT_LANGUAGE) {
        return Chosen { lang: Lang::default(), named: false };
    }
    let ranked = AcceptLanguage::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
    let lang = ranked
        .iter()
        .find_map(|preference| match preference {
            Preference::Specific(tag) => tag.primary_language().to_ascii_lowercase().parse().ok(),
            Preference::Any => Some(Lang::Vi),
        })
        .unwrap_or_default();
    Chosen { lang, named: false }
}
