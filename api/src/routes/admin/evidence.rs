//! `GET /v1/evidence?code=&publisher=&after=&limit=`: lines of the evidence log; `GET /v1/explain?code=&at=&lang=`: a card
//! as it was, and what it rests on. A publisher's person sees what was done on behalf of that publisher, and what the
//! operator did to its products.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use gs1::Gtin14;
use jiff::Timestamp;
use nguon_openapi::Lang;
use serde::Serialize;

use super::{Admin, bad};
use crate::explain::{Account, Asked, Line, Said, Unexplained, explain};
use crate::people::{Person, Role};
use crate::problem::{Kind, Problem};
use crate::registry::Id;
use crate::routes::target::parameter;
use crate::store::{Entry, Evidence, Key, Store};

/// Lines of one answer, unless asked for fewer.
const LISTED: usize = 200;
/// Most lines of one answer.
const MOST_LISTED: usize = 1_000;
/// Lines that are read together.
const PAGE: usize = 500;
/// Most lines that one request looks through; the next goes on from there.
const MOST_SEEN: usize = 100_000;

/// A part of the log.
#[derive(Serialize)]
struct Listed {
    lines: Vec<Line>,
    /// What `after` is to be for the next part; missing at the end of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

/// Which lines.
struct Wanted {
    person: Person,
    publisher: Option<Id>,
    asked: Option<Asked>,
    product: Option<Gtin14>,
    /// The person's publisher owns that product.
    own: bool,
}

impl Wanted {
    fn takes(&self, line: &Evidence, said: &Said) -> bool {
        let seen = self.person.sees_line(&line.publisher, self.own);
        let of_wanted = self.publisher.as_ref().is_none_or(|wanted| wanted.as_str() == line.publisher);
        let named = self.asked.as_ref().is_none_or(|asked| {
            self.product.is_some_and(|gtin| said.products().contains(&gtin))
                || asked.opaque().is_some_and(|code| said.is_of_code(&code))
        });
        seen && named && of_wanted
    }
}

/// Lines of the log, in order, after a number.
pub(super) async fn list(
    request: HttpRequest,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let store = admin.desk.store();
    let code = text(&request, "code")?;
    let publisher = text(&request, "publisher")?
        .map(|id| Id::try_from(id).map_err(|error| bad("publisher", &error.to_string())))
        .transpose()?;
    let limit = number(&request, "limit")?.map_or(LISTED, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !(1..=MOST_LISTED).contains(&limit) {
        return Err(bad("limit", &format!("is from 1 to {MOST_LISTED}")));
    }
    let (at, lang) = (admin.public.lookup.now(), Lang::default());
    let asked = code.map(|code| asked(code, at, lang)).transpose()?;
    let product = match &asked {
        Some(asked) => product(store, asked).await?,
        None => None,
    };
    let own = match product {
        Some(gtin) => owner(store, gtin).await?.as_ref() == Some(&person.publisher),
        None => false,
    };
    let wanted = Wanted { person, publisher, asked, product, own };
    let (mut after, mut seen, mut lines) = (number(&request, "after")?.unwrap_or_default(), 0, Vec::new());
    let next = 'log: loop {
        let page = store.evidence(after, PAGE).await?;
        let last = page.len() < PAGE;
        for (n, line) in page {
            if lines.len() >= limit {
                break 'log Some(after);
            }
            (after, seen) = (n, seen + 1);
            let said = Said::of(&line);
            if wanted.takes(&line, &said) {
                lines.push(Line::of(n, &line, &said));
            }
        }
        if last {
            break None;
        }
        if seen >= MOST_SEEN {
            break Some(after);
        }
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(Listed { lines, next }))
}

/// A card as it was.
pub(super) async fn account(
    request: HttpRequest,
    person: Person,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let store = admin.desk.store();
    let code = text(&request, "code")?.ok_or(Kind::NoCode)?;
    let at = text(&request, "at")?.map(|at| at.parse().map_err(|_| bad("at", "is a time, as 2026-11-29T03:00:00Z")));
    let at = at.transpose()?.unwrap_or_else(|| admin.public.lookup.now());
    let lang = text(&request, "lang")?.map(|lang| lang.parse().map_err(|_| bad("lang", "must be one of: vi, en")));
    let asked = asked(code, at, lang.transpose()?.unwrap_or_default())?;
    if !person.may(Role::Operate) {
        let owner = match product(store, &asked).await? {
            Some(gtin) => owner(store, gtin).await?,
            None => None,
        };
        if !person.sees(owner.as_ref()) {
            return Err(Problem::at(
                Kind::RoleNeeded,
                "code",
                "is no code of your publisher: needs the role `operate`",
            ));
        }
    }
    let mut account = explain(store, admin.public.lookup.site().clone(), &asked).await?;
    if !person.may(Role::Operate) {
        keep_own(&mut account, &person);
    }
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(account))
}

/// What other publishers have done is theirs: of their lines a reason names the numbers, and nothing else is told.
fn keep_own(account: &mut Account, person: &Person) {
    account.lines.retain(|line| person.sees_line(&line.publisher, true));
}

fn asked(code: String, at: Timestamp, lang: Lang) -> Result<Asked, Problem> {
    if code.len() > gs1::MAX_BYTES {
        return Err(Kind::CodeTooLong.into());
    }
    Ok(Asked { code, at, lang })
}

/// The product that a code names, by itself or as it is registered.
async fn product(store: &dyn Store, asked: &Asked) -> Result<Option<Gtin14>, Problem> {
    if let Some(item) = asked.item() {
        return Ok(Some(item.gtin));
    }
    let Some(code) = asked.opaque() else { return Ok(None) };
    let found = store.read(&[Key::Opaque(code.clone())]).await?.entries.into_iter().next().flatten();
    Ok(match found {
        Some(Entry::Opaque(entry)) if entry.record.code == code => Some(entry.record.gtin),
        _ => None,
    })
}

async fn owner(store: &dyn Store, gtin: Gtin14) -> Result<Option<Id>, Problem> {
    let found = store.read(&[Key::Product(gtin)]).await?.entries.into_iter().next().flatten();
    Ok(match found {
        Some(Entry::Product(entry)) => Some(entry.publisher.clone()),
        _ => None,
    })
}

fn text(request: &HttpRequest, name: &str) -> Result<Option<String>, Problem> {
    let value = parameter(request.uri().query(), name).filter(|value| !value.is_empty());
    value.map(|value| String::from_utf8(value.into_owned()).map_err(|_| bad(name, "is not UTF-8"))).transpose()
}

fn number(request: &HttpRequest, name: &str) -> Result<Option<u64>, Problem> {
    text(request, name)?.map(|text| text.parse().map_err(|_| bad(name, "is a whole number"))).transpose()
}

impl From<Unexplained> for Problem {
    fn from(unexplained: Unexplained) -> Self {
        match unexplained {
            Unexplained::Store(error) => error.into(),
            Unexplained::TooMuch => Self::at(Kind::Conflict, "code", unexplained.to_string()),
            Unexplained::NothingYet => Self::at(Kind::Conflict, "at", unexplained.to_string()),
            Unexplained::Unwritable(error) => {
                tracing::error!(%error, "an account could not be written");
                Kind::Internal.into()
            }
        }
    }
}
