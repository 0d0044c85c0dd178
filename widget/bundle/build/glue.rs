//! The module and its imports, by wasm-bindgen.

use std::{fmt::Write as _, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::Result;

/// A module ready for the browser, and what it imports.
pub(crate) struct Module {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// A line of script: the module's `imports`, taken from the `hands` of `canvas.js`.
    pub(crate) imports: String,
}

/// What wasm-bindgen exports for unwinding and for a table of values of JavaScript: this module does neither, and
/// `canvas.js` keeps every value on its own side.
const UNUSED: [&str; 4] = ["__abort_handler", "__instance_terminated", "__wbindgen_externrefs", "__wbindgen_start"];

/// Runs wasm-bindgen over a compiled module.
///
/// The functions that it writes around each import only turn two numbers into a view of the memory; `canvas.js` does
/// that itself, in one place, at a tenth of the size. Imports get names of one letter: wasm-bindgen's carry a hash
/// each, twice.
pub(crate) fn bind(compiled: &Path) -> Result<Module> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .bundler(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let module = output.wasm_mut();
    module.customs.remove_raw("target_features");
    let unused: Vec<_> =
        module.exports.iter().filter(|export| UNUSED.contains(&export.name.as_str())).map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(module);
    let mut imports = String::from("const imports = { w: {");
    for (import, letter) in module.imports.iter_mut().zip('a'..='z') {
        write!(imports, " {letter}: hands.{},", hand(&import.name))?;
        "w".clone_into(&mut import.module);
        import.name = letter.to_string();
    }
    imports.push_str(" } };\n");
    Ok(Module { wasm: module.emit_wasm(), imports })
}

/// The function behind an import: its name as it is, or as wasm-bindgen writes it, `__wbg_{name}_{hash}`.
fn hand(import: &str) -> &str {
    let name = import.strip_prefix("__wbg_").and_then(|rest| rest.rsplit_once('_')).map(|(name, _)| name);
    name.unwrap_or(import)
}
