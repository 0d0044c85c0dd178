//! What axe-core, the checker that others use, finds on our pages and in the element: nothing.
//!
//! It comes from the npm registry when the test runs and is no part of the project. Where npm or the registry is not to be
//! had, nothing is checked, and a sentence says so.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, process::Command};

use nguon_tests::{Browser, Shop, demo, element, shop_page};

const PACKAGE: &str = "axe-core@4.14.1";

/// Rules of WCAG; what axe calls best practice is not asked for.
const RUN: &str = "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
  .then(({violations}) => violations.map((it) => it.id + ': ' + it.nodes.map((node) => node.target + ' ' + node.failureSummary).join(' | ')))";

fn axe() -> Option<String> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let script = directory.join("node_modules/axe-core/axe.min.js");
    if !script.exists() {
        fs::create_dir_all(&directory).ok()?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", PACKAGE]);
        let installed = npm.arg("--prefix").arg(&directory).status().is_ok_and(|status| status.success());
        if !installed {
            println!("{PACKAGE} could not be had from the npm registry: nothing was checked with it");
            return None;
        }
    }
    fs::read_to_string(script).ok()
}

fn complaints(browser: &Browser, axe: &str) -> Vec<String> {
    browser.run(axe);
    let found = browser.run(RUN);
    found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn axe_finds_nothing_on_our_pages() {
    let Some(axe) = axe() else { return };
    let server = demo();
    let browser = Browser::open();
    for page in [
        "/?lang=vi",
        "/card/01/09520000010010/10/L01A?lang=vi",
        "/card/01/09520000040017/10/K04A?lang=en",
        "/card?code=NOT-ON-RECORD&lang=vi",
        "/about?lang=vi",
        "/privacy?lang=en",
        "/embed?lang=vi",
    ] {
        browser.open_page(&format!("{}{page}", server.origin()));
        assert_eq!(complaints(&browser, &axe), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn axe_finds_nothing_in_the_element() {
    let Some(axe) = axe() else { return };
    let server = demo();
    let host = server.origin();
    let codes =
        ["/01/09520000040017/10/K04A", "/01/09520000040017/10/K04B", "/01/09520000010010/10/L01A", "NOT-ON-RECORD"];
    for attributes in ["", "theme=\"dark\"", "variant=\"compact\"", "variant=\"badge\""] {
        let cards = codes.iter().enumerate().map(|(n, code)| {
            element(&format!("c{n}"), code, &format!("loading=\"eager\" when-unknown=\"card\" {attributes}"))
        });
        // A shop's own policy may forbid what the checker does.
        let shop = Shop::open(&shop_page(&host, &cards.collect::<String>()), "");
        let browser = Browser::open();
        browser.open_page(&shop.origin());
        for n in 0..codes.len() {
            browser.until(&format!("document.getElementById('c{n}').dataset.state === 'ready' || null"));
        }
        assert_eq!(complaints(&browser, &axe), Vec::<String>::new(), "{attributes}");
    }
}
