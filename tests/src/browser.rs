//! Chromium without a window, spoken to as `WebDriver` (W3C) through its own driver: plain JSON over HTTP.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::http::Request;
use crate::output::Output;

const START: Duration = Duration::from_mins(1);
/// How long a page may take to become what a test waits for.
const PATIENCE_MS: u64 = 20_000;
/// Between two looks at it.
const LOOK_MS: u64 = 20;
const MISSING: &str = "is not installed: run tests/run, which installs what the tests need or says what to install";

const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--accept-lang=vi-VN,vi",
];

/// One browser with one window and nothing remembered.
#[derive(Debug)]
pub struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    /// Its profile; gone when it is closed.
    profile: tempfile::TempDir,
}

impl Browser {
    /// Open it.
    #[must_use]
    pub fn open() -> Self {
        Self::with(&[])
    }

    /// Open it with more flags.
    #[must_use]
    pub fn with(more: &[String]) -> Self {
        let chromium = found(&["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"])
            .unwrap_or_else(|| panic!("Chromium {MISSING}"));
        let driver = found(&["chromedriver"]).unwrap_or_else(|| panic!("Chromium's driver {MISSING}"));
        let profile = tempfile::tempdir().expect("a directory can be made");
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the driver can be run");
        let output = Output::default();
        output.follow(driver.stdout.take().expect("its output is a pipe"));
        output.follow(driver.stderr.take().expect("its output is a pipe"));
        let mut browser =
            Self { driver, address: SocketAddr::from(([127, 0, 0, 1], 0)), session: String::new(), profile };
        let Some(port) = output.wait_for(START, port) else {
            panic!("the driver did not say where it listens:\n{}", output.text());
        };
        browser.address.set_port(port);

        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.extend_from_slice(more);
        flags.push(format!("--user-data-dir={}", browser.profile.path().display()));
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": 30_000, "pageLoad": 30_000},
        });
        let opened = browser.command("/session", &json!({"capabilities": {"alwaysMatch": wanted}}));
        opened["sessionId"].as_str().expect("a session has a name").clone_into(&mut browser.session);
        browser
    }

    /// As wide as a phone, in CSS pixels.
    pub fn as_wide_as(&self, width_px: u32) {
        let screen = json!({"width": width_px, "height": 740, "deviceScaleFactor": 1, "mobile": true});
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// From now on no page runs a script of its own. What [`run`](Self::run) is given still runs.
    pub fn without_script(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    }

    /// Shows pages as to a reader with these preferences (media features, such as `prefers-color-scheme`).
    pub fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// The page on paper, as its own style says: a PDF.
    #[must_use]
    pub fn printed(&self) -> Vec<u8> {
        let printed = self.devtools("Page.printToPDF", &json!({"preferCSSPageSize": true}));
        STANDARD.decode(printed["data"].as_str().expect("a document")).expect("it is base64")
    }

    /// A command of the Chrome `DevTools` protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.in_session("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Open an address and wait until it has loaded.
    pub fn open_page(&self, address: &str) {
        self.in_session("/url", &json!({"url": address}));
    }

    /// Address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        self.run("return location.href").as_str().expect("an address is a string").to_owned()
    }

    /// What a script returns.
    pub fn run(&self, script: &str) -> Value {
        self.in_session("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What an expression is, as soon as it is something. Fails the test when it stays nothing. The page may be left
    /// and another one come meanwhile.
    pub fn until(&self, expression: &str) -> Value {
        // Many short questions, not a long one: a page that goes away would take that with it.
        let script = format!("try {{ return ({expression}) || null; }} catch {{ return null; }}");
        let path = format!("/session/{}/execute/sync", self.session);
        let question = Request::json(path, &json!({"script": script, "args": []}));
        for _ in 0..PATIENCE_MS / LOOK_MS {
            let reply = question.send(self.address);
            if let (200, mut body) = (reply.status, reply.json())
                && !body["value"].is_null()
            {
                return body["value"].take();
            }
            thread::sleep(Duration::from_millis(LOOK_MS));
        }
        panic!("stays nothing: {expression}\n{}\n{:?}", self.run("return document.body.innerText"), self.complaints());
    }

    /// Type into the element that a selector names, then press Enter.
    pub fn enter(&self, selector: &str, text: &str) {
        self.type_into(selector, &format!("{text}\u{E007}"));
    }

    /// Type into the element that a selector names. Into an input for files: the path of one.
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.in_session("/element", &json!({"using": "css selector", "value": selector}));
        let id = element.as_object().and_then(|it| it.values().next()).and_then(Value::as_str);
        let path = format!("/element/{}/value", id.expect("an element has a name"));
        self.in_session(&path, &json!({"text": text}));
    }

    /// Press keys, one after the other, wherever the focus is: `WebDriver`'s code points for those without a letter.
    pub fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})))
            .collect();
        self.in_session("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]}));
    }

    /// What scripts and the browser itself have complained about since this was last asked.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let log = self.in_session("/se/log", &json!({"type": "browser"}));
        let entries = log.as_array().expect("a log is a list").iter();
        entries
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn in_session(&self, path: &str, body: &Value) -> Value {
        self.command(&format!("/session/{}{path}", self.session), body)
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        let reply = Request::json(path, body).send(self.address);
        let value = reply.json()["value"].take();
        assert_eq!(reply.status, 200, "{path}: {value}");
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = Request::new("DELETE", format!("/session/{}", self.session)).try_send(self.address);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn port(printed: &str) -> Option<u16> {
    printed.split_once("successfully on port ")?.1.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn found(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file()))
}
