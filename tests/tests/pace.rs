//! How soon a card is there: three requests, two round trips one after the other, and no later than plain script would
//! draw it from the same answer, on the same machine in the same run.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Browser, Shop, demo, element, shop_page};
use serde_json::json;

const CODE: &str = "/01/09520000010010/10/L01A";
/// Of each page, by turns; the medians are compared.
const RUNS: usize = 7;
/// The budget is a twentieth more than plain script; the rest is room for a busy machine.
const ROOM: f64 = 1.35;

/// Draws the service's list of nodes, and nothing else: what there would be without the module and the element.
const PLAIN: &str = "
  const answer = await fetch(HOST + '/v1/cards/' + encodeURIComponent(CODE) + '.view.json?lang=vi&context=shop');
  let at = document.getElementById('c').attachShadow({mode: 'open'});
  for (const node of (await answer.json()).nodes) {
    if (!node) at = at.parentNode;
    else if (typeof node === 'string') at.append(node);
    else {
      const svg = node[0] === 'svg' || node[0] === 'path';
      at = at.appendChild(document.createElementNS('http://www.w3.org/' + (svg ? '2000/svg' : '1999/xhtml'), node[0]));
      for (let n = 2; n < node.length; n += 2) at.setAttribute(node[n], node[n + 1].replace(/^\\//, HOST + '/'));
    }
  }
  window.drawn = performance.now();";

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
fn a_card_takes_three_requests_and_two_round_trips() {
    let server = demo();
    let host = server.origin();
    let shop = Shop::open(&shop_page(&host, &element("c", CODE, "")), "");
    let browser = Browser::open();
    // Every answer is so long under way that a busy machine, which puts off the second of two requests, still sends it
    // before the first is answered; unless it waits for that answer.
    browser.devtools("Network.enable", &json!({}));
    let network = json!({"offline": false, "latency": 2_000, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.devtools("Network.emulateNetworkConditions", &network);
    browser.open_page(&shop.origin());
    browser.until("document.getElementById('c').dataset.state === 'ready' || null");
    // What the card does not wait for is listed when it has come.
    browser.run("return new Promise((go) => setTimeout(go, 3000))");
    let loaded = browser.run(
        "return performance.getEntriesByType('resource').filter((it) => !it.name.includes('/v1/media/') && !it.name.startsWith('data:'))
           .map((it) => [new URL(it.name).pathname, it.startTime, it.responseEnd])",
    );
    let loaded = loaded.as_array().unwrap();
    assert_eq!(loaded.len(), 3, "{loaded:?}");
    let times = |ending: &str| {
        let found = loaded.iter().find(|it| it[0].as_str().unwrap().ends_with(ending)).unwrap();
        (found[1].as_f64().unwrap(), found[2].as_f64().unwrap())
    };
    let (script, module, card) = (times(".js"), times(".wasm"), times("/v1/verify"));
    assert!(module.0 >= script.1 && card.0 >= script.1, "both come after the script: {loaded:?}");
    assert!(module.0 < card.1 && card.0 < module.1, "neither waits for the other: {loaded:?}");
}

/// A connection, and how many times slower than this machine the reader's is. The figures of the networks are those of
/// Chromium's own presets.
struct Circumstances {
    name: &'static str,
    latency_ms: f64,
    down_kbps: f64,
    up_kbps: f64,
    slower: u32,
}

const FAST: Circumstances =
    Circumstances { name: "fast network", latency_ms: 150.0, down_kbps: 7_200.0, up_kbps: 750.0, slower: 1 };
const FAST_4G: Circumstances =
    Circumstances { name: "fast 4G, slow phone", latency_ms: 165.0, down_kbps: 8_100.0, up_kbps: 1_350.0, slower: 4 };
const SLOW_4G: Circumstances =
    Circumstances { name: "slow 4G, slow phone", latency_ms: 562.5, down_kbps: 1_440.0, up_kbps: 675.0, slower: 4 };

/// When a card is drawn, in milliseconds from the navigation, by the element and by plain script; and the longest task
/// that the element's page had.
struct Pace {
    with: f64,
    without: f64,
    longest: f64,
}

fn pace(circumstances: &Circumstances, runs: usize) -> Pace {
    let server = demo();
    let host = server.origin();
    let watch = "<script>window.longest = 0; new PerformanceObserver((list) => list.getEntries().forEach((it) => {
                   longest = Math.max(longest, it.duration); })).observe({type: 'longtask', buffered: true});
                 addEventListener('origin-load', () => { window.drawn = performance.now(); });</script>";
    let element = Shop::open(&shop_page(&host, &format!("{watch}{}", element("c", CODE, ""))), "");
    let plain = format!("const HOST = '{host}', CODE = '{CODE}';{PLAIN}");
    let plain = format!(
        "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'>{watch}<div id=c></div><script type=module src=\"data:text/javascript,{}\"></script>",
        nguon_tests::encoded(plain)
    );
    let plain = Shop::open(&plain, "");
    let browser = Browser::open();
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Network.setCacheDisabled", &json!({"cacheDisabled": true}));
    let bytes_per_s = |kbps: f64| kbps * 1_000.0 / 8.0;
    let network = json!({"offline": false, "latency": circumstances.latency_ms,
        "downloadThroughput": bytes_per_s(circumstances.down_kbps), "uploadThroughput": bytes_per_s(circumstances.up_kbps)});
    browser.devtools("Network.emulateNetworkConditions", &network);
    browser.devtools("Emulation.setCPUThrottlingRate", &json!({"rate": circumstances.slower}));
    let (mut with, mut without, mut longest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        browser.open_page(&element.origin());
        with.push(browser.until("window.drawn || null").as_f64().unwrap());
        longest.push(browser.run("return longest").as_f64().unwrap());
        browser.open_page(&plain.origin());
        without.push(browser.until("window.drawn || null").as_f64().unwrap());
    }
    // The script of the control is in its page, so it is given the script's round trip.
    let pace =
        Pace { with: median(with), without: median(without) + circumstances.latency_ms, longest: median(longest) };
    println!(
        "{}: drawn after {:.0} ms; by plain script {:.0} ms, ratio {:.2}; longest task {:.0} ms",
        circumstances.name,
        pace.with,
        pace.without,
        pace.with / pace.without,
        pace.longest
    );
    pace
}

#[test]
fn the_element_is_as_quick_as_plain_script() {
    // How long the longest task takes is printed: a busy machine makes any task long.
    let Pace { with, without, .. } = pace(&FAST, RUNS);
    assert!(with <= without * ROOM, "{with:.0} ms, by plain script {without:.0} ms");
}

/// On a phone that is four times slower. Such a machine is simulated, and a busy one simulates it badly: the figures are
/// printed, and only a ratio that no noise explains fails.
#[test]
fn on_a_slow_phone_the_element_is_not_much_slower_than_plain_script() {
    for circumstances in [&FAST_4G, &SLOW_4G] {
        let Pace { with, without, .. } = pace(circumstances, RUNS);
        assert!(with <= without * 2.0, "{}: {with:.0} ms, by plain script {without:.0} ms", circumstances.name);
    }
}
