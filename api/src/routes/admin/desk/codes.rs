//! `/desk/codes`: cancel codes, or mark specimens.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::here::Here;
use crate::desk::{Codes, CodesForm, Wrong};
use crate::pages::desk::{CodesPage, Touched, codes_done, codes_form, codes_preview};
use crate::people::Role;
use crate::problem::Problem;
use crate::registry::import::{DeskError, Revocation, Revoked};
use crate::registry::{Items, Record, Text};
use crate::routes::admin::Admin;
use crate::store::Key;

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
    let done = match form.what {
        Codes::Cancel => match form.revocation() {
            Ok(revocation) => cancel(here, revocation, write).await?,
            Err(wrongs) => return Ok(Err(wrongs)),
        },
        Codes::Specimen => match form.specimens() {
            Ok((items, why)) => mark(here, items, why, write).await?,
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

async fn cancel(here: &Here<'_>, revocation: Revocation, write: bool) -> Result<Result<Touched, DeskError>, Problem> {
    let (desk, author) = (&here.admin.desk, here.author(None)?);
    let done =
        if write { desk.revoke(revocation, author).await } else { desk.foresee_revocation(revocation, author).await };
    Ok(done.map(|Revoked { revoked, already, not_on_record, .. }| Touched {
        changed: revoked,
        already,
        not_on_record: not_on_record.iter().take(WRITTEN).map(ToString::to_string).collect(),
    }))
}

/// Only units that are on record: a serial that was mistyped makes no unit.
async fn mark(
    here: &Here<'_>,
    mut items: Items,
    why: Text,
    write: bool,
) -> Result<Result<Touched, DeskError>, Problem> {
    let (desk, author) = (&here.admin.desk, here.author(Some(why))?);
    // First of all: which serials are on record is told to nobody else.
    if let Err(error) = desk.must_own(items.gtin, author.clone()).await {
        return Ok(Err(error));
    }
    let keys: Vec<Key> = items.serials.iter().map(|serial| Key::Item(items.gtin, *serial)).collect();
    let held = desk.store().holds(&keys).await?;
    let (known, unknown): (Vec<_>, Vec<_>) = items.serials.iter().zip(held).partition(|(_, held)| *held);
    let not_on_record = unknown.iter().take(WRITTEN).map(|(serial, _)| serial.to_string()).collect();
    items.serials = known.into_iter().map(|(serial, _)| *serial).collect();
    let count = items.serials.len() as u64;
    if count == 0 {
        return Ok(Ok(Touched { not_on_record, ..Touched::default() }));
    }
    let record = Record::Items(items);
    let foreseen = match desk.foresee(record.clone(), author.clone()).await {
        Ok(foreseen) => foreseen,
        Err(error) => return Ok(Err(error)),
    };
    let changed = foreseen.puts.iter().filter(|put| matches!(put.key, Key::Item(..))).count() as u64;
    if write && let Err(error) = desk.declare(record, author).await {
        return Ok(Err(error));
    }
    Ok(Ok(Touched { changed, already: count - changed, not_on_record }))
}
