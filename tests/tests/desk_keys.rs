//! The desk with a keyboard alone: a recall from its form to its publication, and an approval. What is to be put right takes the
//! keyboard, and the way past the head of a page leads past it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Browser, Clerk, GTIN, House, LOT, lines};
use serde_json::json;

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const END: &str = "\u{E010}";
const BACKSPACE: &str = "\u{E003}";
/// Presses of the tab key after which a person would give up.
const PATIENCE: usize = 60;

struct Keys {
    browser: Browser,
}

impl Keys {
    fn at(page: &str) -> Self {
        let browser = Browser::open();
        browser.open_page(page);
        Self { browser }
    }

    fn is_on(&self, selector: &str) -> bool {
        self.browser.run(&format!("return document.activeElement.matches({selector:?})")) == true
    }

    /// Go on with the tab key until the focus is there, and see that it shows.
    fn tab_to(&self, selector: &str) {
        for _ in 0..PATIENCE {
            self.browser.press(TAB);
            if self.is_on(selector) {
                let seen = "const it = document.activeElement, style = getComputedStyle(it);
                    return it.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2";
                assert_eq!(self.browser.run(seen), true, "the focus shows on {selector}");
                return;
            }
        }
        panic!("no way to {selector}: {}", self.browser.run("return document.body.innerText"));
    }

    fn types(&self, selector: &str, text: &str) {
        self.tab_to(selector);
        self.browser.press(text);
    }

    fn enters(&self, selector: &str) {
        self.tab_to(selector);
        self.browser.press(ENTER);
    }

    fn sign_in(house: &House, token: &str) -> Self {
        let keys = Self::at(&format!("{}/desk?lang=vi", house.server.admin_origin()));
        keys.types("[name=token]", token);
        keys.browser.press(ENTER);
        keys.browser.until("document.querySelector('nav.rooms')");
        keys
    }
}

#[test]
fn a_recall_is_published_with_keys_alone() {
    let house = House::new();
    let keys = Keys::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    // Past the head of the page.
    keys.browser.press(TAB);
    assert!(keys.is_on(".skip"));
    keys.browser.press(ENTER);
    keys.browser.press(TAB);
    assert!(keys.is_on("main *"), "the first thing after the way past the head is in the page");
    keys.browser.open_page(&format!("{}/desk?lang=vi", house.server.admin_origin()));
    keys.enters("nav.rooms a[href^='/desk/recalls']");
    keys.browser.until("location.pathname === '/desk/recalls' || null");
    keys.enters("main a[href^='/desk/recalls/new']");
    keys.browser.until("document.querySelector('#gtin')");
    // The last digit is wrong.
    let wrong = format!("{}6", &GTIN[..13]);
    keys.types("#gtin", &wrong);
    keys.types("#lots", LOT);
    keys.types("#reason_vi", "Mảnh thuỷ tinh");
    keys.types("#remedy_vi", "Trả lại nơi mua");
    keys.types("#issuer", "HTX Mẫu");
    keys.browser.press(ENTER);
    keys.browser.until("document.querySelector('.wrong')");
    assert!(keys.is_on("#gtin[aria-invalid=true]"), "what is to be put right has the keyboard");
    let summary = keys.browser.run("return document.querySelector('.wrong a').innerText");
    assert!(summary.as_str().unwrap().starts_with("Mã sản phẩm (GTIN): "), "{summary}");
    keys.browser.press(END);
    keys.browser.press(BACKSPACE);
    keys.browser.press(&GTIN[13..]);
    keys.browser.press(ENTER);
    keys.browser.until("document.querySelector('button[value=publish]')");
    assert_ne!(house.server.card(&format!("/01/{GTIN}/10/{LOT}"))["verdict"], "recalled");
    keys.enters("button[value=publish]");
    keys.browser.until("document.querySelector('.done-note')");
    assert_eq!(house.server.card(&format!("/01/{GTIN}/10/{LOT}"))["verdict"], "recalled");
}

#[test]
fn a_submission_is_approved_with_keys_alone() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    let product = json!({"type": "product", "gtin": "09520000990022", "name": {"vi": "Rươi kho"}});
    let number = clerk.uploads("a.ndjson", lines(&[product]).as_bytes(), None);
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    let keys = Keys::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    keys.enters("main a[href^='/desk/submissions']");
    keys.browser.until("location.pathname === '/desk/submissions' || null");
    keys.enters(&format!("main a[href^='/desk/submissions/{number}']"));
    keys.browser.until("document.querySelector('button[value=approve]')");
    keys.enters("button[value=approve]");
    keys.browser.until("document.querySelector('.done-note')");
    assert_eq!(house.server.card("/01/09520000990022")["verdict"], "registered_gtin");
}
