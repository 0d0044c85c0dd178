//! Commands of `nguon`: each reads its arguments, does one thing with the library, and says what became of it.

mod admin;
mod checking;
pub mod demo;
pub mod explain;
pub mod export;
pub mod generate;
pub mod import;
pub mod issue;
pub mod lookup;
pub mod parse;
pub mod people;
pub mod serve;
pub mod stats;
mod store;
pub mod template;
