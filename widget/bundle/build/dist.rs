//! The directory of finished files: each as it is, as brotli and as gzip; and a manifest of sizes and hashes.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha384};

use crate::{Result, glue::Glue, script};

/// Name of the script.
pub(crate) const SCRIPT: &str = "origin-card.js";
/// Name of the manifest.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Empties `dist` and fills it.
pub(crate) fn write(dist: &Path, widget: &Path, glue: &Glue, version: &str) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::create_dir_all(dist)?;
    let hash: String = Sha384::digest(&glue.wasm).iter().take(5).flat_map(|b| [b >> 4, b & 15]).map(hex).collect();
    let wasm_name = format!("origin-card-{hash}.wasm");
    let script = script::join(widget, glue, version, &wasm_name, &integrity(&glue.wasm))?;
    let mut entries = Vec::new();
    for (name, bytes) in [(SCRIPT, script.as_bytes()), (wasm_name.as_str(), glue.wasm.as_slice())] {
        let (brotli, gzip) = put(dist, name, bytes)?;
        entries.push(format!(
            r#"{{"path":"/widget/{version}/{name}","bytes":{},"brotli":{brotli},"gzip":{gzip},"integrity":"{}"}}"#,
            bytes.len(),
            integrity(bytes),
        ));
    }
    let manifest =
        format!(r#"{{"version":"{version}","floating":"/widget/v1/{SCRIPT}","files":[{}]}}"#, entries.join(","));
    put(dist, MANIFEST, manifest.as_bytes())?;
    Ok(())
}

/// `sha384-…`, as browsers compare it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}

/// Writes a file in its three forms; says the sizes of the compressed ones.
fn put(dist: &Path, name: &str, bytes: &[u8]) -> Result<(usize, usize)> {
    let mut brotli = Vec::new();
    let best =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &best)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    let gzip = encoder.finish()?;
    fs::write(dist.join(name), bytes)?;
    fs::write(with(dist, name, "br"), &brotli)?;
    fs::write(with(dist, name, "gz"), &gzip)?;
    Ok((brotli.len(), gzip.len()))
}

/// Path of a compressed form.
pub(crate) fn with(dist: &Path, name: &str, encoding: &str) -> PathBuf {
    dist.join(format!("{name}.{encoding}"))
}
