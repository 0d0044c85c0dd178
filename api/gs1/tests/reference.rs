//! Promise: the strict engine says what GS1's reference parser says, on every case GS1 tests it with.
//!
//! The cases lie outside this repository, at `../shared/gs1`; where they are absent, that is said
//! and nothing is claimed. A deviation must be listed here with its reason, and one that is listed
//! must still exist.

#![expect(clippy::expect_used, reason = "a test may fail")]

#[path = "reference/engine.rs"]
mod engine;
#[path = "reference/linters.rs"]
mod linters;
#[path = "reference/names.rs"]
mod names;

use std::path::PathBuf;

use serde_json::Value;

/// The records of a file of cases; `None` where it is not there.
fn cases(file: &str) -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gs1").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("{file}: absent, nothing was compared");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("one record a line")).collect())
}

/// Bytes as the cases write them: one character per byte.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("cases are Latin-1")).collect()
}

fn text<'r>(record: &'r Value, field: &str) -> &'r str {
    record[field].as_str().unwrap_or_default()
}

fn flag(record: &Value, field: &str) -> bool {
    record[field].as_bool().unwrap_or_default()
}
