//! What a retailer is shown works as it is shown: snippets are taken from the page and loaded on a shop of another
//! origin, under the policy that the page names and nothing more.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Browser, Reply, Request, Server, Shop, attribute_values, between, demo, unescaped};

const LOT: &str = "/01/09520000040017/10/K04A";
const UNIT: &str = "/01/09520000010010/10/L01A/21/3165QFD13Z41";

/// The text that a retailer copies from a part of the page.
fn snippet(page: &str, id: &str) -> String {
    let part = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}")).1;
    unescaped(between(part, "<code>", "</code>").unwrap())
}

/// The lines of a content security policy that the page names.
fn policy(page: &str) -> String {
    snippet(page, "policy")
}

fn builder(server: &Server, code: &str, more: &str) -> Reply {
    let reply = server.get(&format!("/embed?code={}{code}&lang=vi{more}", server.origin()));
    assert_eq!((reply.status, reply.media_type()), (200, "text/html"), "{}", reply.text());
    reply
}

fn shop(snippets: &str, policy: &str) -> Shop {
    let page = format!("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Shop</title>{snippets}</html>");
    Shop::open(&page, &format!("default-src 'none'; {policy}"))
}

/// What the browser complains of, but for the icon that no page of ours asked for.
fn complaints(browser: &Browser) -> Vec<String> {
    browser.complaints().into_iter().filter(|it| !it.contains("favicon")).collect()
}

#[test]
fn the_plain_snippet_shows_the_card_under_exactly_the_policy_that_the_page_names() {
    let server = demo();
    let page = builder(&server, LOT, "");
    for id in ["html", "floating"] {
        let text = snippet(page.text(), id);
        let shop = shop(&text, &policy(page.text()));
        let browser = Browser::open();
        browser.open_page(&shop.origin());
        let drawn = browser.until(
            "document.querySelector('origin-card').dataset.state === 'ready'
             && document.querySelector('origin-card').shadowRoot.querySelector('article').textContent",
        );
        let card = server.card(&format!("{LOT}?lang=vi&context=shop"));
        for expected in [&card["headline"], &card["product"]["name"]] {
            assert!(drawn.as_str().unwrap().contains(expected.as_str().unwrap()), "{id}: {expected} in {drawn}");
        }
        assert_eq!(browser.run("return document.querySelector('origin-card').dataset.tone"), "danger");
        assert_eq!(complaints(&browser), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn the_frame_snippet_shows_the_card_and_tells_how_tall_it_is() {
    let server = demo();
    let page = builder(&server, LOT, "");
    let frame = snippet(page.text(), "iframe");
    // The shop listens with a script of its own; nothing else is allowed to it.
    let listening = "<script>addEventListener('message', (event) => (window.told = event.data))</script>";
    let source = format!("frame-src {}; script-src 'unsafe-inline'; style-src-attr 'unsafe-inline'", server.origin());
    let shop_of = |frame: &str| shop(&format!("{listening}{frame}"), &source);
    let browser = Browser::open();

    let plain = shop_of(&frame);
    browser.open_page(&plain.origin());
    let told = browser.until("window.told");
    assert_eq!(told["message"], "origin-height", "{told}");
    assert!(told["value"].as_u64().unwrap() > 300, "{told}");

    // As WordPress frames what it found through oEmbed: scripts and nothing else, a secret in the fragment.
    let address = attribute_values(&frame, &["src"]).remove(0);
    let wordpress =
        shop_of(&format!("<iframe sandbox=\"allow-scripts\" src=\"{address}#?secret=aB3dE5fG7h\"></iframe>"));
    browser.open_page(&wordpress.origin());
    let told = browser.until("window.told");
    assert_eq!((told["message"].as_str(), told["secret"].as_str()), (Some("height"), Some("aB3dE5fG7h")), "{told}");
    assert_eq!(complaints(&browser), Vec::<String>::new());
}

#[test]
fn the_badge_snippet_shows_a_picture_of_the_height_that_it_names() {
    let server = demo();
    let page = builder(&server, LOT, "");
    let shop = shop(&snippet(page.text(), "badge"), &format!("img-src {}", server.origin()));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    let seen = browser.until(
        "document.images[0].complete && [document.images[0].naturalHeight, document.images[0].height, document.images[0].width]",
    );
    assert_eq!((seen[0].as_u64(), seen[1].as_u64()), (Some(120), Some(60)));
    assert!(seen[2].as_u64().unwrap() >= 240, "{seen}");
}

#[test]
fn the_builder_works_without_script_and_its_preview_is_the_widget_where_there_is_one() {
    let server = demo();
    let page = builder(&server, LOT, "&variant=compact&when-unknown=link");
    let card = server.card(&format!("{LOT}?lang=vi&context=shop"));
    // Printed by the server: whoever has no script sees the same.
    let printed = between(page.text(), "<origin-card", "</origin-card>").unwrap();
    assert!(unescaped(printed).contains(card["headline"].as_str().unwrap()));
    assert!(snippet(page.text(), "html").contains("variant=\"compact\" when-unknown=\"link\""));

    let browser = Browser::open();
    browser.open_page(&format!("{}/embed?code={}{LOT}&lang=vi", server.origin(), server.origin()));
    browser.until("document.querySelector('origin-card').dataset.state === 'ready'");
    assert_eq!(browser.run("return document.querySelectorAll('.copy button:not([hidden])').length > 3"), true);
    assert_eq!(complaints(&browser), Vec::<String>::new());
}

#[test]
fn the_builder_and_the_result_fit_a_phone() {
    let server = demo();
    let browser = Browser::open();
    browser.as_wide_as(360);
    let wide = "return [document.documentElement.scrollWidth, innerWidth]";
    for page in ["/embed", "/embed?code=9520000040017", "/embed?code=9520000010011", "/embed?code=HP-MAU-0001&lang=en"]
    {
        browser.open_page(&format!("{}{page}", server.origin()));
        browser.run("document.querySelectorAll('details').forEach((it) => (it.open = true))");
        let seen = browser.run(wide);
        assert!(seen[0].as_u64() <= seen[1].as_u64(), "{page} scrolls sideways: {seen}");
    }
    browser.open_page(&format!("{}/embed", server.origin()));
    browser.run(
        "document.querySelector('textarea').value = '9520000040017\\n9520000010011\\n8930000000000\\n' + 'x'.repeat(200);
         document.querySelector('.coverage button').click()",
    );
    browser.until("document.querySelector('.counts')");
    let seen = browser.run(wide);
    assert!(seen[0].as_u64() <= seen[1].as_u64(), "the result scrolls sideways: {seen}");
    assert_eq!(browser.run("return document.querySelectorAll('.counts li').length >= 3"), true);
}

#[test]
fn a_frame_fits_from_280_to_1200_px_and_needs_no_script() {
    let server = demo();
    let browser = Browser::open();
    for width in [280, 360, 640, 1200] {
        browser.as_wide_as(width);
        for code in [LOT, UNIT, "/9520000010011", "/HP-MAU-0001"] {
            browser.open_page(&format!("{}/embed{code}?lang=vi", server.origin()));
            let seen = browser.run(
                "return [document.documentElement.scrollWidth, innerWidth, document.querySelectorAll('article').length]",
            );
            assert!(seen[0].as_u64() <= seen[1].as_u64() && seen[2] == 1, "{code} at {width}: {seen}");
        }
    }
    assert!(between(server.get(&format!("/embed{LOT}")).text(), "<article", "</article>").is_some());
}

#[test]
fn any_page_may_frame_the_card_and_nothing_else_of_ours() {
    let server = demo();
    let frame = server.get(&format!("/embed{LOT}?lang=vi"));
    let policy = frame.must("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(frame.must("x-robots-tag"), "noindex");
    assert!(frame.must("cache-control").contains("max-age="));
    for page in ["/embed", "/embed?code=9520000040017"] {
        let policy = server.get(page).must("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{policy}");
    }
}

#[test]
fn a_shop_never_shows_a_serial() {
    let server = demo();
    let serial = UNIT.rsplit('/').next().unwrap();
    let place = UNIT.split("/21/").next().unwrap();
    for target in [format!("/embed{UNIT}?lang=vi"), format!("/v1/codes{UNIT}/badge.svg")] {
        assert!(!server.get(&target).text().contains(serial), "{target}");
    }
    let oembed = server.get(&format!("/oembed?url={}/card{UNIT}", server.origin()));
    assert!(!oembed.text().contains(serial) && oembed.text().contains(place), "{}", oembed.text());
    let page = builder(&server, UNIT, "");
    assert!(!snippet(page.text(), "html").contains(serial));
}

#[test]
fn hostile_codes_break_neither_page_nor_frame() {
    let server = demo();
    for hostile in [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "%E2%80%AE%E2%80%8B%F3%A0%80%81",
        "a%0D%0ASet-Cookie%3A%20x%3D1",
        "%7B%7B7*7%7D%7D",
        "%FF%FE",
    ] {
        for target in [format!("/embed?code={hostile}"), format!("/embed/{hostile}")] {
            let reply = server.get(&target);
            assert_eq!((reply.status, reply.media_type()), (200, "text/html"), "{target}");
            let html = reply.text();
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{target}");
            assert!(reply.header("set-cookie").is_none());
            // What was typed stands in its box again, to be corrected; nowhere else does it turn the line around.
            let around = html
                .split_once(" value=\"")
                .map_or(html.to_owned(), |(before, rest)| before.to_owned() + rest.split_once('"').unwrap().1);
            assert!(!around.contains('\u{202e}'), "{target}");
        }
    }
    let long = "x".repeat(10_000);
    for target in [format!("/embed?code={long}"), format!("/embed/{long}")] {
        let reply = server.get(&target);
        assert_eq!((reply.status, reply.media_type()), (400, "text/html"), "{target:.40}");
    }
    for wrong in ["variant=huge", "theme=pink", "when-unknown=lie"] {
        assert_eq!(server.get(&format!("/embed?{wrong}")).status, 400, "{wrong}");
    }
}

#[test]
fn what_could_not_be_looked_up_is_said_in_the_frame_and_looks_like_no_verdict() {
    let server = Server::empty();
    let reply = server.get("/embed/9520000040017?lang=vi");
    assert_eq!((reply.status, reply.media_type()), (503, "text/html"));
    assert_eq!(reply.must("cache-control"), "no-store");
    assert!(reply.must("content-security-policy").contains("frame-ancestors *"));
    assert!(reply.text().contains("Chưa kiểm tra được") && !reply.text().contains("data-tone"));
    let refused = server.ask(&Request::new("DELETE", "/embed"));
    assert_eq!(refused.status, 405);
    assert!(refused.must("allow").contains("POST"));
}
