//! `<origin-card>` on a shop's page, in Chromium: what it shows, its attributes, properties and events.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{Browser, Shop, demo, element, shop_page, strict_policy};
use serde_json::{Value, json};

const RECALLED: &str = "/01/09520000040017/10/K04A";
const PLAIN: &str = "/01/09520000010010/10/L01A";

/// A page of a shop under a strict policy, open in a browser.
fn open(service: &str, body: &str) -> (Shop, Browser) {
    let shop = Shop::open(&shop_page(service, body), &strict_policy(service));
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    (shop, browser)
}

/// Waits until an element is in a state.
fn settled(browser: &Browser, id: &str, state: &str) {
    browser.until(&format!("document.getElementById('{id}').dataset.state === '{state}' || null"));
}

/// What is visible of an element: text of its card, and of its link.
fn visible(browser: &Browser, id: &str) -> Value {
    browser.run(&format!(
        "const card = document.getElementById('{id}'), article = card.shadowRoot.querySelector('article');
         return {{card: article && article.checkVisibility() ? article.innerText : '',
                 link: card.querySelector('a').checkVisibility()}}"
    ))
}

#[test]
fn every_answer_is_shown_as_the_service_gives_it() {
    let server = demo();
    let cards: String = scans()
        .iter()
        .flat_map(|scan| ["vi", "en"].map(|lang| (scan, lang)))
        .map(|(scan, lang)| {
            let attributes = format!("lang=\"{lang}\" loading=\"eager\" when-unknown=\"card\"");
            element(&format!("c{}{lang}", scan.n), scan.path, &attributes)
        })
        .collect();
    let (_shop, browser) = open(&server.origin(), &cards);
    for scan in scans() {
        for lang in ["vi", "en"] {
            let id = format!("c{}{lang}", scan.n);
            settled(&browser, &id, "ready");
            // A path in the attribute is the code itself: the element asks for it as one.
            let code = nguon_tests::encoded(scan.path);
            let card = server.card(&format!("/{code}?lang={lang}&context=shop"));
            let shown = browser.run(&format!(
                "const card = document.getElementById('{id}');
                 return {{verdict: card.dataset.verdict, tone: card.dataset.tone}}"
            ));
            assert_eq!(shown, json!({"verdict": card["verdict"], "tone": card["tone"]}), "{id}");
            assert_ne!(card["tone"], "positive", "{id}");
            let text = visible(&browser, &id)["card"].as_str().unwrap().to_owned();
            assert!(text.contains(card["headline"].as_str().unwrap()), "{id}: {text}");
            assert!(text.contains(card["advice"].as_str().unwrap()), "{id}: {text}");
            for recall in card["safety"]["recalls"].as_array().unwrap() {
                let (reason, name) = (recall["reason"].as_str().unwrap(), card["product"]["name"].as_str().unwrap());
                assert!(text.find(reason) < text.find(name), "the recall stands above the product: {text}");
            }
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn nothing_on_record_is_shown_only_where_the_page_asks_for_it_and_a_warning_always() {
    let server = demo();
    let cards = [
        element("hide", "NOT-ON-RECORD", ""),
        element("link", "NOT-ON-RECORD", "when-unknown=\" LINK \""),
        element("card", "NOT-ON-RECORD", "when-unknown=\"card\""),
        element("warns", RECALLED, "when-unknown=\"hide\""),
    ];
    let (_shop, browser) = open(&server.origin(), &cards.concat());
    for (id, card, link) in
        [("hide", false, false), ("link", false, true), ("card", true, false), ("warns", true, false)]
    {
        settled(&browser, id, "ready");
        let shown = visible(&browser, id);
        assert_eq!((!shown["card"].as_str().unwrap().is_empty(), &shown["link"]), (card, &json!(link)), "{id}");
    }
}

#[test]
fn variants_and_sections_show_what_they_name_in_that_order_and_a_warning_always() {
    let server = demo();
    let cards = [
        element("badge", PLAIN, "variant=\"badge\""),
        element("alarm", RECALLED, "variant=\"badge\""),
        element("compact", PLAIN, "variant=\"compact\""),
        element("full", PLAIN, ""),
        element("two", PLAIN, "sections=\"timeline, producer\""),
        element("warns", RECALLED, "sections=\"producer\""),
    ];
    let (_shop, browser) = open(&server.origin(), &cards.concat());
    let headings = |id: &str| {
        settled(&browser, id, "ready");
        browser.run(&format!(
            "return [...document.getElementById('{id}').shadowRoot.querySelectorAll('article section')]
               .map((section) => section.querySelector('[part~=heading], [part~=name]').textContent)"
        ))
    };
    assert_eq!(headings("badge"), json!([]));
    assert_eq!(headings("two"), json!(["Hành trình", "Nhà sản xuất"]));
    assert_eq!(headings("warns"), json!(["Thông báo thu hồi", "Nhà sản xuất"]));
    assert_eq!(headings("compact").as_array().unwrap().len(), 2);
    assert!(headings("full").as_array().unwrap().len() >= 7);
    settled(&browser, "alarm", "ready");
    let alarm = visible(&browser, "alarm")["card"].as_str().unwrap().to_owned();
    let card = server.card(&format!("{RECALLED}?context=shop"));
    assert!(alarm.contains(card["headline"].as_str().unwrap()) && alarm.contains(card["advice"].as_str().unwrap()));
    // Every card leads to the record on the service's own domain.
    for id in ["badge", "compact", "full"] {
        let href =
            browser.run(&format!("return document.getElementById('{id}').shadowRoot.querySelector('footer a').href"));
        assert_eq!(href, format!("{}/card{PLAIN}", server.origin()), "{id}");
    }
    // A change of looks asks for nothing.
    let asked = "performance.getEntriesByType('resource').filter((it) => it.name.includes('/v1/verify')).length";
    let before = browser.run(&format!("return {asked}"));
    browser.run("document.getElementById('full').variant = 'badge'");
    browser.until("document.getElementById('full').shadowRoot.querySelectorAll('section').length === 0 || null");
    assert_eq!(browser.run(&format!("return {asked}")), before);
}

#[test]
fn headings_begin_at_the_level_that_the_page_names() {
    let server = demo();
    let cards = [
        element("usual", PLAIN, ""),
        element("deep", PLAIN, "heading-level=\"6\""),
        element("odd", PLAIN, "heading-level=\"1\""),
    ];
    let (_shop, browser) = open(&server.origin(), &cards.concat());
    for (id, first, second) in [("usual", "H2", "H3"), ("deep", "H6", "H6"), ("odd", "H2", "H3")] {
        settled(&browser, id, "ready");
        let levels = browser.run(&format!(
            "const root = document.getElementById('{id}').shadowRoot;
             return [root.querySelector('[part=title]').tagName, root.querySelector('[part=heading]').tagName]"
        ));
        assert_eq!(levels, json!([first, second]), "{id}");
    }
}

#[test]
fn properties_reflect_and_those_set_before_the_element_was_known_count() {
    let server = demo();
    let host = server.origin();
    // The page's own script comes first: the element is not known yet.
    let early = "const card = document.createElement('origin-card');
                 card.id = 'early'; card.code = '/01/09520000010010/10/L01A'; card.whenUnknown = 'card'; card.variant = 'badge';
                 document.body.append(card);";
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>Shop</title><link rel=icon href='data:,'><body><script>{early}</script>\
         <script type=module src=\"{host}/widget/v1/origin-card.js\"></script>"
    );
    let shop = Shop::open(&page, "script-src * 'unsafe-inline' 'wasm-unsafe-eval'");
    let browser = Browser::open();
    browser.open_page(&shop.origin());
    settled(&browser, "early", "ready");
    let seen = browser.run(
        "const card = document.getElementById('early');
         const reflected = ['code', 'when-unknown', 'variant'].map((name) => card.getAttribute(name));
         card.headingLevel = 4; card.theme = 'dark'; card.sections = ['batch']; card.variant = 'nonsense';
         return {reflected, level: card.getAttribute('heading-level'), theme: card.getAttribute('theme'),
                 sections: card.sections, variant: card.variant, state: card.state, error: card.error,
                 version: typeof card.version, own: Object.keys(card)}",
    );
    assert_eq!(seen["reflected"], json!([PLAIN, "card", "badge"]));
    assert_eq!((&seen["level"], &seen["theme"], &seen["sections"]), (&json!("4"), &json!("dark"), &json!("batch")));
    // What is on no list is the usual value.
    assert_eq!((&seen["variant"], &seen["state"], &seen["error"]), (&json!("full"), &json!("ready"), &Value::Null));
    assert_eq!((&seen["version"], &seen["own"]), (&json!("string"), &json!([])));
}

#[test]
fn events_tell_what_happens_and_a_page_may_keep_people_from_leaving() {
    let server = demo();
    let (_shop, browser) = open(&server.origin(), "<div id=\"shelf\"></div>");
    browser.until("customElements.get('origin-card') ? true : null");
    let told = browser.run(&format!(
        "window.told = [];
         for (const type of ['origin-state', 'origin-load', 'origin-error', 'origin-open']) document.addEventListener(type, (event) => {{
           told.push([type, event.detail, event.composed]);
           if (type === 'origin-open') event.preventDefault();
         }});
         const card = document.createElement('origin-card');
         card.id = 'c'; card.code = '{PLAIN}';
         document.getElementById('shelf').appendChild(card);
         return card.updateComplete.then((state) => state)"
    ));
    assert_eq!(told, "ready");
    browser.run("document.getElementById('c').shadowRoot.querySelector('footer a').click()");
    let address = browser.address();
    let told = browser.run("return told");
    let types: Vec<_> = told.as_array().unwrap().iter().map(|it| it[0].as_str().unwrap().to_owned()).collect();
    assert_eq!(types, ["origin-state", "origin-state", "origin-load", "origin-open"], "{told}");
    assert_eq!(told[2][1], json!({"code": PLAIN, "verdict": "registered_batch"}));
    assert_eq!(told[3][1]["href"], format!("{}/card{PLAIN}", server.origin()));
    assert!(told.as_array().unwrap().iter().all(|it| it[2] == true), "{told}");
    assert!(!address.contains("/card"), "{address}");
}

#[test]
fn a_card_that_the_page_brings_is_shown_without_a_question_and_never_as_checked() {
    let server = demo();
    let (_shop, browser) = open(&server.origin(), "<origin-card id=\"c\"><a href=\"/c\">Xem</a></origin-card>");
    browser.until("customElements.get('origin-card') ? true : null");
    let mut card = server.card(&format!("{PLAIN}?context=shop&lang=en"));
    let show = |card: &Value| {
        browser
            .run(&format!("const card = document.getElementById('c'); card.data = {card}; return card.updateComplete"));
    };
    show(&card);
    settled(&browser, "c", "ready");
    assert!(visible(&browser, "c")["card"].as_str().unwrap().contains(card["headline"].as_str().unwrap()));
    card["tone"] = json!("positive");
    show(&card);
    settled(&browser, "c", "error");
    assert_eq!(visible(&browser, "c"), json!({"card": "", "link": true}));
    let asked = "return performance.getEntriesByType('resource').filter((it) => it.name.includes('/v1/')).length";
    assert_eq!(browser.run(&asked.replace("/v1/')", "/v1/verify')")), 0);
}

#[test]
fn a_shop_brings_neither_its_own_answers_nor_a_unit_in_the_hand() {
    let server = demo();
    let unit = "/01/09520000010010/10/L01A/21/3165QFD13Z41";
    let (_shop, browser) = open(&server.origin(), &element("c", unit, "api=\"http://127.0.0.1:9\" context=\"unit\""));
    settled(&browser, "c", "ready");
    let asked = browser.run(
        "return performance.getEntriesByType('resource').map((it) => it.name).filter((name) => name.includes('/v1/verify'))",
    );
    let asked: Vec<_> = asked.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].starts_with(&server.origin()) && asked[0].contains("context=shop"), "{asked:?}");
    assert_eq!(browser.run("return document.getElementById('c').dataset.verdict"), "registered_batch");
}

#[test]
fn what_a_producer_writes_stays_text() {
    let server = demo();
    let (_shop, browser) = open(&server.origin(), "<origin-card id=\"c\"></origin-card>");
    browser.until("customElements.get('origin-card') ? true : null");
    for name in [
        "<img src=x onerror=alert(1)><script>alert(1)</script>".to_owned(),
        "Mắm \u{202e}tốt\u{2066} lắm\u{200b}\u{feff}".to_owned(),
        "ế".repeat(10_000),
        "W".repeat(10_000),
    ] {
        let mut card = server.card(&format!("{PLAIN}?context=shop"));
        card["product"]["name"] = json!(name);
        card["producer"]["website"] = json!("javascript:alert(1)");
        browser
            .run(&format!("const card = document.getElementById('c'); card.data = {card}; return card.updateComplete"));
        settled(&browser, "c", "ready");
        let seen = browser.run(
            "const root = document.getElementById('c').shadowRoot, article = root.querySelector('article');
             const name = root.querySelector('[part~=name]');
             return {text: name.textContent, wide: article.scrollWidth <= article.clientWidth + 1,
                     page: document.documentElement.scrollWidth <= innerWidth, high: name.getBoundingClientRect().height,
                     foreign: root.querySelectorAll('script, img[onerror]').length,
                     links: [...root.querySelectorAll('a')].every((link) => /^(http|tel|mailto)/.test(link.href))}",
        );
        let text = seen["text"].as_str().unwrap();
        assert!(text.chars().count() <= 401, "{} characters", text.chars().count());
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{feff}']), "{text}");
        assert!(seen["wide"] == true && seen["page"] == true && seen["links"] == true, "{seen}");
        assert!(seen["foreign"] == 0 && seen["high"].as_f64().unwrap() < 250.0, "{seen}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn what_could_not_be_checked_shows_what_was_on_record_before_and_no_verdict() {
    let server = demo();
    let (_shop, browser) = open(&server.origin(), "<div id=\"shelf\"></div>");
    browser.until("customElements.get('origin-card') ? true : null");
    let card = server.card(&format!("{RECALLED}?context=shop"));
    let problem = json!({
        "type": "https://id.example.vn/docs/problems#could_not_check", "title": "The code could not be checked",
        "status": 503, "code": "could_not_check", "detail": "Try again.",
        "origin": {"product": card["product"], "producer": card["producer"], "recalls": card["safety"]["recalls"],
                   "checked_at": "2026-11-23T03:00:00Z"},
    });
    browser.run(&format!(
        "const real = window.fetch;
         window.problem = {problem};
         window.told = [];
         document.addEventListener('origin-error', (event) => told.push(event.detail));
         window.fetch = (address, options) => window.problem && String(address).includes('/v1/verify')
           ? Promise.resolve(new Response(JSON.stringify(window.problem), {{status: 503, headers: {{'retry-after': '900'}}}}))
           : real(address, options);
         const card = Object.assign(document.createElement('origin-card'), {{id: 'c', code: '{RECALLED}', lang: 'vi'}});
         card.append(Object.assign(document.createElement('a'), {{href: '/c', textContent: 'Xem'}}));
         document.getElementById('shelf').append(card)"
    ));
    settled(&browser, "c", "error");
    let shown = visible(&browser, "c");
    let text = shown["card"].as_str().unwrap();
    for said in [&card["product"]["name"], &card["producer"]["name"], &card["safety"]["recalls"][0]["reason"]] {
        assert!(text.contains(said.as_str().unwrap()), "{said}: {text}");
    }
    assert!(text.starts_with("Chưa kiểm tra được"), "{text}");
    assert!(!text.contains(card["headline"].as_str().unwrap()), "{text}");
    // The page's own link stays, and nothing has the look of a verdict.
    assert_eq!(shown["link"], true);
    let marks = browser.run(
        "const card = document.getElementById('c'), article = card.shadowRoot.querySelector('article');
         return {verdict: card.hasAttribute('data-verdict') || article.hasAttribute('data-verdict'),
                 tone: card.hasAttribute('data-tone') || article.hasAttribute('data-tone'),
                 icon: !!article.querySelector('[part~=icon]'), kind: card.error.kind, told}",
    );
    let expected = json!({"verdict": false, "tone": false, "icon": false, "kind": "error",
                          "told": [{"kind": "error", "retryable": true}]});
    assert_eq!(marks, expected);
    // Moved, it is still no verdict; asked anew, it is a card again.
    browser.run("document.body.append(document.getElementById('c'))");
    settled(&browser, "c", "error");
    browser.run("window.problem = null; document.getElementById('c').refresh()");
    settled(&browser, "c", "ready");
    assert_eq!(browser.run("return document.getElementById('c').dataset.verdict"), card["verdict"]);
}
