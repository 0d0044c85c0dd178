//! The element for everybody: what assistive technology is told, how large targets are, how text stands out, what is
//! left of it in forced colours and on paper; and that nothing jumps.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use nguon_tests::{Browser, Server, Shop, demo, element, shop_page, strict_policy};
use serde_json::{Value, json};

/// One code for each tone that a shop can see.
const CODES: [(&str, &str); 4] = [
    ("danger", "/01/09520000040017/10/K04A"),
    ("caution", "/01/09520000040017/10/K04B"),
    ("info", "/01/09520000010010/10/L01A"),
    ("neutral", "NOT-ON-RECORD"),
];

fn open(body: &str) -> (Arc<Server>, Shop, Browser) {
    let server = demo();
    let host = server.origin();
    let shop = Shop::open(&shop_page(&host, body), &strict_policy(&host));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    (server, shop, browser)
}

fn every_tone(attributes: &str) -> String {
    CODES.map(|(id, code)| element(id, code, &format!("loading=\"eager\" when-unknown=\"card\" {attributes}"))).concat()
}

fn drawn(browser: &Browser) {
    for (id, _) in CODES {
        browser.until(&format!("document.getElementById('{id}').dataset.state === 'ready' || null"));
    }
}

/// Contrast (WCAG 2.2, 1.4.3) of every text against what is behind it; texts below what their size asks for.
const PALE: &str = "
  const channel = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => { const [r, g, b] = parts(colour).map(channel); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (node) => { for (; node; node = node.parentElement) {
    const back = getComputedStyle(node).backgroundColor; const [, , , a = 1] = parts(back); if (a > 0) return back; } return 'rgb(255, 255, 255)'; };
  const pale = [];
  for (const card of document.querySelectorAll('origin-card')) {
    for (const node of card.shadowRoot.querySelectorAll('article *')) {
      if (![...node.childNodes].some((it) => it.nodeType === 3 && it.data.trim()) || !node.checkVisibility()) continue;
      const style = getComputedStyle(node), a = light(style.color), b = light(ground(node));
      const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      if (ratio < (isLarge ? 3 : 4.5)) pale.push([card.id, node.className, node.textContent.slice(0, 30), ratio]);
    }
  }
  return pale;";

#[test]
fn every_text_stands_out_in_light_and_dark() {
    for theme in ["light", "dark"] {
        let body = format!(
            "{}{}",
            every_tone(&format!("theme=\"{theme}\"")),
            element("ended", "/01/09520000050016/10/T05A", &format!("theme=\"{theme}\" loading=\"eager\""))
        );
        let (_server, _shop, browser) = open(&body);
        drawn(&browser);
        browser.until("document.getElementById('ended').dataset.state === 'ready' || null");
        assert_eq!(browser.run(PALE), json!([]), "{theme}");
    }
}

#[test]
fn every_link_is_large_enough_to_be_hit_at_every_width() {
    for variant in ["full", "compact", "badge"] {
        let (_server, _shop, browser) = open(&every_tone(&format!("variant=\"{variant}\"")));
        drawn(&browser);
        for width in [280, 360, 768, 1200] {
            browser.as_wide_as(width);
            let seen = browser.run(
                "const small = [], wide = [];
                 for (const card of document.querySelectorAll('origin-card')) {
                   const article = card.shadowRoot.querySelector('article');
                   if (article.scrollWidth > article.clientWidth + 1) wide.push(card.id);
                   for (const link of article.querySelectorAll('a')) {
                     const box = link.getBoundingClientRect();
                     if (box.width < 24 || box.height < 24) small.push([link.textContent, box.width, box.height]);
                   }
                 }
                 return {small, wide, page: document.documentElement.scrollWidth <= innerWidth}",
            );
            assert_eq!(seen, json!({"small": [], "wide": [], "page": true}), "{variant} at {width} px");
        }
    }
}

#[test]
fn assistive_technology_is_told_an_article_by_its_headline_with_lists_and_terms() {
    let (_server, _shop, browser) = open(&every_tone(""));
    drawn(&browser);
    browser.devtools("Accessibility.enable", &json!({}));
    let tree = browser.devtools("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let names = |role: &str| -> Vec<String> {
        let told = nodes.iter().filter(|node| node["role"]["value"] == role && node["ignored"] == false);
        told.map(|node| node["name"]["value"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let server = demo();
    let mut headlines = Vec::new();
    for (_, code) in CODES {
        let card = server.card(&format!("/{}?lang=vi&context=shop", nguon_tests::encoded(code)));
        headlines.push(card["headline"].as_str().unwrap().to_owned());
    }
    assert_eq!(names("article"), headlines);
    for headline in &headlines {
        assert!(names("heading").contains(headline), "{headline}");
    }
    for role in ["link", "heading"] {
        assert!(names(role).iter().all(|name| !name.is_empty()), "{role}: {:?}", names(role));
    }
    for role in ["term", "definition", "list", "listitem", "time"] {
        let role_is_told =
            nodes.iter().any(|node| node["role"]["value"].as_str().is_some_and(|it| it.eq_ignore_ascii_case(role)));
        assert!(role_is_told, "{role}");
    }
    let images = names("image").into_iter().chain(names("img"));
    assert!(images.into_iter().all(|name| !name.is_empty()));
}

#[test]
fn a_warning_is_read_out_only_when_it_comes_after_another_card() {
    let (_server, _shop, browser) = open(&element("c", CODES[2].1, ""));
    browser.until("document.getElementById('c').dataset.tone === 'info' || null");
    let role = "document.getElementById('c').shadowRoot.querySelector('article').getAttribute('role')";
    assert_eq!(browser.run(&format!("return {role}")), Value::Null);
    browser.run(&format!("document.getElementById('c').code = '{}'", CODES[0].1));
    browser.until("document.getElementById('c').dataset.tone === 'danger' || null");
    assert_eq!(browser.run(&format!("return {role}")), Value::Null, "another product is no news of this one");
    assert_eq!(browser.run("return document.getElementById('c').hasAttribute('aria-busy')"), false);
    // The same product, which was fine: a recall that comes while the page is open.
    let server = demo();
    for (code, tone) in [(CODES[2].1, "info"), (CODES[0].1, "danger")] {
        let card = server.card(&format!("{code}?context=shop"));
        browser.run(&format!("document.getElementById('c').data = {card}"));
        browser.until(&format!("document.getElementById('c').dataset.tone === '{tone}' || null"));
    }
    assert_eq!(browser.run(&format!("return {role}")), "alert");
}

#[test]
fn forced_colours_and_paper_keep_edges_and_words() {
    let (_server, _shop, browser) = open(&every_tone(""));
    drawn(&browser);
    // An edge that is there and not seen; a browser that forces its colours shows it.
    let edge =
        "const it = getComputedStyle(document.getElementById('danger').shadowRoot.querySelector('[part~=header]'));
                return [it.borderTopWidth, it.borderTopColor]";
    assert_eq!(browser.run(edge), json!(["3px", "rgba(0, 0, 0, 0)"]));
    browser.prefer(&[("forced-colors", "active")]);
    let forced = browser.run(edge);
    assert!(forced[0] == "3px" && forced[1] != "rgba(0, 0, 0, 0)", "{forced}");
    browser.devtools(
        "Emulation.setEmulatedMedia",
        &json!({"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}),
    );
    let ink = browser.run(
        "return getComputedStyle(document.getElementById('info').shadowRoot.querySelector('article')).backgroundColor",
    );
    assert_eq!(ink, "rgb(255, 255, 255)", "paper is white whatever the screen prefers");
}

#[test]
fn nothing_jumps_where_the_page_keeps_room() {
    let server = demo();
    let host = server.origin();
    let rows = "<p>Hàng</p>".repeat(40);
    let style = "<style>origin-card { display: block; min-height: 40rem } origin-card[variant=badge] { min-height: 9rem }</style>";
    let watch = "<script>window.jumps = 0; new PerformanceObserver((list) => list.getEntries().forEach((it) => jumps += it.value))
                 .observe({type: 'layout-shift', buffered: true})</script>";
    let body = format!(
        "{watch}{style}<h1>Cửa hàng</h1>{}{}{rows}{}{rows}",
        element("badge", CODES[2].1, "variant=\"badge\""),
        element("compact", CODES[2].1, "variant=\"compact\""),
        element("far", CODES[2].1, ""),
    );
    for width in [360, 1200] {
        let shop = Shop::open(&shop_page(&host, &body), "");
        let browser = Browser::open();
        browser.as_wide_as(width);
        browser.open_page(&shop.origin());
        for id in ["badge", "compact"] {
            browser.until(&format!("document.getElementById('{id}').dataset.state === 'ready' || null"));
        }
        browser.run("return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))");
        assert_eq!(browser.run("return jumps").as_f64(), Some(0.0), "{width} px");
    }
}
