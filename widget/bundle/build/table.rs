//! The table of files, as Rust for `src/lib.rs` to include.

use std::{fs, path::Path};

use crate::{
    Result,
    dist::{MANIFEST, SCRIPT, integrity, with},
};

/// Every file of `dist` under every address it is served at.
///
/// Modules stand beside both scripts, since each looks for them beside itself; their names carry their hashes, so both
/// addresses are immutable.
pub(crate) fn rust(dist: &Path, version: &str) -> Result<String> {
    let javascript = "text/javascript; charset=utf-8";
    let mut rows = vec![
        row(dist, &format!("/widget/v1/{SCRIPT}"), SCRIPT, javascript, false)?,
        row(dist, &format!("/widget/{version}/{SCRIPT}"), SCRIPT, javascript, true)?,
        row(dist, &format!("/widget/v1/{MANIFEST}"), MANIFEST, "application/json", false)?,
    ];
    for wasm in &modules(dist)? {
        rows.push(row(dist, &format!("/widget/v1/{wasm}"), wasm, "application/wasm", true)?);
        rows.push(row(dist, &format!("/widget/{version}/{wasm}"), wasm, "application/wasm", true)?);
    }
    Ok(format!("&[{}]", rows.concat()))
}

/// Every file of our own first page, at `/assets/…`: by name, since each name carries its hash.
pub(crate) fn page(directory: &Path) -> Result<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .map_err(|error| format!("{}: {error}", directory.display()))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort_unstable();
    let mut rows = String::new();
    for name in &names {
        let content_type = match extension(Path::new(name)) {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            // The compressed forms stand in the rows of what they are forms of.
            _ => continue,
        };
        rows.push_str(&row(directory, &format!("/assets/{name}"), name, content_type, true)?);
    }
    Ok(format!("&[{rows}]"))
}

/// Names of the modules' files.
fn modules(dist: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if let (Some("wasm"), Some(name)) = (extension(&path), path.file_name()) {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    if names.is_empty() { Err(format!("{} holds no module", dist.display()).into()) } else { Ok(names) }
}

fn row(dist: &Path, path: &str, name: &str, content_type: &str, immutable: bool) -> Result<String> {
    let sri = integrity(name, &fs::read(dist.join(name))?);
    let identity = included(&dist.join(name))?;
    let brotli = included(&with(dist, name, "br"))?;
    let gzip = included(&with(dist, name, "gz"))?;
    Ok(format!(
        "File {{ path: {path:?}, content_type: {content_type:?}, identity: {identity}, brotli: {brotli}, \
         gzip: {gzip}, sri: {sri:?}, immutable: {immutable} }},"
    ))
}

/// The bytes of a file, as Rust.
fn included(path: &Path) -> Result<String> {
    let path = path.to_str().ok_or("the path of the target directory is not UTF-8")?;
    Ok(format!("include_bytes!({path:?})"))
}

fn extension(path: &Path) -> Option<&str> {
    path.extension()?.to_str()
}
