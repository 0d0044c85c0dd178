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

/// An active recall of lots of the product, as its issuer sends it.
#[must_use]
pub fn recall(id: &str, lots: &[&str]) -> Value {
    json!({
        "id": id,
        "scope": {"gtin": GTIN, "lots": lots},
        "status": "active",
        "class": "A",
        "reason": {"vi": "Lý do thử", "en": "Test reason"},
        "issuer": "Cơ quan minh hoạ",
        "from": "2026-01-01",
    })
}
