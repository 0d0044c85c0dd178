//! Pages for people: what a browser gets. Pure functions from values to HTML; no I/O, no clock, no request.
//!
//! The card on a page is the same node list that the widget draws (`nguon_view`). Every page works without script
//! and under a strict content security policy: one stylesheet and one script from this origin, nothing inline that
//! runs; the first page has a script of its own beside it, for the scanner. A page that reports a problem never looks
//! like a verdict.

mod about;
mod asset;
mod card;
mod check;
pub mod desk;
pub mod embed;
mod embedded;
mod form;
mod home;
mod layout;
mod meaning;
mod moment;
mod nodes;
mod offline;
mod onward;
mod operator;
mod places;
mod print;
mod privacy;
mod problem;
mod problems;
mod report;
mod structured;

#[cfg(test)]
mod tests;

pub use about::about;
pub use asset::{Asset, asset, icon, script, stylesheet};
pub use card::{CardPage, card_page};
pub use check::{card_path, check_page};
pub use embedded::{fragment, view};
pub use home::{Sample, home};
pub use offline::{OFFLINE_PATH, offline, offline_worker};
pub use privacy::privacy;
pub use problem::{Again, Trouble, could_not_check, not_found, problem_page};
pub use problems::problems;
pub use report::{Filled, ReportForm, report_done, report_form, report_path, report_status};

use nguon_openapi::Lang;

/// The policy that every page is served under. Everything a page needs is on its own origin. A block of
/// data (JSON-LD) runs nothing and needs no permission (HTML §4.12.1).
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
                                           img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of the first page: the same, and what the scanner needs. Its script, its worker and their wasm come from
/// this origin; so does its stylesheet.
pub const HOME_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
                                        connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                                        base-uri 'none'; frame-ancestors 'none'";

/// What the first page may ask a person for: the camera, and nothing else.
pub const HOME_PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=()";

/// What a page needs to know beside what it shows.
#[derive(Clone, Copy, Debug)]
pub struct PageContext<'a> {
    /// Language of the page.
    pub lang: Lang,
    /// Public origin, without a slash at its end.
    pub base_url: &'a str,
    /// The registry holds demonstration data only.
    pub demo: bool,
    /// Path and query of this page without `lang`, percent-encoded: what the language switch leads to.
    pub this_path: &'a str,
}
