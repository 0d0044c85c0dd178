//! Pages of reports: the form, the receipt, and what became of a report. Each works without script; the one script
//! makes a photo small before it is sent.

mod done;
mod files;
mod form;
mod link;
mod status;

pub use done::report_done;
pub(super) use files::assets;
pub use form::{Filled, ReportForm, report_form};
pub(super) use link::report_link;
pub use link::report_path;
pub use status::report_status;

use jiff::civil::Date;
use maud::{Markup, html};
use nguon_openapi::Lang;

/// A day as a reader writes it.
pub(super) fn day(date: Date, lang: Lang) -> Markup {
    html! { time datetime=(date) { (date.strftime(lang.pick("%d/%m/%Y", "%-d %b %Y"))) } }
}
