//! What people see, in Chromium: a card on a shop's page under a strict policy, the card page on a phone, the box for a
//! code.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{Browser, Server, Settings, Shop, demo};
use serde_json::Value;

/// Codes with what a shop's card of each must look like: a danger, a caution, a plain record.
const CODES: [(&str, &str); 3] = [
    ("/01/09520000040017/10/K04A", "danger"),
    ("/01/09520000040017/10/K04B", "caution"),
    ("/01/09520000030018/10/G03A", "info"),
];

/// Nothing inline, nothing from elsewhere, no string becomes markup: only what the widget's documentation asks for.
fn policy(host: &str) -> String {
    format!(
        "default-src 'none'; script-src {host} 'wasm-unsafe-eval'; connect-src {host}; img-src {host} data:; style-src 'none'; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn shop(server: &Server, cards: &str) -> Shop {
    let host = server.origin();
    let page = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Shop</title><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"{host}/widget/v1/origin-card.js\"></script>{cards}</html>"
    );
    Shop::open(&page, &policy(&host))
}

fn element(host: &str, n: usize, code: &str, lang: &str) -> String {
    format!(
        "<origin-card id=\"c{n}\" code=\" {host}{code} \" lang=\"{lang}\"><a href=\"{host}{code}\">Xem</a></origin-card>"
    )
}

/// The card that an element shows, once it shows one.
fn drawn(browser: &Browser, n: usize) -> Value {
    let id = format!("document.getElementById('c{n}')");
    let ready = format!("{id}.dataset.state === 'ready' && {id}.shadowRoot.querySelector('article')");
    browser.until(&format!("({ready}) ? true : null"));
    browser.run(&format!(
        "const card = {id}, root = card.shadowRoot, article = root.querySelector('article');
         return {{
           tone: card.dataset.tone, verdict: card.dataset.verdict, state: card.dataset.state,
           article: article.dataset.tone, title: root.getElementById('origin-title').textContent,
           text: article.textContent, height: article.getBoundingClientRect().height,
           colour: getComputedStyle(article).borderTopColor + getComputedStyle(article).backgroundColor,
           slot: [...root.querySelectorAll('slot')].length,
         }}"
    ))
}

#[test]
fn a_shop_on_another_origin_shows_the_card_of_each_code_under_a_strict_policy() {
    let server = demo();
    let host = server.origin();
    let cards: String = CODES
        .iter()
        .enumerate()
        .flat_map(|(n, (code, _))| [element(&host, 2 * n, code, "vi"), element(&host, 2 * n + 1, code, "en")])
        .collect();
    let shop = shop(&server, &cards);
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    for (n, (code, tone)) in CODES.iter().enumerate() {
        for (at, lang) in [(2 * n, "vi"), (2 * n + 1, "en")] {
            let seen = drawn(&browser, at);
            let card = server.card(&format!("{code}?lang={lang}&context=shop"));
            assert_eq!(seen["tone"], *tone, "{code} {lang}");
            for (what, expected) in [
                ("tone", &card["tone"]),
                ("article", &card["tone"]),
                ("verdict", &card["verdict"]),
                ("title", &card["headline"]),
            ] {
                assert_eq!(seen[what], *expected, "{what} of {code} in {lang}");
            }
            let text = seen["text"].as_str().unwrap();
            for expected in [&card["advice"], &card["product"]["name"], &card["producer"]["name"]] {
                assert!(text.contains(expected.as_str().unwrap()), "{expected} of {code} in {lang}: {text}");
            }
            assert!(seen["height"].as_f64().unwrap() > 80.0, "{code} {lang} can be seen");
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_card_follows_its_code_and_keeps_its_link_when_it_cannot_be_drawn() {
    // Its own, because it is stopped below.
    let server = Settings::demo().start();
    let host = server.origin();
    let shop = shop(&server, &element(&host, 0, CODES[2].0, "vi"));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    assert_eq!(drawn(&browser, 0)["tone"], "info");
    let recalled = format!("{host}{}", CODES[0].0);
    browser.run(&format!("document.getElementById('c0').setAttribute('code', '{recalled}')"));
    browser.until("document.getElementById('c0').dataset.verdict === 'recalled' ? true : null");
    assert_eq!(drawn(&browser, 0)["tone"], "danger");

    drop(server);
    browser.run(&format!("document.getElementById('c0').setAttribute('code', '{host}{}')", CODES[1].0));
    let state =
        browser.until("['error', 'offline'].find((state) => document.getElementById('c0').dataset.state === state)");
    assert!(state.is_string());
    let left = browser.run(
        "const card = document.getElementById('c0');
         return {link: card.querySelector('a').getBoundingClientRect().width, tone: card.dataset.tone ?? null,
                 articles: card.shadowRoot.querySelectorAll('article').length}",
    );
    assert!(left["link"].as_f64().unwrap() > 0.0, "the page's own link can be seen: {left}");
    assert!(left["tone"].is_null() && left["articles"] == 0, "nothing that looks like a verdict is left: {left}");
}

#[test]
fn a_card_page_fits_a_phone_and_nothing_complains() {
    let server = demo();
    let browser = Browser::open();
    for width in [360, 320] {
        browser.as_wide_as(width);
        let pages =
            scans().iter().map(|scan| format!("/card{}", scan.path)).chain(["/".to_owned(), "/card".to_owned()]);
        for page in pages {
            browser.open_page(&format!("{}{page}", server.origin()));
            let (wide, inner) = ("document.documentElement.scrollWidth", "window.innerWidth");
            let seen = browser.run(&format!(
                "const broken = [...document.images].filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src);
                 return {{wide: {wide}, inner: {inner}, broken, styled: document.styleSheets.length}}"
            ));
            assert_eq!(seen["inner"], width, "{page}: {seen}");
            assert!(seen["wide"].as_u64() <= seen["inner"].as_u64(), "{page} scrolls sideways at {width} px: {seen}");
            assert_eq!(seen["broken"], Value::Array(Vec::new()), "{page}");
            assert_eq!(seen["styled"], 1, "{page}");
        }
    }
    let complaints = browser.complaints();
    // A page that reports a problem is served with its status, which the browser notes.
    let others: Vec<_> = complaints.iter().filter(|it| !it.contains("/card - ") && !it.contains("favicon")).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_typed_code_leads_to_its_card() {
    let server = demo();
    let browser = Browser::open();
    browser.as_wide_as(360);
    for (typed, lang, headline) in [
        ("952 0000 04001 7", "vi", "/9520000040017?lang=vi"),
        ("(01)09520000040017(10)K04A", "en", "/01/09520000040017/10/K04A?lang=en"),
        ("HP-MAU-0001", "vi", "/HP-MAU-0001?lang=vi"),
        ("9520000010011", "en", "/9520000010011?lang=en"),
    ] {
        browser.open_page(&format!("{}/?lang={lang}", server.origin()));
        browser.enter("#code", typed);
        let title = browser.until("document.querySelector('article.card #origin-title')?.textContent");
        assert_eq!(title, server.card(headline)["headline"], "{typed}");
        assert!(browser.address().contains("/card?code="), "{}", browser.address());
        assert_eq!(browser.run("return document.documentElement.lang"), lang, "{typed}");
    }
}
