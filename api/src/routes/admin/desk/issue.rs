//! `/desk/codes/issue`: codes for units, as a file.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::here::Here;
use crate::desk::{IssueForm, Wrong};
use crate::pages::desk::issue_form;
use crate::people::Role;
use crate::problem::Problem;
use crate::registry::import::DeskError;
use crate::routes::admin::Admin;
use crate::routes::admin::issue::{self, Form};

/// The form, with the name of an order that nobody has sent yet.
pub(super) async fn empty(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let shown = || {
        here.must(Role::Approve)?;
        let order = issue::drawn()?.to_string();
        let form =
            IssueForm { order, gtin: here.parameter("gtin"), lot: here.parameter("lot"), ..IssueForm::default() };
        Ok(here.ok(issue_form(&form, &[], &here.ctx())))
    };
    here.answer(shown())
}

/// What is taken away.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    #[default]
    Csv,
    Pdf,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    what: What,
    #[serde(flatten)]
    form: IssueForm,
}

/// Issue them, or say what is to be put right.
pub(super) async fn take(request: HttpRequest, sent: web::Form<Sent>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let Sent { what, form } = sent.into_inner();
    here.answer(taken(&here, what, &form).await)
}

async fn taken(here: &Here<'_>, what: What, form: &IssueForm) -> Result<HttpResponse, Problem> {
    here.must(Role::Approve)?;
    let again = |wrongs: &[Wrong]| Ok(here.again(issue_form(form, wrongs, &here.ctx())));
    let (order, name, layout) = match form.read() {
        Ok(read) => read,
        Err(wrongs) => return again(&wrongs),
    };
    let file = match what {
        What::Csv => Form::Csv,
        What::Pdf => Form::Pdf(layout),
    };
    match issue::issuer(here.admin)?.issue(&order, &name, here.author(None)?).await {
        Ok(codes) => issue::answered(codes, file).await,
        Err(crate::issue::IssueError::Desk(DeskError::Refused(faults))) => {
            let wrongs: Vec<Wrong> = faults.iter().map(|fault| Wrong::of_fault(fault, IssueForm::field_of)).collect();
            again(&wrongs)
        }
        Err(error) => Err(error.into()),
    }
}
