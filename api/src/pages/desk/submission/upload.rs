//! The upload: a file, and pictures beside it.

use maud::{Markup, html};
use nguon_openapi::Lang;

use crate::desk::Wrong;
use crate::pages::desk::field::Form;
use crate::pages::desk::layout::{DeskContext, Room, document};

/// The page. `instead`: a submission in whose place the file comes.
#[must_use]
pub fn submission_upload(instead: Option<u64>, wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Gửi tệp hồ sơ", "Upload records");
    let form = Form { wrongs, lang };
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            p class="lead" {
                (lang.pick(
                    "Chưa có gì được công bố: tệp được đọc thử, lỗi được chỉ ra từng ô, rồi người khác duyệt.",
                    "Nothing is published yet: the file is tried out, errors are named by cell, and somebody else approves.",
                ))
            }
            p {
                a href=(ctx.to("/desk/template.xlsx")) { (lang.pick("Tải mẫu Excel", "Take the Excel template")) }
                (lang.pick(" nếu chưa có.", " if there is none yet."))
            }
            (form.summary())
            (upload_form(instead, wrongs, ctx))
        }
    };
    document(title, Room::Submissions, &main, ctx)
}

/// The form itself.
pub(super) fn upload_form(instead: Option<u64>, wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let form = Form { wrongs, lang };
    html! {
        form action=(ctx.to("/desk/submissions/new")) method="post" enctype="multipart/form-data" {
            @if let Some(instead) = instead { input type="hidden" name="instead" value=(instead); }
            (form.file(
                "document",
                lang.pick("Tệp hồ sơ", "Records"),
                lang.pick("Excel (.xlsx), .csv hoặc .ndjson, tối đa 8 MB.", "Excel (.xlsx), .csv or .ndjson, at most 8 MB."),
                ".xlsx,.csv,.ndjson,.json",
                true,
            ))
            (form.files(
                "photos",
                lang.pick("Ảnh sản phẩm", "Pictures"),
                match (lang, instead) {
                    (Lang::Vi, None) => "Chọn một hay nhiều ảnh có tên ghi trong cột Ảnh, hoặc một tệp .zip; tất cả tối đa 24 MB.",
                    (Lang::En, None) => "One or more pictures that the column Pictures names, or one .zip; 24 MB at most together.",
                    (Lang::Vi, Some(_)) => "Không chọn thì giữ các ảnh đã gửi lần trước.",
                    (Lang::En, Some(_)) => "If none is chosen, those that were sent before stay.",
                },
                ".zip,.jpg,.jpeg,.png,.webp",
            ))
            button type="submit" class="send" {
                @if instead.is_some() { (lang.pick("Tải lên bản đã sửa", "Upload the corrected file")) }
                @else { (lang.pick("Tải lên và xem thử", "Upload and try out")) }
            }
        }
    }
}
