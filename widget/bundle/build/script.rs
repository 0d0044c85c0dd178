//! The one script that a shop page loads: style, the card's two hands, glue, element.

use std::{fs, path::Path};

use crate::{Result, glue::Glue, squeeze};

/// Joins the script. `wasm_name` is the module's file beside it, `wasm_sri` what the browser must find there.
pub(crate) fn join(widget: &Path, glue: &Glue, version: &str, wasm_name: &str, wasm_sri: &str) -> Result<String> {
    let read = |path: &str| fs::read_to_string(widget.join(path)).map_err(|error| format!("{path}: {error}"));
    let light = read("view/src/light.css")?;
    let dark = read("view/src/dark.css")?;
    let style = squeeze::style(&format!(
        "{}.card{{{light}}}\
         @media screen and (prefers-color-scheme:dark){{:host(:not([theme=light])) .card{{{dark}}}}}\
         :host([theme=dark]) .card{{{dark}}}{}",
        read("js/host.css")?,
        read("view/src/card.css")?,
    ))?;
    if style.contains(['`', '\\', '$']) {
        return Err("the style does not fit into a template literal".into());
    }
    Ok([
        &format!("/* Nguon origin-card {version}, Apache-2.0 */\n"),
        &format!("const WASM = './{wasm_name}', INTEGRITY = '{wasm_sri}';\nconst CSS = `{style}`;\n"),
        &squeeze::script(&read("js/canvas.js")?)?,
        glue.js.as_str(),
        &squeeze::script(&read("js/element.js")?)?,
    ]
    .concat())
}
