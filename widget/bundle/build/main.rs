//! Builds the files that a shop page loads: compiles the card's wasm, writes its glue, joins glue, style and element
//! into one script, compresses everything, and leaves a table of files for `src/lib.rs` to include. Likewise the files
//! of our own first page: the grammar's wasm and the scanner's.
//!
//! Reads `NGUON_WIDGET_DIST`: a directory that an earlier build filled (its `OUT_DIR/dist`), used as it is.

mod cargo;
mod dist;
mod glue;
mod page;
mod script;
mod shorten;
mod squeeze;
mod table;
mod tokens;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// What goes wrong in a build script is read by a person, once.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A module is made for each: the words of the other would weigh as much as a fifth of it.
const LANGUAGES: [&str; 2] = ["vi", "en"];

fn main() -> Result<()> {
    println!("cargo::rerun-if-env-changed=NGUON_WIDGET_DIST");
    let out_dir = PathBuf::from(variable("OUT_DIR")?);
    let version = variable("CARGO_PKG_VERSION")?;
    let dist = if let Some(ready) = env::var_os("NGUON_WIDGET_DIST") {
        let ready = Path::new(&ready).canonicalize()?;
        println!("cargo::rerun-if-changed={}", ready.display());
        ready
    } else {
        build(&out_dir, &version)?
    };
    fs::write(out_dir.join("files.rs"), table::rust(&dist, &version)?)?;
    for style in [dist::STYLE, dist::CARD_STYLE] {
        fs::copy(dist.join(style), out_dir.join(style))?;
    }
    fs::write(out_dir.join("page_files.rs"), table::page(&dist.join(page::DIRECTORY))?)?;
    Ok(())
}

/// Builds everything into `OUT_DIR/dist`.
fn build(out_dir: &Path, version: &str) -> Result<PathBuf> {
    let workspace = workspace()?;
    for source in [
        "Cargo.lock",
        "Cargo.toml",
        "api/gs1/Cargo.toml",
        "api/gs1/src",
        "widget/Cargo.toml",
        "widget/src",
        "widget/js",
        "widget/bundle/build",
        "widget/grammar",
        "widget/scanner",
        "widget/view/Cargo.toml",
        "widget/view/src",
    ] {
        println!("cargo::rerun-if-changed={}", workspace.join(source).display());
    }
    let card_style = out_dir.join(dist::CARD_STYLE);
    fs::write(&card_style, script::card_style(&workspace.join("widget"))?)?;
    let compiled =
        |package: &str, feature: Option<&str>| cargo::compile(&workspace, out_dir, &card_style, package, feature);
    let mut modules = Vec::new();
    for lang in LANGUAGES {
        modules.push((lang, glue::bind(&compiled("nguon-widget", Some(&*format!("only-{lang}")))?)?));
    }
    let dist = out_dir.join("dist");
    dist::write(&dist, &workspace.join("widget"), &modules, version)?;
    let with_glue = |package| glue::with_glue(&compiled(package, None)?);
    page::write(&dist, &workspace.join("widget"), &with_glue("nguon-grammar")?, &with_glue("nguon-scanner")?)?;
    Ok(dist)
}

/// The root of the workspace: two levels above this crate.
fn workspace() -> Result<PathBuf> {
    let crate_dir = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    Ok(crate_dir.ancestors().nth(2).ok_or("widget/bundle stands inside the workspace")?.to_path_buf())
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| format!("cargo sets {name} for build scripts").into())
}
