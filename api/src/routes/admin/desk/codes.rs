//! `/desk/codes`: cancel codes, or mark specimens.

use actix_web::{HttpRequest, HttpResponse, web};
use gs1::Serial;
use serde::Deserialize;

use super::here::Here;
use crate::desk::{Codes, CodesForm, Wrong};
use crate::pages::desk::{CodesPage, Touched, codes_done, codes_form, codes_preview};
use crate::people::Role;
use crate::problem::Problem;
use crate::registry::import::{DeskError, Marked, Revoked};
use crate::routes::admin::Admin;

/// Serials that are not on record and are written out.
const WRITTEN: usize = 60;

/// The form.
pub(super) async fn empty(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let form = CodesForm { gtin: here.parameter("gtin"), ..CodesForm::default() };
    here.answer(
        here.must(Role::Approve).map(|()| here.ok(codes_form(&CodesPage { form: &form, wrongs: &[] }, &here.ctx()))),
    )
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    #[default]
    Preview,
    Edit,
    Do,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    step: Step,
    #[serde(flatten)]
    form: CodesForm,
}

/// See what changes, change the form, or do it.
pub(super) async fn step(request: HttpRequest, sent: web::Form<Sent>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let Sent { step, form } = sent.into_inner();
    here.answer(taken(&here, step, &form).await)
}

async fn taken(here: &Here<'_>, step: Step, form: &CodesForm) -> Result<HttpResponse, Problem> {
    here.must(Role::Approve)?;
    let again = |wrongs: &[Wrong]| here.again(codes_form(&CodesPage { form, wrongs }, &here.ctx()));
    let done = match step {
        Step::Edit => return Ok(here.ok(codes_form(&CodesPage { form, wrongs: &[] }, &here.ctx()))),
        Step::Preview => carried_out(here, form, false).await?,
        Step::Do => carried_out(here, form, true).await?,
    };
    Ok(match (done, step) {
        (Err(wrongs), _) => again(&wrongs),
        (Ok(touched), Step::Do) => here.ok(codes_done(form.what, &touched, &here.ctx())),
        (Ok(touched), _) => here.ok(codes_preview(form, &touched, &here.ctx())),
    })
}

/// Do it, or say what it would do.
async fn carried_out(here: &Here<'_>, form: &CodesForm, write: bool) -> Result<Result<Touched, Vec<Wrong>>, Problem> {
    let desk = &here.admin.desk;
    let done = match form.what {
        Codes::Cancel => match form.revocation() {
            Ok(revocation) if write => desk.revoke(revocation, here.author(None)?).await.map(Touched::from),
            Ok(revocation) => desk.foresee_revocation(revocation, here.author(None)?).await.map(Touched::from),
            Err(wrongs) => return Ok(Err(wrongs)),
        },
        Codes::Specimen => match form.specimens() {
            Ok((items, why)) if write => desk.mark(items, here.author(Some(why))?).await.map(Touched::from),
            Ok((items, why)) => desk.foresee_mark(items, here.author(Some(why))?).await.map(Touched::from),
            Err(wrongs) => return Ok(Err(wrongs)),
        },
    };
    match done {
        Ok(touched) => Ok(Ok(touched)),
        Err(DeskError::Refused(faults)) => {
            Ok(Err(faults.iter().map(|fault| Wrong::of_fault(fault, CodesForm::field_of)).collect()))
        }
        Err(DeskError::TooLarge(_)) => Ok(Err(vec![Wrong::at(
            "serials",
            "Quá nhiều mã trong một lần: hãy chia dải nhỏ hơn.",
            "Too many codes at a time: divide the range.",
        )])),
        Err(other) => Err(other.into()),
    }
}

impl From<Revoked> for Touched {
    fn from(Revoked { revoked, already, not_on_record, .. }: Revoked) -> Self {
        Self { changed: revoked, already, not_on_record: written_out(&not_on_record) }
    }
}

impl From<Marked> for Touched {
    fn from(Marked { marked, already, not_on_record }: Marked) -> Self {
        Self { changed: marked, already, not_on_record: written_out(&not_on_record) }
    }
}

fn written_out(serials: &[Serial]) -> Vec<String> {
    serials.iter().take(WRITTEN).map(ToString::to_string).collect()
}
