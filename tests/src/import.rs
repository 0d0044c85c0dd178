//! `nguon import`: records into a store, by a process of its own.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::binary::nguon;
use crate::registry::PUBLISHER;

/// Import NDJSON into a store on behalf of the tests' publisher; the report.
#[must_use]
pub fn import(store: &str, ndjson: &str) -> Value {
    let mut child = Command::new(nguon())
        .args(["import", "-", "--json", "--store", store, "--publisher", PUBLISHER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("nguon can be run");
    // What it does not read it says on its other pipes.
    let _ = child.stdin.take().expect("its input is a pipe").write_all(ndjson.as_bytes());
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "nguon import: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("the report is JSON")
}
