//! The table of files, as Rust for `src/lib.rs` to include.

use std::{fs, path::Path};

use crate::{
    Result,
    dist::{MANIFEST, SCRIPT, integrity, with},
};

/// Every file of `dist` under every address it is served at.
///
/// The module stands beside both scripts, since each looks for it beside itself; its name carries its hash, so both
/// addresses are immutable.
pub(crate) fn rust(dist: &Path, version: &str) -> Result<String> {
    let wasm = &module_name(dist)?;
    let javascript = "text/javascript; charset=utf-8";
    let rows = [
        row(dist, &format!("/widget/v1/{SCRIPT}"), SCRIPT, javascript, false)?,
        row(dist, &format!("/widget/{version}/{SCRIPT}"), SCRIPT, javascript, true)?,
        row(dist, &format!("/widget/v1/{wasm}"), wasm, "application/wasm", true)?,
        row(dist, &format!("/widget/{version}/{wasm}"), wasm, "application/wasm", true)?,
        row(dist, &format!("/widget/v1/{MANIFEST}"), MANIFEST, "application/json", false)?,
    ];
    Ok(format!("&[{}]", rows.concat()))
}

fn module_name(dist: &Path) -> Result<String> {
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".wasm") {
            return Ok(name);
        }
    }
    Err(format!("{} holds no module", dist.display()).into())
}

fn row(dist: &Path, path: &str, name: &str, content_type: &str, immutable: bool) -> Result<String> {
    let sri = integrity(&fs::read(dist.join(name))?);
    let (identity, brotli, gzip) = (dist.join(name), with(dist, name, "br"), with(dist, name, "gz"));
    Ok(format!(
        "File {{ path: {path:?}, content_type: {content_type:?}, identity: include_bytes!({identity:?}), \
         brotli: include_bytes!({brotli:?}), gzip: include_bytes!({gzip:?}), sri: {sri:?}, immutable: {immutable} }},"
    ))
}
