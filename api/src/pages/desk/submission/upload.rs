//! The upload: a file, and pictures beside it.

use maud::{Markup, html};

use crate::desk::Wrong;
use crate::pages::desk::field::Form;
use crate::pages::desk::layout::{DeskContext, Room, document};

/// The page.
#[must_use]
pub fn submission_upload(wrongs: &[Wrong], ctx: &DeskContext<'_>) -> Markup {
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
            form action=(ctx.to("/desk/submissions/new")) method="post" enctype="multipart/form-data" {
                (form.file(
                    "document",
                    lang.pick("Tệp hồ sơ", "Records"),
                    lang.pick("Excel (.xlsx), .csv hoặc .ndjson, tối đa 8 MB.", "Excel (.xlsx), .csv or .ndjson, at most 8 MB."),
                    ".xlsx,.csv,.ndjson,.json",
                    true,
                ))
                (form.file(
                    "photos",
                    lang.pick("Ảnh sản phẩm", "Pictures"),
                    lang.pick(
                        "Một tệp .zip gồm các ảnh có tên ghi trong cột ảnh, tối đa 24 MB.",
                        "One .zip with the pictures that the picture column names, at most 24 MB.",
                    ),
                    ".zip,.jpg,.jpeg,.png,.webp",
                    false,
                ))
                button type="submit" class="send" { (lang.pick("Tải lên và xem thử", "Upload and try out")) }
            }
        }
    };
    document(title, Room::Submissions, &main, ctx)
}
