//! The one script that a shop page loads: style, the card's two hands, what asks and what draws, the element. And the
//! same style on its own, for cards that the service prints.

use std::{env, fs, path::Path};

use crate::{Result, shorten::shorten, squeeze};

/// Lines that name it are for whoever works on the widget.
const ASIDE: &str = "DEVELOPMENT";

/// Set while somebody works on the widget: the element then takes answers from the address in its attribute `api`.
/// Never on a page of a shop, which must not bring its own answers.
const DEVELOPMENT: &str = "NGUON_WIDGET_DEVELOPMENT";

/// The style of a card, as its module carries it.
pub(crate) fn card_style(widget: &Path) -> Result<String> {
    squeeze::style(&read(widget, "view/src/card.css")?)
}

/// The style that is there before any card: what is around one, and the palettes.
pub(crate) fn style(widget: &Path) -> Result<String> {
    let light = read(widget, "view/src/light.css")?;
    let dark = read(widget, "view/src/dark.css")?;
    let style = squeeze::style(&format!(
        "{}.card{{{light}}}\
         @media screen and (prefers-color-scheme:dark){{.card:not([data-theme=light]){{{dark}}}}}\
         @media screen{{.card[data-theme=dark]{{{dark}}}}}",
        read(widget, "js/host.css")?,
    ))?;
    // Into a template literal, and into an element of a page.
    if style.contains(['`', '\\', '$', '<']) {
        return Err("the style holds what would end it".into());
    }
    Ok(style)
}

/// Joins the script. `imports`: the hands that the modules ask for, and the name of each there. `modules`: for each language the module's file beside it, and what the browser must find there.
pub(crate) fn join(
    widget: &Path,
    style: &str,
    imports: &[(String, char)],
    version: &str,
    modules: &[(&str, String, String)],
) -> Result<String> {
    println!("cargo::rerun-if-env-changed={DEVELOPMENT}");
    let development = env::var_os(DEVELOPMENT).is_some();
    let modules: Vec<_> = modules.iter().map(|(lang, name, sri)| format!("{lang}: ['./{name}', '{sri}']")).collect();
    let modules = modules.join(",");
    let mut script = format!(
        "const BASE = import.meta.url, VERSION = '{version}';\n\
         const WASM = {{{modules}}};\nconst CSS = `{style}`;\n"
    );
    if development {
        script.push_str("const DEVELOPMENT = true;\n");
    }
    for part in ["module", "canvas", "ask", "element"] {
        let part = squeeze::script(&read(widget, &format!("js/{part}.js"))?)?;
        for line in part.lines().filter(|line| development || !line.contains(ASIDE)) {
            script.push_str(line);
            script.push('\n');
        }
    }
    for (hand, letter) in imports {
        let (before, after) =
            script.split_once(&format!("\n{hand}: ")).ok_or(format!("canvas.js has no hand named {hand}"))?;
        script = format!("{before}\n{letter}: {after}");
    }
    Ok(format!("/* Nguon {version}, Apache-2.0 */\n{}", shorten(&script)?))
}

fn read(widget: &Path, path: &str) -> Result<String> {
    Ok(fs::read_to_string(widget.join(path)).map_err(|error| format!("{path}: {error}"))?)
}
