//! Pages that make it hard: policies, other people's scripts, browsers without WebAssembly, servers that print cards.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Browser, Shop, demo, element, shop_page, strict_policy};
use serde_json::{Value, json};

const RECALLED: &str = "/01/09520000040017/10/K04A";
const PLAIN: &str = "/01/09520000010010/10/L01A";

/// The card in an element as it is drawn, once it is: all of its markup.
fn drawn(browser: &Browser, id: &str) -> String {
    let html = browser.until(&format!(
        "(document.getElementById('{id}').dataset.state === 'ready' || null) &&
         document.getElementById('{id}').shadowRoot.querySelector('article').outerHTML"
    ));
    html.as_str().unwrap().to_owned()
}

/// Addresses that the page has loaded.
fn loaded(browser: &Browser) -> Vec<String> {
    let names = browser.run("return performance.getEntriesByType('resource').map((it) => it.name)");
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_page_or_browser_without_webassembly_gets_the_same_card_silently() {
    let server = demo();
    let host = server.origin();
    let cards = [element("plain", PLAIN, ""), element("recalled", RECALLED, "lang=\"en\"")].concat();
    let policy = strict_policy(&host);
    let with = Shop::open(&shop_page(&host, &cards), &policy);
    let without = Shop::open(&shop_page(&host, &cards), &policy.replace(" 'wasm-unsafe-eval'", ""));
    let browser = Browser::open();
    browser.open_page(&with.origin());
    let expected = ["plain", "recalled"].map(|id| drawn(&browser, id));
    assert_eq!(loaded(&browser).iter().filter(|it| it.contains(".wasm")).count(), 2, "one for each language");
    browser.open_page(&without.origin());
    assert_eq!(["plain", "recalled"].map(|id| drawn(&browser, id)), expected);
    let loaded = loaded(&browser);
    assert!(!loaded.iter().any(|it| it.contains(".wasm") || it.contains("/v1/verify")), "{loaded:?}");
    assert_eq!(loaded.iter().filter(|it| it.contains(".view.json")).count(), 2, "{loaded:?}");
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn a_module_that_does_not_come_is_done_without() {
    let server = demo();
    let host = server.origin();
    let shop = Shop::open(&shop_page(&host, &element("c", PLAIN, "")), &strict_policy(&host));
    let browser = Browser::open();
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Network.setBlockedURLs", &json!({"urls": ["*.wasm"]}));
    browser.open_page(&shop.origin());
    assert!(drawn(&browser, "c").contains("data-tone=\"info\""));
}

#[test]
fn pages_that_put_their_own_in_the_place_of_the_browsers_methods_get_the_card() {
    let server = demo();
    let host = server.origin();
    // What libraries of other times do, and then some.
    let patches = "
        for (const name of ['append', 'prepend', 'remove', 'replaceWith', 'replaceChildren', 'before', 'after', 'closest',
                            'matches', 'toggleAttribute', 'insertAdjacentElement', 'animate']) {
          Element.prototype[name] = () => { throw new Error('patched ' + name); };
        }
        for (const name of ['data', 'state', 'error', 'code', 'refresh', 'variant', 'version']) {
          Element.prototype[name] = 'a page of its own mind';
        }
        Array.prototype.toJSON = function () { return 'a text'; };
        Object.prototype.extend = function () {};
        Array.prototype.each = function () {};
        DocumentFragment.prototype.append = Element.prototype.append;";
    let cards =
        [element("a", PLAIN, ""), element("b", RECALLED, ""), element("c", RECALLED, "variant=\"badge\"")].concat();
    let page = shop_page(&host, &cards).replacen("<script", &format!("<script>{patches}</script><script"), 1);
    let shop = Shop::open(&page, &format!("script-src 'unsafe-inline' 'wasm-unsafe-eval' {host}"));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    for (id, tone) in [("a", "info"), ("b", "danger"), ("c", "danger")] {
        assert!(drawn(&browser, id).contains(&format!("data-tone=\"{tone}\"")), "{id}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn loading_the_script_twice_harms_nothing() {
    let server = demo();
    let host = server.origin();
    let manifest = server.get("/widget/v1/manifest.json").json();
    let script = &manifest["files"][0];
    let exact = format!(
        "<script type=\"module\" src=\"{host}{}\" integrity=\"{}\" crossorigin></script>",
        script["path"].as_str().unwrap(),
        script["integrity"].as_str().unwrap()
    );
    let shop = Shop::open(&shop_page(&host, &(exact + &element("c", PLAIN, ""))), &strict_policy(&host));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    drawn(&browser, "c");
    assert_eq!(loaded(&browser).iter().filter(|it| it.ends_with("origin-card.js")).count(), 2);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_card_that_a_server_printed_shows_without_a_script_and_is_taken_over_by_the_element() {
    let server = demo();
    let host = server.origin();
    let fragment = server.get(&format!("/v1/cards{RECALLED}.html?lang=vi"));
    let fragment = fragment.text().replace("<origin-card ", "<origin-card id=\"c\" ");
    let shown = "(() => { const article = document.getElementById('c').shadowRoot?.querySelector('article');
                  return article && {text: article.innerText, high: article.getBoundingClientRect().height,
                  back: getComputedStyle(article.querySelector('header')).backgroundColor}; })()";
    let bare = format!("<!doctype html><meta charset=utf-8><title>Shop</title><link rel=icon href='data:,'>{fragment}");
    let shop = Shop::open(&bare, "script-src 'none'");
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    let printed = browser.until(shown);
    let card = server.card(&format!("{RECALLED}?context=shop&lang=vi"));
    assert!(printed["text"].as_str().unwrap().contains(card["headline"].as_str().unwrap()), "{printed}");
    assert_eq!(printed["back"], "rgb(173, 18, 32)", "its style came with it");

    let page = shop_page(&host, &fragment);
    let shop = Shop::open(&page, "");
    browser.open_page(&shop.origin());
    drawn(&browser, "c");
    let taken: Value = browser.run(&format!("return {shown}"));
    assert_eq!(taken["text"], printed["text"]);
    assert_eq!(browser.run("return document.getElementById('c').dataset.verdict"), "recalled");
    let articles = browser.run("return document.getElementById('c').shadowRoot.querySelectorAll('article').length");
    assert_eq!(articles, 1, "the printed card has gone");
}

#[test]
fn nothing_is_stored_and_no_cookie_is_sent() {
    let server = demo();
    let host = server.origin();
    let shop = Shop::open(&shop_page(&host, &element("c", PLAIN, "")), &strict_policy(&host));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    drawn(&browser, "c");
    let kept = browser.run("return [document.cookie, localStorage.length, sessionStorage.length]");
    assert_eq!(kept, json!(["", 0, 0]));
    let foreign: Vec<_> = loaded(&browser).into_iter().filter(|it| !it.starts_with(&host)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
