//! The directory of finished files: each as it is, as brotli and as gzip; and a manifest of sizes and hashes.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256, Sha384};

use crate::{Result, glue::Module, script};

/// Name of the script.
pub(crate) const SCRIPT: &str = "origin-card.js";
/// Name of the style, for cards that the service prints. No page loads it by itself.
pub(crate) const STYLE: &str = "origin-card.css";
/// Name of the part of it that is under a card: with its nodes, or in its module.
pub(crate) const CARD_STYLE: &str = "card.css";
/// Name of the manifest.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Empties `dist` and fills it. There is a module for each language.
pub(crate) fn write(dist: &Path, widget: &Path, modules: &[(&str, Module)], version: &str) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::create_dir_all(dist)?;
    let style = script::style(widget)?;
    let card_style = script::card_style(widget)?;
    fs::write(dist.join(STYLE), format!("{style}{card_style}"))?;
    fs::write(dist.join(CARD_STYLE), card_style)?;
    let named = modules.iter().map(|(lang, module)| {
        let name = name(lang, &module.wasm);
        let integrity = integrity(&name, &module.wasm);
        (*lang, name, integrity)
    });
    let named: Vec<_> = named.collect();
    let imports = modules.first().map_or(&[][..], |(_, module)| &module.imports);
    if modules.iter().any(|(_, module)| module.imports != imports) {
        return Err("the modules do not import the same functions".into());
    }
    let script = script::join(widget, &style, imports, version, &named)?;
    let mut files = vec![(SCRIPT, script.as_bytes())];
    files.extend(named.iter().zip(modules).map(|((_, name, _), (_, module))| (name.as_str(), module.wasm.as_slice())));
    let mut entries = Vec::new();
    for (name, bytes) in files {
        let (brotli, gzip) = put(dist, name, bytes)?;
        entries.push(format!(
            r#"{{"path":"/widget/{version}/{name}","bytes":{},"brotli":{brotli},"gzip":{gzip},"integrity":"{}"}}"#,
            bytes.len(),
            integrity(name, bytes),
        ));
    }
    let manifest =
        format!(r#"{{"version":"{version}","floating":"/widget/v1/{SCRIPT}","files":[{}]}}"#, entries.join(","));
    put(dist, MANIFEST, manifest.as_bytes())?;
    Ok(())
}

/// Name of a module's file: it carries its hash.
fn name(lang: &str, wasm: &[u8]) -> String {
    format!("origin-card-{lang}-{}.wasm", fingerprint(wasm))
}

/// What browsers compare a file with: `sha384-…`; `sha256-…` of a module, since the scripts that name one carry it.
pub(crate) fn integrity(name: &str, bytes: &[u8]) -> String {
    if std::path::Path::new(name).extension().is_some_and(|extension| extension == "wasm") {
        format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
    } else {
        format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
    }
}

/// What goes into the name of a file, so that another content has another name: ten hexadecimal digits.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    Sha384::digest(bytes).iter().take(5).flat_map(|byte| [byte >> 4, byte & 15]).map(hex).collect()
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}

/// Writes a file in its three forms; says the sizes of the compressed ones.
pub(crate) fn put(dist: &Path, name: &str, bytes: &[u8]) -> Result<(usize, usize)> {
    let brotli = shortest(bytes)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    let gzip = encoder.finish()?;
    fs::write(dist.join(name), bytes)?;
    fs::write(with(dist, name, "br"), &brotli)?;
    fs::write(with(dist, name, "gz"), &gzip)?;
    Ok((brotli.len(), gzip.len()))
}

/// The shortest brotli: which of the encoder's models fits is only known afterwards.
fn shortest(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut shortest: Option<Vec<u8>> = None;
    for mode in [BrotliEncoderMode::BROTLI_MODE_GENERIC, BrotliEncoderMode::BROTLI_MODE_FONT] {
        let best = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), mode, ..Default::default() };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &best)?;
        if shortest.as_ref().is_none_or(|other| brotli.len() < other.len()) {
            shortest = Some(brotli);
        }
    }
    shortest.ok_or_else(|| "no model was tried".into())
}

/// Path of a compressed form.
pub(crate) fn with(dist: &Path, name: &str, encoding: &str) -> PathBuf {
    dist.join(format!("{name}.{encoding}"))
}
