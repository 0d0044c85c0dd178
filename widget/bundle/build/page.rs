//! The files of our own first page: its script, and what that fetches on demand. Each name carries the content's hash;
//! whoever fetches a file carries the hash it must have.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Result,
    dist::{fingerprint, integrity, put},
    glue::Glue,
    squeeze,
};

/// Where they lie in the directory of finished files.
pub(crate) const DIRECTORY: &str = "page";

/// What the name of the page's own script begins with.
pub(crate) const HOME: &str = "home";

/// Fills `dist/page`, from what nobody else names outwards.
pub(crate) fn write(dist: &Path, widget: &Path, grammar: &Glue, scanner: &Glue) -> Result<()> {
    let page = Page { dist: dist.join(DIRECTORY), widget };
    fs::create_dir_all(&page.dist)?;

    let module = page.put("code", "wasm", &grammar.wasm)?;
    let code = page.put(
        "code",
        "js",
        [
            module.as_wasm(),
            grammar.js.clone(),
            page.scripts(&["grammar/js/code.js"])?,
            "export { ready };\n".to_owned(),
        ]
        .concat(),
    )?;

    let module = page.put("reader", "wasm", &scanner.wasm)?;
    let reader = page.put(
        "reader",
        "js",
        [module.as_wasm(), scanner.js.clone(), page.scripts(&["scanner/js/reader.js"])?].concat(),
    )?;

    let style = page.put("scan", "css", squeeze::style(&page.read("scanner/js/scan.css")?)?.as_bytes())?;
    let parts = ["words", "refusal", "eyes", "camera", "dialog", "scan"].map(|part| format!("scanner/js/{part}.js"));
    let scan = [
        reader.as_name("READER"),
        style.as_pair("STYLE"),
        page.scripts(&parts.each_ref().map(String::as_str))?,
        "export { dressed, scan };\n".to_owned(),
    ];
    let scan = page.put("scan", "js", scan.concat())?;

    let home = [code.as_pair("CODE"), scan.as_pair("SCAN"), page.scripts(&["scanner/js/home.js"])?].concat();
    page.put(HOME, "js", home)?;
    Ok(())
}

struct Page<'a> {
    dist: PathBuf,
    widget: &'a Path,
}

/// A file that was written.
struct Written {
    name: String,
    integrity: String,
}

impl Page<'_> {
    fn put(&self, stem: &str, extension: &str, bytes: impl AsRef<[u8]>) -> Result<Written> {
        let bytes = bytes.as_ref();
        let name = format!("{stem}-{}.{extension}", fingerprint(bytes));
        put(&self.dist, &name, bytes)?;
        let integrity = integrity(&name, bytes);
        Ok(Written { name, integrity })
    }

    fn read(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.widget.join(path)).map_err(|error| format!("{path}: {error}").into())
    }

    fn scripts(&self, paths: &[&str]) -> Result<String> {
        paths.iter().map(|path| squeeze::script(&self.read(path)?)).collect()
    }
}

impl Written {
    fn as_wasm(&self) -> String {
        format!("const WASM = './{}', INTEGRITY = '{}';\n", self.name, self.integrity)
    }

    fn as_name(&self, constant: &str) -> String {
        format!("const {constant} = './{}';\n", self.name)
    }

    fn as_pair(&self, constant: &str) -> String {
        format!("const {constant} = ['./{}', '{}'];\n", self.name, self.integrity)
    }
}
