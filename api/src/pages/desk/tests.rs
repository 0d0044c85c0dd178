//! Promises of the desk's pages.

use gs1::TradeItem;
use nguon_openapi::{Card, Lang, RecallStatus};
use serde_json::json;

use super::*;
use crate::desk::{CodesForm, RecallForm, TakenBack, Wrong};
use crate::registry::import::{Finding, ProductCompleteness, Report};
use crate::registry::{FaultCode, Recall, RecallEntry, Stamp};
use crate::store::submissions::{FileOf, Submission, SubmissionState};

const HOSTILE: &str = "\"><script>alert(1)</script>\u{202E}";

fn context(lang: Lang) -> DeskContext<'static> {
    let visitor = Visitor {
        user: Some("lan"),
        publisher: "coop",
        enters: true,
        approves: true,
        operates: false,
        can_leave: true,
    };
    DeskContext { lang, base_url: "https://id.example.vn", this_path: "/desk", visitor: Some(visitor) }
}

fn entry() -> RecallEntry {
    let recall: Recall = serde_json::from_value(json!({
        "id": "TH-1", "scope": {"gtin": "09520000010010", "lots": ["L1", "L2"]}, "status": "active",
        "reason": {"vi": HOSTILE.replace('\u{202E}', "")}, "issuer": "Sở Mẫu", "from": "2026-11-29"
    }))
    .unwrap();
    let derived = vec![crate::registry::LotRef { gtin: recall.scope.gtin, lot: "L9".parse().unwrap() }];
    let stamp = Stamp { revision: 1, at: "2026-11-29T03:00:00Z".parse().unwrap() };
    RecallEntry { recall, derived, derived_cut: false, publisher: "coop".to_owned().try_into().unwrap(), stamp }
}

fn card() -> Card {
    serde_json::from_value(json!({
        "lang": "vi", "code": {"input": "/01/09520000010010/10/L1", "kind": "gs1"},
        "verdict": "recalled", "level": "batch", "tone": "danger", "headline": "HEADLINE", "advice": "ADVICE",
        "reasons": [], "safety": {"status": "none_known", "recalls": []}, "links": {},
        "record_version": 1, "rules_version": "1", "stale": false
    }))
    .unwrap()
}

fn submission(state: SubmissionState) -> Submission {
    Submission {
        number: 7,
        version: 3,
        publisher: "coop".to_owned().try_into().unwrap(),
        entered_by: Some("minh".to_owned().try_into().unwrap()),
        at: "2026-11-29T03:00:00Z".parse().unwrap(),
        document: FileOf { name: HOSTILE.to_owned(), bytes: 2_000_000, sha256: "ab".repeat(32) },
        photos: None,
        state,
        steps: Vec::new(),
        basis: None,
        revision: None,
    }
}

fn report(errors: u64) -> Report {
    let mut report = Report { read: 3, changed: 2, ..Report::default() };
    if errors > 0 {
        report.rejected.records = errors;
        report.rejected.total = errors;
        let finding = Finding::at(7, "gtin".to_owned(), FaultCode::Value, HOSTILE.to_owned());
        let place = (Some("Sản phẩm".to_owned()), Some("C7".to_owned()), Some("Mã GTIN".to_owned()));
        report.rejected.list = vec![Finding { sheet: place.0, cell: place.1, heading: place.2, ..finding }];
    }
    report.completeness = vec![ProductCompleteness {
        gtin: "09520000010010".to_owned(),
        name: HOSTILE.to_owned(),
        lot: Some("L/1&2".to_owned()),
        present: 8,
        missing: vec![nguon_openapi::RecordItem::Image, nguon_openapi::RecordItem::Standards],
    }];
    report
}

fn one(state: SubmissionState, errors: u64, may_approve: bool) -> String {
    let (submission, report) = (submission(state), report(errors));
    let tried = if state.is_open() { Tried::Report(&report) } else { Tried::NoMore };
    let sheet =
        SubmissionSheet { submission: &submission, tried, may_approve, basis: None, done: false, why: "", wrongs: &[] };
    submission_one(&sheet, &context(Lang::Vi)).into_string()
}

/// Every page, with hostile words wherever somebody can put them.
fn pages(lang: Lang) -> Vec<String> {
    let ctx = context(lang);
    let wrongs = [Wrong::at("gtin", HOSTILE, HOSTILE), Wrong::at("", HOSTILE, HOSTILE)];
    let form = RecallForm { gtin: HOSTILE.into(), reason_vi: HOSTILE.into(), ..RecallForm::default() };
    let (entry, card, submission) = (entry(), card(), submission(SubmissionState::Approved));
    let (codes, touched) =
        (CodesForm::default(), Touched { changed: 2, already: 1, not_on_record: vec![HOSTILE.into()] });
    let warnings = [HOSTILE.to_owned()];
    let preview = RecallPreview { form: &form, entry: &entry, card: &card, warnings: &warnings, amends: false };
    let back = TakenBack::default();
    let undo = UndoSheet { submission: &submission, back: &back, why: HOSTILE, wrongs: &wrongs };
    let made = [
        home(Waiting { reports: Some(100), more_reports: true, submissions: Some(3) }, &ctx),
        sign_in(true, &ctx),
        problem("TITLE", "DETAIL", &warnings, &ctx),
        recall_form(&RecallSheet { form: &form, wrongs: &wrongs, amends: None }, &ctx),
        recall_form(&RecallSheet { form: &form, wrongs: &wrongs, amends: Some(RecallStatus::Active) }, &ctx),
        recall_preview(&preview, &ctx),
        recall_preview(&RecallPreview { amends: true, ..preview }, &ctx),
        recall_list(&[RecallRow { entry: &entry, product: Some(HOSTILE) }], 4, &ctx),
        recall_one(&entry, true, HOSTILE, &wrongs, &ctx),
        codes_form(&CodesPage { form: &codes, wrongs: &wrongs }, &ctx),
        codes_preview(&codes, &touched, &ctx),
        codes_done(codes.what, &touched, &ctx),
        report_list(None, &[], None, &ctx),
        alerts(Some(&[]), &ctx),
        history(&HistoryPage { typed: HOSTILE, wrongs: &wrongs, found: None }, &ctx),
        submission_list(true, core::slice::from_ref(&submission), Some(3), &ctx),
        submission_upload(Some(7), &wrongs, &ctx),
        submission_card(7, &card, &ctx),
        submission_undo(&undo, &ctx),
    ];
    made.into_iter().map(maud::PreEscaped::into_string).chain([one(SubmissionState::Draft, 1, false)]).collect()
}

#[test]
fn nothing_that_somebody_typed_is_read_as_markup_and_nothing_runs() {
    for lang in [Lang::Vi, Lang::En] {
        for page in pages(lang) {
            assert!(!page.contains("<script") && !page.contains("style=\"") && !page.contains(" onclick"), "{page}");
            assert_eq!(page.matches("<h1>").count(), 1, "{page}");
            assert!(page.contains("<main id=\"main\">"), "{page}");
        }
    }
}

#[test]
fn what_is_to_be_put_right_stands_beside_its_field_and_leads_there() {
    let form = RecallForm { gtin: "9520000010011".into(), lots: "L1".into(), ..RecallForm::default() };
    let wrongs = form.read().unwrap_err();
    let page =
        recall_form(&RecallSheet { form: &form, wrongs: &wrongs, amends: None }, &context(Lang::Vi)).into_string();
    assert!(page.contains("href=\"#gtin\"") && page.contains("id=\"gtin-wrong\""));
    assert!(page.contains("aria-describedby=\"gtin-hint gtin-wrong\" aria-invalid=\"true\""), "{page}");
    assert_eq!(page.matches(" autofocus").count(), 1, "the first one takes the keyboard");
    assert!(page.contains("value=\"9520000010011\""), "nothing typed is lost");
}

#[test]
fn a_preview_says_that_nothing_is_published_and_names_every_lot_it_reaches() {
    let (form, entry, card) = (RecallForm::default(), entry(), card());
    let preview = RecallPreview { form: &form, entry: &entry, card: &card, warnings: &[], amends: false };
    let page = recall_preview(&preview, &context(Lang::Vi)).into_string();
    for told in ["Chưa có gì được công bố", "L1", "L2", "L9", "HEADLINE", "value=\"publish\""] {
        assert!(page.contains(told), "{told}");
    }
    let item = crate::desk::recalled_code(&entry.recall);
    assert_eq!(item, TradeItem { lot: Some("L1".parse().unwrap()), ..TradeItem::of_gtin(entry.recall.scope.gtin) });
}

#[test]
fn a_recall_that_was_withdrawn_has_no_further_end() {
    let mut entry = entry();
    assert!(recall_one(&entry, false, "", &[], &context(Lang::En)).into_string().contains("value=\"close\""));
    entry.recall.status = RecallStatus::Withdrawn;
    let page = recall_one(&entry, false, "", &[], &context(Lang::En)).into_string();
    assert!(!page.contains("value=\"close\"") && !page.contains("value=\"withdraw\""));
}

#[test]
fn a_submission_names_its_errors_by_cell_and_offers_what_may_be_done_with_it() {
    let page = one(SubmissionState::Draft, 1, false);
    assert!(page.contains("Sản phẩm") && page.contains("ô C7") && page.contains("Mã GTIN"), "{page}");
    assert!(page.contains("8/10") && page.contains("Hình ảnh sản phẩm; Tiêu chuẩn"), "{page}");
    assert!(page.contains("/desk/submissions/7/card?gtin=09520000010010&amp;lot=L%2F1%262"), "{page}");
    assert!(!page.contains("value=\"send\"") && page.contains("value=\"discard\""));
    assert!(one(SubmissionState::Draft, 0, false).contains("value=\"send\""));
    assert!(!one(SubmissionState::Sent, 0, false).contains("value=\"approve\""));
    let sent = one(SubmissionState::Sent, 0, true);
    assert!(
        sent.contains("value=\"approve\"") && sent.contains("value=\"return\"") && !sent.contains("value=\"send\"")
    );
    assert!(one(SubmissionState::Approved, 0, true).contains("/desk/submissions/7/undo"));
    assert!(!one(SubmissionState::Discarded, 0, true).contains("<form action=\"/desk/submissions/7"));
}

#[test]
fn whoever_only_enters_is_offered_no_recall() {
    let mut ctx = context(Lang::Vi);
    ctx.visitor = ctx.visitor.map(|visitor| Visitor { approves: false, ..visitor });
    assert!(!recall_list(&[], 0, &ctx).into_string().contains("/desk/recalls/new"));
    assert!(!recall_one(&entry(), false, "", &[], &ctx).into_string().contains("name=\"end\""));
}
