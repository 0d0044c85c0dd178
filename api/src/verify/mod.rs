//! What is said about a code: `(facts, now) -> judgement -> card`. Pure.
//!
//! No I/O, no clock, no randomness: the records come in as `Facts`, the time as a parameter, and the same facts
//! at the same instant give the same card, today and when somebody asks later. Each family of findings has a
//! file in `rules`; `judge` puts them in order of precedence; `texts` holds every word; `card` copies what may
//! be seen into the public contract.
//!
//! Two promises are kept here by construction: a lookup is never `positive` (only the answer to a counted check
//! may be, and `judge_check` is told of those), and no text says that goods are the real thing or a copy.

mod card;
mod checked;
mod completeness;
mod day;
mod facts;
mod judge;
mod rules;
mod texts;

#[cfg(test)]
mod tests;

pub use card::{Asked, card};
pub use checked::{Checked, Counting, PinSeen, is_one_unit, not_counted};
pub use completeness::completeness;
pub use day::today;
pub use facts::{CodeFacts, Facts, ItemFacts, LotFacts};
pub use judge::{Judgement, judge, judge_check, tone_of};
pub(crate) use texts::{certificate_kind, record_item, stage};

/// Version of the rules. Part of every card and every `ETag`: a card can be explained by the rules that made it.
pub const RULES_VERSION: &str = "2026-11";
