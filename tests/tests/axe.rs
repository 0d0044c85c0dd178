//! What axe-core, the checker that others use, finds on our pages, at the desk and in the element: nothing.
//!
//! It comes from the npm registry when the test runs and is no part of the project. Where npm or the registry is not to be
//! had, nothing is checked, and a sentence says so.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, process::Command};

use nguon_tests::{Browser, Clerk, GTIN, House, LOT, ROOT, Shop, demo, element, records, report, send, shop_page};

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
fn axe_finds_nothing_at_the_desk_in_light_and_dark_on_a_phone_and_at_a_table() {
    let Some(axe) = axe() else { return };
    let house = House::new();
    let clerk = Clerk::sign_in(&house, ROOT);
    let wrong = "Mã GTIN,Tên sản phẩm,Giá\n9520000990023,Sai số kiểm tra,1\n";
    let with_errors = clerk.uploads("sai.csv", wrong.as_bytes(), None);
    let right = clerk.uploads("đúng.ndjson", records().replace("Mứt thử", "Mứt khác").as_bytes(), None);
    assert_eq!(send(&house.server, 1, &report()).status, 201);
    let recall = [
        ("id", "TH-1"),
        ("gtin", GTIN),
        ("lots", LOT),
        ("reason_vi", "Mảnh thuỷ tinh"),
        ("remedy_vi", "Trả lại"),
        ("issuer", "HTX Mẫu"),
        ("from", "2026-11-29"),
        ("step", "publish"),
    ];
    assert_eq!(clerk.send("/desk/recalls/new", &recall).status, 303);
    let origin = house.server.admin_origin();
    let browser = Browser::open();
    let look = |page: &str| {
        for (width, scheme) in [(360, "light"), (1280, "dark")] {
            browser.as_wide_as(width);
            browser.prefer(&[("prefers-color-scheme", scheme)]);
            assert_eq!(complaints(&browser, &axe), Vec::<String>::new(), "{page} {width} {scheme}");
            let wide = browser.run("return document.documentElement.scrollWidth > innerWidth");
            assert_eq!(wide, false, "{page} is wider than {width}");
        }
    };
    browser.open_page(&format!("{origin}/desk?lang=vi"));
    look("signing in");
    browser.enter("[name=token]", ROOT);
    browser.until("document.querySelector('nav.rooms')");
    for page in [
        "/desk?lang=vi".to_owned(),
        "/desk/submissions?lang=vi".to_owned(),
        "/desk/submissions/new?lang=en".to_owned(),
        format!("/desk/submissions/{with_errors}?lang=vi"),
        format!("/desk/submissions/{right}?lang=vi"),
        format!("/desk/submissions/{right}/card?gtin={GTIN}&lang=vi"),
        "/desk/recalls?lang=vi".to_owned(),
        "/desk/recalls/new?lang=vi".to_owned(),
        "/desk/recalls/TH-1?lang=en".to_owned(),
        "/desk/recalls/TH-1/amend?lang=vi".to_owned(),
        "/desk/codes?lang=vi".to_owned(),
        "/desk/codes/issue?lang=vi".to_owned(),
        "/desk/reports?lang=vi".to_owned(),
        "/desk/reports/1?lang=vi".to_owned(),
        "/desk/alerts?lang=vi".to_owned(),
        format!("/desk/history?gtin={GTIN}&lang=vi"),
        "/desk/nowhere?lang=vi".to_owned(),
    ] {
        browser.open_page(&format!("{origin}{page}"));
        look(&page);
    }
    // A form that came back.
    browser.open_page(&format!("{origin}/desk/recalls/new?lang=vi"));
    browser.run("document.querySelector('main form').noValidate = true; document.querySelector('main .send').click()");
    browser.until("document.querySelector('.wrong')");
    look("a form with something to be put right");
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
