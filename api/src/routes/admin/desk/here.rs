//! One request at the desk: who is here, in which language, and how it is answered.

use actix_web::error::UrlencodedError;
use actix_web::http::{StatusCode, header};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use maud::Markup;
use nguon_openapi::Lang;

use crate::pages::desk::{DESK_POLICY, DeskContext, Visitor, problem};
use crate::people::{Person, Role};
use crate::problem::{Kind, Problem};
use crate::registry::import::Author;
use crate::registry::{Id, Text};
use crate::routes::admin::{Admin, roles, session};
use crate::routes::card_page::{for_one_reader, html_under, path_without_lang, see_other};
use crate::routes::language;
use crate::routes::target::parameter;

/// One request.
pub(super) struct Here<'r> {
    request: &'r HttpRequest,
    pub(super) admin: &'r Admin,
    pub(super) lang: Lang,
    path: String,
    person: Option<Person>,
    /// Came in by signing in.
    has_session: bool,
}

impl<'r> Here<'r> {
    pub(super) fn of(request: &'r HttpRequest, admin: &'r Admin) -> Self {
        let (person, has_session) = (Person::of(request).ok(), session::name(request).is_some());
        let lang = language::of_problem(request);
        // Signing out has no page of its own.
        let path = Some(path_without_lang(request)).filter(|path| !path.starts_with("/desk/session/"));
        let path = path.unwrap_or_else(|| "/desk".to_owned());
        Self { request, admin, lang, path, person, has_session }
    }

    /// What the page needs to know.
    pub(super) fn ctx(&self) -> DeskContext<'_> {
        let visitor = self.person.as_ref().map(|person| Visitor {
            user: person.user.as_ref().map(Id::as_str),
            publisher: person.publisher.as_str(),
            enters: person.may(Role::Enter),
            approves: person.may(Role::Approve),
            operates: person.may(Role::Operate),
            can_leave: self.has_session,
        });
        DeskContext { lang: self.lang, base_url: self.admin.public.lookup.base_url(), this_path: &self.path, visitor }
    }

    /// A page, for whoever asked and nobody else.
    pub(super) fn page(&self, status: StatusCode, page: Markup) -> HttpResponse {
        html_under(&mut for_one_reader(status, self.lang), page.into_string(), DESK_POLICY)
    }

    /// A page that was asked for.
    pub(super) fn ok(&self, page: Markup) -> HttpResponse {
        self.page(StatusCode::OK, page)
    }

    /// A form with something in it to be put right.
    pub(super) fn again(&self, page: Markup) -> HttpResponse {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// What was answered, or what went wrong as a page.
    pub(super) fn answer(&self, answer: Result<HttpResponse, Problem>) -> HttpResponse {
        answer.unwrap_or_else(|problem| self.problem(&problem))
    }

    /// What went wrong, as a page.
    pub(super) fn problem(&self, told: &Problem) -> HttpResponse {
        let (row, ctx) = (told.kind().row(), self.ctx());
        let (title, detail) = (self.lang.pick(row.vi.0, row.title), self.lang.pick(row.vi.1, row.detail));
        let reasons: Vec<String> =
            told.body().errors.into_iter().map(|it| format!("{} {}", it.field, it.message)).collect();
        let status = StatusCode::from_u16(row.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = self.page(status, problem(title, detail, &reasons, &ctx));
        if let Some(after_s) = told.retry_after_s() {
            response.headers_mut().insert(header::RETRY_AFTER, after_s.into());
        }
        response
    }

    /// To another page of the desk.
    pub(super) fn to(&self, path: &str) -> HttpResponse {
        let sign = if path.contains('?') { '&' } else { '?' };
        see_other(&format!("{path}{sign}lang={}", self.lang.as_str()))
    }

    /// A parameter, as text; what is none is empty.
    pub(super) fn parameter(&self, name: &str) -> String {
        let value = parameter(self.request.uri().query(), name);
        value.map(|value| String::from_utf8_lossy(&value).into_owned()).unwrap_or_default()
    }

    /// A parameter that is a number.
    pub(super) fn number(&self, name: &str) -> u64 {
        self.parameter(name).parse().unwrap_or_default()
    }

    /// Who is here.
    ///
    /// # Errors
    /// Nobody is.
    pub(super) fn person(&self) -> Result<&Person, Problem> {
        self.person.as_ref().ok_or_else(|| Kind::Unauthorized.into())
    }

    /// For whom the person acts; `None`: the person runs the service and sees everything.
    pub(super) fn publisher(&self) -> Option<&Id> {
        self.person.as_ref().filter(|person| !person.may(Role::Operate)).map(|person| &person.publisher)
    }

    /// Whether the person sees what belongs to a publisher.
    pub(super) fn sees(&self, publisher: Option<&Id>) -> bool {
        self.person.as_ref().is_some_and(|person| person.sees(publisher))
    }

    /// The person as an author, with a reason where there is one.
    ///
    /// # Errors
    /// Nobody is here.
    pub(super) fn author(&self, why: Option<Text>) -> Result<Author, Problem> {
        Ok(Author { why, ..self.person()?.author() })
    }

    /// The person's name under what was done.
    ///
    /// # Errors
    /// Nobody is here.
    pub(super) fn signature(&self) -> Result<Id, Problem> {
        let Author { publisher, by, .. } = self.person()?.author();
        Ok(by.unwrap_or(publisher))
    }

    /// Whoever has not this role goes no further.
    ///
    /// # Errors
    /// The person has it not.
    pub(super) fn must(&self, role: Role) -> Result<(), Problem> {
        roles::must(self.person()?, role, "")
    }
}

/// A form that cannot be read, as a page.
pub(super) fn unreadable(error: UrlencodedError, request: &HttpRequest) -> Error {
    let kind = match error {
        UrlencodedError::Overflow { .. } => Kind::BodyTooLarge,
        UrlencodedError::ContentType => Kind::UnsupportedMediaType,
        _ => Kind::BadBody,
    };
    let problem = Problem::from(kind);
    match request.app_data::<web::Data<Admin>>() {
        Some(admin) => {
            actix_web::error::InternalError::from_response(error, Here::of(request, admin).problem(&problem)).into()
        }
        None => problem.into(),
    }
}
