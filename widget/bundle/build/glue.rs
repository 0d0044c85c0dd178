//! The modules and what joins them to their scripts, by wasm-bindgen.

use std::{fmt::Write as _, path::Path};

use walrus::Module as Compiled;
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::{Result, squeeze};

/// A module ready for the browser, and what it imports.
pub(crate) struct Module {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// Its imports: of which of the `hands` of `canvas.js` each is, and the name that it has in the module.
    pub(crate) imports: Vec<(String, char)>,
}

/// A module ready for the browser, and the functions that go with it.
pub(crate) struct Glue {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// Plain script: `imports` for the module, `start(exports)`, and the module's own functions.
    pub(crate) js: String,
}

/// What wasm-bindgen exports for the sake of unwinding: no module of ours does.
const UNWINDING: [&str; 2] = ["__abort_handler", "__instance_terminated"];
/// What it exports for a table of values of JavaScript: `canvas.js` keeps every value on its own side.
const VALUES: [&str; 2] = ["__wbindgen_externrefs", "__wbindgen_start"];

/// Runs wasm-bindgen over the compiled module of the card.
///
/// The functions that it writes around each import only turn two numbers into a view of the memory; `canvas.js` does
/// that itself, in one place, at a tenth of the size.
pub(crate) fn bind(compiled: &Path) -> Result<Module> {
    let mut output = generated(compiled)?;
    let module = output.wasm_mut();
    without(module, &[UNWINDING, VALUES].concat());
    let imports = lettered(module).into_iter().map(|(name, letter)| (hand(&name).to_owned(), letter)).collect();
    Ok(Module { wasm: module.emit_wasm(), imports })
}

/// Runs wasm-bindgen over a compiled module that needs its functions.
pub(crate) fn with_glue(compiled: &Path) -> Result<Glue> {
    let mut output = generated(compiled)?;
    let mut functions =
        output.start().cloned().ok_or("wasm-bindgen keeps the functions apart from the import of the module")?;
    let module = output.wasm_mut();
    without(module, &UNWINDING);
    let mut imports = String::from("const imports = { w: {");
    for (name, letter) in lettered(module) {
        let function = if name.starts_with("__wb") { format!("w_{letter}") } else { name.clone() };
        functions = functions.replace(&name, &function);
        write!(imports, " {letter}: {function},")?;
    }
    imports.push_str(" } };\n");
    let wasm = module.emit_wasm();
    let mut js = squeeze::script(&functions)?;
    js.push_str(&imports);
    js.push_str("function start(exports) {\nwasm = exports;\nwasm.__wbindgen_start();\n}\n");
    Ok(Glue { wasm, js })
}

/// The output for bundlers has no loader of its own: ours starts the module and the request for what it needs at the
/// same time.
fn generated(compiled: &Path) -> Result<Output> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .bundler(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    output.wasm_mut().customs.remove_raw("target_features");
    Ok(output)
}

/// Takes exports away, and all that hangs on them.
fn without(module: &mut Compiled, names: &[&str]) {
    let unused: Vec<_> =
        module.exports.iter().filter(|export| names.contains(&export.name.as_str())).map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(module);
}

/// Gives imports names of one letter: wasm-bindgen's carry a hash each, twice.
fn lettered(module: &mut Compiled) -> Vec<(String, char)> {
    let named = module.imports.iter_mut().zip('a'..='z').map(|(import, letter)| {
        "w".clone_into(&mut import.module);
        (core::mem::replace(&mut import.name, letter.to_string()), letter)
    });
    named.collect()
}

/// The function behind an import: its name as it is, or as wasm-bindgen writes it, `__wbg_{name}_{hash}`.
fn hand(import: &str) -> &str {
    let name = import.strip_prefix("__wbg_").and_then(|rest| rest.rsplit_once('_')).map(|(name, _)| name);
    name.unwrap_or(import)
}
