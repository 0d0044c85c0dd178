//! The publisher's desk: pages of the operators' listener for whoever enters, approves and works off. Pure functions from
//! values to HTML like every page; each works without script and from the keyboard, in one column that a phone shows too.

mod codes;
mod field;
mod files;
mod history;
mod home;
mod issue;
mod label;
mod layout;
mod problem;
mod recall;
mod reports;
mod say;
mod sign_in;
mod submission;

#[cfg(test)]
mod tests;

pub use codes::{CodesPage, Touched, codes_done, codes_form, codes_preview};
pub use files::desk_asset;
pub use history::{HistoryPage, history};
pub use home::{Waiting, home};
pub use issue::issue_form;
pub use layout::{DeskContext, Room, Visitor};
pub use problem::problem;
pub use recall::{RecallPreview, RecallRow, RecallSheet, recall_form, recall_list, recall_one, recall_preview};
pub use reports::{ReportSheet, alerts, report_list, report_one};
pub use sign_in::sign_in;
pub use submission::{
    SubmissionSheet, Tried, UndoSheet, submission_card, submission_list, submission_one, submission_undo,
    submission_upload,
};

/// The policy of every page of the desk: nothing that runs, everything else from this origin.
pub const DESK_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                               frame-ancestors 'none'";
