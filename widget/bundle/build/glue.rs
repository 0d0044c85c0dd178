//! The module and its glue, by wasm-bindgen.

use std::{fmt::Write as _, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Result, squeeze};

/// A module ready for the browser, and the functions that it imports.
pub(crate) struct Glue {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// Plain script: `imports` for the module, `start(exports)`, and the module's own functions. The functions of
    /// `canvas.js` must be in scope.
    pub(crate) js: String,
}

/// Runs wasm-bindgen over a compiled module.
///
/// Its output for bundlers is the one that has no loader of its own: ours starts the module and the request for the
/// card at the same time. Imports get names of one letter: wasm-bindgen's carry a hash each, twice.
pub(crate) fn bind(compiled: &Path) -> Result<Glue> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .bundler(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    let mut functions =
        output.start().cloned().ok_or("wasm-bindgen keeps the functions apart from the import of the module")?;

    let module = output.wasm_mut();
    module.customs.remove_raw("target_features");
    // What wasm-bindgen exports for the sake of unwinding, and all that hangs on it: this module never unwinds.
    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| matches!(export.name.as_str(), "__abort_handler" | "__instance_terminated"))
        .map(walrus::Export::id)
        .collect();
    for export in unused {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(module);
    let mut imports = String::from("const imports = { w: {");
    for (import, letter) in module.imports.iter_mut().zip('a'..='z') {
        let function = if import.name.starts_with("__wb") { format!("w_{letter}") } else { import.name.clone() };
        functions = functions.replace(&import.name, &function);
        write!(imports, " {letter}: {function},")?;
        "w".clone_into(&mut import.module);
        import.name = letter.to_string();
    }
    imports.push_str(" } };\n");
    let wasm = module.emit_wasm();

    let mut js = squeeze::script(&functions)?;
    js.push_str(&imports);
    js.push_str("function start(exports) {\nwasm = exports;\nwasm.__wbindgen_start();\n}\n");
    Ok(Glue { wasm, js })
}
