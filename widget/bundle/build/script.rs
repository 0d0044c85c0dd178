//! The one script that a shop page loads: style, the card's two hands, what asks and what draws, the element. And the
//! same style on its own, for cards that the service prints.

use std::{env, fs, path::Path};

use crate::{Result, shorten::shorten, squeeze};

/// Set while somebody works on the widget: the element then takes answers from the address in its attribute `api`.
/// Never on a page of a shop, which must not bring its own answers.
const DEVELOPMENT: &str = "NGUON_WIDGET_DEVELOPMENT";

/// Joins the style: what is around a card, the palettes, the card.
pub(crate) fn style(widget: &Path) -> Result<String> {
    let light = read(widget, "view/src/light.css")?;
    let dark = read(widget, "view/src/dark.css")?;
    let style = squeeze::style(&format!(
        "{}.card{{{light}}}\
         @media screen and (prefers-color-scheme:dark){{.card:not([data-theme=light]){{{dark}}}}}\
         @media screen{{.card[data-theme=dark]{{{dark}}}}}{}",
        read(widget, "js/host.css")?,
        read(widget, "view/src/card.css")?,
    ))?;
    // Into a template literal, and into an element of a page.
    if style.contains(['`', '\\', '$', '<']) {
        return Err("the style holds what would end it".into());
    }
    Ok(style)
}

/// Joins the script. `modules`: for each language the module's file beside it, and what the browser must find there.
pub(crate) fn join(
    widget: &Path,
    style: &str,
    imports: &str,
    version: &str,
    modules: &[(&str, String, String)],
) -> Result<String> {
    println!("cargo::rerun-if-env-changed={DEVELOPMENT}");
    let development = env::var_os(DEVELOPMENT).is_some();
    let modules: Vec<_> = modules.iter().map(|(lang, name, sri)| format!("{lang}: ['./{name}', '{sri}']")).collect();
    let modules = modules.join(",");
    let mut script = format!(
        "const BASE = import.meta.url, VERSION = '{version}', DEVELOPMENT = {development};\n\
         const WASM = {{{modules}}};\nconst CSS = `{style}`;\n"
    );
    for part in ["canvas", "module", "ask", "element"] {
        script.push_str(&squeeze::script(&read(widget, &format!("js/{part}.js"))?)?);
        if part == "canvas" {
            script.push_str(imports);
        }
    }
    Ok(format!("/* Nguon origin-card {version}, Apache-2.0 */\n{}", shorten(&script)?))
}

fn read(widget: &Path, path: &str) -> Result<String> {
    Ok(fs::read_to_string(widget.join(path)).map_err(|error| format!("{path}: {error}"))?)
}
