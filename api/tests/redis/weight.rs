//! What a unit weighs in Redis, and how fast units are written.

use nguon::store::Key;
use nguon::store::Store as _;
use nguon_test_servers::{Redis, until};
use redis::cmd;
use tokio::time::Instant;

use crate::records::{batch, created};

/// Units to write, unless `NGUON_TEST_UNITS` names another number: 10,000,000 for the figure in the design.
const UNITS: u64 = 150_000;
const COMMIT: u64 = 50_000;
const MOST_BYTES: f64 = 32.0;

/// Eighteen characters, which pack to twelve bytes: the longest for which the promise is made.
fn serial(n: u64) -> gs1::Serial {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = u128::from(n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835) % 36u128.pow(17);
    let mut text = [b'Z'; 18];
    for place in text.iter_mut().skip(1) {
        *place = DIGITS[usize::try_from(rest % 36).unwrap()];
        rest /= 36;
    }
    core::str::from_utf8(&text).unwrap().parse().unwrap()
}

async fn bytes_in_use(server: &Redis) -> f64 {
    let value = async |name: &str| {
        let info: String = server.ask(cmd("INFO").arg("memory"));
        let line = info.lines().find_map(|line| line.strip_prefix(&format!("{name}:"))?.trim().parse::<f64>().ok());
        line.unwrap()
    };
    until("what was unlinked is freed", async || value("lazyfree_pending_objects").await == 0.0).await;
    value("used_memory").await - value("mem_clients_normal").await
}

#[tokio::test]
async fn a_unit_takes_at_most_32_bytes() {
    let units = std::env::var("NGUON_TEST_UNITS").map_or(UNITS, |units| units.parse().unwrap());
    let server = Redis::with(&[]);
    let store = created(&server.address()).await;
    let gtin = "09520000010010".parse().unwrap();
    let before = bytes_in_use(&server).await;
    let begun = Instant::now();
    for first in (0..units).step_by(usize::try_from(COMMIT).unwrap()) {
        let serials = (first..units.min(first + COMMIT)).map(serial);
        store.commit(batch(serials.map(|serial| Key::Item(gtin, serial)))).await.unwrap();
    }
    let took = begun.elapsed();
    #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
    let units_f = units as f64;
    let each = (bytes_in_use(&server).await - before) / units_f;
    println!("{units} units: {each:.2} bytes each, {:.0} written a second", units_f / took.as_secs_f64());
    assert_eq!(store.read(&[]).await.unwrap().marker.records, units);
    assert!(each <= MOST_BYTES, "{each} bytes");
}
