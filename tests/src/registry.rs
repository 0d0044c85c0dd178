//! A small registry of the tests' own: one product, two lots, three units. Its dates are far away on both sides, so
//! that no verdict here ever changes by itself.

use serde_json::{Value, json};

/// The product, 14 digits. GS1's prefix 952 is kept for demonstrations.
pub const GTIN: &str = "09520000990015";
/// Its lot.
pub const LOT: &str = "T1";
/// Another lot of it.
pub const OTHER_LOT: &str = "T2";
/// A unit of the first lot.
pub const SERIAL: &str = "UNIT0001";
/// On whose behalf it is imported.
pub const PUBLISHER: &str = "test-publisher";

/// The records, as NDJSON.
#[must_use]
pub fn records() -> String {
    let records = [
        json!({"type": "producer", "id": "test-cooperative", "name": {"vi": "HTX Thử", "en": "Test Cooperative"},
            "address": {"text": "Xã Mẫu (minh hoạ), Hải Phòng", "province_code": "31"}}),
        json!({"type": "product", "gtin": GTIN, "name": {"vi": "Mứt thử, hũ 200 g", "en": "Test jam, 200 g"},
            "producer": "test-cooperative", "keeps_serials": true}),
        json!({"type": "batch", "gtin": GTIN, "lot": LOT, "produced": "2024-01-01", "expires": "2099-12-31"}),
        json!({"type": "batch", "gtin": GTIN, "lot": OTHER_LOT, "produced": "2024-01-01", "expires": "2099-12-31"}),
        json!({"type": "items", "gtin": GTIN, "lot": LOT, "state": "active", "serials": [SERIAL, "UNIT0002"]}),
        json!({"type": "items", "gtin": GTIN, "lot": OTHER_LOT, "state": "active", "serials": ["UNIT0003"]}),
    ];
    lines(&records)
}

/// Records as NDJSON.
#[must_use]
pub fn lines(records: &[Value]) -> String {
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

/// One of a row of products of the tests' own, 14 digits.
#[must_use]
pub fn gtin(n: usize) -> String {
    let body = format!("0952{n:09}");
    let sum: u32 =
        body.bytes().zip([3, 1].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// The first so many of that row, each with a lot and a unit of it, as NDJSON.
#[must_use]
pub fn products(count: usize) -> String {
    let each = (0..count).flat_map(|n| {
        let gtin = gtin(n);
        [
            json!({"type": "product", "gtin": gtin, "name": {"vi": "Mứt thử, hũ 200 g"}, "keeps_serials": true}),
            json!({"type": "batch", "gtin": gtin, "lot": LOT, "produced": "2024-01-01", "expires": "2099-12-31"}),
            json!({"type": "items", "gtin": gtin, "lot": LOT, "state": "active", "serials": [SERIAL]}),
        ]
    });
    lines(&each.collect::<Vec<_>>())
}

/// An active recall of lots of the product, as its issuer sends it.
#[must_use]
pub fn recall(id: &str, lots: &[&str]) -> Value {
    recall_of(GTIN, id, lots)
}

/// An active recall of lots of any product.
#[must_use]
pub fn recall_of(gtin: &str, id: &str, lots: &[&str]) -> Value {
    json!({
        "id": id,
        "scope": {"gtin": gtin, "lots": lots},
        "status": "active",
        "class": "A",
        "reason": {"vi": "Lý do thử", "en": "Test reason"},
        "issuer": "Cơ quan minh hoạ",
        "from": "2026-01-01",
    })
}
