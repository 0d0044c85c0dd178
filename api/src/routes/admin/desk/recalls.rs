//! `/desk/recalls`, `/desk/recalls/new`, `/desk/recalls/{id}`: a recall from its form to its end.

use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{Card, Lang, RecallStatus};
use serde::Deserialize;
use std::sync::Arc;

use super::here::Here;
use crate::desk::{Overlay, RecallForm, Wrong, recalled_code, warning_vi};
use crate::pages::desk::{RecallPreview, RecallRow, RecallSheet, recall_form, recall_list, recall_one, recall_preview};
use crate::people::Role;
use crate::problem::{Kind, Problem};
use crate::registry::import::{DeskError, Finding, WarningCode};
use crate::registry::media::hex;
use crate::registry::{Id, Recall, RecallEntry, RecallId, Record, Text};
use crate::routes::admin::Admin;
use crate::routes::reports::chance;
use crate::store::{Entry, Key, Kind as EntryKind};
use crate::verify::today;

/// Recalls that the list shows.
const SHOWN: usize = 200;
/// Recalls read in one go.
const PAGE: usize = 1_000;

/// Every recall that the person may see: those in force first, then the latest.
pub(super) async fn list(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    here.answer(listed(&here).await)
}

async fn listed(here: &Here<'_>) -> Result<HttpResponse, Problem> {
    let store = here.admin.desk.store();
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.scan(EntryKind::Recall, after.take(), PAGE).await?;
        let is_last = page.len() < PAGE;
        after = page.last().map(|(key, _)| key.clone());
        found.extend(page.into_iter().filter_map(|(_, entry)| match entry {
            Entry::Recall(entry) if here.sees(Some(&entry.publisher)) => Some(entry),
            _ => None,
        }));
        if is_last {
            break;
        }
    }
    found.sort_by_key(|entry| {
        (entry.recall.status as u8, core::cmp::Reverse((entry.recall.from, entry.stamp.revision)))
    });
    let more = found.len().saturating_sub(SHOWN);
    found.truncate(SHOWN);
    let keys: Vec<Key> = found.iter().map(|entry| Key::Product(entry.recall.scope.gtin)).collect();
    let products = store.read(&keys).await?.entries;
    let rows: Vec<RecallRow<'_>> = found
        .iter()
        .zip(&products)
        .map(|(entry, product)| RecallRow {
            entry,
            product: match product {
                Some(Entry::Product(product)) => Some(product.product.name.pick(here.lang)),
                _ => None,
            },
        })
        .collect();
    Ok(here.ok(recall_list(&rows, more, &here.ctx())))
}

/// The form, with what is known in it.
pub(super) async fn empty(request: HttpRequest, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let empty = || {
        here.must(Role::Approve)?;
        let day = today(admin.public.lookup.now());
        let chance = hex(&chance::<4>()?);
        let form = RecallForm {
            id: format!("TH-{}-{chance}", day.strftime("%Y%m%d")),
            gtin: here.parameter("gtin"),
            from: day.to_string(),
            ..RecallForm::default()
        };
        Ok(here.ok(recall_form(&RecallSheet { form: &form, wrongs: &[], amends: None }, &here.ctx())))
    };
    here.answer(empty())
}

/// What a button of the form asks for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    #[default]
    Preview,
    Edit,
    Publish,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    step: Step,
    #[serde(flatten)]
    form: RecallForm,
}

/// Look at it, change it, or publish it.
pub(super) async fn step(request: HttpRequest, sent: web::Form<Sent>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let Sent { step, form } = sent.into_inner();
    here.answer(taken(&here, step, &form, None).await)
}

/// One that is on record, in the form.
pub(super) async fn to_amend(request: HttpRequest, id: web::Path<String>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let page = async {
        here.must(Role::Approve)?;
        let entry = amendable(&here, id.into_inner()).await?;
        let form = RecallForm::of(&entry);
        let sheet = RecallSheet { form: &form, wrongs: &[], amends: Some(entry.recall.status) };
        Ok(here.ok(recall_form(&sheet, &here.ctx())))
    };
    here.answer(page.await)
}

/// Look at what one that is on record is to become, change that, or keep it.
pub(super) async fn amend(
    request: HttpRequest,
    id: web::Path<String>,
    sent: web::Form<Sent>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let Sent { step, form } = sent.into_inner();
    let amended = async {
        here.must(Role::Approve)?;
        let entry = amendable(&here, id.into_inner()).await?;
        taken(&here, step, &form, Some(&entry)).await
    };
    here.answer(amended.await)
}

/// What was withdrawn stays as it is.
async fn amendable(here: &Here<'_>, id: String) -> Result<Arc<RecallEntry>, Problem> {
    let entry = read(here, id).await?;
    if entry.recall.status == RecallStatus::Withdrawn { Err(Kind::Conflict.into()) } else { Ok(entry) }
}

async fn taken(
    here: &Here<'_>,
    step: Step,
    form: &RecallForm,
    over: Option<&RecallEntry>,
) -> Result<HttpResponse, Problem> {
    here.must(Role::Approve)?;
    let amends = over.map(|entry| entry.recall.status);
    let page = |wrongs: &[Wrong]| recall_form(&RecallSheet { form, wrongs, amends }, &here.ctx());
    if matches!(step, Step::Edit) {
        return Ok(here.ok(page(&[])));
    }
    let recall = match over {
        Some(entry) => form.amended(entry, today(here.admin.public.lookup.now())),
        None => form.read(),
    };
    let recall = match recall {
        Err(wrongs) => return Ok(here.again(page(&wrongs))),
        Ok(recall) => recall,
    };
    let done = match step {
        Step::Publish => publish(here, recall).await,
        _ => previewed(here, form, recall, over.is_some()).await,
    };
    match done {
        Err(DeskError::Refused(faults)) => {
            let wrongs: Vec<Wrong> = faults.iter().map(|fault| Wrong::of_fault(fault, RecallForm::field_of)).collect();
            Ok(here.again(page(&wrongs)))
        }
        Err(other) => Err(other.into()),
        Ok(done) => done,
    }
}

async fn publish(here: &Here<'_>, recall: Recall) -> Result<Result<HttpResponse, Problem>, DeskError> {
    let author = match here.author(None) {
        Ok(author) => author,
        Err(problem) => return Ok(Err(problem)),
    };
    let place = format!("/desk/recalls/{}?done=1", recall.id);
    here.admin.desk.publish_recall(recall, author).await?;
    Ok(Ok(here.to(&place)))
}

/// What consumers will see and what it touches.
async fn previewed(
    here: &Here<'_>,
    form: &RecallForm,
    recall: Recall,
    amends: bool,
) -> Result<Result<HttpResponse, Problem>, DeskError> {
    let author = match here.author(None) {
        Ok(author) => author,
        Err(problem) => return Ok(Err(problem)),
    };
    let (id, code) = (recall.id.clone(), recalled_code(&recall));
    let foreseen = here.admin.desk.foresee(Record::Recall(recall), author).await?;
    let overlay = Overlay::new(here.admin.desk.store(), &foreseen.puts);
    let Some(Entry::Recall(entry)) = overlay.read(&Key::Recall(id)).await? else {
        return Ok(Err(Kind::Internal.into()));
    };
    let lookup = &here.admin.public.lookup;
    let card = local(overlay.card(code, here.lang, lookup.base_url(), lookup.now()).await?, "/desk/media");
    let word = |it: Finding<WarningCode>| match (here.lang, warning_vi(it.code)) {
        (Lang::Vi, Some(vi)) => vi.to_owned(),
        _ => it.message,
    };
    let warnings: Vec<String> = foreseen.report.warnings.list.into_iter().map(word).collect();
    let preview = RecallPreview { form, entry: &entry, card: &card, warnings: &warnings, amends };
    Ok(Ok(here.ok(recall_preview(&preview, &here.ctx()))))
}

/// One recall.
pub(super) async fn one(request: HttpRequest, id: web::Path<String>, admin: web::Data<Admin>) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let one = async {
        let entry = read(&here, id.into_inner()).await?;
        let done = !here.parameter("done").is_empty();
        Ok(here.ok(recall_one(&entry, done, "", &[], &here.ctx())))
    };
    here.answer(one.await)
}

async fn read(here: &Here<'_>, id: String) -> Result<Arc<RecallEntry>, Problem> {
    let id = Id::try_from(id).map(RecallId).map_err(|_| Kind::NotFound)?;
    match here.admin.desk.store().read(&[Key::Recall(id)]).await?.entries.pop().flatten() {
        Some(Entry::Recall(entry)) if here.sees(Some(&entry.publisher)) => Ok(entry),
        _ => Err(Kind::NotFound.into()),
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum End {
    Close,
    Withdraw,
}

#[derive(Debug, Deserialize)]
pub(super) struct Ending {
    end: End,
    #[serde(default)]
    reason: String,
}

/// Close or withdraw it, with a reason.
pub(super) async fn end(
    request: HttpRequest,
    id: web::Path<String>,
    ending: web::Form<Ending>,
    admin: web::Data<Admin>,
) -> HttpResponse {
    let here = Here::of(&request, &admin);
    let ending = ending.into_inner();
    here.answer(ended(&here, id.into_inner(), &ending).await)
}

async fn ended(here: &Here<'_>, id: String, ending: &Ending) -> Result<HttpResponse, Problem> {
    here.must(Role::Approve)?;
    let entry = read(here, id).await?;
    let again = |wrong: Wrong| here.again(recall_one(&entry, false, &ending.reason, &[wrong], &here.ctx()));
    let line = ending.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = match Text::try_from(line) {
        Ok(reason) => reason,
        Err(error) => return Ok(again(Wrong::of_text("reason", &error))),
    };
    let (desk, author, id) = (&here.admin.desk, here.author(None)?, entry.recall.id.clone());
    let done = match ending.end {
        End::Close => desk.close_recall(id, reason, author).await,
        End::Withdraw => desk.withdraw_recall(id, reason, author).await,
    };
    match done {
        Ok(_) => Ok(here.to(&format!("/desk/recalls/{}?done=1", entry.recall.id))),
        Err(DeskError::Refused(faults)) => match faults.first() {
            Some(fault) => Ok(again(Wrong::of_fault(fault, |_| "reason"))),
            None => Err(Kind::Conflict.into()),
        },
        Err(other) => Err(other.into()),
    }
}

/// A card whose pictures come from an address of this listener.
pub(super) fn local(mut card: Card, media: &str) -> Card {
    let ours = |address: &mut String| {
        if let Some(hash) = address.strip_prefix("/v1/media/") {
            *address = format!("{media}/{hash}");
        }
    };
    card.product.iter_mut().flat_map(|product| &mut product.images).for_each(ours);
    card.compare.iter_mut().filter_map(|compare| compare.image.as_mut()).for_each(ours);
    card
}
