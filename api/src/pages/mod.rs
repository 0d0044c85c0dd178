//! Pages for people: what a browser gets. Pure functions from values to HTML; no I/O, no clock, no request.
//!
//! The card on a page is the same node list that the widget draws (`nguon_view`). Every page works without script
//! and under a strict content security policy: one stylesheet from this origin, no inline style, no inline script.
//! A page that reports a problem never looks like a verdict.

mod card;
mod embedded;
mod form;
mod home;
mod layout;
mod nodes;
mod places;
mod print;
mod problem;
mod problems;
mod style;

#[cfg(test)]
mod tests;

pub use card::{CardPage, card_page};
pub use embedded::{fragment, view};
pub use home::{Sample, home};
pub use problem::{could_not_check, problem_page};
pub use problems::problems;
pub use style::{Stylesheet, stylesheet};

use nguon_openapi::Lang;

/// The policy that every page is served under. Everything a page needs is on its own origin.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                                           base-uri 'none'; frame-ancestors 'none'";

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
