//! Reports as tests send and read them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::http::{Reply, Request};
use crate::registry::{GTIN, LOT, records};
use crate::server::{Server, Settings};

const BOUNDARY: &str = "----report";

/// How to reach whoever sent [`report`].
pub const PHONE: &str = "0912 345 678";
/// What [`report`] tells.
pub const TOLD: &str = "Nắp đã mở sẵn khi mua";
/// The code of somebody's identity card, which is refused.
pub const DOCUMENT: &str = "031190123456||Trần Thị Mẫu|05061985|Nữ|Hải Phòng|02032021";

/// A code of the tests' own product.
#[must_use]
pub fn lot_code() -> String {
    format!("(01){GTIN}(10){LOT}")
}

/// A report with everything but a photo.
#[must_use]
pub fn report() -> Value {
    json!({"code": lot_code(), "reason": "seal_broken", "text": TOLD, "contact": PHONE, "place": "Chợ Sắt"})
}

/// From one of many clients behind a proxy that the server trusts.
#[must_use]
pub fn from(client: u8, request: Request) -> Request {
    request.header("x-forwarded-for", format!("203.0.113.{client}"))
}

/// Send a report as one of many clients.
#[must_use]
pub fn send(server: &Server, client: u8, report: &Value) -> Reply {
    server.ask(&from(client, Request::json("/v1/reports", report)))
}

/// One part of a form: name, name of a file, and value.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// A form as a browser sends it.
#[must_use]
pub fn form(target: &str, parts: &[Part<'_>]) -> Request {
    let mut body = Vec::new();
    for (name, file, value) in parts {
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"").bytes());
        if let Some(file) = file {
            body.extend(format!("; filename=\"{file}\"\r\ncontent-type: image/png").bytes());
        }
        body.extend(b"\r\n\r\n");
        body.extend_from_slice(value);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    Request::post(target, &format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The receipt of a report that was taken.
#[must_use]
pub fn receipt(reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert!(reply.list("cache-control").contains("no-store"));
    reply.json()["receipt"].as_str().expect("a receipt is a string").to_owned()
}

/// What became of a report.
#[must_use]
pub fn report_status(server: &Server, receipt: &str) -> Value {
    let reply = server.get(&format!("/v1/reports/{receipt}"));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Reports as operators list them.
#[must_use]
pub fn listed(server: &Server, query: &str) -> Vec<Value> {
    let reply = server.operate(&Request::get(format!("/v1/reports{query}")));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["reports"].as_array().expect("a list").clone()
}

/// A server over a file, that trusts the proxy in front of it.
#[must_use]
pub fn over(file: &Path) -> Server {
    let settings = Settings::serve(file).and("--trusted-proxies").and("127.0.0.0/8");
    settings.and("--operator-name").and("Trung tâm Mẫu").start()
}

/// Such a server with the tests' small registry, its directory and its file.
#[must_use]
pub fn reporting() -> (tempfile::TempDir, PathBuf, Server) {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let file = directory.path().join("registry.redb");
    let server = over(&file);
    assert_eq!(server.import(&records())["rejected"]["total"], 0);
    (directory, file, server)
}
