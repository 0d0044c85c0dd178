//! What a publisher does at the desk, beside HTTP and pages: forms as people fill them in, what a step would touch, and
//! a card as consumers would see it. What is declared goes through `registry::import` like everything else.

mod again;
mod amend;
mod codes;
mod enrolment;
mod history;
mod issue;
mod opened;
mod preview;
mod recall;
mod submissions;
mod sweep;
mod undo;
mod upload;
mod wording;
mod wrong;

pub use codes::{Codes, CodesForm};
pub use enrolment::{Enrolment, NotEnrolled};
pub use history::{HISTORY_LINES, Happened, History};
pub use issue::IssueForm;
pub use opened::Opened;
pub use preview::{Overlay, recalled_code};
pub use recall::{RecallForm, Scope};
pub use submissions::{MOST_OPEN, NotTaken, TakenBack, Tray};
pub use sweep::{SUBMISSION_DAYS, sweep};
pub use undo::Undo;
pub use upload::{DOCUMENT_BYTES, PHOTOS_BYTES, Uploaded, together};
pub(crate) use wording::warning_vi;
pub use wrong::{Wrong, typed_gtin};
