//! What the element asks the service for: once for each code, together what comes together, and not before it is
//! wanted; and what it does when no answer comes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::time::Duration;

use nguon_tests::{
    Between, Browser, GTIN, Instead, LOT, OTHER_LOT, Server, Shop, element, lines, shop_page, strict_policy, within,
};
use serde_json::json;

/// A service with its registry, a hand before it, a shop, and a browser on the shop's page.
struct Scene {
    browser: Browser,
    between: Between,
    _shop: Shop,
    _server: Server,
}

impl Scene {
    fn open(body: &str) -> Self {
        Self::of(Server::with_records(), None, body)
    }

    fn of(server: Server, instead: Option<Instead>, body: &str) -> Self {
        let between = Between::before(server.public);
        between.answer(instead);
        let host = between.origin();
        let shop = Shop::open(&shop_page(&host, body), &strict_policy(&host));
        let browser = Browser::open();
        browser.open_page(&shop.origin());
        Self { browser, between, _shop: shop, _server: server }
    }

    fn settled(&self, id: &str, state: &str) {
        self.browser.until(&format!("document.getElementById('{id}').dataset.state === '{state}' || null"));
    }
}

fn code(lot: &str) -> String {
    format!("/01/{GTIN}/10/{lot}")
}

/// So many products more, each with a card.
fn shelf(count: usize) -> (String, Vec<String>) {
    let mut records = Vec::new();
    let mut codes = Vec::new();
    for n in 0..count {
        // GS1's check digit: threes and ones from the right.
        let body = format!("095200009{n:04}");
        let sum: u32 = body.bytes().rev().zip([3, 1].into_iter().cycle()).map(|(b, w)| u32::from(b - b'0') * w).sum();
        let gtin = format!("{body}{}", (10 - sum % 10) % 10);
        records.push(json!({"type": "product", "gtin": gtin, "name": {"vi": format!("Hàng {n}")}, "producer": "test-cooperative"}));
        codes.push(format!("/01/{gtin}"));
    }
    (lines(&records), codes)
}

#[test]
fn fifty_cards_on_a_page_cost_one_batch() {
    let server = Server::with_records();
    let (records, codes) = shelf(50);
    assert_eq!(server.import(&records)["rejected"]["total"], 0);
    let mut body = String::new();
    for (n, code) in codes.iter().enumerate() {
        write!(body, "{}", element(&format!("c{n}"), code, "variant=\"badge\" loading=\"eager\"")).unwrap();
    }
    // And one of them once more.
    body.push_str(&element("again", &codes[0], ""));
    let scene = Scene::of(server, None, &body);
    for n in 0..50 {
        scene.settled(&format!("c{n}"), "ready");
    }
    scene.settled("again", "ready");
    assert_eq!(scene.between.asked(), ["POST /v1/verify/batch"]);
}

#[test]
fn one_code_costs_one_question_however_many_cards_it_has() {
    let body: String = ["a", "b", "c"].map(|id| element(id, &code(LOT), "")).concat();
    let scene = Scene::open(&body);
    for id in ["a", "b", "c"] {
        scene.settled(id, "ready");
    }
    // One that comes later too.
    scene.browser.run(&format!(
        "const late = document.createElement('origin-card'); late.id = 'late'; late.loading = 'eager'; late.code = '{}'; document.body.append(late)",
        code(LOT)
    ));
    scene.settled("late", "ready");
    let asked = scene.between.asked();
    assert!(asked.len() == 1 && asked[0].starts_with("GET /v1/verify?"), "{asked:?}");
    scene.browser.run("document.getElementById('late').refresh()");
    within(Duration::from_secs(10), "a refresh asks anew", || (scene.between.asked().len() == 2).then_some(()));
}

#[test]
fn a_card_far_below_is_asked_for_when_somebody_comes_near() {
    let rows = "<p>Hàng</p>".repeat(200);
    let body = format!("{}{rows}{}", element("near", &code(LOT), ""), element("far", &code(OTHER_LOT), ""));
    let scene = Scene::open(&body);
    scene.settled("near", "ready");
    scene.settled("far", "idle");
    assert_eq!(scene.between.asked().len(), 1);
    scene.browser.run("document.getElementById('far').scrollIntoView()");
    scene.settled("far", "ready");
    assert_eq!(scene.between.asked().len(), 2);
}

#[test]
fn moving_a_card_asks_for_nothing_and_taking_it_out_gives_the_question_up() {
    let body = format!("<div id=\"here\">{}</div><div id=\"there\"></div>", element("c", &code(LOT), ""));
    let scene = Scene::open(&body);
    scene.settled("c", "ready");
    scene.browser.run(
        "const card = document.getElementById('c');
         document.getElementById('there').appendChild(card);
         card.remove();
         return new Promise((go) => setTimeout(() => { document.getElementById('here').appendChild(card); setTimeout(go, 100); }, 100))",
    );
    scene.settled("c", "ready");
    assert_eq!(scene.between.asked().len(), 1);

    scene.between.answer(Instead::Delay(Duration::from_secs(2)));
    scene.browser.run(&format!("document.getElementById('c').code = '{}'", code(OTHER_LOT)));
    scene.settled("c", "loading");
    within(Duration::from_secs(10), "it is asked", || (scene.between.asked().len() == 2).then_some(()));
    scene.browser.run("window.card = document.getElementById('c'); card.remove()");
    scene.browser.until("card.state === 'idle' || null");
    assert_eq!(scene.browser.run("return card.shadowRoot.querySelectorAll('article').length"), 0);
}

#[test]
fn a_slow_answer_to_the_last_code_never_shows_under_the_next() {
    let scene =
        Scene::of(Server::with_records(), Some(Instead::Delay(Duration::from_secs(1))), &element("c", &code(LOT), ""));
    within(Duration::from_secs(10), "the first is asked", || (!scene.between.asked().is_empty()).then_some(()));
    scene
        .browser
        .run("window.told = []; document.addEventListener('origin-load', (event) => told.push(event.detail.code))");
    scene.between.answer(None);
    scene.browser.run(&format!("document.getElementById('c').code = '{}'", code(OTHER_LOT)));
    scene.settled("c", "ready");
    let last = scene.browser.run("return new Promise((go) => setTimeout(() => go(told), 1500))");
    assert_eq!(last, json!([code(OTHER_LOT)]));
}

#[test]
fn a_service_that_is_busy_is_asked_again_when_it_says_and_the_link_stays_meanwhile() {
    for (status, state) in [(429, "rate-limited"), (503, "error")] {
        let instead = Instead::Refuse(status, Some(3));
        let scene = Scene::of(Server::with_records(), Some(instead), &element("c", &code(LOT), ""));
        scene.settled("c", state);
        let seen = scene.browser.run(
            "const card = document.getElementById('c');
             return {error: card.error, link: card.querySelector('a').checkVisibility(), verdict: card.dataset.verdict ?? null,
                     articles: card.shadowRoot.querySelectorAll('article').length, at: performance.now()}",
        );
        assert_eq!(seen["error"], json!({"kind": state, "retryable": true}));
        assert!(seen["link"] == true && seen["verdict"].is_null() && seen["articles"] == 0, "{seen}");
        scene.between.answer(None);
        scene.settled("c", "ready");
        let waited = scene.browser.run("return performance.now()").as_f64().unwrap() - seen["at"].as_f64().unwrap();
        assert!(waited > 1_500.0, "{status}: asked again after {waited} ms");
        assert_eq!(scene.between.asked().len(), 2, "{status}");
    }
}

#[test]
fn what_is_no_code_is_said_once_and_not_asked_again() {
    let scene = Scene::open(&element("c", &"9".repeat(3_000), ""));
    scene.settled("c", "invalid-code");
    assert_eq!(
        scene.browser.run("return document.getElementById('c').error"),
        json!({"kind": "invalid-code", "retryable": false})
    );
    let empty = Scene::open(&element("c", " ", ""));
    empty.settled("c", "idle");
    assert_eq!(empty.between.asked(), Vec::<String>::new());
}

#[test]
fn without_a_network_the_link_stays_and_the_card_comes_with_the_network() {
    let scene = Scene::open(&element("c", &code(LOT), "loading=\"eager\""));
    scene.settled("c", "ready");
    let network = |offline: bool| {
        scene.browser.devtools("Network.enable", &json!({}));
        scene.browser.devtools(
            "Network.emulateNetworkConditions",
            &json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    };
    network(true);
    scene.browser.run(&format!("document.getElementById('c').code = '{}'", code(OTHER_LOT)));
    scene.settled("c", "offline");
    let link = scene.browser.run("return document.querySelector('#c a').checkVisibility()");
    assert_eq!(link, true);
    network(false);
    scene.settled("c", "ready");
}

#[test]
fn a_connection_that_ends_is_no_verdict() {
    let scene = Scene::of(Server::with_records(), Some(Instead::HangUp), &element("c", &code(LOT), ""));
    scene.settled("c", "error");
    scene.between.answer(None);
    scene.settled("c", "ready");
}
