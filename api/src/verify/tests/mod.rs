//! Tests of the rules: one scene of records, changed by each test in what it is about.

mod card;
mod checks;
mod dates;
mod precedence;
mod properties;
mod recalls;
mod scene;
mod words;
