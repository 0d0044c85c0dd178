//! Any text as the raw target of a request: no panic, and what is accepted has a canonical link that
//! is a fixed point.
#![no_main]

use gs1::{Outcome, read_link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let Outcome::TradeItem(item) = read_link(raw).outcome else {
        return;
    };
    let mut link = String::new();
    assert!(item.write_canonical(&mut link).is_ok());
    let Outcome::TradeItem(again) = read_link(&link).outcome else {
        panic!("{raw} became {link}, which is no trade item");
    };
    let mut second = String::new();
    assert!(again.write_canonical(&mut second).is_ok());
    assert_eq!((again, second), (item, link));
});
