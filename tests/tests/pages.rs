//! The consumer's pages: light, whole without script, large enough to read and to tap, good on paper, and never at a
//! loss.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{
    Browser, GTIN, LOT, Request, Server, Settings, addresses, attribute_values, between, demo, encoded, lines,
};
use serde_json::json;

const RECALLED: &str = "/card/01/09520000040017/10/K04A";
const RECORD: &str = "/card/01/09520000010010/10/L01A/21/3165QFD13Z41";

/// One page of each kind.
const KINDS: [&str; 7] = [RECORD, RECALLED, "/card/01/09520000991111", "/about", "/privacy", "/offline", "/card"];

fn cards() -> impl Iterator<Item = String> {
    scans().iter().map(|scan| format!("/card{}", scan.path))
}

/// What a browser sends when a reader opens an address.
fn opened(target: &str) -> Request {
    Request::get(target).header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
}

#[test]
fn a_page_and_its_style_weigh_20_kb_on_the_wire_at_most() {
    let server = demo();
    for coding in ["br", "gzip"] {
        let weigh = |target: &str| {
            let reply = server.ask(&Request::get(target).header("accept-encoding", coding));
            assert_eq!(reply.must("content-encoding"), coding, "{target}");
            (reply.body.len(), reply)
        };
        for page in cards().chain(["/about".to_owned(), "/privacy".to_owned()]) {
            let html = server.get(&page);
            let style = addresses(html.text()).into_iter().find(|address| address.contains(".css")).unwrap();
            let bytes = weigh(&page).0 + weigh(&style).0;
            assert!(bytes <= 20 * 1024, "{page} is {bytes} bytes in {coding}");
        }
    }
}

#[test]
fn every_page_is_whole_without_script() {
    let server = demo();
    let browser = Browser::open();
    browser.without_script();
    browser.as_wide_as(360);
    for page in cards() {
        browser.open_page(&format!("{}{page}", server.origin()));
        let card = server.card(page.strip_prefix("/card").unwrap());
        let seen = browser.run(
            "const seen = (element) => element.checkVisibility();
             return {
               title: document.querySelector('#origin-title').innerText,
               text: document.querySelector('article').innerText,
               waiting: [...document.querySelectorAll('[data-do]')].filter(seen).length,
               painted: performance.getEntriesByName('first-contentful-paint').length,
             }",
        );
        assert_eq!(seen["title"], card["headline"], "{page}");
        assert!(seen["text"].as_str().unwrap().contains(card["advice"].as_str().unwrap()), "{page}");
        assert_eq!(seen["waiting"], 0, "{page}: a button that needs a script is not shown without one");
        for lot in card["safety"]["recalls"].as_array().unwrap().iter().filter_map(|it| it["lots"].as_array()).flatten()
        {
            assert!(seen["text"].as_str().unwrap().contains(lot.as_str().unwrap()), "{page}");
        }
    }
    browser.open_page(&format!("{}/card?code=", server.origin()));
    browser.enter("#code", "9520000040017");
    browser.until("document.querySelector('article.card')");
}

#[test]
fn with_a_script_a_record_can_be_shared_and_printed() {
    let server = demo();
    let browser = Browser::open();
    browser.open_page(&format!("{}{RECORD}", server.origin()));
    browser.until("[...document.querySelectorAll('[data-do]')].filter((it) => it.checkVisibility()).length === 2");
    browser.run("navigator.share = async (what) => { window.shared = what.url }; document.querySelector('[data-do=share]').click()");
    let shared = browser.until("window.shared");
    assert!(shared.as_str().unwrap().ends_with("/card/01/09520000010010/10/L01A?lang=vi"), "{shared}");
    assert_eq!(browser.complaints(), Vec::<String>::new(), "under the policy of the page");
}

/// Sizes of type and of what can be tapped, and contrast of every text with what it stands on (WCAG 2.2, 1.4.3).
const MEASURE: &str = r"
  const rgb = (colour) => { const c = colour.match(/[\d.]+/g).map(Number); return { c: c.slice(0, 3), a: c[3] ?? 1 }; };
  const light = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { c, a } = rgb(getComputedStyle(at).backgroundColor);
      if (a === 1) return c;
    }
    return [255, 255, 255];
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility()) continue;
    texts += 1;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (size < 16) faults.push(`${size}px: ${text}`);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const found = ratio(rgb(style.color).c, ground(element));
    if (found < (large ? 3 : 4.5)) faults.push(`contrast ${found.toFixed(2)}: ${text}`);
  }
  const size = (element) => element.getBoundingClientRect();
  let targets = 0;
  for (const target of document.querySelectorAll('button, .button, input:not([type=hidden]), summary, nav a')) {
    if (!target.checkVisibility()) continue;
    targets += 1;
    if (size(target).height < 48 || size(target).width < 48) faults.push(`target ${size(target).width} x ${size(target).height}: ${target.innerText}`);
  }
  for (const link of document.querySelectorAll('a')) {
    if (link.checkVisibility() && size(link).height < 24) faults.push(`link ${size(link).height}: ${link.innerText}`);
  }
  return { body: parseFloat(getComputedStyle(document.body).fontSize), texts, targets, faults };
";

#[test]
fn text_is_large_targets_are_large_and_contrast_is_enough_by_day_and_by_night() {
    let server = demo();
    let browser = Browser::open();
    for width in [360, 1280] {
        browser.as_wide_as(width);
        for scheme in ["light", "dark"] {
            browser.prefer(&[("prefers-color-scheme", scheme)]);
            for page in cards().chain(KINDS[3..].iter().map(|page| (*page).to_owned())) {
                browser.open_page(&format!("{}{page}", server.origin()));
                let seen = browser.run(MEASURE);
                assert!(seen["body"].as_f64().unwrap() >= 18.0, "{page}: {seen}");
                assert!(seen["texts"].as_u64() > Some(5) && seen["targets"].as_u64() > Some(2), "{page}: {seen}");
                assert_eq!(seen["faults"], json!([]), "{page}, {width} px, {scheme}");
            }
        }
    }
}

#[test]
fn a_card_is_two_sheets_of_paper_at_most() {
    let server = demo();
    let browser = Browser::open();
    for page in cards() {
        browser.open_page(&format!("{}{page}", server.origin()));
        let pdf = browser.printed();
        let text = String::from_utf8_lossy(&pdf);
        let sheets = text.split("/Type /Page").skip(1).filter(|after| !after.starts_with('s')).count();
        assert!((1..=2).contains(&sheets), "{page}: {sheets}");
        // A4, in points.
        assert!(text.contains("/MediaBox [0 0 594.") || text.contains("/MediaBox [0 0 595"), "{page}");
    }
}

#[test]
fn a_hostile_name_runs_nothing_and_breaks_nothing() {
    let server = Server::with_records();
    let browser = Browser::open();
    browser.as_wide_as(320);
    let long = format!("A{}", "\u{1EBF}".repeat(498));
    for (n, name) in [
        "</script><script>window.hit = 1</script>",
        "<!--<script>\"'></title><img src=x onerror=window.hit=1>",
        "{\"@type\": \"Offer\"} \\u003c/script\\u003e",
        "\u{E0}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30A}\u{30B}\u{30C}\u{30D}",
        "شراب \u{5E9}\u{5DC}\u{5D5}\u{5DD} abc 123",
        &long,
    ]
    .into_iter()
    .enumerate()
    {
        let product = json!({"type": "product", "gtin": GTIN, "name": {"vi": name}, "producer": "test-cooperative",
            "keeps_serials": true});
        let report = server.import(&lines(&[product]));
        assert_eq!(report["rejected"]["total"], 0, "{report}");
        // Another address each time: what a browser has, it may show again for half a minute.
        browser.open_page(&format!("{}/card/01/{GTIN}/10/{LOT}?lang=vi&n={n}", server.origin()));
        let seen = browser.run(
            "const data = document.querySelector('script[type=\"application/ld+json\"]').textContent;
             return { hit: window.hit ?? null, name: JSON.parse(data).name, type: JSON.parse(data)['@type'],
                      title: document.title, foot: document.querySelector('.foot-links a').checkVisibility(),
                      wide: document.documentElement.scrollWidth, called: document.querySelector('h2.name').textContent,
                      pictures: document.images.length }",
        );
        assert!(seen["hit"].is_null() && seen["foot"] == true && seen["pictures"] == 0, "{seen}");
        assert!(seen["wide"].as_u64() <= Some(320), "{seen}");
        assert_eq!(seen["type"], "SomeProducts");
        let shown = seen["name"].as_str().unwrap().trim_end_matches('…');
        assert!(shown.len() > 10 || name == shown, "{seen}");
        assert!(name.starts_with(shown), "{seen}");
        assert_eq!(seen["called"], seen["name"]);
        assert!(seen["title"].as_str().unwrap().ends_with("Nguồn"), "{seen}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
    // What turns the line around, shows as nothing, or does not end is refused at the door.
    for name in ["a\u{202E}b", "a\u{200B}b", "a\u{2066}b", &"ế".repeat(10_000)] {
        let product = json!({"type": "product", "gtin": GTIN, "name": {"vi": name}, "producer": "test-cooperative"});
        let report = server.import(&lines(&[product]));
        assert_eq!(report["rejected"]["total"], 1, "{report}");
    }
}

#[test]
fn a_page_may_load_and_run_only_what_is_ours() {
    let server = demo();
    for page in KINDS {
        let reply = server.get(page);
        let policy = reply.must("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{page}: {policy}");
        for wide in ["unsafe", "*", "data:", "http", "blob:"] {
            assert!(!policy.contains(wide), "{page}: {policy}");
        }
        for address in attribute_values(reply.text(), &["src"]) {
            assert!(address.starts_with('/') && !address.starts_with("//"), "{page}: {address}");
        }
    }
    let browser = Browser::open();
    for page in &KINDS[..6] {
        browser.open_page(&format!("{}{page}", server.origin()));
        browser.until("document.readyState === 'complete'");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// The properties of a preview, as an app that shows one reads them.
fn preview(server: &Server, page: &str, property: &str) -> Option<String> {
    let reply = server.get(page);
    between(reply.text(), &format!("property=\"{property}\" content=\""), "\"").map(str::to_owned)
}

#[test]
fn a_preview_of_a_recalled_code_says_so_and_no_preview_praises() {
    let server = demo();
    for scan in scans() {
        let page = format!("/card{}?lang=vi", scan.path);
        let card = server.card(&format!("{}?lang=vi", scan.path));
        let title = preview(&server, &page, "og:title").unwrap();
        let warns = ["danger", "caution"].contains(&card["tone"].as_str().unwrap());
        let name = card["product"]["name"].as_str().unwrap_or("no product");
        assert_eq!(title.starts_with(name), !warns && card["product"].is_object(), "{page}: {title}");
        for praise in ["Mã có trong hồ sơ", "Lô hàng có trong hồ sơ"] {
            assert!(!title.starts_with(praise), "{page}: {title}");
        }
        let image = preview(&server, &page, "og:image");
        assert!(image.is_none() || !warns, "{page}: {image:?}");
        if let Some(image) = image {
            let path = image.strip_prefix(&server.origin()).expect("an absolute address on this service");
            assert_eq!(server.get(path).status, 200, "{image}");
        }
    }
    assert!(preview(&server, RECALLED, "og:title").unwrap().starts_with("Đang thu hồi"));
}

#[test]
fn what_is_not_there_is_a_page_for_a_reader_and_a_problem_document_for_a_program() {
    let server = demo();
    for target in ["/nothing", "/gioi-thieu", "/v2/verify/1"] {
        let page = server.ask(&opened(target).header("accept-language", "vi"));
        assert_eq!((page.status, page.media_type()), (404, "text/html"), "{target}");
        assert!(page.text().contains("Không có trang này") && page.text().contains("action=\"/card\""));
        assert_eq!(page.must("x-robots-tag"), "noindex");
        assert!(page.list("vary").contains("accept"), "{target}");
        assert!(!page.text().contains("data-tone"), "{target}");
        let problem = server.get(target);
        assert_eq!((problem.status, problem.media_type()), (404, "application/problem+json"), "{target}");
    }
}

#[test]
fn who_asks_too_much_gets_a_page_that_says_how_long_to_wait() {
    let server = Server::with_records();
    let refused = (0..400)
        .map(|n| server.ask(&opened(&format!("/card/{}?lang=vi", encoded(format!("NO-SUCH-{n}"))))))
        .find(|reply| reply.status != 200)
        .expect("four hundred different codes that are not on record are probing");
    assert_eq!((refused.status, refused.media_type()), (429, "text/html"));
    let seconds: u32 = refused.must("retry-after").parse().unwrap();
    let page = refused.text();
    assert!(page.contains(&format!("<strong>{seconds} giây</strong>")), "{page}");
    assert!(page.contains("Đây không phải kết luận về sản phẩm") && page.contains(">Thử lại</a>"));
    for mark in ["data-tone", "data-verdict", "class=\"card\""] {
        assert!(!page.contains(mark), "{mark}");
    }
    assert_eq!(server.get(&format!("/card/01/{GTIN}/10/{LOT}")).status, 200, "what is on record is always told");
}

#[test]
fn without_a_network_a_page_says_so_and_knows_no_verdict() {
    // Its own, because it is stopped below.
    let server = Settings::demo().start();
    let origin = server.origin();
    let browser = Browser::open();
    browser.as_wide_as(360);
    browser.open_page(&format!("{origin}{RECORD}"));
    browser.until(
        "(navigator.serviceWorker.ready.then((it) => window.worker = it.active.state), window.worker === 'activated')",
    );
    drop(server);
    browser.open_page(&format!("{origin}{RECALLED}"));
    let seen = browser.run(
        "return { title: document.querySelector('h1').innerText, styled: document.styleSheets[0].cssRules.length,
                  again: document.querySelector('.problem .button').href, form: document.querySelector('#code').checkVisibility(),
                  verdicts: document.querySelectorAll('[data-tone], [data-verdict], article').length }",
    );
    assert_eq!(seen["title"], "Không có mạng");
    assert_eq!(seen["again"], format!("{origin}{RECALLED}"), "trying again asks for the same");
    assert_eq!((&seen["form"], &seen["verdicts"]), (&json!(true), &json!(0)));
    assert!(seen["styled"].as_u64() > Some(20), "{seen}");
}

#[test]
fn who_runs_the_service_is_a_setting_and_its_absence_is_said() {
    let silent = demo();
    assert!(silent.get("/about?lang=vi").text().contains("chưa ghi tên đơn vị vận hành"));
    let named = Settings::demo()
        .and("--operator-name")
        .and("Trung tâm Mẫu")
        .and("--operator-contact")
        .and("hoi@id.example.vn")
        .start();
    for page in ["/about", "/privacy"] {
        for lang in ["vi", "en"] {
            let reply = named.get(&format!("{page}?lang={lang}"));
            assert!(reply.text().contains("Trung tâm Mẫu"), "{page} {lang}");
            assert!(reply.text().contains("href=\"mailto:hoi@id.example.vn\""), "{page} {lang}");
        }
    }
    for contact in ["javascript:alert(1)", "gọi cho chúng tôi", ""] {
        let (started, said) = Settings::demo().and("--operator-contact").and(contact).run_to_end();
        assert!(!started && said.contains("--operator-contact"), "{contact}: {said}");
    }
}

#[test]
fn no_page_repeats_somebodys_document_not_even_in_an_address() {
    let server = demo();
    let document = "012345678901%7C123456789%7CNguyen%20Van%20A%7C01011990%7CNam%7CHa%20Noi%7C01012020";
    for page in ["/?code=", "/card?code=", "/card/", "/embed?code=", "/about?code=", "/privacy?code=", "/nothing/"] {
        let reply = server.ask(&Request::get(format!("{page}{document}")).header("accept", "text/html"));
        assert_eq!(reply.media_type(), "text/html", "{page}");
        assert!(!reply.text().contains("Nguyen") && !reply.text().contains("012345678901"), "{page}: {}", reply.text());
    }
}
