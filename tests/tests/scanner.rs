//! The scanner of the first page, in Chromium with a camera that plays what a test draws: what is read leads to its
//! card, what is somebody's own never leaves the device, and whoever has no camera is told what works instead.
//!
//! Desktop Chromium on Linux has no `BarcodeDetector`: the module in its worker is what reads here.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use nguon_tests::{Browser, Drawing, Symbol, demo};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A citizen's card, invented.
const DOCUMENT: &str = "031088001234|031234567|Nguyễn Văn Mẫu|01011988|Nam|Phường Mẫu, Hải Phòng|02022021";
/// A transfer to an invented account.
const PAYMENT: &str = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E";

const STATE: &str = "document.querySelector('dialog.scanner')?.dataset.state";
const TOLD: &str = "document.querySelector('dialog[data-state=told] h2') && document.querySelector('dialog[data-state=told]').innerText";

/// What is held in front of the camera, and how wide the screen is.
struct Stage {
    browser: Browser,
    _film: TempDir,
}

impl Stage {
    fn with(drawing: &Drawing) -> Self {
        let film = tempfile::tempdir().unwrap();
        let path = film.path().join("film.y4m");
        drawing.film(&path).unwrap();
        let browser = Browser::with(&[
            "--use-fake-device-for-media-stream".to_owned(),
            "--use-fake-ui-for-media-stream".to_owned(),
            format!("--use-file-for-fake-video-capture={}", path.display()),
        ]);
        Self { browser, _film: film }
    }

    /// Open the first page and tap the camera.
    fn scan(&self, origin: &str, lang: &str) -> &Browser {
        self.browser.open_page(&format!("{origin}/?lang={lang}"));
        self.browser.run("document.querySelector('#scan').click()");
        &self.browser
    }
}

fn view() -> Drawing {
    Drawing::new(1280, 720)
}

fn qr(text: &str) -> Drawing {
    view().with(Symbol::Qr(text), 440, 160, 400, 400)
}

/// Complaints but for the icon that every browser asks for.
fn complaints(browser: &Browser) -> Vec<String> {
    let mut all = browser.complaints();
    all.retain(|complaint| !complaint.contains("favicon"));
    all
}

fn path_of(browser: &Browser) -> String {
    browser.until("location.pathname.startsWith('/card') && document.querySelector('h1, article') && 1");
    let address = browser.address();
    address.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap()
}

/// Stands between browser and server and writes down what the browser says.
struct Witness {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Witness {
    fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                let ear = Arc::clone(&ear);
                thread::spawn(move || {
                    let Ok(server) = TcpStream::connect(server) else { return };
                    let (mut answers, mut back) = (server.try_clone().unwrap(), browser.try_clone().unwrap());
                    thread::spawn(move || {
                        let _ = std::io::copy(&mut answers, &mut back);
                        let _ = back.shutdown(Shutdown::Write);
                    });
                    pass(browser, server, &ear);
                });
            }
        });
        Self { address, heard }
    }

    fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock()).into_owned()
    }
}

fn pass(mut browser: TcpStream, mut server: TcpStream, ear: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 8192];
    while let Ok(read @ 1..) = browser.read(&mut buffer) {
        ear.lock().extend_from_slice(&buffer[..read]);
        if server.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Write);
}

#[test]
fn a_code_before_the_camera_leads_to_its_card() {
    let server = demo();
    let elements = "010952000001001010L01A\u{1d}213165QFD13Z41";
    let unit = "/card/01/09520000010010/10/L01A/21/3165QFD13Z41?lang=vi";
    let link = format!("{}/01/09520000010010/10/L01A?17=281231", server.origin());
    for (drawing, path) in [
        (view().with(Symbol::Ean13("9520000010010"), 420, 220, 440, 220), "/card/01/09520000010010?lang=vi"),
        (view().with(Symbol::DataMatrix(elements), 440, 160, 400, 400), unit),
        (view().with(Symbol::Gs1_128(elements), 290, 220, 700, 220), unit),
        (qr(&link), "/card/01/09520000010010/10/L01A?17=281231&lang=vi"),
    ] {
        let stage = Stage::with(&drawing);
        let browser = stage.scan(&server.origin(), "vi");
        assert_eq!(path_of(browser), path);
        assert_eq!(complaints(browser), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_code_on_a_phone_held_upright_is_read_where_the_frame_is() {
    let server = demo();
    let stage = Stage::with(&view().with(Symbol::Ean13("9520000040017"), 500, 260, 280, 200));
    stage.browser.as_wide_as(360);
    assert_eq!(path_of(stage.scan(&server.origin(), "en")), "/card/01/09520000040017?lang=en");
}

#[test]
fn a_photo_leads_to_its_card_and_one_without_a_code_is_told_so() {
    let server = demo();
    let photos = tempfile::tempdir().unwrap();
    let (good, empty) = (photos.path().join("good.bmp"), photos.path().join("empty.bmp"));
    // As a phone takes it: large, the code small and somewhere.
    Drawing::new(3000, 2000).with(Symbol::Ean13("9520000010010"), 1900, 300, 560, 300).photo(&good).unwrap();
    Drawing::new(800, 600).photo(&empty).unwrap();
    let browser = Browser::open();
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    browser.type_into(".way:not(.touch) input", empty.to_str().unwrap());
    let told = browser.until(TOLD);
    assert!(told.as_str().unwrap().contains("Chưa thấy mã trong ảnh"), "{told}");
    // From the same window, another photo.
    browser.type_into("dialog .others label:not(.touch) input", good.to_str().unwrap());
    assert_eq!(path_of(&browser), "/card/01/09520000010010?lang=vi");
    assert_eq!(complaints(&browser), Vec::<String>::new());
}

#[test]
fn a_document_of_a_person_and_a_payment_never_leave_the_device() {
    let server = demo();
    let witness = Witness::before(server.public);
    let origin = witness.origin();
    let photos = tempfile::tempdir().unwrap();
    for (secret, words) in [
        (DOCUMENT, ["031088001234", "Nguy", "Phường", "Ph%C6%B0"]),
        (PAYMENT, ["000201", "A00000072", "QRIBFTTA", "thanh"]),
    ] {
        let drawing = view().with(Symbol::Qr(secret), 340, 60, 600, 600);
        let stage = Stage::with(&drawing);
        let browser = stage.scan(&origin, "vi");
        let told = browser.until(TOLD);
        assert!(told.as_str().unwrap().contains("không gửi đi đâu"), "{told}");
        let page = browser.run("return document.documentElement.outerHTML + location.href").to_string();

        let photo = photos.path().join("photo.bmp");
        drawing.photo(&photo).unwrap();
        browser.open_page(&format!("{origin}/?lang=vi"));
        browser.type_into(".way:not(.touch) input", photo.to_str().unwrap());
        browser.until(TOLD);

        browser.open_page(&format!("{origin}/?lang=vi"));
        browser.enter("#code", secret);
        browser.until(
            "document.querySelector('#code-hint[data-manner=private]') && !document.querySelector('#code').value && 1",
        );
        let typed = browser.run("return document.documentElement.outerHTML + location.href").to_string();
        assert_eq!(complaints(browser), Vec::<String>::new());

        let heard = witness.heard();
        assert!(heard.contains("GET /?lang=vi"), "the witness hears what is said");
        for word in words {
            assert!(!heard.contains(word), "{word} was sent");
            assert!(!page.contains(word) && !typed.contains(word), "{word} is on the page");
        }
    }
}

#[test]
fn a_link_of_somebody_else_is_looked_up_and_never_opened() {
    let server = demo();
    let witness = Witness::before(server.public);
    let elsewhere = Witness::before(server.public);
    let link = format!("{}/shop?item=1&ref=/01/x", elsewhere.origin());
    let stage = Stage::with(&qr(&link));
    let browser = stage.scan(&witness.origin(), "en");
    assert!(path_of(browser).starts_with("/card?code="), "{}", browser.address());
    assert!(browser.address().starts_with(&witness.origin()));
    assert_eq!(elsewhere.heard(), "");
}

#[test]
fn of_several_codes_a_person_chooses() {
    let server = demo();
    let both = view().with(Symbol::Qr("HP-MAU-0001"), 160, 200, 300, 300).with(
        Symbol::Ean13("9520000040017"),
        620,
        240,
        440,
        200,
    );
    let stage = Stage::with(&both);
    let browser = stage.scan(&server.origin(), "vi");
    browser.until(&format!("{STATE} === 'choosing' && 1"));
    let choices =
        browser.run("return [...document.querySelectorAll('.choices button')].map((it) => it.innerText)").to_string();
    for told in ["Mã vạch", "GTIN 09520000040017", "Mã QR", "HP-MAU-0001"] {
        assert!(choices.contains(told), "{told} in {choices}");
    }
    browser
        .run("[...document.querySelectorAll('.choices button')].find((it) => it.innerText.includes('HP-MAU')).click()");
    assert_eq!(path_of(browser), "/card?code=%5DQ1HP-MAU-0001&lang=vi");
}

#[test]
fn whoever_types_is_told_which_digit_would_be_right() {
    let server = demo();
    let browser = Browser::open();
    browser.as_wide_as(360);
    for (lang, right, wrong) in [
        ("vi", "Đủ 13 chữ số", "Chữ số cuối phải là 0"),
        ("en", "All 13 digits are there", "The last digit should be 0"),
    ] {
        browser.open_page(&format!("{}/?lang={lang}", server.origin()));
        let hint = "document.querySelector('#code-hint').textContent";
        let before = browser.run(&format!("return {hint}"));
        let height = "return document.querySelector('.ask').offsetHeight";
        let tall = browser.run(height);
        browser.type_into("#code", "952 0000 01001 1");
        browser.until(&format!("{hint}.includes('{wrong}') && 1"));
        assert_eq!(browser.run(height), tall, "nothing moves");
        browser.type_into("#code", "\u{E003}0");
        browser.until(&format!("{hint}.includes('{right}') && 1"));
        browser.type_into("#code", &"\u{E003}".repeat(20));
        browser.until(&format!("{hint} === {before} && 1"));
    }
    assert_eq!(complaints(&browser), Vec::<String>::new());
}

#[test]
fn what_a_tag_holds_goes_out_as_it_was_typed_and_the_service_reads_it() {
    let server = demo();
    let browser = Browser::open();
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    browser.type_into("#code", "urn:epc:id:sgtin:9520000.001001.3165QFD13Z41\u{E007}");
    let path = path_of(&browser);
    assert!(path.contains("urn%3Aepc%3Aid%3Asgtin"), "{path}");
    let card = server.card("/01/09520000010010/21/3165QFD13Z41?lang=vi");
    let shown = browser.run("return document.querySelector('article').textContent");
    assert!(shown.as_str().unwrap().contains(card["product"]["name"].as_str().unwrap()), "{shown}");
}

#[test]
fn nothing_but_a_small_script_is_fetched_and_no_camera_asked_for_before_somebody_taps() {
    let server = demo();
    let browser = Browser::open();
    let count = "navigator.mediaDevices.getUserMedia = () => { window.asked = (window.asked || 0) + 1; return Promise.reject(new DOMException('', 'NotFoundError')); };";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": count}));
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    let fetched =
        "return performance.getEntriesByType('resource').map((it) => it.name).filter((it) => it.includes('/assets/'))";
    let names = |browser: &Browser| -> Vec<String> {
        let all = browser.run(fetched);
        all.as_array().unwrap().iter().map(|it| it.as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    let first = names(&browser);
    // Every page has its icon, its style and its script; this one has one script more.
    let light = ["home-", "page-", "icon-"];
    assert!(first.iter().all(|name| light.iter().any(|it| name.starts_with(it))), "{first:?}");
    assert_eq!(browser.run("return window.asked ?? 0"), 0);
    browser.run("document.querySelector('#scan').click()");
    let told = browser.until(TOLD);
    assert!(told.as_str().unwrap().contains("Không tìm thấy máy ảnh"), "{told}");
    assert_eq!(browser.run("return window.asked"), 1);
    assert!(names(&browser).iter().any(|name| name.starts_with("scan-")));
}

/// The first page with something put in front of its scripts, and the camera tapped.
fn without_camera(origin: &str, lang: &str, before: &str, agent: Option<&str>) -> (Browser, String) {
    let browser = Browser::open();
    browser.as_wide_as(360);
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": before}));
    if let Some(agent) = agent {
        browser.devtools("Network.setUserAgentOverride", &json!({"userAgent": agent}));
    }
    browser.open_page(&format!("{origin}/?lang={lang}"));
    browser.run("document.querySelector('#scan').click()");
    let told = browser.until(TOLD).as_str().unwrap().to_owned();
    (browser, told)
}

#[test]
fn each_reason_for_no_camera_has_its_own_sentence_and_typing_is_one_tap_away() {
    let refuse = |name: &str| {
        format!("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{name}'));")
    };
    let nothing = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined});";
    let insecure = format!("{nothing} Object.defineProperty(window, 'isSecureContext', {{value: false}});");
    let zalo = "Mozilla/5.0 (Linux; Android 14; SM-A055F; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo android/1";
    let facebook = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440]";
    let server = demo();
    for (before, agent, vi, en) in [
        (refuse("NotAllowedError"), None, "chưa được dùng máy ảnh", "may not use the camera"),
        (refuse("NotReadableError"), None, "Máy ảnh đang bận", "The camera is busy"),
        (nothing.to_owned(), None, "Không tìm thấy máy ảnh", "No camera was found"),
        (insecure, None, "kết nối an toàn", "secure connection"),
        (refuse("NotAllowedError"), Some(zalo), "Zalo chưa cho", "Zalo does not let"),
        (nothing.to_owned(), Some(facebook), "Facebook chưa cho", "Facebook does not let"),
    ] {
        for (lang, sentence) in [("vi", vi), ("en", en)] {
            let (browser, told) = without_camera(&server.origin(), lang, &before, agent);
            assert!(told.contains(sentence), "{sentence} in {told}");
            if agent.is_some() {
                let help = if lang == "vi" { "Mở bằng trình duyệt" } else { "Open in browser" };
                assert!(told.contains(help), "{told}");
            }
            let small = "return [...document.querySelectorAll('dialog button, dialog .button')]\
                .filter((it) => it.offsetParent && (it.offsetHeight < 48 || it.offsetWidth < 48)).length";
            assert_eq!(browser.run(small), 0, "every button can be hit");
            assert_eq!(browser.run("return document.documentElement.scrollWidth"), 360);
            browser.run("[...document.querySelectorAll('dialog .others button')].at(-1).click()");
            assert_eq!(browser.run("return document.activeElement.id"), "code");
            assert_eq!(complaints(&browser), Vec::<String>::new());
        }
    }
}

#[test]
fn the_keyboard_alone_opens_and_closes_and_the_focus_comes_back() {
    const TAB: char = '\u{E004}';
    let server = demo();
    let stage = Stage::with(&view());
    let browser = &stage.browser;
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    let focused = "return document.activeElement.id || document.activeElement.tagName";
    for _ in 0..12 {
        if browser.run(focused) == "scan" {
            break;
        }
        browser.press(&TAB.to_string());
    }
    assert_eq!(browser.run(focused), "scan");
    browser.press("\u{E007}");
    browser.until("document.querySelector('dialog video')?.readyState > 1 && 1");
    // Round the window and never out of it.
    for _ in 0..8 {
        browser.press(&TAB.to_string());
        let inside = browser
            .run("return document.activeElement === document.body || !!document.activeElement.closest('dialog')");
        assert_eq!(inside, true);
    }
    browser.press("\u{E00C}");
    browser.until("!document.querySelector('dialog') && 1");
    assert_eq!(browser.run(focused), "scan");
    assert_eq!(complaints(browser), Vec::<String>::new());
}

#[test]
fn without_script_the_box_works_and_nothing_dead_is_shown() {
    let server = demo();
    let browser = Browser::open();
    browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    assert_eq!(browser.run("return getComputedStyle(document.querySelector('.ways')).display"), "none");
    browser.enter("#code", "9520000040017");
    assert_eq!(path_of(&browser), "/card?code=9520000040017&lang=vi");
}

#[test]
fn a_detector_of_the_browsers_own_is_used_where_it_knows_every_kind() {
    let server = demo();
    let stub = |formats: &str| {
        format!(
            "window.BarcodeDetector = class {{
               static getSupportedFormats() {{ return Promise.resolve([{formats}]); }}
               detect() {{ return Promise.resolve([{{format: 'data_matrix', rawValue: '\\x1d010952000001001010L01A\\x1d213165QFD13Z41'}}]); }}
             }};"
        )
    };
    let every = "'ean_13','ean_8','upc_a','upc_e','itf','code_128','data_matrix','qr_code','pdf417'";
    for (formats, path, own) in [
        (every, "/card/01/09520000010010/10/L01A/21/3165QFD13Z41?lang=vi", false),
        ("'qr_code'", "/card/01/09520000040017?lang=vi", true),
    ] {
        let witness = Witness::before(server.public);
        let stage = Stage::with(&view().with(Symbol::Ean13("9520000040017"), 420, 220, 440, 220));
        let source = json!({"source": stub(formats)});
        stage.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &source);
        assert_eq!(path_of(stage.scan(&witness.origin(), "vi")), path);
        assert_eq!(witness.heard().contains("/assets/reader-"), own, "our reader is fetched only where it is needed");
    }
}

#[test]
fn a_detector_that_fails_is_replaced_by_our_reader() {
    let server = demo();
    let stage = Stage::with(&view().with(Symbol::Ean13("9520000040017"), 420, 220, 440, 220));
    let broken = "window.BarcodeDetector = class {
        static getSupportedFormats() { return Promise.resolve(['ean_13','ean_8','upc_a','upc_e','itf','code_128','data_matrix','qr_code']); }
        detect() { return Promise.reject(new DOMException('', 'NotSupportedError')); }
    };";
    stage.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": broken}));
    assert_eq!(path_of(stage.scan(&server.origin(), "vi")), "/card/01/09520000040017?lang=vi");
}

#[test]
fn offline_is_a_sentence_and_the_code_stays_in_the_box() {
    let server = demo();
    let browser = Browser::open();
    browser.open_page(&format!("{}/?lang=vi", server.origin()));
    browser.type_into("#code", "9520000040017");
    browser.until("document.querySelector('#code-hint[data-manner=product]') && 1");
    let cut = json!({"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0});
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Network.emulateNetworkConditions", &cut);
    browser.type_into("#code", "\u{E007}");
    let said = browser.until("document.querySelector('#code-hint[data-manner=offline]')?.textContent");
    assert!(said.as_str().unwrap().contains("không có mạng"), "{said}");
    browser.run("document.querySelector('#scan').click()");
    browser.until("document.querySelector('#scan').ariaBusy === 'false' && 1");
    let left = browser
        .run("return [document.querySelector('#code').value, !!document.querySelector('dialog'), location.pathname]");
    assert_eq!(left, json!(["9520000040017", false, "/"]));
}

#[test]
fn the_first_page_serves_its_scanner_under_names_that_never_change() {
    let server = demo();
    let page = server.get("/?lang=vi");
    let policy = page.must("content-security-policy");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"), "{policy}");
    assert!(page.must("permissions-policy").contains("camera=(self)"));
    let script = page.text().split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let reply = server.get(&script);
    assert_eq!((reply.status, reply.media_type()), (200, "text/javascript"));
    assert_eq!(reply.must("cache-control"), "public, max-age=31536000, immutable");
    assert!(reply.must("content-security-policy").contains("'wasm-unsafe-eval'"), "a worker has its response's policy");
    assert_eq!(server.get("/assets/home-0000000000.js").status, 404);
    let size = Value::from(page.body.len());
    assert!(size.as_u64().unwrap() < 20 * 1024, "{size} bytes");
}
