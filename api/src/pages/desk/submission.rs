//! Submissions: the list, the upload, one with what it would do, a card as it would be, and taking one back.

mod actions;
mod findings;
mod list;
mod one;
mod undo;
mod upload;

pub use list::submission_list;
pub use one::{SubmissionSheet, Tried, submission_card, submission_one};
pub use undo::{UndoSheet, submission_undo};
pub use upload::submission_upload;

use nguon_openapi::Lang;

use crate::store::submissions::SubmissionState;

/// A state, in words.
const fn state(state: SubmissionState, lang: Lang) -> &'static str {
    match state {
        SubmissionState::Draft => lang.pick("Bản nháp", "Draft"),
        SubmissionState::Sent => lang.pick("Chờ duyệt", "To be approved"),
        SubmissionState::Returned => lang.pick("Trả lại để sửa", "Sent back"),
        SubmissionState::Approving => lang.pick("Đang ghi vào hồ sơ", "Being written"),
        SubmissionState::Approved => lang.pick("Đã duyệt", "Approved"),
        SubmissionState::Discarded => lang.pick("Đã bỏ", "Discarded"),
        SubmissionState::Undone => lang.pick("Đã hoàn tác", "Taken back"),
    }
}
