//! A crate's wasm, compiled by a cargo of its own.
//!
//! That gets a target directory of its own (inside the outer one), so it never waits for the lock that the outer cargo
//! holds; and none of the outer cargo's flags, wrappers or targets, so `cargo clippy`, `cargo doc`, a coverage run
//! and a plain build all make the same module.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, variable};

const TARGET: &str = "wasm32-unknown-unknown";

/// What the outer cargo, or the one who called it, sets for the outer build only.
const NOT_OURS: [&str; 12] = [
    "CARGO_BUILD_RUSTC",
    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_MAKEFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

/// Compiles a package, with a feature of its own if need be, and returns the path of its module. One package at a time:
/// together they would share features, and the card's module would carry what the scanner's needs.
///
/// Only the module is made: with a Rust library beside it the compiler would not optimise across crates. `card_style` is
/// the file that the card's module carries (`widget/src/canvas.rs`).
pub(crate) fn compile(
    workspace: &Path,
    out_dir: &Path,
    card_style: &Path,
    package: &str,
    feature: Option<&str>,
) -> Result<PathBuf> {
    ensure_target()?;
    let target_dir = target_dir(out_dir)?;
    let mut cargo = Command::new(variable("CARGO")?);
    cargo
        .args(["rustc", "--locked", "--lib", "--crate-type", "cdylib", "--package", package])
        .args(["--profile", "widget", "--target", TARGET])
        .env("NGUON_CARD_STYLE", card_style)
        .arg("--manifest-path")
        .arg(workspace.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target_dir);
    if let Some(feature) = feature {
        cargo.args(["--features", feature]);
    }
    for name in NOT_OURS {
        cargo.env_remove(name);
    }
    // Profile settings in the environment (a test run's, say) are not for the widget either.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PROFILE_")) {
        cargo.env_remove(name);
    }
    // A panic names its file: not where that lies on this machine.
    let flags: Vec<String> = [(cargo_home(), "cargo"), (Some(workspace.to_path_buf()), "nguon")]
        .into_iter()
        .filter_map(|(path, name)| Some(format!("--remap-path-prefix={}={name}", path?.to_str()?)))
        .collect();
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    let status = cargo.status()?;
    if !status.success() {
        return Err(format!("the wasm of {package} did not compile ({status})").into());
    }
    Ok(target_dir.join(TARGET).join("widget").join(format!("{}.wasm", package.replace('-', "_"))))
}

/// Where cargo keeps the sources of other crates.
fn cargo_home() -> Option<PathBuf> {
    let home = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or(home)
}

/// `<target>/widget-wasm`, shared by every profile of the outer build. `OUT_DIR` is
/// `<target>/<profile>/build/<crate>/out`.
fn target_dir(out_dir: &Path) -> Result<PathBuf> {
    let outer = out_dir.ancestors().nth(4).ok_or("OUT_DIR lies inside the target directory")?;
    Ok(outer.join("widget-wasm"))
}

/// Makes sure that the compiler knows the target, installing it where rustup is at hand.
fn ensure_target() -> Result<()> {
    if has_target()? {
        return Ok(());
    }
    let command = format!("rustup target add {TARGET}");
    println!("cargo::warning=installing the compiler's target: {command}");
    let installed =
        Command::new("rustup").args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
    if installed && has_target()? {
        return Ok(());
    }
    Err(command.into())
}

fn has_target() -> Result<bool> {
    let rustc = variable("RUSTC")?;
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output()?;
    let libraries = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(libraries.trim()).is_dir())
}
